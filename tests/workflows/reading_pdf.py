"""Reads a PDF back with other software: poppler for text and pictures of pages, pypdf for what is inside."""

from __future__ import annotations

import io
import shutil
import subprocess

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils are not installed")


def text_of(pdf: bytes, *options: str) -> str:
    """The text as poppler reads it, in reading order, with spaces and line breaks made one."""
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().replace("\u200b", "").split())


def first_page_in_grey(pdf: bytes) -> np.ndarray:
    """How dark each pixel of the first page is as poppler prints it in grey, 0 to 1."""
    command = ["pdftoppm", "-r", "70", "-l", "1", "-png", "-gray", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return 1 - np.asarray(Image.open(io.BytesIO(done.stdout)).convert("L"), np.float32) / 255


def reader(pdf: bytes) -> PdfReader:
    """The PDF as pypdf sees it."""
    return PdfReader(io.BytesIO(pdf))


def jpegs(pdf: bytes) -> list[bytes]:
    """The bytes of every JPEG in it."""
    found = []
    start = 0
    while (start := pdf.find(b"\xff\xd8\xff", start)) >= 0:
        end = pdf.find(b"endstream", start)
        found.append(pdf[start:end])
        start = end
    return found


def outline(pdf: bytes) -> list[tuple[int, str, int]]:
    """The outline as (level, title, page from 0)."""
    book = reader(pdf)
    found: list[tuple[int, str, int]] = []

    def walk(items: list[object], level: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, level + 1)
            else:
                found.append((level, str(item.title), book.get_destination_page_number(item)))

    walk(book.outline, 1)
    return found
