"""Leftovers: marks of a prompt template or chat format in the answer, and further turns merged into it.

What it does. Outside of code and of what the prompt itself shows, marks such as `### Response:`, `[INST]`, `<|im_end|>`
and `{{name}}`, a label that begins the answer ("Output:"), and a turn of another speaker ("### Human:") are found.

Why it is bad. They are no part of an answer; a model trained on them prints them, or goes on to talk to itself.

Known limits. A placeholder in brackets (`[Your name]`) belongs to a letter to be filled in and is left alone. Turns
without a label are not seen.

Source: Chat Style Guide 1.1.2-5; AlpacaDataCleaned's list of faults in the Alpaca data (merged instructions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.model import Measures
from quality.rule import Check, Context, Judgement, Rule, example
from quality.text import leftovers, subject

_SOURCE = "Chat Style Guide 1.1.2-5; AlpacaDataCleaned's list of faults in the Alpaca data"
_ABOUT = (
    (
        frozenset({"human", "user", "prompter", "customer"}),
        re.compile(
            r"\b(?:conversations?|dialog(?:ue)?s?|chat\w*|\w*bots?|scripts?|transcripts?|screenplay|role\w*"
            r"|skit|interview|user"
            r"|agent|assistant|customer|human|play|act|scene|stor(?:y|ies)|support|terminal|commands?"
            r"|messages?|sms|dataset)\b"
        ),
    ),
    (
        frozenset({"question", "q"}),
        re.compile(
            r"\b(?:questions?|questionn?air?e?s?|quiz\w*|faqs?|q ?& ?a|q/a|interview|survey|tests?|exams?"
            r"|exercises?|problems?"
            r"|puzzles?|riddles?|trivia|flash ?cards?|worksheet|assessment|lesson|scripts?|podcast|article"
            r"|blog|website|jokes?"
            r"|knock|dialog(?:ue)?|conversation|play|scene|examples?|dataset|prompts?|math\w*|solve|how many"
            r"|multiple choice)\b"
        ),
    ),
    (
        frozenset({"instruction", "input"}),
        re.compile(
            r"\b(?:examples?|problems?|code|program\w*|functions?|algorithm|inputs?|outputs?|templates?"
            r"|datasets?|prompts?|tests?"
            r"|exercises?|instructions?|commands?|scripts?|sql|python|java\w*|c\+\+|api|model|format|formula"
            r"|recipe|convert)\b"
        ),
    ),
)
"""Labels of a turn, and the words of a prompt that asks for such turns."""

_ABOUT_TEMPLATES = re.compile(
    r"\b(?:templat\w*|placeholders?|lorem|filler|dummy text|handlebars|jinja\w*|mustache|liquid|vue|angular"
    r"|helm|ansible|yaml"
    r"|workflow|github|html|web ?(?:site|page)|prompts?|format|tokens?|chatml|markdown|code|script|variables?)\b"
)


def measure(text: str) -> Measures:
    """Where marks, a leading label and a second turn stand; spans, or null."""
    return {"mark": leftovers.mark(text), "label": leftovers.label(text), "turn": leftovers.second_turn(text)}


def judge(context: Context) -> Iterator[Judgement]:
    """At most one finding a rule."""
    prompt = subject.whole(context.row)
    measured = context.measures["output"]
    turn: list[int] | None = measured["turn"]
    if turn and _turns_excused(context, prompt, turn):
        turn = None
    if turn:
        yield MERGED.found(
            context, f"another turn begins here: {_shown(context, turn)}", start=turn[0], end=turn[1]
        )
    mark: list[int] | None = measured["mark"] or measured["label"]
    if mark and not (turn and mark[0] >= turn[0]) and not _mark_excused(context, prompt, mark):
        message = f"{_shown(context, mark)} is left over from a template"
        yield TEMPLATE.found(context, message, start=mark[0], end=mark[1])


def _shown(context: Context, span: list[int]) -> str:
    return f"“{' '.join(context.row.output[span[0] : span[1]].split())}”"


def _turns_excused(context: Context, prompt: str, turn: list[int]) -> bool:
    label = context.row.output[turn[0] : turn[1]].strip()
    name = label.strip("#*_> \t").partition(":")[0].strip("*_ ").lower()
    if f"{name}:" in prompt or f"{name} :" in prompt:
        return True
    if label.startswith("#"):
        return False
    return context.prompt.kind == "creative" or any(
        name.rstrip(" 0123456789") in names and about.search(prompt) for names, about in _ABOUT
    )


def _mark_excused(context: Context, prompt: str, mark: list[int]) -> bool:
    words = context.row.output[mark[0] : mark[1]].lower().strip()
    if words.strip("#*_: ") in prompt:
        return True
    if words.startswith(("{{", "lorem")) or words.rstrip("*_ ").endswith(":"):
        return _ABOUT_TEMPLATES.search(prompt) is not None or context.prompt.kind in (
            "code",
            "data",
            "creative",
        )
    return False


TEMPLATE = Rule(
    code="ASK023",
    name="template-leftover",
    criterion="compliance",
    what="A mark of a prompt template or chat format: `### Response:`, `[INST]`, `<|im_end|>`, `{{name}}`, a leading "
    "“Output:”.",
    why="It is no part of the answer, and a model trained on it prints it.",
    remedy="Delete the mark; fill in what it stood for.",
    source=_SOURCE,
    measured="1 of 2,376 answers of strong models (right), 16 of 42,000 of other models, 14 judged right; of "
    "seeded faults 447 of 500 marks of a chat format (ASK024 finds 35 more) and 462 of 500 placeholders "
    "(benchmarks/non_answers.py; 42,000 with --rows 42000)",
    bad=(
        example("What is the capital of Peru?", "### Response:\nLima is the capital of Peru.", flagged=True),
        example("What is the capital of Peru?", "Lima is the capital of Peru.<|im_end|>", flagged=True),
        example(
            "How many days are left until spring?",
            "Today is {{today}}, so {{days}} days are left.",
            flagged=True,
        ),
        example("Describe a fig.", "Output: A fig is soft and sweet, with many small seeds.", flagged=True),
    ),
    good=(
        example(
            "Write a letter of thanks.",
            "Dear [Name],\n\nthank you for the book.\n\nYours,\n[Your name]",
            flagged=False,
        ),
        example("Write a Jinja template that greets a user.", "Hello, {{ name }}!", flagged=False),
        example("What does [INST] mean in a prompt?", "[INST] opens the user's turn.", flagged=False),
        example("How do I greet a user in Vue?", "Bind it:\n```\n<p>{{ name }}</p>\n```", flagged=False),
    ),
    limits="Placeholders in square brackets are left alone, because letters to be filled in have them.",
)
MERGED = Rule(
    code="ASK024",
    name="merged-instruction",
    criterion="compliance",
    what="A second prompt, or another speaker's turn, inside the answer.",
    why="A model trained on it answers, and then asks itself the next question.",
    remedy="Cut the answer where the other turn begins; make that turn a row of its own.",
    source=_SOURCE,
    measured="none of 2,376 answers of strong models, 188 of 42,000 of other models, 35 of 35 read judged right; "
    "of seeded second pairs all of 500 with hash labels and 392 of 500 with plain labels "
    "(benchmarks/non_answers.py; 42,000 with --rows 42000)",
    bad=(
        example(
            "What language is spoken in Argentina?",
            "Spanish.\n\n### Human: And in Brazil?\n\n### Assistant: Portuguese.",
            flagged=True,
        ),
        example(
            "Name a fruit that grows on trees.",
            "An apple.\n\nInstruction: Name a bird that cannot fly.\nOutput: The ostrich.",
            flagged=True,
        ),
    ),
    good=(
        example(
            "Write a dialogue between a user and a bot.",
            "User: Hi!\nBot: Hello!\nUser: Bye!\nBot: Bye!",
            flagged=False,
        ),
        example(
            "How do I bake bread?",
            "Ingredients: flour, water.\n\nInstructions:\n1. Mix.\n2. Bake.",
            flagged=False,
        ),
        example(
            "Write an FAQ for a swimming pool.",
            "Q: When do you open?\nA: At eight.\nQ: Are dogs allowed?\nA: No.",
            flagged=False,
        ),
    ),
    limits="A merged turn without a label is not seen, nor are labelled ones where the prompt speaks of questions, "
    "conversations, examples or code.",
)

CHECK = Check(family="leftovers", rules=(TEMPLATE, MERGED), judge=judge, measure=measure)
