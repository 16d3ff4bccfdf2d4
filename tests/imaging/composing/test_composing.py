"""Before/after pictures as they are kept and shared."""

from __future__ import annotations

import numpy as np
import pytest

from needlejournal.imaging.composing import lettering
from needlejournal.imaging.composing.page_setting import GROUND
from needlejournal.imaging.composing.pictures import (
    Note,
    Panel,
    PanelSheet,
    compose_film,
    compose_frames,
    compose_overlay,
    compose_pair,
    compose_strip,
    compose_wipe,
)
from needlejournal.imaging.reading.arrays import as_array, from_array
from needlejournal.imaging.reading.pixels import Pixels

SKIN, REDDER = (190, 150, 130), (200, 110, 100)


def plain(width: int = 600, height: int = 800, colour: tuple[int, int, int] = SKIN) -> Pixels:
    array = np.empty((height, width, 4), np.uint8)
    array[:] = (*colour[::-1], 255)
    return from_array(array)


def columns_of(composed: Pixels, colour: tuple[int, int, int]) -> list[tuple[int, int]]:
    """Where along the widest row of photos a colour begins and ends."""
    array = as_array(composed)[:, :, 2::-1].astype(int)
    found = (np.abs(array - colour).max(axis=2) <= 3).sum(axis=0) > composed.height * 0.4
    edges = np.flatnonzero(np.diff(np.concatenate([[0], found.astype(int), [0]])))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def test_two_photos_stand_side_by_side_at_the_same_size():
    composed = compose_pair(Panel(plain()), Panel(plain(colour=REDDER)))
    ((left, middle),) = columns_of(composed, SKIN)
    ((start, end),) = columns_of(composed, REDDER)
    assert middle - left == end - start == 600
    assert middle < start < middle + 40
    assert (as_array(composed)[3, 3] == (GROUND, GROUND, GROUND, 255)).all()


def test_photos_of_different_resolution_are_shown_equally_large():
    composed = compose_pair(Panel(plain()), Panel(plain(1800, 2400, REDDER)))
    ((left, middle),), ((start, end),) = columns_of(composed, SKIN), columns_of(composed, REDDER)
    assert middle - left == end - start


def test_an_aligned_photo_is_drawn_where_its_matrix_puts_it():
    right_by = ((1.0, 0.0, 60.0), (0.0, 1.0, 0.0))
    composed = compose_pair(Panel(plain()), Panel(plain(colour=REDDER), matrix=right_by))
    ((left, _),), ((start, end),) = columns_of(composed, SKIN), columns_of(composed, REDDER)
    frame_start = left + 600 + round(12 * 600 / 430)
    assert (start - frame_start, end - start) == (60, 540)


def test_only_the_asked_part_is_shown():
    half = plain()
    array = as_array(half).copy()
    array[:, :300] = (0, 0, 0, 255)
    composed = compose_pair(Panel(from_array(array)), Panel(plain()), PanelSheet(box=(0.5, 0.25, 0.5, 0.5)))
    first, second = (end - start for start, end in columns_of(composed, SKIN))
    assert second == 480
    assert first == pytest.approx(480, abs=4)  # black shines in at the box's edge


def test_a_colour_table_changes_only_its_own_panel():
    table = bytes(min(255, level + 10) for level in range(256)) + bytes(range(256)) * 2
    composed = compose_pair(Panel(plain()), Panel(plain(), colour_table=table))
    assert len(columns_of(composed, SKIN)) == 1
    assert len(columns_of(composed, (SKIN[0] + 10, *SKIN[1:]))) == 1


