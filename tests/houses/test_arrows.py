"""The house: arrows between rooms point down, within a room nothing goes in a circle, and nothing is long without a reason.

An arrow is an import, one inside a function or for types alone included.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOME = "focal_symbolic"
FLOORS = (
    ("definitions", "language", "distribution", "errors", "prose"),
    ("logic", "numbers"),
    ("claims",),
    ("proofs",),
    ("plots",),
    ("report",),
    ("commands",),
    ("teaching",),
)
"""The rooms from the ground up. An arrow goes to a lower floor or stays in its room."""
GROUND = "ground"
LETS_IN = {"__init__", "__main__", "_hypothesis"}
"""The doors of the package, which open what is asked for."""
FUNCTION, CLASS = 60, 150


def sources(root: Path) -> dict[str, str]:
    """The modules of the package by name, those of the proofs where they are installed."""
    homes = {f"{HOME}": root / HOME, f"{HOME}.proofs": root / "proofs"}
    found = {}
    for home, folder in homes.items():
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder).with_suffix("").parts
            name = ".".join([home, *(part for part in parts if part != "__init__")])
            found[name] = path.read_text(encoding="utf-8")
    return found


def room(module: str) -> str:
    """The room of a module: what comes first after the name of the package; what all rooms stand on is one room."""
    name = module.split(".")[1] if "." in module else "__init__"
    return GROUND if name in FLOORS[0] else name


def floor(name: str) -> int:
    """On which floor a room is."""
    return 0 if name == GROUND else next(level for level, rooms in enumerate(FLOORS) if name in rooms)


def arrows(modules: Mapping[str, str]) -> Iterator[tuple[str, str, int]]:
    """(from, to, line) for each import of one module of the package in another."""
    for module, text in modules.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, f"{module}, line {node.lineno}: imports are written in full here"
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            for name in names:
                target = next((name.rsplit(".", cut)[0] for cut in range(2) if name.rsplit(".", cut)[0] in modules), None)
                if target is not None and target != module:
                    yield module, target, node.lineno


def upward(modules: Mapping[str, str]) -> list[str]:
    """A sentence for each arrow that points up, or to another room on the same floor; the package itself imports nothing."""
    told = []
    for module, target, line in arrows(modules):
        here, there = room(module), room(target)
        if here in LETS_IN or here == there or target == HOME:
            continue
        if there in LETS_IN or floor(there) >= floor(here):
            told.append(f"{module}, line {line}: imports {target}, which is not below it")
    return told


def circle(modules: Mapping[str, str]) -> list[str]:
    """A circle of imports within a room, module after module; empty where there is none."""
    after: dict[str, set[str]] = {module: set() for module in modules}
    for module, target, _ in arrows(modules):
        if room(module) == room(target) and not module.startswith(f"{target}."):
            after[module].add(target)
    done: set[str] = set()

    def walk(module: str, way: list[str]) -> list[str]:
        if module in way:
            return way[way.index(module) :]
        if module in done:
            return []
        for target in sorted(after[module]):
            if found := walk(target, [*way, module]):
                return found
        done.add(module)
        return []

    return next((found for module in sorted(modules) if (found := walk(module, []))), [])


def long_ones(modules: Mapping[str, str]) -> list[str]:
    """A sentence for each function or class over the limit, its docstring aside, that does not say «long because» why."""
    told = []
    for module, text in modules.items():
        lines = text.splitlines()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                most = CLASS if isinstance(node, ast.ClassDef) else FUNCTION
                own = lines[node.lineno - 1 : node.end_lineno]
                said = node.body[0] if ast.get_docstring(node) is not None else None
                size = len(own) - (said.end_lineno - said.lineno + 1 if said else 0)
                if size > most and not any("long because " in line for line in own):
                    told.append(f"{module}, line {node.lineno}: {node.name} has {size} lines, {most} at most")
    return told


@pytest.fixture(scope="module")
def house():
    return sources(ROOT)


def test_arrows_point_down(house):
    assert not upward(house)


def test_nothing_goes_in_a_circle(house):
    assert not circle(house)


def test_nothing_is_long_without_a_reason(house):
    assert not long_ones(house)


# -- that this can fail ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "from focal_symbolic.claims import library",
        "import focal_symbolic.claims.library",
        "def f():\n    from focal_symbolic.claims.library import result",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from focal_symbolic.claims import library",
        "from focal_symbolic import claims",
        "from focal_symbolic.numbers import balls",
    ],
)
def test_an_arrow_up_or_across_is_told(line):
    modules = dict.fromkeys(("focal_symbolic.claims", "focal_symbolic.claims.library", "focal_symbolic.numbers.balls"), "")
    (told,) = upward({**modules, "focal_symbolic.logic.kernel": line})
    assert "focal_symbolic.logic.kernel" in told
    assert "not below it" in told
    assert not upward({**modules, "focal_symbolic.commands.cli": line})


def test_a_circle_is_told():
    modules = {
        "focal_symbolic.logic.a": "from focal_symbolic.logic import b",
        "focal_symbolic.logic.b": "def f():\n    import focal_symbolic.logic.c",
        "focal_symbolic.logic.c": "from focal_symbolic.logic.a import f",
    }
    assert len(circle(modules)) == 3
    assert not circle({**modules, "focal_symbolic.logic.c": ""})


def test_what_is_long_is_told_unless_it_says_why():
    body = "    x = 1\n" * 60
    assert long_ones({"focal_symbolic.logic.a": f"def f():\n{body}"}) == [
        "focal_symbolic.logic.a, line 1: f has 61 lines, 60 at most"
    ]
    assert not long_ones({"focal_symbolic.logic.a": f"def f():\n{body[10:]}"})
    told = 'def f():\n    """Said.\n\n    At length.\n    """\n'
    assert not long_ones({"focal_symbolic.logic.a": told + body[10:]})
    assert long_ones({"focal_symbolic.logic.a": told + body}) == ["focal_symbolic.logic.a, line 1: f has 61 lines, 60 at most"]
    assert not long_ones({"focal_symbolic.logic.a": f"def f():\n    # long because it is a table\n{body}"})
    (told,) = long_ones({"focal_symbolic.logic.a": f"class A:\n{'    x = 1' + chr(10)}" + "    x = 1\n" * 150})
    assert "A has 152 lines, 150 at most" in told
