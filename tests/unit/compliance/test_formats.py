"""Data, code, tables, lists, options."""

import pytest

JSON, ENTIRE = "detectable_format:json_format", "Wrap the entire output in JSON format."


@pytest.mark.parametrize(
    ("output", "instruction", "result"),
    [
        ('{"tea": 1}', ENTIRE, "satisfied"),
        ('```json\n{"tea": 1}\n```', ENTIRE, "satisfied"),
        ('Sure:\n\n```json\n{"tea": 1}\n```', ENTIRE, "violated"),
        ('Sure:\n\n```json\n{"tea": 1}\n```', "Give an example of JSON.", "satisfied"),
        ('{"tea": 1,}', ENTIRE, "violated"),
        ("{'tea': 1}", ENTIRE, "violated"),
        ('{"tea": NaN}', ENTIRE, "violated"),
        ("Tea is old.", ENTIRE, "violated"),
        ("[" * 5000, ENTIRE, "unverifiable"),
        ('{"n": ' + "9" * 5000 + "}", ENTIRE, "unverifiable"),
        ('{"tea": "' + "x" * 70_000 + '"}', ENTIRE, "unverifiable"),
    ],
)
def test_json(held, output, instruction, result):
    assert held(JSON, output, instruction=instruction).result == result


def test_what_breaks_the_data_is_told_and_shown(held):
    verdict = held(JSON, 'Here:\n\n```json\n{"tea": 1,}\n```', instruction="In JSON, please.")
    assert "line 1" in verdict.given
    assert (verdict.start, verdict.end) == (15, 26)
    assert held(JSON, "[" * 5000).blocks


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("format:yaml", "tea:\n  - assam\n  - sencha", "```yaml\ntea: [assam\n```"),
        ("format:toml", 'name = "tea"\n[kinds]\nassam = 1', "```toml\nname = tea tea\n```"),
        ("format:xml", "<tea><kind>assam</kind></tea>", "<tea><kind>assam</tea>"),
        ("format:csv", "tea,land\nassam,india", "```csv\ntea,land\nassam,india,black\n```"),
        ("format:html", "<p>Tea</p>", "Tea"),
        ("format:table", "| tea |\n|---|\n| assam |", "Tea is old."),
        ("format:table", "Tea | Land\nassam | india", "Tea is old."),
        ("format:code", "```python\nprint(1)\n```", "Tea is an old drink, and many people like it."),
        ("format:bullets", "* tea\n* milk", "Tea is old."),
        ("format:numbered", "1. tea\n2. milk", "* tea\n* milk"),
        ("format:numbered", "## Step 1: Boil\n\n## Step 2: Pour", "Boil and pour."),
        ("format:yes_no", "Yes, it is.", "It depends on the tea."),
    ],
)
def test_forms(held, kind, good, bad):
    assert held(kind, good).result == "satisfied"
    assert held(kind, bad).result == "violated"


def test_a_yaml_alias_and_a_document_type_cannot_be_verified(held):
    assert held("format:yaml", "```yaml\na: &a [x]\nb: [*a, *a]\n```").result == "unverifiable"
    text = '<!DOCTYPE t [<!ENTITY x "tea">]><t>&x;</t>'
    assert held("format:xml", text).result == "unverifiable"


@pytest.mark.parametrize(
    ("output", "language", "result"),
    [
        ("```python\nprint(1)\n```", "python", "satisfied"),
        ("```py\nprint(1)\n```", "python", "satisfied"),
        ("```\nprint(1)\n```", "python", "satisfied"),
        ("```python\nprint((1)\n```", "python", "violated"),
        ("```python\nprint 1\n```", "python", "unverifiable"),
        ("```python\n>>> 1 + 1\n2\n```", "python", "satisfied"),
        ("```java\nint x = 1;\n```", "python", "violated"),
        ("```js\nlet x = 1;\n```", "javascript", "satisfied"),
        ('puts "tea"', "ruby", "satisfied"),
    ],
)
def test_code(held, output, language, result):
    assert held("format:code", output, value=language).result == result


@pytest.mark.parametrize(
    ("output", "value", "result"),
    [
        ("* a\n* b\n* c", 3, "satisfied"),
        ("Three:\n\n• a\n• b\n• c", 3, "satisfied"),
        ("- a\n  - b\n  - c", 1, "satisfied"),
        ("- a\n  - b\n  - c", 3, "satisfied"),
        ("- a\n  - b\n  - c", 2, "violated"),
        ("1. a\n2. b\n3. c", 3, "violated"),
        ("- a\n- b\n\n---\n\n**c**", 2, "satisfied"),
        ("```\n- a\n- b\n```", 2, "violated"),
    ],
)
def test_bullets(held, output, value, result):
    assert held("detectable_format:number_bullet_lists", output, "=", value, "bullets").result == result


@pytest.mark.parametrize(
    ("output", "result"),
    [("My answer is yes.", "satisfied"), ("**my answer is no**", "satisfied"), ("It depends.", "violated")],
)
def test_options(held, output, result):
    options = "My answer is yes. | My answer is no. | My answer is maybe."
    assert held("detectable_format:constrained_response", output, value=options).result == result


def test_nothing_else(held):
    assert held("format:only", "Assam").result == "satisfied"
    assert held("format:only", "Sure! Assam").result == "violated"
    assert held("format:only", "Assam\n\nLet me know if you want more.").result == "violated"
    assert held("format:only", "Assam\n\nIt grows in India.").result == "unverifiable"
