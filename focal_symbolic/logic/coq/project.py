"""A Coq project of claims: its files, and what Coq makes of them.

    library/*.v        definitions that are trusted (Meaning.v); lemmas and tactics
    Definitions.v      the functions that the statements are said with
    Statements.v       every claim with its sentence, to be read
    claims/C_*.v       a lemma for each step, the theorem as it is printed (`stated`), the claim as it is read (`main`)
    Atlas.v            every claim once more, from the files of the claims, by nothing but `exact`; the axioms of all
    twins/T_*.v        the same tactics give each claim, and not its false twin

The texts of the derivations come from elsewhere, and are not trusted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from itertools import groupby

from focal_symbolic.errors import FocalError
from focal_symbolic.logic.coq.compiler import requirements
from focal_symbolic.logic.coq.readable import Reader, comment, defined, indented
from focal_symbolic.logic.coq.statement import declared, theorem
from focal_symbolic.logic.coq.vocabulary import Vocabulary
from focal_symbolic.logic.meaning import declarations
from focal_symbolic.logic.terms import Term, free

__all__ = ["Claim", "Project", "distrusted", "identifier", "library", "without_comments"]

_BASE = "From Coq Require Import Reals Lra.\nFrom Coquelicot Require Import Coquelicot.\n"
_SCOPE = "Open Scope R_scope.\n"


# -- claims ----------------------------------------------------------------------------------------------------------------


def identifier(name: str) -> str:
    """The name of a claim in Coq."""
    return re.sub(r"[^A-Za-z0-9]", "_", name)


@dataclass(frozen=True)
class Claim:
    """What is claimed. `text` gives the Coq text of its derivation, which ends with the theorem `plain`; it may raise."""

    name: str
    sentence: str
    assumptions: tuple[Term, ...]
    goal: Term
    text: Callable[[], str]
    twin: Claim | None = None

    @property
    def module(self) -> str:
        """The name of its file."""
        return f"C_{identifier(self.name)}"

    @property
    def path(self) -> str:
        """Where its file stands in the project."""
        return f"claims/{self.module}.v"

    @property
    def printed(self) -> str:
        """The statement as `statement.py` prints it."""
        return theorem(self.assumptions, self.goal)

    def readable(self, vocabulary: Vocabulary) -> str:
        """The statement as a reader wants it."""
        keys = {key for t in (*self.assumptions, self.goal) for key in free(t)}
        return indented(Reader(vocabulary, keys).theorem(self.assumptions, self.goal))


# -- words -----------------------------------------------------------------------------------------------------------------

_DISTRUSTED = re.compile(
    r"\b(Admitted|admit|give_up|Axioms?|Parameters?|Conjecture|Hypothes[ie]s|Variables?|Primitive|Register|bypass_check|Abort|Unset|"
    r"Set|Module|Include|Load|Declare|Add|Cd|Drop|Redirect|Extract|Extraction|Notation|Infix|Coercion|Canonical|Print|Reset|Undo|"
    r"Back|idtac)\b|\""
)


def distrusted(text: str) -> str | None:
    """The first word of a derivation in Coq by which something could be taken on trust, or hidden; None where there is none.

    A quotation mark is one: within a string, a comment would seem to begin.
    """
    found = _DISTRUSTED.search(without_comments(text))
    return found[0] if found else None


def without_comments(text: str) -> str:
    """The text without comments, which nest."""
    out, depth, at = [], 0, 0
    for mark in re.finditer(r"\(\*|\*\)", text):
        if depth == 0:
            out.append(text[at : mark.start()])
        depth = max(depth + (1 if mark[0] == "(*" else -1), 0)
        at = mark.end()
    return " ".join([*out, text[at:] if depth == 0 else ""])


# -- the files -------------------------------------------------------------------------------------------------------------


def library() -> dict[str, str]:
    """The files that are shipped, by path."""
    place = resources.files("focal_symbolic.logic.coq").joinpath("library")
    names = sorted(entry.name for entry in place.iterdir() if entry.name.endswith(".v"))
    return {f"library/{name}": place.joinpath(name).read_text(encoding="utf-8") for name in names}


@dataclass
class Project:
    """The files of some claims, each after those that it rests on."""

    claims: tuple[Claim, ...]
    vocabulary: Vocabulary
    unwritten: dict[str, str] = field(default_factory=dict)
    """The claims of which there is no file, and why."""

    def __post_init__(self) -> None:
        names = [identifier(claim.name) for claim in self.claims]
        if len({*names}) < len(names):
            raise FocalError("two claims have one name in Coq; rename one.")

    @cached_property
    def texts(self) -> dict[str, str]:
        """The files of the claims that could be written, by the name of the claim."""
        out: dict[str, str] = {}
        modules = {claim.module: claim.name for claim in self.claims}
        for claim in self.claims:
            try:
                text = claim.text()
            except Exception as error:
                told = str(error).strip().splitlines()
                self.unwritten[claim.name] = (
                    f"its derivation is not written in Coq: {told[0] if told else type(error).__name__}"
                )
                continue
            word = distrusted(text)
            below = [modules[m] for m in requirements(text, modules) if modules[m] not in out]
            if word is not None:
                self.unwritten[claim.name] = f"the text of its derivation says «{word}»"
            elif below:
                self.unwritten[claim.name] = f"it rests on {below[0]}, of which there is no file"
            else:
                out[claim.name] = f"{text}\n{self._ending(claim)}"
        return out

    def _ending(self, claim: Claim) -> str:
        name = identifier(claim.name)
        return (
            "(* The claim as `statement.py` prints it, and as it stands in Statements.v. *)\n"
            "From Coquelicot Require Import Coquelicot.\nRequire Import Meaning Restate Definitions.\n\n"
            f"Theorem stated :\n{indented(claim.printed)}.\nProof. exact plain. Qed.\n\n"
            f"{comment(claim.sentence)}\nDefinition {name} : Prop :=\n{claim.readable(self.vocabulary)}.\n\n"
            f"Theorem main : {name}.\nProof. apply (restated _ _ stated). unfold {name}. restate. Qed.\n\n"
            "Print Assumptions main.\n"
        )

    def definitions(self) -> str:
        """Definitions.v."""
        names = [*(f.name for f in declarations()), *(d.name for d in self.vocabulary.definitions)]
        return "\n".join(
            [
                "(* The functions that the claims speak of, from focal_symbolic/definitions.py. *)",
                f"{_BASE}Require Import Meaning Restate.\n{_SCOPE}",
                *(f"(* The inverse of a function on (0, 1), as it is printed. *)\n{declared(f)}\n" for f in declarations()),
                defined(self.vocabulary),
                f"#[global] Hint Unfold {' '.join(names)} : focal.",
                "",
            ]
        )

    def statements(self) -> str:
        """Statements.v."""
        shown = (
            f"{comment(f'{c.name}: {c.sentence}')}\nDefinition {identifier(c.name)} : Prop :=\n{c.readable(self.vocabulary)}.\n"
            for c in self.claims
        )
        return "\n".join([_READING, f"{_BASE}Require Import Meaning Definitions.\n{_SCOPE}", *shown])

    def atlas(self, names: Sequence[str]) -> str:
        """Atlas.v for the claims named: each as it is read and as it is printed."""
        claims = [claim for claim in self.claims if claim.name in names]
        required = "".join(f"Require {claim.module}.\n" for claim in claims)
        proved = []
        for claim in claims:
            name = identifier(claim.name)
            proved.append(
                f"Theorem {name} : Statements.{name}.\nProof. exact {claim.module}.main. Qed.\n\n"
                f"Theorem {name}_printed :\n{indented(claim.printed)}.\nProof. exact {claim.module}.stated. Qed.\n"
            )
        every = "Definition every := I."
        if claims:
            every = "Definition every :=\n" + indented("(" + ", ".join(identifier(claim.name) for claim in claims) + ").")
        head = "(* Every claim, from the file of its derivation, and the axioms on which they all rest. *)"
        return "\n".join(
            [
                head,
                f"{_BASE}Require Import Meaning Definitions.\nRequire Statements.\n{required}{_SCOPE}",
                *proved,
                every,
                "",
                "Print Assumptions every.",
                "",
            ]
        )

    def twins(self, names: Sequence[str]) -> dict[str, str]:
        """The files of the twins of the claims named, by path: one for each proof file."""
        there = sorted((c for c in self.claims if c.name in names and c.twin is not None), key=lambda c: c.name.split("/")[0])
        out: dict[str, str] = {}
        for file, group in groupby(there, lambda claim: claim.name.split("/")[0]):
            claims = [*group]
            required = "".join(f"Require {claim.module}.\n" for claim in claims)
            head = f"{_BASE}Require Import Meaning Restate Definitions.\n{required}{_SCOPE}"
            out[f"twins/T_{identifier(file)}.v"] = "\n".join([_TWINS, head, _FROM, *map(_twin, claims)])
        return out

    @cached_property
    def paths(self) -> dict[str, str]:
        """The names of the claims by the paths of their files."""
        return {claim.path: claim.name for claim in self.claims}

    def reckons(self, name: str) -> bool:
        """Whether a claim, or one that it rests on, uses the tactic `interval`."""
        modules = {claim.module: claim.name for claim in self.claims}
        text = self.texts.get(name, "")
        return "Interval" in text or any(self.reckons(modules[m]) for m in requirements(text, modules))

    def path(self, name: str) -> str:
        """The path of a claim's file."""
        return next(path for path, of in self.paths.items() if of == name)

    def sources(self) -> dict[str, str]:
        """The files without Atlas.v and the twins, by path."""
        claims = {claim.path: self.texts[claim.name] for claim in self.claims if claim.name in self.texts}
        return library() | {"Definitions.v": self.definitions(), "Statements.v": self.statements()} | claims

    def files(self) -> dict[str, str]:
        """All files, by path, with those for Coq's own tools."""
        names = [*self.texts]
        coq = self.sources() | {"Atlas.v": self.atlas(names)} | self.twins(names)
        listed = "\n".join(["-R . Focal", "-arg -w", "-arg none", *coq, ""])
        return coq | {"_CoqProject": listed, "Makefile": _MAKEFILE, "README.md": _README}


