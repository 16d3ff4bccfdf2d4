"""What the catalogue knows, and what a person is told when one of its files is broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from needlejournal.journal.catalogue import Catalogue, CatalogueError, load_catalogue
from needlejournal.journal.errors import WorldError
from needlejournal.journal.ratings import Judgement
from needlejournal.journal.sessions import Severity
from needlejournal.paths import resources


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(resources())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data files to break."""
    for path in resources().glob("*.toml"):
        shutil.copy(path, tmp_path)
    shutil.copytree(resources() / "treatments", tmp_path / "treatments")
    return tmp_path


def test_the_treatments_come_in_their_order_with_micro_needling_first(catalogue):
    assert [treatment.key for treatment in catalogue.treatments] == [
        "microneedling",
        "rf_microneedling",
        "chemical_peel",
        "jessner_peel",
        "laser_ablative_fractional",
        "laser_non_ablative",
        "hydrafacial",
        "other",
    ]


def test_micro_needling_proposes_what_its_sources_say(catalogue):
    needling = catalogue.treatment("microneedling")
    assert (needling.sessions.default, needling.sessions.fewest, needling.sessions.most) == (4, 3, 6)
    assert (needling.interval.not_before, needling.interval.not_after) == (28, 42)
    assert (needling.healing.days, needling.healing.usual_end) == (7, 7)
    assert (needling.diary.days, needling.diary.core_days) == (30, 7)
    assert (needling.looks.not_before_day, needling.looks.months_after_last) == (28, (1, 3, 6))
    assert needling.glow.hours == 24
    assert needling.devices == ("roller", "stamp", "pen")
    assert [result.days or result.months for result in needling.results] == [(42,), (90, 150), (3,)]


@pytest.mark.parametrize(
    ("key", "proposed", "interval", "healing", "usual_end"),
    [
        ("rf_microneedling", None, (None, None), None, None),
        ("chemical_peel", 2, (None, None), 7, 7),
        ("jessner_peel", None, (None, None), 14, 14),
        ("laser_ablative_fractional", None, (None, None), 28, 28),
        ("laser_non_ablative", None, (None, None), 3, 3),
        ("hydrafacial", None, (28, 31), 3, 3),
        ("other", None, (None, None), None, None),
    ],
)
def test_the_alternatives_propose_only_what_is_known(catalogue, key, proposed, interval, healing, usual_end):
    treatment = catalogue.treatment(key)
    assert treatment.sessions.proposed == proposed
    assert (treatment.interval.not_before, treatment.interval.not_after) == interval
    assert (treatment.healing.days, treatment.healing.usual_end) == (healing, usual_end)
    assert treatment.needles is None
    assert treatment.needle_hint("nose") is None


@pytest.mark.parametrize(
    ("symptom", "days", "kinds"),
    [
        ("redness", (0, 3, 7), "AL"),
        ("swelling", (0, 3, 3), "ALC"),
        ("sensitivity", (0, 3, 3), "AC"),
        ("stinging", (0, 1, 1), "C"),
        ("bleeding", (0, 0, 0), "A"),
        ("bruising", (0, 7, 10), "C"),
        ("flaking", (2, 7, 7), "LC"),
        ("itching", (1, 7, 7), "C"),
        ("breakout", (0, 7, 10), "C"),
        ("darkening", (None, None, None), "L"),
        ("infection", (None, None, None), "AL"),
        ("cold_sore", (None, None, None), "L"),
        ("lump", (None, None, None), "L"),
        ("scarring", (None, None, None), "AL"),
        ("discomfort", (None, None, None), "A"),
    ],
)
def test_each_symptom_has_its_usual_course_after_micro_needling_with_its_source(catalogue, symptom, days, kinds):
    usual = catalogue.treatment("microneedling").usual(symptom)
    assert (usual.from_day, usual.to_day, usual.latest) == days
    assert usual.expected is (days[0] is not None)
    assert usual.statement.kinds == kinds


def test_symptoms_come_in_the_order_of_the_domain_and_four_of_them_are_red_flags(catalogue):
    assert [symptom.key for symptom in catalogue.symptoms] == [
        "redness", "swelling", "sensitivity", "stinging", "bleeding", "bruising", "flaking", "itching",
        "breakout", "darkening", "infection", "cold_sore", "lump", "scarring", "discomfort",
    ]  # fmt: skip
    flagged = {symptom.key for symptom in catalogue.symptoms if symptom.red_flag}
    assert flagged == {"infection", "cold_sore", "lump", "scarring"}


