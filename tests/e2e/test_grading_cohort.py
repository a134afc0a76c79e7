"""The course of `examples/cohort/` from Moodle's zip to the filled worksheet and feedback, as its README tells it."""

import csv
import importlib.util
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from grading.book import documents
from grading.book.book import opened
from quality.workers import keeping
from tests.command import grading

EXAMPLE = Path(__file__).parents[2] / "examples" / "cohort"
RUBRIC = ("data_quality", "fail_mode", "completeness", "predictions", "hand_in")
GRADED = (
    "Harbor Lights", "Güneş Işığı", "Night Owls", "Copy Cats", "Late Lions", "Bobby Tables", "No Notebook",
    "Easy Going",
)  # fmt: skip
SETTINGS = {
    "at": "2026-12-01T00:00:00",
    "feedback_ids": '"group"',
    # grammar is graded in tests/e2e/test_grading_run.py; it takes three times as long as all else
    "ignore": '["GRM"]',
}


def example():
    """The script that makes the course."""
    spec = importlib.util.spec_from_file_location("cohort_make", EXAMPLE / "make.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)  # where its dataclasses look
    spec.loader.exec_module(module)
    return module


@dataclass
class Flow:
    """What each command said and left, in the order in which they were typed."""

    course: Path
    given: Path
    said: dict[str, object] = field(default_factory=dict)

    def do(self, name, *arguments, code=0):
        """Runs a command in the course; its output is kept under that name."""
        done = grading(*arguments, "--course", self.course)
        assert done.returncode == code, (arguments, done.stderr)
        self.said[name] = done
        return done

    def json(self, name, *arguments):
        """The same of a command that prints JSON."""
        self.do(name, *arguments, "--output-format", "json")
        self.said[name] = json.loads(self.said[name].stdout)
        return self.said[name]

    def import_(self, name, given):
        return self.json(
            name, "import", given / "moodle.zip", "--worksheet", given / "worksheet.csv",
            "--roster", given / "groups.csv", "--by", "ta",
        )  # fmt: skip


@pytest.fixture(scope="module")
def flow(tmp_path_factory):
    """The whole way, once; each test looks at one part of what it left."""
    make, folder = example(), tmp_path_factory.mktemp("cohort")
    given, course = folder / "given", folder / "course"
    make.make(given)
    made = grading("init", course, "--sheet", given / "sheet.csv", "--test", given / "test.csv")
    assert made.returncode == 0, made.stderr
    toml = course / "course.toml"
    text = toml.read_text(encoding="utf-8")
    for key, value in SETTINGS.items():
        text, times = re.subn(rf"^(?:# )?{key} = .*$", f"{key} = {value}", text, flags=re.MULTILINE)
        assert times == 1
    toml.write_text(text, encoding="utf-8")
    with keeping():
        return typed(Flow(course, given), make, folder)


def typed(flow, make, folder):
    flow.import_("import", flow.given)
    flow.import_("import again", flow.given)
    flow.json("run", "run", "--jobs", "1", "--by", "ta")
    flow.json("history", "history")
    flow.json("run again", "run", "--by", "ta")
    flow.json("history again", "history")
    for group in flow.said["import"]["groups"]:
        flow.json(f"show {group['name']}", "show", group["group"])
    flow.do("show text", "show", "Bobby Tables")
    flow.do("mark", "mark", "Broken Bridge", "completeness", "4", "--why", "sent by mail", "--by", "ta")
    flow.do("mark too", "mark", "No Notebook", "hand_in", "5", "--why", "it came by mail", "--by", "ta")
    flow.do("export", "export", "-o", folder / "out", "--by", "ta")
    after = folder / "after.csv"
    after.write_bytes((folder / "out" / "worksheet.csv").read_bytes())
    flow.do("reconcile", "reconcile", after)
    skipped = re.sub(r"(?m)^(Participant 9006,(?:[^,]*,){4})[^,]+,", r"\1,", after.read_text("utf-8"))
    after.write_text(skipped, encoding="utf-8")
    flow.do("reconcile skipped", "reconcile", after, code=1)

    later = [
        replace(group, change=lambda files: files, handed_in="Monday, 30 November 2026, 9:00 PM")
        if group.name == "No Notebook"
        else group
        for group in make.GROUPS
    ]
    make.make(folder / "later", later)
    flow.import_("import later", folder / "later")
    flow.do("export behind", "export", "-o", folder / "never", "--by", "ta", code=1)
    flow.json("run later", "run", "--jobs", "1", "--by", "ta")
    flow.json("show later", "show", "No Notebook")
    flow.do("export superseded", "export", "-o", folder / "never", "--by", "ta", code=1)
    flow.do("export accepted", "export", "-o", folder / "accepted", "--accept-superseded", "--by", "ta")
    flow.said["out"] = folder / "out"
    return flow


def lines(shown):
    return {line["line"]: line["points"] for line in shown["rubric"]}


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def by_group(flow):
    return {row["group"]: row for row in rows(flow.said["out"] / "grades.csv")}


def test_every_hand_in_is_taken_and_whoever_has_no_group_is_listed(flow):
    told = flow.said["import"]
    assert Counter(group["state"] for group in told["groups"]) == {"new": 9, "nothing": 1}
    assert [(one["who"], "without a group" in one["why"]) for one in told["unknown"]] == [
        ("Default group", True)
    ]
    codes = {group["name"]: {one["code"] for one in group["troubles"]} for group in told["groups"]}
    assert codes["Broken Bridge"] == {"archive.damaged"}
    assert codes["No Notebook"] == {"files.missing"}
    assert codes["Bobby Tables"] == {"files.extra"}
    assert codes["Easy Going"] == {"files.system", "files.wrapped"}
    assert not any(codes[name] for name in ("Harbor Lights", "Güneş Işığı", "Night Owls", "Copy Cats"))


def test_importing_twice_changes_nothing(flow):
    first, again = flow.said["import"]["groups"], flow.said["import again"]["groups"]
    assert Counter(group["state"] for group in again) == {"unchanged": 9, "nothing": 1}
    assert [group["version"] for group in first] == [group["version"] for group in again]


def test_a_second_run_does_nothing(flow):
    assert (flow.said["run"]["groups"], flow.said["run"]["scored"], flow.said["run"]["failed"]) == (9, 9, {})
    assert flow.said["run again"]["scored"] == 0
    assert flow.said["history again"] == flow.said["history"]


@pytest.mark.parametrize("name", GRADED)
def test_every_line_of_a_readable_hand_in_is_graded(flow, name):
    found = lines(flow.said[f"show {name}"])
    assert None not in found.values()
    assert all(0 <= found[key] <= 40 for key in RUBRIC)


def test_care_is_worth_points(flow):
    points = {name: flow.said[f"show {name}"]["grade"]["points"] for name in GRADED}
    assert min(points["Harbor Lights"], points["Güneş Işığı"]) > points["Bobby Tables"] > points["Easy Going"]
    quality = {name: lines(flow.said[f"show {name}"])["data_quality"] for name in GRADED}
    assert quality["Easy Going"] == min(quality.values())


def test_broken_bridge_is_not_graded_and_gets_no_zero(flow):
    shown = flow.said["show Broken Bridge"]
    assert lines(shown) == {**dict.fromkeys(RUBRIC), "lateness": 0}
    assert shown["grade"]["points"] is None
    assert any("cut off" in one["what"] for one in shown["findings"])
    row = by_group(flow)["Broken Bridge"]
    assert (row["points"], row["data_quality"], row["completeness"]) == ("", "", "4")  # a person's mark alone
    assert {"not-graded", "by-hand", "archive.damaged"} <= set(row["flags"].split(";"))


def test_late_lions_lose_a_day_and_pay_for_another(flow):
    shown = flow.said["show Late Lions"]
    assert shown["lateness"]["begun_days"] == 2
    members = shown["lateness"]["members"]
    assert [(one["days_used"], one["days_left"], one["points_off"]) for one in members] == [(1, 0, 10)] * 2
    assert lines(shown)["lateness"] == -10
    row = by_group(flow)["Late Lions"]
    assert (row["late_days"], row["lateness"]) == ("2", "-10")
    left = {row["identifier"]: row["late_days_left"] for row in rows(flow.said["out"] / "late_days.csv")}
    assert [left[f"Participant {number}"] for number in (9009, 9010, 9011, 9012)] == ["1", "0", "0", "1"]


def test_copy_cats_and_night_owls_are_the_only_candidates(flow):
    pairs = rows(flow.said["out"] / "copying.csv")
    assert len(pairs) == 8 * 7 // 2
    assert {pairs[0]["group_a"], pairs[0]["group_b"]} == {"Night Owls", "Copy Cats"}
    assert float(pairs[0]["q"]) < 1e-6
    assert all(float(pair["q"]) > 0.05 for pair in pairs[1:])
    flagged = {name for name, row in by_group(flow).items() if "copying" in row["flags"].split(";")}
    assert flagged == {"Night Owls", "Copy Cats"}
    shown = flow.said["show Copy Cats"]
    first, *others = shown["copying"]
    assert (first["name"], first["candidate"]) == ("Night Owls", True)
    assert first["evidence"]
    assert not any(other["candidate"] for other in others)
    assert "predictions" in {signal["kind"] for signal in shown["signals"]}
    assert None not in lines(shown).values()  # evidence, never a penalty


def test_bobby_tables_stay_as_they_are_in_the_book_and_hurt_nobody_outside(flow):
    shown = flow.said["show Bobby Tables"]
    with opened(flow.course, "") as book, book.reading() as db:
        kept = documents.get(db, shown["group"]["key"], "answers")
    first, second, third, fourth = list(kept["outputs"])[:4]
    assert kept["outputs"][first].startswith("<script>alert(1)</script> ")
    assert kept["outputs"][second].startswith("=HYPERLINK(")
    assert "\x1b[31m" in kept["outputs"][third]
    assert kept["labels"][fourth] == "=1+1"
    assert {"data.formula", "data.label-unknown"} <= {one["code"] for one in shown["findings"]}
    assert shown["notebook"]["errors"] == ["cell 2: RuntimeError: cell failed"]
    assert not {"\x1b", "\u202e"} & set(flow.said["show text"].stdout)
    (page,) = (flow.said["out"] / "feedback").glob("*-Bobby-Tables.html")
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert not {"\x1b", "\u202e"} & set(html)
    for path in flow.said["out"].glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [cell for cell in cells if re.match(r"[=+@\t\r]|-(?!$|\d)", cell)], path.name


def test_no_notebook_loses_what_needs_one(flow):
    shown = flow.said["show No Notebook"]
    assert lines(shown)["hand_in"] == 7.5  # of four things that can be seen, one is not there
    assert shown["notebook"] is None
    assert shown["lineage"]["state"] == "not given"


def test_easy_going_has_few_good_predictions(flow):
    shown = flow.said["show Easy Going"]
    assert shown["predictions"]["empty"] == 6
    assert shown["predictions"]["loops"] == 6
    others = [lines(flow.said[f"show {name}"])["predictions"] for name in GRADED if name != "Easy Going"]
    assert lines(shown)["predictions"] < 0.75 * min(others)
    assert "notebook.cleared" in {one["code"] for one in shown["findings"]}


def test_silent_partners_are_blank(flow):
    shown = flow.said["show Silent Partners"]
    assert shown["hand_in"] is None
    assert set(lines(shown).values()) == {None}
    row = by_group(flow)["Silent Partners"]
    assert {row[key] for key in ("points", *RUBRIC, "lateness", "late_days")} == {""}
    assert row["flags"] == "nothing-handed-in;not-graded"


def test_every_members_row_of_the_worksheet_is_filled(flow):
    before = rows(flow.given / "worksheet.csv")
    after = rows(flow.said["out"] / "worksheet.csv")
    points = {name: row["points"] for name, row in by_group(flow).items()}
    assert len(after) == len(before) == 21
    for old, new in zip(before, after, strict=True):
        given = points[old["Group"]]
        assert new["Grade"] == (f"{float(given):.2f}" if given else "")
        assert {key: value for key, value in new.items() if key not in ("Grade", "Feedback comments")} == {
            key: value for key, value in old.items() if key not in ("Grade", "Feedback comments")
        }
    assert sum(bool(row["Grade"]) for row in after) == 17


def test_every_group_that_handed_in_gets_its_page_and_no_other(flow):
    import zipfile

    with zipfile.ZipFile(flow.said["out"] / "feedback.zip") as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist()}
    numbers = {name.split("_")[1] for name in pages}
    assert {"501", "507"} <= numbers <= {str(number) for number in range(501, 511)}
    people = {"Harbor Lights": "Ada Byron", "Güneş Işığı": "Çağla Yıldız", "Night Owls": "Eva Lind"}
    for name, page in pages.items():
        assert not [person for group, person in people.items() if person in page and group not in page], name


