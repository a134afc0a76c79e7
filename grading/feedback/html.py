"""A group's page: one HTML file that asks for nothing, runs nothing and reads on a phone and in print.

The policy `default-src 'none'` allows the page's own style by its hash alone. Whatever a cell holds passes
`escape.visible_block` and then jinja2's autoescape (`html_template`). The same marks give the same bytes.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup

from grading.feedback.told import Told
from grading.feedback.view import page
from quality.reports.html_template import source_hash, template

MAX_TEXT = 4_000
"""Characters of any one piece of text on the page."""


def render(told: Told) -> bytes:
    """The whole page in UTF-8."""
    style = _asset("quality.reports", "report.css") + _asset("grading.feedback", "feedback.css")
    policy = f"default-src 'none'; style-src '{source_hash(style)}'; base-uri 'none'; form-action 'none'"
    text = _template().render(
        page=page(told),
        policy=policy,
        style=Markup(style),  # noqa: S704 - files of these packages
    )
    return text.encode("utf-8")


@cache
def _template() -> jinja2.Template:
    return template(_asset("grading.feedback", "feedback.html.j2"), MAX_TEXT)


@cache
def _asset(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")
