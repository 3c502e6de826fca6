"""Docstrings of the public names: numpydoc's sections, examples that run, and sources that exist.

The names are collected from `__all__`, so that a new one is checked by being there.
"""

from __future__ import annotations

import dataclasses
import doctest
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from numpydoc.docscrape import NumpyDocString
from numpydoc.validate import validate

from focal_symbolic.claims import library

ROOT = Path(__file__).parents[2]
MODULES = (
    "focal_symbolic",
    "focal_symbolic.claims",
    "focal_symbolic.claims.library",
    "focal_symbolic.claims.theorem",
    "focal_symbolic.claims.variables",
    "focal_symbolic.claims.verify.run",
    "focal_symbolic.definitions",
    "focal_symbolic.distribution",
    "focal_symbolic.errors",
    "focal_symbolic.numbers.arrays",
    "focal_symbolic.numbers.calibration",
    "focal_symbolic.numbers.diagnosis",
    "focal_symbolic.numbers.entropy",
    "focal_symbolic.numbers.jacobian",
    "focal_symbolic.numbers.sweep",
    "focal_symbolic.numbers.thresholds",
    "focal_symbolic.plots",
    "focal_symbolic.teaching",
)
WITHIN = {"focal_symbolic.numbers.entropy": {"focal_entropy_ball"}}
"""Names in `__all__` for other modules of the package."""
SOURCED = ("focal_symbolic.definitions", "focal_symbolic.numbers")
"""Where a function has a formula, and its docstring a source."""
NOT_ASKED = {
    "GL01": "the line begins behind the quotes, as everywhere here",
    "SS05": "a function is named for what it returns and described by it, so there is no verb to judge",
    "ES01": "one line may say it all",
    "SA01": "a name is found from its module, which says what it has",
}
OF_CLASSES = {
    "EX01": "the function that returns it shows it",
    "PR01": "nobody makes one by hand; its attributes are compared with its fields below",
}
KEY, CLAIM = re.compile(r"\[([a-z]+\d{4})\]"), re.compile(r"`([a-z_]+/[a-z_]+)`")


def public() -> dict[str, object]:
    """The public functions and classes of the package, each once, by their full names."""
    found: dict[str, object] = {}
    for module in map(import_module, MODULES):
        for name in sorted(set(module.__all__) - WITHIN.get(module.__name__, set())):
            value = getattr(module, name)
            if (
                not isinstance(value, ModuleType)
                and hasattr(value, "__qualname__")
                and (value.__module__ or "").startswith("focal_")
            ):
                found[f"{value.__module__}.{value.__qualname__}"] = value
    return found


def members(kind: type) -> Iterator[tuple[str, object]]:
    """The public methods and properties that a class has of its own."""
    for name, value in vars(kind).items():
        if not name.startswith("_") and (inspect.isroutine(value) or isinstance(value, property | classmethod | staticmethod)):
            yield name, value


def fields(kind: type) -> set[str]:
    """The fields of a dataclass or named tuple."""
    return {field.name for field in dataclasses.fields(kind)} if dataclasses.is_dataclass(kind) else {*kind._fields}


def is_record(value: object) -> bool:
    """Whether it is a class of which users get objects and make none: fields and no `__init__` of its own."""
    own = isinstance(value, type) and "__init__" in vars(value) and not dataclasses.is_dataclass(value)
    made = dataclasses.is_dataclass(value) and value.__dataclass_params__.init
    return isinstance(value, type) and not own and (made or issubclass(value, tuple))


def amiss(name: str, value: object) -> list[str]:
    """A sentence for each fault of a docstring."""
    excused = set(NOT_ASKED)
    plain_error = isinstance(value, type) and issubclass(value, Exception) and "__init__" not in vars(value)
    if is_record(value) or plain_error:
        excused |= set(OF_CLASSES)
    told = [f"{name}: {code} {words}" for code, words in validate(name)["errors"] if code not in excused]
    parts = NumpyDocString(inspect.getdoc(value) or "")
    if is_record(value):
        said = {one.strip() for part in parts["Attributes"] for one in part.name.split(",")}
        told += [f"{name}: the attribute {field} is not described" for field in sorted(fields(value) - said)]
        told += [f"{name}: there is no attribute {field}" for field in sorted(said - fields(value))]
    if isinstance(value, type):
        told += [f"{name}.{own}: no docstring" for own, member in members(value) if not inspect.getdoc(member)]
    elif name.startswith(SOURCED):
        notes = "\n".join(parts["Notes"])
        told += [] if KEY.search(notes) or CLAIM.search(notes) else [f"{name}: its notes name no source"]
    return told + unknown(name, inspect.getdoc(value) or "")


