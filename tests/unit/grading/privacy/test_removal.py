"""Who goes, what goes with them, and what is gone from the tables afterwards; on both databases."""

import uuid

import pytest
from sqlalchemy import select

from grading.book import documents, hand_ins, history, marks, pairs, people, settings
from grading.book.book import opened
from grading.book.pairs import PairRow
from grading.book.tables import identity, redaction
from grading.collecting import importing
from grading.exporting import export
from grading.model import HandIn, Line, Role, Trouble
from grading.privacy import cleaning, exports, leftovers, removal
from grading.privacy import forget as forgetting
from grading.privacy import people as privacy
from grading.running import run
from quality.errors import InputError
from tests import postgres

NOTHING = "0" * 64
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""Where no statement is another one on PostgreSQL."""


@pytest.fixture
def book(book):
    """Ada and Bo in g001, Cem alone in g002, g003 without a known member, Dora in no group."""
    with book.writing() as db:
        keys = [
            people.put_group(db, name=name, identifier=None) for name in ("Team Ada Kaya", "Sharks", "Eve Su")
        ]
        for number, (name, group) in enumerate(
            (("Ada Kaya", 0), ("Bo Ay", 0), ("Cem Can", 1), ("Dora Ek", None)), 1
        ):
            person = people.put_person(
                db,
                identifier=f"Participant {number}",
                name=name,
                email=f"{name.split()[0].lower()}@uni.example",
                worksheet=[f"Participant {number}", name, "Team Ada Kaya" if group == 0 else ""],
            )
            if group is not None:
                people.put_member(db, person, keys[group], 2.0)
        for key in keys:
            note = Trouble("files.extra", "note", "another file", "of Ada Kaya.txt")
            hand_ins.add(
                db, HandIn(key, key.ljust(64, "0"), None, {Role.DATA: book.folder / "x.csv"}, (note,))
            )
            marks.put_automatic(db, key, [Line("fail_mode", 0.5, 5.0, 10.0, "half")], who="run")
            for name in ("examined", "quality", "facts", "signals"):
                documents.put(db, key, name, NOTHING, {"file": "of Ada Kaya.txt"})
        documents.put(db, "", "sheet", NOTHING, {})
        documents.put(db, "", "clusters", NOTHING, {})
        pairs.put_all(
            db, [PairRow("g001", "g003", 0, 0, 1, 1, 0, []), PairRow("g001", "g002", 0, 0, 1, 1, 0, [])]
        )
        settings.put(
            db, "worksheet", {"columns": ["a"], "name": "ada kaya's.csv", "order": ["p0001", "p0002"]}
        )
        settings.put(db, "sent", {"p0001": 1.0, "p0002": 2.0})
        settings.put(db, "extensions", {"p0001": "x"})
        for group, why in (("g001", "Ada was ill"), ("g002", "like Ada"), ("g003", "see Kaya, Ada")):
            marks.save(db, group, "fail_mode", 7, why=why, who="ta", expected=1, hand_in_version=None)
    return book


def forget(book, who):
    return forgetting.forget(book, forgetting.meant(book, who), who="ta")


@SQLITE
@pytest.mark.parametrize("who", ["p0001", "Participant 1", "ADA@uni.example", "ada kaya"])
def test_who_is_meant(book, who):
    found = forgetting.meant(book, who)
    assert (found.people, found.groups, found.staying) == (("p0001",), (), ("g001",))


@SQLITE
def test_a_group_without_a_known_member_is_the_person_who_handed_in(book):
    assert forgetting.meant(book, "Eve Su").groups == ("g003",)
    with pytest.raises(privacy.Nobody):
        forgetting.meant(book, "Sharks")


@SQLITE
def test_a_name_that_is_nearly_right(book):
    with pytest.raises(InputError, match=r"did you mean Ada Kaya \(p0001\)"):
        forgetting.meant(book, "Ada Kay")


@SQLITE
def test_a_name_that_two_persons_have(book):
    with book.writing() as db:
        people.put_person(db, identifier="Participant 9", name="Ada Kaya", email="")
    with pytest.raises(InputError, match="can be several: p0001, p0005"):
        forgetting.meant(book, "Ada Kaya")
    forget(book, "p0001")
    with book.reading() as db:
        assert people.find_group(db, "g001").name == "Team Ada Kaya"  # which does not tell whom it means
        assert privacy.find(db, "Ada Kaya").people == ("p0005",)


def test_a_member_of_a_team_that_stays(book):
    done = forget(book, "Ada Kaya")
    assert done.groups == ("g001",)  # its document `quality` quotes a hand-in
    with book.reading() as db:
        team = people.find_group(db, "g001")
        assert (team.name, [one.key for one in team.members]) == ("", ["p0002"])
        assert team.members[0].worksheet == ("Participant 2", "Bo Ay", "[removed]")
        assert settings.get(db, "worksheet") == {"columns": ["a"], "name": "[removed]", "order": ["p0002"]}
        assert (settings.get(db, "sent"), settings.get(db, "extensions")) == ({"p0002": 2.0}, {})
        assert {key: one.troubles[0].file for key, one in hand_ins.current(db).items()} == dict.fromkeys(
            ("g001", "g002", "g003"), "[removed]"
        )
        whys = {group: of[0].manual.why for group, of in marks.all_marks(db).items()}
        assert whys == {"g001": "[removed]", "g002": "like Ada", "g003": "[removed]"}
        told = [entry.why for entry in history.entries(db) if entry.what == "manual"]
        assert told == list(whys.values())
        assert history.entries(db)[-1].after == {"people": ["p0001"], "groups": [], "grades_kept": False}
        assert documents.get(db, "g001", "examined") == {"file": "[removed]"}
        assert documents.get(db, "g001", "facts") is not None
        assert removal.unfinished(db) is None
        assert db.execute(select(redaction)).all() == []


def test_the_last_member_of_a_group(book):
    (book.folder / "submissions" / "g002" / "x").mkdir(parents=True)
    (book.folder / "submissions" / "g001").mkdir()
    forget(book, "Cem Can")
    assert [path.name for path in (book.folder / "submissions").iterdir()] == ["g001"]
    with book.reading() as db:
        assert [group.key for group in people.groups(db)] == ["g001", "g003"]
        assert set(hand_ins.current(db)) == set(marks.all_marks(db)) == {"g001", "g003"}
        assert pairs.get_all(db) == ()
        assert documents.get_all(db, "quality").keys() == {"g001", "g003"}
        assert documents.get_all(db, "facts") == documents.get_all(db, "clusters") == {}
        assert documents.get(db, "", "sheet") == {}
        gone = history.entries(db, "g002")
        assert [(entry.before, entry.after, entry.why) for entry in gone] == [
            (None, "[removed]", None),
            (None, "[removed]", "[removed]"),
        ]
    with book.writing() as db:
        assert people.put_group(db, name="New", identifier=None) == "g004"
        assert people.put_person(db, identifier=None, name="New", email="") == "p0005"


@SQLITE
def test_somebody_in_no_group(book):
    assert forget(book, "Dora Ek").leaving.keys == ("p0004",)


def test_a_removal_that_was_cut_off_is_finished_by_the_next(book, capsys):
    (book.folder / "submissions" / "g002").mkdir(parents=True)
    with book.writing() as db:
        removal.remove(db, privacy.find(db, "Cem Can"), who="ta", what="forget")
    assert cleaning.finish_interrupted(book)
    assert "is finished now" in capsys.readouterr().err
    assert not (book.folder / "submissions" / "g002").exists()
    assert not cleaning.finish_interrupted(book)


@SQLITE
def test_what_holds_out_is_said_and_finished_later(book, monkeypatch):
    leaving = forgetting.meant(book, "Cem Can")
    with monkeypatch.context() as patch:
        patch.setattr(cleaning, "SUBMISSIONS", "a file/below")
        (book.folder / "a file").mkdir()
        (book.folder / "a file" / "below").mkdir()
        (book.folder / "a file" / "below" / "g002").write_text("no folder")
        with pytest.raises(Exception, match="out of the grade book's tables, but") as told:
            forgetting.forget(book, leaving, who="ta")
        assert told.value.exit_code == 2
        assert "do the same again" in told.value.remedy
    with pytest.raises(privacy.Nobody):
        forgetting.meant(book, "Cem Can")
    assert cleaning.finish_interrupted(book)


@SQLITE  # PostgreSQL waits
def test_while_somebody_else_reads(book):
    with book.reading() as db:
        people.groups(db)
        with pytest.raises(Exception, match="could not be cleaned up"):
            forget(book, "Cem Can")
    assert cleaning.finish_interrupted(book)


@pytest.mark.postgresql
def test_a_user_who_does_not_own_the_tables(_postgresql, tmp_path):
    url = postgres.create(_postgresql)
    other = f"other{uuid.uuid4().hex}"
    with opened(tmp_path, url) as book, book.writing() as db:
        people.put_person(db, identifier=None, name="Ada Kaya", email="")
        db.exec_driver_sql(f"CREATE ROLE {other} LOGIN")
        db.exec_driver_sql(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {other}")
        db.exec_driver_sql(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {other}")
    with opened(tmp_path, url.replace("tests@", f"{other}@")) as book:
        with pytest.raises(Exception, match="does not own the tables") as told:
            forget(book, "Ada Kaya")
        assert told.value.exit_code == 2
    with opened(tmp_path, url) as book, book.writing() as db:
        assert removal.unfinished(db) is not None
        db.exec_driver_sql(f"DROP OWNED BY {other}")
        db.exec_driver_sql(f"DROP ROLE {other}")


def test_only_what_an_export_wrote_is_removed(tmp_path):
    out = tmp_path / "out"
    files = {"grades.csv": b"a", "feedback/g001.html": b"b", "edited.csv": b"c"}
    (out / "feedback").mkdir(parents=True)
    for name, content in (*files.items(), ("export.json", export.folder.manifest(files))):
        (out / name).write_bytes(content)
    (out / "edited.csv").write_text("mine")
    (out / "feedback" / "mine.txt").write_text("mine")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "export.json").write_text('{"files": {"../out/edited.csv": ""}}')
    assert exports.remove(tmp_path) == (out,)
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert left == ["other/export.json", "out/edited.csv", "out/feedback/mine.txt"]


def test_what_cannot_be_looked_into_is_said(tmp_path):
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 no zip")
    (tmp_path / "Ada-Kaya.txt").write_text("x")
    (tmp_path / "other.txt").write_text("x")
    names = privacy.names.of_person("Ada Kaya", "", "")
    found = leftovers.in_files(tmp_path, names, ())
    assert found == ("Ada-Kaya.txt", "broken.zip (a zip that could not be looked into wholly)")


def test_names_that_other_packages_gave():
    assert removal.OF_PEOPLE == (export.SENT, importing.EXTENSIONS)
    assert importing.WORKSHEET == "worksheet"
    assert set(run.OF_ALL) <= set(removal.BETWEEN_GROUPS)
    assert not set(run.OF_GROUP) & set(removal.BETWEEN_GROUPS)
    assert exports.MANIFEST == export.folder.MANIFEST
    assert exports.MADE_BY.encode() in export.folder.manifest({})


def test_every_identity_column_is_cleared():
    """A column that is added to the tables some day has to be thought of here."""
    assert {column.name for column in identity.columns} == {
        "subject", "kind", "identifier", "name", "email", "worksheet",
    }  # fmt: skip
