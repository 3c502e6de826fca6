"""What a run found, as a tree: a branch for each proof file with its main theorem, below it the claims that are asked for.

What is stated and not proved stands apart, each statement with the evidence that there is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rich.cells import cell_len as cells

from focal_symbolic.claims.claim import Result
from focal_symbolic.claims.verify import ClaimOutcome, Report
from focal_symbolic.commands.screen import padded, together, wrapped
from focal_symbolic.numbers.decimals import brief
from focal_symbolic.prose import prose, sentence

__all__ = ["Line", "closest", "mark", "tree"]

GOOD, BAD, PLAIN, FAINT = "green", "red", "", "dim"


class Line(NamedTuple):
    """A line on the screen with its style, as rich names it."""

    text: str
    style: str = PLAIN


@dataclass(frozen=True)
class Branch:
    """The claims of one proof file that were verified; `main`: the name of its main theorem."""

    file: str
    outcomes: tuple[ClaimOutcome, ...]
    main: str | None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with any of them."""
        return all(outcome.sound for outcome in self.outcomes)


def branches(report: Report, results: Sequence[Result]) -> list[Branch]:
    """What is asserted, by file, those with failures first, each group in the order of the run."""
    mains = {result.name for result in results if result.main}
    files: dict[str, list[ClaimOutcome]] = {}
    for outcome in report.theorems:
        files.setdefault(outcome.name.split("/")[0], []).append(outcome)
    found = [
        Branch(file, tuple(some), next((one.name for one in some if one.name in mains), None)) for file, some in files.items()
    ]
    return sorted(found, key=lambda branch: branch.sound)


def tree(report: Report, results: Sequence[Result], opened: Collection[str], columns: int) -> Iterator[Line]:
    """The lines of the tree, failures first and unfolded; the claims that are `opened`, else the main theorem alone.

    Open statements come last, unless one of them fails.
    """
    found = branches(report, results)
    longest = max((cells(branch.file) for branch in found), default=0)
    explained = any(one.sound and one.fuzz.closest for one in report.open)
    conjectures = [*_conjectures(report.open, longest, columns)]
    if not all(one.sound for one in report.open):
        yield from conjectures
        conjectures = []
    for branch in found:
        head = f"{'✓' if branch.sound else '✗'} {padded(branch.file, longest)}"
        yield from _fitted(head, [_count(branch.outcomes, "claim"), *_legs(branch.outcomes)], columns, _style(branch.sound))
        main = next((one for one in branch.outcomes if one.name == branch.main), None)
        if main is not None:
            yield from (Line(text) for text in wrapped(sentence(main.statement), columns, "    "))
            yield from (Line(text, FAINT) for text in wrapped(_cites(main), columns, "    "))
        for outcome in branch.outcomes:
            if not outcome.sound:
                yield from _failure(outcome, outcome is main, columns)
            elif outcome.name in opened:
                explained = explained or bool(outcome.fuzz.closest)
                yield from _claim(outcome, outcome is main, columns)
    yield from conjectures
    told = {reason for outcome in report.outcomes for reason in outcome.reasons}
    for reason in report.reasons:
        if reason not in told:
            yield from (Line(text, BAD) for text in wrapped(reason, columns, later="  "))
    if explained:
        text = "closest: the random case that came nearest to failing, with the relative room that it left"
        yield from (Line(text, FAINT) for text in ["", *wrapped(text, columns)])


# -- a branch ----------------------------------------------------------------------------------------------------------------


def _style(sound: bool) -> str:
    return GOOD if sound else BAD


def _count(every: Sequence[ClaimOutcome], word: str) -> str:
    return f"{len(every):>2} {word}{' ' if len(every) == 1 else 's'}"


def _legs(every: Sequence[ClaimOutcome]) -> list[str]:
    """What each leg found, in words; how many of how many, where it is not all of them. What is open has no derivation."""
    legs = []
    if derived := [one.derivation.verdict == "proved" for one in every if one.derivation is not None]:
        legs.append(_all("proved", derived))
    legs.append(_all("enclosed", [one.precision.verdict == "passed" for one in every]))
    legs.append(_all("fuzzed", [one.fuzz.verdict == "passed" for one in every]))
    twins = sum(_twin_refused(one) for one in every)
    of = "" if twins == len(every) else f" of {len(every)}"
    legs.append(f"refuted {twins}{of} twin{'' if len(every) == 1 else 's'}")
    by_coq = [one.coq for one in every if one.coq is not None]
    if by_coq and all(one.verdict == "absent" for one in by_coq):
        legs.append("no Coq")
    elif by_coq:
        legs.append(_all("Coq", [one.verdict == "proved" for one in by_coq]))
    return legs


def _twin_refused(outcome: ClaimOutcome) -> bool:
    """Whether each leg that was asked refused the twin."""
    legs = 3 + (outcome.coq is not None) - (outcome.kind == "open")
    return len(outcome.twin.refuted_by) == legs


