"""Turns the frozen program into packages, with the standard library and the system's tools only."""
