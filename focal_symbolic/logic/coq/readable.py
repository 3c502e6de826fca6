"""Statements as a reader of Coq wants them: few brackets, definitions by their names, variables by theirs.

Nothing here is trusted. A claim's file proves the theorem as `statement.py` prints it, and then that what stands in
`Statements.v` says the same (tactic `restate` of `library/Restate.v`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from textwrap import wrap

from focal_symbolic.logic.coq.statement import CLOSED, PREFIX, Names, Unprintable
from focal_symbolic.logic.coq.vocabulary import Call, Definition, Vocabulary
from focal_symbolic.logic.meaning import conditions, declarations, power_condition
from focal_symbolic.logic.terms import EXTENDED, ZERO, Key, Term, mk, rat, subterms

__all__ = ["Reader", "comment", "defined", "indented"]

WIDTH = 118
_TAKEN = frozenset(
    re.findall(
        r"\w+",
        "n Hn R nat Prop Type Set SProp INR ln exp rpow rsum esum pdef bijection inverse_of Rabs Rbar Finite is_finite "
        "real Lub_Rbar "
        "p_infty True Rlt_dec Rle_dec Req_EM_T forall exists exists2 fun if then else let in at as end match with return "
        "fix cofix where for using S O I",
    )
)
"""What a variable is not called."""

_ATOM, _APPLIED, _POWER, _MINUS, _TIMES, _PLUS, _RELATION, _NOT, _AND, _OR, _IFF, _IMPLIES, _BINDER = (
    *(0, 10, 30, 35, 40, 50, 70, 75, 80, 85, 95, 99, 200),
)
"""The levels of Coq's notations: what binds more tightly is lower."""

_CONJUNCTION = " /\\ "

Text = tuple[str, int]
"""A text with its level."""


def comment(text: str) -> str:
    """A Coq comment with this text; nothing in it ends the comment or opens a string."""
    return "(* " + text.replace("(*", "( *").replace("*)", "* )").replace('"', "''") + " *)"


def _within(part: Text, level: int) -> str:
    """The text, in brackets unless it binds as tightly as this level."""
    return part[0] if part[1] <= level else f"({part[0]})"


