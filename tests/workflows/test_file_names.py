"""The day and time that a file's name spells out, as phones, messengers and screenshots write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.moments import When
from needlejournal.workflows.photos_in.file_names import moment_in

DAY, EVENING = date(2021, 3, 4), time(17, 6, 7)


@pytest.mark.parametrize(
    "name",
    [
        "WhatsApp Image 2021-03-04 at 17.06.07.jpeg",
        "WhatsApp Image 2021-03-04 at 5.06.07 PM (1).jpeg",
        "WhatsApp Bild 2021-03-04 um 17.06.07_ab12.jpg",
        "signal-2021-03-04-17-06-07-123.jpg",
        "signal-2021-03-04-170607.jpg",
        "photo_2021-03-04_17-06-07 (2).jpg",
        "photo_5@04-03-2021_17-06-07.jpg",
        "20210304_170607.jpg",
        "20210304_170607_001.jpg",
        "20210304_170607_Burst01.jpg",
        "IMG20210304170607.jpg",
        "IMG_20210304_170607123.jpg",
        "00100lPORTRAIT_00100_BURST20210304170607123_COVER.jpg",
        "Screenshot_20210304-170607_Chrome.png",
        "Screenshot_2021-03-04-17-06-07-123_com.example.home.jpg",
        "Screenshot 2021-03-04 170607.png",
        "Screen Shot 2021-03-04 at 5.06.07\N{NARROW NO-BREAK SPACE}PM.png",
        "Bildschirmfoto vom 2021-03-04 17-06-07.png",
        "Capture d’écran 2021-03-04 à 17.06.07.png",
        "Captura de pantalla 2021-03-04 a la(s) 17.06.07.png",
        "Снимок экрана 2021-03-04 в 17.06.07.png",
        "スクリーンショット 2021-03-04 午後5.06.07.png",
        "截屏2021-03-04 下午5.06.07.png",
        "스크린샷 2021-03-04 오후 5.06.07.png",
        "لقطة شاشة ٢٠٢١-٠٣-٠٤ في ٥.٠٦.٠٧ م.png",
        "2021-03-04 17.06.07.jpg",
    ],
)
def test_day_and_time_are_read_as_each_program_writes_them(name: str) -> None:
    assert moment_in(name) == When(DAY, EVENING)


@pytest.mark.parametrize(
    "name",
    ["IMG-20210304-WA0001.jpg", "2021-03-04_oblique_left_45.jpg", "20210304_993322.jpg", "DSC20210304.jpg"],
)
def test_a_name_with_a_day_alone_gives_the_day(name: str) -> None:
    assert moment_in(name) == When(DAY)


@pytest.mark.parametrize(
    "name",
    ["IMG_1234.JPG", "1619871234567.jpg", "20211301_123322.jpg", "3020210304_12.jpg", "frontal.jpg", "0000-00-00.jpg"],
)
def test_a_name_without_a_date_gives_nothing(name: str) -> None:
    assert moment_in(name) is None


def test_midnight_and_noon_in_halves_of_the_day() -> None:
    names = ("Screenshot 2021-03-04 at 12.06.07 AM.png", "Screenshot 2021-03-04 at 12.06.07 PM.png")
    assert [moment_in(name) for name in names] == [When(DAY, time(0, 6, 7)), When(DAY, time(12, 6, 7))]


def test_a_name_in_utc_is_said_in_the_time_one_lives_in() -> None:
    name = "PXL_20210304_233000123.jpg"
    assert moment_in(name, UTC) == When(DAY, time(23, 30), 0)
    assert moment_in(name, timezone(timedelta(hours=2))) == When(date(2021, 3, 5), time(1, 30), 120)


@pytest.mark.parametrize(
    "name",
    ["FB_IMG_1614877567123.jpg", "mmexport1614877567123.jpg", "IMG_1614877567123.jpg", "wx_camera_1614877567123.jpg"],
)
def test_a_name_that_counts_milliseconds_is_said_in_the_time_one_lives_in(name: str) -> None:
    assert moment_in(name, UTC) == When(DAY, EVENING, 0)
    assert moment_in(name, timezone(timedelta(hours=9))) == When(date(2021, 3, 5), time(2, 6, 7), 540)


@pytest.mark.parametrize(
    "name",
    [
        "received_1614877567123.jpeg",  # a number of Messenger's own
        "FB_IMG_16148775671234.jpg",
        "IMG_161487756712.jpg",
        "IMG_9614877567123.jpg",  # a moment in 2274
        "XIMG_1614877567123.jpg",
        "IMG_0000000000000.jpg",
    ],
)
def test_a_number_that_is_no_plausible_moment_is_only_a_number(name: str) -> None:
    assert moment_in(name, UTC) is None


@given(st.text(max_size=60))
def test_any_name_gives_a_date_or_nothing(name: str) -> None:
    moment_in(name, UTC)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)))
def test_every_moment_written_together_comes_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert moment_in(f"IMG_{moment:%Y%m%d_%H%M%S}.jpg") == When(moment.date(), moment.time())
