"""Every notebook runs from top to bottom."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from focal_symbolic.logic.doors import read

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.py"))
PRINTED = {"tour": "qⱼ < pⱼ under", "limits": "dq/dgamma at 0: -0.0394764520118 "}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path, monkeypatch, capsys):
    pytest.importorskip("matplotlib", reason="matplotlib comes with the extra `plots` alone")
    monkeypatch.setenv("MPLBACKEND", "Agg")
    names = runpy.run_path(str(path))
    assert names["theorem"].conclusion is read(names["result"].claim.proposition)
    assert PRINTED[path.stem] in capsys.readouterr().out
