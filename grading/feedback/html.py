"""A group's page: one HTML file that asks for nothing, runs nothing and reads on a phone and in print.

The policy `default-src 'none'` allows the page's own style by its hash alone. Whatever a cell holds passes
`escape.visible_block` (the environment's `finalize`) and then jinja2's autoescape. The same marks give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup, escape

from grading.feedback.told import Told
from grading.feedback.view import page
from quality.reports.escape import visible_block
from quality.wording import count, cut

MAX_TEXT = 4_000
"""Characters of any one piece of text on the page."""


def render(told: Told) -> bytes:
    """The whole page in UTF-8."""
    style = _asset("quality.reports", "report.css") + _asset("grading.feedback", "feedback.css")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    text = _template().render(
        page=page(told),
        policy=policy,
        style=Markup(style),  # noqa: S704 - files of these packages
        ticked=_ticked,
        count=count,
    )
    return text.encode("utf-8")


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
    return environment.from_string(_asset("grading.feedback", "feedback.html.j2"))


def _finalize(value: Any) -> Any:
    """What every expression of the template passes before it is escaped."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return visible_block(cut(value, MAX_TEXT))


def _ticked(text: str) -> Markup:
    """Sentences of the rules, with what stands between backticks as code."""
    parts = [_finalize(part) for part in text.split("`")]
    if len(parts) % 2 == 0:
        return escape(_finalize(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in enumerate(parts)
    )


@cache
def _asset(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")
