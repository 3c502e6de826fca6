"""What the pages of the book say of a run: each claim with all that it rests on, each proof file, and what is trusted."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup
from sympy import oo

from focal_symbolic.claims import coq, library
from focal_symbolic.claims.abbreviations import Letters, abbreviations
from focal_symbolic.claims.claim import Boxes, Claim, Result
from focal_symbolic.claims.lines import Line, Use, lines, module_of, replacements, sections
from focal_symbolic.claims.printing import line, named, stated
from focal_symbolic.claims.verify import ClaimOutcome, Report
from focal_symbolic.errors import Rejected
from focal_symbolic.logic.coq.project import Project, identifier
from focal_symbolic.logic.display import show
from focal_symbolic.logic.doors import read
from focal_symbolic.logic.kernel import Citation, rules
from focal_symbolic.logic.terms import Term
from focal_symbolic.report.map import Map, drawn
from focal_symbolic.report.mathml import abbreviated, definition, inverse, listed, math, statement, supposed
from focal_symbolic.report.states import STATED, State, least, states
from focal_symbolic.report.words import slug

__all__ = ["ClaimPage", "Contents", "FilePage", "Shown"]


@dataclass(frozen=True)
class Shown:
    """A line of a derivation, set. `as_judged`: the judge's own words, where SymPy merges what the judge keeps apart."""

    number: int
    says: Markup
    as_judged: str
    rule: str
    lemma: str
    uses: tuple[tuple[Use, Markup, Markup, Markup], ...]
    arguments: tuple[tuple[str, Markup], ...]
    since: tuple[Markup, ...]
    supposing: tuple[Markup, ...]

    @classmethod
    def of(cls, one: Line, names: Letters) -> Shown:
        """The line with its statements set; `names` are letters that stand for expressions."""

        def short(t: Term) -> Markup:
            return math(t, names)

        uses = tuple(
            (use, listed(map(short, use.at)), short(use.says), _argument("" if use.weight is None else use.weight, short))
            for use in one.uses
        )
        return cls(
            one.number,
            statement(one.says, names),
            "" if read(stated(one.says)) is one.says else show(one.says),
            one.rule,
            one.lemma,
            uses,
            tuple(
                (key, _argument(value, short, "" if place == len(one.arguments) else ";"))
                for place, (key, value) in enumerate(one.arguments, start=1)
            ),
            tuple(map(short, one.since)),
            tuple(map(short, one.supposing)),
        )


def _argument(value: Any, short: Callable[[Term], Markup], end: str = "") -> Markup:
    """An argument of a rule: a term, a name, a tuple of them, or the pairs of a replacement; `end`: what stands behind it."""
    if isinstance(value, Term):
        return listed([short(value)], end)
    if (pairs := replacements(value)) is not None:
        pair = Markup('<span class="kept">{} := {}</span>')
        return listed((pair.format(math(of), short(to)) for of, to in pairs), end)
    if isinstance(value, tuple):
        return listed((_argument(one, short) for one in value), end)
    return Markup.escape(f"{value}{end}")


def _power(number: Any) -> str:
    """A number in a few digits, one that is far from 1 as a power of ten."""
    return re.sub(r"^1e([+-])0*(\d+)$", lambda found: f"10^({found[1].strip('+')}{found[2]})", f"{float(number):g}")


