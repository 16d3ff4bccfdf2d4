"""The page from which something is handed over: a visit pack, a reaction report, a photo card, a film."""

from needlejournal.ui.report.page import ReportPage

__all__ = ["ReportPage"]
