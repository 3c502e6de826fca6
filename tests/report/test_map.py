"""The map: every box once and clear of the others, arrows downwards, and what is left out is implied."""

from __future__ import annotations

import random
from graphlib import CycleError
from itertools import combinations

import pytest

from focal_symbolic.report.map import HEIGHT, MOST, WIDTH, drawn


def closure(arrows, names):
    above = {name: set() for name in names}
    for _ in names:
        for a, b in arrows:
            above[b] |= {a} | above[a]
    return above


@pytest.mark.parametrize("seed", range(8))
def test_a_random_map(seed):
    draw = random.Random(seed)
    names = [f"c{k}" for k in range(draw.randint(1, 30))]
    below = {name: {other for other in names[:k] if draw.random() < 0.15} for k, name in enumerate(names)}
    found = drawn(below)
    places = {box.name: box for box in found.boxes}
    assert sorted(places) == sorted(names)
    assert len(found.boxes) == len(names)
    for a, b in combinations(found.boxes, 2):
        assert abs(a.x - b.x) >= WIDTH or abs(a.y - b.y) >= HEIGHT
    for box in found.boxes:
        assert 0 <= box.x <= found.width - WIDTH
        assert 0 <= box.y <= found.height - HEIGHT
        assert sum(other.y == box.y for other in found.boxes) <= MOST
    shown = {(arrow.above, arrow.below) for arrow in found.arrows}
    assert all(places[a].y + HEIGHT < places[b].y for a, b in shown)
    full = {(other, name) for name, others in below.items() for other in others}
    assert shown <= full
    assert closure(shown, names) == closure(full, names)


def test_the_same_map_each_time():
    below = {"a": (), "b": ("a",), "c": ("a", "b"), "d": ("c", "a")}
    assert drawn(below) == drawn(dict(reversed(below.items())))
    assert {(arrow.above, arrow.below) for arrow in drawn(below).arrows} == {("a", "b"), ("b", "c"), ("c", "d")}


def test_nothing_and_a_circle():
    assert drawn({}).boxes == ()
    with pytest.raises(CycleError):
        drawn({"a": ("b",), "b": ("a",)})
