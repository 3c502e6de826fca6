"""Where the boxes of a map stand, and how its arrows run: what is rested upon above what rests on it.

Drawn in layers: rows by what rests on what, those in between that an arrow crosses included; within a row the order with few
crossings that averaging finds; then every box as near to the middle of its neighbours as its row lets it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import pairwise
from statistics import fmean
from typing import NamedTuple

__all__ = ["Arrow", "Box", "Map", "drawn"]

WIDTH, HEIGHT = 144, 44
ACROSS, DOWN = 16, 40
"""The size of a box, and the room between two."""
LANE = 18
"""The room that an arrow takes where it passes between boxes."""
MARGIN = 6
MOST = 6
"""Boxes in a row, at the most."""
SWEEPS = 24

Point = str | tuple[str, str, int]
"""A box, or where an arrow from one box to another crosses a row."""


class Box(NamedTuple):
    """A box with the place of its upper left corner."""

    name: str
    x: float
    y: float


class Arrow(NamedTuple):
    """An arrow from what is rested upon to what rests on it, as the path of an SVG."""

    above: str
    below: str
    path: str


@dataclass(frozen=True)
class Map:
    """A map with its size; boxes row by row, from left to right."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    box: tuple[int, int] = (WIDTH, HEIGHT)


def drawn(below: Mapping[str, Collection[str]]) -> Map:
    """The map of what rests on what, `below` telling for each name on which others it rests directly; none in a circle.

    An arrow that others imply is left out.
    """
    order = [*TopologicalSorter({name: sorted(below[name]) for name in sorted(below)}).static_order()]
    arrows = _implying(order, below)
    level = _levels(order, arrows)
    ways: dict[tuple[str, str], list[Point]] = {
        (a, b): [a, *((a, b, row) for row in range(level[a] + 1, level[b])), b] for a, b in arrows
    }
    rows = _ordered(_rows(order, level, ways), ways)
    across = _places(rows, ways)
    left = min((x - _room(point) / 2 for point, x in across.items()), default=0) - MARGIN
    centre = {
        point: (round(across[point] - left, 1), MARGIN + row * (HEIGHT + DOWN))
        for row, some in enumerate(rows)
        for point in some
    }
    named = [(point, centre[point]) for row in rows for point in row if isinstance(point, str)]
    boxes = [Box(name, round(x - WIDTH / 2, 1), y) for name, (x, y) in named]
    return Map(
        round(max((x + _room(point) / 2 for point, (x, _) in centre.items()), default=0) + MARGIN, 1),
        len(rows) * (HEIGHT + DOWN) - DOWN + 2 * MARGIN,
        tuple(boxes),
        tuple(Arrow(a, b, _path([centre[point] for point in way])) for (a, b), way in ways.items()),
    )


def _room(point: Point) -> int:
    return WIDTH + ACROSS if isinstance(point, str) else LANE


# -- rows --------------------------------------------------------------------------------------------------------------------


def _implying(order: list[str], below: Mapping[str, Collection[str]]) -> list[tuple[str, str]]:
    """The arrows that no others imply, as (rested upon, resting)."""
    reached: dict[str, set[str]] = {}
    arrows = []
    for name in order:
        direct = sorted(below.get(name, ()))
        farther = set[str]().union(*(reached[one] for one in direct))
        reached[name] = farther | {*direct}
        arrows += [(one, name) for one in direct if one not in farther]
    return arrows


def _levels(order: list[str], arrows: Collection[tuple[str, str]]) -> dict[str, int]:
    """The row of each box: below all that it rests on, and what rests on nothing just above the first that needs it."""
    level: dict[str, int] = {}
    taken: Counter[int] = Counter()
    for name in order:
        row = max((level[a] + 1 for a, b in arrows if b == name), default=0)
        while taken[row] >= MOST:
            row += 1
        level[name] = row
        taken[row] += 1
    for name in reversed(order):
        needed = [level[b] for a, b in arrows if a == name]
        best = max((row for row in range(level[name] + 1, min(needed, default=0)) if taken[row] < MOST), default=level[name])
        taken.subtract([level[name]])
        taken.update([best])
        level[name] = best
    used = sorted({*level.values()})
    return {name: used.index(row) for name, row in level.items()}


