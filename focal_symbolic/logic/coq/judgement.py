"""What Coq makes of a project of claims.

A claim is proved if its file compiles, leans on no axiom beyond those allowed, has no word by which something is taken on
trust, and its theorem in Atlas.v compiles: as `statement.py` prints it, and as it stands in Statements.v.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from focal_symbolic.errors import FocalError
from focal_symbolic.logic.coq.compiler import Built, Coq, Limits, compiled
from focal_symbolic.logic.coq.project import Project, identifier, library, without_comments

__all__ = ["ALLOWED", "PRIMITIVE", "Outcome", "axioms_in", "judged"]


@dataclass(frozen=True)
class Outcome:
    """What Coq says of a claim; `refuses_twin`: the tactics that give the claim do not give its false twin."""

    verdict: Literal["proved", "failed", "absent"]
    axioms: tuple[str, ...] = ()
    seconds: float = 0
    reason: str = ""
    refuses_twin: bool = False

    def to_json(self) -> dict[str, Any]:
        """The leg in the shape of the contract."""
        told: dict[str, Any] = {"verdict": self.verdict, "axioms": [*self.axioms], "seconds": self.seconds}
        return told | ({"reason": self.reason} if self.reason else {})


# -- what is not to be taken on trust --------------------------------------------------------------------------------------

ALLOWED = frozenset(
    {
        "ClassicalDedekindReals.sig_forall_dec",
        "ClassicalDedekindReals.sig_not_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
        "Classical_Prop.classic",
    }
)
"""The axioms of Coq's classical real numbers."""

_OPERATIONS = "add div eqb head0 land leb lor lsl lsr ltb lxor mod mul mulc sub tail0 diveucl_21"
_DERIVED = "addc addcarryc addmuldiv compare diveucl subc subcarryc"
_LAWS = {f"{name}_spec" for name in _OPERATIONS.split()} - {"eqb_spec"} | {f"{name}_def_spec" for name in _DERIVED.split()}
PRIMITIVE = frozenset(
    {f"PrimInt63.{name}" for name in ("int", *_OPERATIONS.split(), *_DERIVED.split())}
    | {f"Uint63.{name}" for name in (*_LAWS, "of_to_Z", "eqb_correct", "eqb_refl")}
)
"""The machine integers that the tactic `interval` reckons with, and their laws: allowed where a file uses the tactic."""

_WITHOUT_PROOF = re.compile(r"\b(Admitted|admit|give_up|Axioms?|Parameters?|Conjecture|Abort|Unset\s+Guard|bypass_check)\b")


def axioms_in(output: str) -> tuple[str, ...] | None:
    """The axioms that the last `Print Assumptions` has told; None where it told nothing."""
    closed, listed = output.rfind("Closed under the global context"), output.rfind("Axioms:\n")
    if closed == listed == -1:
        return None
    lines = output[listed:].splitlines()[1:] if listed > closed else []
    names = (re.match(r"[\w.']+", line) for line in lines if line and not line[0].isspace())
    return tuple(sorted({found[0] if found else "?" for found in names}))


# -- judged ----------------------------------------------------------------------------------------------------------------

_CLOSING = Limits(seconds=600, megabytes=4000)
"""The limits of Atlas.v and the twins, which load the files of many claims."""


def judged(
    project: Project,
    coq: Coq,
    *,
    jobs: int = 2,
    cache: Path | None = None,
    limits: Limits = Limits(),
    progress: Callable[[str, Built], None] | None = None,
) -> dict[str, Outcome]:
    """What Coq says of each claim of a project."""
    texts, library_ = project.texts, library()
    failed = {name: Outcome("failed", reason=f"{name}: {reason}.") for name, reason in project.unwritten.items()}
    proved = {name: Outcome("failed") for name in texts}
    untwinned: dict[str, str] = {}
    for path, text in library_.items():
        if word := _WITHOUT_PROOF.search(without_comments(text)):
            raise FocalError(f"{path} says «{word[0]}»; the library is to be proved.")
    while proved:
        names = [*proved]
        closing = {"Atlas.v": project.atlas(names)} | project.twins([n for n in names if n not in untwinned])
        files = project.sources() | closing
        files = {path: text for path, text in files.items() if path not in project.paths or project.paths[path] in proved}
        built = compiled(
            files,
            coq,
            jobs=jobs,
            cache=cache,
            limits=lambda path, closing=closing: _CLOSING if path in closing else limits,  # type: ignore[misc]
            done=progress,
        )
        for path in ("library", "Definitions.v", "Statements.v"):
            _demand(built, path)
        proved = {name: _outcome(project, name, texts[name], built[project.path(name)]) for name in names}
        wrong = {name: outcome for name, outcome in proved.items() if outcome.verdict != "proved"}
        wrong = wrong or _refused(closing["Atlas.v"], built["Atlas.v"], proved)
        failed |= wrong
        proved = {name: outcome for name, outcome in proved.items() if name not in wrong}
        twins = {} if wrong else _given(project, closing, built)
        untwinned |= twins
        if not wrong and not twins:
            break
    twinned = {claim.name for claim in project.claims if claim.twin is not None} - untwinned.keys()
    return failed | {name: replace(outcome, refuses_twin=name in twinned) for name, outcome in proved.items()}


