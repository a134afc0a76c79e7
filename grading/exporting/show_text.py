"""What `grading show` prints for a person, at 80 columns. All text of others passes `escape.visible`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from grading.feedback.bodies import entries
from grading.feedback.hand_in import unmeasured
from grading.feedback.titles import NO_DEADLINE, NOT_GRADED, flips, moment, number, points
from grading.scoring import dismissed
from quality.dismissals.policy import told
from quality.reports.escape import no_command, visible
from quality.wording import count, cut, listed

WIDTH = 80
MAX_FINDINGS = 12
MAX_PAIRS = 5
MAX_EDITS = 3
MAX_ENTRIES = 10

Json = dict[str, Any]


def render(shown: Json, zone: str) -> str:
    """The group as text, for the zone in which its times are told."""
    parts = (
        _head(shown, zone),
        _rubric(shown["rubric"]),
        _former(shown["former"]),
        _unmeasured(shown["predictions"]),
        _firm(shown["stability"]),
        _findings(shown["findings"]),
        _dismissed(shown["quality"] or {}),
        _records(shown),
        _late(shown["lateness"]),
        _beside_others(shown),
        _copying(shown),
        _history(shown["history"], zone),
    )
    return no_command("\n".join("\n".join(lines) for part in parts if (lines := list(part)))) + "\n"


def _head(shown: Json, zone: str) -> Iterator[str]:
    group, hand_in, grade = shown["group"], shown["hand_in"], shown["grade"]
    yield f"{group['key']}  {_short(group['name'], 60)}".rstrip()
    if group["members"]:
        yield from _wrapped(
            f"members: {listed(_short(one['name'] or one['key'], 40) for one in group['members'])}"
        )
    if group["purged"]:
        yield "a purge left the points alone"
    elif hand_in is None:
        yield "nothing was handed in"
    else:
        when = moment(datetime.fromisoformat(hand_in["received"]), zone) if hand_in["received"] else "unknown"
        yield f"handed in: {when}, version {hand_in['version'][:16]}" + (
            f", {count(hand_in['handed_in'], 'hand-in')}" if hand_in["handed_in"] > 1 else ""
        )
        if hand_in["graded"] is False:
            yield "this hand-in is newer than the one that was graded: grading run"
    letter = f" · {grade['letter']}" if grade["letter"] else ""
    yield ""
    most = number(grade["most"])
    yield (
        f"grade: {NOT_GRADED} ({most} points can be had)"
        if grade["points"] is None
        else (f"grade: {number(grade['points'])} of {most}{letter}")
    )
    if grade["ungraded"]:
        yield from _wrapped(f"open: {listed(map(visible, grade['ungraded']))}", "  ")


def _rubric(lines: list[Json]) -> Iterator[str]:
    yield ""
    for line in lines:
        given = points(line["points"])
        of = "" if given == NOT_GRADED or not line["max_points"] else f" of {number(line['max_points'])}"
        version = f"version {line['version']}" if line["version"] else ""
        yield f"{visible(line['line']):<32.32}{version:<16}{given + of:>32}"
        yield from _wrapped(line["sentence"], "    ")
        if line["manual"]:
            yield from _wrapped(_by_person(line), "    ")


def _by_person(line: Json) -> str:
    manual = line["manual"]
    older = ", on a hand-in that was replaced" if manual["superseded"] else ""
    above = ", above what the line gives" if manual["above"] else ""
    program = points(line["automatic_points"])
    return f"by {manual['who']}{older}{above}: {manual['why']} (the program: {program})"


def _former(lines: list[Json]) -> Iterator[str]:
    if lines:
        yield ""
        yield "no longer in the rubric, so they count for nothing"
    for line in lines:
        yield from _wrapped(f"{line['line']}: {points(line['points'])}, {_by_person(line)}", "  ", "    ")


def _unmeasured(predictions: Json | None) -> Iterator[str]:
    if said := unmeasured(predictions or {}):
        yield ""
        yield from _wrapped(said)


def _firm(stability: Json | None) -> Iterator[str]:
    if not stability or stability.get("low") is None:
        return
    yield ""
    yield (
        f"stability: {100 * stability['level']:.0f}% between {number(stability['low'])} and "
        f"{number(stability['high'])} points"
    )
    if stability["flips"]:
        yield from _wrapped(flips(stability["flips"]), "  ")
    for effect in (entries(stability, "without"))[:3]:
        yield f"  without {visible(str(effect['code']))}: {effect['points']:+.2f} points"


def _findings(found: list[Json]) -> Iterator[str]:
    if not found:
        return
    yield ""
    yield "findings"
    for one in found[:MAX_FINDINGS]:
        where = one["file"] or (f"row {one['row']}, id {one['id']}" if one["row"] else "")
        place = f"{_short(where, 40)}: " if where else ""
        yield from _wrapped(
            f"{one['level']:<8}{one['code']}  {place}{cut(one['what'], 300)}", "  ", "          "
        )
    if len(found) > MAX_FINDINGS:
        yield f"  … and {len(found) - MAX_FINDINGS} more: --output-format json"


def _dismissed(quality: Json) -> Iterator[str]:
    decisions = quality.get("dismissed", ())
    if not decisions:
        return
    yield ""
    yield f"{count(dismissed.findings(quality), 'finding')} dismissed by the course staff"
    for one in decisions[:MAX_FINDINGS]:
        yield from _wrapped(
            f"{one['code']} {told(one)}: {count(one['findings'], 'finding')}, by {one['who']}: {cut(one['why'], 100)}",
            "  ",
            "    ",
        )
    if len(decisions) > MAX_FINDINGS:
        yield f"  … and {len(decisions) - MAX_FINDINGS} more: --output-format json"


def _records(shown: Json) -> Iterator[str]:
    lineage = shown["lineage"]
    if not lineage:
        return
    yield ""
    yield f"lineage: {visible(lineage['state'])} (evidence without points)"
    for link in entries(lineage, "links"):
        yield from _wrapped(f"{link['name']}: {link['state']} {link['detail']}", "  ", "    ")


def _late(lateness: Json | None) -> Iterator[str]:
    yield ""
    if not lateness:
        yield NO_DEADLINE
        return
    begun = lateness["begun_days"]
    yield "lateness: " + (NOT_GRADED if begun is None else count(begun, "day") + " begun")
    for one in lateness["members"]:
        used, left = ("?" if one[key] is None else number(one[key]) for key in ("days_used", "days_left"))
        yield from _wrapped(
            f"{_short(one['name'], 40)} ({one['key']}): late days used {used}, left {left}, "
            f"points off {number(one['points_off'])}",
            "  ",
            "    ",
        )


def _beside_others(shown: Json) -> Iterator[str]:
    consensus, facts = shown["consensus"], shown["facts"]
    if consensus and consensus.get("share") is not None:
        yield ""
        yield (
            f"labels: {100 * consensus['share']:.0f}% of {count(consensus['judged'], 'label')} "
            "agree with the others' consensus"
        )
    if facts:
        yield ""
        yield "facts on which the group stands alone"
    for one in list(facts)[:5]:
        yield from _wrapped(
            f"{one['id']}: {one['kind']} {one['value']}, {count(one['others'], 'other group')}: "
            f"{one['others_value']}",
            "  ",
            "    ",
        )


def _copying(shown: Json) -> Iterator[str]:
    candidates = [pair for pair in shown["copying"] if pair["candidate"]]
    if candidates or shown["signals"]:
        yield ""
        yield "copying: evidence, never a penalty"
    for pair in candidates[:MAX_PAIRS]:
        yield from _wrapped(
            f"with {pair['with']} {_short(pair['name'], 40)}: score {number(pair['score'])}, "
            f"p {_chance(pair['p'])}, q {_chance(pair['q'])}, {count(pair['shared_edits'], 'shared edit')}",
            "  ",
            "    ",
        )
        for edit in pair["evidence"][:MAX_EDITS]:
            yield from _wrapped(
                f"{edit['id']}: “{cut(edit['before'], 60)}” → “{cut(edit['after'], 60)}” "
                f"({count(edit['groups'], 'group')})",
                "      ",
            )
    for signal in shown["signals"]:
        others = listed(f"{one['key']} {_short(one['name'], 40)}".strip() for one in signal["with"])
        yield from _wrapped(f"{signal['kind']} with {others}: {signal['sentence']}", "  ", "    ")


def _history(entries: list[Json], zone: str) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield f"history, the newest {min(MAX_ENTRIES, len(entries))} of {len(entries)}, times of {visible(zone)}"
    for entry in entries[-MAX_ENTRIES:]:
        at = moment(datetime.fromisoformat(entry["at"]), zone).partition(" (")[0]
        line = f" {entry['line']}" if entry["line"] else ""
        after: Any = entry["after"]
        value = f": {points(after.get('points'))}" if after and entry["line"] else ""
        why = f" ({cut(entry['why'], 100)})" if entry["why"] else ""
        yield from _wrapped(f"{at} {entry['who']}: {entry['what']}{line}{value}{why}", "  ", "    ")


def _chance(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2g}"


def _short(text: str, most: int) -> str:
    return visible(cut(text, most, ""))


def _wrapped(text: str, indent: str = "", after: str | None = None) -> Iterable[str]:
    """The text made visible, on lines of at most `WIDTH` characters."""
    return textwrap.wrap(
        visible(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if after is None else after,
        break_on_hyphens=False,
    )