def _rows(order: list[str], level: Mapping[str, int], ways: Mapping[tuple[str, str], list[Point]]) -> list[list[Point]]:
    """Boxes and crossings row by row."""
    rows: list[list[Point]] = [[] for _ in range(1 + max(level.values(), default=-1))]
    for name in order:
        rows[level[name]].append(name)
    for way in ways.values():
        for point in way[1:-1]:
            rows[int(point[2])].append(point)
    return rows


# -- places in a row ---------------------------------------------------------------------------------------------------------


def _neighbours(ways: Mapping[tuple[str, str], list[Point]]) -> tuple[dict[Point, list[Point]], dict[Point, list[Point]]]:
    """What each point is joined to in the row above, and in the row below."""
    above, under = defaultdict[Point, list[Point]](list), defaultdict[Point, list[Point]](list)
    for way in ways.values():
        for a, b in pairwise(way):
            above[b].append(a)
            under[a].append(b)
    return above, under


def _ordered(rows: list[list[Point]], ways: Mapping[tuple[str, str], list[Point]]) -> list[list[Point]]:
    """Each row in the order that crosses fewest arrows, of those that sweeps of averages come to."""
    above, under = _neighbours(ways)
    best, fewest = rows, _crossings(rows, under)
    for sweep in range(SWEEPS):
        rows = [[*row] for row in rows]
        down = sweep % 2 == 0
        for k in range(1, len(rows)) if down else range(len(rows) - 2, -1, -1):
            beside = {point: place for place, point in enumerate(rows[k - 1 if down else k + 1])}
            joined = above if down else under
            now = {point: place * len(beside) / len(rows[k]) for place, point in enumerate(rows[k])}
            rows[k].sort(key=lambda p: fmean([beside[q] for q in joined[p]] or [now[p]]))
        if (crossed := _crossings(rows, under)) < fewest:
            best, fewest = rows, crossed
    return best


def _crossings(rows: list[list[Point]], under: Mapping[Point, list[Point]]) -> int:
    """How many pairs of arrows cross."""
    count = 0
    for row, following in pairwise(rows):
        at = {point: place for place, point in enumerate(following)}
        ends = [at[q] for p in row for q in sorted(under.get(p, ()), key=at.__getitem__)]
        count += sum(a > b for k, a in enumerate(ends) for b in ends[k + 1 :])
    return count


def _places(rows: list[list[Point]], ways: Mapping[tuple[str, str], list[Point]]) -> dict[Point, float]:
    """Where each point stands from left to right: near its neighbours, in the order of its row, none upon another."""
    above, under = _neighbours(ways)
    across: dict[Point, float] = {}
    for row in rows:
        across |= zip(row, _apart(row, [0.0] * len(row)), strict=True)
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = [fmean([across[q] for q in (*above[p], *under[p])] or [across[p]]) for p in row]
            across |= zip(row, _apart(row, wanted), strict=True)
    return across


def _apart(row: list[Point], wanted: Iterable[float]) -> list[float]:
    """The places nearest to those wanted, in the least squares, that leave each point of the row its room."""
    offsets = [0.0]
    for a, b in pairwise(row):
        offsets.append(offsets[-1] + (_room(a) + _room(b)) / 2)
    blocks: list[list[float]] = []  # what wants to stand further left than the one before it stands with it, at their mean
    for want, offset in zip(wanted, offsets, strict=False):
        blocks.append([want - offset])
        while len(blocks) > 1 and fmean(blocks[-2]) >= fmean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    found = [fmean(block) for block in blocks for _ in block]
    return [place + offset for place, offset in zip(found, offsets, strict=False)]


def _path(way: list[tuple[float, float]]) -> str:
    """A smooth path through the points of a way, from the lower edge of a box to the upper edge of another."""
    (x, y), *rest = way
    y += HEIGHT
    path = f"M{x:g} {y:g}"
    for place, (to_x, to_y) in enumerate(rest):
        half = (y + to_y) / 2
        path += f" C{x:g} {half:g} {to_x:g} {half:g} {to_x:g} {to_y:g}"
        x, y = to_x, to_y
        if place < len(rest) - 1:
            y += HEIGHT
            path += f" V{y:g}"
    return path
