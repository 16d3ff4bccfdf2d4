"""The timeline as a Qt model: all keys at once, the cards that are looked at fetched in blocks. Paints nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from needlejournal.journal.changes import Changes
from needlejournal.journal.diary.days_after import DayGrid, Diary, day_grid
from needlejournal.journal.frozen import frozen
from needlejournal.store import CardKey, TimelineFilter
from needlejournal.ui import language
from needlejournal.ui.models.card_content import GRID_DAYS, CardContent, describe
from needlejournal.ui.models.row_changes import changes_between
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.finding import with_meanings

BLOCK, FEW = 7, 2  # cards read at once: about one screen after a jump, few while scrolling on
KEPT_CARDS = 150
FEW_DAYS = 60  # more are read anew with everything else
_JOINED_WITHIN = 30  # days
SHOWN_KINDS = ("session", "photo", "day_note", "side_effect")
Index = QModelIndex | QPersistentModelIndex


@frozen
class Month:
    """A heading: the month that the cards below lie in."""

    first: date


Row = CardKey | Month
_NO_PARENT = QModelIndex()


def rows_of(keys: Sequence[CardKey]) -> list[Row]:
    """Keys, newest first, with a heading before each month."""
    rows: list[Row] = []
    year_month = (0, 0)
    for key in keys:
        day = key.day
        if (day.year, day.month) != year_month:
            year_month = (day.year, day.month)
            rows.append(Month(day.replace(day=1)))
        rows.append(key)
    return rows


class TimelineModel(QAbstractListModel):
    """Rows are months and cards. Changes of the journal become inserts and removals, so that views keep their place."""

    def __init__(self, open_journal: OpenJournal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._filter = TimelineFilter()
        self._rows: list[Row] = []
        self._contents: dict[CardKey, CardContent] = {}
        self._symptoms = [symptom.key for symptom in open_journal.catalogue.symptoms]
        self.cards = 0
        self._asleep = False
        self._missed = Changes()  # while nobody looked
        open_journal.changed.connect(self._follow)
        self.show_all(self._filter)

    @property
    def filter(self) -> TimelineFilter:
        """What is shown now."""
        return self._filter

    def show_all(self, wanted: TimelineFilter) -> None:
        """Show the cards that pass, from the newest."""
        self._filter = wanted
        self.beginResetModel()
        self._contents.clear()
        self._rows = self._read()
        self.cards = _cards_in(self._rows)
        self.endResetModel()

    @property
    def left_out(self) -> bool:
        """Whether older cards that hold the words are left out, because there are very many."""
        return self._open.journal.timeline.left_out

    def row(self, place: int) -> Row:
        """The month or the card's key at a place."""
        return self._rows[place]

    def place_of(self, key: CardKey) -> int | None:
        """Where a card stands, or None when it is not shown."""
        try:
            return self._rows.index(key)
        except ValueError:
            return None

    def place_near(self, day: date) -> int | None:
        """Where the newest card of a day stands, else of the last day before it; the oldest card when all are later."""
        places = [place for place, row in enumerate(self._rows) if isinstance(row, CardKey)]
        return next((place for place in places if self._rows[place].day <= day), places[-1] if places else None)  # type: ignore[union-attr]

    def content(self, place: int) -> CardContent | None:
        """The card at a place, read with its neighbours when it is not there yet; None for a month."""
        key = self._rows[place]
        if isinstance(key, Month):
            return None
        if key not in self._contents:
            self._fetch(place)
        return self._contents[key]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], CardKey):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        row = self._rows[index.row()]
        if isinstance(row, Month):
            return language.month_title(row.first)
        content = self.content(index.row())
        return content.spoken if content else None

    def _read(self) -> list[Row]:
        keys = self._open.journal.timeline.keys(with_meanings(self._filter, self._open.catalogue))
        return rows_of(keys)

    def sleep(self) -> None:
        """Nobody looks: what is written meanwhile is read when somebody does."""
        self._asleep = True

    def wake(self) -> None:
        """Somebody looks again."""
        self._asleep = False
        self._follow(Changes())

    def _follow(self, changes: Changes) -> None:
        if changes.has(*SHOWN_KINDS):
            self._missed |= changes
        if self._missed and not self._asleep:
            changes, self._missed = self._missed, Changes()
            self._take(changes)

    def _take(self, changes: Changes) -> None:
        """Take over what was written: the months of these days only, where that is the same as reading everything."""
        sessions = changes.ids("session")
        days = changes.days | (self._open.journal.timeline.days_of_photos(sessions) if sessions else frozenset())
        if self._filter or len(days) > FEW_DAYS:
            self._contents.clear()
            self._become(0, self._rows, self._read())
            self._tell_anew(0, len(self._rows) - 1)
            return
        self._patch(days)
        if sessions or changes.has("photo"):
            self._contents.clear()  # numbers, and photos on a session's card whatever day they are of
            self._tell_anew(0, len(self._rows) - 1)
            return
        for day in days:
            self._forget_around(day)

    def _patch(self, days: frozenset[date]) -> None:
        """Put the cards of these days in place of those that stand there, month by month."""
        found: dict[date, list[CardKey]] = {day: [] for day in days}
        for key in self._open.journal.timeline.keys_on(days):
            found[key.day].append(key)
        for month in {day.replace(day=1) for day in days}:
            first, end = self._places(_standing(Month(month)), -month.toordinal())
            old = self._rows[first:end]
            keys = [row for row in old if isinstance(row, CardKey) and row.day not in days]
            keys += [key for day, of_day in found.items() if day.replace(day=1) == month for key in of_day]
            keys.sort(key=lambda key: key.day, reverse=True)
            self._become(first, old, rows_of(keys))

    def _forget_around(self, day: date) -> None:
        """The cards of this day, and of the sessions in whose grids it is, say something else now."""
        first, end = self._places(-day.toordinal(), GRID_DAYS - 1 - day.toordinal())
        for row in self._rows[first:end]:
            if isinstance(row, CardKey):
                self._contents.pop(row, None)
        self._tell_anew(first, end - 1)

    def _places(self, latest: float, earliest: float) -> tuple[int, int]:
        """From where to before where the rows between two standings lie."""
        first = bisect_left(self._rows, latest, key=_standing)
        return first, bisect_right(self._rows, earliest, lo=first, key=_standing)

    def _become(self, first: int, old: list[Row], new: list[Row]) -> None:
        """Let the rows `old`, which stand from `first` on, become `new`: the fewest inserts and removals."""
        runs = changes_between(old, new)
        self.cards += _cards_in(new) - _cards_in(old)
        if runs is None:
            self.beginResetModel()
            self._contents.clear()
            self._rows[first : first + len(old)] = new
            self.endResetModel()
            return
        removed, inserted = ([(first + one, first + other) for one, other in part] for part in runs)
        self._apply(removed, inserted, {first + place: row for place, row in enumerate(new)})
        self._rows[first : first + len(new)] = new

    def _tell_anew(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first), self.index(last))

    def _apply(self, removed: list[tuple[int, int]], inserted: list[tuple[int, int]], rows: Mapping[int, Row]) -> None:
        for first, last in removed:
            self.beginRemoveRows(_NO_PARENT, first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        for first, last in inserted:
            self.beginInsertRows(_NO_PARENT, first, last)
            self._rows[first:first] = [rows[place] for place in range(first, last + 1)]
            self.endInsertRows()

    def _fetch(self, place: int) -> None:
        if len(self._contents) > KEPT_CARDS:
            self._contents.clear()
        before = self._rows[max(0, place - 2) : place]
        block = FEW if any(row in self._contents for row in before) else BLOCK
        nearby = self._rows[place : place + block]
        keys = [key for key in nearby if isinstance(key, CardKey) and key not in self._contents]
        journal, calendar = self._open.journal, self._open.calendar
        today = self._open.today
        diary = self._diary([key.day for key in keys if key.session_id])
        for card in journal.timeline.cards(keys):
            grid = self._grid(card.key, diary)
            self._contents[card.key] = describe(card, self._open.catalogue, calendar, grid, today)

    def _diary(self, days: list[date]) -> Diary:
        """The side effects of the first days after sessions on these days, with as few questions as can be."""
        journal, effects, notes = self._open.journal, [], []
        for first, last in _spans(sorted(set(days))):
            effects += journal.side_effects.between(first, last)
            notes += journal.day_notes.between(first, last)
        return Diary(effects, notes)

    def _grid(self, key: CardKey, diary: Diary) -> DayGrid | None:
        if not key.session_id or not diary.has_days(key.day, key.day + timedelta(days=GRID_DAYS)):
            return None
        return day_grid(diary, self._open.calendar, key.session_id, self._symptoms, GRID_DAYS)


def _cards_in(rows: Sequence[Row]) -> int:
    return sum(isinstance(row, CardKey) for row in rows)


def _standing(row: Row) -> float:
    """Where a row stands among days, the later ones first: a month before its last day."""
    if isinstance(row, CardKey):
        return -row.day.toordinal()
    following = (row.first + timedelta(days=31)).replace(day=1)
    return 0.5 - following.toordinal()


def _spans(days: list[date]) -> list[tuple[date, date]]:
    """The grids' days, spans that nearly meet joined into one."""
    spans: list[tuple[date, date]] = []
    for day in days:
        last = day + timedelta(days=GRID_DAYS - 1)
        if spans and (day - spans[-1][1]).days <= _JOINED_WITHIN:
            spans[-1] = spans[-1][0], last
        else:
            spans.append((day, last))
    return spans
