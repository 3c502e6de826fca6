"""Inequalities between constants: logarithms and exponentials of rationals, enclosed by series (`library/Constants.v`)."""

from __future__ import annotations

from fractions import Fraction

from focal_symbolic.logic.arithmetic import expand
from focal_symbolic.logic.coq.statement import number
from focal_symbolic.logic.terms import Term, rat, slack, value

__all__ = ["enclosed"]

_THIRD = Fraction(1, 3)  # ln 2 is the series at 1/3
_MOST_TERMS = 12  # beyond it the rationals grow long, and the tactic `interval` is faster


def enclosed(c: Term) -> str | None:
    """The proof of a < b, where b - a is a rational combination of logarithms and exponentials of rationals; None elsewhere."""
    rest, logs = Fraction(0), dict[Term, Fraction]()
    exps: dict[Term, Fraction] = {}
    for monomial, coefficient in expand(slack(c)).items():
        w = Fraction(int(coefficient.p), int(coefficient.q))
        atom, power = monomial[0] if len(monomial) == 1 else (None, 0)
        if not monomial:
            rest = w
        elif atom is None or power != 1 or atom.op not in ("log", "exp") or value(atom.args[0]) is None:
            return None
        else:
            (logs if atom.op == "log" else exps)[atom] = w
    for terms in range(2, _MOST_TERMS):
        found = _Enclosure(terms).proof(c, rest, logs, exps)
        if found is not None:
            return found
    return None


class _Enclosure:
    """Bounds by so many terms of the series."""

    def __init__(self, terms: int):
        self.terms = terms
        self.lines: list[str] = []
        self.names = 0

    def proof(self, c: Term, rest: Fraction, logs: dict[Term, Fraction], exps: dict[Term, Fraction]) -> str | None:
        """The proof of c, unless these bounds are not sharp enough."""
        lowest, kept = rest, []
        for atom, w in logs.items():
            bound, name = self.log(Fraction(value(atom.args[0]) or 0), w > 0)
            lowest += w * bound
            kept.append(name)
        for atom, w in exps.items():
            found = self.exp(Fraction(value(atom.args[0]) or 0), w > 0)
            if found is None:
                return None
            lowest += w * found[0]
            kept.append(found[1])
        if lowest <= 0:
            return None
        return "\n".join([*self.lines, f"clear - {' '.join(kept)}; lra."])

    def have(self, text: str, tactic: str) -> str:
        """The name of what the tactic proves."""
        self.names += 1
        self.lines.append(f"assert (B{self.names} : {text}). {{ {tactic}. }}")
        return f"B{self.names}"

    def ratio(self, t: Fraction, below: bool) -> tuple[Fraction, str]:
        """A bound of ln ((1 + t) / (1 - t)), for 0 <= t < 1, and its name."""
        series = 2 * sum((t ** (2 * k + 1) / (2 * k + 1) for k in range(self.terms)), Fraction(0))
        bound = series if below else series + 2 * t ** (2 * self.terms + 1) / (1 - t**2)
        bound = _rounded(bound, not below)
        text = _text(t)
        said = f"{_text(bound)} <= ratio {text}" if below else f"ratio {text} <= {_text(bound)}"
        lemma = "above_series" if below else "below_series"
        prove = f"pose proof ({lemma} {self.terms} {text} ltac:(lra) ltac:(lra)) as H; simpl in H; lra"
        return bound, self.have(said, prove)

    def log(self, x: Fraction, below: bool) -> tuple[Fraction, str]:
        """A rational below (or above) ln x, and the name of that."""
        if x < 1:
            bound, name = self.log(1 / x, not below)
            same = f"rewrite (log_below_one {_text(x)} {_text(1 / x)}) by lra"
            return -bound, self.have(_side(-bound, f"ln {_text(x)}", below), f"{same}; lra")
        twos = (x.numerator // x.denominator).bit_length() - 1
        m = x / 2**twos
        t = (m - 1) / (m + 1)
        bound, name = self.ratio(t, below)
        names = [name, self.have(f"ln {_text(x)} = INR {twos} * ln 2 + ratio {_text(t)}", "apply log_by_series; simpl; lra")]
        if twos:
            two, name = self.ratio(_THIRD, below)
            bound += twos * two
            names += [name, self.have("ln 2 = ratio (1 / 3)", "exact log_two")]
        names.append(self.have(f"INR {twos} = {twos}", "simpl; ring"))
        equation = names[1]
        said = _side(bound, f"ln {_text(x)}", below)
        return bound, self.have(said, f"rewrite {equation}, {names[-1]}; clear - {' '.join(names)}; lra")

    def exp(self, x: Fraction, below: bool) -> tuple[Fraction, str] | None:
        """A rational below (or above) exp x, by its logarithm, and the name of that."""
        total, term = Fraction(0), Fraction(1)
        for k in range(1, 4 * self.terms + 8):
            total, term = total + term, term * x / k
        bound = _rounded(total * (1 + Fraction(-1 if below else 1, 4**self.terms)), not below)
        if bound <= 0:
            return None
        near, name = self.log(bound, not below)
        if (near > x) if below else (near < x):
            return None
        said = _side(bound, f"exp {_text(x)}", below)
        return bound, self.have(said, f"apply {'exp_above' if below else 'exp_below'}; clear - {name}; lra")


def _side(bound: Fraction, what: str, below: bool) -> str:
    return f"{_text(bound)} <= {what}" if below else f"{what} <= {_text(bound)}"


def _rounded(x: Fraction, up: bool) -> Fraction:
    """A shorter rational, not below (or not above) x."""
    scaled = x * 10**30
    return Fraction(-((-scaled.numerator) // scaled.denominator) if up else scaled.numerator // scaled.denominator, 10**30)


def _text(x: Fraction) -> str:
    return number(rat(x))
