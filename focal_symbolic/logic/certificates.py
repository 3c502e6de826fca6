"""The grammar of certificates, and the one door through which they come in: text.

    (facts ((1/2 3 ()) (-1 4 (#9c1e02aa))) #51d0f3b2 (number))

A certificate is a tree of tuples whose first entry is its kind. Terms are named by the first eight digits of their digest
and looked up in a table that comes with the text; rationals stand for themselves, `n` for the size of the alphabet.
Whatever does not fit the grammar, or is too large, is refused: then there is no certificate.

signs of a number e
    (number)                e expands to a rational
    (size) (exp)            e is n; e is an exponential
    (sum (c ...)) (product (c ...))   one sign a part
    (power c) (rpower c) (abs c)      an integer power, a real power, an absolute value: c for the base or the argument
    (log c c')              c: the argument is positive; c': its sign less 1
    (total k c)             a sum: c for its body at the fresh letter k
    (facts ((ratio source (letter ...)) ...) rest c)   e = sum of ratio * slack of fact + rest
    (factors content ((f k c) ...))   e = content * product of f^k
    (equals f c)            e = f, as rational functions
    (both c c')             the signs that both allow
    (any)                   nothing is shown
proofs of a statement
    (asked)                 it is among the conditions known
    (known source (letter ...))   a source, at letters, says the same: relations of proportional numbers
    (sign c) (or j p) (and (p ...)) (given p) (all k p)   by its kind: relation, ∨, ∧, ⇒ (p where the left is given), ∀
identities
    (same)                  the sides are the same rational function
anywhere
    (with (equation ...) _)     with equations in force, each by a law (laws.py)
    (shown ((s p) ...) _)       with statements shown on the way
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from focal_symbolic.logic.fuel import spend
from focal_symbolic.logic.terms import BITS, LETTER, NUMBER, SIZE, STATEMENT, Malformed, Term, rat, value

__all__ = ["GRAMMAR", "Certificate", "named", "parse", "rational", "read_certificate", "written"]

Certificate = tuple[Any, ...]

_BASES = [("number", "integer", "proof")]
_UNITS = [("number", "integer")]


def _everywhere(category: str) -> dict[str, list[Any]]:
    return {"with": [["equation"], category], "shown": [[("statement", "proof")], category]}


GRAMMAR: dict[str, dict[str, list[Any]]] = {
    "sign": {
        **{kind: [] for kind in ("number", "size", "exp", "any")},
        **{kind: [["sign"]] for kind in ("sum", "product")},
        **{kind: ["sign"] for kind in ("power", "rpower", "abs")},
        "log": ["sign", "sign"],
        "total": ["index", "sign"],
        "facts": [[("ratio", "index", ["letter"])], "number", "sign"],
        "factors": ["ratio", [("number", "integer", "sign")]],
        "equals": ["number", "sign"],
        "both": ["sign", "sign"],
        **_everywhere("sign"),
    },
    "proof": {
        "asked": [],
        "known": ["index", ["letter"]],
        "sign": ["sign"],
        "or": ["index", "proof"],
        "and": [["proof"]],
        "given": ["proof"],
        "all": ["index", "proof"],
        **_everywhere("proof"),
    },
    "identity": {"same": [], **_everywhere("identity")},
    "equation": {
        "ln_product": ["number", _BASES],
        "ln_power": ["number", "proof"],
        "ln_exp": ["number"],
        "power_integer": ["number", "integer"],
        "power_product": ["number", _BASES, "number"],
        "power_sum": ["number", _UNITS, "proof"],
        "power_power": ["number", "proof"],
        "power_exp": ["number"],
        "exp_sum": ["number", _UNITS],
        "exp_ln": ["number", "number", "number", "proof"],
        "sum_linear": ["number", "index", ["equation"], [("number", "number")]],
        "inside": ["number", "number"],
        "absolute": ["number", "number"],
        "root": ["number", "index", "proof"],
    },
}
"""Category: kinds with what they hold. A name is a category or a leaf, a tuple holds one of each, a list any number."""

NODES, DEPTH, LENGTH, DIGITS = 20_000, 60, 2_000_000, 1 + BITS // 3
_TOKEN = re.compile(r"[()]|[^\s()]+")
_RATIONAL = re.compile(r"(-?[0-9]+)(?:/([0-9]+))?")
_SORTS = {"number": NUMBER, "letter": LETTER, "statement": STATEMENT}


def named(t: Term) -> str:
    """The name under which a certificate speaks of a term."""
    c = value(t)
    return str(c) if c is not None else "n" if t is SIZE else "#" + t.digest.hex()[:8]


def written(tree: Any) -> str:
    """The text of a certificate, or of a part of one."""
    if type(tree) is tuple:
        return f"({' '.join(map(written, tree))})"
    return named(tree) if type(tree) is Term else str(tree)


def read_certificate(text: str, table: Mapping[str, Term], category: str) -> Certificate:
    """The certificate that a text is of, in one of the categories sign, proof and identity.

    Raises Malformed where it is not of the grammar, names a term that is not in the table, or is too large.
    """
    if type(text) is not str or len(text) > LENGTH:
        raise Malformed("a certificate is text, and not too long.")
    spend(len(text) // 4)
    return _Reader(table).certificate(parse(text), category, 0)


def parse(text: str) -> Any:
    """The nested tuples of words that a text in parentheses is."""
    stack: list[list[Any]] = [[]]
    for token in _TOKEN.findall(text):
        if token == "(":
            stack.append([])
        elif token == ")":
            if len(stack) < 2:
                raise Malformed("a parenthesis is closed that was not opened.")
            done = tuple(stack.pop())
            stack[-1].append(done)
        else:
            stack[-1].append(token)
    if len(stack) != 1 or len(stack[0]) != 1:
        raise Malformed("the text is not one expression in parentheses.")
    return stack[0][0]


class _Reader:
    """Builds one certificate from words, counting its nodes."""

    def __init__(self, table: Mapping[str, Term]):
        self.table, self.nodes = table, 0

    def count(self, depth: int) -> None:
        """Count a certificate or a word. Raises Malformed where there are too many, or it stands too deep."""
        self.nodes += 1
        if self.nodes > NODES or depth > DEPTH:
            raise Malformed("a certificate is too large.")

    def certificate(self, tree: Any, category: str, depth: int) -> Certificate:
        self.count(depth)
        kinds = GRAMMAR[category]
        if type(tree) is not tuple or not tree or tree[0] not in kinds:
            raise Malformed(f"«{str(tree)[:60]}» is no {category}.")
        parts = kinds[tree[0]]
        if len(parts) != len(tree) - 1:
            raise Malformed(f"({tree[0]} ...) holds another number of parts.")
        return (tree[0], *[self.part(a, shape, depth + 1) for a, shape in zip(tree[1:], parts, strict=True)])

    def part(self, tree: Any, shape: Any, depth: int) -> Any:
        if type(shape) is str:
            return self.certificate(tree, shape, depth) if shape in GRAMMAR else self.leaf(tree, shape)
        if type(tree) is not tuple or (type(shape) is tuple and len(shape) != len(tree)):
            raise Malformed(f"«{str(tree)[:60]}» is no list of this length.")
        shapes = shape if type(shape) is tuple else shape * len(tree)
        return tuple([self.part(a, s, depth) for a, s in zip(tree, shapes, strict=True)])

    def leaf(self, word: Any, shape: str) -> Any:
        self.count(0)
        if type(word) is not str:
            raise Malformed(f"a {shape} is one word.")
        if shape in _SORTS:
            t = SIZE if word == "n" else self.table.get(word)
            if t is None and shape == "number":
                t = rat(rational(word))
            if type(t) is not Term or t.sort != _SORTS[shape]:
                raise Malformed(f"«{word}» is no {shape}.")
            return t
        c = rational(word)
        if shape == "ratio":
            return c
        if c.denominator != 1 or abs(c) >= NODES or (shape == "index" and c < 0):
            raise Malformed(f"«{word}» is no {shape}.")
        return int(c)


def rational(word: str) -> Fraction:
    """The rational number that a word is. Raises Malformed."""
    found = _RATIONAL.fullmatch(word)
    if found is None or len(word) > DIGITS or (found[2] is not None and not int(found[2])):
        raise Malformed(f"«{word[:60]}» is no rational number.")
    return Fraction(int(found[1]), int(found[2] or 1))
