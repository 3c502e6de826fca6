"""Every notebook runs from top to bottom."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.py"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path, monkeypatch, capsys):
    pytest.importorskip("matplotlib", reason="matplotlib comes with the extra `plots` alone")
    monkeypatch.setenv("MPLBACKEND", "Agg")
    names = runpy.run_path(str(path))
    assert names["theorem"].conclusion == names["result"].claim.proposition
    assert "qⱼ < pⱼ under" in capsys.readouterr().out
