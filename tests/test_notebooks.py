"""The course: each notebook agrees with its source, types no formula anew, has its parts, and comes out as it is kept."""

from __future__ import annotations

import ast
import doctest
import importlib.util
import re
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from atlas import marked

from focal_symbolic import teaching
from focal_symbolic.claims import library
from focal_symbolic.logic.doors import read

ROOT = Path(__file__).parent.parent
COURSE = ROOT / "notebooks"
REASON = "the packages of the extra notebooks are not installed"
nbformat = pytest.importorskip("nbformat", reason=REASON)
pytest.importorskip("jupytext", reason=REASON)
pytest.importorskip("nbclient", reason=REASON)
pytest.importorskip("matplotlib", reason=REASON)


def loaded(path: Path) -> ModuleType:
    """A file as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = loaded(COURSE / "build.py")
NAMES = build.names()
SOLUTIONS = sorted((COURSE / "solutions").glob("*.py"))
each = pytest.mark.parametrize("name", NAMES)


def kept(name: str):
    return nbformat.read(COURSE / f"{name}.ipynb", as_version=4)


def cells(name: str, kind: str) -> list[str]:
    return [cell.source for cell in build.source(name).cells if cell.cell_type == kind]


def test_the_course_is_whole():
    assert len(NAMES) >= 8
    assert {path.stem for path in COURSE.glob("*.ipynb")} == set(NAMES)
    assert [path.stem.removeprefix("s") for path in SOLUTIONS] == NAMES
    syllabus = (COURSE / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((\w+)\.ipynb\)", syllabus) == NAMES


@each
def test_notebook_and_source_agree(name):
    ours, theirs = build.source(name), kept(name)
    assert [(cell.cell_type, cell.source, cell.id) for cell in theirs.cells] == [
        (cell.cell_type, cell.source, cell.id) for cell in ours.cells
    ]


@each
def test_begins_with_a_question_and_a_picture(name):
    notebook = kept(name)
    first, *_ = notebook.cells
    assert first.source.startswith(f"# {int(name[:2])} · ")
    assert "?**" in first.source
    assert f"jupyter lab notebooks/{name}.ipynb" in first.source
    code = next(cell for cell in notebook.cells if cell.cell_type == "code")
    assert any("image/svg+xml" in output.get("data", {}) for output in code.outputs)


@each
def test_outputs_are_kept_and_no_cell_failed(name):
    code = [cell for cell in kept(name).cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    assert not [output for cell in code for output in cell.outputs if output.output_type == "error"]
    data = [output.get("data", {}) for cell in code for output in cell.outputs]
    pictures = [one["image/svg+xml"] for one in data if "image/svg+xml" in one]
    assert len(pictures) >= 1
    assert all("<use" in picture or "<path" in picture for picture in pictures)
    assert (COURSE / f"{name}.ipynb").stat().st_size < 1_000_000


WIDE = 88
"""Columns that are seen in the documentation without scrolling."""


@each
def test_what_is_printed_fits_the_page(name):
    streams = [output.text for cell in kept(name).cells for output in cell.get("outputs", []) if output.output_type == "stream"]
    assert [line for text in streams for line in text.splitlines() if len(line) > WIDE] == []


@each
def test_ends_with_three_exercises(name):
    last = cells(name, "markdown")[-1]
    assert "## Exercises" in last
    assert re.findall(r"^(\d)\. ", last, re.MULTILINE) == ["1", "2", "3"]
    assert f"(solutions/s{name}.py)" in last


@each
def test_claims_are_shown_as_theorems(name):
    named = re.findall(r'teaching\.claim\("([^"]+)"\)', "\n".join(cells(name, "code")))
    assert named or name == "07_prove_it_yourself"  # which makes theorems of its own
    for claim in named:
        shown = teaching.claim(claim)
        assert shown.theorem.conclusion is read(shown.result.claim.proposition)
        assert f"`{claim}`" in shown._repr_markdown_()


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_solutions(path):
    module = loaded(path)
    tests = {test.name.rsplit(".", maxsplit=1)[-1]: test for test in doctest.DocTestFinder(exclude_empty=True).find(module)}
    assert [name for name in sorted(tests) if name.startswith("exercise")] == ["exercise_1", "exercise_2", "exercise_3"]
    for test in tests.values():
        said: list[str] = []
        doctest.DocTestRunner().run(test, out=said.append)
        assert not said, "".join(said)


# -- no formula is typed anew ----------------------------------------------------------------------------------------------


def products(node: ast.AST) -> list[ast.AST]:
    """The factors of a product or quotient."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        return [*products(node.left), *products(node.right)]
    if isinstance(node, ast.UnaryOp):
        return products(node.operand)
    return [node]


