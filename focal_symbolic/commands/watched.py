"""A run of `verify` as one watches it: progress on a terminal while it lasts, then the tree and the verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from focal_symbolic.claims import library
from focal_symbolic.claims.alike import alike
from focal_symbolic.claims.claim import Result
from focal_symbolic.claims.coq import outcomes
from focal_symbolic.claims.verify import ClaimOutcome, Report, verify
from focal_symbolic.claims.verify.journal import Journal
from focal_symbolic.commands.processes import workers
from focal_symbolic.commands.screen import width, wrapped
from focal_symbolic.commands.tree import BAD, GOOD, Line, tree
from focal_symbolic.errors import FocalError
from focal_symbolic.logic.coq.compiler import Built

__all__ = ["run"]

SEVERAL = 40
"""So many claims are no page that somebody writes."""


class _Watched:
    """What is done so far, told to a bar if there is one."""

    def __init__(self, bar: Progress | None, total: int, journal: Journal | None) -> None:
        self.journal, self.done = journal, 0 if journal is None else len(journal.known)
        self.total, self.bar = total, bar
        told = f"{total - self.done} claims at work"
        self.task = bar.add_task(told, total=total, completed=self.done) if bar is not None else None

    def claim(self, outcome: ClaimOutcome) -> None:
        """A claim is done; one that fails is told at once and stays."""
        self.done += 1
        if self.journal is not None:
            self.journal.keep(outcome)
        if self.bar is not None and self.task is not None:
            self.bar.update(self.task, advance=1, description=f"{'✓' if outcome.sound else '✗'} {outcome.name}")
            if not outcome.sound:
                _print(self.bar.console, Line(f"✗ {outcome.name}", BAD))

    def compiled(self, path: str, built: Built) -> None:
        """Coq is done with a file."""
        if self.bar is not None and self.task is not None:
            self.bar.update(self.task, description=f"Coq {'✓' if built.status == 'compiled' else '✗'} {path}")


@contextmanager
def _watch(console: Console, total: int, journal: Journal | None) -> Iterator[_Watched]:
    """Progress on a terminal; nothing elsewhere. Raises KeyboardInterrupt with what was done when the run is interrupted."""
    columns = (SpinnerColumn(), BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    bar = Progress(*columns, console=console, transient=True) if console.is_terminal else None
    with bar if bar is not None else nullcontext():
        watched = _Watched(bar, total, journal)
        try:
            yield watched
        except KeyboardInterrupt as error:
            more = "." if journal is None else f"; --resume {journal.path} goes on from there."
            raise type(error)(f"interrupted after {watched.done} of {total} claims{more}") from None


def run(
    console: Console,
    results: Sequence[Result],
    everything: bool,
    *,
    examples: int,
    dps: int,
    seed: int,
    jobs: int,
    coq: bool = False,
    opened: Collection[str] = (),
    resume: Path | None = None,
) -> Report:
    """Verify the results with live progress on a terminal; then the tree of what was found, and the verdict.

    `everything`: the results are meant to be the whole library, so that a claim missing from it is a failure. `coq`: Coq is
    asked as well, first. `opened`: files and claims of which each claim is shown. `resume`: where a run that was interrupted is
    kept, and this one is.
    """
    given: dict[str, Any] = {"examples": examples, "dps": dps, "seed": seed}
    if everything:
        given["expected"] = listed()
    journal = None if resume is None else Journal(resume, results, examples=examples, dps=dps, seed=seed, coq=coq)
    if journal is not None:
        given["known"] = journal.known
        if journal.stale:
            _print(console, Line(f"{resume} is of other sources or libraries; every claim is verified anew", ""))
    most = min(jobs, len(results) - len(given.get("known", ())))
    with _watch(console, len(results), journal) as watched:
        second = partial(outcomes, jobs=jobs, progress=watched.compiled) if coq else None
        with workers(most) if most > 1 else nullcontext(None) as executor:
            report = verify(results, progress=watched.claim, coq=second, executor=executor, **given)
    columns = width(console.file)
    for line in tree(report, results, opened, columns):
        _print(console, line)
    for note in _notes(results, opened):
        for text in wrapped(note, columns, later="  "):
            _print(console, Line(text, ""))
    for text in ["", *wrapped(report.sentence, columns, later="  ")]:
        _print(console, Line(text, GOOD if report.verified else BAD))
    return report


def _notes(results: Sequence[Result], opened: Collection[str]) -> Iterator[str]:
    """A line for each claim of those shown that another states as well."""
    for result in results if 0 < len(opened) < SEVERAL else ():
        try:
            same = alike(result)
        except Exception:  # it cannot be said in the language, which its derivation tells
            continue
        if same:
            yield f"note: {result.name} states what {same[0]} states; use that by proof.use, or state more."


def listed() -> tuple[str, ...]:
    """The names in claims.txt.

    Raises: FocalError if there is no such file.
    """
    try:
        return library.expected_names()
    except FileNotFoundError:
        raise FocalError("the list of claims, claims.txt, is missing; write it with focal-symbolic claims --write.") from None


def _print(console: Console, line: Line) -> None:
    console.print(Text(line.text, line.style), soft_wrap=True)
