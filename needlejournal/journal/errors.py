"""The world's errors, told in sentences a patient understands. Our own bugs are ordinary exceptions."""


class WorldError(Exception):
    """Something outside the app went wrong; `str()` says what happened, what is safe and what to do next."""


class NotAllowed(WorldError):
    """The journal is open for viewing only, and something tried to change it."""


class BadInput(WorldError):
    """What was typed or given cannot be kept as it is."""
