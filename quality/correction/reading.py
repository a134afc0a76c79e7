"""A case read once for all rules of inference: the correction in pieces, and why each was taken out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from quality.correction.case import Case
from quality.correction.changes import Changes, Piece, changes, piece
from quality.correction.cuts import repeated_cuts
from quality.model import Finding
from quality.text.attitude import discourtesy, small_talk
from quality.text.courtesies import closing, opening
from quality.text.topic import topic_words

MAX_CHARACTERS = 40_000
"""Of a text up to which its fail mode is inferred; a longer one shows too little of it."""
MAX_COMPARED = 60
"""Sentences that one is compared with."""
SAID_AGAIN = 0.7
"""Share of a sentence's content that another sentence holds too, from which it says nothing new."""
LEAST_CONTENT = 3.0
"""Rarity of the content words together from which a sentence says something of its own."""
FICTION = frozenset({"creative"})


class Purpose(StrEnum):
    """What a piece that a correction took out was there for."""

    REPEAT = "repeat"
    RUDE = "rude"
    TALK = "talk"
    MATTER = "matter"


@dataclass(frozen=True, slots=True)
class Taken:
    """A piece that was taken out, and nothing like it put in its place.

    Attributes:
        rude: `attitude.discourtesy` of it.
        nearest: Share of its content that the sentence most like it among the added ones holds, 0..1.
    """

    piece: Piece
    purpose: Purpose
    rude: float
    nearest: float


@dataclass(frozen=True, slots=True)
class View:
    """What the rules of inference look at.

    Attributes:
        old: The original response.
        new: The corrected output.
        taken: What the correction took out, sentence by sentence, and parts of sentences after those.
        asked: The prompt's content words, each with its rarity.
        served: Share of them that the original shows, and that the output shows; each 0..1.
        remains: Share of the original's content that the output holds too, 0..1.
        survives: The same of its own content, without the prompt's.
        said_before: Share of the output's content that the original holds too, 0..1.
        fixed: Criterion → findings that are gone.
        left: Criterion → findings that are left.
    """

    case: Case
    old: str
    new: str
    changes: Changes
    taken: tuple[Taken, ...]
    asked: Mapping[str, float]
    served: tuple[float, float]
    remains: float
    survives: float
    said_before: float
    fixed: Mapping[str, Sequence[Finding]]
    left: Mapping[str, Sequence[Finding]]

    @property
    def is_edited(self) -> bool:
        """Whether more than white space was changed."""
        return self.old.split() != self.new.split()

    @property
    def is_rewritten(self) -> bool:
        """Whether little of the original's wording is left."""
        changed = self.changes
        return changed.kept_share < REWRITTEN and changed.kept_new_share < REWRITTEN and not self.is_continued

    @property
    def is_continued(self) -> bool:
        """Whether the output holds all that the original said, and goes on."""
        if self.changes.new_words < self.changes.old_words + LEAST_MORE or self.growth < 1.1:
            return False
        whole = {**self.asked, **_content(self.changes.old)}
        return sum(whole.values()) >= LEAST_CONTENT and self.remains >= CONTINUED

    @property
    def is_fiction(self) -> bool:
        """Whether the prompt wants what no fact binds."""
        return self.case.prompt.kind in FICTION or any(
            ask.kind == "genre:fiction" for ask in self.case.prompt.asks
        )

    @property
    def is_of_facts(self) -> bool:
        """Whether the prompt is a question, which one answer settles, rather than a wish for something made."""
        asked = self.case.row.instruction[:4_000]
        return "?" in asked or _FACT.match(asked) is not None

    @property
    def breaks_off(self) -> bool:
        """Whether the original stops in a sentence, or among the lines of a list or a letter."""
        old = self.old.strip()
        if not old or self.changes.old_words <= LEAST_BEGUN:
            return False
        return old[-1].isalnum() or old[-1] in ",;:" or sum(map(bool, old.split("\n"))) >= LINES_BEGUN

    @property
    def growth(self) -> float:
        """Words of the output for each word of the original."""
        return self.changes.new_words / max(1, self.changes.old_words)


CONTINUED = 0.85
"""Share of the original's content that the output must hold to go on from it."""
LEAST_BEGUN = 12
LINES_BEGUN = 3
"""Lines of an original from which it was to have more."""
LEAST_MORE = 5
"""Words by which a text that was continued is longer."""
_FACT = re.compile(
    r"\s*(?:who|what|when|where|which|why|how|is|are|was|were|do|does|did|can|name|define|explain|describe|tell me)\b",
    re.IGNORECASE,
)
REWRITTEN = 0.4
"""Share of the words kept, on both sides, below which a response was written anew."""


