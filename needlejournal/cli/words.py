"""What a word on the command line means, or one sentence with the nearest that is known. Loads no Qt."""

from __future__ import annotations

from collections.abc import Sequence

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.catalogue.words import Meaning, meant, named_meaning, nearest, symptom_meaning
from needlejournal.journal.errors import BadInput
from needlejournal.journal.message import Message, message


def known_symptom(word: str, catalogue: Catalogue, *, own: bool) -> str:
    """The key of a symptom, or the word itself where it is the patient's own. Raises BadInput."""
    if not word.strip():
        raise BadInput(message("Please say which symptom: --symptom redness, for example. Nothing was written."))
    worrying_first = sorted(catalogue.symptoms, key=lambda symptom: not symptom.red_flag)
    known = [symptom_meaning(symptom) for symptom in worrying_first]
    found = meant(word, known) or (word.strip() if own else None)
    if found is None:
        near = nearest(word, known)
        raise _unknown(
            near,
            message(
                "There is no symptom “{word}”. Did you mean {near}? `--own` writes it as your own.",
                word=word,
                near=near,
            ),
            message("There is no symptom “{word}”. `--own` writes it as your own.", word=word),
        )
    return found


def known_zone(word: str, catalogue: Catalogue, *, own: bool) -> str:
    """The key of a zone, "" for none, or a part of the body by the patient's own name. Raises BadInput."""
    if not word.strip():
        return ""
    known = [named_meaning(zone) for zone in catalogue.zones]
    found = meant(word, known) or (word.strip() if own else None)
    if found is None:
        near = nearest(word, known)
        raise _unknown(
            near,
            message(
                "There is no zone “{word}”. Did you mean {near}? `--own` writes it as your own.", word=word, near=near
            ),
            message("There is no zone “{word}”. `--own` writes it as your own.", word=word),
        )
    return found


def known_face_zone(word: str, catalogue: Catalogue) -> str:
    """The key of a zone of the face map, "" for none. Raises BadInput."""
    if not word.strip():
        return ""
    known = [named_meaning(zone) for zone in catalogue.zones]
    found = meant(word, known)
    if found is None:
        near, keys = nearest(word, known), _listed(known)
        raise _unknown(
            near,
            message(
                "There is no zone “{word}”. Did you mean {near}? The zones are: {keys}.",
                word=word,
                near=near,
                keys=keys,
            ),
            message("There is no zone “{word}”. The zones are: {keys}.", word=word, keys=keys),
        )
    return found


def known_treatment(word: str, catalogue: Catalogue) -> str:
    """The key of a treatment. Raises BadInput."""
    known = [named_meaning(treatment) for treatment in catalogue.treatments]
    found = meant(word, known)
    if found is None:
        near, keys = nearest(word, known), _listed(known)
        raise _unknown(
            near,
            message(
                "There is no treatment “{word}”. Did you mean {near}? The treatments are: {keys}.",
                word=word,
                near=near,
                keys=keys,
            ),
            message("There is no treatment “{word}”. The treatments are: {keys}.", word=word, keys=keys),
        )
    return found


def known_view(word: str, catalogue: Catalogue) -> str:
    """The key of a view, "" for none. Raises BadInput."""
    if not word.strip():
        return ""
    known = [named_meaning(view) for view in catalogue.views]
    found = meant(word, known)
    if found is None:
        near, keys = nearest(word, known), _listed(known)
        raise _unknown(
            near,
            message(
                "There is no view “{word}”. Did you mean {near}? The views are: {keys}.",
                word=word,
                near=near,
                keys=keys,
            ),
            message("There is no view “{word}”. The views are: {keys}.", word=word, keys=keys),
        )
    return found


def _unknown(near: str | None, with_nearest: Message, alone: Message) -> BadInput:
    return BadInput(with_nearest if near else alone)


def _listed(known: Sequence[Meaning]) -> str:
    return ", ".join(one.key for one in known)
