"""The commands as a user runs them: output, exit codes, and one sentence for each refusal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import click
import mpmath
import pytest
from atlas import sample_and_all
from click.testing import CliRunner
from rich.cells import cell_len

import focal_symbolic
from focal_symbolic import Distribution, focal_entropy, minimizer
from focal_symbolic.claims import judging, library, statements, verify
from focal_symbolic.commands import watched
from focal_symbolic.commands.cli import main
from focal_symbolic.commands.tables import read_counts
from focal_symbolic.errors import InputError

Q = "0.53516859413391424600809422635204615986065180835662"


def run(*words: str):
    return CliRunner().invoke(main, list(words))


def refused(*words: str, code: int = 2) -> str:
    """The one sentence on stderr of a command that is refused."""
    found = run(*words)
    assert found.exit_code == code, found.output
    assert found.stdout == ""
    assert found.stderr.startswith("focal-symbolic: ")
    assert found.stderr.count("\n") == 1
    assert "Traceback" not in found.output
    return found.stderr


# -- numbers ---------------------------------------------------------------------------------------------------------------


def test_minimize():
    found = run("minimize", "0.7", "0.2", "0.1", "--gamma", "2", "--dps", "50")
    assert found.exit_code == 0
    assert Q in found.stdout


def test_minimize_json():
    document = json.loads(run("minimize", "0.7", "0.2", "0.1", "--gamma", "2", "--dps", "50", "--json").stdout)
    assert list(document) == ["gamma", "dps", "p", "q", "multiplier", "log_multiplier", "entropy", "radius"]
    assert (document["gamma"], document["dps"], document["p"]) == ("2", 50, ["0.7", "0.2", "0.1"])
    exact = minimizer(["0.7", "0.2", "0.1"], 2, 80)
    with mpmath.workdps(80):
        for got, right in [
            *zip(document["q"], exact.q, strict=True),
            (document["multiplier"], exact.multiplier),
            (document["log_multiplier"], exact.log_multiplier),
            (document["entropy"], exact.entropy),
        ]:
            assert abs(mpmath.mpf(got) / right - 1) <= mpmath.mpf(document["radius"])
            assert len(got.replace("-", "").replace(".", "").lstrip("0")) == 50
    assert Decimal(document["radius"]) < Decimal("1e-49")


def test_entropy():
    words = ["entropy", "--p", "0.7", "0.2", "0.1", "--q", "0.5", "0.3", "0.2", "--gamma", "2", "--dps", "50"]
    text = run(*words).stdout.strip()
    assert text == mpmath.nstr(focal_entropy(["0.7", "0.2", "0.1"], ["0.5", "0.3", "0.2"], 2, 50), 50, strip_zeros=False)
    document = json.loads(run(*words, "--json").stdout)
    assert document["entropy"] == text
    assert document["q"] == ["0.5", "0.3", "0.2"]


@pytest.mark.parametrize(
    "words",
    [
        ("--gamma", "2", "--q", "0.5", "0.5", "--p", "0.25", "0.75"),
        ("--q=0.5", "0.5", "--gamma=2", "--p=1/4", "3/4"),
        ("--p", ".25", "--p", "0.75", "--q", "0.5", "--q", "5e-1", "--gamma", "2"),
    ],
)
def test_values_after_an_option(words):
    assert run("entropy", *words).stdout == run("entropy", "--p", "0.25", "0.75", "--q", "0.5", "0.5", "--gamma", "2").stdout


def test_infinite_entropy():
    assert run("entropy", "--p", "0.5", "0.5", "--q", "1", "0", "--gamma", "1").stdout == "inf\n"


def test_one_digit():
    assert run("entropy", "--p", "1", "0", "--q", "1/2", "1/2", "--gamma", "0", "--dps", "1").stdout == "0.7\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "p is empty"),
        (("-0.7", "1.7"), "entry 1 of p = '-0.7' is negative"),
        (("1.5", "-.5"), "entry 2 of p = '-.5' is negative"),
        (("-1/2", "3/2"), "entry 1 of p = '-1/2' is negative"),
        (("nan", "1"), "entry 1 of p = 'nan' is not"),
        (("-inf", "1"), "entry 1 of p = '-inf' is not"),
        (("0.5", "0.6"), "p sums to 11/10, 1/10 above 1"),
        (("0", "0"), "p sums to 0, 1 short of 1"),
        (("0.5", "1_0"), "entry 2 of p = '1_0' is not"),
        (("0.5", "1e9999999"), "exponent"),
    ],
)
def test_minimize_refuses(words, sentence):
    assert sentence in refused("minimize", *words, "--gamma", "2")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--gamma", "-1"), "gamma = '-1' is negative"),
        (("--gamma", "inf"), "gamma = 'inf' is not"),
        (("--gamma", "nan"), "gamma = 'nan' is not"),
        (("--gamma",), "requires an argument"),
        ((), "Missing option '--gamma'"),
        (("--gamma", "1", "--dps", "0"), "0 is below 1"),
        (("--gamma", "1", "--dps", "-3"), "-3 is below 1"),
        (("--gamma", "1", "--dps", "1.5"), "'1.5' is not an integer"),
        (("--gamma", "1", "--dps", "1000000"), "from 1 to 100000"),
        (("--gama", "1"), "No such option"),
        (("--gamma", "1", "--counts", "x.csv"), "not both"),
    ],
)
def test_options_are_refused(words, sentence):
    assert sentence in refused("minimize", "0.5", "0.5", *words)


def test_entropy_refuses():
    assert "p has 2 entries and q has 3" in refused("entropy", "--p", "1", "0", "--q", "1", "0", "0", "--gamma", "1")
    assert "entry 1 of q = '-1' is negative" in refused("entropy", "--p", "1", "0", "--q", "-1", "2", "--gamma", "1")
    assert "--q is empty" in refused("entropy", "--p", "1", "0", "--q", "--gamma", "1")
    assert "q is empty" in refused("entropy", "--p", "1", "0", "--gamma", "1")


# -- counts ----------------------------------------------------------------------------------------------------------------


def test_counts(tmp_path):
    file = tmp_path / "counts.csv"
    file.write_bytes('\ufeffclass,count\ncow,70\n\n"cat, wild",20\ntiger,10\n'.encode())
    assert read_counts(file) == (("cow", "cat, wild", "tiger"), (70, 20, 10))
    found = run("minimize", "--counts", str(file), "--gamma", "2", "--dps", "50")
    assert found.exit_code == 0
    assert f"cow        0.7  {Q}" in found.stdout
    assert Distribution.from_counts(read_counts(file)[1]) == Distribution(["0.7", "0.2", "0.1"])


def test_columns_of_counts_by_name(tmp_path):
    file = tmp_path / "counts.csv"
    file.write_text("id,count,class\r\n1,5,a\r\n2,0,b\r\n")
    assert read_counts(file) == (("a", "b"), (5, 0))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b"class,words\na,b\n", "line 1 has no column «count»"),
        (b"class,count,count\na,1,1\n", "more than one column"),
        (b"class,count\n", "a header and no class"),
        (b"class,count\na,1\nb,2\na,3\n", "line 4 repeats the class «a» of line 2"),
        (b"class,count\na,1\nb,2.5\n", "line 3 has the count"),
        (b"class,count\na,1\nb,-2\n", "line 3 has the count -2, which is negative"),
        (b"class,count\na,1\nb\n", "line 3 has 1 fields"),
        (b"class,count\na,1\n\xff\xfe,2\n", "line 3 is not UTF-8"),
        (b"class,count\na,1\n\0,2\n", "line 3 holds a NUL"),
        (b'class,count\n"a,1\n', "not well-formed CSV"),
        (b"class,count\na,0\nb,0\n", "all zero"),
        ("class,count\na,\u0661\n".encode(), "line 2 has the count"),
    ],
)
def test_counts_refused(tmp_path, data, sentence):
    file = tmp_path / "counts.csv"
    file.write_bytes(data)
    assert sentence in refused("minimize", "--counts", str(file), "--gamma", "2")


def test_counts_without_a_file(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_counts(tmp_path / "none.csv")
    assert "cannot be read" in refused("minimize", "--counts", str(tmp_path), "--gamma", "2")


# -- claims ----------------------------------------------------------------------------------------------------------------


def test_verify_a_file(tmp_path):
    target = tmp_path / "report.json"
    found = run("verify", "elementary", "--examples", "30", "--jobs", "1", "--json", str(target))
    assert found.exit_code == 0, found.output
    assert "✓ elementary/log_above" in found.stdout
    assert "verified: 5 of 5 claims" in found.stdout
    document = json.loads(target.read_text(encoding="utf-8"))
    assert (document["verdict"], document["examples"], document["dps"], document["seed"]) == ("verified", 30, 50, 0)
    (one, *_) = document["theorems"]
    assert one["legs"]["derivation"]["verdict"] == "proved"
    assert one["twin"]["refuted_by"] == ["derivation", "precision", "fuzz"]
    assert list(tmp_path.iterdir()) == [target]


def test_verify_json_on_stdout():
    found = run("verify", "elementary/log_above", "--examples", "20", "--json", "-")
    assert json.loads(found.stdout)["verdict"] == "verified"
    assert "verified: 1 of 1" in found.stderr


def test_verify_fails_with_exit_code_1(monkeypatch, tmp_path):
    """A leg that fails, a twin that survives and a claim that is missing: each is exit code 1, and the report is written."""
    (result,) = library.select(("elementary/log_above",))
    good = verify.check(result, examples=20)
    bad = verify.Measured("undecided", 50, 3, "stuck at x = 1")
    twin = verify.Twinned("a twin", ("derivation", "fuzz"), {}, {"precision": "no case"})
    change = {field: getattr(good, field) for field in good.__dataclass_fields__}
    outcomes = [verify.ClaimOutcome(**{**change, "precision": bad}), verify.ClaimOutcome(**{**change, "twin": twin})]
    for number, outcome in enumerate(outcomes):
        made = verify.Report((outcome,), 0, 50, 20, {})
        monkeypatch.setattr(watched, "verify", lambda *_, made=made, **__: made)
        target = tmp_path / f"{number}.json"
        found = run("verify", "elementary/log_above", "--json", str(target))
        assert found.exit_code == 1
        assert outcome.reasons[0] in found.stdout
        assert json.loads(target.read_text())["verdict"] == "failed"
    made = verify.Report((good,), 0, 50, 20, {}, missing=("gone/missing",))
    monkeypatch.setattr(watched, "verify", lambda *_, **__: made)
    found = run("verify", "elementary/log_above")
    assert found.exit_code == 1
    assert "gone/missing" in found.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nope",), "there is no claim «nope»; did you mean"),
        (("elementary/log-abov",), "did you mean elementary/log_above?"),
        (("--examples", "0"), "0 is below 1"),
        (("--examples", "many"), "'many' is not an integer"),
        (("--dps", "0"), "0 is below 1"),
        (("--seed", "-1"), "-1 is below 0"),
        (("--jobs", "0"), "0 is below 1"),
    ],
)
def test_verify_refuses(words, sentence):
    assert sentence in refused("verify", *words)


def test_unwritable_report_is_known_before_the_run(tmp_path, monkeypatch):
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the run began")

    monkeypatch.setattr(watched, "verify", never)
    assert "cannot be written" in refused("verify", "elementary", "--json", str(tmp_path / "no" / "report.json"))
    assert "cannot be written" in refused("verify", "elementary", "--json", str(tmp_path))
    if os.geteuid():
        old = tmp_path / "old.json"
        old.write_text("old")
        old.chmod(0o400)
        assert "cannot be written" in refused("verify", "elementary", "--json", str(old))
        assert old.read_text() == "old"


def test_a_run_that_ends_early_leaves_the_old_report(tmp_path, monkeypatch):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(watched, "verify", interrupted)
    old = tmp_path / "old.json"
    old.write_text("old")
    assert run("verify", "elementary", "--json", str(old)).exit_code == 130
    assert old.read_text() == "old"
    assert list(tmp_path.iterdir()) == [old]
    assert "there is no claim" in refused("verify", "nope", "--json", str(old))
    assert old.read_text() == "old"


def test_report_keeps_permissions_and_links(tmp_path):
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    assert run("verify", "elementary/log_above", "--examples", "5", "--json", str(link)).exit_code == 0
    assert link.is_symlink()
    assert json.loads(real.read_text())["verdict"] == "verified"
    assert real.stat().st_mode & 0o777 == 0o640


def test_trusted():
    found = run("verify", "elementary/log_above", "--examples", "5", "--trusted")
    for words in ("theorems cited", "used by 1 of 1 claims: elementary/log_above", "logic/kernel.py", "Rudin", "Meaning.v"):
        assert words in found.stdout


def test_show():
    found = run("show", "elementary")
    assert found.exit_code == 0
    for words in ("elementary/log_above", "elementary/log_below", "ln(x) < x − 1", "False twin"):
        assert words in found.stdout
    assert "did you mean elementary/log_above?" in refused("show", "elementary/logabove")


@pytest.mark.parametrize("names", sample_and_all(library.results()))
def test_every_claim_can_be_shown(names):
    for name in names:
        found = run("show", name)
        assert found.exit_code == 0, name
        lines = found.stdout.splitlines()
        assert lines[0].split()[0] == name
        assert max(map(cell_len, lines)) <= 80
        assert not any(line != line.rstrip() for line in lines)


def test_claims_that_are_behind_are_named_and_written_in_a_clone(tmp_path, monkeypatch):
    package = tmp_path / "focal_symbolic"
    (package / "claims" / "derivations").mkdir(parents=True)
    gone = package / "claims" / "derivations" / "gone.txt"
    gone.write_text("")
    monkeypatch.setattr(focal_symbolic, "__file__", str(package / "__init__.py"))
    monkeypatch.setattr(judging, "written", "// {}\n".format)  # tests/claims compare what is written
    monkeypatch.setattr(statements, "text", lambda: "⊢ 0 < 1\n")
    assert "needs a clone" in refused("claims", "--write")
    (tmp_path / "pyproject.toml").touch()
    behind = run("claims")
    assert behind.exit_code == 1
    assert "claims.txt is behind its proof file" in behind.stdout
    assert "derivations/gone.txt is behind its proof file" in behind.stdout
    assert not (package / "claims" / "claims.txt").exists()
    assert run("claims", "--write").exit_code == 0
    assert (package / "claims" / "claims.txt").read_text().split() == list(library.results())
    assert (package / "claims" / "derivations" / "elementary.txt").read_text() == "// elementary\n"
    assert (package / "claims" / "statements.txt").read_text(encoding="utf-8") == "⊢ 0 < 1\n"
    assert not gone.exists()
    found = run("claims")
    assert found.exit_code == 0
    assert found.stdout.startswith(f"{len(library.results())} claims: ")


# -- a new proof file ------------------------------------------------------------------------------------------------------

WITH_PROOFS = """
import sys
import focal_symbolic.proofs
focal_symbolic.proofs.__path__.append(sys.argv.pop(1))
from focal_symbolic.commands import watched
from focal_symbolic.commands.cli import main
main()
"""


def beside(directory: Path, *words: str) -> subprocess.CompletedProcess:
    """Run a command with the proof files of another directory beside those of the package."""
    command = [sys.executable, "-c", WITH_PROOFS, str(directory), *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=100)


def test_new_file_verifies_and_a_wrong_one_is_refused(tmp_path):
    assert run("new", "my_theorem", "--into", str(tmp_path)).exit_code == 0
    file = tmp_path / "my_theorem.py"
    good = beside(tmp_path, "verify", "my_theorem", "--examples", "20", "--jobs", "1")
    assert good.returncode == 0, good.stderr
    assert "✓ my_theorem/s_is_positive" in good.stdout
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("shows=s(x) > 0", "shows=s(x) > Rational(1, 10)"), encoding="utf-8")
    bad = beside(tmp_path, "verify", "my_theorem", "--examples", "20", "--jobs", "1")
    assert bad.returncode == 1
    assert bad.stdout.count("✗") >= 4
    file.write_text("1 +\n")
    broken = beside(tmp_path, "verify", "my_theorem")
    assert broken.returncode == 1
    assert "my_theorem.py, line 1: the proof file cannot be imported (SyntaxError" in broken.stderr
    assert "Traceback" not in broken.stderr


def test_new_refuses(tmp_path):
    (tmp_path / "taken.py").write_text("old")
    assert "exists" in refused("new", "taken", "--into", str(tmp_path))
    assert (tmp_path / "taken.py").read_text() == "old"
    assert "cannot name a proof file" in refused("new", "../up", "--into", str(tmp_path))
    assert "there is no directory" in refused("new", "fine", "--into", str(tmp_path / "none"))


# -- help ------------------------------------------------------------------------------------------------------------------


def commands(group, *before: str):
    """The words of each command, those of groups after the name of the group."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        yield from commands(found, *before, name) if isinstance(found, click.Group) else [(*before, name)]


