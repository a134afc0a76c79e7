"""The report as one HTML page that a person who has never seen the tool can read.

One file that asks for nothing: the policy `default-src 'none'` allows the page's own style and script by
their hashes alone, and there is no `style` attribute, no image, no address to another place. Whatever a cell
holds passes `escape.visible_block` and then jinja2's autoescape (`html_template`). Long reports
show the worst rows and say how many they leave out; without JavaScript everything is there but the filter.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup

from quality.reports import html_view
from quality.reports import json as json_report
from quality.reports.document import Document
from quality.reports.escape import embedded_json
from quality.reports.html_template import source_hash, template

MAX_TEXT = 20_000
"""Characters of any one piece of text on the page."""


def render(document: Document) -> str:
    """The whole page. The `application/json` block in it holds the JSON report without rows and findings."""
    style, script = _asset("report.css"), _asset("report.js")
    own = f"style-src '{source_hash(style)}'; script-src '{source_hash(script)}'"
    policy = f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"
    return _template().render(
        page=html_view.page(document),
        policy=policy,
        style=Markup(style),  # noqa: S704 - a file of this package
        script=Markup(script),  # noqa: S704 - a file of this package
        head=Markup(embedded_json(json_report.head(document))),  # noqa: S704 - escaped by `embedded_json`
        columns={
            "instruction": "Instruction",
            "output": "Response",
            "fail_mode": "Label",
            "original": "Original response",
        },
        max_rows=html_view.MAX_ROWS,
    )


@cache
def _template() -> jinja2.Template:
    return template(_asset("report.html.j2"), MAX_TEXT)


@cache
def _asset(name: str) -> str:
    return files("quality.reports").joinpath(name).read_text(encoding="utf-8")
