"""The table of the abstract: its names are claims, its theorems the main ones of their pages, and none is missing."""

import re
from pathlib import Path

from focal_symbolic.claims import library

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (Path(__file__).parents[2] / "docs" / "abstract.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and "`" in line
]


def names(cell: str) -> list[str]:
    return re.findall(r"`([a-z_]+/[a-z_]+)`", cell)


def test_every_name_is_a_claim() -> None:
    told = {name for row in ROWS for cell in row for name in names(cell)}
    assert told
    assert told <= {*library.results()}


def test_the_theorem_of_each_phrase_is_the_main_one_of_its_page() -> None:
    for _, theorems, _ in ROWS:
        assert names(theorems)
        assert all(library.result(name).main for name in names(theorems))


def test_every_main_theorem_that_answers_the_abstract_is_named() -> None:
    told = {name for row in ROWS for cell in row for name in names(cell)}
    assert {name for name, one in library.results().items() if one.main and one.claim.source == "paper"} <= told