def unknown(name: str, text: str) -> list[str]:
    """A sentence for each source that is not there."""
    works = set(re.findall(r"^@\w+\{(\w+),", (ROOT / "docs" / "references.bib").read_text(encoding="utf-8"), re.MULTILINE))
    told = [f"{name}: {key} is not in references.bib" for key in KEY.findall(text) if key not in works]
    return told + [
        f"{name}: there is no claim {claim}" for claim in CLAIM.findall(text) if claim not in library.expected_names()
    ]


def examples(name: str, value: object) -> list[doctest.DocTest]:
    """The examples of a docstring, and those of the methods of a class."""
    found = doctest.DocTestFinder(exclude_empty=True).find(inspect.unwrap(value), name, globs={})
    return [test for test in found if test.examples]


PUBLIC = public()


@pytest.mark.parametrize("name", PUBLIC)
def test_docstring(name):
    assert not amiss(name, PUBLIC[name])


@pytest.mark.parametrize("name", [name for name, value in PUBLIC.items() if examples(name, value)])
def test_examples(name):
    for test in examples(name, PUBLIC[name]):
        said: list[str] = []
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append)
        assert not said, "".join(said)


def test_public_names_are_found():
    assert {"focal_symbolic.numbers.minimizer.result.minimizer", "focal_symbolic.numbers.arrays.rows.minimizer"} <= set(PUBLIC)
    assert {"focal_symbolic.claims.variables.pmf.pmf", "focal_symbolic.distribution.Distribution"} <= set(PUBLIC)


# -- that this can fail ----------------------------------------------------------------------------------------------------


def undocumented(p, gamma): ...


def careless(p, gamma):
    """the minimizer, of [nobody1999] and `nothing/at_all`

    Parameters
    ----------
    p : sequence of numbers
        the data

    Raises
    ------
    ValueError
        Sometimes.

    Examples
    --------
    >>> 1 + 1
    3
    """
    return p, gamma


@dataclasses.dataclass(frozen=True)
class Record:
    """A record.

    Attributes
    ----------
    other : int
        What is not there.
    """

    value: int

    def method(self): ...


@pytest.mark.parametrize(
    ("value", "faults"),
    [
        (undocumented, ["GL08"]),
        (careless, ["SS02", "SS03", "PR01", "PR08", "PR09", "RT01", "not in references.bib", "no claim nothing/at_all"]),
        (Record, ["attribute value is not described", "no attribute other", "method: no docstring"]),
    ],
)
def test_a_careless_docstring_is_noticed(value, faults, monkeypatch):
    monkeypatch.setitem(import_module("sys").modules, "careless_docstrings", import_module(__name__))
    told = "\n".join(amiss(f"careless_docstrings.{value.__name__}", value))
    assert [fault for fault in faults if fault not in told] == [], told


def test_a_formula_without_a_source_is_noticed(monkeypatch):
    monkeypatch.setattr(import_module("focal_symbolic.definitions"), "sourceless", careless, raising=False)
    assert "focal_symbolic.definitions.sourceless: its notes name no source" in amiss(
        "focal_symbolic.definitions.sourceless", careless
    )


def test_a_wrong_example_is_noticed():
    (test,) = examples("careless", careless)
    assert doctest.DocTestRunner().run(test, out=lambda said: None).failed == 1


def test_a_new_public_name_is_checked_by_itself(monkeypatch):
    module = import_module("focal_symbolic.numbers.thresholds")
    new = type(undocumented)(undocumented.__code__, {}, "new")
    new.__module__, new.__qualname__ = module.__name__, "new"
    monkeypatch.setattr(module, "new", new, raising=False)
    monkeypatch.setattr(module, "__all__", [*module.__all__, "new"])
    name = f"{module.__name__}.new"
    assert any("GL08" in fault for fault in amiss(name, public()[name]))
