"""What a search that failed says: what is unknown, which facts are nearest, and what would be enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from focal_symbolic.claims.printing import line as printed
from focal_symbolic.claims.printing import stated
from focal_symbolic.claims.writer.inference import Line, Missing
from focal_symbolic.claims.writer.known import Known, names_in
from focal_symbolic.errors import Rejected
from focal_symbolic.logic.arithmetic import same
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.kernel import MOST_PREMISES, Step, conclude
from focal_symbolic.logic.rules.common import given
from focal_symbolic.logic.search.finder import Finder
from focal_symbolic.logic.search.needed import terms_of
from focal_symbolic.logic.signs import MASK, NEG, NIL, POS
from focal_symbolic.logic.terms import (
    ONE,
    RELATIONS,
    STATEMENT,
    ZERO,
    Term,
    add,
    le,
    lt,
    mul,
    ne,
    slack,
    sub,
)

__all__ = ["explained", "short"]

MOST_TRIED, WIDTH = 24, 200
_METHOD = {"combination": "combine", "lemma": "use", "sum_terms": "sum"}
_SIGNS = {NEG: "-", NIL: "0", POS: "+"}


def short(t: Term) -> str:
    """The text of a statement or number, formulas by their names, cut where it is long."""
    text = printed(stated(t))
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 2]} …"


def explained(known: Known, line: Line, error: Missing, method: str) -> str:
    """Why no premises give a line that a method of the writer needs: a few sentences, one a line."""
    own = _METHOD.get(line.rule, line.rule) == method.removeprefix("by ")
    head = f"proof.{method.replace('by ', 'by, ')} {'does not show' if own else 'needs'} «{short(line.conclusion)}»."
    return "\n  ".join(part for part in _Failure(known, line, error).told(head) if part)


class _Failure:
    """One line that is not shown, with all that is known of what it speaks of."""

    def __init__(self, known: Known, line: Line, error: Missing):
        self.known, self.line, self.error = known, line, error
        related = known.related(known.without(line.bound), line.names)
        self.nodes = [*line.fixed, *(node for node in related if node not in line.fixed)][: MOST_PREMISES - 2]
        self.context: Context = given(known.ledger.answers, *map(known.ledger.theorem, self.nodes))
        self.finder = Finder(self.context)

    def told(self, head: str) -> Iterator[str]:
        """The sentences."""
        line = self.line
        if line.rule in ("lemma", "instance") and self.error.hypothesis is not None:
            name = dict(line.arguments).get("name", "the line")
            yield f"to use {name}, «{short(self.error.hypothesis)}» must hold."
            yield from self.unknown(self.error.hypothesis)
            return
        yield head
        spoken = (line.conclusion, *terms_of(line.arguments))
        missing = next((c for t in spoken if (c := self.context.undefined(t)) is not None), None)
        if missing is not None:
            yield f"Not known: «{short(missing)}», without which it is not defined."
            yield from self.unknown(missing)
        elif line.rule == "sign" and line.conclusion.op in RELATIONS:
            yield from self.unknown(line.conclusion)
        elif line.rule == "combination":
            yield from self.combination()
        else:
            yield f"{self.error}"

    def unknown(self, s: Term) -> Iterator[str]:
        """The parts of a statement whose sign is not known, facts about them, and what would be enough."""
        relation = next(_relations(s), None)
        if relation is None:
            return
        difference = slack(relation)
        culprits = self.culprits(difference)
        yield f"The sign of {short(difference)} is not known here: {self.signs(difference)}."
        yield from (f"Unknown: the sign of {short(part)}, {self.signs(part)}." for part in culprits if part is not difference)
        yield self.nearest((culprits or [difference])[0])
        yield self.enough(s, culprits or [difference])

    def combination(self) -> Iterator[str]:
        """A weight whose sign is not known, or what is left over."""
        weights = dict(self.line.arguments)["weights"]
        pairs = list(zip(weights, self.line.fixed, strict=False))
        for w, f in pairs:
            if f.conclusion.op in ("lt", "le") and not self.context.sign(w, POS | NIL):
                yield f"The weight of «{short(f.conclusion)}» is not known to be nonnegative."
                yield from self.unknown(le(ZERO, w))
                return
        if self.line.conclusion.op not in ("lt", "le", "eq"):
            yield f"{self.error}"
            return
        left = sub(slack(self.line.conclusion), add(*(mul(w, slack(f.conclusion)) for w, f in pairs)))
        form = next((f for f, _ in self.finder.normal.forms(left)), left)
        if form is ZERO or self.finder.normal.equal(left, ZERO) is not None:
            yield "The weights give it only as a weak inequality: no strict line has a weight that is known to be positive."
        else:
            yield f"What is left over, with the weights as they stand: {short(form)}."

    # -- parts, facts, remedies

    def signs(self, e: Term) -> str:
        """The signs that a number may have."""
        mask, _ = self.finder.signs.of(e)
        return f"{{{', '.join(text for bit, text in _SIGNS.items() if mask & bit)}}}"

    def culprits(self, e: Term, depth: int = 3) -> list[Term]:
        """The smallest parts of a number whose sign is not known."""
        found: list[Term] = []
        parts = e.args if e.op in ("add", "mul") else e.args[:1] if e.op in ("ipow", "rpow") else ()
        for part in parts:
            mask, _ = self.finder.signs.of(part)
            if depth and mask & (mask - 1) and not (e.op == "mul" and mask == POS | NIL):
                found += self.culprits(part, depth - 1) or [part]
        return list(dict.fromkeys(found))

    def nearest(self, e: Term) -> str:
        """The facts that speak most of what a number speaks of."""
        own = names_in(e)
        facts = [n for n in self.known.related(self.known.nodes, own) if names_in(n.conclusion) & own]
        if facts:
            return f"Nearest facts: {'; '.join(short(node.conclusion) for node in facts[:4])}."
        return f"No fact here speaks of {', '.join(sorted(name for _, name in own))}." if own else ""

    def enough(self, s: Term, about: Sequence[Term]) -> str:
        """A simple fact with which the line would hold, if one is found."""
        numbers = list(dict.fromkeys(a for e in about for a in (e, *_atoms(e))))
        ways = [way for a in numbers for way in (le(ZERO, a), le(a, ZERO), lt(ZERO, a), lt(a, ZERO), ne(a, ZERO))]
        ways += [way for a in numbers if a.op in ("var", "entry") for way in (le(a, ONE), lt(a, ONE))]
        new = (way for way in ways if self._is_news(way, s))
        return next((f"It would follow from {short(way)}." for way in islice(new, MOST_TRIED) if self._would(s, way)), "")

    def _is_news(self, way: Term, s: Term) -> bool:
        """Whether a fact may hold here, and is not what is to be shown."""
        mask, _ = self.finder.signs.of(slack(way))
        plain = any(a.op in ("var", "entry") for a in way.args)
        return bool(mask & MASK[way.op]) and (plain or not any(same(slack(way), slack(r)) for r in _relations(s)))

    def _would(self, s: Term, way: Term) -> bool:
        more = self.known.ledger.node("hypothesis", way)
        nodes = [*self.nodes, more]
        if s is not self.line.conclusion or self.line.rule in ("lemma", "instance"):
            return given(self.known.ledger.answers, *map(self.known.ledger.theorem, nodes)).shows(s)
        try:
            step = Step(self.line.rule, self.line.conclusion, (), self.line.arguments)
            conclude(step, [*map(self.known.ledger.theorem, nodes)], self.known.ledger.lemmas, self.known.ledger.answers)
        except Rejected:
            return False
        return True


def _relations(s: Term) -> Iterator[Term]:
    """The relations that a statement is made of."""
    if s.op in RELATIONS:
        yield s
    elif s.sort == STATEMENT and s.op in ("and", "or", "implies"):
        for a in s.args:
            yield from _relations(a)


def _atoms(e: Term) -> Iterator[Term]:
    """The variables, entries and logarithms in a number."""
    if e.op in ("var", "entry", "log"):
        yield e
    for part in e.terms:
        if part.sort == e.sort:
            yield from _atoms(part)
