"""What is said of a text that names no group of the book, or several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rapidfuzz import process

from quality import wording
from quality.errors import InputError
from quality.reports.escape import visible

if TYPE_CHECKING:
    from grading.book.people import Group, Person

_NEAREST = 3


def group(text: str, known: Sequence[Group]) -> InputError:
    """The error that no group is called so, to raise; where a person is, it names their group."""
    return _of_a_person(text, known) or _unknown(text, known)


def several(text: str, keys: Sequence[str]) -> InputError:
    """The error that the text means any of these, to raise."""
    return InputError(
        f"{visible(wording.cut(text, 60))!r} names several: {wording.listed(keys)}",
        remedy="name one by its key, or by the LMS's number",
    )


def _of_a_person(text: str, known: Sequence[Group]) -> InputError | None:
    """The error that a member is named, not a group; None where it is nobody's key, number, e-mail or name."""
    folded = text.casefold()
    keys = [(group.key, one.key) for group in known for one in group.members if folded in _names(one)]
    if not keys:
        return None
    remedy = f"name their group: {wording.listed(dict.fromkeys(group for group, _ in keys))}"
    people = wording.listed(person for _, person in keys)
    return InputError(
        f"{visible(wording.cut(text, 60))!r} is a person ({people}), not a group", remedy=remedy
    )


def _names(one: Person) -> set[str]:
    """Key, identifier, the `123` of Moodle's `Participant 123`, name and e-mail, in small letters."""
    identifier = one.identifier or ""
    texts = (one.key, identifier, identifier.rpartition(" ")[2], one.name, one.email)
    return {text.casefold() for text in texts if text}


def _unknown(text: str, known: Sequence[Group]) -> InputError:
    keys = {group.key: group.key for group in known}
    names = keys | {f"{group.key} ": group.name for group in known if group.name}
    near = process.extract(text, names, score_cutoff=50, limit=_NEAREST)
    if near:
        remedy = f"did you mean {wording.listed(dict.fromkeys(visible(name) for name, _, _ in near))}?"
    elif known:
        remedy = f"known here: {wording.listed(group.key for group in known)}"
    else:
        remedy = "import the hand-ins first: grading import FILE"
    return InputError(f"there is no group {visible(wording.cut(text, 60))!r}", remedy=remedy)
