"""Words and dates as the person reads them: translation, plurals, and the only place that formats dates and times.

Nothing here knows a widget.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication, QDate, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication

from needlejournal import paths
from needlejournal.journal.day_halves import AFTERNOON, MORNING, hour_of, with_plain_digits
from needlejournal.journal.message import Message, choose_form

_CONTEXT = "NeedleJournal"


def tr(text: str, n: int | None = None) -> str:
    """`text` in the person's language; with `n`, "%n" becomes the number and the plural follows it.

    English needs no file: "%n photo(s)" gives "1 photo" and "3 photos", "%n day(s) (is|are) unknown" chooses the
    first word for one and the second otherwise. Other languages bring their own forms in resources/i18n.
    """
    translated = QCoreApplication.translate(_CONTEXT, text, None, -1 if n is None else n)
    if n is None:
        return translated
    return choose_form(translated, n)


def tr_message(message: Message) -> str:
    """A sentence made below the window, in the person's language, its days written as the person writes them."""
    return message.render(tr, medium_date)


def install(application: QGuiApplication) -> None:
    """Speak one language: that of our sentences, which Qt's own dialogs follow; its figures, and its direction.

    A system that writes from right to left changes nothing while there is no such translation: half a window turned
    round would set the patient's left on the wrong side.
    """
    ours = QTranslator(application)
    spoken = _words()
    if ours.load(QLocale.system(), "needlejournal", "_", str(paths.resources() / "i18n")):
        application.installTranslator(ours)
        spoken = QLocale(ours.language())
    qts = QTranslator(application)
    if qts.load(spoken, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(qts)
    QLocale.setDefault(spoken)
    application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@cache
def _words() -> QLocale:
    """Names of months and days: the language the app speaks."""
    return QLocale(QLocale.Language.English, QLocale.system().territory())


@cache
def month_first() -> bool:
    """Whether the person's country writes the month before the day."""
    pattern = QLocale.system().dateFormat(QLocale.FormatType.ShortFormat).lower()
    return 0 <= pattern.find("m") < pattern.find("d") and QLocale.system().territory() in _MONTH_FIRST


# Countries that write "March 15"; where the year comes first, the day still follows the month in figures only.
_MONTH_FIRST = {QLocale.Country.UnitedStates, QLocale.Country.Philippines, QLocale.Country.Belize}


@lru_cache(maxsize=4096)  # lists and charts name the same days over and over
def _format(day: date, day_first: str, month_before: str) -> str:
    return _words().toString(QDate(day.year, day.month, day.day), month_before if month_first() else day_first)


def long_date(day: date) -> str:
    """ "Saturday 15 March 2025"."""
    return _format(day, "dddd d MMMM yyyy", "dddd, MMMM d, yyyy")


def medium_date(day: date) -> str:
    """ "15 March 2025"."""
    return _format(day, "d MMMM yyyy", "MMMM d, yyyy")


def short_date(day: date) -> str:
    """ "15 Mar 2025"."""
    return _format(day, "d MMM yyyy", "MMM d, yyyy")


def weekday_and_short_date(day: date) -> str:
    """ "Sat 15 Mar 2025"."""
    return _format(day, "ddd d MMM yyyy", "ddd, MMM d, yyyy")


def day_and_month(day: date) -> str:
    """ "15 March": where the year is plain from what stands around it."""
    return _format(day, "d MMMM", "MMMM d")


def short_day(day: date) -> str:
    """ "15 Mar": under a photo in a strip."""
    return _format(day, "d MMM", "MMM d")


def weekday_and_day(day: date) -> str:
    """ "Saturday 15 March"."""
    return _format(day, "dddd d MMMM", "dddd, MMMM d")


def month_title(day: date) -> str:
    """ "March 2025"."""
    return _format(day, "MMMM yyyy", "MMMM yyyy")


def weekday_letter(weekday: int) -> str:
    """ "Mo" for 0 to "Su" for 6: the head of a calendar's column."""
    return _words().dayName(weekday + 1, QLocale.FormatType.ShortFormat)[:2]


def first_weekday() -> int:
    """The day a week begins with in the person's country, 0 Monday to 6 Sunday."""
    return QLocale.system().firstDayOfWeek().value - 1


def clock_time(moment: time | datetime) -> str:
    """ "14:30", or "2:30 PM" where the person's system writes it so."""
    if not _has_halves():
        return f"{moment.hour:02d}:{moment.minute:02d}"
    return f"{moment.hour % 12 or 12}:{moment.minute:02d} {'AM' if moment.hour < 12 else 'PM'}"


@cache
def _has_halves() -> bool:
    """Whether the person's system counts the hours to twelve; the words for the halves are those the app speaks."""
    return "a" in QLocale.system().timeFormat(QLocale.FormatType.ShortFormat).lower()


def moment(when: datetime) -> str:
    """ "15 March 2025, 14:30"."""
    return f"{medium_date(when.date())}, {clock_time(when)}"


def offset(minutes: int) -> str:
    """ "UTC+5:30", "UTC−7" or "UTC" for an offset in minutes east of Greenwich."""
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02d}" if rest else "")


