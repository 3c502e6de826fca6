"""Small wrong changes to the trusted modules of the logic, each of which a test of tests/logic must notice.

    python tests/logic/mutants.py                    the mutants of all trusted modules
    python tests/logic/mutants.py checker laws       these modules only
    python tests/logic/mutants.py --list terms       the mutants of a module, nothing is run
    python tests/logic/mutants.py --again signs      forget what is remembered of a module

A mutant is the module with one change in its syntax tree: another comparison, another connective, a condition that always or
never holds, an operand, an argument, a keyword or a member left out, arguments swapped, another number or name, a statement
removed (`need` and `demand` among them), another value returned. Messages, docstrings, annotations, `__all__` are left alone.

First the tests of tests/logic are run to see which lines each reaches (coverage.py). A mutant is run against those tests
only that reach the statement which it changes: first those that killed the mutants before it, then the quicker ones; the first
that fails ends it. Each mutant runs in a process of its own: the changed function is put into one that has all tests loaded or,
where what is changed runs at import, the changed module is imported anew, and all tests are run. Tests that start a process are
left out, since it would not see the mutant. A test that takes twenty times as long as it should fails.

What is remembered in `.mutants/` saves time and decides one thing only: a survivor is not run again by tests that are as they
were, if the modules are as they were too. A survivor counts as known if survivors.md has it, with a reason. The exit code is 1
if there is a survivor that is not known, or a known one that is killed or gone.

A mutant takes about a twentieth of a second of processor time, a survivor as long as the tests that reach it. It is a campaign,
not a test: `pytest -m campaign tests/logic` runs it, the fast suite does not.
"""

from __future__ import annotations

import argparse
import ast
import gc
import inspect
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FunctionType
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LOGIC = ROOT / "focal_symbolic" / "logic"
HOME = Path(os.environ.get("MUTANTS_OF", ROOT))
"""The checkout; ROOT is a copy of it while mutants run, so that nothing changes under them."""
KEPT = HOME / ".mutants"
KNOWN = HOME / "tests" / "logic" / "survivors.md"

CORE = (
    *("checker", "laws", "kernel", "meaning", "context", "comparison", "terms", "signs", "arithmetic", "certificates"),
    *("fuel", "constants", "text", "stored", "judge", "doors", "coq.statement"),
)
RULES = ("common", "connectives", "quantifiers", "arithmetic", "extended", "sums", "analysis", "suprema")
MODULES = (*CORE, *(f"rules.{name}" for name in RULES))

MESSAGES = frozenset(
    {"demand", "Malformed", "Rejected", "Excess", "Invalid", "Exhausted", "Unprintable", "TypeVar", "Citation"}
)
"""What is called with a message; strings in it are not changed."""
SILENT = frozenset({"strict", "key"})
"""Keyword arguments that are not left out: `strict` of zip fails where a test fails already, `key` of sorted is an order."""


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


# -- mutants ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mutant:
    """A module with one change. `name` says where and what; it does not depend on lines.

    `text` is the changed statement of the module. `span` are the lines of the innermost statement that is changed, without what
    is inside; `function` is the outermost function that it
    is in.
    """

    module: str
    name: str
    line: int
    source: str
    text: str
    span: tuple[int, int]
    function: str


COMPARISONS: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
SLOW = ("test_coq_certificates", "test_coq_project", "test_coq_rules", "test_mutations", "test_mutants")
"""Test files that are not run against mutants."""
SYMMETRIC = frozenset({"max", "min", "add", "mul", "same", "brought", "plus", "product", "times", "alike"})
OPEN = frozenset({"add", "mul", "mk", "union", "given", "here", "max", "min", "joined"})
"""What takes any number of arguments: each is left out in turn, of others only the last."""
FUNCTIONS = {"any": "all", "all": "any", "min": "max", "max": "min"}


def constant(value: Any) -> ast.Constant:
    return ast.Constant(value)


def name_of(call: ast.Call) -> str:
    """The name of what is called, without the object before it."""
    f = call.func
    return f.attr if isinstance(f, ast.Attribute) else f.id if isinstance(f, ast.Name) else ""


