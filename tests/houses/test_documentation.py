"""The documentation as it is browsed: built without a warning, no network for mathematics, fit for a phone and for axe."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REASON = "the packages of the extra docs are not installed"
for needed in ("furo", "latex2mathml", "myst_nb", "pybtex", "sphinx"):
    pytest.importorskip(needed, reason=REASON)
CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
KINDS = (
    "index.html",
    "abstract.html",
    "calibration.html",
    "search.html",
    "api/package.html",
    "course/01_loss_and_entropy.html",
)
"""A page of each kind."""


def amiss(place: Path, path: str, browser, width: int, scheme: str) -> list[str]:
    """A sentence for each thing that is wrong with a page; axe looks at one page of each kind."""
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("requestfailed", lambda request: heard.append(request.url))
    page.goto((place / path).as_uri())
    told = [*heard]  # what comes later is axe reading style sheets anew, which a browser does not allow a page that is a file
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        told.append(f"{wide} pixels wide")
    if cut := page.evaluate(
        "[...document.querySelectorAll('.table-wrapper')].filter(t => t.scrollWidth > t.clientWidth + 1).length"
    ):
        told.append(f"{cut} tables are cut off")
    small = "i.src.endsWith('.svg') && i.offsetWidth < 0.6 * i.naturalWidth"
    told += page.evaluate(f"[...document.images].filter(i => {small}).map(i => i.alt + ' is too small to read')")
    told += page.evaluate("[...document.images].filter(i => !i.naturalWidth).map(i => i.src + ' is not shown')")
    if path in KINDS:
        found = Axe().run(page)
        told += [found.generate_report()] if found.violations_count else []
        assert len(found.response["passes"]) > 10
    page.close()
    return [f"{path} at {width}: {one}" for one in told]


def unsaid(text: str) -> list[str]:
    """The pictures of a page that are told in no words."""
    alts = [re.search(r'alt="([^"]*)"', one) for one in re.findall(r"<img [^>]*>", text)]
    return ["none" if alt is None else alt[1] for alt in alts if alt is None or not alt[1] or alt[1].endswith(".svg")]


def test_pictures_without_words_are_noticed():
    assert unsaid(
        '<img src="a.svg" /><img alt="" src="b.svg"><img alt="../c.svg" src="../c.svg"><img alt="λ" src="d.svg">'
    ) == [
        "none",
        "",
        "../c.svg",
    ]


@pytest.mark.parametrize(
    "path",
    sorted({*(ROOT / "docs").glob("*.md")} - {ROOT / "docs" / "references.md", ROOT / "docs" / "rules.md"}),
    ids=lambda path: path.stem,
)
def test_formulas_of_the_guides_are_set(path):
    """Powers and what stands below the line are written for a reader, not typed as in a program."""
    text = re.sub(
        r"^```.*?^```|`[^`]*`|\$\$?[^$]+\$\$?|^    .*$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    assert re.findall(r".{0,9}(?:[\w)]\^|\b\w_[0-9γ−yx]\b).{0,9}", text) == []


def test_words_of_code_break_where_a_reader_would(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    import accessible

    word = '<span class="pre">{}</span>'
    assert accessible.mended(word.format("infinite/lower_semicontinuous"), ROOT) == word.format(
        "infinite/<wbr>lower_<wbr>semicontinuous"
    )
    assert accessible.mended(word.format("--gamma"), ROOT) == '<span class="pre option">--gamma</span>'


def test_docstrings_are_read_in_letters_and_names_as_they_are_typed(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    import accessible
    from docutils import nodes

    tree = nodes.document(None, None)
    tree += nodes.paragraph("", "", nodes.strong("", "gamma"), nodes.Text(": with gamma >= 0, "), nodes.literal("", "gamma=2"))
    guide = tree.deepcopy()
    accessible.in_letters(None, tree, "api/package")
    accessible.in_letters(None, guide, "verify")
    assert tree.astext() == "gamma: with γ ≥ 0, gamma=2"
    assert guide.astext() == "gamma: with gamma >= 0, gamma=2"


def test_the_documentation(tmp_path):
    """One test, for it is built once; the command is that of README.md."""
    place = tmp_path / "docs"
    built = [sys.executable, "-m", "sphinx", "-W", "-q", "-d", tmp_path / "trees", "docs", place]
    done = subprocess.run(built, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    paths = sorted(path.relative_to(place).as_posix() for path in place.rglob("*.html"))
    assert set(KINDS) < set(paths)
    texts = {path: (place / path).read_text(encoding="utf-8") for path in paths}
    assert [path for path, text in texts.items() if re.search(r'(?:src|rel="stylesheet" href)="https?:', text)] == []
    assert {path: found for path, text in texts.items() if (found := unsaid(text))} == {}
    assert {path: found for path, text in texts.items() if (found := re.findall(r"\[[a-z]+\d{4}[;\]]", text))} == {}
    assert sum(len(re.findall(r'references\.html#[a-z]+\d{4}"', text)) for text in texts.values()) > 40
    assert sum(text.count("<math ") for text in texts.values()) > 9
    assert sum(text.count("<img ") for text in texts.values()) > 30
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed, so no page is opened; on Debian: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        told = [one for path in paths for one in amiss(place, path, browser, 400, "dark")]
        told += [one for path in KINDS for one in amiss(place, path, browser, 1400, "light")]
        browser.close()
    assert told == []
