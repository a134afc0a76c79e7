"""Answers that do not do what the prompt asks."""

from __future__ import annotations

import json
import math
import random
import re
from collections import Counter

from faults.draft import Answer, Draft, Fault, Pool, items, listed, sentences
from faults.foreign import PASSAGES

_REFUSALS = (
    "I'm sorry, but I can't help with that.",
    "I am unable to answer this. Please consult an expert instead.",
    "Unfortunately, I cannot provide this kind of content. Is there something else you would like to talk "
    "about?",
    "As a language model, I do not have opinions or experience, so I can't respond to this request.",
    "I'd rather not write about this. My guidelines do not let me go into such matters, and I want to stay "
    "on the safe side.",
    "This request is outside of what I am able to do. There are many good books and websites that can help "
    "you further.",
    "Sorry, I don't have any information about this topic.",
    "I apologize, but I must decline. It would not be appropriate for me to give an answer to this.",
)
_DEFLECTIONS = (
    "Could you tell me a little more about what you have in mind? Once I know your goals, I can give you a "
    "better answer.",
    "Before I can start, I need more information. What is it for, who is going to read it, and when do you "
    "need it?",
    "There are several ways to go about this. Which one would you like me to explain?",
    "I can certainly do that. Shall I begin?",
    "To answer this, one should first collect the relevant facts, then weigh them, and in the end draw a "
    "conclusion from them.",
    "That depends on what you mean. Please put your request in other words and give me an example.",
)
_COMMON = frozenset(
    listed("about which their there these those would could should other where while because through")
)