@pytest.mark.parametrize("words", [*commands(main)], ids=" ".join)
def test_help_has_an_example(words):
    found = run(*words, "--help")
    assert found.exit_code == 0
    assert f"focal-symbolic {' '.join(words)}" in found.stdout.split("Example")[1]


def test_help_and_version():
    assert run("--help").exit_code == 0
    assert focal_symbolic.__version__ in run("--version").stdout
    assert "No such command" in refused("bogus")
    assert run().exit_code == 2


LOADED = """
import sys
from focal_symbolic.commands.cli import main
try:
    main()
finally:
    used = {"flint", "mpmath", "numpy", "numpy.ma", "numpy.random", "concurrent.futures", "focal_symbolic.numbers.calibration"}
    print("loaded:", *sorted({"sympy", "scipy", "pandas", "matplotlib", "hypothesis", *used} & set(sys.modules)))
"""


@pytest.mark.parametrize(
    "words",
    [
        *([*words, "--help"] for words in commands(main)),
        *(["--version"], ["--help"], [], ["bogus"], ["show"], ["verify", "--dps", "0"], ["minimize", "--gama", "2"]),
        *(
            ["list"],
            ["list", "--json"],
            ["list", "no such claim"],
            ["new", "../up"],
            ["diagnose", "nowhere.csv", "--gamma", "2"],
        ),
    ],
    ids=" ".join,
)
def test_what_needs_no_sympy_does_not_wait_for_it(words):
    done = subprocess.run([sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in done.stderr
    assert done.stdout.splitlines()[-1] == "loaded:", done.stdout


@pytest.mark.parametrize(
    ("words", "more"),
    [
        (["minimize", ".5", ".5", "--gamma", "2"], {"numpy"}),
        (["jacobian", ".5", ".5", "--gamma", "2"], {"numpy"}),
        (["diagnose", "{counts}", "--gamma", "2"], {"numpy"}),
        (["minimize", ".5", ".6", "--gamma", "2"], {"numpy"}),
        (["calibrate", "{outputs}", "--gamma", "2"], {"numpy", "focal_symbolic.numbers.calibration"}),
        (["entropy", "--p", ".5", ".5", "--q", ".5", ".5", "--gamma", "2"], set()),
        (["thresholds", "--classes", "80", "--dps", "15"], set()),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else "",
)
def test_numbers_load_only_what_they_need(words, more, tmp_path):
    """Each that is refused would take a tenth of a second or a good part of it; NumPy is let in where arrays are worked on."""
    counts, outputs = tmp_path / "counts.csv", tmp_path / "outputs.csv"
    counts.write_text("class,count\na,600\nb,30\nc,30\nd,3\ne,1\n")
    outputs.write_text("a,b\n0.6,0.4\n")
    words = [word.format(counts=counts, outputs=outputs) for word in words]
    done = subprocess.run([sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in done.stderr
    loaded = {*done.stdout.splitlines()[-1].split()[1:]}
    assert loaded == {"flint", "mpmath", *more}


def test_python_m():
    words = [sys.executable, "-m", "focal_symbolic", "entropy", "--p", "1/2", "1/2", "--q", "1/2", "1/2", "--gamma", "0"]
    done = subprocess.run([*words, "--dps", "20"], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "0.69314718055994530942\n"
