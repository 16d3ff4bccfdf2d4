"""What is handed over says every promised fact, hides what it should, and is read back with other software."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from needlejournal import paths
from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.errors import BadInput, WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Needle, Product, Session, Severity
from needlejournal.store import Journal, create_journal
from needlejournal.workflows.comparison import judging
from needlejournal.workflows.comparison.comparison_export import Stopped
from needlejournal.workflows.photos_in.importing import import_all, look
from needlejournal.workflows.progress import Unattended
from needlejournal.workflows.reporting import rendering
from needlejournal.workflows.reporting.making import Made, make_pdf, make_preview, originals_folder, save_report
from needlejournal.workflows.reporting.packs import read_report
from needlejournal.workflows.reporting.wishes import PARTS, FromTo, OneCourse, OneSession, ReportWish, SinceLastVisit
from needlejournal.workflows.reporting.wording import Language, as_values, cleaned
from needlejournal.workflows.sample import make_sample
from tests.workflows.reading_pdf import first_page_in_grey, jpegs, needs_poppler, outline, overlapping, reader, text_of

TODAY = date(2025, 9, 20)
COURSE = ReportWish(span=OneCourse(0))
pytestmark = needs_poppler


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    made = make_sample(tmp_path_factory.mktemp("sample") / "Sample.needlejournal")
    yield made
    made.close()


@pytest.fixture(scope="module")
def four(sample: Journal, catalogue: Catalogue) -> bytes:
    return make_pdf(sample, read_report(sample, catalogue, COURSE, TODAY), "whole").pdf


@pytest.fixture(scope="module")
def reaction(sample: Journal, catalogue: Catalogue) -> bytes:
    wish = ReportWish("reaction", OneSession(3))
    return make_pdf(sample, read_report(sample, catalogue, wish, TODAY), "whole").pdf


def pdf_of(journal: Journal, catalogue: Catalogue, wish: ReportWish, today: date = TODAY) -> bytes:
    return make_pdf(journal, read_report(journal, catalogue, wish, today), wish.faces).pdf


class TestVisitPack:
    def test_the_first_page_says_in_a_minute_what_matters(self, four: bytes) -> None:
        words = text_of(four, "-l", "1")
        for fact in (
            "The patient chose what is shown here",
            "Should another session be shallower there?",
            "May I use my vitamin C serum again",
            "Micro-needling",
            "4 of 4: 8 March 2025 · 19 April 2025 · 31 May 2025 · 12 July 2025",
            "Harbour Skin",
            "Example pen, 16 needles",
            "1.80 mm, 3 passes",
            "Hyaluronic acid serum",
            "B027",
            "Days 0 to 30 after session 4",
            "usual: days 0–7",
            "Much improved against the baseline photo",
            "From the front (frontal)",
            "These two photos differ slightly",
            "Rang the clinic. They thought of the new day cream",
            "not encrypted",
        ):
            assert fact in words, fact
        assert "8→8→7→6→4" in words.replace(" ", "")

    def test_details_follow(self, four: bytes) -> None:
        words = text_of(four, "-f", "2")
        for fact in ("Session 1 · Micro-needling · 8 March 2025, 15:30", "N-2207", "30 min before", "First time.",
                     "4 of 10", "day 56 after session 4", "6 September 2025"):  # fmt: skip
            assert fact in words, fact

    def test_healing_photos_are_dated_and_labelled_and_never_a_pair(
        self, sample: Journal, catalogue: Catalogue
    ) -> None:
        report = make_pdf(sample, read_report(sample, catalogue, COURSE, TODAY), "whole").report
        shots = [shot for series in report.series for shot in series.shots]
        assert {shot.photo.photo.when.day for shot in shots if shot.healing} == {
            date(2025, 3, 8), date(2025, 3, 9), date(2025, 3, 11), date(2025, 3, 15),
        }  # fmt: skip
        assert {str(shot.healing) for shot in shots if shot.healing} == {"Healing after session 1, not a result"}
        assert len(report.pairs) == 4
        assert not any(side.healing for pair in report.pairs for side in (pair.before, pair.after))

    def test_what_was_not_ticked_is_not_in_it_and_that_is_said(self, sample: Journal, catalogue: Catalogue) -> None:
        for part, only_there in {
            "questions": "shallower",
            "cards": "diary asked to call",
            "ratings": "own ratings",
        }.items():
            wish = replace(COURSE, parts=frozenset(PARTS) - {part, "notes", "photos", "pairs", "sessions"})
            words = text_of(pdf_of(sample, catalogue, wish))
            assert only_there not in words
            assert "Left out: " in words
            assert str(PARTS[part]) in words
            assert "First time." not in words

    def test_spans(self, sample: Journal, catalogue: Catalogue) -> None:
        def numbers(wish: ReportWish, today: date = TODAY) -> list[str]:
            return [str(one.title)[:9] for one in read_report(sample, catalogue, wish, today).sessions]

        assert numbers(ReportWish(span=SinceLastVisit())) == ["Session 4"]
        assert numbers(ReportWish(span=SinceLastVisit()), date(2025, 7, 12)) == ["Session 3", "Session 4"]
        assert numbers(ReportWish(span=FromTo(date(2025, 4, 1), date(2025, 6, 1)))) == ["Session 2", "Session 3"]
        assert numbers(ReportWish(span=OneSession(2))) == ["Session 2"]
        with pytest.raises(BadInput, match="There is no session 9"):
            numbers(ReportWish(span=OneSession(9)))
        with pytest.raises(BadInput, match="course"):
            numbers(ReportWish(span=OneCourse(5)))
        with pytest.raises(BadInput, match="other way round"):
            numbers(ReportWish(span=FromTo(date(2025, 6, 1), date(2025, 4, 1))))

    def test_a_strict_span_shows_nothing_from_outside_it(self, sample: Journal, catalogue: Catalogue) -> None:
        report = read_report(sample, catalogue, ReportWish(span=FromTo(date(2025, 5, 31), date(2025, 7, 1))), TODAY)
        days = [shot.photo.photo.when.day for series in report.series for shot in series.shots]
        days += [shown.photo.when.day for among in report.candidates for shown in among.photos]
        assert set(days) == {date(2025, 5, 31)}
        assert [len(one.lines) for one in report.grid.symptoms] == [1] * len(report.grid.symptoms)


class TestTheFile:
    def test_it_is_tagged_has_an_outline_and_embedded_fonts(self, four: bytes) -> None:
        book = reader(four)
        assert book.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert book.trailer["/Root"]["/Lang"] == "en"
        titles = [title for _, title, _ in outline(four)]
        assert titles[:2] == ["Visit pack", "Questions for my clinic"]
        assert "Session 3 · Micro-needling · 31 May 2025, 12:00" in titles
        fonts = subprocess.run(["pdffonts", "-"], input=four, capture_output=True, text=False, check=True).stdout
        rows = fonts.decode().splitlines()[2:]
        assert rows
        assert all(row.split()[-5] == "yes" for row in rows)

    def test_it_tells_nothing_of_files_users_cameras_or_times(self, four: bytes, sample: Journal) -> None:
        info = reader(four).metadata
        assert set(info) <= {"/Title", "/Creator", "/Producer"}
        assert info["/Title"] == "Visit pack"
        for secret in (
            b"2025-03-01_frontal",
            b"Sample.needlejournal",
            str(sample.folder).encode(),
            b"/tmp",
            b"CreateDate",
        ):
            assert secret not in four

    def test_no_picture_carries_exif_or_a_profile_of_the_camera(self, four: bytes, reaction: bytes) -> None:
        found = jpegs(four) + jpegs(reaction)
        assert len(found) > 30
        for jpeg in found:
            assert not {b"Exif", b"http://ns.adobe", b"Photoshop"} & {
                jpeg[at : at + n] for at in range(400) for n in (4, 9, 15)
            }

    def test_the_same_report_gives_the_same_bytes(self, sample: Journal, catalogue: Catalogue, four: bytes) -> None:
        assert pdf_of(sample, catalogue, COURSE) == four

    def test_a_small_file(self, four: bytes) -> None:
        assert len(four) < 3_000_000

    @pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
    def test_papers(self, sample: Journal, catalogue: Catalogue, paper: str, size: tuple[int, int]) -> None:
        wish = ReportWish(span=OneSession(1), paper=paper, parts=frozenset(PARTS) - {"photos", "pairs"})
        book = reader(pdf_of(sample, catalogue, wish))
        assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in book.pages} == {size}

    def test_it_can_be_read_when_printed_in_grey(self, four: bytes) -> None:
        ink = first_page_in_grey(four)
        assert ink.max() > 0.8
        assert 0.02 < (ink > 0.4).mean() < 0.3
        style = (paths.resources() / "report" / "style.typ").read_text()
        fills = re.findall(r'rgb\("#(\w{6})"\)', style.split("severity-fill = ")[1].split("\n")[0])
        greys = [sum(w * int(fill[at : at + 2], 16) for w, at in ((0.3, 0), (0.59, 2), (0.11, 4))) for fill in fills]
        assert len(greys) == 5
        assert min(lighter - darker for lighter, darker in pairwise(greys)) > 15

    def test_no_heading_stands_last_on_its_page(self, four: bytes, reaction: bytes) -> None:
        for pdf in (four, reaction):
            book = reader(pdf)
            pages = [" ".join(page.extract_text().split()) for page in book.pages]
            for _, title, number in outline(pdf):
                body = pages[number].replace("Written down by the patient", "\0").split("\0")[0].rstrip()
                assert not body.endswith(title), title


class TestDaysWithoutASession:
    @pytest.fixture
    def late(self, journal: Journal) -> Journal:
        """Itching before the only session, redness after it, and a note."""
        with journal.step("write"):
            journal.side_effects.save(SideEffect(date(2025, 8, 2), "itching", Severity.MODERATE, note="after a swim"))
            journal.sessions.save(Session(When(date(2025, 9, 1)), setting="home"))
            journal.side_effects.save(SideEffect(date(2025, 9, 10), "redness", Severity.SEVERE))
            journal.day_notes.save(DayNote(date(2025, 9, 12), "Slept badly"))
        return journal

    def test_what_was_written_before_the_first_session_is_in_it(self, late: Journal, catalogue: Catalogue) -> None:
        words = text_of(pdf_of(late, catalogue, ReportWish(span=FromTo())), "-layout")
        assert "30 days before session 1 Itching: moderate · after a swim" in words
        assert "Slept badly" in words
        assert "Notes and entries of 2 more days are in the details" in words

    def test_what_was_written_after_a_session_that_lies_before_the_span_is_in_it(
        self, late: Journal, catalogue: Catalogue
    ) -> None:
        words = text_of(pdf_of(late, catalogue, ReportWish(span=FromTo(date(2025, 9, 5)))), "-layout")
        assert "day 9 after session 1 Redness: severe" in words
        assert "Itching" not in words

    def test_where_there_is_no_session_the_days_stand_on_the_first_page(
        self, journal: Journal, catalogue: Catalogue
    ) -> None:
        with journal.step("write"):
            journal.side_effects.save(SideEffect(date(2025, 9, 10), "redness", Severity.MILD))
        pdf = pdf_of(journal, catalogue, ReportWish(span=FromTo()))
        assert len(reader(pdf).pages) == 1
        assert "10 September 2025 Redness: mild" in text_of(pdf, "-layout")

    def test_own_notes_stay_out_where_they_are_not_ticked(self, late: Journal, catalogue: Catalogue) -> None:
        words = text_of(pdf_of(late, catalogue, ReportWish(span=FromTo(), parts=frozenset(PARTS) - {"notes"})))
        assert "Itching: moderate" in words
        assert "swim" not in words
        assert "Slept badly" not in words

    def test_nothing_at_all_is_said(self, journal: Journal, catalogue: Catalogue) -> None:
        assert "Nothing is written down for what was chosen" in text_of(pdf_of(journal, catalogue, ReportWish()))

    def test_a_span_that_lies_ahead_is_refused(self, late: Journal, catalogue: Catalogue) -> None:
        with pytest.raises(BadInput, match="lies ahead"):
            read_report(late, catalogue, ReportWish(span=FromTo(date(2026, 1, 1))), TODAY)


class TestReaction:
    def test_it_may_begin_on_a_day_and_then_tells_of_all_its_sessions(
        self, sample: Journal, catalogue: Catalogue
    ) -> None:
        report = read_report(sample, catalogue, ReportWish("reaction", FromTo(date(2025, 5, 1))), TODAY)
        assert report.timeline[0].day == date(2025, 5, 31)
        used = {str(one.used) for one in report.products}
        assert any(words.startswith("session 3") for words in used)
        assert any(words.startswith("session 4") for words in used)

    def test_what_is_unticked_is_left_out_and_said(self, sample: Journal, catalogue: Catalogue) -> None:
        wish = ReportWish("reaction", OneSession(3), frozenset(PARTS) - {"sessions", "photos"})
        report = read_report(sample, catalogue, wish, TODAY)
        assert report.sessions == report.series == report.originals == ()
        left_out = str(report.chosen[1])
        assert left_out.startswith("Left out: ")
        assert "Each session in detail" in left_out

    def test_a_damaged_original_does_not_go_along_and_that_is_said(
        self, faceless: Journal, catalogue: Catalogue, tmp_path: Path
    ) -> None:
        report = read_report(faceless, catalogue, ReportWish("reaction", FromTo(date(2000, 1, 1))), TODAY)
        damaged = faceless.folder / "photos" / report.originals[0].photo.original.stored_name
        damaged.write_bytes(damaged.read_bytes()[:-9] + b"\0" * 9)
        made = make_pdf(faceless, report, "whole")
        save_report(tmp_path / "r.pdf", made, faceless, Unattended())
        assert "1 original photo is damaged or gone and is not included." in text_of(made.pdf)
        assert len(made.report.originals) == len(report.originals) - 1
        subprocess.run(["sha256sum", "-c", "SHA256SUMS.txt"], cwd=originals_folder(tmp_path / "r.pdf"), check=True)

    def test_the_folder_is_for_its_owner_and_goes_when_the_file_cannot_be_written(
        self, sample: Journal, catalogue: Catalogue, tmp_path: Path
    ) -> None:
        report = read_report(sample, catalogue, ReportWish("reaction", OneSession(4)), TODAY)
        made = Made(b"%PDF-1.7", report)
        (tmp_path / "taken.pdf").mkdir()
        with pytest.raises(WorldError, match="there is a folder of that name"):
            save_report(tmp_path / "taken.pdf", made, sample, Unattended())
        assert [path.name for path in tmp_path.iterdir()] == ["taken.pdf"]
        save_report(tmp_path / "r.pdf", made, sample, Unattended())
        assert originals_folder(tmp_path / "r.pdf").stat().st_mode & 0o077 == 0

    def test_it_tells_from_the_session_to_today(self, reaction: bytes) -> None:
        words = text_of(reaction)
        for fact in (
            "Report of a reaction",
            "From session 3 on 31 May 2025 to 20 September 2025",
            "not encrypted",
            "Example pen, 16 needles",
            "B027",
            "Day by day",
            "9 June 2025",
            "day 9 after session 3",
            "Redness: mild",
            "Inner cheek, left",
            "N-2207",  # what touched the skin before
            "SHA-256",
        ):
            assert fact in words, fact

    def test_originals_go_along_byte_for_byte_with_their_hashes(
        self, sample: Journal, catalogue: Catalogue, tmp_path: Path
    ) -> None:
        report = read_report(sample, catalogue, ReportWish("reaction", OneSession(4)), TODAY)
        made = make_pdf(sample, report, "whole")
        save_report(tmp_path / "reaction.pdf", made, sample, Unattended())
        folder = originals_folder(tmp_path / "reaction.pdf")
        done = subprocess.run(["sha256sum", "-c", "SHA256SUMS.txt"], cwd=folder, capture_output=True, check=True)
        assert done.stdout.decode().count(": OK") == len(report.originals) == len(list(folder.glob("*.jpg")))
        assert {path.read_bytes() for path in folder.glob("*.jpg")} == {
            sample.photo_bytes(one.photo) for one in report.originals
        }
        assert "not encrypted" in (folder / "READ-ME.txt").read_text()
        assert not any("frontal" in path.name for path in folder.iterdir())
        with pytest.raises(WorldError, match="there already"):
            save_report(tmp_path / "reaction.pdf", made, sample, Unattended())

    def test_a_reaction_without_any_session(self, journal: Journal, catalogue: Catalogue) -> None:
        with journal.step("write"):
            journal.side_effects.save(SideEffect(date(2025, 9, 1), "cold_sore", Severity.MILD))
        words = text_of(pdf_of(journal, catalogue, ReportWish("reaction", symptom="cold_sore")))
        assert "Report of a reaction: Cold sore" in words
        assert "Open" in words
        assert "Cold sore: mild" in words


class TestFaces:
    @pytest.mark.parametrize("faces", ["eyes", "zones"])
    def test_eyes_are_covered(self, sample: Journal, catalogue: Catalogue, faces: str, tmp_path: Path) -> None:
        wish = ReportWish(span=FromTo(date(2025, 9, 1)), faces=faces, parts=frozenset({"photos"}))
        pdf = pdf_of(sample, catalogue, wish)
        plain = jpegs(pdf_of(sample, catalogue, replace(wish, faces="whole")))
        covered = jpegs(pdf)
        assert len(plain) == len(covered) == 4
        more = [_bar(after) - _bar(was) for after, was in zip(covered, plain, strict=True)]
        assert sorted(more)[1] > 300  # all but the close-up
        assert "Photos: " in text_of(pdf)

    def test_without_faces_only_close_ups_without_a_face_are_left(self, sample: Journal, catalogue: Catalogue) -> None:
        wish = ReportWish(span=OneCourse(0), faces="none")
        report = read_report(sample, catalogue, wish, TODAY)
        made = make_pdf(sample, report, "none")
        shots = [shot for series in made.report.series for shot in series.shots]
        assert shots
        assert {shot.photo.photo.view for shot in shots} == {"close_up"}
        assert {pair.before.photo.photo.view for pair in made.report.pairs} <= {"close_up"}


def _bar(jpeg: bytes) -> int:
    """How many pixels of a small copy have the grey of the bar."""
    small = np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB").resize((150, 200)), int)
    return int((abs(small - 120) < 6).all(axis=2).sum())


@pytest.fixture
def faceless(journal: Journal, catalogue: Catalogue, folder: Path) -> Journal:
    """Three photos "from the front" on which there is no face, and two close-ups."""
    for number in range(5):
        spots = np.random.default_rng(number).integers(90, 200, (6, 8, 3), np.uint8)
        picture = Image.fromarray(spots).resize((400, 300), Image.Resampling.NEAREST)
        picture.save(folder / f"2025-0{number + 1}-10.jpg")
    plan = look(journal, [folder], catalogue)
    keys = [item.key for item in plan.items]
    for number, key in enumerate(keys):
        plan = plan.with_day([key], date(2025, 1 + number, 10), journal.sessions.calendar())
    plan = plan.with_view(keys[:3], "frontal", "").with_view(keys[3:], "close_up", "nose")
    import_all(journal, plan)
    return journal


@pytest.mark.parametrize("faces", ["eyes", "zones"])
def test_where_no_face_is_found_the_photo_stays_out_and_says_so(
    faceless: Journal, catalogue: Catalogue, faces: str
) -> None:
    wish = ReportWish(span=FromTo(), faces=faces)
    made = make_pdf(faceless, read_report(faceless, catalogue, wish, TODAY), faces)
    assert text_of(made.pdf).count("Left out:") == 3
    assert [pair.before.photo.photo.view for pair in made.report.pairs] == ["close_up"]
    assert not made.report.pairs[0].aligned


def test_without_faces_a_close_up_without_one_may_stay(faceless: Journal, catalogue: Catalogue) -> None:
    made = make_pdf(faceless, read_report(faceless, catalogue, ReportWish(span=FromTo(), faces="none"), TODAY), "none")
    assert [len(series.shots) for series in made.report.series] == [2]


@pytest.mark.parametrize("gone", [True, False])
def test_a_photo_whose_file_is_gone_or_is_another_picture_now_says_so(
    faceless: Journal, catalogue: Catalogue, *, gone: bool
) -> None:
    contents = [faceless.photo_bytes(photo) for photo in faceless.photos.all()]
    for number, photo in enumerate(faceless.photos.all()):
        faceless.originals.remove(photo.original.stored_name)
        faceless.previews.forget(photo.original.sha256)
        if not gone:
            (faceless.folder / "photos" / photo.original.stored_name).write_bytes(contents[number - 1])
    for faces in ("whole", "none"):
        made = make_pdf(
            faceless, read_report(faceless, catalogue, ReportWish(span=FromTo(), faces=faces), TODAY), faces
        )
        assert made.report.pairs == ()
        assert text_of(made.pdf).count("Left out:") == (5 if faces == "whole" else 0)


def test_a_folder_that_cannot_be_made_is_one_sentence(sample: Journal, catalogue: Catalogue, tmp_path: Path) -> None:
    report = read_report(sample, catalogue, ReportWish("reaction", OneSession(4)), TODAY)
    made = Made(b"%PDF-1.7", report)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WorldError, match="the folder with the photos was not saved"):
        save_report(tmp_path / "file" / "reaction.pdf", made, sample, Unattended())

    class Stop(Unattended):
        cancelled = True

    for stopped in (made, Made(b"%PDF-1.7", replace(report, originals=()))):
        with pytest.raises(Stopped):
            save_report(tmp_path / "reaction.pdf", stopped, sample, Stop())
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert made.pages == 0


HARD = "שלום 😀 مرحبا 皮膚 #sys.version $x$ = no heading \\u{1} @preview/x:1.0.0 <label> \x00\u202e"


class TestHardWords:
    @pytest.fixture
    def hard(self, tmp_path: Path) -> Iterator[Journal]:
        journal = create_journal(tmp_path / "Hard.needlejournal", now=lambda: datetime(2025, 9, 20, tzinfo=UTC))
        with journal.step("write"):
            for number in range(30):
                day = date(2025, 1, 1) + timedelta(days=8 * number)
                products = (Product("serum", HARD[:24], "x" * 200, f"L{number}"),) * (number % 3)
                notes = ("A long note. " * 400 if number == 7 else HARD) + "y" * 300
                journal.sessions.save(
                    Session(
                        When(day), clinic=HARD[:9], notes=notes, products=products, needles=(Needle(HARD[:6], 500),)
                    )
                )
                journal.side_effects.save(SideEffect(day, HARD[:20], Severity.SEVERE, note=HARD))
                journal.day_notes.save(DayNote(day, "A long day. " * (300 if number == 3 else 2)))
            journal.questions.write([HARD, *["Is this question number " + "very " * 30 + f"{n}?" for n in range(12)]])
        yield journal
        journal.close()

    @pytest.mark.parametrize("kind", ["visit", "reaction"])
    def test_nothing_a_patient_writes_is_markup_or_lost(self, hard: Journal, catalogue: Catalogue, kind: str) -> None:
        pdf = pdf_of(hard, catalogue, ReportWish(kind, FromTo(date(2025, 1, 1)) if kind == "visit" else OneSession(4)))
        words = text_of(pdf)
        # By name where this computer has no shape for them; a bracket beside Hebrew stands on its other side.
        signs = [rendering.settable(sign).strip("[]") for sign in ("皮膚", "😀")]
        for part in ("#sys.version $x$", "= no heading", "@preview/x:1.0.0", "<label>", *signs):
            assert part in words, part
        for number in range(12):
            assert f"very {number}?" in words
        if kind == "visit":
            assert words.count("A long note.") == 400
            assert all(f"L{number}" in words for number in range(30) if number % 3)

    def test_a_note_begins_on_the_side_where_its_script_does(self, journal: Journal, catalogue: Catalogue) -> None:
        with journal.step("write"):
            journal.sessions.save(Session(When(date(2025, 1, 1)), notes="שלום " * 70))
            journal.sessions.save(Session(When(date(2025, 1, 9)), notes="Hello " * 70))
        done = subprocess.run(
            ["pdftotext", "-bbox", "-", "-"], input=pdf_of(journal, catalogue, ReportWish(span=FromTo())),
            capture_output=True, check=True,
        )  # fmt: skip
        words = re.findall(
            r'<word xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)".*>(.*)</word>', done.stdout.decode()
        )
        left, right = 45.4, 595.3 - 45.4  # the margins
        for letter, edge, side in (("ש", right, 2), ("Hello", left, 0)):
            lines = dict[str, list[float]]()
            for word in words:
                if letter in word[3]:
                    lines.setdefault(word[1], []).append(float(word[side]))
            assert len(lines) > 1
            assert all(min(abs(x - edge) for x in line) < 4 for line in lines.values()), letter

    def test_nothing_is_set_beyond_the_edge_of_the_paper(self, hard: Journal, catalogue: Catalogue) -> None:
        done = subprocess.run(
            ["pdftotext", "-bbox", "-", "-"], input=pdf_of(hard, catalogue, ReportWish(span=FromTo())),
            capture_output=True, check=True,
        )  # fmt: skip
        edges = [float(edge) for edge in re.findall(rb'xMax="([0-9.]+)"', done.stdout)]
        assert max(edges) < 595 - 40
        assert max(float(edge) for edge in re.findall(rb'<word [^>]*yMax="([0-9.]+)"', done.stdout)) < 842 - 15

    def test_the_first_page_fits_whatever_was_written(self, journal: Journal, catalogue: Catalogue) -> None:
        with journal.step("write"):
            long = "Mp" * 100
            products = tuple(Product("serum", f"{n}{long}", long, f"LOT-{n}-{long}", long) for n in range(9))
            clinic = "A clinic with a long name " * 20
            journal.sessions.save(Session(When(date(2025, 9, 1)), clinic=clinic, device=long, products=products))
            for number in range(9):
                journal.side_effects.save(SideEffect(date(2025, 9, 3), f"{number} {'itching ' * 20}", Severity.SEVERE))
            journal.questions.write([f"{n} " + "A long question. " * 120 for n in range(9)])
        pdf = pdf_of(journal, catalogue, ReportWish(span=FromTo()))
        assert "not encrypted" in text_of(pdf, "-l", "1")
        words = text_of(pdf)
        assert words.count("A long question.") >= 9 * 120
        assert all(f"LOT-{number}-" in words for number in range(9))
        assert overlapping(pdf) == []

    def test_an_empty_journal_still_gives_a_page(self, journal: Journal, catalogue: Catalogue) -> None:
        made = make_pdf(journal, read_report(journal, catalogue, ReportWish(), TODAY), "whole")
        assert made.pages == 1
        assert "Everything until 20 September 2025" in text_of(made.pdf)


class TestMaking:
    def test_the_preview_has_a_picture_for_each_page(self, sample: Journal, catalogue: Catalogue) -> None:
        wish = ReportWish(span=OneSession(1), parts=frozenset({"course", "sessions"}))
        report = read_report(sample, catalogue, wish, TODAY)
        pages = make_preview(sample, report, "whole")
        assert len(pages) == make_pdf(sample, report, "whole").pages == 2
        assert all(page.startswith(b"\x89PNG") for page in pages)

    def test_it_can_be_stopped_between_photos(self, sample: Journal, catalogue: Catalogue) -> None:
        class Impatient:
            seen = 0

            @property
            def cancelled(self) -> bool:
                return self.seen >= 3

            def report(self, progress: object) -> None:
                self.seen += 1

        control = Impatient()
        with pytest.raises(Stopped):
            make_pdf(sample, read_report(sample, catalogue, COURSE, TODAY), "whole", control=control)
        assert control.seen == 3

    def test_another_language_changes_words_and_days_but_never_what_was_written(
        self, sample: Journal, catalogue: Catalogue
    ) -> None:
        language = Language(lambda text, _count: f"«{text}»", lambda day: f"{day:%Y.%m.%d}")
        values = as_values(read_report(sample, catalogue, COURSE, TODAY), language)
        assert values["title"] == "«Visit pack»"
        assert values["made"] == "«Made on 2025.09.20»"
        assert values["questions"][0].endswith("Should another session be shallower there?")
        assert "file_name" not in str(values)

    def test_templates_ask_for_no_package_and_read_no_file(self) -> None:
        for path in (paths.resources() / "report").glob("*.typ"):
            words = path.read_text()
            assert "@preview" not in words
            assert "read(" not in words
            assert "eval(" not in words


def test_letters_no_font_has_are_named_and_the_report_stays_accessible(
    journal: Journal, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "_known", set())
    monkeypatch.setattr(rendering, "_lacking", set())
    monkeypatch.setattr(rendering, "_have_shapes", lambda signs: not set("".join(signs)) & set("💧👩🔬ก"))
    with journal.step("write"):
        journal.questions.write(["Is the serum 💧 all right? 👩🏽‍🔬 → Ž e\u0301 ก\u0e37"])
    words = text_of(pdf_of(journal, catalogue, ReportWish()))
    assert "Is the serum [droplet] all right? [woman microscope] → Ž" in words
    assert "[thai character ko kai thai character sara uee]" in words
    assert rendering.settable("plain → ✓") == "plain → ✓"


def test_a_letter_is_looked_for_in_the_fonts_of_this_computer() -> None:
    assert rendering.settable("→ Ž") == "→ Ž"
    assert rendering.settable("a \u0378") == "a [sign]"


def test_products_used_often_are_said_by_ranges(catalogue: Catalogue, journal: Journal) -> None:
    with journal.step("write"):
        for number in range(6):
            day = date(2025, 1, 1) + timedelta(days=number * 9)
            products = (Product("serum", "Serum"),) if number != 3 else ()
            journal.sessions.save(Session(When(day), products=products))
    assert "sessions 1–3, 5, 6" in text_of(pdf_of(journal, catalogue, ReportWish(span=FromTo())))


def test_long_words_may_be_broken_and_turning_signs_are_dropped() -> None:
    assert cleaned("a\u202eb\x00c\nd") == "abc\nd"
    assert cleaned("x" * 40).replace("\u200b", "") == "x" * 40
    assert "\u200b" in cleaned("x" * 40)
    assert cleaned(("x" * 17 + "e\u0301") * 3).count("\u200b\u0301") == 0
    assert cleaned("short words stay") == "short words stay"


def test_what_the_standard_refuses_is_set_all_the_same() -> None:
    assert rendering.Pages({"main.typ": b"= A page without a title"}).pdf().startswith(b"%PDF")


def test_pages_are_not_set_for_somebody_who_stopped(journal: Journal, catalogue: Catalogue) -> None:
    class Late(Unattended):
        cancelled = True

    report = read_report(journal, catalogue, ReportWish(), TODAY)
    for make in (make_pdf, make_preview):
        with pytest.raises(Stopped):
            make(journal, report, "whole", control=Late())


def test_a_reaction_is_about_the_last_session_unless_told(sample: Journal, catalogue: Catalogue) -> None:
    assert "From session 4 on" in str(read_report(sample, catalogue, ReportWish("reaction"), TODAY).subtitle)


def test_a_course_that_has_not_begun_is_no_span(journal: Journal, catalogue: Catalogue) -> None:
    with journal.step("plan"):
        journal.sessions.save(Session(When(TODAY + timedelta(days=9))))
    with pytest.raises(BadInput, match="no session yet"):
        read_report(journal, catalogue, COURSE, TODAY)


def test_why_a_pair_is_compared_all_the_same_stands_below_it(sample: Journal, catalogue: Catalogue) -> None:
    made = make_pdf(sample, read_report(sample, catalogue, COURSE, TODAY), "whole")
    pair = made.report.pairs[0]
    with sample.step("why"):
        judging.keep_override(sample, pair.before.photo.id, pair.after.photo.id, "the same window, the same hour")
    try:
        words = text_of(pdf_of(sample, catalogue, COURSE))
    finally:
        sample.history.undo()
    assert "Compared anyway, because: the same window, the same hour" in words


def test_a_photo_without_a_view_is_dated_too_and_never_a_pair(faceless: Journal, catalogue: Catalogue) -> None:
    with faceless.step("unsay"):
        for photo in faceless.photos.all():
            faceless.photos.save(replace(photo, view="", zone=""))
    made = make_pdf(faceless, read_report(faceless, catalogue, ReportWish(span=FromTo()), TODAY), "whole")
    assert made.report.pairs == ()
    assert "View not chosen" in text_of(made.pdf)


def test_where_no_zone_of_the_face_was_treated_the_photo_is_whole_with_its_eyes_covered(
    sample: Journal, catalogue: Catalogue
) -> None:
    wish = ReportWish(span=FromTo(date(2025, 9, 1)), faces="zones", parts=frozenset({"photos"}))
    report = replace(read_report(sample, catalogue, wish, TODAY), zones=("chest",))
    whole, covered = (jpegs(make_pdf(sample, report, faces).pdf) for faces in ("whole", "zones"))
    with Image.open(io.BytesIO(whole[0])) as one, Image.open(io.BytesIO(covered[0])) as other:
        assert abs(one.width / one.height - other.width / other.height) < 0.02
