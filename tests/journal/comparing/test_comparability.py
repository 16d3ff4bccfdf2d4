"""How far two photos may be compared: every item answers, nothing unknown passes silently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.comparing.answers import WORDS
from needlejournal.journal.comparing.comparability import (
    DIFFERS,
    MATCHES,
    UNKNOWN,
    ComparabilityItem,
    PhotoFacts,
    compare_photos,
    facts_of,
)
from needlejournal.journal.comparing.faces import view_of_pose
from needlejournal.journal.comparing.light_slopes import light_slopes
from needlejournal.journal.comparing.measures import Background, Expression, PhotoMeasures, SkinPatch
from needlejournal.journal.comparing.pair_measures import PairMeasures
from needlejournal.journal.healing import Healing
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Camera, Declared, Original, Photo

SKIN = SkinPatch(0.0, -2.0, 65.0, 10.0, 12.0)
ZONES = {
    "forehead": replace(SKIN, down=-0.75),
    "nose": SKIN,
    "chin": replace(SKIN, down=0.8),
    "cheek_inner_left": replace(SKIN, across=0.45),
    "cheek_inner_right": replace(SKIN, across=-0.45),
    "temple_left": replace(SKIN, across=0.85),
    "temple_right": replace(SKIN, across=-0.85),
}
MEASURES = PhotoMeasures(
    yaw=1.0,
    pitch=2.0,
    roll=0.0,
    face_share=0.25,
    sharpness=-1.0,
    clipped=0.0,
    dark=0.0,
    skin=SKIN,
    patches=ZONES,
    untreated=SKIN,
    texture=-3.0,
    edges=-2.0,
    hardness=-3.0,
    expression=Expression(0.3, 0.3, 0.0, 0.5, 0.0, 0.3),
    background=Background(70.0, 0.0, 2.0, 5.0),
    place=(0.5, 0.5),
    jpeg_step=6.0,
)
LAID = PairMeasures(found=0.8, lens_distance=0.01, shape=1.0, shape_of="jaw", shape_seen_from=3.5, covered=())
BEFORE = PhotoFacts(
    view="frontal",
    day=date(2026, 1, 3),
    time=time(9, 0),
    camera=Camera("Maker", "Phone", focal_35mm=26.0, software="17.4"),
    declared=Declared(make_up=False, moisturiser=False, expression="neutral", light="daylight"),
    measures=MEASURES,
)
AFTER = replace(BEFORE, day=date(2026, 5, 9), days_since_session=34, sessions_done=3)


def item(name: str, before: PhotoFacts, after: PhotoFacts, laid: PairMeasures | None = LAID) -> ComparabilityItem:
    found = [one for one in compare_photos(before, after, laid).items if one.item == name]
    assert len(found) == 1
    return found[0]


def measured(**values: object) -> PhotoFacts:
    return replace(AFTER, measures=replace(MEASURES, **values))


def test_two_photos_alike_match_in_everything() -> None:
    panel = compare_photos(BEFORE, AFTER, LAID)
    assert {one.item for one in panel.items if one.answer != MATCHES} == {"edited"}
    assert str(panel.summary) == "No difference was found in what is known. Not known: editing."


def test_photos_nobody_knows_anything_about_are_never_called_fine() -> None:
    panel = compare_photos(PhotoFacts(), PhotoFacts())
    known = {one.item for one in panel.items if one.answer != UNKNOWN}
    assert known == {"healing"}
    assert str(panel.summary).startswith("No difference was found in what is known. Not known: view, ")


def test_without_the_face_models_one_sentence_says_why_so_much_is_unknown_and_what_helps() -> None:
    unread = replace(AFTER, measures=PhotoMeasures(jpeg_step=6.0, models=False))
    panel = compare_photos(BEFORE, unread)
    about_it = [one for one in panel.items if "Installing the app again" in str(one.sentence)]
    assert len(about_it) > 12 and {one.answer for one in about_it} == {UNKNOWN}
    assert len({one.sentence for one in about_it}) == 1
    assert panel.faces_missing and not compare_photos(BEFORE, AFTER, LAID).faces_missing
    assert str(panel.summary).count("the files that find faces are missing") == 1
    assert "brightness" not in str(panel.summary)


def test_every_item_has_words_a_sentence_and_comes_once() -> None:
    for pair in ((BEFORE, AFTER), (PhotoFacts(), PhotoFacts()), (BEFORE, PhotoFacts(mirrored=True, healing=True))):
        items = compare_photos(*pair).items
        assert [one.item for one in items] == list(dict.fromkeys(one.item for one in items))
        for one in items:
            assert WORDS[one.item]
            assert str(one.sentence).endswith(".")
            assert "{" not in str(one.sentence)


@pytest.mark.parametrize(
    ("values", "name", "slight", "clear"),
    [
        ("yaw", "pose", 11.0, 30.0),
        ("pitch", "pose", 12.0, 30.0),
        ("roll", "roll", 10.0, 20.0),
        ("face_share", "face_scale", 0.34, 0.45),
        ("face_share", "face_scale", 0.19, 0.1),
        ("sharpness", "sharpness", -2.0, -3.0),
    ],
)
def test_a_measured_difference_is_slight_and_then_clear(values: str, name: str, slight: float, clear: float) -> None:
    assert item(name, BEFORE, AFTER).answer == MATCHES
    assert (item(name, BEFORE, measured(**{values: slight})).answer) == DIFFERS
    assert not item(name, BEFORE, measured(**{values: slight})).clear
    assert item(name, BEFORE, measured(**{values: clear})).clear
    assert item(name, BEFORE, measured(**{values: None})).answer == UNKNOWN


def test_brightness_says_which_photo_is_darker() -> None:
    darker = item("exposure", BEFORE, measured(skin=replace(SKIN, lightness=52.0)))
    assert (darker.answer, darker.clear, darker.value) == (DIFFERS, True, 13.0)
    assert "darker in the second" in str(darker.sentence)


def test_burnt_out_skin_forbids_every_word_about_colour() -> None:
    after = measured(clipped=0.02, untreated=replace(SKIN, a=30.0))
    assert item("clipping", BEFORE, after).answer == DIFFERS
    assert item("white_balance", BEFORE, after).answer == UNKNOWN


def test_the_colour_of_the_light_needs_untreated_skin() -> None:
    assert item("white_balance", BEFORE, measured(untreated=None)).answer == UNKNOWN
    assert item("white_balance", BEFORE, measured(untreated=replace(SKIN, b=18.0))).answer == DIFFERS


def test_texture_as_strong_under_another_sharpness_says_nothing_of_filters() -> None:
    assert item("smoothing", BEFORE, AFTER).answer == MATCHES
    painted = measured(sharpness=MEASURES.sharpness + 1.0)
    assert item("sharpness", BEFORE, painted).answer == DIFFERS
    assert item("smoothing", BEFORE, painted).answer == UNKNOWN


def test_a_black_and_white_photo_never_matches_one_in_colour() -> None:
    grey = measured(skin=replace(SKIN, a=0.4, b=-0.3))
    found = item("white_balance", BEFORE, grey)
    assert found.clear
    assert str(found.sentence) == ("One of the photos is black and white: redness and brown spots cannot be compared.")
    before = replace(BEFORE, measures=grey.measures)
    assert item("white_balance", before, grey).answer == UNKNOWN
    assert item("white_balance", before, AFTER).clear


def test_skin_that_is_too_bright_for_any_colour_is_not_called_black_and_white() -> None:
    burnt = measured(skin=replace(SKIN, lightness=99.0, a=0.4, b=-0.3), clipped=0.95)
    found = item("white_balance", BEFORE, burnt)
    assert found.answer == UNKNOWN
    assert "black and white" not in str(found.sentence)


@pytest.mark.parametrize("lost", [{"clipped": 0.5}, {"dark": 0.5}])
def test_texture_that_is_burnt_out_or_sunk_into_black_is_no_filter(lost: dict[str, float]) -> None:
    smooth = {"texture": MEASURES.texture - 1.0}
    assert item("smoothing", BEFORE, measured(**smooth)).answer == DIFFERS
    found = item("smoothing", BEFORE, measured(**smooth, **lost))
    assert found.answer == UNKNOWN
    assert "filter" not in str(found.sentence)


def test_fine_steps_tell_only_how_a_file_was_saved_last() -> None:
    found = item("compression", measured(jpeg_step=5.8), measured(jpeg_step=5.8))
    assert found.answer == MATCHES
    assert "before that is not known" in str(found.sentence)


@pytest.mark.parametrize("side", ["left", "right"])
def test_light_from_the_other_side_is_named(side: str) -> None:
    lit = {
        key: replace(one, red_ev=one.red_ev + (one.across if side == "left" else -one.across))
        for key, one in ZONES.items()
    }
    found = item("light_side", BEFORE, measured(patches=lit))
    assert found.clear
    assert f"patient's {side} in the second" in str(found.sentence)


def test_a_mirrored_photo_is_judged_by_the_patients_own_sides() -> None:
    lit = {key: replace(one, red_ev=one.red_ev + one.across) for key, one in ZONES.items()}
    after = replace(measured(patches=lit), mirrored=True)
    assert "patient's right" in str(item("light_side", BEFORE, after).sentence)
    assert item("mirrored", BEFORE, after, None).answer == UNKNOWN
    assert MEASURES.mirrored().mirrored() == MEASURES


def test_light_cannot_be_told_from_too_few_zones() -> None:
    middle = {f"zone {number}": SKIN for number in range(6)}
    for zones in ({}, {"nose": SKIN}, middle):
        assert (light_slopes(zones, zones).across, light_slopes(zones, zones).down) == (None, None)


@pytest.mark.parametrize(
    ("change", "name", "answer"),
    [
        ({"view": "oblique_left"}, "view", DIFFERS),
        ({"camera": Camera("Maker", "Other", focal_35mm=26.0)}, "camera", DIFFERS),
        ({"camera": Camera("Maker", "Phone", focal_35mm=52.0)}, "lens", DIFFERS),
        ({"camera": Camera("Maker", "Phone", focal_mm=4.0)}, "lens", UNKNOWN),
        ({"camera": Camera(software="Adobe Photoshop 25")}, "edited", DIFFERS),
        ({"camera": Camera()}, "edited", UNKNOWN),
        ({"declared": Declared(make_up=True)}, "make_up", DIFFERS),
        ({"declared": Declared()}, "moisturiser", UNKNOWN),
        ({"declared": Declared(light="flash")}, "light", DIFFERS),
        ({"time": time(15, 30)}, "time_of_day", DIFFERS),
        ({"time": None}, "time_of_day", UNKNOWN),
        ({"healing": True}, "healing", DIFFERS),
        ({"healing": None}, "healing", UNKNOWN),
        ({"day": date(2025, 12, 1)}, "between", DIFFERS),
        ({"day": date(2026, 1, 3)}, "between", DIFFERS),
        ({"day": None}, "between", UNKNOWN),
        ({"sessions_done": None}, "between", MATCHES),
    ],
)
def test_what_files_and_patients_say_is_compared(change: dict[str, object], name: str, answer: str) -> None:
    assert item(name, BEFORE, replace(AFTER, **change)).answer == answer


def test_times_on_both_sides_of_midnight_are_near() -> None:
    late, early = replace(BEFORE, time=time(23, 30)), replace(AFTER, time=time(0, 30))
    assert item("time_of_day", late, early).value == 1.0


def test_a_healing_photo_is_named_as_one() -> None:
    assert "still healing" in str(item("healing", BEFORE, replace(AFTER, healing=True, days_since_session=1)).sentence)
    named = replace(AFTER, healing=True, healing_session=2, healing_day=0)
    assert "still healing, on the day of session 2:" in str(item("healing", BEFORE, named).sentence)
    both = str(item("healing", replace(BEFORE, healing=True, healing_session=1, healing_day=13), named).sentence)
    assert "Both photos show skin that is still healing, on day 13 after session 1 and on the day of session 2" in both
    assert "Both photos" in str(item("healing", replace(BEFORE, healing=True), replace(AFTER, healing=True)).sentence)


def test_the_summary_names_clear_differences_and_what_is_unknown() -> None:
    after = replace(measured(yaw=40.0), declared=Declared(make_up=False))
    summary = str(compare_photos(BEFORE, after, LAID).summary)
    assert "differ clearly in how the head is turned and view: compare with care." in summary
    assert summary.endswith("Not known: editing, moisturiser and kind of light.")
    slight = str(compare_photos(BEFORE, replace(AFTER, time=time(14, 0)), LAID).summary)
    assert slight == "These two photos differ slightly in time of day. Not known: editing."


def test_what_lies_between_is_counted() -> None:
    assert str(item("between", BEFORE, AFTER).sentence) == "They were taken 126 days apart, with 3 sessions in between."


def test_facts_are_gathered_from_a_photo() -> None:
    original = Original("0" * 64, "stored", "a.jpg", size=1_000_000, format="jpeg", width=2000, height=1000)
    photo = Photo(original, When(date(2026, 1, 3), time(9, 0)), view="close_up", zone="chin", mirrored=True)
    facts = facts_of(photo, days_since_session=3, sessions_done=1, healing=Healing(None), measures=MEASURES)
    assert (facts.view, facts.zone, facts.mirrored, facts.time) == ("close_up", "chin", True, time(9, 0))


def test_measures_come_back_from_json_and_old_ones_do_not() -> None:
    assert PhotoMeasures.from_json(MEASURES.to_json()) == MEASURES
    assert PhotoMeasures.from_json(PhotoMeasures().to_json()) == PhotoMeasures()
    with pytest.raises(ValueError, match="version"):
        PhotoMeasures.from_json(replace(MEASURES, version=0).to_json())


@pytest.mark.parametrize(
    ("laid", "name", "answer", "words"),
    [
        (replace(LAID, found=0.2, found_mirrored=0.6), "mirrored", DIFFERS, "mirror image"),
        (replace(LAID, found=0.42, found_mirrored=0.6), "mirrored", UNKNOWN, "cannot be known"),
        (replace(LAID, found=0.42, found_mirrored=0.48), "mirrored", UNKNOWN, "about as well with left and right"),
        (replace(LAID, found=0.42, found_mirrored=0.40), "mirrored", UNKNOWN, "about as well with left and right"),
        (replace(LAID, found=0.42, found_mirrored=0.36), "mirrored", MATCHES, "the same way"),
        (replace(LAID, found=0.2), "mirrored", UNKNOWN, "too little of the skin"),
        (None, "mirrored", UNKNOWN, "too little of the skin"),
        (replace(LAID, lens_distance=0.2), "lens_distance", DIFFERS, "nearer in the second"),
        (replace(LAID, lens_distance=-0.2), "lens_distance", DIFFERS, "nearer in the first"),
        (replace(LAID, lens_distance=None), "lens_distance", UNKNOWN, "could not"),
        (replace(LAID, shape=9.0), "shape", DIFFERS, "the jaw differs by 9 %"),
        (replace(LAID, shape=9.0, shape_of="ears"), "shape", DIFFERS, "The shape of the face"),
        (replace(LAID, shape=None), "shape", UNKNOWN, "could not"),
        (replace(LAID, covered=("cheek_inner_left",)), "covered", DIFFERS, "there: the left inner cheek."),
        (replace(LAID, covered=None), "covered", UNKNOWN, "could not"),
    ],
)
def test_what_two_photos_show_together_is_judged(laid: PairMeasures | None, name: str, answer: str, words: str) -> None:
    found = item(name, BEFORE, AFTER, laid)
    assert found.answer == answer
    assert words in str(found.sentence)


@pytest.mark.parametrize("name", ["exposure", "clipping", "sharpness"])
def test_the_skin_of_a_face_is_not_held_against_what_only_has_its_colour(name: str) -> None:
    faceless = measured(
        yaw=None, pitch=None, roll=None, patches={}, clipped=0.2, sharpness=2.0, skin=replace(SKIN, lightness=30.0)
    )
    assert item(name, BEFORE, faceless).answer == item(name, faceless, BEFORE).answer == UNKNOWN
    assert item(name, faceless, faceless).answer == UNKNOWN, "two masks, or two walls"
    skin = replace(faceless, view="close_up")
    assert item(name, skin, skin).answer == MATCHES, "a person filed both as skin"
    assert item(name, skin, faceless).answer == UNKNOWN


def test_every_view_that_a_head_can_show_is_one_a_photo_can_be_filed_under() -> None:
    views = load_catalogue(paths.resources()).views
    shown = {view_of_pose(measured(yaw=float(yaw))) for yaw in range(-90, 91, 5)} - {""}
    assert shown == {view.key for view in views if view.key != "close_up"}


def test_a_profile_filed_as_one_shows_the_same_view_as_one_that_nobody_filed() -> None:
    filed = replace(BEFORE, view="lateral_left", measures=replace(MEASURES, yaw=-80.0))
    unfiled = replace(AFTER, view="", measures=replace(MEASURES, yaw=-80.0))
    assert item("view", filed, unfiled).answer == MATCHES
    assert "the front" in str(item("view", filed, replace(measured(yaw=0.0), view="lateral_left")).sentence)


def test_the_sharper_photo_does_not_make_the_other_untrue() -> None:
    assert str(item("sharpness", BEFORE, measured(sharpness=4.0)).sentence) == (
        "The first photo is less sharp than the second: the same skin looks smoother in it."
    )


SMILE = Expression(0.1, 0.1, 0.1, 0.7, 0.1, 0.3)


@pytest.mark.parametrize(
    "blurred",
    [{"edges": -5.0}, {"edges": -5.0, "sharpness": -1.1}, {"edges": None, "sharpness": -2.0}],
    ids=["edges", "strong blur, which the skin does not show", "a small face"],
)
def test_blur_leaves_open_what_a_face_does(blurred: dict[str, float | None]) -> None:
    after = measured(expression=SMILE, **blurred)
    for first, second in ((BEFORE, after), (after, BEFORE)):
        for name in ("expression", "eyes"):
            found = item(name, first, second, replace(LAID, shape=20.0))
            assert found.answer == UNKNOWN
            assert "less sharp" in str(found.sentence)
        assert item("sharpness", first, second).answer == DIFFERS
        assert item("shape", first, second, replace(LAID, shape=20.0)).answer == UNKNOWN
    assert item("expression", BEFORE, measured(expression=SMILE, edges=-2.8)).answer == DIFFERS


GLASSES = replace(LAID, covered=("periorbital_right", "periorbital_left", "infraorbital_right", "infraorbital_left"))


def test_glasses_are_said_only_where_nothing_else_takes_the_skin_around_the_eyes() -> None:
    assert item("covered", BEFORE, AFTER, GLASSES).answer == DIFFERS
    smiling = measured(expression=SMILE)
    for after, laid in ((smiling, GLASSES), (AFTER, replace(GLASSES, found=0.41))):
        found = item("covered", BEFORE, after, laid)
        assert found.answer == UNKNOWN
        assert "Glasses can be why" in str(found.sentence)
        mask = replace(laid, covered=(*GLASSES.covered, "chin"))
        assert item("covered", BEFORE, after, mask).answer == DIFFERS


def test_of_two_close_ups_nothing_is_asked_that_only_a_face_shows() -> None:
    skin = replace(BEFORE, view="close_up", zone="chin", measures=PhotoMeasures(sharpness=-1.0))
    said = {one.item for one in compare_photos(skin, replace(skin, day=AFTER.day)).items}
    assert said.isdisjoint({"pose", "roll", "eyes", "shape", "covered", "face_scale", "lens_distance", "background"})
    assert {"view", "sharpness", "expression", "mirrored", "smoothing", "light_side"} <= said
    one_face = {one.item for one in compare_photos(skin, replace(BEFORE, view="frontal")).items}
    assert "pose" in one_face


MASKED = replace(LAID, covered=("upper_lip", "chin", "cheek_inner_right", "cheek_inner_left"))


def test_what_a_mask_hides_is_left_open_and_the_mask_is_said_once() -> None:
    dark = {zone: replace(patch, red_ev=-5.0) if "nose" not in zone else patch for zone, patch in ZONES.items()}
    after = measured(
        expression=replace(MEASURES.expression, mouth_open=0.2),
        skin=replace(SKIN, lightness=40.0),
        texture=-4.0,
        patches=dark,
    )
    assert len(compare_photos(BEFORE, after).answered(DIFFERS)) > 2
    panel = compare_photos(BEFORE, after, MASKED)
    assert [one.item for one in panel.answered(DIFFERS)] == ["covered"]
    open_items = {one.item for one in panel.answered(UNKNOWN) if "in front of the skin" in str(one.sentence)}
    assert {"expression", "exposure", "smoothing", "shape"} <= open_items
    assert item("eyes", BEFORE, after, MASKED).answer == MATCHES


PERHAPS = replace(LAID, perhaps_covered=("chin", "cheek_inner_left"))


def test_a_zone_that_may_be_covered_is_named_and_lets_nothing_match() -> None:
    panel = compare_photos(BEFORE, AFTER, PERHAPS)
    found = item("covered", BEFORE, AFTER, PERHAPS)
    assert found.answer == UNKNOWN
    assert all(zone in str(found.sentence) for zone in ("the chin", "the left inner cheek"))
    assert found.advice
    assert panel.answered(UNKNOWN)[0] == found  # above what nobody noted
    assert panel.answered(DIFFERS) == ()
    open_items = {one.item for one in panel.answered(UNKNOWN) if "may be in front of the skin" in str(one.sentence)}
    assert open_items >= {"expression", "exposure", "smoothing", "shape"}
    assert item("eyes", BEFORE, AFTER, PERHAPS).answer == MATCHES


def test_what_differs_stays_said_where_a_zone_may_be_covered() -> None:
    assert item("expression", BEFORE, measured(expression=SMILE), PERHAPS).answer == DIFFERS


def test_what_reaches_beyond_what_is_surely_covered_is_named_too() -> None:
    found = item("covered", BEFORE, AFTER, replace(MASKED, perhaps_covered=("nose",)))
    assert found.answer == DIFFERS
    assert "Perhaps it reaches farther: the nose." in str(found.sentence)
    assert item("shape", BEFORE, AFTER, replace(GLASSES, perhaps_covered=("nose",))).answer == UNKNOWN


def test_both_sides_of_a_zone_are_named_in_one_word() -> None:
    sentence = str(item("covered", BEFORE, AFTER, MASKED).sentence)
    assert "there: the upper lip, the chin and both inner cheeks." in sentence


@pytest.mark.parametrize("laid", [MASKED, PERHAPS, replace(MASKED, perhaps_covered=("nose",))])
def test_healing_skin_is_named_among_what_may_cover_a_zone(laid: PairMeasures) -> None:
    sentence = str(item("covered", BEFORE, AFTER, laid).sentence)
    assert all(cause in sentence.lower() for cause in ("crusts", "peeling", "strong redness", "cream"))


def test_a_mouth_that_moved_may_be_its_own_cover() -> None:
    mouth = replace(LAID, covered=("lower_lip", "chin"))
    assert item("covered", BEFORE, AFTER, mouth).answer == DIFFERS
    smiling = item("covered", BEFORE, measured(expression=SMILE), mouth)
    assert (smiling.answer, "the lower lip and the chin" in str(smiling.sentence)) == (UNKNOWN, True)
    whole = replace(mouth, covered=(*mouth.covered, "cheek_outer_left"))
    assert item("covered", BEFORE, measured(expression=SMILE), whole).answer == DIFFERS


def test_hidden_zones_tell_of_no_lamp() -> None:
    hand = replace(LAID, covered=("cheek_inner_left", "temple_left"))
    dark = {zone: replace(patch, red_ev=-6.0) if zone in hand.covered else patch for zone, patch in ZONES.items()}
    assert item("light_side", BEFORE, measured(patches=dark)).answer == DIFFERS
    assert item("light_side", BEFORE, measured(patches=dark), hand).answer == MATCHES


def test_hidden_zones_of_a_photo_marked_as_mirrored_are_left_out_on_the_patients_own_side() -> None:
    hand = replace(LAID, covered=("cheek_inner_left", "temple_left"))
    dark = {zone: replace(patch, red_ev=-6.0) if zone in hand.covered else patch for zone, patch in ZONES.items()}
    after = measured(patches=dark)
    assert after.measures is not None
    marked = replace(after, measures=after.measures.mirrored(), mirrored=True)
    assert item("light_side", BEFORE, marked).answer == DIFFERS
    assert item("light_side", BEFORE, marked, hand).answer == MATCHES


def test_where_little_skin_is_found_anywhere_nobody_says_what_covers_it() -> None:
    assert item("covered", BEFORE, AFTER, replace(MASKED, found=0.45)).answer == DIFFERS
    hardly = item("covered", BEFORE, AFTER, replace(MASKED, found=0.36))
    assert (hardly.answer, "other light" in str(hardly.sentence)) == (UNKNOWN, True)
    assert item("covered", BEFORE, AFTER, replace(LAID, found=None, covered=("face",))).answer == DIFFERS
    assert item("expression", BEFORE, measured(expression=SMILE), replace(MASKED, found=0.36)).answer == DIFFERS


def test_a_changed_shape_is_said_only_of_heads_held_alike_whose_skin_is_found() -> None:
    thinner = replace(LAID, shape=12.0)
    assert item("shape", BEFORE, AFTER, thinner).answer == DIFFERS
    for after, laid in (
        (measured(yaw=20.0), thinner),
        (measured(yaw=14.0), thinner),
        (AFTER, replace(thinner, found=0.45)),
    ):
        found = item("shape", BEFORE, after, laid)
        assert found.answer == UNKNOWN
        assert "nobody can tell" in str(found.sentence)


def test_strong_blur_is_seen_at_eyes_and_lips() -> None:
    assert "second photo is less sharp" in str(item("sharpness", BEFORE, measured(edges=-6.0, sharpness=-0.9)).sentence)


def test_a_mark_of_mirroring_is_doubted_where_the_skin_says_otherwise() -> None:
    marked = replace(AFTER, mirrored=True)
    assert "turned back" in str(item("mirrored", BEFORE, marked).sentence)
    assert item("mirrored", BEFORE, marked).answer == MATCHES
    unseen = item("mirrored", BEFORE, marked, None)
    assert (unseen.answer, "turned back, as it is marked" in str(unseen.sentence)) == (UNKNOWN, True)
    assert "lies the same way" in str(item("mirrored", BEFORE, marked, MIRRORED).sentence)


MIRRORED = PairMeasures(found=0.42, found_mirrored=0.7, lens_distance=0.5, shape=12.0, shape_seen_from=3.5)


def test_a_mirror_image_stands_first_and_left_and_right_are_not_said_to_differ_as_well() -> None:
    lit = {zone: replace(patch, red_ev=patch.red_ev + 0.8 * patch.across) for zone, patch in ZONES.items()}
    before = replace(BEFORE, view="", measures=replace(MEASURES, patches=lit, yaw=28.0))
    after = replace(AFTER, view="", measures=replace(MEASURES, patches=lit, yaw=28.0).mirrored())
    assert {"light_side", "pose", "view"} <= {one.item for one in compare_photos(before, after).answered(DIFFERS)}
    assert [one.item for one in compare_photos(before, after, MIRRORED).answered(DIFFERS)] == ["mirrored"]


def test_nobody_says_left_or_right_where_one_of_the_two_is_a_mirror_image() -> None:
    lit = {zone: replace(patch, red_ev=patch.red_ev + 3.0 * patch.across) for zone, patch in ZONES.items()}
    panel = compare_photos(BEFORE, measured(patches=lit), MIRRORED)
    first, second, *_ = panel.answered(DIFFERS)
    assert (first.item, second.item) == ("mirrored", "light_side")
    assert str(second.sentence) == "The light comes from a different side."


def test_a_photo_marked_as_mirrored_shows_the_view_it_was_taken_in() -> None:
    turned = replace(MEASURES, yaw=-30.0)
    assert view_of_pose(replace(BEFORE, measures=turned)) == "oblique_left"
    assert view_of_pose(replace(BEFORE, measures=turned.mirrored(), mirrored=True)) == "oblique_left"


def test_a_shape_matches_only_where_a_small_change_would_be_seen() -> None:
    seen = item("shape", BEFORE, AFTER, replace(LAID, shape=1.0, shape_seen_from=6.2))
    assert seen.answer == MATCHES and "a change below 7 % would not be seen" in str(seen.sentence)
    hidden = item("shape", BEFORE, AFTER, replace(LAID, shape=1.0, shape_seen_from=11.3))
    assert hidden.answer == UNKNOWN and "a change below 12 % would not be seen" in str(hidden.sentence)
    assert item("shape", BEFORE, AFTER, replace(LAID, shape=11.4, shape_seen_from=11.3)).answer == DIFFERS


@pytest.mark.parametrize(
    ("found", "smiles", "distance", "answer"),
    [
        (0.8, False, 0.12, DIFFERS),
        (0.8, False, 0.05, MATCHES),
        (0.8, True, 0.12, UNKNOWN),
        (0.8, True, 0.05, MATCHES),
        (0.8, True, 0.22, DIFFERS),
        (0.45, False, -0.12, UNKNOWN),
        (0.45, False, -0.22, DIFFERS),
    ],
)
def test_moving_or_hardly_found_skin_is_not_taken_for_a_near_camera(
    found: float, smiles: bool, distance: float, answer: str
) -> None:
    after = measured(expression=Expression(0.3, 0.3, 0.1, 0.5, 0.0, 0.3)) if smiles else AFTER
    lens = item("lens_distance", BEFORE, after, replace(LAID, found=found, lens_distance=distance))
    assert lens.answer == answer
    assert answer != UNKNOWN or ("cannot be known" in str(lens.sentence) and lens.advice)


def test_a_smile_explains_another_shape() -> None:
    smiling = measured(expression=Expression(0.3, 0.3, 0.1, 0.65, 0.06, 0.3))
    assert item("expression", BEFORE, smiling).clear
    assert item("shape", BEFORE, smiling, replace(LAID, shape=9.0)).answer == UNKNOWN


def test_shut_lids_explain_other_eyes_but_no_other_jaw() -> None:
    winking = measured(expression=Expression(0.05, 0.3, 0.0, 0.5, 0.0, 0.3))
    assert item("eyes", BEFORE, winking).answer == DIFFERS
    assert item("shape", BEFORE, winking, replace(LAID, shape=9.0, shape_of="eyes")).answer == UNKNOWN
    assert item("shape", BEFORE, winking, replace(LAID, shape=9.0, shape_of="jaw")).answer == DIFFERS


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (Expression(0.3, 0.3, 0.08, 0.5, 0.0, 0.3), "The mouth is open"),
        (Expression(0.3, 0.3, 0.0, 0.65, 0.0, 0.3), "stretched wider in one photo"),
        (Expression(0.3, 0.3, 0.0, 0.5, 0.06, 0.3), "corners of the mouth"),
        (Expression(0.3, 0.3, 0.0, 0.5, 0.0, 0.37), "brows"),
    ],
)
def test_an_expression_is_named_by_what_differs_most(changed: Expression, words: str) -> None:
    assert words in str(item("expression", BEFORE, measured(expression=changed)).sentence)


def test_a_faint_smile_is_left_open_and_one_that_shows_in_several_places_is_seen() -> None:
    faint = item("expression", BEFORE, measured(expression=Expression(0.3, 0.3, 0.0, 0.53, 0.018, 0.3)))
    assert faint.answer == UNKNOWN
    assert "faint smile" in str(faint.sentence)
    smile = measured(expression=Expression(0.3, 0.3, 0.03, 0.57, 0.03, 0.3))
    assert item("expression", BEFORE, smile).answer == DIFFERS
    assert (
        item("expression", BEFORE, measured(expression=Expression(0.3, 0.3, 0.01, 0.53, 0.01, 0.3))).answer == MATCHES
    )


def test_a_smile_with_closed_lips_is_told_by_corners_that_are_drawn_apart_and_up_at_once() -> None:
    smile = item("expression", BEFORE, measured(expression=Expression(0.3, 0.3, 0.0, 0.565, 0.024, 0.3)))
    assert smile.answer == DIFFERS
    assert "The mouth is" in str(smile.sentence) or "corners of the mouth" in str(smile.sentence)
    for wide, up in ((0.565, -0.024), (0.435, 0.024), (0.565, 0.0), (0.5, 0.027)):  # chance moves one or the other
        chance = item("expression", BEFORE, measured(expression=Expression(0.3, 0.3, 0.0, wide, up, 0.3)))
        assert chance.answer == UNKNOWN


def test_a_little_less_texture_never_matches() -> None:
    assert item("smoothing", BEFORE, measured(texture=(MEASURES.texture or 0) - 0.18)).answer == UNKNOWN


def test_without_a_face_what_was_noted_of_the_expression_counts() -> None:
    blank = replace(AFTER, measures=None)
    assert item("expression", BEFORE, blank).answer == MATCHES
    assert item("expression", BEFORE, replace(blank, declared=Declared(expression="smiling"))).answer == DIFFERS
    assert item("expression", replace(BEFORE, declared=Declared()), blank).answer == UNKNOWN


def test_a_wink_is_seen_and_a_mirrored_one_is_the_same_wink() -> None:
    wink = replace(MEASURES, expression=Expression(0.05, 0.3, 0.0, 0.5, 0.0, 0.3))
    assert item("eyes", BEFORE, replace(AFTER, measures=wink)).clear
    before = replace(BEFORE, measures=wink)
    assert item("eyes", before, replace(AFTER, measures=wink.mirrored(), mirrored=True)).answer == MATCHES
    assert item("eyes", BEFORE, replace(AFTER, measures=None)).answer == UNKNOWN


def test_views_that_were_chosen_count_where_there_is_no_face() -> None:
    first, second = replace(BEFORE, measures=None), replace(AFTER, measures=None, view="oblique_left")
    assert item("view", first, second).clear
    assert item("view", first, replace(second, view="frontal")).answer == MATCHES


@pytest.mark.parametrize(
    ("yaw", "view"),
    [(0, "frontal"), (-40, "oblique_left"), (43, "oblique_right"), (-80, "lateral_left"), (70, "lateral_right")],
)
def test_the_view_is_read_from_the_head_where_nobody_chose(yaw: float, view: str) -> None:
    unsaid = [replace(one, view="", measures=replace(MEASURES, yaw=yaw)) for one in (BEFORE, AFTER)]
    assert (item("view", *unsaid).answer, item("view", *unsaid).value) == (MATCHES, view)
    other = replace(unsaid[1], measures=replace(MEASURES, yaw=0.0 if yaw else 40.0))
    assert item("view", unsaid[0], other).answer == DIFFERS


def test_a_view_that_contradicts_the_head_is_doubted_and_one_between_is_not() -> None:
    assert "half turned" in str(item("view", BEFORE, measured(yaw=40.0)).sentence)
    assert item("view", BEFORE, measured(yaw=18.0)).answer == MATCHES
    assert item("view", replace(BEFORE, view=""), replace(measured(yaw=18.0), view="")).answer == UNKNOWN


def test_smooth_skin_beside_sharp_lips_is_called_a_filter_and_blur_is_left_open() -> None:
    filtered = item("smoothing", BEFORE, measured(texture=-3.5))
    assert filtered.answer == DIFFERS and "eyes and lips are as sharp" in str(filtered.sentence)
    assert "blur" in str(item("smoothing", BEFORE, measured(texture=-3.5, edges=-3.0)).sentence)
    assert "blur" in str(item("smoothing", BEFORE, measured(texture=-3.5, edges=None)).sentence)
    assert "first photo" in str(item("smoothing", measured(texture=-3.5), AFTER).sentence)


def test_texture_is_never_said_to_match_where_a_filter_could_not_be_seen() -> None:
    soft = item("smoothing", measured(texture=-3.9), measured(texture=-3.95))
    assert soft.answer == UNKNOWN and "hardly any fine texture" in str(soft.sentence)
    assert item("smoothing", measured(texture=-3.85), measured(texture=-3.72)).answer == MATCHES
    assert item("smoothing", measured(texture=-3.9), measured(texture=-4.3)).answer == DIFFERS
    little = item("smoothing", BEFORE, measured(texture=-3.25))
    assert little.answer == UNKNOWN and "a little less fine texture in the second" in str(little.sentence)
    assert little.advice
    assert "in the first" in str(item("smoothing", measured(texture=-3.25), AFTER).sentence)


def test_texture_is_never_said_to_match_in_a_small_face() -> None:
    small = item("smoothing", BEFORE, measured(eye_pixels=72.0))
    assert small.answer == UNKNOWN and "so small" in str(small.sentence) and small.advice
    assert item("smoothing", BEFORE, measured(eye_pixels=72.0, texture=-3.5)).answer == DIFFERS


def test_hard_compression_is_said_by_its_steps() -> None:
    assert "second file" in str(item("compression", BEFORE, measured(jpeg_step=35.0)).sentence)
    assert "first file" in str(item("compression", measured(jpeg_step=35.0), AFTER).sentence)
    assert item("compression", measured(jpeg_step=35.0), measured(jpeg_step=40.0)).answer == MATCHES
    assert item("compression", BEFORE, measured(jpeg_step=15.0)).answer == MATCHES
    assert item("compression", BEFORE, measured(jpeg_step=None)).answer == UNKNOWN


def test_hard_light_names_its_photo() -> None:
    assert "harder in the second" in str(item("light_hardness", BEFORE, measured(hardness=-2.0)).sentence)
    assert "harder in the first" in str(item("light_hardness", measured(hardness=-2.0), AFTER).sentence)


@pytest.mark.parametrize(("way", "words"), [(1, "from below"), (-1, "from above")])
def test_light_from_another_height_is_named(way: int, words: str) -> None:
    lit = {key: replace(one, red_ev=one.red_ev + way * one.down) for key, one in ZONES.items()}
    assert words in str(item("light_height", BEFORE, measured(patches=lit)).sentence)


def test_hair_before_a_zone_does_not_count_as_light() -> None:
    hair = {**ZONES, "temple_left": replace(ZONES["temple_left"], red_ev=-6.0, a=-8.0, b=-10.0)}
    assert item("light_side", BEFORE, measured(patches=hair)).answer == MATCHES


def test_surroundings_and_framing_are_compared() -> None:
    assert item("background", BEFORE, measured(background=Background(20.0, 0.0, 2.0, 5.0))).clear
    assert item("background", BEFORE, measured(background=None)).answer == UNKNOWN
    assert item("crop", BEFORE, measured(place=(0.5, 0.8))).clear
    assert item("crop", BEFORE, measured(place=None)).answer == UNKNOWN
    assert "upside down" in str(item("roll", BEFORE, measured(roll=179.0)).sentence)


def test_photos_clipped_alike_do_not_differ_in_it() -> None:
    both = [measured(clipped=share) for share in (0.10, 0.11)]
    assert item("clipping", *both).answer == MATCHES
    assert "nothing is said about its colour" in str(item("clipping", *both).sentence)
    assert item("clipping", BEFORE, measured(clipped=None)).answer == UNKNOWN


def test_what_differs_most_comes_first() -> None:
    panel = compare_photos(BEFORE, measured(yaw=60.0, sharpness=-2.0), LAID)
    effects = [one.effect for one in panel.answered(DIFFERS)]
    assert effects == sorted(effects, reverse=True) and len(effects) > 1


@pytest.mark.parametrize(
    "laid", [replace(LAID, covered=("cheek_inner_left",)), replace(LAID, perhaps_covered=("cheek_inner_left",))]
)
def test_zones_found_in_a_mirror_image_are_named_by_the_patients_own_sides(laid: PairMeasures) -> None:
    mirrored = replace(BEFORE, mirrored=True)
    for after in (AFTER, replace(AFTER, mirrored=True)):
        assert "the right inner cheek" in str(item("covered", mirrored, after, laid).sentence)
    assert "the left inner cheek" in str(item("covered", BEFORE, replace(AFTER, mirrored=True), laid).sentence)


def test_a_face_that_was_found_in_one_photo_only_is_no_peeling_skin() -> None:
    sentence = str(item("covered", BEFORE, AFTER, replace(LAID, found=None, covered=("face",))).sentence)
    assert "peeling" not in sentence.lower()