def is_complement(node: ast.AST) -> bool:
    """One less something."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Sub)
        and isinstance(node.left, ast.Constant)
        and node.left.value in (1, 1.0)
    )


def is_logarithm(node: ast.AST) -> bool:
    name = node.func if isinstance(node, ast.Call) else None
    word = name.attr if isinstance(name, ast.Attribute) else name.id if isinstance(name, ast.Name) else ""
    return word in ("log", "log1p", "log2", "log10")


def retyped(code: str) -> list[str]:
    """Formulas of the definitions that are typed here: a power of 1 - x with a number that varies, x ln x, p times a loss."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.BinOp):
            continue
        power = isinstance(node.op, ast.Pow) and is_complement(node.left) and not isinstance(node.right, ast.Constant)
        factors = products(node)
        logarithms = [one for one in factors if is_logarithm(one)]
        other = [one for one in factors if one not in logarithms and not isinstance(one, ast.Constant)]
        of = [ast.unparse(one.args[0]) for one in logarithms if one.args]
        surprise = any(text in [ast.unparse(one) for one in other] for text in of)
        if power or surprise:
            found.append(ast.unparse(node))
    return found


@pytest.mark.parametrize("name", [*NAMES, *(path.stem for path in SOLUTIONS), "experiments"])
def test_no_formula_is_typed_anew(name):
    if name == "experiments":
        sources = [path.read_text(encoding="utf-8") for path in (ROOT / "experiments").glob("*.py")]
        assert len(sources) > 4
    else:
        sources = cells(name, "code") if name in NAMES else [(COURSE / "solutions" / f"{name}.py").read_text(encoding="utf-8")]
    assert [formula for source in sources for formula in retyped(source)] == []


@each
def test_text_has_no_formula_that_a_cell_should_show(name):
    text = "\n".join(cells(name, "markdown"))
    assert not re.search(r"\(1 ?[-−–] ?\w+\) ?(\^|\*\*|ᵞ)|\\gamma|\^γ", text)


@pytest.mark.parametrize(
    "code",
    [
        "(1 - q)**gamma * log(q)",
        "-(1 - x)**g*np.log(x)",
        "y = np.power(2, 3) + (1 - q) ** focus",
        "-(p * np.log(p)).sum()",
        "x * math.log(x) / (1 - x)",
    ],
)
def test_a_typed_formula_is_noticed(code):
    assert retyped(code)


@pytest.mark.parametrize("code", ["loss(x, gamma)", "(1 - x)**2", "100 * np.log(10)", "log(x) / log(y)", "2 ** -k"])
def test_what_is_none_is_let_pass(code):
    assert not retyped(code)


# -- executed anew ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", marked(NAMES, 3))
def test_comes_out_as_it_is_kept(name):
    told = build.differences(name)
    if name == "07_prove_it_yourself" and shutil.which("coqc") is None:
        told = [one for one in told if "Coq is not installed" not in one]  # the cell says so
    assert not told


def test_a_difference_is_told():
    one, other = kept(NAMES[0]), kept(NAMES[0])
    place = next(k for k, cell in enumerate(other.cells) if any(output.get("text") for output in cell.get("outputs", [])))
    other.cells[place].outputs[0].text += "more"
    assert build.outputs(one) != build.outputs(other)


