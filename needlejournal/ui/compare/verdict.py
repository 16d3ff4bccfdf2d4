"""One calm line above the photos: may these two be compared, and what differs most. The panel holds the rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from needlejournal.journal.comparing.comparability import Comparability
from needlejournal.journal.comparing.photo_facts import DIFFERS, MATCHES, UNKNOWN
from needlejournal.journal.comparing.unread import FACES_MISSING
from needlejournal.ui import icons, theme
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.widgets import painting, spoken
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.text import ElidedLabel, Label

MARK = 20
REST = 90  # what differs is left to the panel where it has less room than this
SETTLED_MS = 900  # measurements come one after the other; what stands so long is said aloud
PATIENCE = 8  # times so long, while there is something to measure


class Verdict(QWidget):
    """`details_wanted` opens or closes the panel, `fairest_wanted` asks for the fairest pair of the series."""

    details_wanted = Signal()
    fairest_wanted = Signal()
    fitted = Signal()  # what `spared()` gives may be something else now
    spoken_role = QAccessible.Role.Notification

    def __init__(self, measuring: Callable[[], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measuring = measuring
        self._waited, self._sentence = 0, ""
        self._settling = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settling.timeout.connect(self._say)
        self._mark = _VerdictMark()
        self._lead = Label("", "strong").one_line()
        self._rest = ElidedLabel("", "text", "ink_soft")
        self._rest.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._details = self._link(tr("Details"), self.details_wanted)
        self._between = Label("", "text", "ink_soft").one_line()
        self._fairest = self._link(tr("Fairest pair"), self.fairest_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_XS, 0, 0, 0)
        row.setSpacing(theme.SPACE_S)
        for widget in (self._mark, self._lead, self._rest, self._details):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._between)
        row.addWidget(self._fairest)

    def show_judgement(self, judgement: Comparability | None, between: str) -> None:
        """Say how far the pair may be compared; `between` is the time from one photo to the other."""
        lead, role = _lead(judgement)
        self._mark.show_role(role)
        self._lead.setText(lead)
        self._rest.set_text(_rest(judgement))
        self._between.setText(between)
        self._details.setEnabled(judgement is not None)
        self._fit()
        sentence = " ".join(filter(None, (lead, self._rest.text(), between)))
        if sentence != self._sentence:
            self._sentence = sentence
            self._waited = 0
            self._settling.start()

    def _say(self) -> None:
        """Read the verdict aloud when nothing is measured any more, or when that takes long."""
        self._waited += 1
        if self._measuring() and self._waited < PATIENCE:
            self._settling.start()
        elif self.isVisible():
            self.setAccessibleName(self._sentence)
            spoken.announce(self, self._sentence)

    def show_open(self, *, opened: bool) -> None:
        """Whether the panel is open beside the photos."""
        self._details.set_text(tr("Hide details") if opened else tr("Details"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), super().minimumSizeHint().height())

    def spared(self) -> tuple[str, bool]:
        """What there is no room for here: the time between, or no words, and whether the way to the fairest pair."""
        return self._between.text() if self._between.isHidden() else "", self._fairest.isHidden()

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def _fit(self) -> None:
        """Show what there is room for: never two letters of a sentence."""
        self._between.setVisible(self.width() > theme.px(760))
        self._fairest.setVisible(self.width() > theme.px(480))
        others = (self._mark, self._lead, self._details, self._between, self._fairest)
        taken = sum(one.sizeHint().width() + theme.SPACE_S for one in others if not one.isHidden())
        self._rest.setVisible(self.width() - taken > theme.px(REST))
        self.fitted.emit()

    @staticmethod
    def _link(text: str, signal: object) -> Button:
        link = Button(text, "link")
        link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        link.clicked.connect(signal)
        return link


def _lead(judgement: Comparability | None) -> tuple[str, str]:
    """The first words, and the role of the mark beside them."""
    if judgement is None:
        return tr("These cannot be compared."), "ink_soft"
    differing = judgement.answered(DIFFERS)
    if any(item.clear for item in differing):
        return tr("Compare with care."), "danger"
    if judgement.faces_missing or judgement.hardly_measured:
        return tr("Hardly measured."), "ink_soft"
    if differing:
        return tr("Fair, with small differences."), "warning"
    if judgement.answered(UNKNOWN):
        return tr("No difference found."), "ink_soft"
    return tr("A fair pair."), "good"


def _rest(judgement: Comparability | None) -> str:
    """What differs most, and how much else there is to read in the panel."""
    if judgement is None:
        return tr("One of the photos cannot be shown.")
    differing = sorted(judgement.answered(DIFFERS), key=lambda item: not item.clear)
    said = [tr_message(item.sentence) for item in differing[:1]]
    if judgement.faces_missing and not differing:
        said.append(tr_message(FACES_MISSING))
    if len(differing) > 1:
        said.append(tr("%n more thing(s) (differs|differ).", len(differing) - 1))
    if matching := len(judgement.answered(MATCHES)):
        said.append(tr("%n thing(s) (matches|match).", matching))
    if unknown := len(judgement.answered(UNKNOWN)):
        said.append(tr("%n (is|are) unknown.", unknown))
    return " ".join(said)


class _VerdictMark(QWidget):
    """A disc with a sign: a check, a question or an exclamation mark."""

    def __init__(self) -> None:
        super().__init__()
        self._role = "ink_soft"
        self._size()
        theme.on_change(self._size)

    def show_role(self, role: str) -> None:
        self._role = role
        self.update()

    def _size(self) -> None:
        self.setFixedSize(theme.px(MARK), theme.px(MARK))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where = QRectF(self.rect())
            painting.box(painter, where, where.width() / 2, theme.colour(self._role))
            if self._role == "good":
                icons.paint(painter, "check", where.adjusted(3, 3, -3, -3), theme.colour("card"))
                return
            painter.setPen(theme.colour("card"))
            painter.setFont(theme.font("small_strong"))
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, "?" if self._role == "ink_soft" else "!")
