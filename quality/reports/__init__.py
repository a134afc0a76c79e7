"""Report formats, one file each: `Document` → text. All are given the document with personal data masked."""

from __future__ import annotations

from importlib import import_module

from quality.errors import ConfigError
from quality.reports.document import Document
from quality.reports.mask import masked

__all__ = ["FORMATS", "Document", "render"]

FORMATS = ("text", "json", "csv", "html", "sarif", "junit", "github")


def render(format: str, document: Document, *, color: bool = False, width: int = 100) -> str:
    """The document in that format; color and width (in terminal cells) concern `text` alone.

    Raises:
        ConfigError: No such format.
    """
    if format not in FORMATS:
        raise ConfigError(f"no output format {format!r}", remedy=f"use one of {', '.join(FORMATS)}")
    module = import_module(f"quality.reports.{format}")  # each format costs its own imports only
    document = masked(document, table=format == "csv")
    if format == "text":
        return module.render(document, color=color, width=width)
    return module.render(document)