def test_plain_names_come_first_and_clinical_ones_in_brackets(catalogue):
    assert catalogue.symptom("redness").label == "Redness (erythema)"
    assert catalogue.symptom("itching").label == "Itching"
    assert catalogue.symptom("flaking").short_name == "Flaking, peeling"
    assert catalogue.symptom("itching").short_name == "Itching"
    assert catalogue.zone("periorbital_left").label == "Around the eye, left (periorbital)"
    assert catalogue.view("oblique_left").label == "Half turned, left side (oblique left, 45°)"
    assert catalogue.concern("sun_damage").label == "Sun damage (uneven tone, hyperpigmentation, age spots)"


def test_the_face_map_has_every_zone_of_the_domain_on_the_patients_sides(catalogue):
    both = ("temple", "periorbital", "infraorbital", "cheek_inner", "cheek_outer", "nasolabial", "jawline")
    single = {
        "forehead", "glabella", "nose", "upper_lip", "lower_lip", "chin", "submental", "neck", "chest",
    }  # fmt: skip
    sides = {f"{name}_{side}" for name in both for side in ("left", "right")}
    assert {zone.key for zone in catalogue.zones} == single | sides
    assert catalogue.zone("cheek_inner_left").side == "left"


def test_the_views_of_the_domain(catalogue):
    assert [(view.key, view.angle, view.side) for view in catalogue.views] == [
        ("frontal", 0, ""),
        ("oblique_left", 45, "left"),
        ("oblique_right", 45, "right"),
        ("lateral_left", 90, "left"),
        ("lateral_right", 90, "right"),
        ("close_up", None, ""),
    ]


def test_concerns_ask_first_and_photo_plan(catalogue):
    assert [one.key for one in catalogue.concerns] == [
        "lines_wrinkles",
        "scars",
        "sun_damage",
        "laxity_dullness",
        "pores",
    ]
    assert "tell your clinician" in catalogue.concern("scars").caution.text.lower()
    assert len(catalogue.ask_first) == 9
    isotretinoin = next(item for item in catalogue.ask_first if item.key == "isotretinoin")
    assert isotretinoin.note == "Disputed."
    assert str(isotretinoin.statement.cited) == "ASDS task force 2017 (study)"
    plan = catalogue.photo_plan
    assert (plan.baseline, plan.days, plan.before_next, plan.months_after_last) == (True, (0, 1, 3, 7), True, (1, 3, 6))


def test_the_scales_are_words(catalogue):
    scales = catalogue.scales
    assert [scales.severity_word(severity) for severity in Severity] == [
        "None",
        "Mild",
        "Moderate",
        "Severe",
        "Very severe",
    ]
    assert scales.pain_ends == ("no pain", "worst imaginable pain")
    assert scales.rating_ends == ("not noticeable", "as bad as I can imagine")
    assert [scales.judgement_word(word) for word in Judgement] == [
        "Very much improved",
        "Much improved",
        "Improved",
        "No change",
        "Worse",
    ]


@pytest.mark.parametrize(
    ("zone", "setting", "expected"),
    [
        ("forehead", "clinic", (250, 750)),
        ("periorbital_right", "", (250, 500)),
        ("nose", "", (250, 500)),
        ("cheek_inner_left", "clinic", (500, 1000)),
        ("chin", "clinic", (500, 2000)),
        ("upper_lip", "", (250, 750)),
        ("neck", "clinic", (500, 1500)),
        ("chin", "home", (100, 300)),
    ],
)
def test_needle_hints_go_by_area_and_at_home_by_themselves(catalogue, zone, setting, expected):
    hint = catalogue.treatment("microneedling").needle_hint(zone, setting)
    assert (hint.from_um, hint.to_um) == expected
    assert hint.statement.sources


