"""Loops and restatements."""

from __future__ import annotations

import random
import re

from faults.draft import Fault, Pool, decapitalised, in_text, sentences

_SAME = {
    "important": "crucial", "helps": "aids", "help": "aid", "many": "numerous", "often": "frequently",
    "also": "as well", "because": "since", "start": "begin", "show": "demonstrate", "large": "big",
    "need": "require",
    "different": "various", "people": "individuals", "make": "create", "good": "beneficial", "such as": "like",
    "reduce": "lower", "increase": "raise", "provides": "gives", "including": "for example",
    "ensure": "make sure",
    "usually": "normally", "very": "highly", "quickly": "fast", "while": "whereas",
    "choose": "pick", "great": "excellent", "several": "a number of", "might": "may", "big": "large",
    "known": "called",
}  # fmt: skip
_AGAIN = (
    "In other words, ", "That is to say, ", "To put it differently, ", "To repeat, ", "Again, ",
    "As mentioned above, ",
    "As I said, ", "Put another way, ", "It should be said once more that ", "Once again, ", "", "",
)  # fmt: skip


def sentence_again(text: str, pool: Pool, draw: random.Random) -> str | None:
    """One sentence said two to seven times, here and there or in a row."""
    spans = [s for s in sentences(text) if len(text[slice(*s)].split()) >= 7]
    if len(spans) < 2:
        return None
    said = text[slice(*draw.choice(spans))]
    places = sorted(draw.choices([end for _, end in spans], k=draw.randint(1, 6)), reverse=True)
    if draw.random() < 0.5:
        places = [places[0]] * len(places)
    for place in places:
        text = f"{text[:place]} {said}{text[place:]}"
    return text


def paragraph_again(text: str, pool: Pool, draw: random.Random) -> str | None:
    parts = [p for p in text.split("\n\n") if len(p.split()) >= 20]
    if not parts:
        return None
    chosen = draw.choice(parts)
    if draw.random() < 0.5:
        return f"{text}\n\n{chosen}"
    return text.replace(chosen, f"{chosen}\n\n{chosen}", 1)


def answer_again(text: str, pool: Pool, draw: random.Random) -> str | None:
    return text + draw.choice(("\n\n", " ", "\n")) + text if len(text.split()) < 200 else None


def loop(text: str, pool: Pool, draw: random.Random) -> str | None:
    """A run of two to ten words that the text hangs on."""
    words = list(re.finditer(r"\S+", text))
    if len(words) < 30:
        return None
    last = draw.randint(20, len(words) - 1)
    first = last - draw.randint(1, 9)
    phrase = text[words[first].start() : words[last].end()]
    if "\n" in phrase:
        return None
    tail = text[words[last].end() :] if draw.random() < 0.4 else ""
    return text[: words[last].end()] + f" {phrase}" * draw.randint(3, 15) + tail


def line_again(text: str, pool: Pool, draw: random.Random) -> str | None:
    """An entry of a list, once or several times more; the others keep their order."""
    lines = text.split("\n")
    entries = [
        n for n, line in enumerate(lines) if re.match(r"\s*(?:\d{1,2}[.)]|[-*•])\s+\S+(?: \S+){4}", line)
    ]
    if len(entries) < 3:
        return None
    said = lines[draw.choice(entries)]
    for place in sorted(draw.sample(entries, min(len(entries), draw.randint(2, 4))), reverse=True):
        lines.insert(place + 1, said)
    return "\n".join(lines)


def restated(text: str, pool: Pool, draw: random.Random) -> str | None:
    """Two to five sentences said once more in nearly the same words, right after or at the end."""
    spans = [s for s in sentences(text) if 9 <= len(text[slice(*s)].split()) <= 40]
    if len(spans) < 3:
        return None
    chosen = draw.sample(spans, min(len(spans), draw.randint(2, 5)))
    again = {span: _reworded(text[slice(*span)], draw) for span in sorted(chosen)}
    if draw.random() < 0.4:
        return f"{text}\n\n{' '.join(again.values())}"
    for (_, end), said in sorted(again.items(), reverse=True):
        text = f"{text[:end]} {said}{text[end:]}"
    return text


def _reworded(sentence: str, draw: random.Random) -> str:
    for word, other in _SAME.items():
        if draw.random() < 0.8:
            sentence = re.sub(rf"\b{word}\b", other, sentence, count=1)
    opening = draw.choice(_AGAIN)
    return opening + (decapitalised(sentence) if opening else sentence)


FAULTS: dict[str, Fault] = {
    "sentence again": in_text(sentence_again),
    "paragraph again": in_text(paragraph_again),
    "answer given twice": in_text(answer_again),
    "loop of words": in_text(loop),
    "line of a list again": in_text(line_again),
    "restated": in_text(restated),
}