@dataclass(frozen=True)
class ClaimPage:
    """The page of a claim: what is stated and how it was judged."""

    result: Result
    outcome: ClaimOutcome
    contents: Contents

    @property
    def name(self) -> str:
        """The claim, as file/function."""
        return self.result.name

    @property
    def claim(self) -> Claim:
        """The claim itself."""
        return self.result.claim

    @property
    def file(self) -> str:
        """The proof file."""
        return self.name.split("/")[0]

    @property
    def short(self) -> str:
        """The name without that of the file."""
        return self.name.split("/", 1)[-1]

    @property
    def path(self) -> str:
        """Where the page stands in the book."""
        return f"claims/{slug(self.file)}/{slug(self.short)}.html"

    @property
    def state(self) -> State:
        """How far it has come."""
        return self.contents.states[self.name]

    @property
    def idea(self) -> str:
        """What the proof says of itself."""
        return inspect.getdoc(self.result.proof) or ""

    @property
    def goal(self) -> Markup:
        """What is shown."""
        return statement(self.claim.proposition, self.short_for)

    @cached_property
    def short_for(self) -> Letters:
        """Letters for what the goal says again and again."""
        return abbreviations(self.claim.proposition)

    @property
    def hypotheses(self) -> list[Markup]:
        """What is supposed, a line for each variable."""
        return supposed(self.claim)

    @cached_property
    def lines(self) -> list[Shown]:
        """The derivation; none where there is none."""
        return [Shown.of(one, self.short_for) for one in lines(self.claim, self.contents.steps(self.result))]

    @cached_property
    def names(self) -> list[Markup]:
        """The formulas that the page uses by their names."""
        said = [one.says for one in lines(self.claim, self.contents.steps(self.result))]
        stands = [self.claim.proposition, self.result.falsehood.proposition, *self.claim.assumptions]
        used = "\n".join([*map(line, stands), *map(line, map(stated, said))])
        found = [definition(name, formula) for name, formula in named(used)]
        return [*abbreviated(self.short_for), *found, *([inverse()] if "φ⁻¹" in used else [])]

    @property
    def box(self) -> list[Markup]:
        """The intervals on whose product balls decide the goal; empty where they decide the hard cases."""
        enclosure = self.result.enclosure
        if not isinstance(enclosure, Boxes):
            return []
        ends = Markup('<span class="kept">{} ∈ [{},</span> <span class="kept">{}]</span>')
        return [ends.format(*map(math, interval)) for interval in enclosure.intervals]

    @property
    def drawn(self) -> str:
        """How random cases are drawn."""
        low, high = self.result.fuzz.gamma
        ends = f"{_power(low)} ≤ γ ≤ {_power(high)}" if high != oo else f"γ ≥ {_power(low)}"
        return f"up to {self.result.fuzz.letters} letters, {ends}"

    @property
    def cited(self) -> list[Citation]:
        """The classical theorems that it leans on."""
        derived = self.outcome.derivation
        return [self.contents.citation(text) for text in (derived.cited if derived else ())]

    @property
    def rests(self) -> list[str]:
        """The claims that the derivation uses directly."""
        return sorted(self.contents.below.get(self.name, ()))

    @property
    def used(self) -> list[str]:
        """The claims of the run whose derivations use this one directly."""
        return sorted(name for name, below in self.contents.below.items() if self.name in below)

    @property
    def twin_goal(self) -> Markup:
        """What the false twin says otherwise: its goal."""
        return statement(self.result.falsehood.proposition, self.short_for)

    @property
    def twin_hypotheses(self) -> list[Markup]:
        """What the false twin supposes, where it is that which makes it false."""
        return [] if self.result.twin.goal is not None else supposed(self.result.falsehood)

    @property
    def by_coq(self) -> str:
        """The statement in Coq."""
        return self.contents.in_coq.get(self.name, "")

    @property
    def left(self) -> str:
        """What its proof file says is not covered."""
        module = module_of(self.result)
        return sections(module).get("Not covered", "") if module else ""


@dataclass(frozen=True)
class FilePage:
    """The page of a proof file: its main theorem and its claims, with the map of these."""

    file: str
    claims: tuple[ClaimPage, ...]

    @property
    def path(self) -> str:
        """Where the page stands in the book."""
        return f"results/{slug(self.file)}.html"

    @property
    def picture(self) -> str:
        """Where its picture stands in the book, if it has one."""
        return f"pictures/{slug(self.file)}.svg"

    @property
    def title(self) -> str:
        """The file as words."""
        words = re.sub("(cross|over) (?=entropy|suppression)", r"\1-", self.file.replace("_", " "))
        return words[:1].upper() + words[1:]

    @property
    def main(self) -> ClaimPage | None:
        """The main theorem."""
        return next((one for one in self.claims if one.result.main), None)

    @property
    def state(self) -> State:
        """That of the claim that has come least far."""
        return least(one.state for one in self.claims)

    @property
    def sections(self) -> dict[str, str]:
        """What the file says of itself."""
        module = module_of(self.claims[0].result)
        told = sections(module) if module else {}
        return {name: re.sub(r"^own(?=[;.]|$)", "This project", text) for name, text in told.items()}

    @cached_property
    def map(self) -> Map:
        """What rests on what among its claims, and on which of others."""
        below = self.claims[0].contents.below
        own = {one.name: below.get(one.name, ()) for one in self.claims}
        return drawn({**dict.fromkeys((name for names in own.values() for name in names), ()), **own})


