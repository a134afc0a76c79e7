"""Hiding a flagged sentence gains nothing; spans stay in bounds; hostile text ends."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quality import guide
from quality.checks.grammar import collect, finish, judge, measure
from quality.model import Finding, Prompt, Row, Severity, Unmeasured
from quality.rule import Context, Inputs
from quality.text.masking import read

INPUTS = Inputs(guide=guide.load())
FLAGGED = (
    "They gave thier answer to the teacher before the end of the lesson.",
    "First you should recieve the letter. it will arrive on Monday.",
    "He ate a apple and she have a new car which is red.",
    "Ofcourse there are several reason to stay at home today.",
    "However we was told that the goverment will able to pay for it.",
    "Altough it rains, i like to walk in the park with my freind.",
    "the shop is open.",
)
CLEAN = "The committee met on Tuesday and agreed on a new plan for the park."
WRAPPERS = {
    "joined before": lambda text: f"{CLEAN} {text}",
    "joined after": lambda text: f"{text} {CLEAN}",
    "one line": lambda text: " ".join(text.split()),
    "fence": lambda text: f"```\n{text}\n```",
    "fence with language": lambda text: f"```python\n{text}\n```",
    "long fence": lambda text: f"~~~~~\n{text}\n~~~~~",
    "open fence": lambda text: f"```\n{text}",
    "inline": lambda text: f"`{text}`",
    "inline lines": lambda text: "\n".join(f"`{line}`" for line in text.split("\n")),
    "double backticks": lambda text: f"``{text}``",
    "quoted": lambda text: f'"{text}"',
    "curly": lambda text: f"“{text}”",
    "guillemets": lambda text: f"«{text}»",
    "block quote": lambda text: "\n".join(f"> {line}" for line in text.split("\n")),
    "comment": lambda text: f"<!-- {text} -->",
    "comment lines": lambda text: f"<!--\n{text}\n-->",
    "comment before": lambda text: f"<!-- x --> {text}",
    "hash": lambda text: "\n".join(f"# {line}" for line in text.split("\n")),
    "slashes": lambda text: "\n".join(f"// {line}" for line in text.split("\n")),
    "commented code": lambda text: (
        "```python\nx = 1\n" + "\n".join(f"# {line}" for line in text.split("\n")) + "\n```"
    ),
    "printed": lambda text: '```python\nprint("' + text.replace('"', "'").replace("\n", " ") + '")\n```',
    "json": lambda text: '{"text": "' + text.replace('"', "'").replace("\n", " ") + '"}',
    "maths": lambda text: f"${text}$",
    "display maths": lambda text: f"$${text}$$",
    "brackets": lambda text: f"\\[{text}\\]",
    "repeated": lambda text: f"{text}\n\n{text}",
    "repeated on a line": lambda text: f"{text} {text}",
    "indented": lambda text: "\n".join(f"    {line}" for line in text.split("\n")),
    "bold": lambda text: f"**{text}**",
    "struck": lambda text: f"~~{text}~~",
    "html": lambda text: f"<div>\n{text}\n</div>",
    "details": lambda text: f"<details><summary>x</summary>{text}</details>",
    "table": lambda text: "| " + text.replace("\n", " ") + " |\n|---|",
    "link": lambda text: f"[{text}](https://a.example)",
    "footnote": lambda text: f"[^1]: {text}",
    "parentheses": lambda text: f"({text})",
    "zero width": lambda text: text.replace("e", "e\u200b"),
    "soft hyphens": lambda text: text.replace("i", "i\u00ad"),
    "look-alikes": lambda text: text.replace("a", "а").replace("e", "е").replace("o", "о"),
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
    "front matter": lambda text: f"---\n{text}\n---",
}


def errors(output):
    """How many errors are found in an output; None when it is unmeasured."""
    row, measures = Row(2, 2, "r2", "Tell me about it.", output), {"output": measure(output)}
    if "unmeasured" in measures["output"]:
        return None
    facts = finish(collect([row], [measures], INPUTS), INPUTS)
    said = list(judge(Context(row, Prompt("open"), INPUTS, measures, facts)))
    if any(isinstance(one, Unmeasured) for one in said):
        return None
    return sum(isinstance(one, Finding) and one.severity == Severity.ERROR for one in said)


outputs = st.lists(st.sampled_from(FLAGGED), min_size=1, max_size=3, unique=True).flatmap(
    lambda parts: st.sampled_from([" ".join(parts), "\n\n".join(parts)])
)


@pytest.mark.parametrize("name", WRAPPERS)
@settings(max_examples=8, deadline=None, derandomize=True)
@given(text=outputs)
def test_hiding_gains_nothing(name, text):
    before, after = errors(text), errors(WRAPPERS[name](text))
    assert before
    assert after is None or after >= before, (text, WRAPPERS[name](text))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(text=outputs, names=st.lists(st.sampled_from(sorted(WRAPPERS)), min_size=2, max_size=2))
def test_hiding_twice_keeps_the_misspellings(text, names):
    hidden = WRAPPERS[names[1]](WRAPPERS[names[0]](text))
    found = measure(hidden)
    misspelt = sum(word in text for word in ("thier", "recieve", "goverment", "freind"))
    assert sum(lint["gain"] >= 1.2 for lint in found["lints"]) >= misspelt or found["masked"] > 0.5, hidden


markup = st.text(alphabet="ab `*_~#>|-<!$\\()[]{}\"'“”«».,:;/@&=\n\t\u200b\u00adа漢😀19", max_size=120)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(text=markup)
def test_readings_are_in_bounds(text):
    reading = read(text)
    assert len(reading.text) == len(reading.origins)
    assert all(-1 <= place < len(text) for place in reading.origins)
    assert all(0 <= region.start <= region.end <= len(text) for region in reading.regions)
    assert 0 <= reading.masked_share <= 1


@settings(max_examples=40, deadline=None, derandomize=True)
@given(text=st.one_of(markup, st.text(max_size=80)))
def test_spans_are_in_bounds_and_measuring_is_deterministic(text):
    measured = measure(text)
    assert measured == measure(text)
    for lint in measured["lints"]:
        assert 0 <= lint["start"] <= lint["end"] <= len(text)


@pytest.mark.parametrize(
    "shape",
    [
        "(",
        "[",
        "`",
        "$",
        "<a ",
        "<!--",
        '"a ',
        "| a ",
        "*",
        "> ",
        "- ",
        "a_",
        "http://",
        "\\(",
        "&a;",
        "{",
        "#",
    ],
)
def test_reading_is_linear_in_hostile_text(shape):
    reading = read(shape * (60_000 // len(shape)))
    assert len(reading.origins) == len(reading.text)
