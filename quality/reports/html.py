"""The report as one HTML page that a person who has never seen the tool can read.

One file that asks for nothing: the policy `default-src 'none'` allows the page's own style and script by
their hashes alone, and there is no `style` attribute, no image, no address to another place. Whatever a cell
holds passes `escape.visible_block` (the environment's `finalize`) and then jinja2's autoescape. Long reports
show the worst rows and say how many they leave out; without JavaScript everything is there but the filter.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup, escape

from quality.reports import html_view
from quality.reports import json as json_report
from quality.reports.document import Document
from quality.reports.escape import embedded_json, visible_block
from quality.wording import count

MAX_TEXT = 20_000
"""Characters of any one piece of text on the page."""


def render(document: Document) -> str:
    """The whole page. The `application/json` block in it holds the JSON report without rows and findings."""
    style, script = _asset("report.css"), _asset("report.js")
    own = f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
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
        count=count,
        ticked=_ticked,
        max_rows=html_view.MAX_ROWS,
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(_asset("report.html.j2"))


def _finalize(value: Any) -> Any:
    """What every expression of the template passes before it is escaped."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    cut = f"… ({len(value):,} characters)" if len(value) > MAX_TEXT else ""
    return visible_block(value[:MAX_TEXT]) + cut


def _ticked(text: str) -> Markup:
    """Our own sentences, with what stands between backticks as code."""
    parts = str(_finalize(text)).split("`")
    if len(parts) % 2 == 0:
        return escape(_finalize(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if i % 2 else part for i, part in enumerate(parts)
    )


@cache
def _asset(name: str) -> str:
    return files("quality.reports").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"