def _demand(built: Mapping[str, Built], place: str) -> None:
    """Raise FocalError unless the files that all others lean on compiled."""
    for path, one in built.items():
        if path.split("/")[0] == place and one.status != "compiled":
            raise FocalError(f"Coq does not accept {path}, line {one.line}: {one.error}.")


def _outcome(project: Project, name: str, text: str, built: Built) -> Outcome:
    """What became of a claim's own file."""
    if built.status != "compiled":
        return Outcome("failed", seconds=built.seconds, reason=f"{name}: {_place(text, built)}{built.error}.")
    axioms = axioms_in(built.output)
    if axioms is None:
        return Outcome("failed", seconds=built.seconds, reason=f"{name}: Coq does not say on which axioms it rests.")
    allowed = ALLOWED | PRIMITIVE if project.reckons(name) else ALLOWED
    beyond = [axiom for axiom in axioms if axiom not in allowed]
    reason = f"{name}: it rests on {', '.join(beyond)}, which is not allowed." if beyond else ""
    return Outcome("failed" if beyond else "proved", axioms, built.seconds, reason)


def _place(text: str, built: Built) -> str:
    """The step and rule at which Coq stopped, from the lemma above the line and the comment above the lemma."""
    if not built.line:
        return ""
    lines = text.splitlines()[: built.line]
    starts = [k for k, line in enumerate(lines) if re.match(r"(Lemma|Theorem|Definition) ", line)]
    if not starts:
        return "the head of its file: Coq says: "
    above = lines[starts[-1] - 1] if starts[-1] else ""
    step = re.fullmatch(r"\(\* (\d+): (\w+).* \*\)", above)
    if step:
        return f"step {step[1]} ({step[2]}): Coq says: "
    return f"{lines[starts[-1]].split()[1]}: Coq says: "


def _refused(text: str, built: Built, names: Iterable[str]) -> dict[str, Outcome]:
    """The claims whose statement in Atlas.v is not what their file proves."""
    if built.status == "compiled":
        axioms = axioms_in(built.output)
        beyond = sorted({*(axioms if axioms is not None else ("?",))} - ALLOWED - PRIMITIVE)
        return {name: Outcome("failed", reason=f"{name}: Atlas.v rests on {', '.join(beyond)}.") for name in names if beyond}
    heads = re.findall(r"^Theorem (\w+)", "\n".join(text.splitlines()[: built.line]), re.MULTILINE)
    blamed = [name for name in names if heads and identifier(name) == heads[-1].removesuffix("_printed")] or [*names]
    return {name: Outcome("failed", reason=f"{name}: Atlas.v: Coq says: {built.error}.") for name in blamed}


def _given(project: Project, closing: Mapping[str, str], built: Mapping[str, Built]) -> dict[str, str]:
    """The claims whose twin is not refused, or not to be told from the claim, and why."""
    out: dict[str, str] = {}
    for path, text in closing.items():
        if path != "Atlas.v" and built[path].status != "compiled":
            heads = re.findall(r"^Lemma (\w+)", "\n".join(text.splitlines()[: built[path].line]), re.MULTILINE)
            there = [claim.name for claim in project.claims if f"Lemma {identifier(claim.name)} :" in text]
            blamed = [name for name in there if heads and identifier(name) == heads[-1]] or there
            out |= dict.fromkeys(blamed, built[path].error)
    return out
