"""Costs and sessions so far, and when a result would be expected, from the treatment's file with its source."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from needlejournal.journal.planning.plan import ExpectedOn, expected_results
from needlejournal.journal.planning.progress import costs
from needlejournal.journal.sessions import Session
from needlejournal.ui.language import medium_date, money, tr, tr_message
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import Label


class CostsCard(Card):
    """Sessions and money so far; a missing price is counted, never guessed."""

    def __init__(self, open_journal: OpenJournal, sessions: list[Session], parent: QWidget | None = None) -> None:
        super().__init__(tr("So far"), parent)
        found = costs(sessions, open_journal.today)
        self.body.addWidget(Label(tr("%n session(s)", found.sessions), "strong"))
        for price in found.sums:
            self.body.addWidget(Label(money(price.minor, price.currency)))
        if found.without_price:
            self.body.addWidget(
                Label(tr("No price noted for %n session(s).", found.without_price), "small", "ink_soft")
            )


class ExpectedCard(Card):
    """When a result would be expected, counted from the sessions there are."""

    def __init__(self, open_journal: OpenJournal, sessions: list[Session], parent: QWidget | None = None) -> None:
        super().__init__(tr("When would a result be expected?"), parent)
        by_treatment: dict[str, list[Session]] = {}
        for session in sessions:
            by_treatment.setdefault(session.treatment, []).append(session)
        shown = 0
        for key, of_treatment in by_treatment.items():
            treatment = open_journal.catalogue.treatment(key)
            for expected in expected_results(treatment, of_treatment):
                self._show_expected(treatment.name if len(by_treatment) > 1 else "", expected, open_journal.today)
                shown += 1
        if not shown:
            words = tr("No time is known for this treatment. Ask your clinic.")
            self.body.addWidget(Label(words if sessions else tr("After the first session."), "text", "ink_soft"))

    def _show_expected(self, treatment: str, expected: ExpectedOn, today: date) -> None:
        days = ", ".join(medium_date(day) if day >= today else tr("{date} (past)").format(date=medium_date(day))
                         for day in expected.days)  # fmt: skip
        words = " · ".join(part for part in (treatment, expected.result.statement.text) if part)
        self.body.addWidget(Label(words))
        self.body.addWidget(Label(days, "strong"))
        self.body.addWidget(Label(tr_message(expected.result.statement.cited), "small", "ink_soft"))
