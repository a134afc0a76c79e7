"""Whole sessions on real files with real checks; only the keyboard is a list of words."""

import io
import json
import sys
from dataclasses import dataclass, field

import pytest
from rich.console import Console

from quality import guide, lineage, run, table
from quality.errors import InputError
from quality.interactive.answers import Reply
from quality.interactive.loop import answer
from quality.interactive.session import places, start
from quality.workers import keeping

CODES = frozenset({"GRM001", "PII001", "LBL002", "CSV006"})
HEADER = "id,instruction,output,fail_mode\r\n"
TYPOS = "They sold thier house and thier car."
DATA = f"{HEADER}a,Tell me.,{TYPOS},grammar\r\nb,Tell me.,Write to jane.doe@bigmail.com today.,gramar\r\n"


@dataclass
class Keyboard:
    """A terminal at which those words are typed, then its input ends."""

    words: list[str]
    width: int = 300
    color: bool = False
    seen: str = ""
    given: list[str] = field(default_factory=list)

    def show(self, parts):
        sink = io.StringIO()
        for part in parts:
            Console(file=sink, width=self.width, highlight=False, markup=False, emoji=False).print(part)
        self.seen += sink.getvalue()

    def ask(self, prompt, given=""):
        self.seen += prompt
        if given:
            self.given.append(given)
        if not self.words:
            raise EOFError
        return self.words.pop(0)


@pytest.fixture(scope="module", autouse=True)
def _one_worker():
    with keeping():
        yield


@pytest.fixture
def data(tmp_path, monkeypatch):
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "data.csv"
    path.write_bytes(DATA.encode())
    return path


def begun(data, target=None, codes=CODES):
    request = run.Request(table.read(data), guide.load(), codes=codes, workers=1)
    where = places(
        target or data.with_name(f"{data.stem}.fixed{data.suffix}"), None, named=target is not None
    )
    return start(request, where, run.check)


def typed(data, *words, target=None, codes=CODES):
    """The terminal after a session in which those words were typed."""
    keyboard = Keyboard(list(words))
    assert answer(begun(data, target, codes), keyboard) == 0
    assert keyboard.words == []
    return keyboard


def fixed(data):
    return data.with_name(f"{data.stem}.fixed{data.suffix}")


def record(data):
    return lineage.read_fix_record(data.with_name(f"{data.stem}.fixed{data.suffix}.fix.json"))


