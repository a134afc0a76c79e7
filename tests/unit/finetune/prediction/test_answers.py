"""The predictions' file reads back as what was written, whatever a model writes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finetune.prediction import answers
from quality.model import Row

HOSTILE = [
    "plain",
    '"quoted", and a comma',
    "two\nlines\r\nand\rmore",
    "=HYPERLINK(1)",
    " blanks around ",
    "'",
    "\ufeffmark",
    "\u2028 \x1b[31m \x85 \x0c",
    "",
    "3, 4, 5",
]


def rows(texts):
    return [Row(at + 2, at + 2, f"t{at}", f"Ask {text}?", "") for at, text in enumerate(texts)]


def test_the_bytes_are_rfc_4180():
    content = answers.as_csv(rows(["a", "b"]), {0: 'Say "x",\nthen y.'}, None)
    assert content == b'id,instruction,prediction\r\nt0,Ask a?,"Say ""x"",\nthen y."\r\nt1,Ask b?,\r\n'


def test_the_base_has_a_column_of_its_own():
    content = answers.as_csv(rows(["a"]), {0: "x"}, {0: "y"})
    assert content == b"id,instruction,prediction,base_prediction\r\nt0,Ask a?,x,y\r\n"
    tuned, base = (
        answers.parsed(content, Path("p.csv"), name) for name in (answers.PREDICTION, answers.BASE)
    )
    assert [tuned.rows[0].output, base.rows[0].output] == ["x", "y"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_back(text):
    check([text, "next"])


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=5
    )
)
def test_any_texts_come_back(texts):
    check(texts)


def check(texts):
    content = answers.as_csv(rows(texts), dict(enumerate(texts)), None)
    read = answers.parsed(content, Path("p.csv"))
    assert [row.output for row in read.rows] == texts
    assert [row.instruction for row in read.rows] == [f"Ask {text}?" for text in texts]
    assert read.notes == ()
