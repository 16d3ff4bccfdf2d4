"""What the job runner promises: results and errors come back to this thread, dropped work delivers nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from needlejournal.ui.jobs import LATER, SOON, JobControl, Jobs, ThreadPool
from tests.ui.conftest import ByHand


def test_a_result_comes_back_to_the_gui_thread(qtbot: QtBot) -> None:
    jobs = Jobs(ThreadPool(1))
    got: list[tuple[str, bool, bool]] = []
    here = threading.get_ident()
    jobs.run(
        lambda _control: threading.get_ident() != here,
        lambda elsewhere: got.append(("done", elsewhere, threading.get_ident() == here)),
    )
    qtbot.waitUntil(lambda: bool(got))
    assert got == [("done", True, True)]
    assert not jobs.busy


def test_an_error_goes_to_whoever_asked_or_to_fault(qtbot: QtBot, by_hand: ByHand) -> None:
    jobs = Jobs(by_hand)
    asked: list[str] = []
    faults: list[object] = []
    jobs.fault.connect(faults.append)

    def fail(_control: JobControl) -> None:
        raise ValueError("broken")

    jobs.run(fail, lambda _value: asked.append("done"), lambda error: asked.append(str(error)))
    jobs.run(fail, lambda _value: asked.append("done"))
    by_hand.run()
    assert asked == ["broken"]
    assert [str(fault) for fault in faults] == ["broken"]


def test_progress_is_said_until_the_job_is_cancelled(qtbot: QtBot, by_hand: ByHand) -> None:
    jobs = Jobs(by_hand)
    told: list[object] = []

    def work(control: JobControl) -> bool:
        control.report(1)
        control.cancel()
        control.report(2)
        return control.cancelled

    jobs.run(work, told.append, on_progress=told.append)
    by_hand.run()
    assert told == [1, True]


class Sheet(QObject):
    """Asks for something and notes what comes."""

    def __init__(self, came: list[object]) -> None:
        super().__init__()
        self.came = came

    def take(self, what: str, value: object) -> None:
        self.came.append((what, str(value)))


def test_what_a_sheet_asked_for_is_not_handed_to_it_once_it_is_gone(qtbot: QtBot, by_hand: ByHand) -> None:
    jobs, came, faults = Jobs(by_hand), [], []  # type: Jobs, list[object], list[object]
    jobs.fault.connect(faults.append)

    def fail(_control: JobControl) -> None:
        raise ValueError("broken")

    def succeed(control: JobControl) -> str:
        control.report("half")
        return "whole"

    stays, goes = Sheet(came), Sheet(came)
    for sheet in (stays, goes):
        jobs.run(succeed, partial(sheet.take, "done"), on_progress=partial(sheet.take, "progress"))
        jobs.run(fail, partial(sheet.take, "done"), partial(sheet.take, "failed"))
    delete(goes)
    by_hand.run()
    assert came == [("progress", "half"), ("done", "whole"), ("failed", "broken")]
    assert not faults
    assert not jobs.busy


def test_words_of_its_own_about_what_came_are_not_said_by_a_sheet_that_is_gone(qtbot: QtBot, by_hand: ByHand) -> None:
    """Functions made on the way hold the sheet, or a method of it, as well."""
    jobs, came = Jobs(by_hand), list[object]()
    stays, goes = Sheet(came), Sheet(came)
    for sheet in (stays, goes):
        take = sheet.take
        jobs.run(lambda _control: 1, lambda value, sheet=sheet: sheet.objectName() or sheet.take("default", value))
        jobs.run(lambda _control: 2, holding(sheet))
        jobs.run(lambda _control: 3, calling(take))
    delete(goes)
    by_hand.run()
    assert came == [("default", "1"), ("sheet", "2"), ("method", "3")]
    assert not jobs.busy


def holding(sheet: Sheet) -> Callable[[object], None]:
    return lambda value: sheet.objectName() or sheet.take("sheet", value)


def calling(take: Callable[[str, object], None]) -> Callable[[object], None]:
    return lambda value: take("method", value)


def test_dropped_work_is_not_done_and_delivers_nothing(qtbot: QtBot, by_hand: ByHand) -> None:
    jobs = Jobs(by_hand)
    told: list[object] = []
    job = jobs.run(lambda _control: told.append("worked"), told.append)
    assert jobs.busy
    job.drop()
    by_hand.run()
    assert told == []
    assert not jobs.busy


@pytest.mark.parametrize("fails", [False, True])
def test_what_is_dropped_while_it_runs_delivers_nothing(qtbot: QtBot, by_hand: ByHand, fails: bool) -> None:
    jobs = Jobs(by_hand)
    told: list[object] = []
    jobs.fault.connect(told.append)

    def work(_control: JobControl) -> int:
        job.drop()
        if fails:
            raise ValueError("too late")
        return 1

    job = jobs.run(work, told.append, told.append)
    by_hand.run()
    assert told == []


def test_ending_waits_for_nothing_and_says_when_all_has_stopped(qtbot: QtBot) -> None:
    jobs = Jobs(ThreadPool(1))
    began, go_on = threading.Event(), threading.Event()
    heard: list[object] = []

    def first(control: JobControl) -> bool:
        began.set()
        go_on.wait(10)
        return control.cancelled

    jobs.run(first, heard.append)
    jobs.run(lambda _control: heard.append("ran"), heard.append)
    assert began.wait(10)
    jobs.end(lambda: heard.append("ended"))
    assert heard == []
    go_on.set()
    qtbot.waitUntil(lambda: "ended" in heard)
    assert heard == [True, "ended"], "it was asked to stop, and what had not begun never ran"
    jobs.end(lambda: heard.append("at once"))
    assert heard[-1] == "at once"


def test_a_result_that_fails_holds_nothing_up(qtbot: QtBot, by_hand: ByHand) -> None:
    jobs = Jobs(by_hand)
    heard: list[str] = []

    def broken(_value: object) -> None:
        raise ValueError("too late")

    def work(_control: JobControl) -> None:
        jobs.end(lambda: heard.append("ended"))

    jobs.run(work, broken)
    with qtbot.captureExceptions() as escaped:
        by_hand.run()
    assert heard == ["ended"] and len(escaped) == 1


def test_finishing_waits_and_starts_nothing_new(qtbot: QtBot) -> None:
    jobs = Jobs(ThreadPool(1))
    began, go_on = threading.Event(), threading.Event()
    ran: list[int] = []

    def first(_control: JobControl) -> None:
        began.set()
        go_on.wait(10)
        ran.append(1)

    handed: list[str] = []
    jobs.run(first, lambda _value: handed.append("first"))
    jobs.run(lambda _control: ran.append(2), lambda _value: handed.append("second"))
    assert began.wait(10)
    threading.Timer(0.05, go_on.set).start()
    jobs.finish()
    assert ran == [1]
    assert handed == ["first"], "its result comes while the journal is open still"
    assert jobs.run(lambda _control: ran.append(3), lambda _value: handed.append("third")).dropped
    qtbot.wait(1)
    assert (ran, handed) == ([1], ["first"])


def test_jobs_that_are_held_begin_when_they_are_released_what_is_wanted_soon_first() -> None:
    begun: list[str] = []
    executor = ByHand()
    jobs = Jobs(executor)
    jobs.hold()
    jobs.run(lambda _control: begun.append("later"), print, priority=LATER)
    jobs.run(lambda _control: begun.append("soon"), print, priority=SOON)
    executor.run()
    assert begun == [] and jobs.busy
    jobs.release()
    executor.run()
    assert begun == ["soon", "later"]


def test_jobs_that_are_held_are_given_up_at_the_end() -> None:
    begun: list[str] = []
    jobs = Jobs(ByHand())
    jobs.hold()
    jobs.run(lambda _control: begun.append("held"), print)
    jobs.finish()
    assert begun == []