def test_what_moodle_skipped_is_found(flow):
    assert flow.said["reconcile"].stdout == ""
    assert flow.said["reconcile skipped"].stdout.startswith("Participant 9006: sent ")
    assert flow.said["reconcile skipped"].stdout.count("\n") == 1


def test_a_newer_hand_in_supersedes_and_a_persons_mark_waits(flow):
    told = {group["name"]: group["state"] for group in flow.said["import later"]["groups"]}
    assert told.pop("No Notebook") == "newer"
    assert set(told.values()) == {"unchanged", "nothing"}
    assert flow.said["run later"]["scored"] == 1
    assert "newer hand-in than the one that was graded" in flow.said["export behind"].stderr
    shown = flow.said["show later"]
    assert shown["hand_in"]["handed_in"] == 2
    line = next(line for line in shown["rubric"] if line["line"] == "hand_in")
    assert (line["points"], line["automatic_points"], line["manual"]["superseded"]) == (5, 10, True)
    assert "a hand-in that was replaced" in flow.said["export superseded"].stderr
    assert not (flow.said["out"].parent / "never").exists()
    kept = list(flow.course.glob(f"submissions/{shown['group']['key']}/*/*.csv"))
    assert len(kept) == 4


def test_readme_names_every_group():
    make = example()
    told = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    assert all(f"| {group.name} |" in told for group in make.GROUPS)


def test_the_script_writes_the_same_bytes_every_time(flow, tmp_path):
    make = example()
    make.make(tmp_path)
    assert SimpleNamespace(
        **{path.stem: path.read_bytes() for path in tmp_path.iterdir()}
    ) == SimpleNamespace(**{path.stem: path.read_bytes() for path in flow.given.iterdir()})
