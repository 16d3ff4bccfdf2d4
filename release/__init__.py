"""What turns the frozen program into packages: standard library and the system's own tools only. Knows nothing of the app."""