def test_a_colour_table_leaves_the_surround_neutral():
    bluer = bytes(256) + bytes(range(256)) * 2
    small = Panel(plain(), colour_table=bluer, matrix=((0.5, 0.0, 0.0), (0.0, 0.5, 0.0)))
    composed = as_array(compose_pair(Panel(plain()), small))
    right = composed[:, composed.shape[1] // 2 + 20 :, :3].astype(int)
    coloured = np.ptp(right, axis=2) > 0
    assert 0.9 < coloured.sum() / (300 * 400) < 1.1


def test_an_overlay_is_the_mixture_asked_for():
    composed = compose_overlay(Panel(plain(), "Before"), Panel(plain(colour=REDDER), "After"), share=0.25)
    mixture = tuple(round(a * 0.75 + b * 0.25) for a, b in zip(SKIN, REDDER, strict=True))
    assert [end - start for start, end in columns_of(composed, mixture)] == [600]


@pytest.mark.parametrize(("at", "left", "right"), [(0.25, 150, 450), (0.0, 0, 600), (1.0, 600, 0), (7.0, 600, 0)])
def test_a_wipe_divides_at_the_asked_place(at, left, right):
    composed = compose_wipe(Panel(plain(), "Before"), Panel(plain(colour=REDDER), "After"), at)
    widths = [sum(end - start for start, end in columns_of(composed, colour)) for colour in (SKIN, REDDER)]
    assert widths == pytest.approx([left, right], abs=3)


def test_covered_eyes_are_grey():
    eyes = ((0.0, 0.0), (600.0, 0.0), (600.0, 790.0), (0.0, 790.0))
    composed = compose_pair(Panel(plain(), covers=(eyes,)), Panel(plain()))
    assert len(columns_of(composed, (120, 120, 120))) == len(columns_of(composed, SKIN)) == 1


def test_words_take_room_below_and_above_and_leave_the_skin_alone():
    bare = compose_pair(Panel(plain()), Panel(plain()))
    captioned = compose_pair(
        Panel(plain(), "Baseline", "1 March 2026", "7 days before session 1"),
        Panel(plain(), "Month 6", "1 September 2026", "42 days after session 4", badge="Healing photo"),
        PanelSheet(
            title="184 days and 4 sessions between",
            labels=("Aligned", "Colour matched"),
            notes=(
                Note("Same view: frontal.", "matches"),
                Note("Light differs.", "differs"),
                Note("Make-up: not noted.", "unknown"),
            ),
            watermark="Needle Journal",
        ),
    )
    assert captioned.height > bare.height + 100
    for start, end in columns_of(captioned, SKIN):
        area = as_array(captioned)[:, start + 20 : end - 20]
        skin_rows = np.flatnonzero((np.abs(area[:, :, 2::-1].astype(int) - SKIN).max(axis=2) == 0).all(axis=1))
        assert len(skin_rows) == 800


@pytest.mark.parametrize("badge", ["Healing", "Healing after session 1, not a result", "Healing, not a result, " * 4])
@pytest.mark.parametrize("heading", ["8 March 2025", ""])
def test_a_badge_cuts_nothing_off(badge, heading, monkeypatch):
    """It stands beside the words where there is room, else on a line of its own."""
    written, shorten = {}, lettering.shortened

    def noted(text, face, room):
        written[text] = shorten(text, face, room)
        return written[text]

    monkeypatch.setattr(lettering, "shortened", noted)
    bare = compose_strip([Panel(plain(300, 800), heading, detail="day 0 after session 1")])
    marked = compose_strip([Panel(plain(300, 800), heading, detail="day 0 after session 1", badge=badge)])
    assert (written["day 0 after session 1"], written[heading]) == ("day 0 after session 1", heading)
    assert (marked.height > bare.height) == (badge != "Healing")


@pytest.mark.parametrize("title", ["From the front", ""])
def test_labels_stay_on_the_page_however_long_they_are(title):
    label = "Aligned: moved, turned and scaled, never reshaped, whatever else may be said of it"
    page = as_array(compose_strip([Panel(plain(300, 800))], PanelSheet(title=title, labels=(label,))))
    assert (page[:, -10:, :3] == page[0, 0, :3]).all()


@pytest.mark.parametrize(
    "text",
    ["word " * 400, "w" * 3000, "שלום عليكم 你好 🙂", "\n\n\t", "line\nbreak", "nul\0\x07\u200b", "\u202ereversed", ""],
)
def test_any_text_fits(text):
    sheet = PanelSheet(
        title=text, labels=("Aligned", text[:40]), notes=(Note(text, "unknown"), Note(text)), watermark=text
    )
    composed = compose_pair(
        Panel(plain(300, 400), text, text, text), Panel(plain(300, 400), badge="Healing photo"), sheet
    )
    plain_width = compose_pair(Panel(plain(300, 400)), Panel(plain(300, 400))).width
    assert plain_width <= composed.width <= 1.1 * plain_width


@pytest.mark.parametrize("size", [(1, 1), (100, 75), (3000, 20), (20, 3000), (2000, 1500)])
def test_pictures_of_any_shape_are_composed(size):
    composed = compose_pair(
        Panel(plain(*size), "Before"), Panel(plain(), "After"), PanelSheet(notes=(Note("A note."),))
    )
    assert composed.width <= 6000
    assert len(composed.buffer) == composed.stride * composed.height


def test_a_strip_of_twelve_keeps_to_the_width_asked_for():
    strip = compose_strip([Panel(plain(1200, 1600), f"Week {week}") for week in range(12)], PanelSheet(max_width=4000))
    assert strip.width <= 4000
    assert len(columns_of(strip, SKIN)) == 12


def test_frames_for_blinking_are_of_one_size():
    frames = compose_frames([Panel(plain(), "Before", detail="a"), Panel(plain(900, 900, REDDER), "After")])
    assert len({frame.size for frame in frames}) == 1
    assert columns_of(frames[0], SKIN)
    assert columns_of(frames[1], REDDER)


def test_labels_that_find_no_room_beside_the_title_stand_below_it():
    title, labels = "184 days and 4 sessions between", ("Aligned", "Colour matched", "Healing photo")
    narrow = [
        compose_frames([Panel(plain())], PanelSheet(title=title, labels=some))[0].height
        for some in (labels[:1], labels)
    ]
    assert narrow[1] > narrow[0]
    wide = [
        compose_pair(Panel(plain()), Panel(plain()), PanelSheet(title=title, labels=some)).height
        for some in ((), labels)
    ]
    assert wide[0] == wide[1]


def test_footnotes_can_be_read_at_the_size_the_whole_page_is_seen_at():
    """The least is 1.6 % of the height; what is measured is the unit of 12.5 pixels that notes are set in."""
    sheet = PanelSheet(notes=(Note("The head is turned differently, by about 9°.", "differs"),))
    tall = compose_pair(Panel(plain(200, 900)), Panel(plain(200, 900)), sheet)
    small = compose_pair(Panel(plain(200, 900)), Panel(plain(200, 900)))
    assert (tall.height - small.height) >= 0.016 * tall.height


def test_the_skin_stays_in_one_place_in_a_film_however_long_its_notes_are() -> None:
    panels = [Panel(plain(), "1 March", detail="before session 1"), Panel(plain(), "8 March", detail="day 7")]
    long = Note("These two photos differ in their light, the pose and much else: compare with care. " * 4)
    first, second = compose_film(panels, [[Note("Short.")], [long]], PanelSheet(title="From the front"))
    assert first.size == second.size
    rows = [np.flatnonzero((as_array(page)[:, page.width // 2, :3] != GROUND).any(axis=1)) for page in (first, second)]
    assert max(np.diff(rows[0])) > 1
    photos = [max(np.split(row, np.flatnonzero(np.diff(row) > 1) + 1), key=len) for row in rows]
    assert (photos[0][0], photos[0][-1]) == (photos[1][0], photos[1][-1])
