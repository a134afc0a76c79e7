from dataclasses import replace

from quality.model import Finding, Severity
from quality.version_diff import difference
from quality.version_diff.totals import Total, by_rule, by_severity


def codes(findings):
    return [finding.code for finding in findings]


def test_a_version_against_itself_has_nothing_to_say(make, a_row, an_error):
    rows = [a_row(2, "Teh sea."), a_row(3, "The sea.")]
    document = make(rows, [an_error(rows[0], "Teh")])
    change = difference(document, document)
    assert (change.rows, change.same, change.worse) == ((), 2, False)


def test_findings_are_fixed_left_and_introduced(make, a_row, an_error):
    old = a_row(2, "Teh sea is bleu.")
    new = a_row(2, "The large sea is bleu and whet.")
    before = make([old], [an_error(old, "Teh"), an_error(old, "bleu")])
    after = make([new], [an_error(new, "bleu"), an_error(new, "whet", code="GRM009")])
    change = difference(before, after)
    (row,) = change.rows
    found = row.findings
    assert [finding.message for finding in found.fixed] == ["“Teh” is wrong"]
    assert [finding.message for finding in found.left] == ["“bleu” is wrong"]
    assert codes(found.introduced) == ["GRM009"]
    assert (change.new_errors, change.worse) == (1, True)
    assert by_rule(change) == {"GRM001": Total(1, 1, 0), "GRM009": Total(0, 0, 1)}


def test_a_finding_that_only_moved_is_left(make, a_row, an_error):
    old, new = a_row(2, "The sea is bleu."), a_row(2, "So it is said: the sea is bleu.")
    change = difference(make([old], [an_error(old, "bleu")]), make([new], [an_error(new, "bleu")]))
    assert codes(change.rows[0].findings.left) == ["GRM001"]
    assert not change.worse


def test_the_worst_rows_come_first(make, a_row, an_error):
    old = [a_row(n, "It is fine.") for n in (2, 3, 4)]
    new = [a_row(2, "It is good."), a_row(3, "It si good."), a_row(4, "It si so godo.")]
    findings = [an_error(new[1], "si"), an_error(new[2], "si"), an_error(new[2], "godo")]
    change = difference(make(old), make(new, findings))
    assert [row.id for row in change.rows] == ["r4", "r3", "r2"]
    assert [row.id for row in change.fell] == ["r4", "r3"]


def test_waived_and_accepted_errors_and_warnings_make_nothing_worse(make, a_row, an_error):
    old, new = a_row(2, "one two three"), a_row(2, "eno owt eerht")
    findings = [
        an_error(new, "eno", waived="with typos"),
        an_error(new, "owt", accepted="wanted"),
        an_error(new, "eerht", severity=Severity.WARNING),
    ]
    after = make([new], findings)
    passing = replace(after.report.rows[0], passed=True)
    after = replace(after, report=replace(after.report, rows=(passing,)))
    change = difference(make([old]), after)
    assert change.new_errors == 0
    assert not change.worse
    assert len(change.rows[0].findings.introduced) == 2


def test_a_row_that_passes_no_more_is_worse_without_a_new_error(make, a_row):
    before, after = make([a_row(2, "Hello.")]), make([a_row(2, "Hello")])
    fallen = replace(after.report.rows[0], passed=False, unmeasured={"grammar": "time-out"})
    change = difference(before, replace(after, report=replace(after.report, rows=(fallen,))))
    assert change.new_errors == 0
    assert change.worse


def test_errors_of_added_rows_are_new_and_those_of_removed_rows_not_fixed(make, a_row, an_error):
    kept, gone, new = a_row(2, "Hello."), a_row(3, "Teh end."), a_row(4, "Teh new end.")
    change = difference(
        make([kept, gone], [an_error(gone, "Teh")]), make([kept, new], [an_error(new, "Teh")])
    )
    assert ([row.id for row in change.added], [row.id for row in change.removed]) == (["r4"], ["r3"])
    assert change.new_errors == change.added_errors == 1
    assert by_severity(change)["error"] == Total(0, 0, 0)


def test_findings_about_the_table_count(make, a_row):
    row = a_row(2, "Hello.")
    about = Finding("PRM001", "variety", Severity.ERROR, None, "", "", "3 of 5 prompts are alike")
    other = replace(about, message="2 of 5 prompts are alike")
    assert codes(difference(make([row], [about]), make([row], [other])).table.left) == ["PRM001"]
    assert difference(make([row]), make([row], [about])).new_errors == 1


def test_label_and_instruction_are_compared_as_cells_of_their_own(make, a_row, an_error):
    old = a_row(2, "Hello.", label="gramar")
    new = a_row(2, "Hello.", instruction="Say that.", label="grammar")
    label = an_error(old, "gramar", code="LBL002", column="fail_mode")
    (row,) = difference(make([old], [label]), make([new])).rows
    assert {cell.column for cell in row.cells} == {"instruction", "fail_mode"}
    assert codes(row.findings.fixed) == ["LBL002"]


def test_a_value_that_one_version_holds_is_masked_in_both(make, a_row, an_error):
    old = a_row(2, "Write to jane.doe@posteo.de today.")
    new = a_row(2, "Write to jane.doe today.")
    change = difference(make([old], [an_error(old, "jane.doe@posteo.de")]), make([new]))
    assert "jane.doe" not in str(change.rows)
    assert len(change.rows[0].cells[0].edits) > 0


def test_one_address_put_for_another_is_a_change(make, a_row):
    old, new = a_row(2, "Write to jane.doe@posteo.de."), a_row(2, "Write to june.dot@posteo.de.")
    (row,) = difference(make([old]), make([new])).rows
    assert row.changed("output")
    assert "jane" not in str(row)
    assert "june" not in str(row)
