"""Two answers without their names: which stands left, which pair comes next, and what the votes say together."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.answers.model import Pair
from dashboard.answers.totals import Share, share
from grading.book.votes import Choice, Vote
from quality.reports.spreadsheet import spreadsheet

HEADER = ("group", "id", "voter", "choice", "at", "counts")


def tuned_is_left(seed: str, group: str, ref: str) -> bool:
    """Whether the tuned model's answer is A. The seed decides, so that a row looks the same on every visit.

    Args:
        seed: Known to the server alone.
    """
    return hashlib.sha256(f"{seed} side {group} {ref}".encode()).digest()[0] % 2 == 0


def sides(pair: Pair, *, tuned_left: bool) -> tuple[str, str]:
    """The texts of A and B; no answer looks like an empty one."""
    base = (pair.base.text if pair.base else None) or ""
    texts = pair.tuned.text or "", base
    return texts if tuned_left else (base, texts[0])


def meant(letter: str, *, tuned_left: bool) -> Choice:
    """Whose answer a vote for that side prefers.

    Args:
        letter: `A`, `B`, or anything else for a tie.
    """
    if letter not in ("A", "B"):
        return Choice.TIE
    return Choice.TUNED if (letter == "A") == tuned_left else Choice.BASE


def queue(
    pairs: Iterable[Pair], votes: Iterable[Vote], *, seed: str, group: str, who: str
) -> tuple[Pair, ...]:
    """What that voter has not voted on yet, or voted on when the answers were others; in an order of its own."""
    done = {(vote.ref, vote.content) for vote in votes if vote.who == who}
    left = [pair for pair in pairs if pair.can_be_voted and (pair.ref, pair.content) not in done]
    return tuple(sorted(left, key=lambda pair: _order(seed, group, pair.ref)))


def _order(seed: str, group: str, ref: str) -> str:
    return hashlib.sha256(f"{seed} order {group} {ref}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Voter:
    """One person's votes that count."""

    who: str
    tuned: int
    base: int
    ties: int
    wins: Share | None


@dataclass(frozen=True, slots=True)
class Tally:
    """What the votes say.

    Attributes:
        rows: Prompts with a vote that counts; each counts once, for what most of its voters said.
        wins: How often the tuned model won among the prompts that were not tied; None where none was.
        voters: By name.
        twice: Prompts that two or more persons voted on.
        agreed: Those of them on which all said the same.
        alpha: Krippendorff's, of those votes: 1 is wholly agreed, 0 as by chance; None where nothing can be told.
        stale: Votes on answers that have changed since; they count for nothing.
    """

    rows: int
    tuned: int
    base: int
    ties: int
    wins: Share | None
    voters: tuple[Voter, ...]
    twice: int
    agreed: int
    alpha: float | None
    stale: int


def tally(votes: Sequence[Vote], contents: Mapping[str, str]) -> Tally:
    """What the votes of one group say.

    Args:
        contents: Row → hash of the answers that stand now.
    """
    counted = [vote for vote in votes if contents.get(vote.ref) == vote.content]
    rows: dict[str, list[Choice]] = defaultdict(list)
    people: dict[str, list[Choice]] = defaultdict(list)
    for vote in counted:
        rows[vote.ref].append(vote.choice)
        people[vote.who].append(vote.choice)
    nets = [of.count(Choice.TUNED) - of.count(Choice.BASE) for of in rows.values()]
    tuned, base = sum(net > 0 for net in nets), sum(net < 0 for net in nets)
    several = [of for of in rows.values() if len(of) > 1]
    return Tally(
        rows=len(rows),
        tuned=tuned,
        base=base,
        ties=len(rows) - tuned - base,
        wins=share(tuned, base),
        voters=tuple(_voter(who, of) for who, of in sorted(people.items())),
        twice=len(several),
        agreed=sum(len(set(of)) == 1 for of in several),
        alpha=_alpha(several),
        stale=len(votes) - len(counted),
    )


def _voter(who: str, of: Sequence[Choice]) -> Voter:
    tuned, base = of.count(Choice.TUNED), of.count(Choice.BASE)
    return Voter(who, tuned, base, of.count(Choice.TIE), share(tuned, base))


def _alpha(several: Sequence[Sequence[Choice]]) -> float | None:
    import numpy as np

    from grading.consensus.agreement import alpha

    if not several:
        return None
    return alpha(np.array([[of.count(one) for one in Choice] for of in several], dtype=np.int64))


def as_csv(votes: Iterable[Vote], pairs: Collection[Pair]) -> bytes:
    """votes.csv for a spreadsheet: a line a vote; `counts` is `no` where the answers have changed since.

    A row that is no longer there is named by the beginning of its hash.
    """
    ids = {pair.ref: pair for pair in pairs}
    return spreadsheet(HEADER, (_line(vote, ids.get(vote.ref)) for vote in votes)).encode("utf-8")


def _line(vote: Vote, pair: Pair | None) -> tuple[str, ...]:
    counts = "yes" if pair and pair.content == vote.content else "no"
    name = pair.id if pair else vote.ref[:16]
    return vote.group, name, vote.who, str(vote.choice), vote.at.isoformat(timespec="seconds"), counts
