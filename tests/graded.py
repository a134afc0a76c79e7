"""A small course that was graded, made by the book's own functions: no import, no run, so it takes no time.

g001 Harbor Lights   two members, everything graded, lineage consistent
g002 Güneş Işığı     predictions not graded; a label that stands alone; copied with g003
g003 <hostile name>  one member, marked by hand; its data hold a canary and hostile strings
g004 Silent          one member, handed in nothing
"""

from datetime import UTC, datetime
from pathlib import Path

from grading.book import consensus_rows, documents, hand_ins, marks, pairs, people, settings
from grading.book.book import opened
from grading.book.consensus_rows import ConsensusRow
from grading.book.pairs import PairRow
from grading.course.reading import load
from grading.lms import worksheet
from grading.model import HandIn, Level, Line, Role, Trouble

CANARY = "canary7391"
HOSTILE = "<script>alert(1)</script>[x](http://evil.example)\u202egnp.exe\u200b<img src=x onerror=alert(1)>"
HOSTILE_NAME = f'=cmd|"{CANARY}"!A1 <b>{HOSTILE}'
VERSIONS = {"g001": "a" * 64, "g002": "b" * 64, "g003": "c" * 64}
TOML = """\
[course]
name = "CS412-HW4"

[files]
sheet = "sheet.csv"
test = "test.csv"

[deadline]
at = 2026-11-30T23:59:00
zone = "Europe/Istanbul"

[late]
days = 2
{more}
"""
SHEET = "id,instruction,output,fail_mode\n1,Say hi.,hi their,\n2,Name a color.,bleu,\n"
TEST = "id,instruction\nt1,Say bye.\n"
MEMBERS = {
    "Harbor Lights": (("Participant 11", "Ada Byron"), ("Participant 12", "Ben Okafor")),
    "Güneş Işığı": (("Participant 13", "Çağla Yıldız"),),
    HOSTILE_NAME: (("Participant 14", "Eve Null"),),
    "Silent": (("Participant 15", "Kim Sole"),),
}
HEADER = (
    "Identifier,Full name,Email address,Status,Group,Grade,Maximum grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments"
)


