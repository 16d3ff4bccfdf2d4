"""Reads a PDF back with other software: poppler for text and pictures of pages, pypdf for what is inside."""

from __future__ import annotations

import io
import re
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


def overlapping(pdf: bytes) -> list[tuple[str, str]]:
    """Words that are printed over one another, by the boxes poppler gives them; a third of a letter may touch.

    Words broken over several lines have one box around all of them, and are passed over.
    """
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    found = []
    for page in done.split("<page ")[1:]:
        words = [
            (*map(float, numbers), word)
            for *numbers, word in re.findall(
                r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page
            )
            if "\u200b" not in word
        ]
        for at, (left, top, right, bottom, word) in enumerate(words):
            found += [
                (word, other)
                for x, y, x2, y2, other in words[at + 1 :]
                if min(right, x2) - max(left, x) > 1.5 and min(bottom, y2) - max(top, y) > 0.5 * (bottom - top)
            ]
    return found


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
