"""Pictures: one style in one place, the same bytes each time, colours that can be told apart, words for those who see none."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from focal_symbolic import Distribution, plots
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.diagnosis import diagnosis

ROOT = Path(__file__).parent.parent
plotted = pytest.mark.skipif(not plots.find_spec("matplotlib"), reason="matplotlib, the extra plots, is not installed")
COUNTS = [1000, 800, 600, 400, 200, 50, 5]


def svg(picture) -> str:
    stream = BytesIO()
    picture.save(stream)
    return stream.getvalue().decode()


def test_matplotlib_is_loaded_only_to_draw():
    code = "import focal_symbolic.commands.cli, focal_symbolic.plots, sys; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_without_matplotlib_the_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(plots, "find_spec", lambda name: None)
    monkeypatch.delitem(vars(plots), "canvas", raising=False)
    with pytest.raises(InputError, match=r"focal-symbolic\[plots\]"):
        _ = plots.canvas


def test_no_picture_is_drawn_elsewhere():
    """Colours and styles are those of `plots`: no other file of the package imports matplotlib, and none sets a style."""
    for path in [*ROOT.glob("focal_symbolic/**/*.py"), *ROOT.glob("docs/*.py"), *ROOT.glob("experiments/*.py")]:
        if path.parent.name == "plots":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] == "matplotlib" for name in names), path


@plotted
def test_the_same_bytes_each_time():
    one, other = (svg(plots.draw_ratios(Distribution.from_counts(COUNTS), ["1/2", 2])) for _ in range(2))
    assert one == other
    assert "<title" not in one or "Date" not in one


@plotted
def test_a_picture_says_in_words_what_it_shows():
    """To those who are read to, wherever it is put; whatever the words are, it stays an SVG."""
    with plots.canvas('"p" < q & λ') as (picture, _):
        pass
    root = ElementTree.fromstring(svg(picture))
    assert (root.get("role"), root.get("aria-label")) == ("img", '"p" < q & λ')


@plotted
def test_the_picture_of_the_readme_is_the_one_that_its_script_draws(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    import amplification

    amplification.draw(tmp_path / "drawn.svg")
    assert points(tmp_path / "drawn.svg") == points(ROOT / "docs" / "amplification.svg")


def points(path: Path) -> list[str]:
    """Where marks are set; glyphs and versions of the library may differ."""
    return re.findall(r'<use xlink:href="#m[0-9a-f]+" x="[0-9.]+" y="[0-9.]+" style="fill', path.read_text(encoding="utf-8"))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG has it."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


@plotted
def test_verdicts_differ_in_their_marks_and_colours():
    assert len({mark for _, mark in plots.VERDICTS.values()}) == len(plots.VERDICTS)
    assert len({colour for colour, _ in plots.VERDICTS.values()}) == len(plots.VERDICTS)


@plotted
def test_a_sequence_falls_from_dark_to_light():
    levels = [luminance(colour) for colour in plots.sequence(5)]
    assert all(low < high for low, high in pairwise(levels))
    assert min(abs(a - b) for a, b in combinations(levels, 2)) > 0.02


@plotted
def test_every_axis_of_a_diagnosis_is_labelled():
    from focal_symbolic.plots.diagnosed import diagnosed

    picture = diagnosed(diagnosis(COUNTS, 2))
    assert len(picture.axes) == 2
    assert all(axes.get_xlabel() and axes.get_ylabel() for axes in picture.axes)
    offsets = {tuple(point) for one in picture.axes[0].collections for point in np.asarray(one.get_offsets())}
    assert len(offsets) == len(COUNTS)


def diagnosed(counts, *gammas, **more):
    from focal_symbolic.plots.diagnosed import diagnosed

    picture = diagnosed(*(diagnosis(counts, gamma, **more) for gamma in gammas))
    picture.canvas.draw()
    return picture


DIAGNOSED = {
    "as usual": (COUNTS, 2),
    "nothing happens": (COUNTS, 0),
    "hardly anything happens": (COUNTS, "1/1000"),
    "all the same": ([5] * 10, 2),
    "several": (COUNTS, 2, "1/2", 5, 10, 20, 50),
    "one": ([7], 2),
    "two": ([10**9, 1], 2),
    "a class with none": ([100, 50, 0, 3], 2),
    "λ crosses 1 three times": ([30] + [1] * 39, 3),
}


@plotted
@pytest.mark.parametrize("given", DIAGNOSED.values(), ids=DIAGNOSED)
def test_legends_of_a_diagnosis_name_what_is_drawn_and_cover_nothing(given):
    counts, *gammas = given
    picture = diagnosed(counts, *gammas)
    classes, *more = picture.axes
    entries = [one.get_text() for axes in picture.axes for one in axes.get_legend().get_texts()]
    assert len(set(entries)) == len(entries)
    dotted = [line for axes in more for line in axes.get_lines() if line.get_linestyle() == ":"]
    assert any("λ is 1" in one for one in entries) == bool(dotted)
    assert ("band" in classes.get_title(loc="left")) == any(patch.get_width() > 0 for patch in classes.patches)
    drawn = sum(len(one.get_offsets()) for one in classes.collections)
    missing = sum(int(found[1]) for one in entries if (found := re.fullmatch(r"share 0, not drawn \((\d+)\)", one)))
    assert drawn + missing == len(counts)
    for axes in picture.axes:
        legend = axes.get_legend().get_window_extent()
        assert all(not legend.overlaps(other.get_window_extent()) for other in picture.axes)
        assert not legend.overlaps(axes.xaxis.label.get_window_extent())
        assert picture.bbox.y0 <= legend.y0
        assert legend.x1 <= picture.bbox.x1


@plotted
def test_lines_at_further_gammas_can_be_told_apart():
    lines = diagnosed(COUNTS, *DIAGNOSED["several"][1:]).axes[0].get_lines()
    named = [line for line in lines if line.get_label().startswith("γ = ")]
    assert len({(line.get_linestyle(), line.get_color()) for line in named}) == len(named) == 5


@plotted
def test_factors_that_differ_much_are_on_a_logarithmic_axis_and_others_in_plain_numbers():
    for given, scale in (((COUNTS, 2), "linear"), ((COUNTS, "1/1000"), "linear"), (([10**9, 1], 2), "log")):
        axes = diagnosed(*given).axes[0]
        assert (axes.get_yscale(), "logarithmic" in axes.get_ylabel()) == (scale, scale == "log")
        assert axes.yaxis.get_offset_text().get_text() == ""


@plotted
def test_a_class_whose_share_is_0_has_no_factor():
    assert repr(plots.draw_ratios(["1/2", "1/4", "1/4", 0], [2])) == "[q/p against p of 3 classes for γ = 2]"


@plotted
def test_a_gamma_is_named_shortly():
    assert repr(plots.draw_ratios(["1/2", "1/2"], ["1/2", "3.14159265358979"])).endswith("for γ = 1/2, 3.14159]")


@plotted
def test_the_legend_of_ratios_covers_nothing():
    picture = plots.draw_ratios(Distribution.from_counts(COUNTS), [0, "1/2", 1, 2, 5, 10, 20, 50])
    picture.canvas.draw()
    (axes,) = picture.axes
    assert not axes.get_legend().get_window_extent().overlaps(axes.get_window_extent())


@plotted
@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_reliability_diagrams_have_a_label_under_each_column_and_a_legend(count):
    one = plots.reliability([[0.9, 0.1], [0.6, 0.4]], [0, 1])
    picture = plots.draw_reliability({str(k): one for k in range(count)})
    picture.canvas.draw()
    shown = [axes for axes in picture.axes if axes.get_visible()]
    last = {axes.get_subplotspec().colspan.start: axes for axes in shown}
    assert all(axes.get_xlabel() and axes.get_xticklabels()[0].get_visible() for axes in last.values())
    assert [text.get_text() for text in picture.legends[0].get_texts()] == ["gap", "a bin, its area the share of the cases"]


@plotted
def test_no_reliability_diagram_is_refused():
    with pytest.raises(InputError, match="give a mapping"):
        plots.draw_reliability({})


@plotted
def test_a_notebook_gets_vectors_and_words():
    picture = plots.draw_ratios(["0.7", "0.2", "0.1"], [2])
    assert picture._repr_svg_().startswith("<?xml")
    assert repr(picture) == "[q/p against p of 3 classes for γ = 2]"
    assert "q/p against p of 3 classes" in svg(picture)


@plotted
def test_reliability_bins():
    sure = [[0.55, 0.45]] * 4 + [[0.95, 0.05]] * 4
    found = plots.reliability(sure, [0, 0, 1, 1, 0, 0, 0, 0], bins=10)
    assert found.counts.sum() == 8
    assert found.counts[5] == found.counts[9] == 4
    assert found.ece == pytest.approx((0.05 + 0.05) / 2)
    assert plots.reliability([[1.0, 0.0]], [0], bins=10).counts[9] == 1  # a bin has its upper end


@plotted
@pytest.mark.parametrize(("limits", "labels"), [((0.8, 1.3), 4), ((0.2, 5), 4), ((1e-6, 1), 4)])
def test_logarithmic_axes_are_labelled(limits, labels):
    with plots.canvas("an axis") as (picture, axes):
        axes.set(ylim=limits)
        plots.logarithmic(axes, "y")
    picture.canvas.draw()
    low, high = axes.get_ylim()
    assert (low, high) == pytest.approx(limits)
    seen = [tick for tick in axes.get_yticklabels() if tick.get_text() and low <= tick.get_position()[1] <= high]
    assert len(seen) >= labels
