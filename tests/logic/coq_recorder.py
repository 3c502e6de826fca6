"""A pytest plugin: every step that the kernel accepts while tests run becomes a Coq lemma, which Coq has to prove.

    COQ_STEPS=steps.json python -m pytest -p coq_recorder tests/logic/test_rules_sums.py

A step leans on the lemmas of its premises; a premise that no step has shown (a claim of the library) is taken as it is.
"""

from __future__ import annotations

import json
import os
from types import SimpleNamespace

from focal_symbolic.logic import kernel
from focal_symbolic.logic.coq.facts import in_hypothesis_order
from focal_symbolic.logic.coq.proof import names_of, ordered, spoken
from focal_symbolic.logic.coq.statement import Unprintable, binders, proposition
from focal_symbolic.logic.coq.step import Head, StepWriter, writers


class Recorder:
    """Lemmas of accepted steps, and those steps that could not be written."""

    def __init__(self):
        self.texts: list[str] = []
        self.unwritten: list[str] = []
        self.uses: set[str] = set()
        self.inverses: set[str] = set()
        self.heads: dict[int, Head] = {}
        self.kept: list[kernel.Theorem] = []  # so that no two theorems have one identity

    def record(self, step, premises, theorem, answers, where=""):
        """The lemma of a step."""
        try:
            heads = [self.heads.get(id(p)) or self.supposed(p) for p in premises]
            keys = {key for t in (theorem, *premises) for key in names_of(t)} | spoken(a for _, a in step.arguments)
            head = Head(f"s{len(self.texts) + 1}", ordered(keys))
            claim = SimpleNamespace(uses=self.uses, inverses=self.inverses, answers=answers, continuous="{}_continuous".format)
            remark = f"(* {len(self.texts) + 1}: {step.rule} in {''.join(c for c in where if c.isalnum() or c in '_./')} *)\n"
            writer = StepWriter(head.name, head.symbols, step, theorem, premises, heads, claim, remark)
            self.enter(theorem, head, writer.text())
        except Unprintable:
            pass  # a declared function, or a case, that the printer refuses
        except Exception as error:
            self.unwritten.append(f"{step.rule} in {where}: {type(error).__name__}: {error}")

    def supposed(self, theorem):
        """A theorem that no step has shown, as an axiom."""
        head = Head(f"a{len(self.texts) + 1}", ordered(names_of(theorem)))
        said = " ->\n  ".join(map(proposition, [*in_hypothesis_order(theorem), theorem.conclusion]))
        self.enter(theorem, head, f"Axiom {head.name} : forall {' '.join(binders(head.symbols))},\n  {said}.\n")
        return head

    def enter(self, theorem, head, text):
        """Keep a lemma."""
        self.texts.append(text)
        self.heads[id(theorem)] = head
        self.kept.append(theorem)


_recorder = Recorder()


def pytest_configure():
    conclude = kernel._conclude

    def recording(step, premises, lemmas, answers):
        theorem = conclude(step, premises, lemmas, answers)
        if step.rule in writers:
            of = [lemmas(dict(step.arguments)["name"])] if step.rule == "lemma" else []
            _recorder.record(step, [*of, *premises], theorem, answers, os.environ.get("PYTEST_CURRENT_TEST", ""))
        return theorem

    kernel._conclude = recording


def pytest_sessionfinish():
    with open(os.environ["COQ_STEPS"], "w", encoding="utf-8") as file:
        found = {"texts": _recorder.texts, "unwritten": _recorder.unwritten, "uses": sorted(_recorder.uses)}
        json.dump(found, file)