class Changes:
    """All changes of a syntax tree, as (place, new node): the tree is walked once, annotations and messages left out."""

    def __init__(self, tree: ast.Module):
        self.found: list[tuple[int, str, ast.AST, str, int | None, Any, str]] = []
        for self.top, s in enumerate(tree.body):
            if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant)):
                self.statement(s, tree, "body", self.top, "")

    def change(self, scope: str, parent: ast.AST, field: str, index: int | None, new: Any, words: str) -> None:
        """Note a change: the statement of the module and the scope that it is in, its place, what is put there."""
        self.found.append((self.top, scope, parent, field, index, new, words))

    # -- statements

    def block(self, body: list[ast.stmt], parent: ast.AST, field: str, scope: str) -> None:
        for k, s in enumerate(body):
            if k == 0 and isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant):
                continue
            if isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant):
                continue  # the docstring of a constant
            self.statement(s, parent, field, k, scope)

    def statement(self, s: ast.stmt, parent: ast.AST, field: str, k: int, scope: str) -> None:  # noqa: PLR0915
        match s:
            case ast.FunctionDef() | ast.ClassDef():
                inner = f"{scope}.{s.name}" if scope else s.name
                if s.name == "__repr__":
                    return
                for j, d in enumerate(s.decorator_list):
                    if isinstance(d, ast.Call):
                        self.expression(d, s, "decorator_list", j, inner)
                if isinstance(s, ast.FunctionDef):
                    for j, d in enumerate(s.args.defaults):
                        self.expression(d, s.args, "defaults", j, inner)
                self.block(s.body, s, "body", inner)
            case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.AnnAssign(value=None):
                return
            case (
                ast.Assign(targets=[ast.Name(id="__all__" | "__slots__" | "T" | "Ts")])
                | ast.AnnAssign(target=ast.Name(id="__all__"))
            ):
                return
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                return
            case ast.If() | ast.While():
                self.condition(s.test, s, "test", None, scope)
                self.block(s.body, s, "body", scope)
                self.block(s.orelse, s, "orelse", scope)
            case ast.For():
                self.expression(s.iter, s, "iter", None, scope)
                self.change(scope, s, "iter", None, ast.Tuple([], ast.Load()), f"for ... in {ast.unparse(s.iter)} → never")
                self.block(s.body, s, "body", scope)
            case ast.With():
                for item in s.items:
                    self.expression(item.context_expr, item, "context_expr", None, scope)
                self.block(s.body, s, "body", scope)
            case ast.Try():
                self.block(s.body, s, "body", scope)
                for h in s.handlers:
                    self.block(h.body, h, "body", scope)
                self.block(s.finalbody, s, "finalbody", scope)
            case ast.Match():
                self.expression(s.subject, s, "subject", None, scope)
                for case in s.cases:
                    self.pattern(case.pattern, case, "pattern", None, scope)
                    if case.guard is not None:
                        self.condition(case.guard, case, "guard", None, scope)
                    self.block(case.body, case, "body", scope)
            case ast.Return():
                self.returned(s, scope)
            case ast.Expr():
                self.change(scope, parent, field, k, ast.Pass(), f"{ast.unparse(s)} → removed")
                self.expression(s.value, s, "value", None, scope)
            case ast.Raise():
                self.change(scope, parent, field, k, ast.Pass(), f"{ast.unparse(s)} → removed")
            case ast.Continue():
                self.change(scope, parent, field, k, ast.Break(), "continue → break")
            case ast.Break():
                self.change(scope, parent, field, k, ast.Continue(), "break → continue")
            case ast.AugAssign():
                self.change(scope, parent, field, k, ast.Pass(), f"{ast.unparse(s)} → removed")
                for op in OPERATORS.get(type(s.op), ()):
                    self.change(scope, s, "op", None, op(), f"{ast.unparse(s)} → {op.__name__}")
                self.expression(s.value, s, "value", None, scope)
            case ast.Assign() | ast.AnnAssign():
                self.expression(s.value, s, "value", None, scope)
            case _:
                raise TypeError(f"{type(s).__name__} is not known here: {ast.unparse(s)}")

    def returned(self, s: ast.Return, scope: str) -> None:
        if s.value is None:
            return
        words = ast.unparse(s)
        if self.truth(s.value):
            for b in (True, False):
                self.replace(s.value, s, "value", None, constant(b), scope, words)
        elif not (isinstance(s.value, ast.Constant)):
            self.change(scope, s, "value", None, constant(None), f"{words} → None")
        self.expression(s.value, s, "value", None, scope)

    @staticmethod
    def truth(e: ast.expr) -> bool:
        """Whether an expression is a truth value by its form."""
        named = isinstance(e, ast.Call) and name_of(e) in {"any", "all", "bool", "isinstance"}
        return isinstance(e, ast.Compare | ast.BoolOp) or (isinstance(e, ast.UnaryOp) and isinstance(e.op, ast.Not)) or named

    # -- patterns

    def pattern(self, p: ast.pattern, parent: ast.AST, field: str, k: int | None, scope: str) -> None:
        match p:
            case ast.MatchValue():
                self.change(scope, p, "value", None, constant("no such"), f"case {ast.unparse(p)} → no such")
            case ast.MatchOr() | ast.MatchSequence():
                for j, q in enumerate(p.patterns):
                    self.pattern(q, p, "patterns", j, scope)

    # -- expressions

    def replace(self, old: ast.AST, parent: ast.AST, field: str, k: int | None, new: ast.AST, scope: str, where: str) -> None:
        before, after = ast.unparse(old), ast.unparse(new)
        if before != after:
            within = "" if where == before else f"   in   {where}"
            self.change(scope, parent, field, k, new, f"{before} → {after}{within}")

    def condition(self, e: ast.expr, parent: ast.AST, field: str, k: int | None, scope: str) -> None:
        """A condition that always, or never, holds; and what is within."""
        where = f"if {ast.unparse(e)}"
        self.change(scope, parent, field, k, constant(True), f"{where} → True")
        if not isinstance(parent, ast.While):
            self.change(scope, parent, field, k, constant(False), f"{where} → False")
        self.expression(e, parent, field, k, scope)

    def expression(self, e: ast.expr, parent: ast.AST, field: str, k: int | None, scope: str, words: str = "") -> None:  # noqa: PLR0915
        where = words or ast.unparse(e)
        if len(where) > 120:
            where = where[:120] + "..."

        def put(new: ast.AST) -> None:
            self.replace(e, parent, field, k, new, scope, where)

        def within(child: ast.expr, owner: ast.AST, name: str, j: int | None = None) -> None:
            self.expression(child, owner, name, j, scope, where)

        match e:
            case ast.Constant(value=bool() as b):
                put(constant(not b))
            case ast.Constant(value=int() as c):
                for other in (c + 1, c - 1):
                    if not (other == -1 and isinstance(parent, ast.Subscript)):  # the only entry is the last one
                        put(constant(other))
            case ast.Constant(value=str() as text):
                put(constant(text + "X"))
            case ast.Compare():
                for j, op in enumerate(e.ops):
                    for other in COMPARISONS[type(op)]:
                        put(ast.Compare(e.left, [*e.ops[:j], other(), *e.ops[j + 1 :]], e.comparators))
                if len(e.ops) > 1:
                    put(ast.Compare(e.left, e.ops[:-1], e.comparators[:-1]))
                    put(ast.Compare(e.comparators[0], e.ops[1:], e.comparators[1:]))
                within(e.left, e, "left")
                for j, c in enumerate(e.comparators):
                    within(c, e, "comparators", j)
            case ast.BoolOp():
                put(ast.BoolOp(ast.And() if isinstance(e.op, ast.Or) else ast.Or(), e.values))
                for j, v in enumerate(e.values):
                    rest = [*e.values[:j], *e.values[j + 1 :]]
                    put(rest[0] if len(rest) == 1 else ast.BoolOp(e.op, rest))
                    within(v, e, "values", j)
            case ast.UnaryOp():
                if not isinstance(e.operand, ast.Constant) or isinstance(e.op, ast.Not):
                    put(e.operand)
                within(e.operand, e, "operand")
            case ast.BinOp():
                for other in OPERATORS[type(e.op)]:
                    put(ast.BinOp(e.left, other(), e.right))
                put(e.left)
                put(e.right)
                if isinstance(e.op, ast.Sub | ast.Div | ast.FloorDiv | ast.Mod | ast.Pow):
                    put(ast.BinOp(e.right, e.op, e.left))
                within(e.left, e, "left")
                within(e.right, e, "right")
            case ast.IfExp():
                put(e.body)
                put(e.orelse)
                for name in ("test", "body", "orelse"):
                    within(getattr(e, name), e, name)
            case ast.Call():
                self.call(e, parent, field, k, scope, where)
            case ast.Set() | ast.Tuple() | ast.List():
                if isinstance(e, ast.Set) or len(e.elts) > 1:
                    for j in range(len(e.elts)):
                        rest = [*e.elts[:j], *e.elts[j + 1 :]]
                        put(type(e)(rest, ast.Load()) if not isinstance(e, ast.Set) else ast.Set(rest) if rest else empty())
                for j, v in enumerate(e.elts):
                    within(v, e, "elts", j)
            case ast.Dict():
                for j in range(len(e.keys)):
                    put(ast.Dict([*e.keys[:j], *e.keys[j + 1 :]], [*e.values[:j], *e.values[j + 1 :]]))
                for j, (key, v) in enumerate(zip(e.keys, e.values, strict=True)):
                    if key is not None and not isinstance(key, ast.Constant):
                        within(key, e, "keys", j)
                    within(v, e, "values", j)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                for g in e.generators:
                    for j, test in enumerate(g.ifs):
                        for b in (True, False):
                            self.replace(test, g, "ifs", j, constant(b), scope, where)
                        within(test, g, "ifs", j)
                    within(g.iter, g, "iter")
                for name in ("key", "value") if isinstance(e, ast.DictComp) else ("elt",):
                    within(getattr(e, name), e, name)
            case ast.Subscript():
                within(e.value, e, "value")
                if not isinstance(e.value, ast.Name) or e.value.id not in {"list", "dict", "frozenset", "tuple", "Callable"}:
                    within(e.slice, e, "slice")
            case ast.Slice():
                for name in ("lower", "upper", "step"):
                    if getattr(e, name) is not None:
                        self.replace(e, parent, field, k, slice_without(e, name), scope, where)
                        within(getattr(e, name), e, name)
            case ast.Starred() | ast.Attribute() | ast.NamedExpr() | ast.FormattedValue():
                within(e.value, e, "value")
            case ast.Lambda():
                within(e.body, e, "body")
            case ast.JoinedStr():
                for v in e.values:
                    if isinstance(v, ast.FormattedValue):
                        within(v.value, v, "value")
            case ast.Yield() | ast.YieldFrom() if e.value is not None:
                within(e.value, e, "value")
            case ast.Name() | ast.Constant() | ast.Yield():
                pass
            case _:
                raise TypeError(f"{type(e).__name__} is not known here: {ast.unparse(e)}")

    def call(self, e: ast.Call, parent: ast.AST, field: str, k: int | None, scope: str, where: str) -> None:
        name = name_of(e)
        self.expression(e.func, e, "func", None, scope, where)
        if name in FUNCTIONS and isinstance(e.func, ast.Name):
            new = ast.Call(ast.Name(FUNCTIONS[name], ast.Load()), e.args, e.keywords)
            self.replace(e, parent, field, k, new, scope, where)
        if name in MESSAGES:
            for j, a in enumerate(e.args[:1] if name == "demand" else ()):
                self.condition(a, e, "args", j, scope)
            return
        plain = [not isinstance(a, ast.Starred) for a in e.args]
        for j in range(len(e.args) - 1):
            if plain[j] and plain[j + 1] and not (name in SYMMETRIC or (j and is_sorted(e))):
                args = [*e.args[:j], e.args[j + 1], e.args[j], *e.args[j + 2 :]]
                self.replace(e, parent, field, k, ast.Call(e.func, args, e.keywords), scope, where)
        for j, a in enumerate(e.args):
            if len(e.args) > 1 and (j == len(e.args) - 1 or name in OPEN):
                left = ast.Call(e.func, [*e.args[:j], *e.args[j + 1 :]], e.keywords)
                self.replace(e, parent, field, k, left, scope, where)
            self.expression(a, e, "args", j, scope, where)
        for j, kw in enumerate(e.keywords):
            if kw.arg not in SILENT:
                left = ast.Call(e.func, e.args, [*e.keywords[:j], *e.keywords[j + 1 :]])
                self.replace(e, parent, field, k, left, scope, where)
                self.expression(kw.value, kw, "value", None, scope, where)


