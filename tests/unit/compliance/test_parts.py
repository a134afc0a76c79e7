"""Title, sections, highlights, placeholders, edges, responses."""

import pytest

LINE = "Tea is old."
ANGLES = "Write a title in double angular brackets, such as <<poem of joy>>."


@pytest.mark.parametrize(
    ("output", "instruction", "result"),
    [
        (f"<<Tea>>\n\n{LINE}", ANGLES, "satisfied"),
        (f"# Tea\n\n{LINE}", ANGLES, "violated"),
        (f"<<>>\n\n{LINE}", ANGLES, "violated"),
        (f"# Tea\n\n{LINE}", "Give it a title.", "satisfied"),
        (f"**Tea**\n\n{LINE}", "Give it a title.", "satisfied"),
        (f"Tea\n\n{LINE}", "Give it a title.", "satisfied"),
        (LINE, "Give it a title.", "violated"),
    ],
)
def test_title(held, output, instruction, result):
    assert held("detectable_format:title", output, instruction=instruction).result == result


@pytest.mark.parametrize(
    ("output", "value", "result"),
    [
        ("*a* and **b** and _c_", 3, "satisfied"),
        ("*a* and **b**", 3, "violated"),
        ("* a\n* b\n* c", 1, "violated"),
        ("2 * 3 * 4", 1, "violated"),
    ],
)
def test_highlights(held, output, value, result):
    assert (
        held("detectable_format:number_highlighted_sections", output, ">=", value, "highlights").result
        == result
    )


def test_placeholders(held):
    kind = "detectable_content:number_placeholders"
    assert held(kind, "[name], [date]", ">=", 2).result == "satisfied"
    assert held(kind, "[name]", ">=", 2).result == "violated"
    assert held(kind, "{name} <date>", ">=", 2).result == "satisfied"
    assert held(kind, "{name} <date>", ">=", 2, instruction="Use square brackets.").result == "violated"


@pytest.mark.parametrize(
    ("output", "unit", "value", "result"),
    [
        ("SECTION 1\na\nSECTION 2\nb", "SECTION", 2, "satisfied"),
        ("**Section 1:** a\n**Section 2:** b", "SECTION", 2, "satisfied"),
        ("Day one\na\nDay two\nb", "Day", 2, "satisfied"),
        ("SECTION 1\na", "SECTION", 2, "violated"),
        ("# A\na\n# B\nb", "SECTION", 2, "violated"),
        ("# A\na\n# B\nb", "sections", 2, "satisfied"),
        ("# A\na\n# B\nb", "sections", 5, "violated"),
        (LINE, "sections", 2, "unverifiable"),
    ],
)
def test_sections(held, output, unit, value, result):
    assert held("detectable_format:multiple_sections", output, ">=", value, unit).result == result


@pytest.mark.parametrize(
    ("output", "value", "result"),
    [
        (f"{LINE}\n\nP.S. Hot.", "P.S.", "satisfied"),
        (f"{LINE}\n\nPS: Hot.", "P.S.", "satisfied"),
        (f"{LINE}\n\n**P. P. S.** Hot.", "P.P.S", "satisfied"),
        (f"{LINE}\n\nP.S. Hot.", "P.P.S", "violated"),
        ("Steps and psalms.", "P.S.", "violated"),
    ],
)
def test_postscript(held, output, value, result):
    assert held("detectable_content:postscript", output, value=value).result == result


@pytest.mark.parametrize(
    ("kind", "output", "value", "result"),
    [
        ("startend:end_checker", f"{LINE} Is there more?", "Is there more?", "satisfied"),
        ("startend:end_checker", f'"{LINE} is there more"', "Is there more?", "satisfied"),
        ("startend:end_checker", f"{LINE} Is there more? Yes.", "Is there more?", "violated"),
        ("startend:opening", f"Dear tea, {LINE}", "Dear tea", "satisfied"),
        ("startend:opening", LINE, "Dear tea", "violated"),
        ("startend:end_checker", LINE, "", "unverifiable"),
        ("startend:quotation", f'"{LINE}"', "", "satisfied"),
        ("startend:quotation", f"“{LINE}”", "", "satisfied"),
        ("startend:quotation", f'"{LINE}', "", "violated"),
        ("startend:quotation", LINE, "", "violated"),
    ],
)
def test_edges(held, kind, output, value, result):
    assert held(kind, output, value=value).result == result


@pytest.mark.parametrize(
    ("output", "value", "result"),
    [
        ("a\n******\nb", "******", "satisfied"),
        ("a\n******\na", "******", "violated"),
        ("a\n******\nb\n******\nc", "******", "violated"),
        ("a\n\nb", "******", "violated"),
        ("Response 1: a\nResponse 2: b", "", "satisfied"),
        ("a " * 30, "", "unverifiable"),
    ],
)
def test_two_responses(held, output, value, result):
    assert held("combination:two_responses", output, value=value).result == result


def test_repeated_prompt(held):
    kind, asked = "combination:repeat_prompt", "Describe tea in a cup."
    assert held(kind, f"{asked}\n\n{LINE}", value=asked).result == "satisfied"
    assert held(kind, LINE, value=asked).result == "violated"
    assert held(kind, f"Describe tea.\n\n{LINE}", value=asked).result == "violated"
    assert held(kind, f"Describe tea.\n\n{LINE}", instruction="Describe tea.").result == "satisfied"
    assert held(kind, LINE, instruction="Describe tea.").result == "violated"


@pytest.mark.parametrize(
    ("output", "part", "result"),
    [
        (f"{LINE}\n\nMilk is white.", "paragraph 2", "satisfied"),
        (f"# Title\n\n{LINE}\n\n**Milk** is white.", "paragraph 2", "satisfied"),
        (f"{LINE}\n\n{LINE}", "paragraph 2", "violated"),
        (LINE, "paragraph 2", "violated"),
        (LINE, "somewhere", "unverifiable"),
    ],
)
def test_first_word_of_a_paragraph(held, output, part, result):
    kind = "length_constraints:nth_paragraph_first_word"
    assert held(kind, output, value="milk", part=part).result == result
