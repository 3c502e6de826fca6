"""What is promised of float64 holds on lesser processors too: its tests are run again with NumPy's functions for those."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import processors
import pytest

SUITES = (
    "test_arrays.py",
    "test_campaign.py",
    "test_sweep.py",
    "test_diagnose.py::test_many_classes_in_float64",
    "test_diagnose.py::test_float64_agrees_with_certified",
)
"""Not this file, which would begin again and again."""


@pytest.mark.skipif("NPY_ENABLE_CPU_FEATURES" in os.environ, reason="NumPy is told what to use, and takes no more.")
@pytest.mark.atlas
@pytest.mark.parametrize("name", processors.settings())
def test_a_lesser_processor(name):
    settings = {"this one": {}} | processors.settings()
    names = list(settings)
    better = names[names.index(name) - 1]
    if processors.digest_with(settings[name]) == processors.digest_with(settings[better]):
        pytest.skip("these functions give the same bits as the next better ones")  # where the suites are run
    here = Path(__file__).parent
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *(str(here / suite) for suite in SUITES)]
    done = subprocess.run(
        command, cwd=here.parent.parent, env=processors.environment(settings[name]), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_numpy_is_told_it_understands():
    for setting in processors.settings().values():
        command = [sys.executable, "-W", "error", "-c", "import numpy"]
        done = subprocess.run(command, env=processors.environment(setting), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_the_processor_has_a_name():
    assert processors.model()
    assert processors.level() in ("baseline", *processors.core.__cpu_dispatch__)
