"""Reports in headless Chromium, as their readers meet them; prints what is wrong, a line each.

    page.py [--smoke] CHROMIUM ROOT PICTURES PAGE...

ROOT is the folder that names of pages are relative to; PICTURES gets a screenshot of every state and the printed pages.
"""

import csv
import io
import sys
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

LAYOUT = (Path(__file__).parent / "page_layout.js").read_text()
WIDTHS = {1280: 900, 390: 844}
# Paper of A4 less the margins of the style sheet, in pixels of print.
PRINTED = {"width": 688, "height": 1016}
OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
CONTROLS = """() => [...document.querySelectorAll('a[href], button, input, summary')]
    .filter((one) => one.checkVisibility() && !one.disabled).length"""
# The element that has the focus: a number of its own, its name, whether it is a control, its outline, whether it is seen.
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  window.walked = window.walked || new Map();
  if (!walked.has(one)) walked.set(one, walked.size);
  const box = one.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const [x, y] = [box.left + Math.min(box.width, innerWidth) / 2, Math.max(1, box.top + Math.min(box.height, innerHeight) / 2)];
  const top = document.elementFromPoint(x, y);
  return { id: walked.get(one), name: (one.tagName + ' ' + (one.id || one.textContent.trim())).slice(0, 60),
    control: one.matches('a[href], button, input, summary'), outlined: outlineStyle !== 'none' && parseFloat(outlineWidth) > 0,
    seen: top !== null && (one.contains(top) || top.contains(one)) };
}"""
# ECharts draws in the next frame of the window, however busy the machine is.
SETTLED = """() => new Promise((done) => {
  let frames = 6;
  (function frame() { if (frames-- > 0) requestAnimationFrame(frame); else done(); })();
})"""
DRAWINGS = """() => Object.fromEntries(Object.keys(JSON.parse(document.getElementById('data').textContent).charts).flatMap((id) => {
  const drawing = document.querySelector('#' + CSS.escape(id) + ' .plot svg');
  return drawing && drawing.checkVisibility() ? [[id, drawing.innerHTML.replace(/zr\\d+/g, 'zr')]] : [];
}))"""


class Report:
    """One page: its findings are sentences, each said once."""

    def __init__(self, browser, axe, root, pictures, file):
        self.browser, self.axe, self.pictures, self.file = browser, axe, pictures, file
        self.name = str(file.parent.relative_to(root)).replace("/", "-")
        self.findings = {}
        self.done = 0

    def find(self, where, texts):
        self.done += 1
        for text in texts:
            self.findings.setdefault(text, []).append(where)

    def opened(self, where, **options):
        """The page in a window of its own; what the browser complains of, and what it asks for, are findings."""
        context = self.browser.new_context(accept_downloads=True, **options)
        page = context.new_page()
        page.set_default_timeout(30000)
        page.on("console", lambda message: self.find(where, [f"console: {message.text}"]))
        page.on("pageerror", lambda error: self.find(where, [f"error: {error}"]))
        page.on("request", lambda one: self.find(where, [] if one.url == self.file.as_uri() or one.url.startswith("blob:") else [f"fetches {one.url}"]))
        page.goto(self.file.as_uri())
        if options.get("java_script_enabled", True):
            page.wait_for_selector("body[data-ready=true]")
        return page

    def look(self, width, scheme, walk):
        where = f"{width} {scheme}"
        page = self.opened(where, viewport={"width": width, "height": WIDTHS[width]}, color_scheme=scheme)
        page.screenshot(path=self.pictures / f"{self.name}-{width}-{scheme}.png", full_page=True)
        self.find(where, page.evaluate(LAYOUT))
        page.evaluate(OPEN)
        page.evaluate(SETTLED)
        self.find(where + " unfolded", page.evaluate(LAYOUT))
        page.screenshot(path=self.pictures / f"{self.name}-{width}-{scheme}-unfolded.png", full_page=True)
        if walk:
            self.walk(page, where)
        for one in self.axe.run(page).response["violations"]:
            self.find(where, [f"axe: {one['id']}: {one['help']}: {one['nodes'][0]['html'][:120]}"])
        if walk:
            self.slide(page, where)
            self.legends(page, where)
            self.hover(page, where)
            self.tables(page, where)
        page.context.close()

    def walk(self, page, where):
        """Tab reaches every control; what has the focus is outlined and not covered."""
        reached, wanted = {}, page.evaluate(CONTROLS)
        for _ in range(wanted + 200):
            page.keyboard.press("Tab")
            one = page.evaluate(FOCUS)
            if one is None or (one["id"] in reached and one["id"] == 0):
                break
            reached[one["id"]] = one
        controls = [one for one in reached.values() if one["control"]]
        self.find(where, [] if len(controls) == wanted else [f"Tab reaches {len(controls)} controls, expected {wanted}"])
        self.find(where, [f"no outline: {one['name']}" for one in reached.values() if not one["outlined"]])
        self.find(where, [f"covered when it has the focus: {one['name']}" for one in reached.values() if not one["seen"]])

    def slide(self, page, where):
        """Sliders by the keyboard: lambda's moves all charts of lambda and what is said; those of a polytope turn it."""
        for one in page.locator("input[type=range]").all():
            if not one.is_visible():
                continue
            name = one.get_attribute("id") or one.get_attribute("name")
            following = page.evaluate("""() => Object.entries(JSON.parse(document.getElementById('data').textContent).charts)
                .filter(([, one]) => one.lambda || (one.series || []).some((series) => series.frames)).map(([id]) => id)""")
            said, before, value = page.locator("#step").all_inner_texts(), page.evaluate(DRAWINGS), one.input_value()
            one.focus()
            page.keyboard.press("ArrowRight" if value != one.get_attribute("max") else "ArrowLeft")
            page.evaluate(SETTLED)
            after = page.evaluate(DRAWINGS)
            self.find(where, [] if one.input_value() != value else [f"slider {name} does not move"])
            if name != "lambda":
                self.find(where, [] if before != after else [f"slider {name} turns nothing"])
                continue
            self.find(where, [] if said != page.locator("#step").all_inner_texts() else ["the slider changes no words"])
            self.find(where, [f"{id}: the slider changes nothing" for id in following if id in before and before[id] == after.get(id)])
            self.find(where, [] if following or before.keys() != after.keys() else ["no chart follows the slider"])
            for key in ("Home", "End"):
                page.keyboard.press(key)
                page.evaluate(SETTLED)
                self.find(f"{where}, slider at {key}", page.evaluate(LAYOUT))
            page.locator("#pin").press("Enter")
            self.find(where, [] if page.locator("#pin[aria-pressed=true]").count() else ["a lambda is not pinned"])
            page.locator("#lambda").press("Home")
            self.find(f"{where}, pinned", page.evaluate(LAYOUT))
            self.find(where, [] if page.locator("#step .pinned").count() else ["nothing is said of a pinned lambda"])
            page.screenshot(path=self.pictures / f"{self.name}-pinned.png")
            page.locator("#pin").press("Enter")

    def hover(self, page, where):
        """Some chart answers to the mouse, in sight."""
        tips = 0
        for plot in page.locator(".plot").all():
            if plot.is_visible():
                plot.scroll_into_view_if_needed()
                box = plot.bounding_box()
                page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
                page.evaluate(SETTLED)
                for tip in page.locator(".tip").all():
                    if tip.is_visible():
                        own = tip.bounding_box()
                        tips += 1
                        self.find(where, [] if own["x"] >= 0 and own["x"] + own["width"] <= page.viewport_size["width"] else
                                  [f"beyond the page: {tip.inner_text()[:50]}"])
                if tips == 1:
                    page.screenshot(path=self.pictures / f"{self.name}-hover.png")
        page.mouse.move(0, 0)
        lines = page.evaluate('''() => Object.values(JSON.parse(document.getElementById('data').textContent).charts)
            .some((one) => one.xAxis?.type !== 'category' && one.series?.some((series) => series.type === 'line'))''')
        self.find(where, [] if tips or not lines else ["no chart of lines answers to the mouse"])

    def legends(self, page, where):
        """A name of a legend takes its marks away and gives them back."""
        for legend in page.locator("figure .legend").all():
            if not legend.is_visible():
                continue
            id = legend.evaluate("(one) => one.closest('figure').id")
            drawn = [page.evaluate(DRAWINGS).get(id)]
            for _ in range(2):
                legend.locator("button").first.press("Space")
                page.evaluate(SETTLED)
                drawn.append(page.evaluate(DRAWINGS).get(id))
            self.find(where, [] if drawn[0] != drawn[1] else [f"{id}: a name of the legend takes nothing away"])
            self.find(where, [] if drawn[0] == drawn[2] else [f"{id}: a name of the legend does not give back what it took"])

    def tables(self, page, where):
        """Columns sort both ways by their numbers; the table that is downloaded is the one that is seen."""
        for table in page.locator("table:has(thead th button)").all():
            if not table.is_visible():
                continue
            heads = table.locator("thead th button").all()
            for column in {0, len(heads) // 2, len(heads) - 1}:
                for order in ("ascending", "descending"):
                    heads[column].press("Enter")
                    cells = table.locator(f"tbody td:nth-child({column + 1})").all_inner_texts()
                    numbers = [float(one.replace("\u2212", "-").replace("%", "").replace("\u221e", "inf")) for one in cells if is_number(one)]
                    self.find(where, [] if numbers == sorted(numbers, reverse=order == "descending") else [f"not sorted: {heads[column].inner_text()}"])
                    state = table.locator("thead th").nth(column).get_attribute("aria-sort")
                    self.find(where, [] if state == order else [f"aria-sort is {state}, expected {order}"])
            with page.expect_download() as started:
                table.evaluate_handle("(one) => one.parentElement.nextElementSibling").as_element().press("Enter")
            rows = list(csv.reader(io.StringIO(Path(started.value.path()).read_text())))
            seen = [[" ".join(one.split()) for one in row] for row in table.evaluate(
                "(one) => [...one.rows].map((row) => [...row.cells].filter((cell) => cell.className !== 'tool').map((cell) => cell.textContent))")]
            self.find(where, [] if [[" ".join(one.split()) for one in row] for row in rows] == seen else [f"the CSV of {seen[0][:3]} is another table"])

    def print(self):
        """On paper: light, unfolded, nothing cut; the text of every table is there to its last row."""
        page = self.opened("print", viewport=PRINTED, color_scheme="dark")
        page.emulate_media(media="print", color_scheme="dark")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.evaluate(SETTLED)
        self.find("print", page.evaluate(LAYOUT))
        self.find("print", [f"{one} is on paper" for one in ("#lambda", "#pin", ".csv", ".turn", ".tool") if page.locator(one).locator("visible=true").count()])
        self.find("print", ["folded on paper"] if page.locator("details:not([open])").count() else [])
        paper = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()")
        self.find("print", [] if paper == "#ffffff" else [f"paper is {paper}"])
        drawn = page.locator(".plot svg text").all_text_contents()
        cells = page.evaluate("""() => [...document.querySelectorAll('table')].filter((one) => one.checkVisibility() && one.tBodies[0]?.rows.length)
            .flatMap((one) => [...[...one.tBodies[0].rows].at(-1).cells].filter((cell) => cell.className !== 'tool').map((cell) => cell.textContent))""")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="null")
        self.find("print", [] if page.locator("details[open]").count() == 0 else ["unfolded after printing"])
        file = self.pictures / f"{self.name}.pdf"
        page.pdf(path=file, format="A4", prefer_css_page_size=True)
        text = "".join("".join(one.extract_text().split()) for one in PdfReader(file).pages)
        self.find("print", [f"not printed: {cell}" for cell in [*drawn, *cells] if "".join(cell.split()) not in text])
        page.context.close()

    def without_scripts(self):
        page = self.opened("no scripts", viewport={"width": 1280, "height": 900}, java_script_enabled=False)
        text = page.locator("main").inner_text()
        self.find("no scripts", [] if "does not run" in text and page.locator("h1").count() == 1 else ["says nothing without scripts"])
        page.context.close()


def is_number(text):
    try:
        return float(text.replace("\u2212", "-").replace("%", "").replace("\u221e", "inf")) is not None
    except ValueError:
        return False


def main(arguments):
    smoke = arguments[0] == "--smoke"
    chromium, root, pictures, *files = arguments[smoke:]
    failed = passed = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for file in map(Path, files):
            report = Report(browser, Axe(), Path(root), Path(pictures), file)
            for width in WIDTHS:
                for scheme in ["light"] if smoke else ["light", "dark"]:
                    report.look(width, scheme, scheme == "light")
            report.print()
            report.without_scripts()
            for text, places in report.findings.items():
                print(f"{report.name}: {text} ({', '.join(sorted(set(places)))})")
            print(f"{'FAILED' if report.findings else 'ok'}: {report.name}, {report.done} checks", flush=True)
            failed += len(report.findings)
            passed += report.done - len(report.findings)
        browser.close()
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
