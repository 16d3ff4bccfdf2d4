"""What is said about a pair, what the person adds to it, and what leaves the journal."""

from __future__ import annotations

import io
from pathlib import Path

import piexif
import pytest
from PIL import Image
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from needlejournal.imaging.composing.colour import NoColourMatch
from needlejournal.imaging.composing.kinds import ExportFormat
from needlejournal.journal.alignments import Alignment
from needlejournal.journal.comparing.comparability import (
    DIFFERS,
    MATCHES,
    UNKNOWN,
    Comparability,
    ComparabilityItem,
)
from needlejournal.journal.comparing.measures import VERSION as MEASURES_VERSION
from needlejournal.journal.comparing.measures import PhotoMeasures
from needlejournal.journal.message import message
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui import theme
from needlejournal.ui.compare.exporting.sheet import ExportSheet
from needlejournal.ui.compare.exporting.snapshot import snapshots
from needlejournal.ui.compare.exporting.wish import ExportWish
from needlejournal.ui.compare.modes.framing import captions_height
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.compare.panel import answers
from needlejournal.ui.compare.panel.answers import AnswerRow
from needlejournal.ui.compare.panel.declare_sheet import DeclareSheet
from needlejournal.ui.compare.panel.fairest_sheet import FairestSheet
from needlejournal.ui.compare.panel.panel import ComparabilityPanel
from needlejournal.ui.compare.panel.reason_sheet import ReasonSheet
from needlejournal.ui.compare.tools.alignment_menu import AlignmentButton
from needlejournal.ui.compare.tools.zone_sheet import ZoneSheet
from needlejournal.ui.compare.verdict import Verdict
from needlejournal.ui.session import OpenJournal, Saying
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.text_fields import TextArea
from needlejournal.ui.widgets.pickers.face_map import FaceMap
from needlejournal.ui.widgets.pickers.face_map.canvas import FaceCanvas
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.comparison import colour_match
from needlejournal.workflows.comparison.colour_match import ColourMatch
from needlejournal.workflows.comparison.readings import MEASURES
from tests.ui.person import choose_key, press, reads, type_in
from tests.ui.person import click as click_at

from .conftest import ByHand

PIECES = (": unknown", "match", ": matches", "Note what you know")


def rows(page: ComparePage) -> list[str]:
    panel = page.judging.panel
    return [row.accessibleName() for row in panel.findChildren(AnswerRow) if row.isVisibleTo(panel)]


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(Label) if not label.isHidden())


def click(widget: QWidget, text: str) -> None:
    next(button for button in widget.findChildren(Button) if button.text() == text).click()


def sheet(page: ComparePage, kind: type[QWidget]) -> QWidget:
    return next(found for found in page.findChildren(kind) if not found.isHidden())


def unfold(page: ComparePage) -> None:
    next(button for button in page.judging.panel.findChildren(Button) if " match" in button.text()).click()


def test_the_panel_answers_every_item_with_a_word_and_a_sentence(page: ComparePage) -> None:
    unfold(page)
    told = rows(page)
    assert len(told) > 15
    assert all(any(word in line for word in (": matches.", ": differs", ": unknown.")) for line in told)
    assert any(line.startswith("Make-up: unknown.") for line in told)


def test_what_is_answered_in_the_same_words_shares_a_row(qtbot: QtBot) -> None:
    hidden, other = message("Something is in front of the skin."), message("The eyes could not be measured.")
    panel = ComparabilityPanel(QWidget())
    qtbot.addWidget(panel)
    unknown = [("expression", hidden), ("eyes", other), ("shape", hidden), ("exposure", hidden)]
    panel.show_judgement(Comparability(tuple(ComparabilityItem(k, UNKNOWN, None, "", s) for k, s in unknown)), "")
    told = [row.accessibleName() for row in panel.findChildren(AnswerRow) if row.isVisibleTo(panel)]
    assert told == [
        "Expression, shape of the face and brightness of the skin: unknown. Something is in front of the skin.",
        "Eyes open or shut: unknown. The eyes could not be measured.",
    ]
    panel.show_judgement(Comparability((ComparabilityItem("eyes", UNKNOWN, None, "", other),)), "")
    assert [row.accessibleName() for row in panel.findChildren(AnswerRow) if row.isVisibleTo(panel)] == told[1:]