def read_date(text: str) -> date | None:
    """The day a person wrote: "15.3.2025", "15 March 2025", "2025-03-15"; None when it is none."""
    cleaned = with_plain_digits(text).strip().replace(",", " ")
    words = re.split(r"[\s./\-]+", cleaned)
    if len(words) != 3:
        return None
    if len(words[0]) == 4 and words[0].isdigit():
        parts = (words[2], words[1], words[0])
    elif words[0].isdigit() and not (month_first() and words[1].isdigit()):
        parts = (words[0], words[1], words[2])
    else:
        parts = (words[1], words[0], words[2])
    return _date_of(*parts)


def _date_of(day: str, month: str, year: str) -> date | None:
    number = int(month) if month.isdecimal() else _month_number(month)
    if not (day.isdecimal() and year.isdecimal() and number):
        return None
    full_year = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        return date(full_year, number, int(day))
    except (ValueError, OverflowError):
        return None


def _month_number(name: str) -> int | None:
    wanted = name.lower()[:3]
    months = (_words().monthName(number, QLocale.FormatType.ShortFormat).lower()[:3] for number in range(1, 13))
    return next((number for number, month in enumerate(months, 1) if month == wanted and len(wanted) == 3), None)


_HALF = "|".join(
    [r"[ap]\.?\s?m?\.?", r"[πμ]\.?μ\.?", *map(re.escape, sorted((MORNING | AFTERNOON) - {"a", "p", "am", "pm"}))]
)
_TIME = re.compile(rf"(?:({_HALF})\s*)?(\d{{1,2}})(?:[:.h]?(\d{{2}}))?(?:[:.](\d{{2}}))?\s*({_HALF})?", re.IGNORECASE)


def read_time(text: str) -> time | None:
    """The time of day a person wrote: "14:30", "1430", "2.30 pm", "오후 2:30", "9"; None when it is none."""
    found = _TIME.fullmatch(with_plain_digits(text).strip())
    if not found:
        return None
    hour, minute, second = int(found[2]), int(found[3] or 0), int(found[4] or 0)
    half = re.sub(r"[.\s]", "", found[1] or found[5] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour_of(hour, half)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def read_offset(text: str) -> int | None:
    """Minutes east of Greenwich as a person wrote them: "UTC+5:30", "-7", "+0200"; None when it is none."""
    found = re.fullmatch(r"(?:UTC|GMT)?\s*(?:([+\-−])?(\d{1,2})(?::?(\d{2}))?)?", text.strip(), re.IGNORECASE)
    if not found or not text.strip():
        return None
    minutes = int(found[2] or 0) * 60 + int(found[3] or 0)
    if minutes > 14 * 60 or (found[3] and int(found[3]) > 59):
        return None
    return -minutes if found[1] in {"-", "−"} else minutes


def home_currency() -> str:
    """The ISO code of the person's currency; EUR where the system does not say."""
    return QLocale.system().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode) or "EUR"


def currencies() -> tuple[str, ...]:
    """ISO codes to choose from, the person's own first."""
    usual = ("EUR", "USD", "GBP", "CHF", "AUD", "BRL", "CAD", "CNY", "CZK", "DKK", "INR", "JPY", "KRW", "NOK", "NZD")
    return tuple(dict.fromkeys((home_currency(), *usual, "PLN", "SEK", "SGD", "ZAR")))


def home_paper() -> str:
    """The paper of the person's country: "letter" or "a4"."""
    return "letter" if QLocale.system().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem else "a4"


def money(hundredths: int, currency: str) -> str:
    """An amount with its currency's code: "1,200.00 EUR". Codes tell dollars apart, which signs do not."""
    return f"{_words().toString(hundredths / 100, 'f', 2)} {currency}".strip()
