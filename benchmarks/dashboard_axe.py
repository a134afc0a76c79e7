"""What axe-core says of every page, in light and dark, at 1280 px and at 200%: our own elements, then Streamlit's.

    python benchmarks/dashboard_axe.py [--axe axe.min.js] [--shots DIR] [PATH]

PATH is a data file or a course folder; without one, the hostile course of the tests. Without --axe, npm fetches the
package `axe-core` into a folder that goes with the run. Ends with 1 when an element of ours has a serious or critical
violation.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests import served, sites
from tests.browser.conftest import CHROMIUM, FLAGS

PAGES = ("Overview", "Rows", "Review", "Predictions", "Copying", "Grades", "Runs", "Guide")
OURS = ".stHtml, [data-testid=stHtml]"
LOOKS = (("light", 1280), ("dark", 1280), ("light", 640))
"""Colours and width; 640 px is what 1280 are at 200%."""
RUN = """async ours => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.flatMap(one => one.nodes.map(node => ({
    rule: one.id, impact: node.impact || one.impact, html: node.html.slice(0, 160),
    ours: node.target.flat().some(target => {
      try { return !!document.querySelector(target)?.closest(ours) } catch { return false }
    })})));
}"""


def fetched(folder: Path) -> Path:
    """axe-core's script, from npm."""
    subprocess.run(["npm", "pack", "axe-core", "--silent"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("axe-core-*.tgz")
    subprocess.run(["tar", "xf", archive.name, "package/axe.min.js"], cwd=folder, check=True)
    return folder / "package/axe.min.js"


def violations(browser: Any, url: str, axe: str, shots: Path | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """The page with its look, and what is wrong in it."""
    state = None
    for scheme, width in LOOKS:
        context = browser.new_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 1600},
            storage_state=state,
            bypass_csp=True,
        )
        page = context.new_page()
        page.goto(url if state is None else url.partition("/?")[0])
        served.opened(page)
        state = context.storage_state()
        for title in PAGES:
            page.goto(f"{url.partition('/?')[0]}/{title.lower()}")
            page.get_by_role("heading", name=title, level=1, exact=True).wait_for()
            page.wait_for_selector(served.READY)
            page.evaluate(axe)
            if shots:
                page.screenshot(path=shots / f"{title.lower()}-{scheme}-{width}.png")
            for one in page.evaluate(RUN, OURS):
                yield f"{title} {scheme} {width}", one
        context.close()


def main(path: Path, script: Path | None, shots: Path | None) -> int:
    """Prints the violations by impact; 1 where one of ours is serious or critical."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        axe = (script or fetched(Path(folder))).read_text(encoding="utf-8")
    with served.served(path) as url, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        found = list(violations(browser, url, axe, shots))
        browser.close()
    for ours, whose in ((True, "our own elements"), (False, "Streamlit's elements")):
        counted = Counter((one["impact"], one["rule"]) for _, one in found if one["ours"] is ours)
        print(f"{whose}: {counted.total()} violations")
        for (impact, rule), number in sorted(counted.items()):
            where, first = next((w, o) for w, o in found if o["ours"] is ours and o["rule"] == rule)
            print(f"  {impact} {rule}: {number}; first on {where}: {first['html']}")
    return int(any(one["ours"] and one["impact"] in ("serious", "critical") for _, one in found))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--axe", type=Path)
    parser.add_argument("--shots", type=Path)
    given = parser.parse_args()
    if given.shots:
        given.shots.mkdir(parents=True, exist_ok=True)
    if given.path:
        sys.exit(main(given.path, given.axe, given.shots))
    with tempfile.TemporaryDirectory() as temporary:
        made = sites.course(Path(temporary)).course.folder
        sites.close()
        sys.exit(main(made, given.axe, given.shots))
