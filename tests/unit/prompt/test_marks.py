"""Bullets, highlights, placeholders, sections and two responses."""

import pytest

from quality import prompt


@pytest.mark.parametrize(
    ("instruction", "asks"),
    [
        (
            "Include at least five placeholders like [date].",
            {("detectable_content:number_placeholders", ">=", "5")},
        ),
        (
            "Use a minimum of 8 square bracket placeholders such as [city].",
            {("detectable_content:number_placeholders", ">=", "8")},
        ),
        ("Give me exactly 5 bullet points.", {("detectable_format:number_bullet_lists", "=", "5")}),
        ("Answer with a bulleted list of 4 items.", {("detectable_format:number_bullet_lists", "=", "4")}),
        (
            "Your response must have at least three bullets.",
            {("detectable_format:number_bullet_lists", ">=", "3")},
        ),
        (
            "Summarize it in 3 short bullet points, using * for each.",
            {("detectable_format:number_bullet_lists", "=", "3")},
        ),
        (
            "Use a list with 6 bullet points in markdown.",
            {("detectable_format:number_bullet_lists", "=", "6")},
        ),
        (
            "Highlight at least 4 sections with markdown, i.e. *section*.",
            {("detectable_format:number_highlighted_sections", ">=", "4")},
        ),
        (
            "Please bold at least two phrases using **.",
            {("detectable_format:number_highlighted_sections", ">=", "2")},
        ),
        (
            "There should be at least 3 highlighted parts in your answer, like *this*.",
            {("detectable_format:number_highlighted_sections", ">=", "3")},
        ),
        (
            "Emphasize at least one key phrase with *asterisks*.",
            {("detectable_format:number_highlighted_sections", ">=", "1")},
        ),
        (
            "Italicize no fewer than 5 pieces of text.",
            {("detectable_format:number_highlighted_sections", ">=", "5")},
        ),
        (
            'Your answer must contain 5 sections. Mark the beginning of each section with "SECTION X".',
            {("detectable_format:multiple_sections", "=", "5")},
        ),
        (
            "Write a plan with 3 parts; each part begins with Part X, where X is a number.",
            {("detectable_format:multiple_sections", "=", "3")},
        ),
        (
            "Split your answer into 4 sections, marked with Section 1, Section 2, and so on.",
            {("detectable_format:multiple_sections", "=", "4")},
        ),
        ("Give two different answers, separated by ******.", {("combination:two_responses", "=", "******")}),
        (
            "Provide exactly two responses to this question and separate them with six asterisks: ******",
            {("combination:two_responses", "=", "******")},
        ),
        (
            "Your response must have 3 sections. Mark the beginning of each section with SECTION X.",
            {("detectable_format:multiple_sections", "=", "3")},
        ),
        (
            "The answer should contain five sections, each starting with 'Section 1', 'Section 2' and so on.",
            {("detectable_format:multiple_sections", "=", "5")},
        ),
        (
            'Write a guide in 4 parts. Use "PART X" to mark the start of every part.',
            {("detectable_format:multiple_sections", "=", "4")},
        ),
        (
            "Divide the story into 3 chapters, labelled Chapter 1, Chapter 2 and Chapter 3.",
            {("detectable_format:multiple_sections", "=", "3")},
        ),
        (
            "Make it in 5 sections and each section should begin with Day X, where X is 1, 2, 3...",
            {("detectable_format:multiple_sections", "=", "5")},
        ),
        (
            "Reply with at least 8 [placeholders] such as [name].",
            {("detectable_content:number_placeholders", ">=", "8")},
        ),
        (
            "Include placeholders in square brackets (at least 4), such as [address].",
            {("detectable_content:number_placeholders", ">=", "4")},
        ),
        (
            "Your letter should use 10 or more placeholders.",
            {("detectable_content:number_placeholders", ">=", "10")},
        ),
        (
            "Make exactly four bullet points. Use the markdown bullets such as: * This is point 1",
            {("detectable_format:number_bullet_lists", "=", "4")},
        ),
        (
            'Your answer must contain exactly 2 bullets in markdown format. Use "* " to indicate bullets.',
            {("detectable_format:number_bullet_lists", "=", "2")},
        ),
        ("Give me your answer as 5 bulleted points.", {("detectable_format:number_bullet_lists", "=", "5")}),
        (
            "Please highlight at least one sentence in markdown, e.g. *a sentence*.",
            {("detectable_format:number_highlighted_sections", ">=", "1")},
        ),
        (
            "At least 2 sections should be highlighted in markdown: *highlight*.",
            {("detectable_format:number_highlighted_sections", ">=", "2")},
        ),
        (
            "Use markdown to emphasize 3 key phrases like *this*.",
            {("detectable_format:number_highlighted_sections", "=", "3")},
        ),
        (
            "Have at least 5 highlighted text sections.",
            {("detectable_format:number_highlighted_sections", ">=", "5")},
        ),
        (
            "Give 2 different poems, with 6 asterisks (******) between them.",
            {("genre:fiction", "", ""), ("combination:two_responses", "=", "******")},
        ),
        (
            "Write two versions of the letter. Separate them by ******.",
            {("combination:two_responses", "=", "******")},
        ),
        (
            "Highlight 4 sections of your answer in markdown.",
            {("detectable_format:number_highlighted_sections", "=", "4")},
        ),
        (
            "In your response, highlight at least one section with *.",
            {("detectable_format:number_highlighted_sections", ">=", "1")},
        ),
        (
            "At least 5 parts of the text must be in italics, *like this*.",
            {("detectable_format:number_highlighted_sections", ">=", "5")},
        ),
        (
            "Wrap at least 3 phrases in asterisks to highlight them.",
            {("detectable_format:number_highlighted_sections", ">=", "3")},
        ),
        (
            "Please put 2 highlighted sections in it, i.e. *this*.",
            {("detectable_format:number_highlighted_sections", "=", "2")},
        ),
        (
            "Your answer must have at least three highlighted sections such as *highlighted section 1*.",
            {("detectable_format:number_highlighted_sections", ">=", "3")},
        ),
        (
            "Mark at least 2 sections with *markdown italics*.",
            {("detectable_format:number_highlighted_sections", ">=", "2")},
        ),
        ("Include a list of exactly three bullets.", {("detectable_format:number_bullet_lists", "=", "3")}),
        (
            'Provide exactly 6 bullet points using markdown "* ".',
            {("detectable_format:number_bullet_lists", "=", "6")},
        ),
        ("use 4 bullets", {("detectable_format:number_bullet_lists", "=", "4")}),
        ("I want five bullet-points.", {("detectable_format:number_bullet_lists", "=", "5")}),
        (
            "Give the points as a bullet list with exactly 7 items.",
            {("detectable_format:number_bullet_lists", "=", "7")},
        ),
        (
            "Include no fewer than 3 placeholders, like [age].",
            {("detectable_content:number_placeholders", ">=", "3")},
        ),
        (
            "The form needs at least nine placeholders in square brackets.",
            {("detectable_content:number_placeholders", ">=", "9")},
        ),
        (
            "use [brackets] for placeholders; there should be at least 5 placeholders",
            {("detectable_content:number_placeholders", ">=", "5")},
        ),
        (
            "Split it into 6 sections. Label each section as Section X.",
            {("detectable_format:multiple_sections", "=", "6")},
        ),
        (
            "Use 3 sections, named SECTION 1, SECTION 2, SECTION 3.",
            {("detectable_format:multiple_sections", "=", "3")},
        ),
        (
            "The itinerary should have 5 parts, with Day 1, Day 2, etc. as headings.",
            {("detectable_format:multiple_sections", "=", "5")},
        ),
        (
            "Your response must contain 2 sections, and each must be marked with 'SECTION'.",
            {("detectable_format:multiple_sections", "=", "2")},
        ),
        (
            "I'd like two distinct answers, separated with six asterisks (******).",
            {("combination:two_responses", "=", "******")},
        ),
        ("Offer two different responses.", {("combination:two_responses", "=", "")}),
        (
            "Summarize this article in 3 bullet points: The cat sat on the mat for at "
            "least 300 words. It used all caps.",
            {("detectable_format:number_bullet_lists", "=", "3")},
        ),
        (
            "Summarize the article in 3 bullet points.\n\nArticle: The cat must write "
            "at least 300 words. Use all caps.\n\nKeep it under 40 words.",
            {
                ("detectable_format:number_bullet_lists", "=", "3"),
                ("length_constraints:number_words", "<", "40"),
            },
        ),
        ("You may use up to 5 bullet points.", {("detectable_format:number_bullet_lists", "<=", "5")}),
    ],
)
def test_asks(instruction, asks):
    assert {(ask.kind, ask.relation, ask.value) for ask in prompt.read(instruction).asks} == asks
