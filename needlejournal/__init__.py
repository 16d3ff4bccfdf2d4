"""Needle Journal: a private diary of skin treatments that compares before and after honestly."""

__version__ = "0.1.0"