def editor(tmp_path, monkeypatch, expression):
    """Makes $EDITOR a program that puts that expression of `text` into the file."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys,pathlib; p=pathlib.Path(sys.argv[1]); text=p.read_text('utf-8')\n"
        f"p.write_text({expression}, 'utf-8')\n"
    )
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}'")


def test_an_accepted_fix_changes_its_words_and_no_other_byte(data):
    seen = typed(data, "a", "q").seen
    assert "Row 1 of 2 with findings" in seen
    assert '"thier" → "their"' in seen
    assert "applied; 1 finding gone: GRM001 in a" in seen
    assert fixed(data).read_bytes() == DATA.replace("sold thier", "sold their").encode()
    assert data.read_bytes() == DATA.encode()


def test_the_record_of_the_fix_speaks_of_the_data_before_and_after(data):
    typed(data, "a", "e", "their", "l", "grammar", "q")
    before, after = table.read(data), table.read(fixed(data))
    known = record(data)
    assert (known.before.data, known.before.file) == (before.data_sha256, before.sha256)
    assert (known.after.data, known.after.file) == (after.data_sha256, after.sha256)
    assert known.safe == {"GRM001": 1}
    assert (known.by_hand, known.labels, known.interactive, known.unsafe_allowed) == (1, 1, True, False)
    assert [row.fail_mode for row in after.rows] == ["grammar", "grammar"]


def test_what_was_skipped_is_not_asked_again_in_the_next_session(data):
    typed(data, "s", "q")
    again = typed(data, "a", "q")
    assert "sold thier house and their car" in fixed(data).read_text("utf-8")
    assert "Row 1 of 2" in again.seen
    assert record(data).safe == {"GRM001": 1}


def test_when_all_is_answered_it_says_so_and_the_next_session_asks_nothing(data):
    seen = typed(data, "a", "a", "l", "3", "s").seen
    assert "All is answered: 4 answers in 2 rows. Next: quality check" in seen
    assert "All is answered" in typed(data).seen


def test_an_edited_cell_is_checked_at_once_and_its_new_finding_is_asked_next(data, tmp_path, monkeypatch):
    editor(tmp_path, monkeypatch, "text.replace('thier', 'their') + ' I am definately sure.'")
    seen = typed(data, "e", "q").seen
    assert "2 findings gone, 1 new: GRM001 in a" in seen
    assert seen.rindex("Row 1 of 2 with findings") > seen.index("saved;")
    assert "definately" in seen[seen.index("saved;") :]


def test_undo_goes_back_through_all_sessions(data):
    typed(data, "a", "s", "q")
    seen = typed(data, "u", "u", "u", "q").seen
    assert "taken back: skip at GRM001 in a" in seen
    assert "taken back: accept at GRM001 in a; 1 new finding" in seen
    assert "nothing to take back" in seen
    assert fixed(data).read_bytes() == DATA.encode()


def test_an_edit_by_hand_between_two_sessions_stays(data):
    typed(data, "a", "q")
    fixed(data).write_bytes(fixed(data).read_bytes().replace(b"Write to", b"Do write to"))
    typed(data, "a", "q")
    assert fixed(data).read_text("utf-8").count("their") == 2
    assert b"Do write to" in fixed(data).read_bytes()


def test_another_programs_work_is_never_overwritten(data):
    session = begun(data)
    session.give(session.next(), Reply.SKIP)
    fixed(data).write_bytes(DATA.replace("Tell", "Show").encode())
    keyboard = Keyboard(["a", "q"])
    answer(session, keyboard)
    assert "changed by another program" in keyboard.seen
    assert fixed(data).read_bytes() == DATA.replace("Tell", "Show").encode()


def test_data_that_was_changed_since_is_not_mixed_with_old_answers(data):
    typed(data, "a", "q")
    data.write_bytes(DATA.replace("Tell", "Show").encode())
    with pytest.raises(InputError, match="other data") as caught:
        begun(data)
    assert "--interactive -o" in caught.value.remedy


def test_answers_without_their_file_are_not_begun_anew_silently(data):
    typed(data, "a", "q")
    fixed(data).unlink()
    with pytest.raises(InputError, match="is gone"):
        begun(data)


def test_a_file_that_is_there_is_overwritten_only_if_named_and_only_by_an_answer(data, tmp_path):
    fixed(data).write_text("precious")
    with pytest.raises(InputError, match="is there already"):
        begun(data)
    typed(data, "q", target=fixed(data))
    assert fixed(data).read_text() == "precious"
    typed(data, "a", "q", target=fixed(data))
    assert fixed(data).read_bytes() == DATA.replace("sold thier", "sold their").encode()


def test_the_data_itself_can_be_the_target_and_is_gone_on_with(data):
    typed(data, "a", "q", target=data)
    typed(data, "a", "q", target=data)
    assert data.read_text("utf-8").count("their") == 2
    assert lineage.read_fix_record(data.with_name("data.csv.fix.json")).safe == {"GRM001": 2}


def test_personal_data_is_masked_on_the_screen_and_edited_as_it_is(data):
    keyboard = typed(data, "a", "a", "s", "e", "jane@example.org")
    assert "jane.doe" not in keyboard.seen
    assert keyboard.given == ["jane.doe@bigmail.com"]
    assert "Write to jane@example.org today." in fixed(data).read_text("utf-8")


def test_what_the_file_cannot_hold_is_said_and_kept_for_the_next_edit(data):
    data.write_bytes(DATA.replace("Tell", "T\xe9ll").encode("cp1252"))
    keyboard = typed(data, "e", "th\U0001f600ir", "e", "their", "q")
    assert "cp1252 has no U+1F600" in keyboard.seen
    assert keyboard.given[0] == "thier"
    assert "\U0001f600" in keyboard.given[1]


def test_a_text_that_could_not_be_saved_is_shown_before_the_session_ends(data):
    data.write_bytes(DATA.replace("Tell", "T\xe9ll").encode("cp1252"))
    keyboard = typed(data, "e", "th\U0001f600ir", "q")
    assert "not saved: They sold th\U0001f600ir house" in keyboard.seen


def test_the_sheet_before_correction_stays_known_over_sessions(data):
    sheet = data.with_name("sheet.csv")
    sheet.write_bytes(DATA.encode())
    read = table.with_originals(table.read(data), table.read(sheet))
    request = run.Request(read, guide.load(), sheet=table.read(sheet), codes=CODES, workers=1)
    where = places(fixed(data), None, named=False)
    answer(start(request, where, run.check), Keyboard(["a", "q"]))
    again = start(request, where, run.check)
    answer(again, Keyboard(["a", "q"]))
    row = again.current.rows[0]
    assert (row.output, row.original) == (TYPOS.replace("thier", "their"), TYPOS)


def corrected(data, original, output, *words, codes=CODES):
    """The screen of a session on a correction of that original."""
    lines = [
        json.dumps({"id": "a", "instruction": "Tell me.", "output": text}) for text in (original, output)
    ]
    sheet, path = data.with_name("sheet.jsonl"), data.with_name("data.jsonl")
    sheet.write_text(lines[0])
    path.write_text(lines[1])
    read = table.with_originals(table.read(path), table.read(sheet))
    request = run.Request(read, guide.load(), sheet=table.read(sheet), codes=codes, workers=1)
    keyboard = Keyboard([*words, "q"])
    answer(start(request, places(fixed(path), None, named=False), run.check), keyboard)
    return keyboard.seen


def test_the_response_before_correction_is_shown_at_the_place_in_question(data):
    lines = [f"Line {n} is here." for n in range(40)]
    seen = corrected(
        data, "\n".join([*lines, "They sold there house.", *lines]), "\n".join([*lines, TYPOS, *lines])
    )
    before = seen[seen.index("Before correction") : seen.index("Response")]
    assert "They sold there house." in before
    assert before.count("\n") < 10
    assert before.count("…") == 2


def test_a_response_that_nobody_touched_is_shown_once(data):
    seen = corrected(data, TYPOS, TYPOS)
    assert "Before correction: the same response" in seen
    assert seen.count(TYPOS) == typed(data, "q").seen.count(TYPOS)


def test_personal_data_and_hidden_characters_of_the_original_stay_hidden(data):
    original = "Write to jane.doe@bigmail.com\x1b[2J about thier house."
    seen = corrected(data, original, TYPOS)
    assert "Write to j" in seen
    assert "jane.doe" not in seen
    assert "\x1b" not in seen


def test_a_criterion_without_a_section_is_named_as_the_guide_names_it(data):
    style = guide.load()
    (name,) = {rule.criterion for code, rule in run.rules().items() if code == "PII001"}
    assert not style.criteria[name].section[:1].isdigit()
    seen = typed(data, "a", "a", "s", "q").seen
    assert f"{style.title}: {style.criteria[name].title} · quality rule PII001" in seen
    assert f"{style.title} 1.1.2-2 · quality rule GRM001" in seen


def test_a_long_or_broken_text_without_an_editor_says_what_to_do(data):
    data.write_bytes(DATA.replace(TYPOS, '"One.\n\nTwo\u200b three."').encode())
    keyboard = typed(data, "e", "q")
    assert "export EDITOR=nano" in keyboard.seen


def test_a_row_without_a_label_column_is_offered_no_label(data):
    path = data.with_name("data.jsonl")
    path.write_text(json.dumps({"id": "a", "instruction": "Tell me.", "output": TYPOS}) + "\n")
    keyboard = typed(path, "l", "a", "a")
    assert "[l]abel" not in keyboard.seen
    assert "no column for fail modes" in keyboard.seen
    assert json.loads(fixed(path).read_text())["output"] == TYPOS.replace("thier", "their")


def test_nothing_of_the_users_is_obeyed_by_the_terminal(data):
    data.write_bytes(DATA.replace("Tell", "[red]T\x1b[2Jell\u202e").encode())
    seen = typed(data, "q").seen
    assert "[red]T␛[2Jell\\u202e" in seen
    assert "\x1b" not in seen
    assert "\u202e" not in seen


def test_a_wrong_word_an_unknown_label_and_the_end_of_input_change_nothing(data):
    keyboard = typed(data, "", "yes", "?", "l", "99", "l")
    assert "answer with one of the letters" in keyboard.seen
    assert "take the last answer back" in keyboard.seen
    assert "no such fail mode" in keyboard.seen
    assert not fixed(data).exists()


def test_data_without_findings_asks_nothing_and_writes_nothing(data):
    data.write_bytes(f"{HEADER}a,Tell me.,They sold their house.,grammar\r\n".encode())
    assert "nothing is changed" in typed(data).seen
    assert sorted(path.name for path in data.parent.iterdir()) == ["data.csv"]
