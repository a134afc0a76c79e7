"""The rows that two groups changed alike, and what of them is whose."""

from dashboard.cohort.shared_rows import shared_rows
from grading.book import documents
from grading.book.book import opened
from grading.book.pairs import PairRow
from tests.graded import graded

EDIT = {"id": "1", "start": 3, "end": 8, "before": "their", "after": "zany folk", "weight": 2.5, "groups": 2}
PAIR = PairRow("g002", "g003", 0.9, 0.9, 1e-9, 3e-9, 1, [EDIT])


def rows(tmp_path, pair, **outputs):
    course = graded(tmp_path)
    with opened(tmp_path) as book:
        with book.writing() as db:
            for group, text in outputs.items():
                documents.put(db, group, "answers", "0" * 64, {"outputs": {"1": text}})
        return shared_rows(book, course, pair)


def marked(text, kind):
    return [text.text[start:end] for start, end, one, _ in text.spans if one == kind]


def test_the_shared_edit_is_marked_in_all_three_texts(tmp_path):
    (row,) = rows(tmp_path, PAIR, g002="hi zany folk", g003="Well, hi Za\u200bny folk!")
    assert row.sheet.text == "hi their"
    assert marked(row.sheet, "warning") == ["their"]
    assert marked(row.a, "warning") == ["zany folk"]
    assert marked(row.a, "grey") == ["hi"]


def test_what_only_one_group_wrote_is_neither_shared_nor_the_sheets(tmp_path):
    (row,) = rows(tmp_path, PAIR, g002="hi zany folk", g003="ho their pals")
    assert marked(row.b, "warning") == []
    assert marked(row.b, "grey") == ["their"]


def test_disguises_do_not_hide_a_shared_edit(tmp_path):
    (row,) = rows(tmp_path, PAIR, g002="hi zany folk", g003="Hi ZA\u200bNY folk")
    assert marked(row.b, "warning") == ["ZA\u200bNY folk"]
    assert marked(row.b, "grey") == ["Hi"]
    assert row.b.spans[0][3] == "made by 2 groups, weight 2.5"


def test_an_answer_that_is_gone_is_not_shown_as_empty(tmp_path):
    (row,) = rows(tmp_path, PAIR, g002="hi zany folk")
    assert row.b.text is None


def test_a_pair_without_evidence_has_no_rows(tmp_path):
    assert rows(tmp_path, PairRow("g001", "g002", 0.1, None, None, None, 5, [])) == ()