def other_prompt(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """An answer to quite another prompt."""
    prompt = draw.choice([p for p in pool.siblings if p != answer.instruction])
    return Draft(answer.instruction, draw.choice(pool.siblings[prompt]), answer.output)


def refused(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    return Draft(answer.instruction, draw.choice(_REFUSALS + _DEFLECTIONS), answer.output)


def foreign(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    return Draft(answer.instruction, draw.choice(PASSAGES), answer.output)


def prose_for_list(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """Running text where a list was asked for."""
    entries = items(answer.output)
    if not 3 <= len(entries) <= 15 or not _all_list(answer.output):
        return None
    numbered = len(re.findall(r"(?m)^\s*\d{1,2}[.)]\s", answer.output)) >= 3
    asked = draw.choice(
        ("Answer as a numbered list.", "Use a numbered list.", "Number the points.")
        if numbered
        else ("Answer with bullet points.", "Use a bulleted list.")
    )
    return Draft(f"{answer.instruction}\n{asked}", _as_prose(answer.output), answer.output)


def list_for_prose(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """A list where running text was asked for."""
    if not 3 <= len(items(answer.output)) <= 12 or not _all_list(answer.output):
        return None
    asked = draw.choice(
        (
            "Do not use a list.",
            "Write in paragraphs, without bullet points or numbering.",
            "No lists, please.",
        )
    )
    return Draft(f"{answer.instruction}\n{asked}", answer.output, _as_prose(answer.output))


def _all_list(text: str) -> bool:
    """Whether the text is one list with a line or two around it."""
    inside = sum(len(entry.split()) for entry in items(text))
    nested = re.search(r"(?m)^#|^\s+[-*•] |:\s*$(?=\n\s*[-*•])", text)
    return not nested and inside >= 0.6 * len(text.split())


def _as_prose(text: str) -> str:
    lines = [re.sub(r"^\s*(?:\d{1,2}[.)]|[-*•])\s+", "", line) for line in text.splitlines() if line.strip()]
    plain = [line.replace("**", "").strip() for line in lines]
    return " ".join(line if re.search(r"[.!?:][\"”')]?$", line) else f"{line}." for line in plain if line)


def text_for_json(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    entries = [entry.replace("**", "") for entry in items(answer.output)]
    if not 3 <= len(entries) <= 15 or not _all_list(answer.output):
        return None
    if draw.random() < 0.5:
        asked, made = (
            "Return only a JSON array of strings.",
            json.dumps(entries, ensure_ascii=False, indent=2),
        )
    else:
        asked = 'Answer in JSON: one object with the key "points", whose value is an array of strings. Nothing else.'
        made = json.dumps({"points": entries}, ensure_ascii=False)
    return Draft(f"{answer.instruction}\n{asked}", answer.output, made)


def wrong_length(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """Well over the limit that was set, or well under the least."""
    words = len(answer.output.split())
    longer = [s for s in pool.siblings.get(answer.instruction, ()) if len(s.split()) > 1.6 * words + 20]
    shorter = [s for s in pool.siblings.get(answer.instruction, ()) if 25 < len(s.split()) < 0.55 * words]
    if longer and (draw.random() < 0.6 or not shorter):
        limit = math.ceil(words / 10) * 10 + 10
        asked = draw.choice(
            (f"Use at most {limit} words.", f"No more than {limit} words.", f"Keep it under {limit} words.")
        )
        return Draft(f"{answer.instruction}\n{asked}", draw.choice(longer), answer.output)
    if shorter:
        asked = draw.choice(("Write at least {} words.", "Use no fewer than {} words.")).format(
            words // 10 * 10 - 10
        )
        return Draft(f"{answer.instruction}\n{asked}", draw.choice(shorter), answer.output)
    return None


def keyword(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """A word that was asked for is missing, or one that was forbidden is there."""
    ours = Counter(re.findall(r"\b[a-z]{6,}\b", answer.output))
    for sibling in draw.sample(
        pool.siblings.get(answer.instruction, ()), len(pool.siblings.get(answer.instruction, ()))
    ):
        theirs = Counter(re.findall(r"\b[a-z]{6,}\b", sibling))
        forbid = draw.random() < 0.5
        here, there = (theirs, ours) if forbid else (ours, theirs)
        text = (answer.output if forbid else sibling).lower()
        words = [w for w in here if w not in there and w not in _COMMON and w.rstrip("s") not in text]
        if len(words) < 3:
            continue
        one, two = draw.sample(words, 2)
        asked = (
            draw.choice((f'Do not use the word "{one}".', f'Avoid the words "{one}" and "{two}".'))
            if forbid
            else draw.choice(
                (f'Use the word "{one}".', f'Include the words "{one}" and "{two}".', f'Mention "{one}".')
            )
        )
        return Draft(f"{answer.instruction}\n{asked}", sibling, answer.output)
    return None


def letter_case(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    if draw.random() < 0.7:
        asked = draw.choice(("Write everything in lower case.", "Use lowercase letters only."))
        return Draft(f"{answer.instruction}\n{asked}", answer.output, answer.output.lower())
    asked = draw.choice(("Write in capital letters only.", "Answer in all caps."))
    return Draft(f"{answer.instruction}\n{asked}", answer.output, answer.output.upper())


def ending(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """A title, a last line or a postscript that was asked for is not there."""
    spans = sentences(answer.output)
    if not spans:
        return None
    said = draw.choice(("That is all for now.", "Stay curious.", "Any questions?", "Thanks for reading."))
    note = answer.output[slice(*draw.choice(spans))].strip()
    asked, made = draw.choice(
        (
            (f'End with the words "{said}"', f"{answer.output}\n\n{said}"),
            (f'Start your answer with "{said}"', f"{said}\n\n{answer.output}"),
            ("Add a postscript that starts with P.S.", f"{answer.output}\n\nP.S. {note}"),
            (
                "Put a title in double angular brackets, such as <<title>>, on the first line.",
                f"<<An answer>>\n\n{answer.output}",
            ),
            ("Put the whole answer in double quotation marks.", '"' + answer.output.replace('"', "'") + '"'),
        )
    )
    return Draft(f"{answer.instruction}\n{asked}", answer.output, made)


def fewer_items(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """Fewer entries than the prompt counts out."""
    marks = list(re.finditer(r"(?m)^\d{1,2}\. ", answer.output))
    heads = [int(m.group()[:-2]) for m in marks]
    if len(heads) < 4 or heads != list(range(1, len(heads) + 1)):
        return None
    kept = draw.randint(2, len(heads) - 1)
    asked = draw.choice(
        ("Give exactly {} points.", "Answer in {} numbered points.", "Make it {} points.")
    ).format(len(heads))
    return Draft(
        f"{answer.instruction}\n{asked}", answer.output[: marks[kept].start()].rstrip(), answer.output
    )


def broken_off(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """The answer stops in the middle of a sentence, with a good part still to come."""
    words = list(re.finditer(r"\S+", answer.output))
    if len(words) < 60:
        return None
    cut = draw.randint(len(words) // 5, len(words) * 7 // 10)
    while cut > 10 and answer.output[words[cut - 1].end() - 1] in ".!?:":
        cut -= 1
    return Draft(answer.instruction, answer.output[: words[cut - 1].end()], answer.output)


def one_of_two(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """Two questions, of which one is answered."""
    asked = draw.choice([p for p in pool.siblings if p != answer.instruction and len(p) < 120])
    second = draw.choice(pool.siblings[asked])
    if len(second.split()) > 250:
        return None
    instruction = f"1) {answer.instruction}\n2) {asked}"
    both = (answer.output, second) if draw.random() < 0.7 else (second, answer.output)
    made = f"1) {answer.output}\n\n2) {second}"
    return Draft(instruction, both[0], made)


FAULTS: dict[str, Fault] = {
    "answer to another prompt": other_prompt,
    "refusal or deflection": refused,
    "another language": foreign,
    "prose for a list": prose_for_list,
    "list for prose": list_for_prose,
    "text for JSON": text_for_json,
    "wrong length": wrong_length,
    "keyword ignored": keyword,
    "letter case": letter_case,
    "title, ending, marks": ending,
    "fewer items": fewer_items,
    "broken off": broken_off,
    "one question of two": one_of_two,
}
