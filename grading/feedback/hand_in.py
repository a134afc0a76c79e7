"""From the documents of a run: what is to be said of the files, the predictions and the records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grading.feedback.bodies import Body, body
from grading.feedback.titles import LINEAGE_WORDS, sentence
from quality.reports.mask import masked_text
from quality.wording import count, cut, listed

LEVELS = ("error", "warning", "note")
MAX_TROUBLES = 40
MAX_ALONE = 8
MAX_ID = 60
MAX_WORDS = 1_000
MAX_READ = 20_000


@dataclass(frozen=True, slots=True)
class TroubleView:
    """One thing that is wrong with the hand-in, in words for its group."""

    level: str
    what: str
    file: str
    remedy: str


def troubles(seen: Sequence[Body]) -> tuple[TroubleView, ...]:
    """What was seen when the hand-in was unpacked and its files were read, errors first."""
    found = sorted(seen, key=lambda one: LEVELS.index(one["level"]))
    return tuple(
        TroubleView(
            one["level"],
            sentence(_short(one["what"])),
            _short(one["file"] or ""),
            sentence(_short(one["remedy"] or "")),
        )
        for one in found[:MAX_TROUBLES]
    )


def lineage(examined: Body) -> tuple[str, str]:
    """State and what it means; ("", "") where it was not looked at."""
    state = body(examined, "lineage").get("state") or ""
    return (state, LINEAGE_WORDS.get(state, "")) if state else ("", "")


def predictions(found: Body) -> tuple[str, ...]:
    """What was seen in the predictions, in sentences; () where none were read."""
    return tuple(_predictions(found)) if found else ()


def unmeasured(found: Body) -> str:
    """Which answers the program could not judge; "" where it could all."""
    ids = found.get("unmeasured_ids") or ()
    shown = listed((cut(masked_text(str(one)), MAX_ID, "") for one in ids), MAX_ALONE)
    number = found.get("unmeasured") or 0
    if not number:
        return ""
    which = f": {shown}" if shown else ""
    return f"{count(number, 'answer')} could not be measured by the program{which}."


def stands_alone(facts: Sequence[Body]) -> tuple[str, ...]:
    """Numbers, dates and names in which this group differs from many others; what the others wrote is not told."""
    return tuple(
        f"Row {cut(masked_text(one['id']), MAX_ID, '')}: {count(one['others'], 'other group')} "
        f"{'has' if one['others'] == 1 else 'have'} another {one['kind']} here than your “{_short(one['value'])}”."
        for one in facts[:MAX_ALONE]
    )


def _predictions(found: Body) -> Iterator[str]:
    asked, answered = found.get("asked"), found.get("answered")
    if asked is not None and answered is not None:
        yield f"{answered:,} of {count(asked, 'prompt')} {'is' if answered == 1 else 'are'} answered."
    for key, noun, plural in (
        ("empty", "answer is empty", "answers are empty"),
        ("loops", "answer repeats itself over and over", "answers repeat themselves over and over"),
        ("echoes", "answer gives the prompt back", "answers give the prompt back"),
        (
            "curt",
            "answer is a word or two where the prompt wants more",
            "answers are a word or two where the prompt wants more",
        ),
        (
            "repeated_answers",
            "answer is given to several prompts",
            "answers are the same as for another prompt",
        ),
    ):
        if found.get(key):
            yield f"{count(found[key], noun, plural)}."
    if said := unmeasured(found):
        yield said
    mean, base, won = found.get("mean_score"), found.get("base_mean_score"), found.get("win_rate")
    if mean is not None:
        against = f"; the base model's score {base:.1f}" if base is not None else ""
        yield f"The answers score {mean:.1f} of 100 on average under the style guide{against}."
    if won is not None:
        yield f"In {100 * won:.0f}% of the prompts your model's answer scores higher than the base model's."


def _short(text: str) -> str:
    return cut(masked_text(str(text)[:MAX_READ]), MAX_WORDS)
