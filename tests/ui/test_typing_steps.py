"""Typing is undone in steps a person recognises."""

from __future__ import annotations

import pytest

from needlejournal.ui.typing_steps import LONGEST_S, TypingSteps, letters_lost

FIVE = "Warm. A little tight. Redness on both cheeks. Slept well. No sun today."


class Typing:
    """Types into one field, a write at a time."""

    def __init__(self) -> None:
        self.now = 0.0
        self.steps = TypingSteps(lambda: self.now)
        self.text = ""

    def write(self, text: str, seconds: float = 1.0, field: str = "text") -> str | None:
        self.now += seconds
        key = self.steps.key("day 8", {field: self.text}, {field: text})
        self.text = text
        return key


def test_what_is_typed_without_a_pause_is_one_step() -> None:
    typing = Typing()
    assert len({typing.write(FIVE[:length]) for length in range(10, 50, 5)}) == 1


def test_five_sentences_and_a_slip_are_two_steps_and_the_slip_goes_on_in_its_own() -> None:
    typing = Typing()
    five = typing.write(FIVE)
    slip = typing.write("x")
    assert slip != five
    assert typing.write("xy") == slip


def test_a_word_corrected_stays_in_its_step() -> None:
    typing = Typing()
    first = typing.write("Warm and tihgt")
    assert typing.write("Warm and ti") == first
    assert typing.write("Warm and tight") == first


@pytest.mark.parametrize("between", ["pause", "paragraph", "visit", "field", "undo", "choice"])
def test_a_new_step_begins_after(between: str) -> None:
    typing = Typing()
    first = typing.write("Warm")
    if between == "visit":
        typing.steps.end()
    if between == "undo":
        typing.text = ""
    if between == "choice":
        assert typing.steps.key("day 8", {"text": "Warm", "pain": 1}, {"text": "Warm", "pain": 2}) is None
    later = typing.write(
        "Warm\nA" if between == "paragraph" else "Warm, tight",
        10.0 if between == "pause" else 1.0,
        "notes" if between == "field" else "text",
    )
    assert later != first


def test_no_step_is_longer_than_a_minute() -> None:
    typing = Typing()
    words = "word " * 200
    keys = [typing.write(words[: n * 5], 2.0) for n in range(1, 100)]
    assert max(keys.count(key) for key in set(keys)) <= LONGEST_S / 2 + 1
    assert len(set(keys)) > 2


def test_two_changes_at_once_are_no_typing() -> None:
    typing = Typing()
    assert typing.steps.key("s", {"a": "", "b": ""}, {"a": "x", "b": "y"}) is None


def test_letters_lost_are_counted_between_what_stays() -> None:
    assert letters_lost("one two three", "one three") == 4
    assert letters_lost("aaa", "aa") == 1
    assert letters_lost("", "anything") == 0


def test_a_field_within_fields_is_typed_in_steps_too() -> None:
    steps = TypingSteps(lambda: 0.0)

    def products(*lots: str) -> dict[str, object]:
        return {"products": tuple({"kind": "serum", "lot": lot} for lot in lots), "notes": ""}

    first = steps.key("session 1", products("A", ""), products("A", "B"))
    assert first is not None
    assert steps.key("session 1", products("A", "B"), products("A", "B2")) == first
    assert steps.key("session 1", products("A", "B2"), products("A2", "B2")) != first
    assert steps.key("session 1", products("A2", "B2"), products("A2")) is None


def test_a_value_that_is_turned_is_one_step_until_the_hand_rests() -> None:
    now = [0.0]
    steps = TypingSteps(lambda: now[0])
    first = steps.turned("scars")
    now[0] = 1.0
    assert steps.turned("scars") == first
    assert steps.turned("pores") != first
    later = steps.turned("scars")
    assert later != first
    now[0] = 5.0
    assert steps.turned("scars") not in {first, later}


def test_no_two_editors_share_a_key() -> None:
    assert Typing().write("Warm") != Typing().write("Warm")
