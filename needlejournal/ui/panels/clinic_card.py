"""A "call your clinic" card: what was written down, why it counts, the clinic's number. Never a diagnosis."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from needlejournal.journal.courses import Dismissal
from needlejournal.journal.diary.clinic_cards import ClinicCard
from needlejournal.ui import theme
from needlejournal.ui.destinations import Go, MakeReport
from needlejournal.ui.drafts import SheetDraft
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label


class ClinicCardView(Card):
    """One finding. The clinic's number comes from the newest plan that has one."""

    def __init__(self, open_journal: OpenJournal, finding: ClinicCard, go: Go, parent: QWidget | None = None) -> None:
        title = tr("Longer than most people are told to expect") if finding.soft else tr("Call your clinic")
        super().__init__(title, parent, tone="plain" if finding.soft else "warning")
        self._open = open_journal
        self._finding = finding
        self.body.addWidget(Label(" ".join(tr_message(sentence) for sentence in finding.sentences)))
        self.body.addWidget(
            Label(tr("Source: {source}").format(source=tr_message(finding.source)), "small", "ink_soft")
        )
        buttons: list[QWidget] = []
        phone = clinic_phone(open_journal)
        if phone:
            call = Button(phone, "filled", "phone")
            call.setAccessibleName(tr("Call the clinic: {number}").format(number=phone))
            call.clicked.connect(lambda: _call(phone, open_journal))
            buttons.append(call)
        dismiss = Button(tr("Put aside…"))
        dismiss.setEnabled(not open_journal.journal.read_only)
        dismiss.clicked.connect(self._ask_reason)
        report = Button(tr("Report for the clinic"), "plain", "print")
        report.clicked.connect(lambda: go(MakeReport(finding.session_id, finding.symptom)))
        holder = QWidget()
        flow = FlowLayout(holder, gap=theme.SPACE_S)
        for button in (
            *buttons,
            report,
            dismiss,
        ):
            flow.addWidget(button)
        self.body.addWidget(holder)

    def _ask_reason(self) -> None:
        sheet = Sheet(tr("Put this card aside"), self)
        sheet.body.addWidget(Label(tr("Why? The reason is kept with your journal."), "text", "ink_soft"))
        reason = TextField(tr("Reason"), tr("Such as: called the clinic, they said to wait two days"))
        sheet.body.addWidget(reason)
        sheet.add_button(tr("Cancel")).clicked.connect(sheet.reject)
        keep = sheet.add_button(tr("Put aside"), "filled")
        keep.setEnabled(False)
        reason.textChanged.connect(lambda text: keep.setEnabled(bool(text.strip())))
        keep.clicked.connect(lambda: self._dismiss(reason.text().strip(), sheet))
        finding = self._finding
        SheetDraft(self._open, sheet, reason, f"aside:{finding.rule}:{finding.symptom}:{finding.session_id}")
        sheet.open()

    def _dismiss(self, reason: str, sheet: Sheet) -> None:
        finding = self._finding
        dismissal = Dismissal(finding.rule, finding.symptom, finding.session_id, finding.entries, reason)
        done = tr("The card is put aside. A new entry brings it back.")
        if self._open.write(tr("Put a card aside"), lambda journal: journal.dismissals.save(dismissal), say=done):
            sheet.accept()


def clinic_phone(open_journal: OpenJournal) -> str:
    """The clinic's number the patient stored with a plan, the newest first; "" when there is none."""
    courses = open_journal.journal.courses.with_phone()
    return courses[0].phone if courses else ""


def _call(phone: str, open_journal: OpenJournal) -> None:
    """Hand the number to the system's phone program; where there is none it is on the clipboard."""
    QGuiApplication.clipboard().setText(phone)
    if not QDesktopServices.openUrl(QUrl(f"tel:{phone.replace(' ', '')}")):
        open_journal.say(tr("The number is copied."))