class Numbers:
    """Writes numbers with a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, keys: Iterable[Key]):
        self.vocabulary = vocabulary
        taken = {*_TAKEN, *(d.name for d in vocabulary.definitions), *(f.name for f in declarations())}
        self.called: dict[Key, str] = {}
        for key in sorted(keys):
            name = str(key[1])
            while name in taken:
                name += "_"
            taken |= {name, f"H{name}"}
            self.called[key] = name
        self.taken = taken

    def _bound(self, names: Sequence[str], stems: str) -> str:
        unused = (f"{stem}{k or ''}" for k in range(1000) for stem in stems)
        return next(name for name in unused if name not in self.taken and name not in names)

    def _under_letter(self, names: Names) -> tuple[str, Names]:
        name = self._bound((*names.letters, names.size), "ijk")
        return name, names._replace(letters=(*names.letters, name))

    def _under_size(self, names: Names) -> Names:
        return names._replace(size=self._bound((*names.letters, names.size), "mlo"))

    def bound(self, t: Term, names: Names) -> Text:
        """The least upper bound of a number over all sizes of the alphabet."""
        below = self._under_size(names)
        at = self._bound((*names.letters, *names.reals, below.size), "xyz")
        each = f"exists {below.size}, (0 < {below.size})%nat /\\ {at} = {_within(self.number(t, below), _PLUS)}"
        return f"Lub_Rbar (fun {at} => {each})", _APPLIED

    # -- numbers

    def number(self, t: Term, names: Names = CLOSED) -> Text:
        """A number, letter, template or value that may be +oo."""
        a = t.args
        call = self.vocabulary.fold(t)
        if call is not None and not call.rest:
            return self._call(call, names)
        match t.op:
            case "rat":
                positive = f"{abs(a[0])}" if a[1] == 1 else f"{abs(a[0])} / {a[1]}"
                level = _ATOM if a[1] == 1 else _TIMES
                return (positive, level) if a[0] >= 0 else (f"- {positive}", max(level, _MINUS))
            case "var" | "letter":
                return self.called[t.op, a[0]], _ATOM
            case "bletter":
                return names.letters[-1 - a[0]], _ATOM
            case "breal":
                return names.reals[-1 - a[0]], _ATOM
            case "add":
                return self._sum(t, names)
            case "mul":
                return self._product(t, names)
            case "ipow" if a[1] >= 0:
                return f"{_within(self.number(a[0], names), _APPLIED)} ^ {a[1]}", _POWER
            case "ipow":
                return self._product(t, names)
            case "sum" | "esum":
                return f"{'r' if t.op == 'sum' else 'e'}sum {names.size} {self._function(a[0], names)}", _APPLIED
            case "sup":
                return f"real {_within(self.bound(a[0], names), _ATOM)}", _APPLIED
            case "template":
                return self._function(a[0], names), _ATOM
            case "cases":
                return self._cases(t, names)
            case "oo":
                return "p_infty", _ATOM
        return self._applied(t, names)

    def _applied(self, t: Term, names: Names) -> Text:
        a = t.args
        heads = {"size": f"INR {names.size}", "rpow": "rpow", "log": "ln", "exp": "exp", "abs": "Rabs"}
        if t.op in ("entry", "image"):
            head = self.called[t.op, a[0]]
        elif t.op in heads or t.op == "decl":
            head = heads.get(t.op) or a[0]
        else:
            raise Unprintable(f"{t.op} is no number that is shown in Coq.")
        return " ".join([head, *(_within(self.number(s, names), _ATOM) for s in t.terms)]), _APPLIED

    def _function(self, body: Term, names: Names) -> str:
        if body.op == "entry" and body.args[1] is mk("bletter", 0):
            return self.called["entry", body.args[0]]
        name, below = self._under_letter(names)
        return f"(fun {name} => {self.number(body, below)[0]})"

    def _call(self, call: Call, names: Names) -> Text:
        given = (_within(self.number(s, names), _ATOM) for s in call.arguments)
        return " ".join([head(call.definition, names.size), *given]), _APPLIED

    def _parts(self, t: Term, op: str) -> list[Term | Call]:
        """The parts of a sum or product, where they make a definition as one part, rationals first."""
        call = self.vocabulary.fold(t)
        if call is not None and call.op == op and call.rest:
            return [*self._parts(call.rest[0], op), call]
        own: list[Term | Call] = list(t.args) if t.op == op and call is None else [t]
        return sorted(own, key=lambda s: isinstance(s, Call) or s.op != "rat")

    def _part(self, t: Term | Call, names: Names) -> Text:
        return self._call(t, names) if isinstance(t, Call) else self.number(t, names)

    def _negative(self, t: Term | Call) -> bool:
        """Whether it is shown with a minus: one of its factors is a negative rational."""
        factors = [] if isinstance(t, Call) else self._parts(t, "mul")
        return len([s for s in factors if isinstance(s, Term) and s.op == "rat" and s.args[0] < 0]) == 1

    def _sum(self, t: Term, names: Names) -> Text:
        text = ""
        for s in sorted(self._parts(t, "add"), key=self._negative):
            if text and isinstance(s, Term) and self._negative(s):
                text += f" - {_within(self._product(s, names, unsigned=True), _TIMES)}"
            else:
                text += (" + " if text else "") + _within(self._part(s, names), _TIMES)
        return text, _PLUS

    def _product(self, t: Term, names: Names, unsigned: bool = False) -> Text:
        """A product or a quotient; `unsigned`: that of -t, for a negative t."""
        negative = self._negative(t)
        above: list[Text] = []
        below: list[Text] = []
        for s in self._parts(t, "mul"):
            if isinstance(s, Term) and s.op == "ipow" and s.args[1] < 0:
                base = self.number(s.args[0], names)
                below.append(base if s.args[1] == -1 else (f"{_within(base, _APPLIED)} ^ {-s.args[1]}", _POWER))
            elif negative and isinstance(s, Term) and s.op == "rat":
                positive = abs(Fraction(*s.args))
                above += [self.number(rat(positive), names)] if positive != 1 else []
            else:
                above.append(self._part(s, names))
        if len(above) == 1 and not below and (unsigned or not negative):
            return above[0]
        first, *others = above or [("1", _ATOM)]
        text = ("- " if negative and not unsigned else "") + _within(first, _TIMES)
        text += "".join(f" * {_within(s, _POWER)}" for s in others)
        return text + "".join(f" / {_within(s, _POWER)}" for s in below), _TIMES

    def _cases(self, t: Term, names: Names) -> Text:
        decided = {"lt": "Rlt_dec", "le": "Rle_dec", "eq": "Req_EM_T"}
        text = ""
        for value, case in zip(t.args[::2], t.args[1::2], strict=True):
            shown = (
                self.number(value, names)
                if value.sort == EXTENDED
                else (f"Finite {_within(self.number(value, names), _ATOM)}", _APPLIED)
            )
            sides = " ".join(_within(self.number(s, names), _ATOM) for s in case.terms)
            text += f"if {decided[case.op]} {sides} then {shown[0]} else " if case.op in decided else shown[0]
        return text, _BINDER


class Reader(Numbers):
    """Writes one statement, or one definition, with a vocabulary."""

    def truth(self, t: Term, names: Names = CLOSED) -> Text:
        """T(t)."""
        a = t.args
        relation = {"lt": "<", "le": "<=", "eq": "=", "ne": "<>"}
        if t.op in relation:
            left, right = (_within(self.number(s, names), _PLUS) for s in a)
            return f"{left} {relation[t.op]} {right}", _RELATION
        if t.op == "or" and (power := _power(t)):
            return " ".join(["pdef", *(_within(self.number(s, names), _ATOM) for s in power)]), _APPLIED
        joined = {"and": ("/\\", _AND), "or": ("\\/", _OR), "implies": ("->", _IMPLIES), "iff": ("<->", _IFF)}
        if t.op in joined:
            sign, level = joined[t.op]
            *before, last = (self.truth(s, names) for s in a)
            texts = [_within(s, level - 1) for s in before]
            return f" {sign} ".join([*texts, _within(last, level if t.op == "implies" else level - 1)]), level
        if t.op == "not":
            return f"~ {_within(self.truth(a[0], names), _RELATION)}", _NOT
        if t.op == "every":
            name, below = self._under_letter(names)
            return f"forall {name}, ({name} < {names.size})%nat -> {self.truth(a[0], below)[0]}", _BINDER
        if t.op == "parts":
            below = self._under_size(names)
            return f"forall {below.size}, (0 < {below.size})%nat -> {self.truth(a[0], below)[0]}", _BINDER
        if t.op == "one":
            name = self._bound((*names.letters, *names.reals), "xyz")
            low, high = (_within(self.number(s, names), _PLUS) for s in a[:2])
            inside = self.parts(a[2], names._replace(reals=(*names.reals, name)))
            inner = "(" + _CONJUNCTION.join(inside) + ")" if len(inside) > 1 else inside[0]
            return f"exists! {name} : R, " + _CONJUNCTION.join([f"{low} <= {name}", f"{name} <= {high}", inner]), _BINDER
        if t.op in ("finite", "bounded"):
            value = (self.number if t.op == "finite" else self.bound)(a[0], names)
            return f"is_finite {_within(value, _ATOM)}", _APPLIED
        if t.op == "bijection":
            return f"bijection n {self.called['image', a[0]]}", _APPLIED
        if t.op == "true":
            return "True", _ATOM
        raise Unprintable(f"{t.op} is no statement that is shown in Coq.")

    def parts(self, t: Term, names: Names = CLOSED) -> list[str]:
        """P(t): its conditions, and t, each as a part of a conjunction."""
        order = sorted(conditions(t), key=lambda c: (c.nodes, c.digest))
        return [_within(self.truth(s, names), _AND - 1) for s in (*order, t)]

    def proposition(self, t: Term) -> str:
        """P(t), the conditions and the truth told apart."""
        *conditions_, truth = self.parts(t)
        if not conditions_:
            return self.truth(t)[0]
        return f"{comment('defined:')} {_CONJUNCTION.join(conditions_)}{_CONJUNCTION.rstrip()}\n{comment('and:')} {truth}"

    def theorem(self, hypotheses: Iterable[Term], conclusion: Term) -> str:
        """The statement that P of the hypotheses implies P of the conclusion, as the body of a definition."""
        lines = [f"forall {' '.join(self._binders())},"]
        for h in hypotheses:
            text = self.proposition(h)
            lines.append(f"({text}) ->" if "\n" in text or self.truth(h)[1] >= _IMPLIES else f"{text} ->")
        return "\n".join([*lines, self.proposition(conclusion)])

    def _binders(self) -> list[str]:
        """The quantified names, in the order of `statement.binders`."""
        out = ["(n : nat)", "(Hn : (0 < n)%nat)"]
        for kind, group in groupby(
            sorted(self.called, key=lambda key: (list(PREFIX).index(key[0]), key[1])), lambda key: key[0]
        ):
            names = [self.called[key] for key in group]
            if kind in ("entry", "var"):
                out.append(f"({' '.join(names)} : {'nat -> R' if kind == 'entry' else 'R'})")
            elif kind == "letter":
                out += [f"({name} : nat) (H{name} : ({name} < n)%nat)" for name in names]
            else:
                below = "forall i, (i < n)%nat -> ({0} i < n)%nat"
                out += [f"({name} : nat -> nat) (H{name} : {below.format(name)})" for name in names]
        return out


def indented(text: str) -> str:
    """The lines of a text within the width, two spaces further in; broken between the parts of a conjunction if it can be."""
    return "\n".join(broken for line in text.split("\n") for broken in _broken(line))


def _broken(line: str) -> Iterator[str]:
    filled = "  "
    for part in _conjuncts(line):
        if filled.strip() and len(filled) + len(part) > WIDTH:
            yield filled.rstrip()
            filled = "    "
        if len(filled) + len(part) > WIDTH:
            *whole, filled = wrap(part, WIDTH, initial_indent=filled, subsequent_indent="      ", break_on_hyphens=False)
            yield from whole
        else:
            filled += part
        filled += " "
    yield filled.rstrip()


def _conjuncts(line: str) -> list[str]:
    """A line cut after each conjunction that at most one bracket is around."""
    cuts, depth = [0], 0
    for mark in re.finditer(r"[()]|/\\ ", line):
        depth += {"(": 1, ")": -1}.get(mark[0], 0)
        if mark[0] == "/\\ " and depth <= 1:
            cuts.append(mark.end())
    return [line[low:high].strip() for low, high in pairwise([*cuts, len(line)]) if line[low:high].strip()]


def defined(vocabulary: Vocabulary) -> str:
    """The definitions of a vocabulary in Coq."""
    out = []
    for d in vocabulary.definitions:
        reader = Reader(vocabulary.before(d.name), d.parameters)
        groups = groupby(d.parameters, lambda key: "R" if key[0] == "var" else "nat -> R")
        given = " ".join(f"({' '.join(reader.called[key] for key in group)} : {kind})" for kind, group in groups)
        size = "(n : nat) " if head(d) != d.name else ""
        sort = "Rbar" if d.term.sort == EXTENDED else "R"
        out.append(f"Definition {d.name} {size}{given} : {sort} :=\n{indented(reader.number(d.term)[0])}.")
    return "\n\n".join(out) + "\n"


def _power(t: Term) -> tuple[Term, Term] | None:
    bounds = [s.args[1] for part in t.args if part.op == "and" for s in part.args if s.op == "le" and s.args[0] is ZERO]
    return next(((b, e) for b in bounds for e in bounds if power_condition(b, e) is t), None)


def head(definition: Definition, size: str = "n") -> str:
    """The name of a definition, with the size if it depends on it."""
    ops = {s.op for s in subterms(definition.term)}
    return f"{definition.name} {size}" if ops & {"sum", "esum", "size"} else definition.name
