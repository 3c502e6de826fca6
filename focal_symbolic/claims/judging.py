"""Derivations handed to the judge, a process of its own, as text with the certificates that are kept."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryFile
from typing import Any

from focal_symbolic.claims import library
from focal_symbolic.claims.derivation import replay, stated
from focal_symbolic.claims.kept import kept, lines_text
from focal_symbolic.claims.writer.desk import NotShown
from focal_symbolic.errors import FocalError, Rejected
from focal_symbolic.logic.judge import HEADING
from focal_symbolic.logic.kernel import Step
from focal_symbolic.logic.meaning import declarations
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.text import Derivation, declared_text, read_derivations, text_of

__all__ = ["judged", "told", "verdicts", "written"]


def derivation(name: str, searched: bool = False) -> Derivation:
    """The derivation of a claim with the certificates that are kept, or with such as are searched for."""
    if searched:
        try:
            return _searched(name, library.steps(name))
        except Rejected:  # the steps that are kept may be no good
            return _searched(name, library.anew(name))
    assumptions, goal = stated(library.result(name).claim)
    found = kept(name.split("/", maxsplit=1)[0]).get(name)
    answers, table = (found.answers, found.table) if found else ({}, {})
    return Derivation(name, assumptions, goal, library.steps(name), answers, table)


def _searched(name: str, steps: tuple[Step, ...]) -> Derivation:
    claim, search = library.result(name).claim, Search()
    replay(claim, steps, library.theorem, search)
    return Derivation(name, *stated(claim), steps, search.found, search.table)


def written(file: str) -> str:
    """The text of the derivations of a proof file, with certificates that are searched for anew."""
    head = f"// The steps of proofs/{file}.py with their certificates, as «focal-symbolic claims --write» writes them.\n"
    names = [name for name, result in library.results().items() if name.split("/")[0] == file and result.claim.kind != "open"]
    return "\n".join([head, *map(_text_of, names)])


def _text_of(name: str) -> str:
    return f"{lines_text(library.written(name).lines)}\n{text_of(derivation(name, searched=True))}"


def judged(names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The verdicts of the judge on these claims and on all that they rest on."""
    return dict(verdicts(names))


def verdicts(names: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same, each as it comes: first what cannot be handed to the judge, then what it proves, at last what it does not.

    A claim that it refuses with the certificates that are kept goes to it once more, with certificates that are searched for.
    One on which it gives no verdict, because it has ended early, has failed.
    """
    failed: dict[str, dict[str, Any]] = {}
    texts = {name: text for name in _ordered(names, failed) if (text := _handed(name, failed)) is not None}
    yield from failed.items()
    unproved: dict[str, dict[str, Any]] = {}
    for name, verdict in _process(texts):
        if verdict["verdict"] == "proved":
            yield name, verdict
        else:
            unproved[name] = verdict
    failed = {}
    refused = {name for name, verdict in unproved.items() if verdict["verdict"] == "failed"}
    searched = {name: text for name in refused if (text := _handed(name, failed, searched=True)) is not None}
    if searched:
        unproved |= {name: verdict for name, verdict in _process(texts | searched) if name in unproved}
    for name, verdict in (unproved | failed).items():
        yield name, verdict | ({"verdict": "failed"} if verdict["verdict"] == "missing" else {})


def _handed(name: str, failed: dict[str, dict[str, Any]], searched: bool = False) -> str | None:
    """The text of a derivation; None, and told in `failed`, where it cannot be written."""
    try:
        return _text(derivation(name, searched))
    except Exception as error:
        failed[name] = _failed(name, error)
        return None


def _ordered(names: Iterable[str], verdicts: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    """The claims, each after what it rests on; one whose derivation cannot be built is refused here."""
    found: dict[str, None] = {}
    for name in names:
        try:
            found |= dict.fromkeys(library.in_order([name]))
        except Exception as error:
            verdicts[name] = _failed(name, error)
    return tuple(found)


def _text(d: Derivation) -> str:
    """The text of a derivation. Raises Rejected where it does not read back as one derivation of the same statement.

    A proof file's names and rules are any text, lines that end the claim or change its goal included.
    """
    text = text_of(d)
    said = [(back.name, back.assumptions, back.goal) for back in read_derivations(text)]
    if said != [(d.name, d.assumptions, d.goal)]:
        raise Rejected(f"{d.name}: the text of the derivation is of another statement than the claim.")
    return text


def told(error: BaseException) -> str:
    """What an error says, on one line: all of it where the writer of a page tells what is missing."""
    lines = str(error).strip().splitlines() or ["no message"]
    return " ".join(map(str.strip, lines)) if isinstance(error, NotShown) else lines[0]


def _failed(name: str, error: BaseException) -> dict[str, Any]:
    return {"name": name, "verdict": "failed", "reason": f"{type(error).__name__}: {told(error)}"}


PYTHON, ENVIRONMENT = sys.executable, {**os.environ}
"""With which the judge is started: as they were before any page was read. A page is code, and may change both."""

ALONE = """
import sys, types
package = types.ModuleType("focal_symbolic")
package.__path__ = [sys.argv[1]]
sys.modules["focal_symbolic"] = package
from focal_symbolic.logic.judge import run
raise SystemExit(run())
"""
"""The judge without the rest of the package, which would bring SymPy and NumPy along."""


def _process(texts: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The verdicts of the judge on texts, each after those that it rests on, as they come; at last what it has not come to."""
    if not texts:
        return
    left = dict.fromkeys(texts)
    alone = ["-P", "-c", ALONE, str(Path(__file__).parents[1])]  # -P: no module from where it is called
    with TemporaryFile("w+", encoding="utf-8") as source, TemporaryFile("w+", encoding="utf-8") as errors:
        source.write(f"{declared_text(declarations())}\n{HEADING}\n{''.join(texts.values())}")
        source.seek(0)
        process = Popen([PYTHON, *alone], stdin=source, stdout=PIPE, stderr=errors, env=ENVIRONMENT, encoding="utf-8")
        try:
            for line in process.stdout or ():
                verdict = json.loads(line) if line.endswith("\n") else {}
                if (name := verdict.get("name")) in left:
                    del left[name]
                    yield name, _of_the_claim(name, verdict)
            process.wait()
        finally:
            process.kill()  # where nobody waits for the others
            process.communicate()
        errors.seek(0)
        ending = (errors.read().strip().splitlines() or [f"exit code {process.returncode}"])[-1]
    for name in left:
        error = FocalError(f"{name}: the judge has ended without a verdict ({ending}).")
        yield name, _failed(name, error) | {"verdict": "missing"}


def _of_the_claim(name: str, verdict: dict[str, Any]) -> dict[str, Any]:
    """The verdict, if what was proved is the claim itself; the text between could have said something else."""
    if verdict["verdict"] != "proved":
        return verdict
    assumptions, goal = stated(library.result(name).claim)
    known = {a.digest.hex() for a in assumptions}
    if verdict["goal"] == goal.digest.hex() and known.issuperset(verdict["hypotheses"]):
        return verdict
    return _failed(name, Rejected(f"{name}: the judge has proved another statement than the claim."))