def test_the_rules_have_the_limits_of_the_domain(catalogue):
    rules = catalogue.rules
    assert list(rules) == ["red_flag", "prolonged", "rebound", "worsening", "severe_late", "darker_patches"]
    assert rules["rebound"].first_day == 3
    assert (rules["rebound"].fall, rules["rebound"].rise) == (1, 2)
    assert (rules["worsening"].compared_with_day, rules["worsening"].first_day) == (1, 3)
    assert (rules["severe_late"].at_least, rules["severe_late"].first_day) == (Severity.SEVERE, 2)
    assert rules["darker_patches"].first_day == 15
    by_name = {
        name: {one.key for one in catalogue.symptoms if name in one.rules} for name in ("prolonged", "worsening")
    }
    assert by_name["prolonged"] == {"redness", "swelling", "sensitivity", "discomfort"}
    assert by_name["worsening"] == {"redness", "swelling", "discomfort"}


def test_every_statement_names_a_source_and_every_source_its_kind(catalogue):
    assert {source.kind for source in catalogue.sources} == {"A", "L", "C"}
    for treatment in catalogue.treatments:
        statements = [*treatment.warnings, *treatment.notes, *(course.statement for course in treatment.course)]
        for group in (treatment.sessions, treatment.interval, treatment.healing):
            statements += group.statements
        assert all(statement.text and statement.sources for statement in statements)
        assert treatment.aftercare
        assert all(catalogue.source(item.source).kind for item in treatment.aftercare)


def test_the_regulators_warning_stands_with_rf_micro_needling(catalogue):
    (warning,) = catalogue.treatment("rf_microneedling").warnings
    assert str(warning.cited) == "FDA safety communication, 15 October 2025"


def test_a_key_that_no_file_knows_still_has_a_name(catalogue):
    assert catalogue.symptom("Twitching lid").name == "Twitching lid"
    assert catalogue.symptom("Twitching lid").own
    assert not catalogue.symptom("Twitching lid").red_flag
    assert catalogue.treatment("laser_hybrid").name == "Laser hybrid"
    assert catalogue.treatment("laser_hybrid").healing.days is None
    assert catalogue.zone("Left knee").label == "Left knee"
    assert catalogue.view("three_quarter").name == "Three quarter"
    assert catalogue.concern("Freckles").own


def test_an_own_file_adds_a_treatment(folder):
    (folder / "treatments" / "plasma_pen.toml").write_text(
        'name = "Plasma pen"\nsummary = "Arcs."\norder = 9\n'
        '[[aftercare]]\nkey = "own"\ntext = "Ask"\nfrom_day = 0\nto_day = 1\nsource = "clinic_pages"\n'
    )
    assert load_catalogue(folder).treatments[-1].key == "plasma_pen"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("symptoms.toml", 'name = "Itching"', 'nmae = "Itching"', "entry itching, field nmae: expected one of the"),
        ("symptoms.toml", 'name = "Itching"', "", "entry itching, field name: expected this field, found nothing"),
        ("symptoms.toml", 'name = "Itching"', 'name = " "', "field name: expected some text"),
        ("symptoms.toml", 'name = "Itching"', "name = 3", "expected some text, found 3"),
        ("symptoms.toml", "red_flag = true", "red_flag = 1", "entry infection, field red_flag: expected true or false"),
        ("symptoms.toml", 'rules = ["prolonged"]', "rules = []", "field rules: expected a list of at least 1"),
        ("symptoms.toml", 'rules = ["prolonged"]', 'rules = ["prolongd"]', "entry sensitivity › rules, field 1"),
        ("sources.toml", 'kind = "A"', 'kind = "B"', 'entry article, field kind: expected one of A, C, L, found "B"'),
        ("views.toml", "angle = 45", "angle = 450", "a whole number from 0 to 180, found 450"),
        ("views.toml", "angle = 45", "angle = true", "a whole number from 0 to 180, found True"),
        ("views.toml", '["nair_2016"]', '["nair"]', 'found "nair"'),
        ("scales.toml", '"Very severe"]', "]", "expected a list of 5"),
        ("scales.toml", 'worse = "Worse"', "", "expected exactly the entries"),
        ("zones.toml", '[forehead]\nname = "Forehead"', "forehead = 3", "field forehead: expected a table, found 3"),
        ("photographing.toml", "days = [0, 1, 3, 7]", "days = 3", "entry plan, field days: expected a list"),
        ("clinic_rules.toml", "fall = 1", "fall = 0", "entry rebound, field fall: expected a whole number from 1 to 4"),
        ("treatments/microneedling.toml", "default = 4", "default = 2", "field default: expected a number not below"),
        ("treatments/microneedling.toml", "usual_mm = [0.5, 1.5]", "usual_mm = [0.5]", "field usual_mm"),
        ("treatments/microneedling.toml", "[0.5, 1.5]", '[0.5, "x"]', 'expected a number from 0.1 to 3.5, found "x"'),
        ("treatments/microneedling.toml", 'symptom = "redness"', 'symptom = "rash"', "entry course › 1, field symptom"),
    ],
)
def test_a_broken_file_is_said_by_file_entry_and_field(folder, file, old, new, told):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    if file == "zones.toml":  # the rest of that entry goes too
        text = text.replace('where = "on the forehead"\npart = "face"\n', "")
        text = text.replace(old, "")
        path.write_text(new + "\n" + text, encoding="utf-8")
    else:
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert told in str(caught.value)
    assert f"The file {file}" in str(caught.value)
    assert "Your journal is safe" in str(caught.value)


