"""The proof of the rule of inverses (`library/Inverse.v`), and that a declared inverse is continuous."""

from __future__ import annotations

from collections.abc import Sequence

from focal_symbolic.logic.coq.bridge import Closed, Put, parts_of
from focal_symbolic.logic.coq.calculus import Calculus
from focal_symbolic.logic.coq.facts import arguments, in_hypothesis_order, unspoken
from focal_symbolic.logic.coq.lemmas import Lemma, lambda_of
from focal_symbolic.logic.coq.place import Place
from focal_symbolic.logic.coq.statement import CLOSED, Names, number, truth
from focal_symbolic.logic.coq.step import StepWriter, proves
from focal_symbolic.logic.kernel import here
from focal_symbolic.logic.meaning import Declaration, declaration
from focal_symbolic.logic.rules.analysis import _bounds
from focal_symbolic.logic.signs import POS
from focal_symbolic.logic.terms import ONE, ZERO, Term, derivative, eq, free, le, lt, mk, neg, slack, sub, subterms

__all__: list[str] = []


@proves("inverse")
def _inverse(step: StepWriter, place: Place) -> None:
    value = next(t for t in subterms(step.conclusion) if t.op == "decl")
    of, y = declaration(value.args[0]), value.args[1]
    parameters = [mk("var", name) for name in of.parameters]
    domain = in_hypothesis_order(step.theorem)
    falls = _Falling(step, of, domain)
    lemma = Lemma(step, "i", domain)
    inner = lemma.place
    _weakly(step, inner, domain)
    points = [step.arguments["high"], step.arguments["low"]]
    at = dict(zip(falls.inside, ("Ha", "Hb"), strict=True))
    on_t = [f"(fun t Ha Hb => {one.applied(inner, {falls.x: 't'}, at)})" for one in (falls.continuous, falls.rate)]
    crossed = _crossed(step, inner, falls, y, points)
    declared, found = lambda_of(of.x, of.function), number(value)
    ends = " ".join(map(number, (y, *points)))
    inner.script.line(
        f"exact (inverse_is_of {falls.function} {falls.derivative} {' '.join(on_t)} {declared} {falls.same} {ends} {crossed})."
    )
    lemma.close(f"0 < {found} /\\ {found} < 1 /\\ {declared} {found} = {number(y)}")
    _continuous_inverse(step, of, falls, lemma, y)
    results = place.apart(lemma.applied(place, {}, {}), 3)
    place.script.line(f"cbv beta in {results[2]}.")
    inside = (lt(ZERO, value), lt(value, ONE))
    for s, name in zip(inside, results, strict=False):
        place.facts.learn(s, name)
    put = Put({("var", of.x): value})
    equation = eq(of.at(value, *parameters), y)
    tactic = f"refine (eq_eq _ _ _ _ {results[2]} _ eq_refl); {put.number(of.function)}"
    place.facts.later[equation] = lambda: place.have(truth(equation), tactic)
    place.finish(step.here(shown=inside), [*inside, equation], step.conclusion)


class _Inside(Calculus):
    """Derivatives on (0, 1), where the kernel asks for no signs: a base is positive as its derivative is defined."""

    def sign(self, place: Place, base: Term) -> str:
        return place.have(f"0 < {number(base)}", "lra")


class _Falling:
    """What the first premise of `inverse` shows: lemmas that the function is continuous and falls, at a variable in (0, 1)."""

    def __init__(self, step: StepWriter, of: Declaration, domain: Sequence[Term]):
        falling = step.premises[0]
        self.x = next(name for kind, name in free(falling.conclusion) if kind == "var" and name not in of.parameters)
        var, parameters = mk("var", self.x), [mk("var", name) for name in of.parameters]
        self.inside = [lt(ZERO, var), lt(var, ONE)]
        self.f = of.at(var, *parameters)
        exact, stated = derivative(self.f, self.x), slack(falling.conclusion)
        self.function, self.derivative = lambda_of(self.x, self.f), lambda_of(self.x, exact)
        base = _bounds(falling, self.x).other
        on = here(step.answers, base, [], self.inside)
        known = here(step.answers, base, [], [*self.inside, falling.conclusion])
        self.continuous, self.rate = (Lemma(step, suffix, [*domain, *self.inside]) for suffix in ("c", "d"))
        for lemma in (self.continuous, self.rate):
            _weakly(step, lemma.place, [h for h in lemma.hypotheses if h.op == "lt"])
            lemma.place.defined(on, self.f)
        calculus = Calculus(self.continuous.place, on, self.x)
        self.continuous.place.script.line(f"{calculus.continuous(self.f, CLOSED)}.")
        self.continuous.close(f"continuity_pt {self.function} v_{self.x}")
        place = self.rate.place
        equal = place.equal(known, stated, neg(exact))
        sign = f"{number(exact)} < 0"
        name = place.have(sign, f"clear - {place.find(falling.conclusion)} {equal}; lra")
        tactic = _Inside(place, on, self.x).differentiated(self.f, CLOSED)
        place.script.line(f"split; [{tactic} | exact {name}].")
        self.rate.close(f"derivable_pt_lim {self.function} v_{self.x} {number(exact)} /\\ {sign}")
        # the declared function is this one, of a variable of another name
        names = Names(reals=("z",))
        middle = number(Closed(self.x, names).image(self.f), names)
        there, back = Closed(self.x, names).number(self.f), Closed(of.x, names).number(of.function)
        self.same = f"ltac:(intros z; cbv beta; transitivity {middle}; [{there} | symmetry; {back}])"


