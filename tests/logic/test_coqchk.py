"""Coq's own checker, `coqchk`, on compiled files: that what it tells is read, and the whole atlas.

The atlas takes a quarter of an hour, its compiling included: `pytest -m campaign tests/logic/test_coqchk.py`.
"""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from focal_symbolic.claims import coq as second
from focal_symbolic.claims import library
from focal_symbolic.commands.writing import folder
from focal_symbolic.logic.coq.compiler import Missing, installed
from focal_symbolic.logic.coq.judgement import ALLOWED

pytestmark = pytest.mark.coq

MAKEFILE = "all:\n\tcoqc -q -R . Focal A.v\n\tcoqc -q -R . Focal B.v\ncheck: all\n\tcoqchk -silent -o -R . Focal Focal.B\n"
A = "Theorem a : forall P : Prop, P -> P.\nProof. exact (fun P p => p). Qed.\n"
B = "Require A.\nTheorem b : True.\nProof. exact (A.a True I). Qed.\n"


@pytest.fixture(scope="module", autouse=True)
def there():
    try:
        installed()
    except Missing as error:
        pytest.skip(str(error))
    for command in ("make", "coqchk"):
        if shutil.which(command) is None:
            pytest.skip(f"{command} is not installed.")


def make(directory, target):
    """What `make` does in a project: its exit code, and what it prints."""
    return run(directory, "make", "-j2", target)


def run(directory, *command):
    """What a command does: its exit code, and all that it prints."""
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.run(command, cwd=directory, text=True, check=False, **both)


def told(output):
    """What coqchk lists under each heading of its summary."""
    assert "CONTEXT SUMMARY" in output, output
    found = re.findall(r"^\* (.+?):(.*(?:\n(?!\*).*)*)", output.partition("CONTEXT SUMMARY")[2], re.MULTILINE)
    return {heading: {*listed.split()} - {"<none>"} for heading, listed in found}


def distrusted(output):
    """What coqchk lists beyond the axioms that are allowed."""
    listed = told(output)
    listed.pop("Theory")
    axioms = listed.pop("Axioms")
    return {name for name in axioms if ".".join(name.split(".")[-2:]) not in ALLOWED}.union(*listed.values())


@pytest.fixture
def small(tmp_path):
    """A small project, with other texts for its files if they are given."""

    def written(a=A, b=B):
        for name, text in (("Makefile", MAKEFILE), ("A.v", a), ("B.v", b)):
            (tmp_path / name).write_text(text)
        return tmp_path

    return written


def test_what_is_proved_passes(small):
    done = make(small(), "check")
    assert done.returncode == 0, done.stdout
    assert told(done.stdout).keys() >= {"Theory", "Axioms", "Constants/Inductives relying on type-in-type"}
    assert distrusted(done.stdout) == set()


@pytest.mark.parametrize(
    ("a", "b", "names"),
    [
        ("Axiom a : forall P : Prop, P -> P.\n", B, {"Focal.A.a"}),
        ("Theorem a : forall P : Prop, P -> P.\nAdmitted.\n", B, {"Focal.A.a"}),
        (A, f"Unset Guard Checking.\nFixpoint f (n : nat) : False := f n.\nSet Guard Checking.\n{B}", {"Focal.B.f"}),
        (A, f"Unset Positivity Checking.\nInductive i := c : (i -> nat) -> i.\nSet Positivity Checking.\n{B}", {"Focal.B.i"}),
    ],
    ids=["axiom", "admitted", "guard", "positivity"],
)
def test_what_is_taken_on_trust_is_told(small, a, b, names):
    assert distrusted(make(small(a, b), "check").stdout) == names


def test_a_spoiled_file_is_refused(small):
    place = small()
    assert make(place, "all").returncode == 0
    compiled = bytearray((place / "A.vo").read_bytes())
    compiled[len(compiled) // 2] ^= 1
    (place / "A.vo").write_bytes(compiled)
    done = run(place, "coqchk", "-silent", "-o", "-R", ".", "Focal", "Focal.B")
    assert done.returncode != 0
    assert "CONTEXT SUMMARY" not in done.stdout


@pytest.mark.campaign
def test_the_whole_atlas(tmp_path):
    place = tmp_path / "atlas"
    project = second.project(library.results())
    folder(project.files, place)
    count = len(project.texts)
    assert project.unwritten == {}
    assert count == sum(result.claim.kind != "open" for result in library.results().values()) > 100
    assert (place / "Atlas.v").read_text(encoding="utf-8").count("\nTheorem ") == 2 * count
    done = make(place, "check")
    assert done.returncode == 0, done.stdout[-3000:]
    assert distrusted(done.stdout) == set()
    assert {name.split(".")[-1] for name in told(done.stdout)["Axioms"]} >= {"sig_forall_dec", "classic"}
