"""The side effects page: the days after a session as a grid and as curves, with the usual course behind them."""

from needlejournal.ui.effects.page import EffectsPage

__all__ = ["EffectsPage"]