def test_times_and_pictures_are_not_compared():
    one, other = kept(NAMES[0]), kept(NAMES[0])
    for notebook, seconds in ((one, "1.5 s"), (other, "22 s")):
        cell = next(cell for cell in notebook.cells if any(output.get("text") for output in cell.get("outputs", [])))
        cell.outputs[0].text += seconds
        picture = next(
            output for cell in notebook.cells for output in cell.get("outputs", []) if "image/svg+xml" in output.get("data", {})
        )
        picture["data"]["image/svg+xml"] = seconds
    assert build.outputs(one) == build.outputs(other)


# -- sliders ---------------------------------------------------------------------------------------------------------------


def test_a_slider_draws_anew(monkeypatch):
    widgets = pytest.importorskip("ipywidgets", reason=REASON)
    monkeypatch.delenv(teaching.STATIC, raising=False)
    drawn = []

    def draw(gamma):
        drawn.append(gamma)

    found = teaching.slider(draw, {"gamma": 2}, gamma=[1, 2, 5])
    assert isinstance(found, widgets.interactive)
    (slider,) = [child for child in found.children if isinstance(child, widgets.SelectionSlider)]
    assert slider.value == 2
    found.update()
    slider.value = 5
    assert drawn[-1] == 5
    assert set(drawn) == {2, 5}


WITH_SLIDERS = [name for name in NAMES if "teaching.slider(" in "".join(cells(name, "code"))]


def sliders(name, monkeypatch):
    """The sliders of a notebook, its cells run one after the other as a reader would, claims aside."""
    monkeypatch.delenv(teaching.STATIC, raising=False)
    monkeypatch.setattr(teaching, "claim", lambda name: None)
    monkeypatch.chdir(COURSE)
    found, make = [], teaching.slider

    def kept_slider(*given, **values):
        found.append(make(*given, **values))
        return found[-1]

    monkeypatch.setattr(teaching, "slider", kept_slider)
    space: dict[str, object] = {"__name__": name}
    for code in cells(name, "code"):
        exec(compile(code, name, "exec"), space)
    return found


@pytest.mark.parametrize("name", WITH_SLIDERS)
def test_the_picture_follows_its_sliders(name, monkeypatch):
    """Each slider from one end to the other, as if it were pulled: every time there is another picture."""
    widgets = pytest.importorskip("ipywidgets", reason=REASON)
    shown = []
    monkeypatch.setattr("ipywidgets.widgets.interaction.display", shown.append)
    (found,) = sliders(name, monkeypatch)
    assert len(shown) == 1
    pulled = [child for child in found.children if isinstance(child, widgets.SelectionSlider)]
    assert pulled
    for slider in pulled:
        pictures = []
        for value in (slider.options[0], slider.options[-1]):
            slider.value = value
            pictures.append(shown[-1]._repr_svg_())
        assert pictures[0] != pictures[1], (name, slider.description)
        assert all("<path" in picture for picture in pictures)


def test_there_are_sliders_where_a_parameter_is_the_point():
    assert {name[:2] for name in WITH_SLIDERS} >= {"01", "02", "03", "04"}


def test_without_widgets_the_picture_stands_still(monkeypatch):
    monkeypatch.delenv(teaching.STATIC, raising=False)
    monkeypatch.setattr(teaching, "find_spec", lambda name: None)
    assert teaching.slider(lambda gamma: f"picture at {gamma}", gamma=[1, 2, 5]) == "picture at 2"


def test_a_theorem_of_a_session_has_a_home():
    """In a notebook, where `__main__` is no file."""
    outputs = [output for cell in kept("07_prove_it_yourself").cells for output in cell.get("outputs", [])]
    shown = next(output.text for output in outputs if "too_much" in str(output))
    assert "here/too_much" in shown


def test_the_library_is_what_it_was():
    """The notebooks do not add to it."""
    assert not [name for name in library.results() if name.startswith("here/")]
    assert str(COURSE) not in sys.path
