"""Turns the frozen program into packages, with the standard library and the system's own tools. Knows nothing of the app."""
