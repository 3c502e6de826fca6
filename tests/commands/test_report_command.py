"""`report`: the book of a run, made or kept; what cannot be written is told in one sentence and leaves nothing behind."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from focal_symbolic.commands import watched
from focal_symbolic.commands.cli import main
from focal_symbolic.commands.writing import LISTING, folder
from focal_symbolic.errors import InputError

CLAIM = "elementary/log_above"


def run(*words: str):
    return CliRunner().invoke(main, ["report", *words])


def refused(*words: str, code: int = 2) -> str:
    found = run(*words)
    assert found.exit_code == code, found.output
    assert found.stderr.startswith("focal-symbolic: ")
    assert found.stderr.count("\n") == 1
    return found.stderr


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    place = tmp_path_factory.mktemp("kept") / "run.json"
    found = CliRunner().invoke(main, ["verify", CLAIM, "--examples", "5", "--dps", "20", "--json", str(place)])
    assert found.exit_code == 0
    return place


def test_a_run_and_its_book(tmp_path):
    found = run(CLAIM, "--examples", "5", "--dps", "20", "--out", str(tmp_path / "new" / "book"))
    assert found.exit_code == 0
    assert "verified: 1 of 1 claims" in found.stdout
    assert found.stdout.endswith(f"wrote the theorem book of 1 claim: {tmp_path / 'new' / 'book' / 'index.html'}\n")
    listed = (tmp_path / "new" / "book" / LISTING).read_text().splitlines()
    assert listed[0] == "focal-symbolic theorem book"
    assert {"index.html", f"claims/{CLAIM}.html"} <= set(listed)
    assert [*(tmp_path / "new").iterdir()] == [tmp_path / "new" / "book"]


def test_the_book_of_a_kept_run(kept, tmp_path):
    assert run("--from", str(kept), "--out", str(tmp_path / "book")).exit_code == 0
    assert (tmp_path / "book" / "index.html").is_file()


def test_the_book_of_a_run_that_failed_has_its_exit_code(kept, tmp_path):
    document = json.loads(kept.read_text())
    document["theorems"][0]["legs"]["fuzz"] |= {"verdict": "failed", "reason": "false at x = 1/2"}
    document["verdict"] = "failed"
    (tmp_path / "run.json").write_text(json.dumps(document))
    found = run("--from", str(tmp_path / "run.json"), "--out", str(tmp_path / "book"))
    assert found.exit_code == 1
    assert "false at x = 1/2" in (tmp_path / "book" / "index.html").read_text()


# -- where it goes -------------------------------------------------------------------------------------------------------------


def test_what_is_there_is_replaced_only_if_it_is_a_book_and_asked_for(kept, tmp_path):
    words = ("--from", str(kept), "--out", str(tmp_path / "book"))
    assert run(*words).exit_code == 0
    (tmp_path / "book" / "index.html").write_text("old")
    assert "replace it with --force" in refused(*words)
    assert (tmp_path / "book" / "index.html").read_text() == "old"
    (tmp_path / "book" / "notes").mkdir()
    (tmp_path / "book" / "notes" / "mine.txt").write_text("mine")
    assert "holds notes/mine.txt, which is not of the" in refused(*words, "--force")
    (tmp_path / "book" / "notes" / "mine.txt").unlink()
    assert run(*words, "--force").exit_code == 0
    assert (tmp_path / "book" / "index.html").read_text().startswith("<!DOCTYPE html>")
    assert [*tmp_path.iterdir()] == [tmp_path / "book"]


def test_what_is_no_book_is_left_as_it_is(kept, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    for force in ((), ("--force",)):
        told = refused("--from", str(kept), "--out", str(tmp_path), *force)
        assert "is there already and holds no focal-symbolic theorem book; name a new directory." in told
    told = refused("--from", str(kept), "--out", str(tmp_path / "mine.txt"), "--force")
    assert "name a new directory" in told
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_a_place_that_cannot_be_written_is_told_before_the_run(tmp_path, monkeypatch):
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the run began")

    monkeypatch.setattr(watched, "verify", never)
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file" / "below", "/proc/none/book"):
        assert "cannot be written" in refused(CLAIM, "--out", str(place))


def test_an_interrupted_run_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(watched, "verify", interrupted)
    found = run(CLAIM, "--out", str(tmp_path / "new" / "book"))
    assert found.exit_code == 130
    assert found.stderr.strip() == "focal-symbolic: interrupted after 0 of 1 claims."
    assert [*tmp_path.iterdir()] == []


def test_what_is_interrupted_while_it_is_put_in_place_leaves_the_old(tmp_path, monkeypatch):
    folder(lambda: {"a.html": "old"}, tmp_path / "book", "kind")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pathlib.Path.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        folder(lambda: {"a.html": "new"}, tmp_path / "book", "kind", replaced=True)
    assert (tmp_path / "book" / "a.html").read_text() == "old"
    assert [*tmp_path.iterdir()] == [tmp_path / "book"]


def test_what_fills_the_place_meanwhile_is_left_as_it_is(tmp_path):
    def files():
        (tmp_path / "book").mkdir()
        (tmp_path / "book" / "mine").write_text("mine")
        return {"a.html": "new"}

    with pytest.raises(InputError, match="name a new directory"):
        folder(files, tmp_path / "book", "kind", replaced=True)
    assert [path.name for path in tmp_path.rglob("*")] == ["book", "mine"]


# -- what it is of -------------------------------------------------------------------------------------------------------------


def test_what_is_no_run_is_told(kept, tmp_path):
    good = json.loads(kept.read_text())
    place = tmp_path / "run.json"

    def told(document: object) -> str:
        place.write_text(document if isinstance(document, str) else json.dumps(document))
        found = refused("--from", str(place), "--out", str(tmp_path / "book"))
        assert not (tmp_path / "book").exists()
        return found

    assert "cannot be read" in refused("--from", str(tmp_path / "none.json"), "--out", str(tmp_path / "book"))
    assert "is no JSON" in told("{")
    assert "is no JSON" in told("[" * 100_000)
    for document in ([], {}, 3, None, {**good, "theorems": 3}, {**good, "theorems": [{}]}, {**good, "dps": "50"}):
        assert "is no report of «focal-symbolic verify --json»" in told(document)
    first = good["theorems"][0]
    for key in first:
        assert "is no report of" in told({**good, "theorems": [{k: v for k, v in first.items() if k != key}]})
        assert "is no report of" in told({**good, "theorems": [{**first, key: None}]})
    assert "its claims come to «verified»" in told({**good, "verdict": "failed"})
    twin = {**first["twin"], "refuted_by": ["derivation", "precision"]}
    assert "its claims come to «failed»" in told({**good, "theorems": [{**first, "twin": twin}]})
    assert "no such leg" in told({**good, "theorems": [{**first, "twin": {**twin, "refuted_by": ["faith"]}}]})


def test_a_run_of_other_claims_is_told(kept, tmp_path):
    good = json.loads(kept.read_text())
    for change, words in (({"name": "elementary/gone"}, "there is no claim"), ({"statement": "other"}, "says something else")):
        (tmp_path / "run.json").write_text(json.dumps({**good, "theorems": [{**good["theorems"][0], **change}]}))
        assert words in refused("--from", str(tmp_path / "run.json"), "--out", str(tmp_path / "book"), code=1)


def test_what_is_asked_of_a_run_that_is_over_is_refused(kept, tmp_path):
    for words in ((CLAIM,), ("--seed", "3"), ("--coq",), ("--no-coq",)):
        assert "tells of a run that is over" in refused("--from", str(kept), "--out", str(tmp_path / "book"), *words)


def test_bad_usage(tmp_path):
    assert "Missing option '--out'" in refused(CLAIM)
    assert "there is no claim «nope»" in refused("nope", "--out", str(tmp_path / "book"))
    assert [*tmp_path.iterdir()] == []


def test_without_the_extra_it_says_which(tmp_path, monkeypatch):
    monkeypatch.setattr("focal_symbolic.report.render.find_spec", lambda _: None)
    assert "focal-symbolic[report]" in refused(CLAIM, "--out", str(tmp_path / "book"))
