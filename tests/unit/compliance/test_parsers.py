"""Real parsers under limits: nothing hangs, nothing is executed."""

import time

import pytest

from quality.compliance.data import measure
from quality.compliance.parsers import MAX_BYTES, PARSERS, parse

SIZE = 60_000
HOSTILE = {
    "power": "9**9**9**9",
    "open": "[" * SIZE,
    "nested": "[" * (SIZE // 2) + "]" * (SIZE // 2),
    "digits": "1" * SIZE,
    "dotted": "a." * (SIZE // 2) + "a = 1",
    "dotted lines": "\n".join(f"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o{n} = 1" for n in range(1_500)),
    "tables": "\n".join(f"[a.b.c.d.e.f.g{n}]" for n in range(3_000)),
    "bomb": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]",
    "dashes": "- " * (SIZE // 2),
    "deep lines": "\n".join(" " * n + "a:" for n in range(340)),
    "blocks": "\n".join(" " * n + "if a:" for n in range(340)),
    "unary": "-" * SIZE + "1",
    "not": "not " * (SIZE // 4) + "1",
    "sum": "1" + "+1" * (SIZE // 2),
    "calls": "f" + "()" * (SIZE // 2),
    "elements": "<a>" * (SIZE // 3),
    "entities": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    "quotes": '"' * SIZE,
    "null": "\0" * 100,
    "surrogate": '{"a": "\ud800"}',
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", PARSERS)
def test_hostile_text_is_soon_done_with(form, name):
    start = time.process_time()
    assert parse(form, HOSTILE[name]).verdict in ("ok", "fails", "over")
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("json", "[" * 100),
        ("json", "9" * 1_000),
        ("json", '"' + "x" * MAX_BYTES + '"'),
        ("yaml", HOSTILE["bomb"]),
        ("toml", HOSTILE["dotted"]),
        ("xml", HOSTILE["entities"]),
        ("xml", "<a>" * 100 + "</a>" * 100),
        ("python", HOSTILE["unary"]),
    ],
)
def test_beyond_a_limit_is_neither_right_nor_wrong(form, text):
    parsed = parse(form, text)
    assert parsed.verdict == "over"
    assert parsed.reason


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        ("json", '{"a": [1, 2.5, null]}', '{"a": 1,}'),
        ("yaml", "a: 1\nb:\n  - x", "a: [1"),
        ("toml", 'a = 1\n[b]\nc = "x"', "a = b = c"),
        ("toml", "a = 2024-02-28", "a = 2024-02-31"),
        ("xml", "<a b='c'>&amp;</a>", "<a>&nbsp;</a>"),
        ("csv", 'a,b\n"x, y",2', "a,b\n1,2,3"),
        ("python", "def f(x):\n    return x\n", "def f(x:\n    return x\n"),
        ("python", "    x = 1\n    y = 2", "x = = 1"),
    ],
)
def test_verdicts(form, good, bad):
    assert parse(form, good).verdict == "ok"
    parsed = parse(form, bad)
    assert parsed.verdict == "fails"
    assert parsed.reason


def test_pieces_are_found_where_they_stand():
    text = 'First:\n\n```json\n{"a": 1}\n```\n\nThen:\n\n```yaml\na: [\n```\n'
    pieces = measure(text)["pieces"]
    assert [(piece["form"], piece["verdict"]) for piece in pieces] == [("json", "ok"), ("yaml", "fails")]
    assert text[pieces[0]["start"] : pieces[0]["end"]] == '{"a": 1}'


def test_prose_is_not_parsed():
    assert measure("Tea is old. It is drunk hot.\n\nMilk is white.")["pieces"] == []


def test_more_fenced_blocks_than_are_read_are_named():
    assert measure("```json\n{}\n```\n" * 40)["pieces"][-1]["verdict"] == "over"