def test_words_are_measured_once_for_each_width_and_anew_when_they_are_others(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[object] = []
    monkeypatch.setattr(answers, "QFontMetrics", lambda font: measured.append(font) or QFontMetrics(font))
    row, long = AnswerRow(), message("Something long that takes several lines, as it is told in full. " * 4)
    qtbot.addWidget(row)
    row.show_items([ComparabilityItem("eyes", UNKNOWN, None, "", message("Short."))])
    low = [row.heightForWidth(200) for _ in range(50)]
    row.show_items([ComparabilityItem("eyes", UNKNOWN, None, "", message("Short."))])
    assert {*low, row.heightForWidth(200)} == {low[0]} and len(measured) <= 4
    row.show_items([ComparabilityItem("eyes", UNKNOWN, None, "", long)])
    assert row.heightForWidth(200) > 2 * low[0]
    assert row.heightForWidth(120) > row.heightForWidth(200)


def test_what_cannot_be_measured_without_the_face_models_is_one_calm_row(page: ComparePage, journal: Journal) -> None:
    for photo in (shown.photo for shown in page.comparison.pair or ()):
        kept = PhotoMeasures(models=False).to_json()
        journal.previews.put_reading(photo.original.sha256, MEASURES, MEASURES_VERSION, kept)
    page.judging.follow()
    (row,) = (line for line in rows(page) if "Installing the app again" in line)
    assert row.split(" thing")[0].isdecimal() and ": unknown. The files that find faces are missing" in row
    assert len([line for line in rows(page) if ": unknown." in line]) < 12
    assert "Hardly measured." in words(page.findChildren(Verdict)[0]) or "differ" in words(
        page.findChildren(Verdict)[0]
    )


def test_of_two_photos_that_could_hardly_be_measured_nobody_says_that_no_difference_was_found(
    page: ComparePage,
) -> None:
    said = words(page.findChildren(Verdict)[0])
    assert "Hardly measured." in said and "No difference" not in said


def test_two_photos_that_could_hardly_be_measured_are_not_called_fair_for_a_small_difference(qtbot: QtBot) -> None:
    verdict = Verdict(lambda: False)
    qtbot.addWidget(verdict)
    verdict.resize(theme.px(1000), theme.px(40))
    slight = ComparabilityItem("white_balance", DIFFERS, 6.0, "", message("The light has another colour."))
    open_ = [ComparabilityItem(name, UNKNOWN, None, "", message("Not measured.")) for name in ("pose", "roll", "crop")]
    verdict.show_judgement(Comparability((slight, *open_)), "")
    assert "Hardly measured." in words(verdict) and "Fair" not in words(verdict)
    verdict.show()
    assert "another colour" in reads(verdict)


def test_the_time_between_is_said_once_above_the_photos_or_in_the_panel(page: ComparePage) -> None:
    between = "189 days, 2 sessions between"
    page.toggle_panel()
    assert between in words(page.findChild(Verdict)) and between not in words(page.judging.panel)
    page.resize(700, 800)
    assert between in words(page.judging.panel) and between not in words(page.findChild(Verdict))


def test_what_matches_is_one_line_until_it_is_asked_for(page: ComparePage) -> None:
    assert not any(": matches." in line for line in rows(page))
    unfold(page)
    count = sum(": matches." in line for line in rows(page))
    fold = next(button for button in page.judging.panel.findChildren(Button) if " match" in button.text())
    assert fold.text().split()[0] == str(count)
    fold.click()
    assert not any(": matches." in line for line in rows(page))


def test_a_screen_reader_comes_to_what_differs_before_what_can_be_done_about_it(page: ComparePage) -> None:
    """In the order of the children, as accessibility gives it."""
    press(page, "Details")
    unfold(page)
    told = [part for part in page.judging.panel.findChildren(QWidget) if isinstance(part, AnswerRow | Button)]
    names = [part.accessibleName() or part.text() for part in told if part.isVisible()]  # type: ignore[attr-defined]
    places = [names.index(next(name for name in names if piece in name)) for piece in PIECES]
    assert places == sorted(places)


def test_how_many_things_match_stays_the_same_when_they_are_shown(qtbot: QtBot) -> None:
    panel, same = ComparabilityPanel(QWidget()), message("Both show the same.")
    qtbot.addWidget(panel)
    panel.show()
    panel.show_judgement(
        Comparability(tuple(ComparabilityItem(one, MATCHES, 1, "", same) for one in ("eyes", "roll"))), ""
    )
    for _ in range(3):
        press(panel, "2 things match")


def test_what_differs_comes_first_with_what_to_do_next_time(page: ComparePage, photos: dict[str, Photo]) -> None:
    page.show_pair(photos["1 Mar"].id, photos["11 Mar"].id)
    told = rows(page)
    differing = [": differs" in line for line in told]
    assert differing == sorted(differing, reverse=True) and any(differing)
    assert any("outside the healing window" in line for line in told)


def test_a_healing_photo_is_named_as_such(page: ComparePage, photos: dict[str, Photo]) -> None:
    page.show_pair(photos["1 Mar"].id, photos["11 Mar"].id)
    assert any(line.startswith("Healing: differs") for line in rows(page))


def test_declared_state_can_be_noted_right_there(page: ComparePage, opened: OpenJournal) -> None:
    press(page, "Details")
    press(page, "Note what you know…")
    asked = sheet(page, DeclareSheet)
    for field in asked.findChildren(SegmentedControl):
        if "Make-up" in field.accessibleName():
            field.set_value("no")
    click(asked, "Save")
    assert not any(line.startswith("Make-up:") for line in rows(page))
    unfold(page)
    assert any(line.startswith("Make-up: matches.") for line in rows(page))
    opened.undo()
    assert any(line.startswith("Make-up: unknown.") for line in rows(page))


def test_comparing_all_the_same_needs_a_reason_which_is_kept(page: ComparePage, photos: dict[str, Photo]) -> None:
    page.show_pair(photos["1 Mar"].id, photos["11 Mar"].id)
    press(page, "Details")
    press(page, "Compare anyway…")
    asked = sheet(page, ReasonSheet)
    type_in(asked, asked.findChild(TextArea).accessibleName(), "There is no better one.")  # type: ignore[union-attr]
    click(asked, "Keep the reason")
    assert page.judging.reason() == "There is no better one."
    assert "because: There is no better one." in words(page.judging.panel)


def test_the_fairest_pair_leaves_healing_photos_out(page: ComparePage, photos: dict[str, Photo]) -> None:
    page.show_pair(photos["8 Mar"].id, photos["11 Mar"].id)
    click(page.findChild(Verdict), "Fairest pair")
    asked = sheet(page, FairestSheet)
    assert "11 March" not in words(asked) and "8 March" not in words(asked)
    click(asked, "Show this pair")
    healing = {photos["8 Mar"].id, photos["11 Mar"].id}
    assert not healing & set(page.comparison.ids())


def test_a_refused_alignment_says_why_and_offers_points(
    page: ComparePage, work: ByHand, found: dict[str, Alignment], photos: dict[str, Photo]
) -> None:
    found["auto"] = Alignment("none", reason=message("The heads are turned too differently. Take the photo again."))
    page.show_pair(photos["8 Mar"].id, photos["6 Sep"].id)
    work.run()
    assert "turned too differently" in words(page.judging.panel)
    click(page.judging.panel, "By hand…")
    assert page.tools.hand.isVisible()


def test_an_alignment_is_confirmed_and_kept(
    page: ComparePage, work: ByHand, found: dict[str, Alignment], opened: OpenJournal, photos: dict[str, Photo]
) -> None:
    found["auto"] = Alignment(
        "face", ((1.0, 0.0, 3.0), (0.0, 1.0, 4.0)), residual=1.2, confident=True, reason=message("Found.")
    )
    page.show_pair(photos["8 Mar"].id, photos["6 Sep"].id)
    work.run()
    click(page.judging.panel, "Looks right")
    (kept,) = opened.journal.alignments.all()
    assert kept.alignment.confirmed and kept.alignment.method == "face"
    assert kept.alignment.residual == pytest.approx(1.2)
    assert "you said it looks right" in words(page.judging.panel)


def export_sheet(page: ComparePage, work: ByHand) -> ExportSheet:
    page.export()
    work.run()
    return next(found for found in page.findChildren(ExportSheet) if not found.isHidden())


@pytest.mark.parametrize("ending", ["png", "jpg", "pdf", "webp", "gif"])
def test_every_format_is_written_and_holds_no_metadata(
    page: ComparePage, work: ByHand, tmp_path: Path, ending: str
) -> None:
    page.choose_mode("strip")
    path = tmp_path / f"pair.{ending}"
    asked = export_sheet(page, work)
    choose_key(asked, "Size", "1200")
    asked.save_to(path)
    work.run()
    body = path.read_bytes()
    assert b"Exif" not in body and b"xpacket" not in body
    if ending == "pdf":
        assert body.startswith(b"%PDF")
        return
    image = Image.open(io.BytesIO(body))
    assert not image.getexif() and not image.info.get("comment")
    assert getattr(image, "n_frames", 1) == (3 if ending in {"webp", "gif"} else 1)
    if ending == "jpg":
        assert not any(piexif.load(body)[part] for part in ("0th", "Exif", "GPS"))


def test_the_export_says_what_differs_and_what_was_done(
    page: ComparePage, work: ByHand, found: dict[str, Alignment], photos: dict[str, Photo], opened: OpenJournal
) -> None:
    found["auto"] = Alignment("face", ((1.0, 0.0, 3.0), (0.0, 1.0, 4.0)), residual=1.2, confident=True)
    page.show_pair(photos["1 Mar"].id, photos["11 Mar"].id)
    work.run()
    beside = page.exporter.beside(export_sheet(page, work).wish())
    assert beside.labels == ("Aligned",)
    assert beside.notes[0].answer == "differs"
    assert any("heal" in note.text for note in beside.notes)


def test_covering_eyes_that_cannot_be_found_exports_nothing(page: ComparePage, work: ByHand, tmp_path: Path) -> None:
    asked = export_sheet(page, work)
    press(asked, "Cover the eyes")
    path = tmp_path / "pair.png"
    asked.save_to(path)
    work.run()
    assert not path.exists()
    assert "The face was not found" in words(asked)


def test_a_disk_that_refuses_is_said_and_leaves_nothing(page: ComparePage, work: ByHand, tmp_path: Path) -> None:
    asked = export_sheet(page, work)
    asked.save_to(tmp_path / "missing" / "pair.png")
    work.run()
    assert "was not saved" in words(asked)
    assert asked.isVisible()


def test_what_is_on_the_screen_can_be_copied(page: ComparePage, work: ByHand) -> None:
    asked = export_sheet(page, work)
    click(asked, "Copy")
    work.run()
    image = QGuiApplication.clipboard().image()
    assert image.width() > 1000
    QGuiApplication.clipboard().clear()


def test_without_captions_no_date_is_drawn(page: ComparePage, work: ByHand) -> None:
    asked = export_sheet(page, work)
    shown = asked.wish()
    with_words = snapshots(page.stage.looking, shown, {})[0]
    bare = snapshots(page.stage.looking, ExportWish(captions=False), {})[0]
    assert with_words != bare
    assert with_words.width() == bare.width() and abs(with_words.height() - bare.height()) <= 0.01 * bare.height()
    assert ExportFormat.GIF.moves and not shown.kind.moves


def test_colours_are_as_taken_until_untreated_skin_is_marked(
    page: ComparePage, opened: OpenJournal, work: ByHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not any(shot.tables for shot in page.stage.looking.scene().shots)
    found = ColourMatch(bytes(range(256)) * 3, colour_match.AT_THE_EDGE)
    monkeypatch.setattr(colour_match, "match", lambda *_: found)
    heard: list[Saying] = []
    opened.said.connect(heard.append)
    page.tools.match_colours()
    page.tools.colour.enter()
    page.tools.colour.enter()
    assert page.tools.colour.done_button.isEnabled()
    press(page, page.tools.colour.done_button.text())
    work.run()
    right = page.stage.looking.scene().shots[1]
    assert right.tables and "Colour matched" in right.labels
    assert [said.sentence for said in heard] == [str(colour_match.AT_THE_EDGE)]
    page.stage.grab()
    page.tools.match_colours()
    assert not page.stage.looking.scene().shots[1].tables


def test_clipped_skin_is_refused_with_the_reason(
    page: ComparePage, work: ByHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise NoColourMatch("The marked skin is too bright.")

    monkeypatch.setattr(colour_match, "match", refuse)
    page.tools.match_colours()
    page.tools.colour.enter()
    page.tools.colour.enter()
    press(page, page.tools.colour.done_button.text())
    work.run()
    assert "too bright" in page.tools.colour.words.text()


def test_one_zone_is_chosen_on_the_face_map(page: ComparePage, qtbot: QtBot) -> None:
    page.choose_zone()
    canvas = sheet(page, ZoneSheet).findChild(FaceMap).findChild(FaceCanvas)
    click_at(canvas, canvas.place_of("forehead").toPoint())
    assert page.alignments.wish.zone == "forehead"
    assert "forehead" in page.findChild(AlignmentButton).text().lower()


def test_a_low_panel_leaves_its_room_to_the_answers(qtbot: QtBot) -> None:
    panel = ComparabilityPanel(QWidget())
    qtbot.addWidget(panel)
    panel.show()
    fairest = next(button for button in panel.findChildren(Button) if button.text() == "Show me the fairest pair")
    panel.resize(panel.width(), theme.px(600))
    qtbot.waitUntil(fairest.isVisible)
    panel.resize(panel.width(), theme.px(200))
    qtbot.waitUntil(fairest.isHidden)


@pytest.mark.parametrize("box", [(0.4, 0.2, 0.2, 0.4), (0.1, 0.4, 0.8, 0.1), (0.3, 0.3, 0.3, 0.3)])
def test_the_dates_below_a_zone_can_be_read_however_tall_the_zone_is(
    page: ComparePage, box: tuple[float, float, float, float]
) -> None:
    """Notes come below and take up to a third of the whole page, of which 1.6 % is the least."""
    with_words = snapshots(page.stage.looking, ExportWish(), {}, box)[0]
    bare = snapshots(page.stage.looking, ExportWish(captions=False), {}, box)[0]
    scale = (with_words.height() - bare.height()) / captions_height()
    assert theme.font("small").pixelSize() * scale >= 0.022 * with_words.height()