def graded(folder, *, members=MEMBERS, without_worksheet=(), more="", lms=""):
    """The course in that folder, its grade book filled."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "course.toml").write_text(TOML.format(more=more) + lms, encoding="utf-8")
    (folder / "sheet.csv").write_text(SHEET, encoding="utf-8")
    (folder / "test.csv").write_text(TEST, encoding="utf-8")
    course = load(folder)
    with opened(folder) as book, book.writing() as db:
        keys = _people(db, folder, members, without_worksheet)
        for key, version in VERSIONS.items():
            _hand_in(db, folder, key, version)
            marks.put_automatic(db, key, _lines(key, keys), who="run")
        marks.put_automatic(db, "g004", _lines("g004", keys), who="run")
        marks.save(
            db,
            "g003",
            "predictions",
            20.0,
            why="read by hand",
            who="ta",
            expected=1,
            hand_in_version=VERSIONS["g003"],
        )
        _found(db)
    return course


def worksheet_text(members=MEMBERS, without=()):
    """What Moodle would give for these members."""
    rows = [
        f'"{identifier}","{name}",{identifier[-2:]}@example.edu,Submitted for grading,Team,,100.00,Yes,'
        '"Sunday, 29 November 2026, 6:12 PM",-,'
        for people_ in members.values()
        for identifier, name in people_
        if identifier not in without
    ]
    return (
        "\n".join([HEADER, *rows, "Participant 99,No Group,99@example.edu,No submission,,,100.00,Yes,-,-,"])
        + "\n"
    )


def _people(db, folder, members, without):
    path = folder / "worksheet.csv"
    path.write_text(worksheet_text(members, without), encoding="utf-8")
    sheet = worksheet.read(path, "en", "Europe/Istanbul")
    cells = {one.identifier: one.cells for one in sheet.participants}
    keys = {}
    for number, (name, persons) in enumerate(members.items(), 71):
        group = people.put_group(db, name=name, identifier=str(number))
        for identifier, person in persons:
            key = people.put_person(
                db, identifier=identifier, name=person, email="", worksheet=cells.get(identifier)
            )
            people.put_member(db, key, group, None)
            keys.setdefault(group, []).append(key)
    nobody = people.put_person(
        db, identifier="Participant 99", name="No Group", email="", worksheet=cells["Participant 99"]
    )
    order = [key for of in keys.values() for key in of] + [nobody]
    settings.put(db, "worksheet", {**worksheet.layout(sheet), "order": order})
    return keys


def _hand_in(db, folder, key, version):
    troubles = (Trouble("files.extra", Level.NOTE, "an extra file", "x.txt"),)
    received = datetime(2026, 11, 30 if key != "g002" else 28, 22, 0, tzinfo=UTC)
    hand_ins.add(
        db, HandIn(key, version, received, {Role.DATA: Path(f"submissions/{key}/data.csv")}, troubles)
    )


def _lines(key, keys):
    if key == "g004":
        points = dict.fromkeys(("data_quality", "fail_mode", "completeness", "predictions", "hand_in"))
    else:
        points = {
            "data_quality": 36.4 if key != "g003" else 20.0,
            "fail_mode": 12.0,
            "completeness": 10.0,
            "predictions": 22.5 if key == "g001" else None,
            "hand_in": 10.0,
        }
    most = {
        "data_quality": 40.0,
        "fail_mode": 15.0,
        "completeness": 10.0,
        "predictions": 25.0,
        "hand_in": 10.0,
    }
    lines = [
        Line(name, None if one is None else one / most[name], one, most[name], f"sentence of {name}")
        for name, one in points.items()
    ]
    late = key in ("g001", "g003")
    each = [
        {"person": person, "days_used": float(late), "points_off": 10.0 * place if late else 0.0}
        for place, person in enumerate(keys[key])
    ]
    off = None if key == "g004" else 0.0
    evidence = {"begun_days": None if off is None else int(late), "members": [] if off is None else each}
    return [*lines, Line("lateness", None, off, 0.0, "one day late", evidence)]


def example(row, cell, start, end, code="GRM001", criterion="grammar"):
    """One finding as a run keeps it."""
    return {
        "row": row,
        "id": str(row),
        "code": code,
        "criterion": criterion,
        "severity": "error",
        "column": "output",
        "message": f"found in “{cell[start:end]}”",
        "start": start,
        "end": end,
        "cell": cell,
        "instruction": "Say hi.",
        "fix": "Write the word as the dictionary does.",
    }


def quality(words):
    """A quality document about cells with these words in them."""
    cell = f"x {words} their"
    return {
        "rows": 2,
        "passing": 1,
        "mean_score": 91.5,
        "sheet_mean_score": 60.0,
        "criteria": {"grammar": 0.8, "tone": 1.0, "factual": None},
        "rules": [{"code": "GRM001", "criterion": "grammar", "errors": 2, "warnings": 1}],
        "labels": {"agreed": 1, "plausible": 0, "contradicted": 1, "not_judged": 0},
        "examples": [
            example(2, cell, len(cell) - 5, len(cell)),
            example(3, f"second {words}", 0, 6),
            example(4, f"third {words}", 0, 5, "LEN001", "chattiness"),
            example(5, f"fourth {words}", 0, 6, "TON001", "tone"),
        ],
        "improved": [{"id": "2", "before": f"bleu {words}", "after": f"Blue {words}", "fixed": ["GRM001"]}],
        "outcomes_failed": [],
    }


def _found(db):
    for key, words in (("g001", "plain"), ("g002", "sunny"), ("g003", f"{CANARY} {HOSTILE}")):
        trouble = {
            "code": "notebook.cleared",
            "level": "warning",
            "what": f"the outputs are cleared {words}",
            "file": "CS412_HW4_Finetuning.ipynb",
            "remedy": "run all cells",
        }
        state = "consistent" if key == "g001" else "not given"
        examined = {
            "hand_in": VERSIONS[key],
            "troubles": [trouble],
            "lineage": {"state": state, "links": [{"name": "data", "state": "ok", "detail": "agrees"}]},
            "notebook": None,
        }
        documents.put(db, key, "examined", "0" * 64, examined)
        documents.put(db, key, "quality", "0" * 64, quality(words))
    documents.put(db, "g001", "stability", "0" * 64, _stability())
    differing = [{"id": "2", "label": "tone", "consensus": CANARY, "share": 0.9}]
    documents.put(db, "g002", "consensus", "0" * 64, {"share": 0.5, "judged": 2, "differing": differing})
    alone = {"id": "1", "kind": "number", "value": "1988", "others_value": CANARY, "others": 3}
    documents.put(db, "g002", "facts", "0" * 64, [alone])
    signal = {
        "kind": "labels",
        "groups": ["g002", "g003"],
        "sentence": f"share {CANARY}",
        "count": 2,
        "detail": {},
    }
    for key in ("g002", "g003"):
        documents.put(db, key, "signals", "0" * 64, [signal])
    edit = {"id": "1", "start": 0, "end": 2, "before": "hi", "after": CANARY, "weight": 1.0, "groups": 2}
    pairs.put_all(
        db,
        [
            PairRow("g001", "g002", 0.1, None, None, None, 0, []),
            PairRow("g002", "g003", 0.9, 0.9, 1e-9, 3e-9, 7, [edit]),
        ],
    )
    consensus_rows.put_all(
        db, [ConsensusRow("1", "grammar", 0.75, False, {}), ConsensusRow("2", None, 0.5, True, {})]
    )


def _stability():
    return {
        "level": 0.95,
        "low": 88.0,
        "high": 92.5,
        "points": 90.9,
        "flips": ["B"],
        "without": [{"code": "GRM001", "points": 1.5}],
        "nearest": 0.9,
    }
