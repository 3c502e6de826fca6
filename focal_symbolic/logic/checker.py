"""The checker of certificates: signs, statements and identities.

A certificate is input (certificates.py), and what it says of itself is not believed: the checker computes what it shows. Every
term that it brings is closed and has its conditions among those that are known, so that nothing undefined can stand in
the middle of an argument. The checker has no state: what is in force at a node (equations, statements shown, letters
opened) is an object made anew for it.

In every call D of the number or statement at hand is presupposed; `context.py` asks for it there too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Protocol

from flint import fmpq

from focal_symbolic.logic.arithmetic import constant, expand, merged, proportion, same
from focal_symbolic.logic.certificates import Certificate
from focal_symbolic.logic.comparison import Known, similar
from focal_symbolic.logic.fuel import spend
from focal_symbolic.logic.laws import LAWS, Invalid, need
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.signs import ANY, MASK, NEG, NIL, PLUS, POS, TIMES, absolute, of_power, sign_of
from focal_symbolic.logic.terms import (
    MINUS,
    RELATIONS,
    Term,
    add,
    free,
    in_order,
    instantiate,
    ipow,
    letters,
    mk,
    mul,
    rat,
    slack,
)

__all__ = ["Question", "Situation", "Where", "at_letters", "check", "checked"]

Question = tuple[Any, ...]
"""("sign", e, mask), ("prove", s) or ("equal", a, b)."""


class Where(Known, Protocol):
    """What is known where a question is asked: a `context.Context`."""

    @property
    def sources(self) -> tuple[Term, ...]:
        """What holds here: each is defined and true."""

    @property
    def place(self) -> Mapping[Term, int]:
        """The place of each among the sources."""

    @property
    def taken(self) -> frozenset[int]:
        """The fresh letters that are spoken of here."""


def check(context: Where, question: Question, certificate: Certificate) -> bool:
    """Whether the certificate answers the question in the context, where what is asked about is defined."""
    try:
        return checked(context, question, certificate)
    except Invalid:
        return False


def checked(context: Where, question: Question, certificate: Certificate) -> bool:
    """As `check`, but raises Invalid where a part of the certificate does not show what it is for."""
    kind, *about = question
    numbers = [t for t in about if type(t) is Term]
    asked = frozenset[Term]().union(*map(conditions, numbers))
    opened = context.taken | {k for t in numbers for sort, k in free(t) if sort == "fresh"}
    now = Situation(context, asked, {}, opened)
    if kind == "sign":
        return not now.sign(about[0], certificate) & ~about[1]
    return now.proves(about[0], certificate) if kind == "prove" else now.identifies(about[0], about[1], certificate)


def at_letters(source: Term, letters_: tuple[Term, ...]) -> Term:
    """A source taken at letters, one for each of its outermost «every»."""
    for letter in letters_:
        need(source.op == "every")
        source = instantiate(source.args[0], letter)
    return source


@dataclass(frozen=True)
class Situation:
    """What is in force where a certificate stands.

    `asked`: conditions that hold, beside the sources of the context; `equations`: numbers and what they equal; `opened`: the
    fresh letters that may be spoken of.
    """

    # long because signs, statements and identities are shown by one another, each certificate within the next.
    context: Where
    asked: frozenset[Term]
    equations: Mapping[Term, Term]
    opened: frozenset[int]

    # -- what changes on the way down

    def opened_at(self, k: int, more: frozenset[Term]) -> Situation:
        """Where the fresh letter k stands for any letter, and more conditions hold."""
        need(k not in self.opened)
        spend(len(self.asked) + len(more))
        return replace(self, asked=self.asked | more, opened=self.opened | {k})

    def using(self, equations: tuple[Certificate, ...]) -> Situation:
        """Where the equations are in force; what their right sides need holds there as well."""
        now = self
        for law, t, *data in equations:
            now.brought(t)
            right = LAWS[law](now, t, *data)
            spend(len(now.asked) + len(now.equations))
            if right is not t:
                now = replace(now, asked=now.asked | conditions(right), equations={**now.equations, t: right})
        return now

    def showing(self, shown: tuple[tuple[Term, Certificate], ...]) -> Situation:
        """Where the statements, each proved before the next, count as known."""
        now = self
        for s, proof in shown:
            now.brought(s)
            need(now.proves(s, proof))
            spend(len(now.asked))
            now = replace(now, asked=now.asked | {s})
        return now

    # -- what is known

    def brought(self, *terms: Term) -> None:
        """Raise Invalid unless the terms are closed, speak of opened letters only, and are known to be defined."""
        for t in terms:
            need(t.loose == (0, 0))
            spend(len(free(t)))
            need({k for sort, k in free(t) if sort == "fresh"} <= self.opened)
            missing = [c for c in conditions(t) if not (c in self.asked or c in self.context.place or self._covered(c))]
            if missing:
                raise Invalid("a term that a certificate brings is not known to be defined.", in_order(missing)[0])

    def _covered(self, c: Term) -> bool:
        """Whether a known condition, at a letter of c, says what c says."""
        at = in_order(letters(c))
        spend(len(self.asked) + len(self.context.sources))
        for s in (*in_order(self.asked), *self.context.sources):
            found = [instantiate(s.args[0], letter) for letter in at] if s.op == "every" and c.op != "every" else [s]
            if any(similar(self.context, t, c, _proportional) for t in found):
                return True
        return False

    def same(self, a: Term, b: Term) -> bool:
        """Whether two numbers are the same rational function, with the equations in force."""
        return same(a, b, self.equations)

    # -- statements and identities

    def identifies(self, a: Term, b: Term, how: Certificate) -> bool:
        """Whether the certificate shows a = b."""
        spend(1)
        match how:
            case ("same",):
                return self.same(a, b)
            case ("with", equations, inner):
                return self.using(equations).identifies(a, b, inner)
            case ("shown", shown, inner):
                return self.showing(shown).identifies(a, b, inner)
        return False

    def proves(self, s: Term, how: Certificate) -> bool:
        """Whether the certificate proves the statement."""
        spend(1)
        a = s.args
        match how[0]:
            case "asked":
                return s in self.asked
            case "known":
                known = at_letters(self._source(how[1]), self._letters(how[2]))
                return similar(self.context, known, s, _proportional)
            case "sign" if s.op in RELATIONS:
                return not self.sign(slack(s), how[1]) & ~MASK[s.op]
            case "or" if s.op == "or":
                return how[1] < len(a) and self.proves(a[how[1]], how[2])
            case "and" if s.op == "and":
                return len(a) == len(how[1]) and all(map(self.proves, a, how[1]))
            case "given" if s.op == "implies":
                given = self.context.extended(a[0])  # D of the right side holds where the left does
                return replace(self, context=given, asked=self.asked | conditions(a[1])).proves(a[1], how[1])
            case "all" if s.op == "every":
                body = instantiate(a[0], mk("fresh", how[1]))
                return self.opened_at(how[1], conditions(body)).proves(body, how[2])
            case "with":
                return self.using(how[1]).proves(s, how[2])
            case "shown":
                return self.showing(how[1]).proves(s, how[2])
        return False

    def _source(self, k: int) -> Term:
        need(k < len(self.context.sources))
        return self.context.sources[k]

    def _letters(self, at: tuple[Term, ...]) -> tuple[Term, ...]:
        self.brought(*at)
        return at

    # -- signs

    def sign(self, e: Term, how: Certificate) -> int:
        """The signs of e that the certificate leaves; ANY where it shows nothing."""
        spend(1)
        a = e.args
        match how[0], e.op:
            case "number", _:
                c = constant(e)
                return ANY if c is None else sign_of(c)
            case ("size", "size") | ("exp", "exp"):
                return POS
            case ("sum", "add") | ("product", "mul"):
                need(len(a) == len(how[1]))
                total, table = (NIL, PLUS) if e.op == "add" else (POS, TIMES)
                for s, c in zip(a, how[1], strict=True):
                    total = table[total][self.sign(s, c)]
                return total
            case "power", "ipow":
                return of_power(self.sign(a[0], how[1]), a[1])
            case "rpower", "rpow":
                return POS if self.sign(a[0], how[1]) == POS else POS | NIL
            case "abs", "abs":
                return absolute(self.sign(a[0], how[1]))
            case "log", "log":
                need(self.sign(a[0], how[1]) == POS)
                return self.sign(add(a[0], MINUS), how[2])
            case "total", "sum":
                return self._total(a[0], how[1], how[2])
            case "facts", _:
                return self._facts(e, *how[1:])
            case "factors", _:
                return self._factors(e, *how[1:])
            case "equals", _:
                self.brought(how[1])
                need(self.same(e, how[1]))
                return self.sign(how[1], how[2])
            case "both", _:
                return self.sign(e, how[1]) & self.sign(e, how[2])
            case "with", _:
                return self.using(how[1]).sign(e, how[2])
            case "shown", _:
                return self.showing(how[1]).sign(e, how[2])
        return ANY

    def _total(self, body: Term, k: int, how: Certificate) -> int:
        """A sum over a non-empty alphabet has a sign that all its terms have."""
        at = instantiate(body, mk("fresh", k))
        found = self.opened_at(k, conditions(at)).sign(at, how)
        return ANY if found == POS | NEG else found

    def _facts(self, e: Term, parts: tuple[tuple[Fraction, int, tuple[Term, ...]], ...], rest: Term, how: Certificate) -> int:
        """e = sum of ratio * slack of fact + rest."""
        self.brought(rest)
        total, terms = self.sign(rest, how), []
        for ratio, k, at in parts:
            fact = at_letters(self._source(k), self._letters(at))
            need(fact.op in RELATIONS)
            total = PLUS[total][TIMES[sign_of(ratio)][MASK[fact.op]]]
            terms.append((ratio, slack(fact)))
        left = expand(e)
        for ratio, s in terms:
            left = merged(left, expand(s), fmpq(-ratio.numerator, ratio.denominator))
        need(left == expand(rest) or self.same(e, add(*(mul(rat(ratio), s) for ratio, s in terms), rest)))
        return total

    def _factors(self, e: Term, content: Fraction, parts: tuple[tuple[Term, int, Certificate], ...]) -> int:
        """e = content * product of f^k."""
        total, product = sign_of(content), [rat(content)]
        for f, k, how in parts:
            self.brought(f)
            found = self.sign(f, how)
            if found & NIL:
                self.brought(ipow(f, k))
            total = TIMES[total][of_power(found, k)]
            product.append(ipow(f, k))
        need(self.same(e, mul(*product)))
        return total


def _proportional(_: Any, a: Term, b: Term) -> bool:
    """Whether a relation says the same of two slacks: one is a positive multiple of the other."""
    c = proportion(a, b)
    return c is not None and c > 0