def is_sorted(e: ast.Call) -> bool:
    """Whether a call makes a term whose arguments are sorted."""
    first = e.args[0] if name_of(e) == "mk" else None
    return isinstance(first, ast.Constant) and first.value in {"add", "mul", "and", "or", "iff"}


def empty() -> ast.Call:
    return ast.Call(ast.Name("set", ast.Load()), [], [])


def slice_without(e: ast.Slice, name: str) -> ast.Slice:
    return ast.Slice(**{n: None if n == name else getattr(e, n) for n in ("lower", "upper", "step")})


def file_of(module: str) -> Path:
    return LOGIC / f"{module.replace('.', '/')}.py"


@cache
def mutants(module: str) -> tuple[Mutant, ...]:
    """The mutants of a module of the logic."""
    return mutants_of(module, file_of(module).read_text(encoding="utf-8"))


def mutants_of(module: str, source: str) -> tuple[Mutant, ...]:
    """The mutants of a source, each text once, in the order of their places."""
    tree = ast.parse(source)
    texts = [ast.unparse(s) for s in tree.body]
    homes = dict(homes_in(tree, None, "", ""))
    seen, out, counts = {(k, text) for k, text in enumerate(texts)}, [], Counter[str]()
    for top, scope, parent, field, index, new, words in Changes(tree).found:
        before = getattr(parent, field)
        old = before if index is None else before[index]
        line = next((n.lineno for n in (old, parent) if hasattr(n, "lineno")), 0)
        setattr(parent, field, new if index is None else [*before[:index], new, *before[index + 1 :]])
        text = ast.unparse(tree.body[top])
        setattr(parent, field, before)
        if (top, text) in seen or not compiles(text):
            continue
        seen.add((top, text))
        name = f"{scope or 'module'}: {' '.join(words.split())}"
        counts[name] += 1
        name = name if counts[name] == 1 else f"{name} ({counts[name]})"
        changed = "\n".join([*texts[:top], text, *texts[top + 1 :]])
        statement, function = homes[old if isinstance(old, ast.stmt) else parent]
        out.append(Mutant(module, name, line, changed, text, lines_of(statement), function))
    return tuple(out)


