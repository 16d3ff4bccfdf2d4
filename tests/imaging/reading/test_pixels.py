"""Buffers that a window draws from, and the pool that hands them out again."""

from __future__ import annotations

import itertools
import threading

import numpy as np
import pytest

from needlejournal.imaging.reading.arrays import as_array, from_array
from needlejournal.imaging.reading.resizing import build_levels
from tests.imaging.pools import WatchedPool


def test_a_picture_is_wrapped_and_looked_at_without_copying():
    array = np.full((3, 5, 4), 7, np.uint8)
    pixels = from_array(array)
    assert (pixels.size, pixels.stride) == ((5, 3), 20)
    assert np.shares_memory(as_array(pixels), array)


@pytest.mark.parametrize("array", [np.zeros((3, 5, 3), np.uint8), np.zeros((3, 10, 4), np.uint8)[:, ::2]])
def test_only_contiguous_bgra_is_taken(array):
    with pytest.raises(ValueError, match="contiguous"):
        from_array(array)


def test_a_buffer_in_use_is_never_handed_out_again():
    pool = WatchedPool()
    pixels = from_array(pool.take(400).reshape(10, 10, 4))
    view = pixels.buffer[10:20]
    del pixels
    assert not np.shares_memory(pool.take(400), np.frombuffer(view, np.uint8))


def test_an_unused_buffer_is_handed_out_again_for_what_nearly_fits():
    pool = WatchedPool()
    pool.take(300)
    pool.take(220)
    assert pool.held_bytes == 300
    pool.take(100)
    assert pool.held_bytes == 400


def test_idle_buffers_beyond_the_limit_are_forgotten():
    pool = WatchedPool(keep_bytes=500)
    for size in (100, 400, 1000, 8000):
        pool.take(size)
    assert pool.held_bytes <= 500 + 8000
    pool.release_idle()
    assert pool.held_bytes == 0


def test_releasing_leaves_what_is_shown():
    pool = WatchedPool()
    shown = pool.take(64)
    pool.take(1000)
    pool.release_idle()
    assert pool.held_bytes == len(shown)


def test_two_threads_never_get_the_same_buffer():
    pool, taken = WatchedPool(), []
    workers = [threading.Thread(target=lambda: taken.extend(pool.take(50) for _ in range(40))) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len({buffer.__array_interface__["data"][0] for buffer in taken}) == 160


@pytest.mark.parametrize("size", [(2000, 1500), (2001, 1333), (600, 1), (1, 4000), (100, 80)])
def test_levels_halve_until_they_are_small(size):
    levels = build_levels(from_array(np.full((size[1], size[0], 4), 90, np.uint8)))
    assert levels[0].size == size
    assert max(levels[-1].size) <= 512 or len(levels) == 1
    for larger, smaller in itertools.pairwise(levels):
        assert smaller.size == tuple(max(1, (side + 1) // 2) for side in larger.size)
        assert set(smaller.buffer[:4]) == {90}


def test_a_level_shows_the_whole_picture_in_the_same_place():
    ramp = np.zeros((1024, 1024, 4), np.uint8)
    ramp[:, :, :3] = (np.arange(1024) // 4)[None, :, None]
    smallest = as_array(build_levels(from_array(ramp))[-1])
    assert smallest[100, 0, 0] == 0
    assert smallest[100, 256, 0] == pytest.approx(128, abs=1)
    assert smallest[100, -1, 0] == 255
