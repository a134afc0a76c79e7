"""Slips that two groups share: words that no dictionary knows, that the sheet has not and that few others wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from grading.copying.folding import words
from grading.copying.signal import MOST, Signal, Signals, joined
from quality.text.lexicon import zipf
from quality.wording import count

MIN_SHARED = 2
"""Slips that two groups must share: one alone is a slip that many make."""
MIN_LETTERS = 4
UNKNOWN = 2.0
"""Zipf frequency below which a word counts as unknown: a use in ten million words, below most misspellings."""
MAX_MAKERS = 0.25
"""Share of the groups from which a word is a term that the row asks for, not a slip; three groups may always share."""


def shared_typos(groups: Mapping[str, Signals], sheet: Mapping[str, str]) -> Iterator[Signal]:
    """One signal for each set of groups that share slips, two by two."""
    makers = _slips(groups, sheet)
    most = max(3, int(MAX_MAKERS * len(groups)))
    rare = {slip: by for slip, by in makers.items() if 2 <= len(by) <= most}
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for by in rare.values():
        for pair in combinations(by, 2):
            shared[pair] += 1
    for together in joined(pair for pair, times in shared.items() if times >= MIN_SHARED):
        found = [(slip, by) for slip, by in sorted(rare.items()) if len(set(by) & set(together)) > 1]
        typos = [{"id": id_, "word": word, "groups": by} for (id_, word), by in found[:MOST]]
        sentence = f"share {count(len(found), 'rare word')} that no dictionary knows and that the sheet does not have"
        yield Signal("typos", together, sentence, len(found), {"typos": typos})


def _slips(groups: Mapping[str, Signals], sheet: Mapping[str, str]) -> dict[tuple[str, str], list[str]]:
    """Row and unknown word → the groups that put it there, sorted."""
    given = {id_: frozenset(words(text)) for id_, text in sheet.items()}
    everywhere = frozenset[str]().union(*given.values())
    known: dict[str, bool] = {}
    makers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for group in sorted(groups):
        for id_, output in groups[group].outputs.items():
            if id_ not in given or output == sheet[id_]:
                continue
            for word in sorted(set(words(output)) - everywhere):
                if word not in known:
                    known[word] = not (word.isalpha() and len(word) >= MIN_LETTERS and zipf(word) < UNKNOWN)
                if not known[word]:
                    makers[id_, word].append(group)
    return makers