def _crossed(step: StepWriter, place: Place, falls: _Falling, y: Term, points: Sequence[Term]) -> str:
    """Proofs that both points lie in (0, 1), and that the function is above y at the first and below it at the second."""
    known, names = step.given(*step.premises[1:]), []
    for e in points:
        one = place.sign(known, sub(ONE, e), POS)
        names += [place.sign(known, e, POS), place.have(f"{number(e)} < 1", f"clear - {one}; lra")]
    for k, (e, premise) in enumerate(zip(points, step.premises[1:3], strict=True)):
        put = Put({("var", falls.x): e})
        at_e = put.image(falls.f)
        name = place.alike(known, premise.conclusion, lt(y, at_e) if k == 0 else lt(at_e, y))
        turns, texts = ["exact eq_refl", f"symmetry; {put.number(falls.f)}"], [number(y), f"{falls.function} {number(e)}"]
        sides_, closing = (texts, turns) if k == 0 else (texts[::-1], turns[::-1])
        tactic = f"cbv beta; refine (lt_eq _ _ _ _ {name} _ _); [{' | '.join(closing)}]"
        names.append(place.have(" < ".join(sides_), tactic))
    return " ".join(names)


def _weakly(step: StepWriter, place: Place, domain: Sequence[Term]) -> None:
    """What holds strictly holds weakly, as the premises may assume it; and so they are known."""
    for s in domain:
        weak = le(*s.args)
        if weak not in place.whole:
            place.facts.learn(weak, place.have(truth(weak), f"apply Rlt_le; exact {place.find(s)}"))
    for m, p in enumerate(step.premises):
        if all(all(part in place.facts for part in parts_of(h)) for h in p.hypotheses):
            place.facts_of(m)


def _continuous_inverse(step: StepWriter, of: Declaration, falls: _Falling, is_inverse: Lemma, y: Term) -> None:
    """The lemma: the declared inverse is continuous in its first argument. Once in a claim's file."""
    if of.name in step.claim.inverses:
        return
    step.claim.inverses.add(of.name)
    texts = [f"v_{name}" for name in of.parameters]
    defaults = unspoken(step.symbols, [("var", name) for name in (falls.x, y.args[0], *of.parameters)])

    def at(lemma: Lemma, put: dict[str, str], given: dict[Term, str]) -> str:
        mapping = defaults | {("var", name): (text,) for name, text in put.items()}
        return f"({' '.join([lemma.name, *arguments(step.symbols, mapping), *(given[h] for h in lemma.hypotheses)])})"

    own = {lt(ZERO, mk("var", name)): f"H_{name}" for name in of.parameters}
    on_t = own | dict(zip((*falls.inside, lt(ZERO, y)), ("Ha", "Hb", "Rlt_0_1"), strict=True))
    both = [f"(fun t Ha Hb => {at(one, {falls.x: 't', y.args[0]: '1'}, on_t)})" for one in (falls.continuous, falls.rate)]
    is_ = f"(fun t Ht => {at(is_inverse, {y.args[0]: 't', falls.x: '1'}, own | {lt(ZERO, y): 'Ht'})})"
    declared = lambda_of(of.x, of.function)
    whole = f"inverse_continuous {falls.function} {falls.derivative} {' '.join(both)} {declared} {falls.same} {is_} (g x) H"
    quantified, given = " ".join(f"({text} : R)" for text in texts), " ".join(f"0 < {text} ->" for text in texts)
    step.lemmas.append(
        f"{step.remark}Lemma {of.name}_continuous : forall (n : nat) (Hn : (0 < n)%nat) (g : R -> R) {quantified} (x : R),\n"
        f"  continuity_pt g x -> 0 < g x -> {given} continuity_pt (fun t => {of.name} (g t) {' '.join(texts)}) x.\n"
        f"Proof.\n  intros n Hn g {' '.join(texts)} x C H {' '.join(own.values())}.\n"
        f"apply (c_comp (fun z => {of.name} z {' '.join(texts)})); [exact C | exact ({whole})].\nQed.\n"
    )
