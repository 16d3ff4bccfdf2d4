"""The progress page: how a concern was rated and judged over the months, in words and charts, without a score."""

from needlejournal.ui.progress.page import ProgressPage

__all__ = ["ProgressPage"]
