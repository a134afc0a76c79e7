"""The line `hand_in`: what a hand-in must have, and has. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grading.course.model import Course
from grading.model import Level, Role, Trouble
from grading.scoring.sentences import Documents, Graded, body
from quality.wording import listed


def hand_in(documents: Documents, troubles: Sequence[Trouble], course: Course) -> Graded:
    """The share of what a hand-in must have: three files, their names, the notebook's outputs, no error among these.

    What a missing thing hides is left out either way, so that one fault costs once.
    """
    broken = [one for one in troubles if one.code.startswith("archive.") and one.level is Level.ERROR]
    if broken:
        return None, f"not graded: {broken[0].what}", {"broken": [one.code for one in broken]}
    examined = body(documents, "examined")
    if not examined:
        return None, "not graded: the files could not be examined", {}
    seen = body(examined, "notebook")
    parts = _parts(examined.get("files", []), seen, troubles)
    there = [name for name, met in parts.items() if met]
    missing = [name for name, met in parts.items() if met is False]
    hidden = [name for name, met in parts.items() if met is None]
    said = [f"there: {listed(there)}" if there else "nothing is there that a hand-in needs"]
    said += [f"not there: {listed(missing)}"] if missing else []
    said += [f"cannot be seen, and costs nothing: {listed(hidden)}"] if hidden else []
    if seen and seen["interrupted"]:
        said.append("a cell was stopped by hand, which costs nothing")
    return len(there) / (len(there) + len(missing)), "; ".join(said), {"parts": parts}


def _parts(
    roles: Sequence[str], seen: Mapping[str, Any], troubles: Sequence[Trouble]
) -> dict[str, bool | None]:
    """Each thing that a hand-in needs, and whether it is there; None where something missing hides it.

    Args:
        seen: The notebook; empty where nobody could read it.
    """
    # one under a name that only a person would take for it, or several of which one counts
    misnamed = any(one.code in _NAMES and one.level is Level.WARNING for one in troubles)
    shown = seen.get("code_cells", 0) > 0 and not seen["cleared"]
    return {
        **{f"the {role.value} file": role.value in roles for role in Role},
        "the file names": not misnamed if roles else None,
        "the notebook's outputs": shown if Role.NOTEBOOK in roles else None,
        "a notebook without errors": not seen["errors"] if shown else None,
    }


_NAMES = frozenset({"files.name", "files.doubled"})
