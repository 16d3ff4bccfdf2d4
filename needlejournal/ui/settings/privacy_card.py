"""Privacy: giving the journal a passphrase, changing or removing it, and when it locks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from needlejournal.store.age_keys import Identity
from needlejournal.store.keys import Keyring
from needlejournal.ui.jobs import JobControl
from needlejournal.ui.language import tr
from needlejournal.ui.panels.locking.giving import AskSheet, give_passphrase
from needlejournal.ui.panels.locking.locking import LongWork
from needlejournal.ui.panels.locking.passphrase_sheet import PassphraseSheet
from needlejournal.ui.panels.locking.recovery_sheet import RecoverySheet
from needlejournal.ui.panels.locking.watching import CHOICES, MINUTES, idle_minutes
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.form import Form
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl
from needlejournal.ui.widgets.text import Label


class PrivacyCard(Card):
    """What it offers depends on whether the journal is encrypted now."""

    def __init__(self, open_journal: OpenJournal, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(tr("Privacy"), parent)
        self._open, self._preferences = open_journal, preferences
        self._result = Label("", "text", "ink_soft")
        self._result.hide()
        if open_journal.journal.encrypted:
            self._offer_changes()
        else:
            self._offer_passphrase()
        self.body.addWidget(self._result)

    def _offer_passphrase(self) -> None:
        words = tr(
            "Anybody who can use this computer can open this journal. With a passphrase everything in it is "
            "encrypted: notes, photos and previews. It still opens with common tools, for whoever has the passphrase."
        )
        self.body.addWidget(Label(words))
        self.body.addWidget(self._buttons((tr("Give it a passphrase…"), "lock", self._give)))

    def _offer_changes(self) -> None:
        self.body.addWidget(
            Label(tr("This journal is encrypted. Exports and prints are not: whoever has them can read them."))
        )
        minutes = SegmentedControl(
            tr("Lock when nobody is there"),
            [(str(one), _minutes(one)) for one in CHOICES],
            str(idle_minutes(self._preferences)),
        )
        minutes.changed.connect(lambda: self._preferences.remember(MINUTES, int(minutes.value() or 0)))
        form = Form()
        form.add(
            tr("Lock after"),
            minutes,
            tr("It also locks when the desktop's session is locked, and when the computer has slept."),
        )
        self.body.addWidget(form)
        self.body.addWidget(
            self._buttons(
                (tr("Lock now"), "lock", self._open.lock_wanted.emit),
                (tr("Change the passphrase…"), "edit", self._change),
                (tr("New recovery sheet…"), "print", self._renew_sheet),
                (tr("Change all keys…"), "restore", self._change_keys),
                (tr("Remove the passphrase…"), None, self._remove),
            )
        )

    def _buttons(self, *buttons: tuple[str, str | None, Callable[[], object]]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        for words, icon, act in buttons:
            button = Button(words, "plain", icon)
            button.setEnabled(not self._open.journal.read_only or act == self._open.lock_wanted.emit)
            button.clicked.connect(lambda _checked=False, act=act: act())
            flow.addWidget(button)
        return holder

    def _give(self) -> None:
        def begin(passphrase: str, keys: tuple[Keyring, Identity]) -> None:
            def run(folder: Path, control: JobControl) -> None:
                from needlejournal.workflows.safekeeping.encrypting import encrypt

                encrypt(folder, passphrase, keys, control)

            self._ask_for(tr("Encrypting your journal…"), run, passphrase)

        give_passphrase(self._open.journal.name, self, begin)

    def _change(self) -> None:
        sheet = PassphraseSheet(tr("Another passphrase"), tr("Change it"), self, ask_old=True)

        def change() -> None:
            from needlejournal.workflows.safekeeping.encrypting import change_passphrase

            folder, old, new = self._open.journal.folder, sheet.old, sheet.passphrase
            done = tr("The passphrase is changed. Backups made before still open with the old one.")
            self._work(lambda: change_passphrase(folder, old, new), lambda _nothing: self._show_sentence(done))

        sheet.accepted.connect(change)
        sheet.open()

    def _renew_sheet(self) -> None:
        words = tr("The sheet you have will no longer open this journal; the new one will.")
        sheet = AskSheet(tr("New recovery sheet"), words, tr("Make a new sheet"), self)

        def renew() -> None:
            from needlejournal.workflows.safekeeping.encrypting import new_recovery_key

            folder, passphrase = self._open.journal.folder, sheet.passphrase
            self._work(lambda: new_recovery_key(folder, passphrase), self._show_sheet)

        sheet.accepted.connect(renew)
        sheet.open()

    def _show_sheet(self, recovery: Identity) -> None:
        RecoverySheet(recovery, self._open.journal.name, self).open()

    def _change_keys(self) -> None:
        words = tr(
            "Everything is written again with new keys. That helps when somebody may have copied the keys; it takes "
            "as long as encrypting did. Passphrase and recovery sheet stay."
        )
        self._confirm(tr("Change all keys"), words, tr("Change them"), tr("Changing the keys…"), _change_keys)

    def _remove(self) -> None:
        words = tr("Everything is written as plain files again, which anybody who has the folder can read.")
        self._confirm(
            tr("Remove the passphrase?"), words, tr("Remove it"), tr("Decrypting your journal…"), _decrypt, final=True
        )

    def _confirm(
        self, title: str, words: str, action: str, doing: str, run: Callable[[Path, str, JobControl], None], *,
        final: bool = False,
    ) -> None:  # fmt: skip
        sheet = AskSheet(title, words, action, self, final=final)

        def begin() -> None:
            passphrase = sheet.passphrase
            self._ask_for(doing, lambda folder, control: run(folder, passphrase, control), passphrase)

        sheet.accepted.connect(begin)
        sheet.open()

    def _ask_for(self, doing: str, run: Callable[[Path, JobControl], object], passphrase: str) -> None:
        """The passphrase is proven before the journal is closed, so that a mistyped one closes nothing."""
        work = LongWork(doing, run, passphrase)
        if not self._open.journal.encrypted:
            self._open.long_work_wanted.emit(work)
            return
        from needlejournal.store.keyring import unlock

        folder = self._open.journal.folder
        self._work(lambda: unlock(folder, passphrase), lambda _keys: self._open.long_work_wanted.emit(work))

    def _work(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        """A second or two for the passphrase, off the GUI thread."""
        self._show_sentence(tr("One moment…"))

        def finished(value: object) -> None:
            self._show_sentence("")
            done(value)

        self._open.jobs.run(lambda _control: work(), finished, self._failed)

    def _failed(self, error: Exception) -> None:
        self._show_sentence("")
        self._open.failed.emit(error)

    def _show_sentence(self, sentence: str) -> None:
        self._result.setText(sentence)
        self._result.setVisible(bool(sentence))


def _change_keys(folder: Path, passphrase: str, control: JobControl) -> None:
    from needlejournal.workflows.safekeeping.encrypting import change_keys

    change_keys(folder, passphrase, control)


def _decrypt(folder: Path, passphrase: str, control: JobControl) -> None:
    from needlejournal.workflows.safekeeping.encrypting import decrypt

    decrypt(folder, passphrase, control)


def _minutes(minutes: int) -> str:
    return tr("%n minute(s)", minutes) if minutes else tr("Never")