def homes_in(node: ast.AST, statement: ast.stmt | None, scope: str, function: str) -> Iterator[tuple[ast.AST, Any]]:
    """Each node with its innermost statement and the outermost function in whose body it is."""
    statement = node if isinstance(node, ast.stmt) else statement
    yield node, (statement, function)
    inner = f"{scope}.{node.name}".lstrip(".") if isinstance(node, ast.ClassDef | ast.FunctionDef) else scope
    body = {id(s) for s in node.body} if isinstance(node, ast.FunctionDef) and not function else ()
    for child in ast.iter_child_nodes(node):
        yield from homes_in(child, statement, inner, inner if id(child) in body else function)


def lines_of(s: ast.stmt) -> tuple[int, int]:
    """The lines of a statement without those of the statements in it."""
    within = [n.lineno for n in ast.walk(s) if n is not s and isinstance(n, ast.stmt)]
    return s.lineno, max(s.lineno, min(within) - 1 if within else s.end_lineno or s.lineno) + 1


def compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


# -- running one -----------------------------------------------------------------------------------------------------------


class Mutated(MetaPathFinder, Loader):
    """Imports one module of the logic from another text."""

    def __init__(self, mutant: Mutant):
        self.name, self.mutant = name_in_python(mutant.module), mutant

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        return spec_from_loader(name, self, origin=str(file_of(self.mutant.module))) if name == self.name else None

    def exec_module(self, module: Any) -> None:
        exec(compile(self.mutant.source, str(file_of(self.mutant.module)), "exec"), module.__dict__)


