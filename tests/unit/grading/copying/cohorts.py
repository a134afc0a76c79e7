"""Courses of independent correctors, and copies planted among them."""

import numpy as np

WORDS = [
    a + b + c
    for a in ("lo", "ma", "ti", "re", "su")
    for b in ("n", "r", "st", "l")
    for c in ("ek", "o", "in", "a")
]


def course(groups=12, rows=60, seed=1, words=12):
    """A sheet, and groups that correct its rows independently: the easy words alike, the others each in its own way."""
    drawn = np.random.default_rng(seed)
    sheet, outputs = {}, {f"g{n:03}": {} for n in range(groups)}
    for row in range(rows):
        text = list(drawn.choice(WORDS, words))
        sheet[str(row)] = " ".join(text)
        easy = drawn.random(words) ** 4
        options = drawn.choice(WORDS, (words, 4))
        for corrected in outputs.values():
            now = [
                option[min(3, int(drawn.exponential(1)))] + "s" if drawn.random() < share else word
                for word, share, option in zip(text, easy, options, strict=True)
            ]
            corrected[str(row)] = " ".join(now)
    return sheet, outputs


def copied(outputs, ring, share, seed=1, disguise=lambda text: text):
    """The same with a share of the first group's rows in the others of the ring."""
    ids = sorted(outputs[ring[0]])
    picked = np.random.default_rng(seed).choice(ids, int(share * len(ids)), replace=False)
    planted = {group: dict(rows) for group, rows in outputs.items()}
    for group in ring[1:]:
        for id_ in picked:
            planted[group][str(id_)] = disguise(planted[ring[0]][str(id_)])
    return planted


def found(copying, q=0.05):
    """The pairs that are candidates."""
    return {(pair.a, pair.b) for pair in copying.pairs if pair.q is not None and pair.q <= q}