def _twin(claim: Claim) -> str:
    """The lemma that the tactics give the claim, and the attempt at its twin, which is to fail."""
    twin, from_claim = claim.twin, f"from_claim {claim.module}.stated"
    if twin is None:
        return ""
    return (
        f"Lemma {identifier(claim.name)} :\n{indented(claim.printed)}.\nProof. {from_claim}. Qed.\n\n"
        f"{comment(twin.sentence)}\nGoal\n{indented(twin.printed)}.\nProof. Fail ({from_claim}). Abort.\n"
    )


_TWINS = "(* The tactics that give a claim do not give its false twin. *)"

_READING = """(* What is claimed, with the definitions of Meaning.v and Definitions.v.

   The letters of the alphabet are 0, ..., n - 1. A family of numbers is a function of the letter; rsum n p is its sum. A claim
   holds for all values of its variables. Every statement asks for its own definedness: next to it stand the conditions under
   which all of its parts are defined (the argument of a logarithm is positive, a divisor is not 0, pdef b e: the power rpow b e
   is defined), in hypotheses and in conclusions alike, so that what Coq's total operations say elsewhere plays no part. *)"""

_FROM = """Ltac from_claim H :=
  first
    [ exact H
    | apply (restated _ _ H); restate
    | intros; eapply H; solve [eassumption | lra]
    | intros; pose proof H; lra ].
"""

_MAKEFILE = """# make -j2 compiles all, and Atlas.v prints the axioms; make check has coqchk check what was compiled (minutes).
all: CoqMakefile
\t$(MAKE) -f CoqMakefile
CoqMakefile: _CoqProject
\tcoq_makefile -f _CoqProject -o CoqMakefile
check: all
\tcoqchk -silent -o -R . Focal Focal.Atlas
clean: CoqMakefile
\t$(MAKE) -f CoqMakefile clean
.PHONY: all check clean
"""

_README = """# The claims of focal-symbolic in Coq

`make -j2` compiles the project with Coq 8.16, Coquelicot and Interval (Debian: coq libcoq-coquelicot libcoq-interval); `make
check` has the compiled files checked once more, by `coqchk`.
Read `Statements.v` for what is claimed, with `Definitions.v` and `library/Meaning.v` for the words in it; `Atlas.v` for what is
proved and, when it compiles, the axioms: those of Coq's classical real numbers and, through the tactic `interval`, its machine
integers. `twins/` shows that the false neighbour of each claim does not come out of the same derivation.
"""