class Contents:
    """All that the book shows of a run."""

    def __init__(self, report: Report, results: Mapping[str, Result]) -> None:
        self.report = report
        self.broken: dict[str, str] = {}
        self._steps: dict[str, Any] = {}
        outcomes = [(results[outcome.name], outcome) for outcome in report.outcomes]
        self.below = {result.name: self._lemmas(result) for result, _ in outcomes}
        self.states = states(report.outcomes, self.below)
        self.claims = {result.name: ClaimPage(result, outcome, self) for result, outcome in outcomes}
        files: dict[str, list[ClaimPage]] = {}
        for page in self.claims.values():
            files.setdefault(page.file, []).append(page)
        self.files = {file: FilePage(file, tuple(some)) for file, some in files.items()}
        self._cites = {f"{c.name} ({c.reference})": c for rule in rules.values() for c in rule.cites}

    def steps(self, result: Result) -> Any:
        """The derivation of a result; empty where it has none, and `broken` says why."""
        if result.name not in self._steps:
            self._steps[result.name] = ()
            if result.claim.kind != "open":
                try:
                    self._steps[result.name] = library.steps_of(result)
                except Rejected as error:
                    self.broken[result.name] = str(error)
        return self._steps[result.name]

    def _lemmas(self, result: Result) -> tuple[str, ...]:
        used = (dict(step.arguments)["name"] for step in self.steps(result) if step.rule == "lemma")
        return tuple(dict.fromkeys(used))

    def state(self, name: str) -> State:
        """How far a claim has come, of the run or not."""
        return self.states.get(name, STATED)

    def citation(self, text: str) -> Citation:
        """A cited theorem, by its name and reference as a report has them."""
        return self._cites.get(text) or Citation(text, "", "")

    @cached_property
    def cited(self) -> dict[Citation, list[ClaimPage]]:
        """The theorems cited in the run, with the claims that lean on them."""
        found: dict[Citation, list[ClaimPage]] = {}
        for page in self.claims.values():
            for cited in page.cited:
                found.setdefault(cited, []).append(page)
        return dict(sorted(found.items()))

    @cached_property
    def map(self) -> Map:
        """What rests on what among the proof files of the run."""
        below: dict[str, set[str]] = {file: set() for file in self.files}
        for name, used in self.below.items():
            file = name.split("/")[0]
            below[file] |= {other for one in used if (other := one.split("/")[0]) != file and other in below}
        return drawn(below)

    @cached_property
    def project(self) -> Project:
        """The claims of the run as a Coq project."""
        known = library.results()
        return coq.project(name for name, page in self.claims.items() if known.get(name) is page.result)

    @cached_property
    def in_coq(self) -> dict[str, str]:
        """The statement of each claim in Coq, where it could be written."""
        said = coq.vocabulary()
        return {
            claim.name: f"Definition {identifier(claim.name)} : Prop :=\n{claim.readable(said)}."
            for claim in self.project.claims
            if claim.name in self.claims
        }

    @property
    def axioms(self) -> list[str]:
        """The axioms that Coq named in this run."""
        return sorted({axiom for one in self.report.outcomes if one.coq for axiom in one.coq.axioms})

    @property
    def coq_said(self) -> str:
        """What became of Coq in this run: «judged», «absent», or «not asked»."""
        told = {one.coq.verdict for one in self.report.outcomes if one.coq}
        return "not asked" if not told else "absent" if told == {"absent"} else "judged"
