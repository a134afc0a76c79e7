"""Do the records in a hand-in's notebook speak of its other two files? Evidence for the eye; it earns no points.

Whoever owns the files can recompute every hash: it shows consistency, not honesty.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grading.hand_in import predictions_file
from grading.model import Level, Trouble
from quality import lineage, table
from quality.errors import InputError
from quality.lineage import AtHand, Bundle, Link, State, Version
from quality.table import Columns, Table
from quality.wording import listed

Lineage = Literal["consistent", "not given", "broken"]


@dataclass(frozen=True, slots=True)
class Chain:
    """The links between the files of one hand-in."""

    state: Lineage = "not given"
    links: tuple[Link, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def chain(notebook: Path, data: Table | None, test: Table | None, predictions: Table | None) -> Chain:
    """What the records in that notebook say of the files at hand; of what is None nothing can be said."""
    file = notebook.name
    try:
        bundle = lineage.bundle_in_notebook(notebook)
    except InputError:  # no notebook; whoever looks at it says so
        return Chain()
    except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError):
        return Chain("broken", troubles=(_broken("they hold values that no record has", file),))
    if bundle is None or bundle == Bundle():
        what = "no output of it holds the lineage records, so it is not known what the model was trained on"
        remedy = "run the last cell of `finetune notebook`, or leave it: records earn no points"
        return Chain(troubles=(Trouble("lineage.not-given", Level.NOTE, what, file, remedy),))
    links = lineage.links(bundle, _at_hand(data, test, predictions))
    broken = [link for link in links if link.state is State.BROKEN]
    if broken:
        named = listed((f"{link.name}: {link.detail}" for link in broken), 3)
        return Chain("broken", links, (_broken(named, file),))
    held = any(link.state is State.CONSISTENT for link in links)
    return Chain("consistent" if held else "not given", links)


def _broken(why: str, file: str) -> Trouble:
    remedy = "hand in the files as they were used, or run what follows the change again"
    what = f"the records do not fit the files: {why}"
    return Trouble("lineage.broken", Level.WARNING, what, file, remedy)


def _at_hand(data: Table | None, test: Table | None, predictions: Table | None) -> AtHand:
    return AtHand(
        data=Version.of(data) if data else None,
        test=Version.of(test) if test else None,
        predictions=Version.of(predictions) if predictions else None,
        base_predictions=_base(predictions) if predictions else None,
    )


def _base(predictions: Table) -> Version | None:
    """The version of the base model's answers, where the file has them."""
    if predictions_file.BASE not in predictions.columns:
        return None
    names = {key: name for key, name in predictions.names.items() if key in ("id", "instruction")}
    beside = Columns(**names, output=predictions_file.BASE)
    try:
        return Version.of(table.parse(predictions.source, predictions.path, beside, labels_required=False))
    except InputError:
        return None