def name_in_python(module: str) -> str:
    return f"focal_symbolic.logic.{module}"


def codes(code: CodeType) -> Iterator[CodeType]:
    """A code and all that is defined within."""
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from codes(part)


@cache
def functions() -> dict[tuple[str, str], list[FunctionType]]:
    """All functions of the logic in this process, by module and name."""
    out: dict[tuple[str, str], list[FunctionType]] = {}
    for f in gc.get_objects():
        if inspect.isfunction(f) and (f.__module__ or "").startswith("focal_symbolic.logic."):
            out.setdefault((f.__module__, f.__code__.co_qualname), []).append(f)
    return out


def put_in(mutant: Mutant) -> bool:
    """Give the one function that a mutant changes its new code, in this process; whether it was found."""
    flags = annotations.compiler_flag
    compiled = compile(mutant.text, str(file_of(mutant.module)), "exec", flags=flags, dont_inherit=True)
    new = [c for c in codes(compiled) if c.co_qualname == mutant.function]
    old = functions().get((name_in_python(mutant.module), mutant.function), [])
    if not len(new) == len(old) == 1 or new[0].co_freevars != old[0].__code__.co_freevars:
        return False
    old[0].__code__ = new[0]
    return True


def all_tests() -> list[str]:
    """The test files that mutants are run against."""
    return [str(p) for p in sorted(HERE.glob("test_*.py")) if not p.stem.startswith(SLOW)]