def _all(word: str, found: Sequence[bool]) -> str:
    return word if all(found) else f"{word} {sum(found)} of {len(found)}"


def _fitted(head: str, parts: Sequence[str], columns: int, style: str) -> Iterator[Line]:
    """A heading and its parts on one line, or on as many as it takes, broken between parts."""
    count, *legs = parts
    line = f"{head}  {count}  {' · '.join(legs)}"
    if cells(line) <= columns:
        yield Line(line, style)
        return
    yield Line(f"{head}  {count.rstrip()}", style)
    joined = " ".join([*(f"{together(leg)} ·" for leg in legs[:-1]), together(legs[-1])])
    yield from (Line(text, style) for text in wrapped(joined.replace(" ·", "\N{NO-BREAK SPACE}·"), columns, "    "))


def _cites(outcome: ClaimOutcome) -> str:
    """The classical theorems that a claim leans on."""
    derived = outcome.derivation
    if derived is None or derived.verdict != "proved":
        return "not proved"
    names = [cited.split(" (")[0] for cited in derived.cited]
    return f"cites: {'; '.join(map(prose, names))}" if names else "cites nothing"


# -- a claim -----------------------------------------------------------------------------------------------------------------


def mark(outcome: ClaimOutcome) -> str:
    """✓ for verified, ○ for an open claim whose checks agree, ✗ for anything else."""
    return "✗" if not outcome.sound else "✓" if outcome.verified else "○"


def _claim(outcome: ClaimOutcome, main: bool, columns: int) -> Iterator[Line]:
    """A claim that holds: its name and sentence, and what each leg did."""
    yield Line(f"    {mark(outcome)} {outcome.name}{' ★' if main else ''}")
    if not main:
        yield from (Line(text) for text in wrapped(sentence(outcome.statement), columns, "      "))
    yield from (Line(text, FAINT) for text in wrapped(_evidence(outcome), columns, "      "))


def _conjectures(every: Sequence[ClaimOutcome], longest: int, columns: int) -> Iterator[Line]:
    """What is stated and not proved: each statement, failures first, with what balls and random cases say of it."""
    if not every:
        return
    sound = all(one.sound for one in every)
    head = f"{'○' if sound else '✗'} {padded('open', longest)}"
    yield from _fitted(head, [_count(every, "statement"), *_legs(every)], columns, PLAIN if sound else BAD)
    yield from (Line(text) for text in wrapped("Stated and not proved; counted among no claims.", columns, "    "))
    for outcome in sorted(every, key=lambda one: one.sound):
        yield from _claim(outcome, False, columns) if outcome.sound else _failure(outcome, False, columns)


def _evidence(outcome: ClaimOutcome) -> str:
    """What each leg of a claim did, and how near the fuzz came."""
    told = []
    if (derived := outcome.derivation) is not None:
        kinds = ", ".join(sorted(derived.evidence, key=("exact", "enclosed", "cited").index))
        told.append(f"{derived.steps} step{'' if derived.steps == 1 else 's'} ({kinds})")
    if outcome.coq is not None:
        told.append("Coq " + (f"{outcome.coq.seconds:.1f} s" if outcome.coq.verdict == "proved" else outcome.coq.verdict))
    told.append(f"{outcome.precision.checks} check{'' if outcome.precision.checks == 1 else 's'}")
    told.append(f"{outcome.fuzz.examples} examples")
    told.append(f"{outcome.seconds:.1f} s")
    near = closest(outcome.fuzz.to_json(), 60)
    return " · ".join(map(together, told)) + (f" · {together(f'closest {prose(near)}', 60)}" if near else "")


def _failure(outcome: ClaimOutcome, main: bool, columns: int) -> Iterator[Line]:
    """A claim with something wrong: what it says, what each leg says, and the command that shows more."""
    yield Line(f"    ✗ {outcome.name}{' ★' if main else ''}", BAD)
    if not main:
        yield from (Line(text) for text in wrapped(sentence(outcome.statement), columns, "      "))
    for reason in outcome.reasons:
        yield from (Line(text, BAD) for text in wrapped(reason, columns, "      ✗ ", "        "))
    yield Line(f"      focal-symbolic show {outcome.name}")


def closest(leg: dict[str, Any], room: int) -> str:
    """The case of the fuzz in which the goal came closest to failing: the relative room left, and as much as fits of where.

    The JSON report has it in full.
    """
    call = leg.get("closest") or {}
    case = call.get("case", {} if "slack" in call else call)
    values = ", ".join(f"{name} = {brief(value)}" for name, value in case.items())
    text = f"{call['slack']} at {values}" if "slack" in call else values
    if len(text) <= room:
        return text
    return str(call["slack"]) if "slack" in call else ""
