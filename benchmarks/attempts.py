"""Answers that do what an ask says, miss it narrowly, or do it in another style, made from answers to other prompts.

One maker a family of IFEval: `(text, kwargs, draw) → answer`. One time in eight the style is another one (curly quotes,
`•`, "PS:") or a slip; a third of the answers are left as they are.
"""

from __future__ import annotations

import gettext
import importlib.metadata
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Kwargs = dict[str, Any]
Style = Callable[[str, Kwargs, random.Random], str]


def cut(text: str, number: int) -> str:
    """The first so many words."""
    places = list(re.finditer(r"\S+", text))
    return text[: places[number - 1].end()] if 0 < number < len(places) else text


def sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?])\s+(?=[A-Z])", " ".join(text.split())) if s]


def near(number: int, draw: random.Random) -> int:
    return max(1, number + draw.choice((-2, -1, 0, 0, 0, 1, 2)))


def words(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    return cut(text, max(1, round(kwargs["num_words"] * draw.uniform(0.5, 1.5))))


def said(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    return draw.choice((" ", "\n", "\n\n")).join(sentences(text)[: near(kwargs["num_sentences"], draw)])


def paragraphs(text: str, kwargs: Kwargs, draw: random.Random, number: int | None = None) -> str:
    count = number or near(kwargs["num_paragraphs"], draw)
    said_here = sentences(text)
    size = max(1, len(said_here) // count)
    parts = [" ".join(said_here[at * size : (at + 1) * size]) for at in range(count)]
    return draw.choice(("\n\n***\n\n", "\n***\n", "\n\n")).join(filter(None, parts))


def first_word(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    parts = paragraphs(text, kwargs, draw).replace("***", "").split("\n\n")
    parts = [part.strip() for part in parts if part.strip()]
    at = kwargs["nth_paragraph"] - draw.choice((1, 1, 1, 0))
    if 0 <= at < len(parts):
        parts[at] = f"{draw.choice((str.capitalize, str.lower))(kwargs['first_word'])} {parts[at]}"
    return "\n\n".join(parts)


def placeholders(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    names = ("[name]", "[your address]", "[DATE]", "[company_name]", "[X]")
    return inserted(text, [draw.choice(names) for _ in range(near(kwargs["num_placeholders"], draw))], draw)


def inserted(text: str, additions: list[str], draw: random.Random) -> str:
    pieces = re.split(r"(?<=\S)( +)", text)
    for addition in additions:
        pieces.insert(draw.randrange(len(pieces) + 1), f" {addition} ")
    return "".join(pieces)


def plainly(draw: random.Random, plain: tuple[Any, ...], others: tuple[Any, ...]) -> Any:
    """The plain way to do or to miss what is asked; one time in eight another style or a slip."""
    return draw.choice(others if draw.random() < 0.125 else plain)


def postscript(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    marker = kwargs["postscript_marker"]
    others = (marker.lower(), f"**{marker}**", "PS:", "P. S.", f"{marker}:")
    return f"{text}\n\n{plainly(draw, (marker, marker, 'By the way'), others)} Thanks!"


def bullets(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    mark = plainly(draw, ("* ", "- "), ("• ", "+ ", "1. "))
    lines = [mark + s for s in sentences(text)[: near(kwargs["num_bullets"], draw)]]
    lead = draw.choice(("", "Here are my points:\n\n", "# Points\n"))
    return lead + draw.choice(("\n", "\n", "\n\n")).join(lines)


def highlights(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    form = plainly(draw, ("*{}*", "**{}**"), ("_{}_", "***{}***", "<mark>{}</mark>"))
    bare = text.replace("*", "")
    marked = [form.format(" ".join(s.split()[:3])) for s in sentences(bare)]
    return f"{bare}\n\n" + "\n".join(marked[: near(kwargs["num_highlights"], draw)])


def sections(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    word = plainly(draw, (str,), (str.title, str.upper))(kwargs["section_spliter"])
    form = draw.choice(("{} {}", "{} {}:", "**{} {}**", "# {} {}"))
    said_here = sentences(text)
    count = near(kwargs["num_sections"], draw)
    return "\n\n".join(f"{form.format(word, n + 1)}\n{' '.join(said_here[n::count])}" for n in range(count))


def json_text(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    data = json.dumps({"answer": text, "parts": sentences(text)[:3]}, indent=2)
    fenced = f"```json\n{data}\n```"
    slips = (f"Here is the JSON:\n\n{data}", f"Sure!\n\n{fenced}", data[:-2] + ",\n}", data.replace('"', "'"))
    return draw.choice((data, fenced, f"```\n{data}\n```", draw.choice(slips)))


def title(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    others = ("# A Title", "**A Title**", "<A Title>", "<<>>", "«A Title»")
    return plainly(draw, ("<<A Title>>", "<<A Title>>", "Title: A Title"), others) + f"\n\n{text}"


def option(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    plain = ("My answer is yes.", "My answer is no.", "My answer is maybe.", "It depends.")
    chosen = plainly(draw, plain, ("my answer is yes", "MY ANSWER IS NO.", "Yes."))
    return draw.choice(("{}", "{} " + cut(text, 20), cut(text, 20) + " {}", "**{}**")).format(chosen)


def two(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    half = len(text) // 2
    mark = plainly(draw, ("******", "******", "***"), ("---", "*******", "\\*" * 6))
    first, second = plainly(draw, ((text[:half], text[half:]),), ((text, text),))
    return f"{first}\n{mark}\n{second}" + plainly(draw, ("",), (f"\n{mark}\nMore.", f"\n{mark}\n"))


def repeated(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    asked = kwargs["prompt_to_repeat"]
    plain = (f"{asked}\n\n{text}", f"{asked} {text}", f"{cut(asked, 5)} …\n\n{text}")
    others = (
        f"{asked.upper()}\n{text}",
        f"Sure! {asked}\n\n{text}",
        f'"{asked}"\n\n{text}',
        f"**{asked}**\n\n{text}",
    )
    return plainly(draw, plain, others)


def ended(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    phrase = kwargs["end_phrase"]
    plain = (f"{text}\n\n{phrase}", f"{text} {phrase}", f"{text}\n{phrase} Bye!", f"{phrase}\n\n{text}")
    others = (
        f'"{text} {phrase}"',
        f"{text}\n{phrase.lower()}",
        f"{text}\n\n{phrase.rstrip('.?!')}",
        f"{text}\n\n*{phrase}*",
    )
    return plainly(draw, plain, others)


def quoted(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    return plainly(draw, (f'"{text}"', f'"{text}" ', f'"{text}'), (f"“{text}”", f"'{text}'", f'**"{text}"**'))


def cased(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    return draw.choice((str.lower, str.lower, str.upper, str.upper, str.title))(text)


def capital_words(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    number = round(kwargs["capital_frequency"] * draw.uniform(0, 2))
    pieces = text.split(" ")
    for at in draw.sample(range(len(pieces)), min(number, len(pieces))):
        pieces[at] = pieces[at].upper()
    return " ".join(pieces)


def commaless(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    return text.replace(",", "") + plainly(draw, ("",), (", indeed.", " It cost $1,000."))


def keywords(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    wanted = [
        plainly(draw, (str,), (str.upper, "un{}".format, "{}s".format))(word) for word in kwargs["keywords"]
    ]
    return inserted(text, wanted if draw.random() < 0.7 else wanted[1:], draw)


def frequent(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    word = plainly(draw, (str,), (str.upper, "{}s".format, "super{}".format))(kwargs["keyword"])
    return inserted(text, [word] * near(kwargs["frequency"], draw), draw)


def unforbidden(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    word = draw.choice(kwargs["forbidden_words"])
    return inserted(
        text, plainly(draw, ([], [word]), ([word.upper()], [f"un{word}ly"], [f"**{word}**"])), draw
    )


def lettered(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    return inserted(text, [kwargs["letter"] * 2] * draw.randrange(1 + kwargs["let_frequency"] // 2), draw)


def translated(text: str, kwargs: Kwargs, draw: random.Random) -> str:
    language = (
        kwargs["language"] if draw.random() < 0.7 else draw.choice(("de", "fr", "hi", "ru", "ne", "bg"))
    )
    own = messages(language)
    passage = " ".join(draw.sample(own, min(len(own), draw.choice((1, 3, 8)))))
    return plainly(draw, (passage,), (f"{passage}\n\n({cut(text, 12)})",))


def messages(language: str) -> list[str]:
    base = Path(str(importlib.metadata.distribution("django").locate_file("django")))
    found: list[str] = []
    for part in ("conf/locale", "contrib/admin/locale", "contrib/auth/locale"):
        file = base / part / language / "LC_MESSAGES" / "django.mo"
        if file.is_file():
            with file.open("rb") as stream:
                catalogue = gettext.GNUTranslations(stream)._catalog
            found += [
                re.sub(r"%\(?\w*\)?[sd]|<[^>]*>", "", text)
                for key, text in catalogue.items()
                if key and len(text) > 20
            ]
    return found


STYLES: dict[str, Style] = {
    "length_constraints:number_words": words,
    "length_constraints:number_sentences": said,
    "length_constraints:number_paragraphs": paragraphs,
    "length_constraints:nth_paragraph_first_word": first_word,
    "detectable_content:number_placeholders": placeholders,
    "detectable_content:postscript": postscript,
    "detectable_format:number_bullet_lists": bullets,
    "detectable_format:number_highlighted_sections": highlights,
    "detectable_format:multiple_sections": sections,
    "detectable_format:json_format": json_text,
    "detectable_format:title": title,
    "detectable_format:constrained_response": option,
    "combination:two_responses": two,
    "combination:repeat_prompt": repeated,
    "startend:end_checker": ended,
    "startend:quotation": quoted,
    "change_case:english_capital": cased,
    "change_case:english_lowercase": cased,
    "change_case:capital_word_frequency": capital_words,
    "punctuation:no_comma": commaless,
    "keywords:existence": keywords,
    "keywords:frequency": frequent,
    "keywords:forbidden_words": unforbidden,
    "keywords:letter_frequency": lettered,
    "language:response_language": translated,
}


def attempts(kind: str, kwargs: Kwargs, texts: list[str], number: int, draw: random.Random) -> Iterator[str]:
    """A third of the answers as they are, the others changed."""
    for turn in range(number):
        text = draw.choice(texts)
        answer = text if turn % 3 == 0 else STYLES[kind](text, kwargs, draw)
        if answer.strip():
            yield answer
