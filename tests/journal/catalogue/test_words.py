"""Ordinary words find their symptom; slips find what is nearest; a word has one meaning."""

from __future__ import annotations

import pytest

from needlejournal.journal.catalogue.words import meant, named_meaning, nearest, offered, symptom_meaning
from tests.journal.courses_by_hand import CATALOGUE

SYMPTOMS = [symptom_meaning(symptom) for symptom in CATALOGUE.symptoms]
ZONES = [named_meaning(zone) for zone in CATALOGUE.zones]


@pytest.mark.parametrize(
    ("word", "symptom"),
    [
        ("pus", "infection"), ("fever", "infection"), ("infected", "infection"), ("boil", "infection"),
        ("herpes", "cold_sore"), ("blister", "cold_sore"), ("knot", "lump"), ("scar", "scarring"),
        ("keloid", "scarring"), ("hot", "stinging"), ("burn", "stinging"), ("erythema", "redness"),
        ("spots", "breakout"), ("hives", "itching"), ("peeling", "flaking"), ("scab", "flaking"),
        ("Peeling", "flaking"), ("Tram-Track marks", "scarring"), ("oedema", "swelling"), ("œdema", None), ("œ", None),
        ("ŒDEMA", None), ("ödem", None), ("rédness", "redness"), ("", None), ("   ", None),
    ],
)  # fmt: skip
def test_ordinary_words_mean_a_symptom(word: str, symptom: str | None) -> None:
    assert meant(word, SYMPTOMS) == symptom
    if symptom:
        assert offered(word, SYMPTOMS)[0] == symptom


def test_no_word_means_two_symptoms() -> None:
    keys: dict[str, set[str]] = {}
    for one in SYMPTOMS:
        for word in one.words:
            keys.setdefault(word.casefold(), set()).add(one.key)
    assert {word: found for word, found in keys.items() if len(found) > 1} == {}


def test_what_begins_so_is_offered_then_what_was_a_slip() -> None:
    assert offered("fever b", SYMPTOMS)[0] == "cold_sore"
    assert offered("fever", SYMPTOMS) == ("infection", "cold_sore")
    assert offered("red", SYMPTOMS)[0] == "redness"
    assert "darkening" in offered("patch", SYMPTOMS)
    assert offered("bruse", SYMPTOMS) == ("bruising",)
    assert offered("old", SYMPTOMS) == ()  # it only stands inside "cold sore"
    assert offered("zz", SYMPTOMS) == ()
    assert offered(" ", SYMPTOMS) == ()


@pytest.mark.parametrize(
    ("word", "key"),
    [("rednes", "redness"), ("infectd", "infection"), ("bruse", "bruising"), ("scra", "scarring"),
     ("keliod", "scarring"), ("crusting", "flaking"), ("qqqq", None)],
)  # fmt: skip
def test_a_slip_finds_what_is_nearest(word: str, key: str | None) -> None:
    assert nearest(word, SYMPTOMS) == key


@pytest.mark.parametrize(
    ("word", "key"),
    [("cheek_inner_left", "cheek_inner_left"), ("Inner cheek, left", "cheek_inner_left"),
     ("left inner cheek", "cheek_inner_left"), ("glabella", "glabella"), ("malar", None)],
)  # fmt: skip
def test_zones_go_by_key_and_by_name(word: str, key: str | None) -> None:
    assert meant(word, ZONES) == key


def test_views_and_treatments_go_by_name_too() -> None:
    assert meant("from the front", [named_meaning(view) for view in CATALOGUE.views]) == "frontal"
    assert meant("HydraFacial", [named_meaning(one) for one in CATALOGUE.treatments]) == "hydrafacial"


@pytest.mark.parametrize("word", ["cut", "numb", "ulcer", "wound", "sadness", "dizzy", "headache", "old", "", "…"])
def test_a_word_that_is_like_nothing_gets_no_proposal(word: str) -> None:
    assert nearest(word, SYMPTOMS) is None


def test_a_name_with_words_left_out_is_near() -> None:
    assert nearest("cheekleft", ZONES) == "cheek_inner_left"
    assert nearest("leftcheek", ZONES) == "cheek_inner_left"


@pytest.mark.parametrize(
    ("typed", "symptom"),
    [
        ("pus on my chin", "infection"),
        ("Fever!", "infection"),
        ("a boil, I think", "infection"),
        ("herpes?", "cold_sore"),
    ],
)
def test_a_word_among_others_and_with_punctuation_is_nearest_to_its_symptom(typed: str, symptom: str) -> None:
    assert nearest(typed, SYMPTOMS) == symptom


def test_a_word_that_only_stands_inside_another_offers_nothing() -> None:
    assert offered("photographs", SYMPTOMS) == ()  # "hot" is no word of its own there


@pytest.mark.parametrize("word", ["firehead", "forhead", "foreehad", "fourehead"])
def test_a_letter_wrong_missing_or_changed_in_place_is_a_slip(word: str) -> None:
    assert nearest(word, ZONES) == "forehead"


def test_the_beginning_of_a_word_is_near_to_it() -> None:
    assert nearest("inflam", SYMPTOMS) is None
    assert nearest("infect", SYMPTOMS) == "infection"
