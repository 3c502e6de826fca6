"""`verify --resume`: what has been verified is kept as the run goes, and taken over only where nothing has changed."""

from __future__ import annotations

import json
import time
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from focal_symbolic.claims import judging, library
from focal_symbolic.claims.verify import journal, verify
from focal_symbolic.claims.verify.journal import Journal
from focal_symbolic.claims.verify.recorded import recorded
from focal_symbolic.commands.cli import main

FEW = ("verify", "elementary/log_below", "elementary/log_above", "--examples", "20", "--dps", "30", "--jobs", "1")
OPTIONS = {"examples": 20, "dps": 30, "seed": 0, "coq": False}


def run(*words: str):
    return CliRunner().invoke(main, [*FEW, *words])


def results():
    return [library.result(f"elementary/{name}") for name in ("log_below", "log_above")]


def kept(path: Path) -> list[str]:
    return [json.loads(line)["outcome"]["name"] for line in path.read_text().splitlines()[1:]]


def test_an_interrupted_run_goes_on(tmp_path):
    """Interrupted after the first claim, and with half a line behind it: the second run has one claim to verify."""
    path = tmp_path / "run.jsonl"
    first = Journal(path, results(), **OPTIONS)

    def interrupted(outcome):
        first.keep(outcome)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify(results(), 20, 30, 0, progress=interrupted)
    assert kept(path) == ["elementary/log_below"]
    with path.open("a") as stream:
        stream.write('{"said": "12')
    seen: list[str] = []
    second = Journal(path, results(), **OPTIONS)
    report = verify(results(), 20, 30, 0, progress=lambda outcome: seen.append(outcome.name), known=second.known)
    assert seen == ["elementary/log_above"]
    assert (report.verdict, report.resumed) == ("verified", ("elementary/log_below",))
    assert [outcome.name for outcome in report.outcomes] == ["elementary/log_below", "elementary/log_above"]
    assert "1 of them taken over from an interrupted run" in report.sentence
    assert recorded(report.to_json()).resumed == report.resumed


def told(report):
    """The report without its times, and without what was taken over."""
    found = {name: value for name, value in report.to_json().items() if name not in ("seconds", "resumed")}
    for one in found["theorems"]:
        del one["seconds"]
    return found


@pytest.mark.parametrize("executor", [1, pytest.param(2, marks=pytest.mark.atlas)])
def test_what_is_judged_is_kept_before_all_is(tmp_path, monkeypatch, executor):
    """Interrupted when the judge has told of three of five claims, and taken up again: each is verified once."""
    five, path = library.select(("elementary",))[:5], tmp_path / "run.jsonl"
    honest = judging.verdicts
    first = Journal(path, five, **OPTIONS)

    def interrupted(names):
        three = [*islice(honest(names), 3)]
        yield from three
        while len(kept(path)) < 3:  # the others may still be measuring
            time.sleep(0.1)
            yield three[-1]
        raise KeyboardInterrupt

    monkeypatch.setattr(judging, "verdicts", interrupted)
    with pytest.raises(KeyboardInterrupt):
        verify(five, 20, 30, 0, executor=executor, progress=first.keep)
    monkeypatch.undo()
    done = kept(path)
    assert len(done) == 3
    seen: list[str] = []
    second = Journal(path, five, **OPTIONS)
    report = verify(five, 20, 30, 0, executor, lambda outcome: seen.append(outcome.name), known=second.known)
    assert sorted([*done, *seen]) == sorted(result.name for result in five)
    assert told(report) == told(verify(five, 20, 30, 0))


def test_on_the_command_line(tmp_path):
    path = tmp_path / "run.jsonl"
    whole = run("--resume", str(path))
    assert (whole.exit_code, "taken over" in whole.output) == (0, False)
    assert kept(path) == ["elementary/log_below", "elementary/log_above"]
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:2], lines[2][: len(lines[2]) // 2]]))
    again = run("--resume", str(path))
    assert again.exit_code == 0
    assert "1 of them taken over" in " ".join(again.output.split())
    assert "2 of them taken over" in " ".join(run("--resume", str(path)).output.split())


def test_other_sources_begin_anew(tmp_path, monkeypatch):
    path = tmp_path / "run.jsonl"
    assert run("--resume", str(path)).exit_code == 0
    monkeypatch.setattr(journal, "_sources", lambda: "of another day")
    told = run("--resume", str(path))
    assert told.exit_code == 0
    assert "every claim is verified anew" in told.output
    assert "taken over" not in told.output
    assert kept(path) == ["elementary/log_below", "elementary/log_above"]


def test_what_failed_is_not_kept_and_what_is_spoiled_not_believed(tmp_path):
    path = tmp_path / "run.jsonl"
    assert run("--resume", str(path)).exit_code == 0
    header, *lines = path.read_text().splitlines()
    spoiled = [json.loads(line) for line in lines]
    spoiled[0]["outcome"]["legs"]["fuzz"]["verdict"] = "undecided"
    spoiled[1]["said"] = "0" * 32
    path.write_text("\n".join([header, *map(json.dumps, spoiled)]) + "\n")
    opened = Journal(path, results(), **OPTIONS)
    assert not opened.known
    opened.keep(journal.outcome_of(spoiled[0]["outcome"]))
    assert len(path.read_text().splitlines()) == 3


@pytest.mark.parametrize(
    ("words", "text", "sentence"),
    [
        (("--seed", "1"), None, "is of a run with seed 0, not 1"),
        ((), "class,count\na,1\n", "is a file of another kind"),
    ],
)
def test_what_is_refused(tmp_path, words, text, sentence):
    path = tmp_path / "run.jsonl"
    if text is None:
        Journal(path, results(), **OPTIONS)
    else:
        path.write_text(text)
    before = path.read_text()
    told = run(*words, "--resume", str(path))
    assert told.exit_code == 2
    assert sentence in told.stderr
    assert path.read_text() == before


def test_a_file_that_cannot_be_written(tmp_path):
    told = run("--resume", str(tmp_path))
    assert (told.exit_code, "cannot be used" in told.stderr) == (1, True)
