"""What a run tells: how far it is, on stderr; what it did, as text or JSON. Groups by their keys alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from grading.running.summary import Summary
from quality import console
from quality.dismissals.policy import told
from quality.progress import measuring
from quality.reports.escape import visible
from quality.wording import count, cut, listed

FORMAT = 1
MOST = 20
"""Groups that are named one by one."""


@contextmanager
def progress() -> Generator[Callable[[str, int, int], None]]:
    """A bar on a terminal, else one line at the start of each step. Ctrl-C says what is kept, and ends with 130."""
    last = ""
    try:
        with measuring(kept=True) as bar:

            def show(what: str, done: int, total: int) -> None:
                nonlocal last
                if what != last and total and done < total:
                    last = what
                    console.say(STEPS[what](total))
                bar(done, total)

            yield show
    except SystemExit as end:
        if end.code == console.INTERRUPTED:
            console.say("groups that are scored stay scored")
        raise


STEPS: Mapping[str, Callable[[int], str]] = {
    "texts": lambda total: f"measuring {count(total, 'cell')} that no earlier run has seen",
    "groups": lambda total: f"scoring {count(total, 'hand-in')}",
    "comparison": lambda total: "comparing the groups",
    "grades": lambda total: f"looking how firmly {count(total, 'grade stands', 'grades stand')}",
}
"""Step → what is said when it begins."""


def as_text(done: Summary) -> str:
    """The summary in a few lines."""
    known = done.groups - done.scored
    lines = [f"{count(done.groups, 'group')} graded: {done.scored:,} scored now, {known:,} as before"]
    if done.empty:
        lines.append(f"nothing handed in: {listed(done.empty, MOST)}")
    if done.failed:
        lines.append(f"the program failed at {count(len(done.failed), 'group')}; their lines are open:")
        lines += [f"  {group}: {visible(cut(why, 200))}" for group, why in list(done.failed.items())[:MOST]]
    open_ = {group: keys for group, keys in done.open.items() if group not in done.empty}
    if open_:
        lines.append(f"{count(len(open_), 'group has', 'groups have')} lines that are not graded:")
        lines += [f"  {group}: {listed(keys)}" for group, keys in list(open_.items())[:MOST]]
        if len(open_) > MOST:
            lines.append(f"  and {len(open_) - MOST:,} more")
    lines += [
        f"{visible(key)}: waits for a person in {count(groups, 'group')}"
        for key, groups in done.waiting.items()
    ]
    if done.above:
        lines.append("a person gave more than the line can give now; mark it anew, or export stops:")
        lines += [f"  {group}: {visible(listed(keys))}" for group, keys in list(done.above.items())[:MOST]]
    lines += _dismissed(done.dismissed)
    lines.append("next: `grading show GROUP`, then `grading export -o DIR`")
    return "\n".join(lines) + "\n"


def _dismissed(decisions: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What the staff dismissed: in all, and by each decision."""
    if not decisions:
        return
    yield f"{count(sum(one['findings'] for one in decisions), 'finding')} dismissed by the course staff:"
    for one in sorted(decisions, key=lambda one: -one["findings"])[:MOST]:
        where = f"{count(one['findings'], 'finding')} in {count(one['groups'], 'group')}"
        yield visible(f"  {one['code']} {told(one)}: {where}, by {one['who']}: {cut(one['why'], 100)}")
    if len(decisions) > MOST:
        yield f"  and {count(len(decisions) - MOST, 'more decision')}: --output-format json"


def as_json(done: Summary) -> str:
    """The summary as JSON."""
    return json.dumps({"format": FORMAT, **asdict(done)}, indent=1, ensure_ascii=True) + "\n"
