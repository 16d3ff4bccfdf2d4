"""A small journal with every kind of row there is, and words that can be searched for in files."""

from __future__ import annotations

from datetime import date, time

from needlejournal.journal.alignments import Alignment
from needlejournal.journal.courses import AftercareTick, ChecklistItem, Course, Dismissal, Question
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.pairs import KeptAlignment, PairOverride, Spot, SpotPlace
from needlejournal.journal.photos import Camera, Declared, Original, Photo
from needlejournal.journal.ratings import BlindAnswer, Judgement, Rating
from needlejournal.journal.sessions import Needle, Price, Product, Session, Severity
from needlejournal.store import PROXY, THUMBNAIL, Journal
from tests.workflows.pictures import jpeg

DAY = date(2025, 3, 8)
WORD = "Quittengelee"  # in every text
PREVIEW = b"\xff\xd8 preview Quittengelee \xff\xd9"


def picture(number: int) -> bytes:
    """A photo with the word in it, as a camera might write a comment."""
    return jpeg(number) + f" {WORD} {number}".encode() * 200


def add_photo(journal: Journal, number: int, **known: object) -> Photo:
    """Stage and record one, in an open step."""
    contents = picture(number)
    staged = journal.originals.stage(contents, "jpeg")
    original = Original(staged.sha256, staged.stored_name, f"{WORD}_{number}.jpg", len(contents), "jpeg", 64, 80)
    photo = journal.photos.save(Photo(original, When(DAY, time(9, number % 60), 60), **known))  # type: ignore[arg-type]
    journal.previews.put(staged.sha256, {THUMBNAIL: PREVIEW, PROXY: PREVIEW * 3})
    journal.previews.put_reading(staged.sha256, "pose", 1, f'"{WORD}"')
    return photo


def fill(journal: Journal, photos: int = 4) -> None:
    """Write one step with everything, and one more photo that goes to the trash."""
    with journal.step("Everything"):
        item = ChecklistItem("no_heat", f"No heat, {WORD}", 0, 3, "source")
        course = journal.courses.save(
            Course(title=f"Course {WORD}", starts=DAY, concerns=("scars",), aftercare=(item,), ask_first_list=(item,))
        )
        session = journal.sessions.save(
            Session(
                When(DAY, time(15, 30), 60), clinic=f"Clinic {WORD}", notes=f"Notes {WORD}", pain=3,
                price=Price(12000, "EUR"), tags=("one", WORD), course_id=course.id, bleeding=Severity.MILD,
                needles=(Needle("nose", 500, 3), Needle("chin")),
                products=(Product("serum", f"Serum {WORD}", "Brand", "A1", "during"), Product("numbing")),
            )
        )  # fmt: skip
        declared = Declared(make_up=False, moisturiser=True, expression="neutral", light="daylight")
        camera = Camera("Maker", "Model", "Lens", 4.2, 26.0, "Software")
        shot = [
            add_photo(
                journal, number, view="frontal", session_id=session.id, declared=declared, camera=camera,
                note=f"Note {WORD}", tags=(WORD,),
            )
            for number in range(photos)
        ]  # fmt: skip
        journal.day_notes.save(DayNote(DAY, f"Grüße, 雪 {WORD}\n=1+1", tags=(WORD,)))
        journal.side_effects.save(SideEffect(DAY, "redness", Severity.MODERATE, "chin", f"Red {WORD}", shot[0].id))
        journal.side_effects.save(SideEffect(DAY, "flaking", Severity.NONE))
        pair = (shot[0].id, shot[1].id)
        journal.ratings.save(Rating(DAY, "scars", 6, Judgement.IMPROVED, *pair, f"Rated {WORD}"))
        journal.blind_answers.save(BlindAnswer(*pair, shot[1].id, Judgement.IMPROVED, DAY))
        journal.ticks.save(AftercareTick(session.id, "no_heat", DAY))
        journal.dismissals.save(Dismissal("rebound", "itching", session.id, ("2025-03-09",), f"Rang {WORD}"))
        journal.alignments.save(
            KeptAlignment(*pair, Alignment("hand", ((1.0, 0.0, 2.5), (0.0, 1.0, 3.5)), confirmed=True))
        )
        spot = journal.spots.save(Spot(shot[0].id, f"Spot {WORD}", 0.1, 0.2, 0.3, 0.4))
        journal.spot_places.save(SpotPlace(spot.id, shot[1].id, 0.5, 0.5))
        journal.questions.save(Question(f"May I {WORD}?"))
        journal.overrides.save(PairOverride(*pair, f"Because {WORD}"))
    with journal.step("Trash"):
        journal.photos.trash(add_photo(journal, photos).id)
