"""What every HTML page of ours is made with: a template that escapes all it is given, and the hashes of its policy."""

from __future__ import annotations

import base64
import hashlib
from functools import partial
from typing import Any

import jinja2
from markupsafe import Markup, escape

from quality.reports.escape import visible_block
from quality.wording import count, cut


def template(text: str, most: int) -> jinja2.Template:
    """The template. Each expression in it passes `escape.visible_block` and then jinja2's autoescape.

    It can call `count`, and `ticked` for sentences of ours with code between backticks.

    Args:
        most: Characters of any one piece of text on the page.
    """
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=partial(_finalize, most=most),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(text, globals={"count": count, "ticked": partial(_ticked, most=most)})


def source_hash(text: str) -> str:
    """A style or script as the policy names it: `sha256-…`."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def _finalize(value: Any, most: int) -> Any:
    """What every expression of a template passes before it is escaped."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return visible_block(cut(value, most))


def _ticked(text: str, most: int) -> Markup:
    """The sentences, with what stands between backticks as code."""
    parts = str(_finalize(text, most)).split("`")
    if len(parts) % 2 == 0:
        return escape("`".join(parts))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in enumerate(parts)
    )
