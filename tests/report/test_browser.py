"""The book in a browser: no error, no missing glyph, nothing wider than a phone, and what axe says of accessibility."""

from __future__ import annotations

import shutil

import pytest

from focal_symbolic.commands.writing import folder
from focal_symbolic.report import book

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed, so no page is opened; on Debian: apt-get install chromium"
)

CRITERION = "run/claims/amplification/criterion.html"
PATHS = ("run/index.html", "run/trusted.html", "run/results/convexity.html", CRITERION)
OTHERS = (
    "coq/index.html",
    "coq/results/elementary.html",
    "coq/claims/convexity/slope_falls.html",
    "failed/index.html",
    "failed/results/elementary.html",
    "failed/claims/elementary/log_above.html",
)
"""The same kinds where Coq has judged, and where something is wrong: other words and colours."""
GROUND = "getComputedStyle(document.documentElement).backgroundColor"
VIEWS = [(1400, "light"), (400, "dark")]

TOFU = """() => {
  const text = [...new Set(document.body.innerText + [...document.querySelectorAll("math")].map(m => m.textContent).join(""))]
    .filter(c => c.codePointAt(0) > 127 && !/[\\s\\p{Cf}]/u.test(c));
  const canvas = document.createElement("canvas"); canvas.width = canvas.height = 48;
  const pen = canvas.getContext("2d", {willReadFrequently: true});
  const drawn = (c, font) => {
    pen.clearRect(0, 0, 48, 48); pen.font = "32px " + font; pen.fillText(c, 4, 36);
    return pen.getImageData(0, 0, 48, 48).data.join();
  };
  const fonts = [document.body, document.querySelector("math") || document.body].map(e => getComputedStyle(e).fontFamily);
  const missing = c => fonts.every(font => drawn(c, font) === drawn("\\u0378", font));
  return {missing: text.filter(missing), seen: text.length, control: missing("\\u0379") && !missing("λ")};
}"""


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def place(pages, by_coq, failed, results, tmp_path_factory):
    """Three books: of the run, of one in which Coq has judged, and of one that has failed."""
    where = tmp_path_factory.mktemp("books")
    for name, made in (("run", pages), ("coq", book(by_coq, results)), ("failed", book(failed, results))):
        folder(lambda made=made: made, where / name)
    return where


@pytest.fixture
def opened(browser, place):
    """Opens a page; what went wrong meanwhile is in its `wrong`."""
    shown = []

    def open_(path, width, scheme):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        shown.append(page)
        page.wrong = []
        page.on("console", lambda message: page.wrong.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("requestfailed", lambda request: page.wrong.append(request.url))
        page.goto((place / path).as_uri())
        return page

    yield open_
    for page in shown:
        page.close()


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
@pytest.mark.parametrize("path", [*PATHS, *OTHERS])
def test_a_page(opened, path, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(path, width, scheme)
    assert page.wrong == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert len(found.response["passes"]) > 10


@pytest.mark.parametrize("path", PATHS)
def test_no_glyph_is_missing(opened, path):
    found = opened(path, 1400, "light").evaluate(TOFU)
    assert found["control"]
    assert found["seen"] > 0
    assert found["missing"] == []


def test_the_dark_page_is_dark(opened):
    def brightness(scheme):
        ground = opened("run/index.html", 400, scheme).evaluate(GROUND)
        return sum(map(int, ground[4:-1].split(",")))

    assert brightness("dark") < 150
    assert brightness("light") > 600


def test_formulas_are_set_as_such(opened):
    """A fraction is higher than a letter, an index is lower."""
    page = opened(CRITERION, 1400, "light")
    fraction, letter = page.evaluate("""() => ["mfrac", "mi"].map(
      name => document.querySelector(name).getBoundingClientRect().height)""")
    assert fraction > letter > 0
    low, line = page.evaluate("""() => { const m = document.querySelector("msub");
      return [m.lastElementChild, m.firstElementChild].map(e => e.getBoundingClientRect().bottom) }""")
    assert low > line


def test_the_map_is_a_way_to_the_pages(opened):
    page = opened("run/index.html", 1400, "light")
    page.locator(".map a").first.click()
    assert "/results/" in page.url
    page.locator(".map a").first.click()
    assert "/claims/" in page.url


def test_a_narrow_page_has_the_map_as_a_list(opened):
    """Nothing to be moved sideways: each box is a line with what it rests on, each of them a way to its page."""
    page = opened("run/results/convexity.html", 400, "light")
    assert page.locator(".map svg").is_hidden()
    assert page.locator(".ways").is_visible()
    assert page.locator(".ways > li").count() == page.locator(".map .box").count()
    assert page.locator(".ways .on a, .ways .on .name").count() == page.locator(".map .arrow").count()
    page.locator(".ways a").first.click()
    assert "/claims/" in page.url
    wide = opened("run/results/convexity.html", 1400, "light")
    assert wide.locator(".map svg").is_visible()
    assert wide.locator(".ways").is_hidden()
    assert wide.evaluate("(map => map.scrollWidth <= map.clientWidth)(document.querySelector('.map'))")


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_cut_below_where_it_scrolls_sideways(opened, path):
    page = opened(path, 400, "light")
    cut = """() => [...document.querySelectorAll(".formula, .because, .since")]
      .filter(e => e.scrollHeight > e.clientHeight + 1).map(e => e.textContent)"""
    assert page.evaluate(cut) == []


def test_the_tables_of_a_narrow_page_need_no_scrolling(opened):
    page = opened("run/trusted.html", 400, "light")
    assert page.locator("table").count() == 2
    assert page.evaluate("[...document.querySelectorAll('.scroll')].every(e => e.scrollWidth <= e.clientWidth)")


def test_the_words_of_the_map_fit_its_boxes(opened):
    over = """() => [...document.querySelectorAll(".map .box")].flatMap(box => [...box.querySelectorAll("text")]
      .filter(t => t.getBBox().width > box.querySelector("rect").getBBox().width - 6).map(t => t.textContent))"""
    for path in ("run/index.html", "run/results/convexity.html", "run/results/elementary.html"):
        assert opened(path, 1400, "light").evaluate(over) == []


def test_it_prints(opened):
    page = opened(CRITERION, 1400, "dark")
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator("header.top").is_hidden()
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"
    box = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--stated')")
    assert box.strip() == "#fdfcf9"  # that of the light page, for whoever reads in the dark, too


def test_a_long_formula_among_words_does_not_widen_the_page(opened):
    page = opened(CRITERION, 400, "light")
    page.evaluate("""() => { const reason = document.querySelector(".because");
      reason.innerHTML += "<math>" + "<mi>x</mi><mo>+</mo>".repeat(80) + "</math>" }""")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    assert page.evaluate("(e => e.scrollWidth > e.clientWidth)(document.querySelector('.because'))")
