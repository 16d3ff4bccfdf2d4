"""The plan: courses with what they propose, the calendar by month and as an agenda, and the editor of a course."""

from needlejournal.ui.plan.page import PlanPage

__all__ = ["PlanPage"]
