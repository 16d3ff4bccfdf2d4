"""What can be told about two photos without a window, with and without the face models."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from needlejournal import paths
from needlejournal.imaging.reading.unreadable import UnreadablePicture
from needlejournal.journal.catalogue import Catalogue
from needlejournal.store import Journal
from needlejournal.workflows.comparison.comparing import PhotoGone
from needlejournal.workflows.comparison.pair_report import report_of_files, report_of_photos
from tests.workflows.test_covering_and_guide import keep
from tests.workflows.test_readings import skin


@pytest.fixture(autouse=True)
def no_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "models_dir", lambda: tmp_path / "nowhere")


def answers(report: object) -> dict[str, str]:
    return {item.item: item.answer for item in report.comparability.items}  # type: ignore[attr-defined]


def test_without_models_faces_are_refused_with_a_sentence_and_skin_is_tried() -> None:
    report = report_of_files(skin(1), skin(2), "face")
    assert (report.alignment.method, report.alignment.matrix) == ("none", None)
    assert "missing" in str(report.alignment.reason)
    assert report_of_files(skin(1), skin(1)).alignment.confident


def test_what_was_not_written_into_a_file_is_unknown() -> None:
    found = answers(report_of_files(skin(1), skin(2)))
    unknown = ("view", "camera", "between", "time_of_day", "healing", "exposure")  # nobody said that these show skin
    assert {found[key] for key in unknown} == {"unknown"}


def test_detail_is_compared_between_jpegs_only() -> None:
    out = io.BytesIO()
    Image.open(io.BytesIO(skin(1))).save(out, "PNG")
    assert answers(report_of_files(skin(1), out.getvalue()))["compression"] == "unknown"
    assert answers(report_of_files(skin(1), skin(2)))["compression"] == "matches"


def test_photos_of_a_journal_bring_what_is_known_of_them(journal: Journal, catalogue: Catalogue) -> None:
    first, second = keep(journal, "2025-03-01_frontal.jpg"), keep(journal, "2025-09-06_frontal.jpg")
    report = report_of_photos(journal, catalogue, (first.id, second.id))
    assert answers(report)["between"] == "differs"  # both were kept as of one day
    assert answers(report)["healing"] == "matches"
    with pytest.raises(PhotoGone):
        report_of_photos(journal, catalogue, (first.id, 99))


def test_what_is_no_picture_is_said() -> None:
    with pytest.raises(UnreadablePicture):
        report_of_files(skin(1), np.zeros(500, np.uint8).tobytes())
