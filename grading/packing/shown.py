"""What there is to see of an archive, as text for a reader and as JSON for a program."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from grading.hand_in import trouble_text
from grading.hand_in.notebook import Notebook
from grading.hand_in.trouble_text import said
from grading.model import Level, Role, Trouble
from grading.packing.look import Seen
from quality import __version__
from quality.reports.mask import masked_text
from quality.table import Table
from quality.wording import count

FORMAT = 1
MEANING = "this shows that the files belong together, not who made them"


def as_text(seen: Seen) -> str:
    """The archive for a reader: what it is, what is in it, what is wrong with it, what was not checked."""
    title = f"{said(seen.archive)}: what a teaching assistant will see"
    facts = [("group", said(seen.group) if seen.group else "not in the archive's name"), *_files(seen)]
    width = max(len(name) for name, _ in facts)
    lines = [title, *(f"  {name:<{width}}  {fact}" for name, fact in facts), ""]
    lines += [_tally(seen.troubles), *trouble_text.lines(seen.troubles)]
    lines += [f"not checked: {what}" for what in seen.known.unchecked]
    return "\n".join([*lines, ""])


def as_json(seen: Seen) -> str:
    """The same for a program."""
    found = seen.examined
    body = {
        "format": FORMAT,
        "tool": {"name": "proofgate", "version": __version__},
        "archive": seen.archive,
        "group": seen.group,
        "passed": not seen.to_mend,
        "files": {role.value: _file(seen, role) for role in Role},
        "notebook": _notebook(found.notebook),
        "lineage": {"state": found.lineage, "links": [asdict(link) for link in found.links]},
        "troubles": [trouble_text.as_json(one) for one in seen.troubles],
        "not_checked": list(seen.known.unchecked),
    }
    return json.dumps(body, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def _tally(troubles: Iterable[Trouble]) -> str:
    times = Counter(one.level for one in troubles)
    said = [count(times[level], level.value) for level in Level if times[level]]
    return ", ".join(said) if said else "nothing is wrong with it"


def _files(seen: Seen) -> Iterator[tuple[str, str]]:
    against = seen.known.against
    found = seen.examined
    yield "data", _table(seen, Role.DATA, found.data, against.sheet, "row")
    yield "predictions", _table(seen, Role.PREDICTIONS, found.predictions, against.test, "answer")
    yield "notebook", _looks(seen)
    yield "lineage", found.lineage + (f" ({MEANING})" if found.lineage == "consistent" else "")


def _table(seen: Seen, role: Role, read: Table | None, given: Table | None, noun: str) -> str:
    if role not in seen.files:
        return "missing"
    if read is None:
        return f"{said(seen.files[role].name)}: cannot be read"
    ids = {row.id for row in read.rows}
    whole = f" for {sum(row.id in ids for row in given.rows):,} of {len(given.rows):,} ids" if given else ""
    return f"{said(seen.files[role].name)}: {count(len(read.rows), noun)}{whole}"


def _looks(seen: Seen) -> str:
    found = seen.examined.notebook
    if found is None:
        return "missing"
    name = said(seen.files[Role.NOTEBOOK].name)
    if not found.code_cells:
        return f"{name}: no code could be read"
    outputs = "outputs cleared" if found.cleared else "outputs kept"
    return f"{name}: {found.run_cells:,} of {count(found.code_cells, 'cell')} of code run, {outputs}"


def _file(seen: Seen, role: Role) -> dict[str, Any] | None:
    read = {Role.DATA: seen.examined.data, Role.PREDICTIONS: seen.examined.predictions}.get(role)
    if role not in seen.files:
        return None
    return {**asdict(seen.files[role]), **({"rows": len(read.rows)} if read else {})}


def _notebook(found: Notebook | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "code_cells": found.code_cells,
        "run_cells": found.run_cells,
        "cleared": found.cleared,
        "errors": [masked_text(error) for error in found.errors],
        "interrupted": found.interrupted,
    }
