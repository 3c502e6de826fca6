"""The book of a small run: all of it is there, every link lands, nothing that it is given becomes markup."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePosixPath
from xml.etree import ElementTree

import numpy as np
import pytest

from focal_symbolic.claims import library
from focal_symbolic.claims.lines import lines
from focal_symbolic.errors import FocalError, InputError
from focal_symbolic.logic.coq.judgement import Outcome
from focal_symbolic.plots import draw_result
from focal_symbolic.plots.results import DRAWN
from focal_symbolic.report import book, results_of
from focal_symbolic.report.map import drawn
from focal_symbolic.report.pages import ClaimPage, FilePage
from focal_symbolic.report.render import _broken_name, _spills
from focal_symbolic.report.words import breakable, judged, said, slug, words

CRITERION = "claims/amplification/criterion.html"
HOSTILE = "<script>alert('&amp;')</script><img src=x onerror=alert(1)>\"'"


def tree(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def elements(text: str) -> list[ElementTree.Element]:
    return [*tree(text).iter()]


def name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def reads(text: str) -> str:
    """What a page reads as, on one line."""
    return " ".join("".join(tree(text).itertext()).split())


def html(pages):
    return {path: text for path, text in pages.items() if path.endswith(".html")}


def dangling(pages) -> list[str]:
    """A sentence for each link that leads out of the book or nowhere."""
    ids = {path: {e.get("id") for e in elements(text)} for path, text in html(pages).items()}
    told = []
    for path, text in html(pages).items():
        for element in elements(text):
            for key in ("href", "src"):
                target = element.get(key)
                if target is None or target == "data:,":
                    continue
                there, _, place = target.partition("#")
                parts: list[str] = []
                for part in (PurePosixPath(path).parent / there).parts if there else PurePosixPath(path).parts:
                    parts = parts[:-1] if part == ".." else [*parts, part]
                to = "/".join(parts)
                if to not in pages or (place and place not in ids[to]):
                    told.append(f"{path}: {target} leads nowhere")
    return told


def test_there_is_a_page_for_all(pages, results):
    assert {"index.html", "trusted.html", "book.css"} <= set(pages)
    for one in results:
        file, short = one.split("/")
        assert f"claims/{file}/{short}.html" in pages
        assert f"results/{file}.html" in pages
    drawn = {path for path in pages if path.endswith(".svg")}
    assert len(pages) == 3 + len(results) + len({one.split("/")[0] for one in results}) + len(drawn)


def test_a_result_opens_with_its_picture(pages, results):
    for file in {one.split("/")[0] for one in results}:
        (shown,) = [e for e in elements(pages[f"results/{file}.html"]) if name(e) == "img"]
        assert shown.get("src") == f"../pictures/{file}.svg"
        assert tree(pages[f"pictures/{file}.svg"]).get("aria-label") == shown.get("alt") == draw_result(file).about
        assert len(shown.get("alt")) > 20
        text = pages[f"results/{file}.html"]
        assert text.index("<figure>") < text.index("What rests on what")
    assert set(DRAWN) == {one.split("/")[0] for one in library.results()}


def test_every_picture_has_words_labels_and_lines_that_can_be_told():
    pictures = {draw_result(file).about: draw_result(file) for file in DRAWN}
    assert len(pictures) > len(DRAWN) - 4  # few results share one
    for about, picture in pictures.items():
        (axes,) = picture.axes
        assert axes.get_xlabel(), about
        assert axes.get_ylabel(), about
        named = [one for one in axes.lines if not one.get_label().startswith("_")]
        assert (axes.get_legend() is not None) == (len(named) > 1), about
        assert len({(one.get_color(), one.get_linestyle()) for one in named}) == len(named), about
        assert all(np.isfinite(np.asarray(one.get_ydata(), dtype=float)).all() for one in axes.lines), about


def test_the_map_is_a_list_as_well(pages, results):
    """For narrow pages: each box, below what it rests on, with all that the arrows say."""
    below = {one: {dict(step.arguments)["name"] for step in library.steps(one) if step.rule == "lemma"} for one in results}
    own = {one: below[one] for one in results if one.startswith("convexity/")}
    (found,) = (e for e in elements(pages["results/convexity.html"]) if e.get("class") == "ways")
    rows = [["".join(e.itertext()) for e in row.iter() if name(e) == "a" or e.get("class") == "name"] for row in found]
    told = {top: rest for top, *rest in rows}
    short = [
        box.name.removeprefix("convexity/") for box in drawn({**dict.fromkeys(set().union(*own.values()), ()), **own}).boxes
    ]
    assert [*told] == short
    assert {top for top, rest in told.items() if rest} == {one.removeprefix("convexity/") for one in own if own[one]}
    for top, rest in told.items():
        assert {other for other in rest if "/" not in other} <= {*short[: short.index(top)]}
        assert {*rest} <= {one.removeprefix("convexity/") for one in own.get(f"convexity/{top}", ())}


def test_every_page_is_well_formed_with_a_title_and_one_heading(pages):
    for path, text in html(pages).items():
        assert text.startswith("<!DOCTYPE html>\n")
        found = elements(text)
        ids = [e.get("id") for e in found if e.get("id")]
        assert len({*ids}) == len(ids), path
        assert [name(e) for e in found].count("h1") == 1
        levels = [int(name(e)[1]) for e in found if re.fullmatch("h[1-6]", name(e))]
        assert all(b <= a + 1 for a, b in pairwise(levels)), path
        assert tree(text).get("lang") == "en"


def test_every_link_lands_and_none_leads_out(pages):
    assert not dangling(pages)
    assert dangling({**pages, "index.html": pages["index.html"].replace("trusted.html", "nothing.html")})
    for text in pages.values():
        assert not re.search(r"https?://(?!www\.w3\.org/)", text)
        assert "<script" not in text
        assert "url(" not in re.sub(r"url\(#\w+\)", "", text)


def test_links_go_both_ways(pages):
    above, below = pages[CRITERION], pages["claims/convexity/slope_falls.html"]
    assert 'href="../../claims/convexity/slope_falls.html"' in above.split('id="rests"')[1].split('id="used"')[0]
    assert 'href="../../claims/amplification/criterion.html"' in below.split('id="used"')[1]


def test_every_line_is_there_with_what_it_uses(pages, results):
    for one, result in results.items():
        page = tree(pages[f"claims/{one}.html"])
        told = lines(result.claim, library.steps(one))
        found = [e for e in page.iter() if (e.get("id") or "").startswith("line-")]
        assert [e.get("id") for e in found] == [f"line-{line.number}" for line in told]
        for element, line in zip(found, told, strict=True):
            targets = {e.get("href") for e in element.iter() if e.get("href")}
            assert {f"#line-{use.line}" for use in line.uses if use.line} <= targets
            text = " ".join("".join(element.itertext()).split())
            assert (line.lemma or line.rule) in text
            assert ("since " in text) == bool(line.since)
            assert ("supposing " in text) == bool(line.supposing)


def test_a_claim_page_tells_all(pages, run):
    text = reads(pages[CRITERION])
    outcome = next(outcome for outcome in run.outcomes if outcome.name == "amplification/criterion")
    for expected in (
        "A letter is amplified only if ψ(pj) > λ",
        "mean value theorem",
        "Rudin",
        f"relative room of {outcome.fuzz.closest['slack']}",
        "A letter is amplified only where ψ(pj) falls short of λ.",
        judged(outcome.twin.how["derivation"]),
        judged(outcome.twin.how["fuzz"]),
        "Definition amplification_criterion : Prop :=",
        "Not judged by Coq",
    ):
        assert " ".join(expected.split()) in text


def test_coq_is_counted_only_where_it_judged(pages, run, by_coq, results):
    assert "Not judged by Coq in this run" in reads(pages["index.html"])
    assert "accepted by Coq · " not in reads(pages["index.html"])
    absent = Outcome("absent", reason="coqc is not installed; on Debian: apt-get install coq.")
    without = replace(run, outcomes=tuple(replace(o, coq=absent) for o in run.outcomes))
    text = reads(book(without, results)["index.html"])
    assert "Not judged by Coq: coqc is not installed" in text
    assert "accepted by Coq · " not in text
    judged = book(by_coq, results)
    assert "accepted by Coq · " in reads(judged["index.html"])
    assert "compiled to the last Qed; axioms: Classical_Prop.classic" in reads(judged[CRITERION])
    assert "Not judged by Coq" not in "".join(map(reads, html(judged).values()))


def test_a_failure_comes_first(run, results):
    bad = replace(run.outcomes[0], fuzz=replace(run.outcomes[0].fuzz, verdict="failed", reason="false at x = 1/2"))
    made = book(replace(run, outcomes=(bad, *run.outcomes[1:])), results)
    text = reads(made["index.html"])
    assert text.index("What is wrong") < text.index("What rests on what")
    assert "failed: 7 of 8 claims" in text
    assert f"{bad.name}: fuzz: false at x = 1/2" in text
    assert "Random cases: failed" in reads(made[f"claims/{bad.name}.html"])


def test_what_is_given_is_text(run, results):
    first = run.outcomes[0]
    claim = replace(results[first.name].claim, name=f"elementary/{HOSTILE}", statement=HOSTILE, reference=HOSTILE)
    hostile = replace(results[first.name], claim=claim, twin=replace(results[first.name].twin, statement=HOSTILE))
    outcome = replace(
        first,
        name=claim.name,
        statement=HOSTILE,
        derivation=replace(first.derivation, cited=(f"{HOSTILE} ({HOSTILE})",)),
        fuzz=replace(first.fuzz, closest={"slack": HOSTILE, "where": HOSTILE, "case": {HOSTILE: [HOSTILE]}}, reason=HOSTILE),
        twin=replace(first.twin, how=dict.fromkeys(first.twin.how, HOSTILE)),
    )
    made = book(replace(run, outcomes=(outcome, *run.outcomes[1:])), {**results, claim.name: hostile})
    assert not dangling(made)
    for text in html(made).values():
        assert not [e for e in elements(text) if name(e) == "script" or e.get("onerror")]
        assert all(e.get("src").startswith("../pictures/") for e in elements(text) if name(e) == "img")
    page = reads(made[f"claims/elementary/{slug(HOSTILE)}.html"])
    assert page.count("<script>alert(") > 8
    assert all(re.fullmatch(r"[\w./-]+", path) and ".." not in path for path in made)


def test_two_claims_with_one_page_are_refused(run, results):
    first, second = run.outcomes[:2]
    names = ("elementary/a b", "elementary/a-b")
    pairs = [*zip(names, (first, second), strict=True)]
    renamed = {n: replace(results[o.name], claim=replace(results[o.name].claim, name=n)) for n, o in pairs}
    outcomes = tuple(replace(o, name=n) for n, o in pairs)
    with pytest.raises(FocalError, match="one page"):
        book(replace(run, outcomes=outcomes), renamed)


def test_the_same_run_gives_the_same_book(pages, run, tmp_path):
    kept = tmp_path / "run.json"
    kept.write_text(json.dumps(run.to_json()))
    words = [sys.executable, "-m", "focal_symbolic", "report", "--from", str(kept), "--out", str(tmp_path / "book")]
    subprocess.run(words, check=True, capture_output=True, timeout=300, env={"PYTHONHASHSEED": "7", "PATH": ""})
    written = {
        path.relative_to(tmp_path / "book").as_posix(): path for path in (tmp_path / "book").rglob("*") if path.is_file()
    }
    assert set(written) - set(pages) == {"files.txt"}
    for path, text in pages.items():
        assert re.sub(r"[0-9.]+\ss\)", "s)", written[path].read_text()) == re.sub(r"[0-9.]+\ss\)", "s)", text)


def test_a_run_of_another_state_of_the_claims_is_refused(run):
    other = replace(run.outcomes[0], statement="something else")
    with pytest.raises(FocalError, match="says something else than in the run; verify again"):
        results_of(replace(run, outcomes=(other,)))
    with pytest.raises(FocalError, match="there is no claim «elementary/gone»"):
        results_of(replace(run, outcomes=(replace(other, name="elementary/gone"),)))


@pytest.mark.parametrize("missing", ["jinja2", "matplotlib"])
def test_without_what_it_needs_the_extra_is_named(monkeypatch, run, results, missing):
    monkeypatch.setattr("focal_symbolic.report.render.find_spec", lambda name: None if name == missing else name)
    with pytest.raises(InputError, match=rf"(?i){missing}, which is missing; run pip install 'focal-symbolic\[report\]'"):
        book(run, results)


def test_a_reason_with_a_long_formula_can_be_reached_by_the_keyboard():
    assert not _spills("by a rule of many words, " * 9 + "<math><mi>x</mi></math>, <math><mi>y</mi></math>")
    assert _spills("by <math>" + "<mi>x</mi>" * 30 + "</math>")


def test_words():
    assert str(said("the factor q_j/p_j is e^(-2 (1 + gamma))")) == (
        "The factor q<sub>j</sub>/p<sub>j</sub> is e<sup>−2 (1\u00a0+\u00a0γ)</sup>."
    )
    assert str(words("4 sqrt(p_j) <= x^2 & `a/b` x^gamma")) == (
        "4\N{NO-BREAK SPACE}√(p<sub>j</sub>)\u00a0≤\u00a0x<sup>2</sup> &amp; <code>a/<wbr />b</code> x<sup>γ</sup>"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("it exceeds (1 - x)^gamma.", "it exceeds (1\u00a0−\u00a0x)<sup>γ</sup>."),
        ("2 t + t^2. The 0.5", "2 t\u00a0+\u00a0t<sup>2</sup>. The 0.5"),
        ("H_gamma, q_x, p_min", "H<sub>γ</sub>, q<sub>x</sub>, p<sub>min</sub>"),
        ("sum c_i^2 and sum |q_i - t|", "∑ c<sub>i</sub><sup>2</sup> and ∑ |q<sub>i</sub>\u00a0−\u00a0t|"),
        ("a sum of loss(x), loss'' and loss", "a sum of ℓ(x), ℓ″ and loss"),
        ("the sign is -, the value never -oo", "the sign is −, the value never −∞"),
        ("psi'(x) of the model’s kappa", "ψ′\u2060(x) of the model’s κ"),
        ("floor(1/p_0) of P o sigma", "⌊1/p<sub>0</sub>⌋ of P ∘ σ"),
        ("`loss(x^2)` of gamma_zero", "<code>loss(x^2)</code> of γ_zero"),
        ("-s falls", "−s falls"),
        ("x^parameter, x^2.5", "x<sup>parameter</sup>, x^2.5"),
        ("1 - sum 1/n of Q* is 3 * x", "1\u00a0−\u00a0∑ 1/n of Q* is 3 · x"),
        ("what is <= the next", "what is\u00a0≤\u00a0the next"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_mathematics_in_words(text, shown):
    assert str(words(text)) == shown


def test_what_the_judges_said_is_mathematics_too():
    assert (
        judged("2*Sum(p[i]**gamma*log(x), (i, 1, n)) - 1 <= 0 => x*y < 1") == "2·Sum(p[i]^γ·ln(x), (i, 1, n)) − 1 ≤ 0 ⇒ x·y < 1"
    )


def test_a_long_name_may_be_broken():
    assert breakable("file/a_name.of<it") == "file/<wbr />a_<wbr />name.<wbr />of&lt;it"


def test_whose_a_result_is_stands_in_words():
    results = {one: result for one, result in library.results().items() if one.startswith("comparison/")}
    told = FilePage("comparison", tuple(ClaimPage(result, None, None) for result in results.values())).sections
    assert told["Source"] == "This project"


def test_words_of_an_index_that_is_a_minus():
    shown = "if q<sub>j</sub>\u00a0&lt;\u00a0q<sub>−</sub> it"
    assert str(words("if q_j < q_- it")) == shown


def test_a_long_reason_is_folded(run, results):
    first = run.outcomes[0]
    twin = replace(first.twin, how={**first.twin.how, "fuzz": "no " * 200})
    made = book(replace(run, outcomes=(replace(first, twin=twin), *run.outcomes[1:])), results)
    page = made[f"claims/{first.name}.html"]
    assert page.count("<details>") == 1
    assert "no " * 200 in page


def test_names_in_boxes_are_short():
    for one in library.results():
        texts = _broken_name(one.replace("_", " "))
        assert 1 <= len(texts) <= 2
        assert all(0 < len(text) <= 17 for text in texts)