def cases(test: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The names and arguments under which a test runs."""
    marks = [m for m in getattr(test, "pytestmark", ()) if m.name == "parametrize"]
    tables = []
    for m in marks:
        names = [n.strip() for n in m.args[0].split(",")] if isinstance(m.args[0], str) else list(m.args[0])
        rows = [getattr(row, "values", row) for row in m.args[1]] if not isinstance(m.args[1], dict) else list(m.args[1])
        tables.append([dict(zip(names, row if len(names) > 1 else (row,), strict=True)) for row in rows])
    for number, rows in enumerate(product(*tables)):
        yield f"{test.__name__}[{number}]" if tables else test.__name__, {k: v for row in rows for k, v in row.items()}


@cache
def tests_in(stem: str) -> dict[str, Callable[[], None]]:
    """The tests of a file, by name. Left out is what starts a process, asks for what only pytest has, or is marked as slow."""
    import pytest

    def ready(test: Any, arguments: dict[str, Any], wanted: bool) -> Callable[[], None]:
        def run() -> None:
            with pytest.MonkeyPatch.context() as patch:
                test(**arguments, **({"monkeypatch": patch} if wanted else {}))

        return run

    out = {}
    for name, test in vars(import_module(stem)).items():
        if not (name.startswith("test_") and inspect.isfunction(test) and test.__module__ == stem):
            continue
        marks = {m.name for m in getattr(test, "pytestmark", ())}
        if marks & {"coq", "campaign"} or "subprocess" in inspect.getsource(test):
            continue
        for case, arguments in cases(test):
            wanted = inspect.signature(test).parameters.keys() - arguments.keys()
            if wanted <= {"monkeypatch"}:
                out[f"{stem}::{case}"] = ready(test, arguments, bool(wanted))
    return out


class TooSlow(BaseException):
    """A test takes much longer than without a mutant."""


def interrupted(*_: object) -> None:
    raise TooSlow


def passes(name: str, seconds: float) -> bool:
    """Whether a test passes in this process within so much processor time."""
    import pytest

    try:
        test = tests_in(name.partition("::")[0])[name]
        signal.signal(signal.SIGPROF, interrupted)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            test()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except pytest.skip.Exception:
        return True
    except BaseException:
        return False
    return True


def forked(work: Callable[[], str], seconds: int) -> str:
    """What is told by `work` in a process of its own that may take so much processor time; "" if it dies."""
    out, into = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            os.close(out)
            for stream in (1, 2):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
            with os.fdopen(into, "w") as told:
                told.write(work())
        finally:
            os._exit(0)
    os.close(into)
    with os.fdopen(out) as told:
        text = told.read()
    os.waitpid(child, 0)
    return text


def streamed(work: Callable[[], Iterable[str]]) -> Iterator[str]:
    """The lines that `work` gives in a process of its own, as they come."""
    out, into = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            os.close(out)
            with os.fdopen(into, "w", buffering=1) as told:
                for line in work():
                    told.write(line + "\n")
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(into)
    with os.fdopen(out) as told:
        yield from map(str.rstrip, told)
    os.waitpid(child, 0)


def killer(mutant: Mutant, tests: list[str], reach: Reach, in_place: bool) -> str:
    """The first of the tests that fails with the mutant in place; "" if none does. In a process of its own."""

    def work() -> str:
        if not (in_place and put_in(mutant)):
            if in_place:
                return "another way"
            sys.meta_path.insert(0, Mutated(mutant))
        for test in tests:
            if not passes(test, 2 + 20 * reach.seconds[test]):
                return f"killed {test}"
        return "alive"

    return forked(work, 60 + int(20 * sum(reach.seconds[test] for test in tests))) or "killed the process died"


@cache
def alone(test: str) -> bool:
    """Whether a test passes in a process of its own without a mutant."""
    return forked(lambda: "yes" if passes(test, 600) else "no", 600) == "yes"


def copied(into: Path) -> Path:
    """A copy of the package and of the tests."""
    plain = shutil.ignore_patterns("__pycache__", "benchmarks", "*.svg", "*.v")
    for name in ("focal_symbolic", "proofs", "tests"):
        shutil.copytree(ROOT / name, into / name, ignore=plain)
    (into / "focal_symbolic" / "proofs").symlink_to(into / "proofs")
    return into


def load() -> None:
    """What no mutant changes, imported once for all: other people's modules that the tests import."""
    wanted = forked(lambda: "\n".join(name for name in loaded_by_tests() if not name.startswith("focal_symbolic")), 600)
    for name in wanted.splitlines():
        with suppress(Exception):
            import_module(name)
    import focal_symbolic

    assert Path(focal_symbolic.__file__).is_relative_to(ROOT), focal_symbolic.__file__
    loaded = [name for name in sys.modules if name.startswith(("focal_symbolic.logic", "test_"))]
    assert not loaded, loaded
    from hypothesis import HealthCheck, settings

    settings.register_profile(
        "mutants", derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    settings.load_profile("mutants")


def loaded_by_tests() -> list[str]:
    """The modules that the tests load, without themselves and their helpers."""
    before = {*sys.modules}
    for file in all_tests():
        import_module(Path(file).stem)
    ours = {p.stem for p in (*HERE.glob("*.py"), *HERE.parent.glob("*.py"))}
    return [name for name in sys.modules if name not in before and name.partition(".")[0] not in ours]


# -- which tests reach a line ----------------------------------------------------------------------------------------------


class Reach:
    """The tests that pass through each line of the logic, each run alone; how long each takes; what runs while all are loaded.

    A mutant can be noticed only by a test that passes through the statement that it changes, so no other is run.
    """

    def __init__(self, chosen: Callable[[str], bool] = bool) -> None:
        self.file = KEPT / "reach.json"
        package = [p for p in sorted((ROOT / "focal_symbolic").rglob("*.py")) if "/commands/" not in str(p)]
        helpers = [p for p in (*sorted(HERE.glob("*.py")), *sorted(HERE.parent.glob("*.py"))) if not p.stem.startswith("test_")]
        self.state = digest(read([*package, *(p for p in helpers if p != Path(__file__).resolve())]))
        kept = json.loads(self.file.read_text()) if self.file.exists() else {}
        self.kept: dict[str, Any] = kept if kept.get("state") == self.state else {"state": self.state, "files": {}}
        texts = {Path(f).stem: digest(read([Path(f)])) for f in all_tests() if chosen(Path(f).stem)}
        self.texts = texts
        files = self.kept["files"]
        new = [stem for stem, text in texts.items() if files.get(stem, {}).get("text") != text]
        if new:
            tell(f"-- tests of {len(new)} files are run to see what they reach")
        for line in streamed(lambda: map(json.dumps, reached(new))):
            told = json.loads(line)
            self.kept["at_import"] = told["at_import"]
            files[told["stem"]] = {"text": texts[told["stem"]], "tests": told["tests"]}
            self.save()
        tests = {name: found for stem in texts for name, found in files[stem]["tests"].items()}
        failing = [name for name, found in tests.items() if not found["passes"]]
        assert not failing, f"tests that fail without a mutant: {', '.join(failing)}"
        self.seconds: dict[str, float] = {name: found["seconds"] for name, found in tests.items()}
        self.lines: dict[str, dict[int, set[str]]] = {}
        for name, found in tests.items():
            for file, lines in found["lines"].items():
                of_file = self.lines.setdefault(file, {})
                for line in lines:
                    of_file.setdefault(line, set()).add(name)

    def save(self) -> None:
        KEPT.mkdir(exist_ok=True)
        self.file.write_text(json.dumps(self.kept))

    def in_place(self, mutant: Mutant) -> bool:
        """Whether what it changes is in a function, and is not run at import: then nothing depends on it yet."""
        run = self.kept["at_import"].get(mutant.module, ())
        return bool(mutant.function) and not any(k in run for k in range(*mutant.span))

    def tests(self, mutant: Mutant) -> list[str]:
        """The tests that pass through the statement of a mutant, the quicker first.

        All of them if it is run at import: those of the module first, then files that are imported sooner.
        """
        if self.in_place(mutant):
            lines = self.lines.get(mutant.module, {})
            found = {t for k in range(*mutant.span) for t in lines.get(k, ())}
            return sorted(found, key=lambda name: self.seconds[name])
        own = f"test_{mutant.module.replace('.', '_')}"
        far = {stem: (not stem.startswith(own), imports_claims(stem)) for stem in self.texts}
        return sorted(self.seconds, key=lambda name: (far[name.partition("::")[0]], self.seconds[name]))


@cache
def imports_claims(stem: str) -> bool:
    """Whether a file of tests, or a helper that it imports, imports claims, which takes a second."""
    file = next((p for p in (HERE / f"{stem}.py", HERE.parent / f"{stem}.py") if p.exists()), None)
    text = file.read_text(encoding="utf-8") if file else ""
    helpers = re.findall(r"^(?:from|import) (\w+)", text, re.MULTILINE)
    return "from focal_symbolic.claims" in text or any(imports_claims(name) for name in helpers if name != stem)


def reached(stems: list[str]) -> Iterator[dict[str, Any]]:
    """For each test file what its tests pass through, and what is run of the logic while all test files are imported."""
    from coverage import Coverage

    measuring = Coverage(data_file=None, include=[f"{LOGIC}/*"], config_file=False)
    measuring.start()
    measuring.switch_context("import")
    loaded_by_tests()

    def of_file(stem: str) -> dict[str, Any]:
        found: dict[str, dict[str, Any]] = {}
        for name in tests_in(stem):
            measuring.switch_context(name)
            start = time.process_time()
            found[name] = {"passes": passes(name, 600), "seconds": round(time.process_time() - start, 4), "lines": {}}
            measuring.switch_context("between")
            forget()
        measuring.stop()
        data, at_import = measuring.get_data(), {}
        for file in data.measured_files():
            module = ".".join(Path(file).relative_to(LOGIC).with_suffix("").parts)
            for line, names in data.contexts_by_lineno(file).items():
                for name in names:
                    lines = at_import if name == "import" else found[name]["lines"] if name in found else {}
                    lines.setdefault(module, []).append(line)
        return {"stem": stem, "at_import": at_import, "tests": found}

    for stem in stems:
        yield json.loads(forked(lambda stem=stem: json.dumps(of_file(stem)), 3600))


def forget() -> None:
    """Have the next test find nothing remembered, so that it passes through what it would alone."""
    for module in [m for name, m in sys.modules.items() if name.startswith("focal_symbolic.logic")]:
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


# -- the campaign ----------------------------------------------------------------------------------------------------------


def digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=12).hexdigest()


def read(files: Iterable[Path]) -> str:
    return "\0".join(Path(f).read_text(encoding="utf-8") for f in files)


class Memory:
    """What is remembered of the mutants of a module: which test killed each, and which files a survivor has survived.

    A killer is tried first the next time. A survivor is not run again by test files that are as they were, unless a module or
    a helper of the tests has changed since.
    """

    def __init__(self, module: str, reach: Reach, again: bool = False):
        self.file, self.reach = KEPT / f"{module}.json", reach
        self.kept: dict[str, Any] = json.loads(self.file.read_text()) if self.file.exists() and not again else {}

    def killer(self, mutant: Mutant) -> str:
        told = self.kept.get(mutant.name)
        return told if isinstance(told, str) else ""

    def left(self, mutant: Mutant, tests: list[str]) -> list[str]:
        """The tests that are still to be run."""
        told = self.kept.get(mutant.name)
        if not isinstance(told, dict) or told["mutant"] != digest(mutant.source, self.reach.state):
            return tests
        same = {stem for stem, text in told["survived"].items() if self.reach.texts.get(stem) == text}
        return [t for t in tests if t.partition("::")[0] not in same]

    def note(self, mutant: Mutant, by: str) -> None:
        survived = {"mutant": digest(mutant.source, self.reach.state), "survived": self.reach.texts}
        self.kept[mutant.name] = by or survived

    def save(self) -> None:
        KEPT.mkdir(exist_ok=True)
        self.file.write_text(json.dumps(self.kept, indent=0))


def known() -> dict[str, dict[str, str]]:
    """The survivors that are listed, by module and name, with their reasons."""
    out: dict[str, dict[str, str]] = {}
    module = ""
    for line in KNOWN.read_text(encoding="utf-8").splitlines() if KNOWN.exists() else ():
        if line.startswith("## "):
            module = line[3:].strip()
        elif line.startswith("- `"):
            name, _, reason = line[3:].partition("` ")
            out.setdefault(module, {})[name] = reason.strip()
    return out


@dataclass
class Report:
    """What became of the mutants of one module."""

    module: str
    made: int = 0
    killed: int = 0
    known: int = 0
    survivors: tuple[Mutant, ...] = ()
    stale: tuple[str, ...] = ()


def in_order(mutant: Mutant, memory: Memory, reach: Reach, lately: list[str]) -> list[str]:
    """The tests for a mutant: its last killer, the last killers of others, then the quicker before the slower."""
    tests = memory.left(mutant, reach.tests(mutant))
    first = [t for t in dict.fromkeys((memory.killer(mutant), *lately[:-6:-1])) if t in {*tests}]
    return [*first, *(t for t in tests if t not in first)]


def verdicts(made: list[Mutant], memory: Memory, reach: Reach, in_place: bool) -> Iterator[str]:
    """The verdict on each mutant; in place where this process may load all tests."""
    if in_place:
        loaded_by_tests()
        functions()
        gc.collect()
        gc.freeze()
    lately: dict[str, list[str]] = {}
    for mutant in made:
        of_function = lately.setdefault(mutant.function, [])
        verdict = killer(mutant, in_order(mutant, memory, reach, of_function), reach, in_place)
        test = verdict.removeprefix("killed ")
        if test in reach.seconds:
            of_function.append(test)
            if not alone(test):
                verdict = f"{test} fails alone, without a mutant"
        yield verdict


def campaign(module: str, reach: Reach, again: bool = False) -> Report:
    """Run the mutants of a module."""
    memory, listed, made = Memory(module, reach, again), known().get(module, {}), mutants(module)
    alive, number = set(), 0
    waiting = [m for m in made if reach.in_place(m)]
    for in_place in (True, False):
        others = []
        told = streamed(lambda waiting=waiting, in_place=in_place: verdicts(waiting, memory, reach, in_place))
        for mutant, verdict in zip(waiting, told, strict=True):
            assert verdict.startswith(("killed", "alive", "another way")), verdict
            if verdict == "another way":
                others.append(mutant)
                continue
            number += 1
            memory.note(mutant, verdict.removeprefix("killed ") if verdict != "alive" else "")
            if verdict == "alive":
                alive.add(mutant.name)
                if mutant.name not in listed:
                    tell(f"{module}:{mutant.line}: {mutant.name}")
            if number % 100 == 0:
                memory.save()
                tell(f"-- {module}: {number} of {len(made)}, {len(alive)} alive")
        waiting = [*others, *(m for m in made if not reach.in_place(m))]
    memory.save()
    unknown = tuple(m for m in made if m.name in alive and m.name not in listed)
    stale = tuple(name for name in listed if name not in alive)
    return Report(module, len(made), len(made) - len(alive), len(alive & listed.keys()), unknown, stale)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", default=list(MODULES), metavar="MODULE")
    parser.add_argument("--list", action="store_true", help="list the mutants, run nothing")
    parser.add_argument("--again", action="store_true", help="forget what is remembered")
    options = parser.parse_args()
    modules = options.modules or list(MODULES)
    if options.list:
        for module in modules:
            for m in mutants(module):
                tell(f"{module}:{m.line}: {m.name}")
        return 0
    if "MUTANTS_OF" not in os.environ:
        with TemporaryDirectory() as place:
            here = copied(Path(place))
            command = [sys.executable, str(here / "tests" / "logic" / "mutants.py"), *sys.argv[1:]]
            paths = os.pathsep.join(str(here / p) for p in ("", "tests", "tests/logic"))
            return subprocess.run(
                command, env={**os.environ, "MUTANTS_OF": str(ROOT), "PYTHONPATH": paths}, check=False
            ).returncode
    load()
    reach = Reach()
    bad = 0
    for module in modules:
        r = campaign(module, reach, options.again)
        tell(f"{r.module}: {r.made} mutants, {r.killed} killed, {r.known} survivors listed, {len(r.survivors)} not listed")
        for m in r.survivors:
            tell(f"  {m.module}:{m.line}: {m.name}")
        for name in r.stale:
            tell(f"  listed, but killed or gone: {name}")
        bad += len(r.survivors) + len(r.stale)
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
