from dataclasses import replace

from quality.interactive.answers import Answer, Reply
from quality.interactive.questions import following, open_questions, progress
from quality.model import Finding, Row, Severity

ROWS = {n: Row(n, n, f"r{n}", "Say it.", "teh cat and teh dog") for n in (2, 3, 4)}


def found(row, code="GRM001", severity=Severity.ERROR, start=0, end=3, **other):
    return Finding(code, "grammar", severity, row, f"r{row}", "output", "m", start, end, **other)


def skipped(question):
    f = question.finding
    return Answer(Reply.SKIP, question.row.row, question.row.id, f.code, f.column, question.content)


def codes(questions):
    return [(q.row.row, q.finding.code, q.finding.start) for q in questions]


def test_rows_come_in_their_order_and_errors_before_warnings():
    findings = [
        found(3, "A"),
        found(2, "B", Severity.WARNING),
        found(2, "C", start=8, end=11),
        found(2, "D"),
    ]
    assert codes(open_questions(findings, ROWS, [])) == [(2, "D", 0), (2, "C", 8), (2, "B", 0), (3, "A", 0)]


def test_what_is_waived_accepted_or_about_the_table_is_not_asked():
    findings = [found(2, waived="as typed"), found(2, accepted="a name"), replace(found(2), row=None)]
    assert open_questions(findings, ROWS, []) == []


def test_a_skip_holds_while_the_words_stand_and_an_edit_of_them_asks_anew():
    first, _ = open_questions([found(2), found(2, start=12, end=15)], ROWS, [])
    answers = [skipped(first)]
    assert codes(open_questions([found(2), found(2, start=12, end=15)], ROWS, answers)) == [(2, "GRM001", 12)]
    longer = {**ROWS, 2: replace(ROWS[2], output="Look: teh cat")}
    assert open_questions([found(2, start=6, end=9)], longer, answers) == []
    other = {**ROWS, 2: replace(ROWS[2], output="eht cat")}
    assert len(open_questions([found(2)], other, answers)) == 1


def test_a_skip_of_a_whole_cell_ends_with_any_edit_of_it():
    whole = replace(found(2), start=None, end=None)
    (question,) = open_questions([whole], ROWS, [])
    assert open_questions([whole], ROWS, [skipped(question)]) == []
    edited = {**ROWS, 2: replace(ROWS[2], output="another")}
    assert len(open_questions([whole], edited, [skipped(question)])) == 1


def test_rows_without_an_id_are_told_apart_by_their_place():
    rows = {n: replace(row, id="") for n, row in ROWS.items()}
    (first, _) = open_questions([found(2), found(3)], rows, [])
    assert codes(open_questions([found(2), found(3)], rows, [skipped(first)])) == [(3, "GRM001", 0)]


def test_the_row_at_hand_is_finished_before_the_next_and_the_top_comes_last():
    questions = open_questions([found(2), found(3), found(4)], ROWS, [])
    assert following(questions, 3).row.row == 3
    assert following(questions[:1], 3).row.row == 2
    assert following([], 3) is None


def test_progress_counts_the_rows_that_are_done():
    questions = open_questions([found(3), found(4)], ROWS, [])
    done = Answer(Reply.EDIT, 2, "r2", "X", "output", "")
    assert progress(questions, [done], 3) == (2, 3)