def read(case: Case) -> View | None:
    """The case as the rules see it; None for texts too long to be read."""
    old, new = case.row.original or "", case.row.output
    if max(len(old), len(new)) > MAX_CHARACTERS:
        return None
    changed = changes(old, new, case.correction.edits)
    asked = topic_words(case.row.instruction[:4_000])
    before, after = _content(changed.old), _content(changed.new)
    own = {stem: rarity for stem, rarity in before.items() if stem not in asked}
    return View(
        case=case,
        old=old,
        new=new,
        changes=changed,
        taken=tuple(_taken(old, changed)),
        asked=asked,
        served=(_served(asked, changed.old), _served(asked, changed.new)),
        remains=held(before, after),
        survives=held(own, after),
        said_before=held(after, before),
        fixed=_by_criterion(case.correction.fixed),
        left=_by_criterion(case.correction.left),
    )


def errors(findings: Sequence[Finding]) -> int:
    """How many of them are errors."""
    return sum(finding.is_error for finding in findings)


def _by_criterion(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.criterion, []).append(finding)
    return grouped


def _content(pieces: Sequence[Piece]) -> dict[str, float]:
    return {stem: rarity for one in pieces for stem, rarity in one.stems.items()}


def _served(asked: Mapping[str, float], pieces: Sequence[Piece]) -> float:
    """Share of the prompt's content that the pieces show."""
    whole = sum(asked.values())
    if not whole:
        return 1.0
    shown = {stem for one in pieces for stem in one.stems}
    return sum(rarity for stem, rarity in asked.items() if stem in shown) / whole


def held(stems: Mapping[str, float], others: Mapping[str, float]) -> float:
    """Share of the content that the other content holds too, 0..1."""
    whole = sum(stems.values())
    return sum(rarity for stem, rarity in stems.items() if stem in others) / whole if whole else 0.0


def _taken(old: str, changed: Changes) -> list[Taken]:
    said = {word for one in changed.new for word in one.words}
    ends = opening(old), closing(old)
    found: list[Taken] = []
    again = repeated_cuts(changed)
    for one in changed.removed:
        nearest = max((held(one.stems, o.stems) for o in changed.added[:MAX_COMPARED]), default=0.0)
        found.append(_judged(one, changed, said, nearest, ends=(ends[0] is not None, ends[1] is not None)))
    for number, exchange in enumerate(changed.exchanges):
        cut = piece(exchange.before, -1)
        if len(cut.words) > 1.5 * len(exchange.after.split()) and cut.words and number < MAX_COMPARED:
            beside = piece(f"{exchange.left} {exchange.right} {exchange.after}")
            taken = _judged(cut, changed, said, held(cut.stems, beside.stems))
            found.append(replace(taken, purpose=Purpose.REPEAT) if cut.words in again else taken)
    return found


def is_claim(taken: Taken, view: View) -> bool:
    """Whether a short sentence that was taken out states something of its own, with a figure or a name."""
    one = taken.piece
    if taken.purpose is not Purpose.MATTER or one.at < 0 or not 3 < len(one.words) <= MOST_CLAIMED:
        return False
    if not one.text.rstrip().endswith(".") or not _IN_PERSON.isdisjoint(one.words):
        return False
    figures = _FIGURE.findall(one.text)
    return any(view.old.count(figure) == 1 and figure not in view.case.row.instruction for figure in figures)


MOST_CLAIMED = 25
"""Words of a sentence that states one thing."""
_IN_PERSON = frozenset({"i", "me", "my", "you", "your", "we", "our", "us", "i'm", "i've", "you're", "let's"})
_FIGURE = re.compile(r"\d[\d.,]{0,20}|(?<=[a-z,] )[A-Z][a-z]{2,40}\b")


def _judged(
    one: Piece,
    changed: Changes,
    said: set[str],
    nearest: float,
    ends: tuple[bool, bool] = (False, False),
) -> Taken:
    rude = discourtesy(one.text, one.words, without=said if one.at < 0 else ())
    if _is_repeat(one, changed):
        purpose = Purpose.REPEAT
    elif rude >= 1:
        purpose = Purpose.RUDE
    elif (one.at == 0 and ends[0]) or (one.at == len(changed.old) - 1 and ends[1]) or small_talk(one.text):
        purpose = Purpose.TALK
    else:
        purpose = Purpose.MATTER
    return Taken(one, purpose, rude, nearest)


def _is_repeat(one: Piece, changed: Changes) -> bool:
    """Whether an earlier sentence, or one that stays, says it already."""
    if one.at < 0:
        return False
    gone = {other.at for other in changed.removed}
    anew = changed.kept_share < REWRITTEN
    others = [o for o in changed.old if o.at not in gone or (anew and o.at < one.at)]
    if len(others) > MAX_COMPARED:
        others = sorted(others, key=lambda o: abs(o.at - one.at))[:MAX_COMPARED]
    if sum(one.stems.values()) < LEAST_CONTENT:
        return len(one.words) > 2 and any(o.words == one.words for o in changed.old if o.at != one.at)
    return any(held(one.stems, o.stems) >= SAID_AGAIN for o in others)
