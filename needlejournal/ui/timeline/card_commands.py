"""What can be done with a card or a photo on it: the context menu's entries, and moving to the trash."""

from __future__ import annotations

from needlejournal.store import Journal
from needlejournal.ui import language
from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import (
    EditDay,
    EditSession,
    Go,
    ImportPhotos,
    PreviewPhoto,
    ShowPhotos,
    ShowSideEffects,
)
from needlejournal.ui.language import tr
from needlejournal.ui.models.card_content import CardContent
from needlejournal.ui.session import OpenJournal


def card_commands(open_journal: OpenJournal, go: Go, content: CardContent, photo: int) -> list[list[Command]]:
    """The entries of a card's menu in groups; `photo` is the place of the photo meant, −1 for the card itself."""
    key, can_write = content.key, not open_journal.journal.read_only
    opened = Command("open", tr("Open session") if key.session_id else tr("Open day note"), lambda: go(_place(content)))
    day = Command("day_note", tr("Write a day note"), lambda: go(EditDay(key.day)), "note")
    photos = Command(
        "add_photos",
        tr("Add photos for this day"),
        lambda: go(ImportPhotos((), key.session_id, key.day)),
        "import",
    )
    effects = Command("effects", tr("Show side effects"), lambda: go(ShowSideEffects(key.session_id)), "effects")
    groups = [_photo_commands(go, content, photo), [opened]]
    if can_write:
        groups[1] += [day, photos] if key.session_id else [photos]
    if key.session_id:
        groups[1].append(effects)
    if can_write:
        trash = Command(
            "trash", _trash_words(content, photo), lambda: trash_card(open_journal, content, photo), "trash"
        )
        groups.append([trash])
    return [group for group in groups if group]


def _place(content: CardContent) -> EditSession | EditDay:
    return EditSession(content.key.session_id) if content.key.session_id else EditDay(content.key.day)


def _photo_commands(go: Go, content: CardContent, photo: int) -> list[Command]:
    if photo < 0:
        return []
    meant = content.photos[photo]
    among = tuple(other.id for other in content.photos)
    return [
        Command("preview", tr("See the photo large"), lambda: go(PreviewPhoto(meant.id, among)), "eye"),
        Command("in_photos", tr("Show in the contact sheet"), lambda: go(ShowPhotos(meant.id)), "photos"),
    ]


def _trash_words(content: CardContent, photo: int) -> str:
    if photo >= 0:
        return tr("Move the photo to the trash")
    return tr("Move the session to the trash") if content.is_session else tr("Move the day to the trash")


def trash_card(open_journal: OpenJournal, content: CardContent, photo: int) -> None:
    """Move a photo (its place on the card) or, with −1, the card to the trash; a session's photos stay on their day."""
    if photo >= 0:
        meant, done = content.photos[photo], tr("Photo moved to the trash")
        label = tr("Move a photo to the trash")
        open_journal.write(label, lambda journal: journal.photos.trash(meant.id), say=done)
    elif content.is_session:
        done = tr("{session} moved to the trash").format(session=content.lead)
        label = tr("Move a session to the trash")
        open_journal.write(label, lambda journal: journal.sessions.trash(content.key.session_id), say=done)
    else:
        done = tr("{day} moved to the trash").format(day=language.day_and_month(content.key.day))
        open_journal.write(tr("Move a day to the trash"), lambda journal: _trash_day(journal, content), say=done)


def _trash_day(journal: Journal, content: CardContent) -> None:
    """A day's note, side effects and photos go together."""
    day = content.key.day
    note = journal.day_notes.of_day(day)
    if note:
        journal.day_notes.trash(note.id)
    for effect in journal.side_effects.of_day(day):
        journal.side_effects.trash(effect.id)
    for photo in content.photos:
        journal.photos.trash(photo.id)
