"""The search in many scripts: what is written is found however it is composed, and nothing that is not there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlejournal.journal.days import DayNote
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Original, Photo
from needlejournal.journal.sessions import Product, Session
from needlejournal.store import Journal, create_journal
from needlejournal.store.search import Meant
from needlejournal.store.timeline import TimelineFilter

FIRST = date(2026, 1, 1)
FORMS = ("NFC", "NFD")
NOTES = (
    "ผิวหน้าแดงเล็กน้อย",
    "ຜິວໜັງແດງ",
    "မျက်နှာ နီသည်",
    "मेरी त्वचा लाल है",
    "ত্বক লাল হয়ে গেছে",
    "스크린샷 얼굴이 빨갛다",
    "肌がかゆい、ニキビ",
    "顔のｶﾞｻｶﾞｻ",
    "吉田さんと新𠮷野家",
    "神宮前の医院",  # its first sign is one of those that Unicode has twice
    "Rötung 紅斑",
    "ＬＥＤ照射、後で",
    "Straße ß",
    "Café crème",
    "ពណ៌ស្បែក",
    "תַּלְמִיד בַּבַּיִת",
)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = create_journal(tmp_path / "Mine.needlejournal")
    yield made
    made.close()


def write(journal: Journal, *texts: str) -> None:
    with journal.step("Write"):
        for number, text in enumerate(texts):
            journal.day_notes.save(DayNote(FIRST + timedelta(days=number), text))


def found(journal: Journal, text: str, meant: tuple[Meant, ...] = ()) -> set[int]:
    """The numbers of the notes that are found."""
    return {(key.day - FIRST).days for key in journal.timeline.keys(TimelineFilter(text=text, meant=meant))}


@pytest.mark.parametrize("typed", FORMS)
@pytest.mark.parametrize("written", FORMS)
def test_each_word_is_found_in_its_note_and_in_no_other(journal: Journal, written: str, typed: str) -> None:
    write(journal, *(unicodedata.normalize(written, note) for note in NOTES))
    for number, note in enumerate(NOTES):
        for word in re.split("[ 、]", note):
            assert found(journal, unicodedata.normalize(typed, word)) == {number}, word


@pytest.mark.parametrize("typed", FORMS)
@pytest.mark.parametrize("written", FORMS)
def test_names_and_tags_are_found_however_they_are_composed(journal: Journal, written: str, typed: str) -> None:
    """Names that come from a Mac are taken apart; what is typed is composed."""
    name, tag = (unicodedata.normalize(written, text) for text in ("스크린샷 2026.jpg", "びよう"))
    with journal.step("Write"):
        journal.photos.save(Photo(Original("a" * 64, "aa/a.jpg", name, 9), When(FIRST), tags=(tag,)))
    for word in ("스크린샷", "びよう"):
        assert found(journal, unicodedata.normalize(typed, word)) == {0}
    assert found(journal, "크린") == {0}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("ผิว", "ผมไปที่วัด วันนี้ไปผสมยา"),
        ("ຜິວ", "ຜົມໄປທີ່ວັດ"),
        ("မျက်နှာ", "မကန"),
        ("ना", "मकान"),
        ("लोल", "लाल"),
        ("त्वचा", "तवच"),
        ("か", "き"),
        ("ㅋㅋ", "ㅋ ㅋ"),
        ("皮膚 abc", "皮膚 xabc"),
        ("abc皮膚", "皮膚abc"),
        ("皮膚 皮癬", "皮膚"),
        ("rp", "做了PRP治療"),
        ("prp", "做了XPRP治療"),
        ("prp", "做了Pr p治療"),
        ("1️⃣", "2"),
        ("❤️", "anything ❤️"),
    ],
)
def test_what_is_not_there_is_not_found(journal: Journal, text: str, other: str) -> None:
    write(journal, other)
    assert found(journal, text) == set()


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("Rötung 皮膚", "RÖTUNG 皮膚"),
        ("rotung 皮膚", "RÖTUNG 皮膚"),
        ("cafe 皮膚", "Café 皮膚"),
        ("皮膚 strasse", "皮膚 Straße"),
        ("STRASSE皮膚", "Straße皮膚"),
        ("led皮膚", "ＬＥＤ皮膚"),
        ("ＬＥＤ皮膚", "LED皮膚"),
        ("led", "ＬＥＤ 皮膚"),
        ("ＬＥＤ", "led"),
        ("ニキビ", "顔のﾆｷﾋﾞ"),
        ("ﾆｷﾋﾞ", "顔のニキビ"),
        ("ﾆｷ", "顔のﾆｷﾋﾞ"),
        ("野", "新𠮷野家"),
        ("𠮷", "新𠮷"),
        ("㐂𠮷", "新㐂𠮷野"),
        ("น้ำ", "กินน\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}"),
        ("\N{BENGALI LETTER YYA}", "হ\N{BENGALI LETTER YA}\N{BENGALI SIGN NUKTA}ে"),
        ("হ\N{BENGALI LETTER YA}\N{BENGALI SIGN NUKTA}", "হ\N{BENGALI LETTER YYA}"),
        ("\N{CJK COMPATIBILITY IDEOGRAPH-FA19}", "\N{CJK COMPATIBILITY IDEOGRAPH-FA19}宮"),
        ("\N{CJK UNIFIED IDEOGRAPH-795E}", "\N{CJK UNIFIED IDEOGRAPH-795E}宮"),
        ("ㅋㅋ", "아ㅋㅋㅋ"),
        ("ㅋ각", unicodedata.normalize("NFD", "ㅋ각")),
        ("3回", "第3回"),
        ("3", "第3回"),
        ("prp", "今天做了PRP治療"),
        ("PRP 治療 皮膚", "皮膚，做了PRP治療"),
        ("led", "今日はＬＥＤを照射"),
        ("ＬＥＤ", "今日はLEDを照射"),
        ("ret", "ใช้Retinol"),
        ("strasse", "在Straße"),
    ],
)
def test_the_same_written_otherwise_is_found(journal: Journal, typed: str, note: str) -> None:
    write(journal, note)
    assert found(journal, typed) == {0}


ALIKE = (
    ("lodz", "łódź"), ("obrzek", "obrzęk"), ("rodme", "rødme"), ("durdica", "đurđica"), ("hobz", "ħobż"),
    ("aeble", "æble"), ("oeuvre", "œuvre"), ("strasse", "straße"), ("thor", "þór"), ("eidur", "eiður"),
    ("kirmizi", "kırmızı"),
    ("احمرار", "اِحْمِرَار"), ("امس", "أمس"), ("الان", "الآن"), ("الى", "إلي"), ("حكه", "حكّة"), ("احمرار", "احمـــرار"),
    ("אדום", "אָדוֹם"), ("שלום", "שָׁלוֹם"),
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("bare", "full"), ALIKE)
def test_letters_with_strokes_and_points_are_found_without_them_and_those_by_these(
    journal: Journal, bare: str, full: str, form: str
) -> None:
    write(journal, f"a {bare}.", unicodedata.normalize(form, f"b {full}, c"), full.upper(), "something else")
    for typed in (bare, full, full.upper(), bare[:-1]):
        assert found(journal, unicodedata.normalize(form, typed)) == {0, 1, 2}, typed


def test_names_of_clinics_and_products_are_found_without_their_strokes(journal: Journal) -> None:
    session = Session(When(FIRST), clinic="Klinika Łódź", products=(Product("serum", "Crème Œdème"),))
    with journal.step("Write"):
        kept = journal.sessions.save(session)
    assert found(journal, "lodz oedeme") == {0}
    with journal.step("Write"):
        journal.sessions.save(replace(kept, clinic="Other"))
    assert found(journal, "lodz") == set()


def test_the_index_is_written_by_any_program_that_reads_sqlite(journal: Journal) -> None:
    """Whoever writes with another SQLite must be able to read our triggers: older ones take no deep expressions."""
    deepest = max(_depth(row[0]) for row in journal._database.rows("SELECT sql FROM sqlite_schema WHERE sql NOT NULL"))
    assert deepest < 25


def _depth(sql: str) -> int:
    """How many brackets are open at once."""
    depths = accumulate((sign == "(") - (sign == ")") for sign in sql)
    return max(depths)


@pytest.mark.parametrize("common", [False, True])
def test_a_word_beside_signs_keeps_what_it_means(journal: Journal, *, common: bool) -> None:
    """ "Redness" means zones, symptoms and treatments beside a word in Chinese too."""
    texts = ["皮膚"] * (6100 if common else 3)
    texts[1] = "皮膚 redness"
    write(journal, *texts)
    meant = (Meant(), Meant(symptoms=("redness",), zones=("nose",)))
    assert found(journal, "皮膚 redness", meant) == found(journal, "皮膚 redness") == {1}
    assert found(journal, "皮膚 rosy", meant) == {1}


def test_a_row_that_is_no_text_hides_no_other(journal: Journal) -> None:
    write(journal, "LED皮膚", "皮膚", "LED皮膚")
    with journal._database.transaction():
        journal._database.run("UPDATE day_note SET text = CAST(x'e79aae8286ffe79aaee8869a' AS TEXT) WHERE id = 2")
    assert found(journal, "led皮膚") == {0, 2}


def test_a_word_of_an_alphabet_behind_signs_is_found_in_the_newest_of_many_notes(journal: Journal) -> None:
    """Its beginning alone stands in so many that only the other index is asked; from three letters on both are."""
    write(journal, *["做PRP", *["做pr 和 PRP"] * 2100, "做PRP"])
    assert 2101 in found(journal, "prp")
    assert journal.timeline.keys(TimelineFilter(text="pr"))


@pytest.mark.parametrize("typed", ["led皮膚", "皮膚", "led"])
def test_what_only_an_index_knows_is_not_found(journal: Journal, typed: str) -> None:
    """Another program took a row away and left the index as it was."""
    write(journal, "皮膚LED LED皮膚", "皮膚LED LED皮膚")
    with journal._database.transaction():
        journal._database.run("DROP TRIGGER search_inside_day_note_gone")
        journal._database.run("DELETE FROM day_note WHERE id = 1")
    assert found(journal, typed) == {1}


SCRIPTS = ("aéÉbö1 ", "皮膚紅a 𠮷", "はだがぎ ー", "ﾆｷﾋﾞﾊﾟ", "ニキビパa", "피부a각ㅋ ", "ผิวน้ำ่a", "त्वचाक़ 1", "မျက်နှာ a1")
TEXT = st.sampled_from(SCRIPTS).flatmap(lambda signs: st.text(signs, max_size=9))


def plain(text: str) -> str:
    """Sign by sign what counts as the same; slowly, and with nothing of the search in it."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f")


def is_held(word: str, text: str) -> bool:
    if all(ord(sign) < 0x370 for sign in plain(word)):
        return any(part.startswith(plain(word)) for part in re.findall("[a-z0-9]+", plain(text)))
    return plain(word) in plain(text)


@given(st.data(), st.lists(TEXT, min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
def test_words_of_all_scripts_are_found_where_they_are_and_nowhere_else(
    journal: Journal, data: st.DataObject, texts: list[str]
) -> None:
    texts = [unicodedata.normalize(data.draw(st.sampled_from(FORMS)), text) for text in texts]
    source = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(source)))
    typed = unicodedata.normalize(
        data.draw(st.sampled_from(FORMS)), data.draw(st.just(source[start : start + 4]) | TEXT)
    )
    words = [word for word in typed.split() if unicodedata.category(word[0])[0] in "LN"]
    if not words or len(words) != len(typed.split()):
        return
    write(journal, *texts)
    expected = {number for number, text in enumerate(texts) if all(is_held(word, text) for word in words)}
    seen = found(journal, typed)
    journal.history.undo()
    assert seen == expected, (typed, texts)
