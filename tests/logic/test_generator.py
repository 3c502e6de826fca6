"""Random steps: what the kernel accepts is true where its hypotheses hold; holes that are planted are found.

The whole campaign, 10^5 steps that are tried, and every hole: `pytest -m campaign tests/logic/test_generator.py -n auto`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import holes
import pytest
from generator import WEIGHTS, Campaign

SHORT, SEEDS, LONG = 400, 40, 2500
SECONDS = 90
QUICK = ("poles_are_defined", "facts_hold_at_each_letter")


def run(seed, steps):
    """The tally of so many steps that are tried."""
    return Campaign(seed).run(lambda tally: tally.count("tried") >= steps)


def found(hole, seed=1):
    """What a campaign on the logic with the hole says, in a process of its own."""
    command = [sys.executable, str(Path(holes.__file__)), hole, str(seed), str(SECONDS)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_random_steps_that_are_accepted_are_true():
    tally = run("short", SHORT)
    assert tally.false == []
    assert tally.forged > 0
    assert tally.count("refused") > SHORT / 4
    assert len({rule for rule, outcome in tally.steps if outcome == "tried"}) > 15


def test_campaign_is_made_from_its_seed():
    first, again, other = (
        Campaign(seed, moves=[m for m in WEIGHTS if m != "twin"]).run(lambda t: t.count("tried") >= 30) for seed in (5, 5, 6)
    )
    assert first.steps == again.steps
    assert first.steps != other.steps


@pytest.mark.parametrize("hole", QUICK)
def test_hole_is_found_soon(hole):
    assert "found in" in found(hole)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(SEEDS))
def test_campaign(seed):
    tally = run(f"nightly {seed}", LONG)
    assert tally.false == [], "\n".join(map(str, tally.false))


@pytest.mark.campaign
@pytest.mark.parametrize("hole", sorted(holes.HOLES))
def test_every_hole_is_found(hole):
    assert any("found in" in found(hole, seed) for seed in range(3))