def test_a_long_wrong_value_is_shown_short(folder):
    path = folder / "sources.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('kind = "A"', f'kind = "{"x" * 500}"'), encoding="utf-8")
    with pytest.raises(CatalogueError, match="x…") as caught:
        load_catalogue(folder)
    assert len(str(caught.value)) < 300


def test_a_file_without_entries_is_said(folder):
    (folder / "concerns.toml").write_text("", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"field \(the whole file\): expected a table with entries"):
        load_catalogue(folder)


def test_a_file_that_is_not_toml_is_said_with_the_line(folder):
    (folder / "concerns.toml").write_text("[lines\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"concerns\.toml is not a valid TOML file .*line 1"):
        load_catalogue(folder)


def test_a_file_in_another_encoding_is_said(folder):
    (folder / "concerns.toml").write_bytes(b'name = "\xff"')
    with pytest.raises(CatalogueError, match="not a valid TOML file"):
        load_catalogue(folder)


def test_a_missing_file_is_said_and_is_the_worlds_error(folder):
    (folder / "views.toml").unlink()
    with pytest.raises(WorldError, match=r"views\.toml of the app cannot be read"):
        load_catalogue(folder)


def test_an_empty_folder_of_treatments_is_said(folder):
    shutil.rmtree(folder / "treatments")
    with pytest.raises(CatalogueError, match="folder of treatments is empty"):
        load_catalogue(folder)


def test_sun_cream_begins_after_the_time_of_the_one_product_only(catalogue):
    items = {item.key: item for item in catalogue.treatment("microneedling").aftercare}
    assert items["sun_protection"].from_day > items["only_product_given"].to_day
    assert items["hydration"].text == "Stay hydrated: drink enough"


def test_what_a_red_flag_says_has_a_source_of_its_own(catalogue):
    flags = {symptom.key: symptom for symptom in catalogue.symptoms if symptom.red_flag}
    assert set(flags) == {"infection", "cold_sore", "lump", "scarring"}
    assert [key for key, symptom in flags.items() if not symptom.statement.sources] == ["cold_sore"]


KNOWN_SOURCES = {
    "article", "pmc8008152", "chu_2021", "friedmann_2024", "ablon_2018", "hou_2017", "juhasz_2020", "skinpen",
    "fda_2025", "nhs_chelsea_westminster", "vaca_2021", "soares_2022", "henseler", "nair_2016", "pmc10450775",
    "asds_2017", "nurse_prescriber", "clinic_pages",
}  # fmt: skip


def test_no_source_is_named_that_the_project_did_not_start_from(catalogue):
    """A new source is a decision: it has to be read, and written down with what it says."""
    assert {source.key for source in catalogue.sources} == KNOWN_SOURCES


def test_keloids_are_something_to_tell_and_no_ban(catalogue):
    caution = catalogue.concern("scars").caution.text
    assert caution.endswith("tell your clinician.")
    assert "reason not to treat" not in caution


def test_first_results_are_counted_from_the_first_session(catalogue):
    first = catalogue.treatment("microneedling").results[0]
    assert (first.days, first.counted_from, first.statement.kinds) == ((42,), "first", "A")
    assert "Almost six weeks after the first session" in first.statement.text
