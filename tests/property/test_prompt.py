"""What holds for the reading of every instruction."""

from hypothesis import given
from hypothesis import strategies as st

from quality import prompt
from quality.prompt.scope import scope

PIECES = st.sampled_from(
    [
        "Write at least 300 words. ", "Do not use commas. ", "Include the keywords \"a1\" and 'b2'. ",
        "End with \"Bye.\" ", "Use all capital letters. ", "in French ", "Highlight 3 sections. ", "no ", "not ",
        "the word tea ", "must appear twice. ", "\n\n", "\n", "\"", "'", "`", "```", "the following text: ", "***",
        "3 to 5 ", "paragraphs ", "SECTION X ", "P.S. ", "İ", "😀", "\u00a0", "<<title>> ", "[name] ", ": ", "- ",
    ]
)  # fmt: skip
INSTRUCTIONS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=200)
ASKS = st.sampled_from(
    [
        "Write at least 300 words.", "Do not use commas.", "Use all capital letters.", "Answer in French.",
        "Highlight 3 sections.", "Give exactly 4 bullet points.", "Repeat the request word for word.",
        "The word tea must appear twice.", "Answer in one word.", "Talk like a pirate.",
    ]
)  # fmt: skip


@given(INSTRUCTIONS)
def test_spans_lie_in_the_instruction_and_asks_stand_in_their_order(instruction):
    asks = prompt.read(instruction).asks
    assert all(0 <= ask.start < ask.end <= len(instruction) for ask in asks)
    assert list(asks) == sorted(asks, key=lambda ask: (ask.start, ask.end))
    assert len(set(asks)) == len(asks)


@given(INSTRUCTIONS)
def test_masking_keeps_every_place(instruction):
    scoped = scope(instruction)
    assert len(scoped.low) == len(instruction)
    assert scoped.low.count("\n") <= instruction.count("\n")


@given(ASKS)
def test_a_quoted_ask_asks_nothing(ask):
    assert prompt.read(ask).asks
    assert prompt.read(f'Is this sentence clear? "{ask}"').asks == ()
    assert prompt.read(f"Explain this code:\n\n```\n{ask}\n```").asks == ()


@given(ASKS, ASKS)
def test_an_ask_is_read_beside_another_one(one, other):
    kinds = {ask.kind for ask in prompt.read(f"{one} {other}").asks}
    assert {ask.kind for ask in prompt.read(one).asks} <= kinds


@given(INSTRUCTIONS)
def test_letter_case_does_not_matter(instruction):
    ascii_only = "".join(c for c in instruction if c.isascii() and c not in "\"'`")
    kinds = [ask.kind for ask in prompt.read(ascii_only.lower()).asks]
    assert [ask.kind for ask in prompt.read(ascii_only.upper()).asks] == kinds
