"""What the guide says: how the earlier photo was taken, as sentences to follow. Words only."""

from __future__ import annotations

from needlejournal.journal.photos import Photo
from needlejournal.ui import language
from needlejournal.ui.language import tr
from needlejournal.workflows.comparison.photo_guide import TURNED, PhotoGuide

LEAST_TILT = 3.0  # degrees; less is not seen


def title_of(guide: PhotoGuide) -> str:
    """ "Like 1 March 2025"."""
    return tr("Like the photo of {day}").format(day=language.medium_date(guide.photo.when.day))


def steps_of(guide: PhotoGuide) -> list[str]:
    """What to do so that the next photo is like this one."""
    return [*_pose(guide), *_circumstances(guide.photo)]


def missing_words(guide: PhotoGuide) -> str:
    """Why there is no outline; "" where there is one."""
    if guide.lines is not None:
        return ""
    if not guide.can_read:
        return tr(
            "The files that find faces are missing on this computer, so there is no outline. "
            "Compare with the photo itself."
        )
    return tr("No face was found in this photo, so there is no outline. Compare with the photo itself.")


def _pose(guide: PhotoGuide) -> list[str]:
    if guide.lines is None:
        return [tr("Show the same patch of skin, as large as in this picture, with the camera straight above it.")]
    share, eyes = round(guide.lines.share * 100), round(guide.lines.eyes * 100)
    size = tr(
        "Stand so far away that the face, hairline to chin, fills about {share}\u00a0% of the picture's height, "
        "with the eyes {eyes}\u00a0% below its upper edge."
    )
    return [_turn(guide), *_tilt(guide), size.format(share=share, eyes=eyes)]


def _turn(guide: PhotoGuide) -> str:
    degrees = 5 * round(abs(guide.yaw) / 5)
    if guide.side == "":
        return tr("Face the camera straight on, at the height of your eyes.")
    if degrees >= TURNED:
        left = tr("Turn your left shoulder to the camera, so that it sees your face from the left side.")
        right = tr("Turn your right shoulder to the camera, so that it sees your face from the right side.")
        return right if guide.side == "left" else left
    if guide.side == "left":
        return tr("Turn head and shoulders to your left by about {n}°: your right cheek faces the camera.").format(
            n=degrees
        )
    return tr("Turn head and shoulders to your right by about {n}°: your left cheek faces the camera.").format(
        n=degrees
    )


def _tilt(guide: PhotoGuide) -> list[str]:
    if abs(guide.roll) < LEAST_TILT:
        return []
    return [tr("The head was tilted by {n}° then: follow the outline.").format(n=round(abs(guide.roll)))]


def _circumstances(photo: Photo) -> list[str]:
    """Time, camera and light of that photo, as far as they are known."""
    found = []
    if photo.when.time is not None:
        clock = language.clock_time(photo.when.time)
        found.append(tr("Take it at about the same time of day: it was {clock}.").format(clock=clock))
    camera = photo.camera
    maker = "" if camera.model.startswith(camera.make) else camera.make
    name = " ".join(part for part in (maker, camera.model) if part)
    if name:
        found.append(tr("Use the same camera and the same lens: {camera}.").format(camera=name))
    lights = {
        "daylight": tr("Stand in daylight, as then: at the same window and time."),
        "lamp": tr("Use the same lamp as then, and keep daylight out."),
        "flash": tr("Use the flash, as then."),
        "mixed": tr("Daylight and lamps were mixed then: light everything from the same places again."),
    }
    if photo.declared.light in lights:
        found.append(lights[photo.declared.light])
    return found
