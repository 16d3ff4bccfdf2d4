"""Reminders as values: what fell due, told in one notice, outside quiet hours, and only once.

They survive a switched-off computer since nothing is scheduled: what is due is worked out from the plan and from
what was shown. All days and times are local.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from needlejournal.journal.courses import ReminderState
from needlejournal.journal.diary.days_after import Diary
from needlejournal.journal.message import Message, message
from needlejournal.journal.planning.agenda import AgendaEntry
from needlejournal.journal.planning.plan import Plan
from needlejournal.journal.sessions import Session

KINDS = ("photos", "ratings", "next_session")
_LINES = 3
_DIARY = "diary:"  # before the session and the day, in the key of a reminder of the diary


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """Whether reminders are given, at what time of day they fall due, and when they keep quiet.

    Quiet hours may run over midnight; none where they begin and end at the same time.
    """

    enabled: bool = True
    at: time = time(19, 0)
    quiet_from: time = time(22, 0)
    quiet_to: time = time(8, 0)

    def is_quiet(self, at: time) -> bool:
        """Whether this time of day lies in the quiet hours."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= at < self.quiet_to
        return at >= self.quiet_from or at < self.quiet_to


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to be reminded of: from `due` (local) on, and up to the end of `until` (None: open)."""

    key: str
    kind: str  # diary | photos | ratings | next_session
    due: datetime
    until: date | None
    text: Message


@dataclass(frozen=True, slots=True)
class Notice:
    """What is shown at once, however much fell due: a title, a few lines, and the keys of what it tells."""

    title: str
    lines: tuple[Message, ...]
    keys: tuple[str, ...]

    @property
    def diary_days(self) -> tuple[date, ...]:
        """The days of the diary it asks about, in order; each once."""
        told = [key.rpartition(":")[2] for key in self.keys if key.startswith(_DIARY)]
        return tuple(sorted({date.fromisoformat(day) for day in told}))

    @property
    def about_plan(self) -> bool:
        """Whether it tells of anything beside the diary."""
        return not all(key.startswith(_DIARY) for key in self.keys)


def reminders(
    plan: Plan, entries: Sequence[AgendaEntry], diary: Diary, settings: ReminderSettings
) -> tuple[Reminder, ...]:
    """Everything to be reminded of: proposals that are due or coming, and diary days not yet written.

    `diary` must hold the days from `asked_from` on.
    """
    found = [
        Reminder(
            entry.key,
            entry.kind,
            datetime.combine(entry.day, settings.at),
            entry.lapses,
            message("{title}.", title=entry.title),
        )
        for entry in entries
        if entry.kind in KINDS and entry.state in {"due", "coming", "open"}
    ]
    for kept in _diaries(plan):
        found += _diary_days(kept, diary, settings)
    return tuple(sorted(found, key=lambda one: (one.due, one.key)))


def asked_from(plan: Plan) -> date:
    """The first day of the diary that `reminders` looks at: of a session whose diary is still kept, else today."""
    return min((kept.session.when.day for kept in _diaries(plan)), default=plan.today)


@dataclass(frozen=True, slots=True)
class _KeptDiary:
    """A session whose diary is kept today or will be: its number, how many days of it are most needed, and the last."""

    number: int
    session: Session
    core_days: int
    until: date


def _diaries(plan: Plan) -> Iterator[_KeptDiary]:
    for of in plan.courses:
        asked = of.treatment.diary
        core = asked.core_days if asked else of.treatment.healing.days
        if of.at_home or core is None:
            continue
        for number, session in zip(of.numbers, of.sessions, strict=False):
            until = session.when.day + timedelta(days=asked.days if asked else core)
            if until >= plan.today:
                yield _KeptDiary(number, session, core, until)


def _diary_days(kept: _KeptDiary, diary: Diary, settings: ReminderSettings) -> list[Reminder]:
    """The days most needed in the diary that are not written yet; open while the diary of the session is kept."""
    number, session, start = kept.number, kept.session, kept.session.when.day
    days = [start + timedelta(days=offset) for offset in range(kept.core_days + 1)]
    asked = message("How is your skin on day {day} after session {number}? The diary is open.", number=number)
    return [
        Reminder(
            f"{_DIARY}{session.uid or session.id}:{day.isoformat()}",
            "diary",
            datetime.combine(day, settings.at),
            kept.until,
            asked.filled(day=(day - start).days),
        )
        for day in days
        if not diary.is_written(day)
    ]


def due_notice(
    found: Sequence[Reminder], states: Mapping[str, ReminderState], now: datetime, settings: ReminderSettings
) -> Notice | None:
    """The one notice to show now, or None: nothing due, all shown, quiet hours, or reminders are turned off.

    `now` is local; five days the computer was off give one notice with one line for the diary.
    """
    if not settings.enabled or settings.is_quiet(now.time()):
        return None
    local = now.replace(tzinfo=None)
    due = [one for one in _pending(found, states, local.date()) if one.due <= local]
    if not due:
        return None
    lines = _lines(due)
    return Notice("Needle Journal", lines, tuple(one.key for one in due))


def _pending(found: Sequence[Reminder], states: Mapping[str, ReminderState], today: date) -> list[Reminder]:
    return [
        one
        for one in found
        if (one.until is None or today <= one.until)
        and not ((state := states.get(one.key)) and (state.shown_utc or state.dismissed))
    ]


def _lines(due: Sequence[Reminder]) -> tuple[Message, ...]:
    diary = [one for one in due if one.kind == "diary"]
    lines = [diary[0].text] if len(diary) == 1 else []
    if len(diary) > 1:
        lines = [
            message(
                "There are {days} days since your session that you can still write down, if you like.", days=len(diary)
            )
        ]
    lines += dict.fromkeys(one.text for one in due if one.kind != "diary")
    if len(lines) > _LINES:
        lines[_LINES - 1 :] = [message("And {number} more on the plan page.", number=len(lines) - _LINES + 1)]
    return tuple(lines)


def after_shown(notice: Notice, now: datetime) -> tuple[ReminderState, ...]:
    """The states to keep once a notice was shown; `now` with its zone."""
    shown = now.astimezone(UTC).isoformat(timespec="seconds")
    return tuple(ReminderState(key, shown) for key in notice.keys)


def next_moment(
    found: Sequence[Reminder], states: Mapping[str, ReminderState], now: datetime, settings: ReminderSettings
) -> datetime | None:
    """When (local, without zone) to look for a notice again: the next due time outside quiet hours, or None."""
    if not settings.enabled:
        return None
    local = now.replace(tzinfo=None)
    moments = [_loud(max(one.due, local), settings) for one in _pending(found, states, local.date())]
    return min(moments, default=None)


def _loud(moment: datetime, settings: ReminderSettings) -> datetime:
    """The moment itself, or the end of the quiet hours it lies in."""
    if not settings.is_quiet(moment.time()):
        return moment
    end = datetime.combine(moment.date(), settings.quiet_to)
    return end if end >= moment else end + timedelta(days=1)
