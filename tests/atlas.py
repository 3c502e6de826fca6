"""What is tested of every claim of the library, but by default of a sample: `pytest -m atlas` tests all, and so does CI."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

EVERY = 12
"""One claim of so many is tested by default, where one test goes through them all."""


def sample_and_all(names: Sequence[str], every: int = EVERY) -> list[Any]:
    """Two cases of a test that goes through claims: a sample of them, and under the mark `atlas` all."""
    return [pytest.param(tuple(names)[::every], id="some"), pytest.param(tuple(names), id="all", marks=pytest.mark.atlas)]


def marked(names: Iterable[str], every: int) -> list[Any]:
    """A case for each claim, all but a sample under the mark `atlas`."""
    return [pytest.param(name, marks=pytest.mark.atlas if place % every else ()) for place, name in enumerate(names)]
