"""Documents, pairs, consensus and settings: what is kept last is what is there."""

import pytest
from sqlalchemy.exc import StatementError

from grading.book import consensus_rows, documents, pairs, settings


def test_documents_are_replaced_and_know_what_they_were_made_from(book):
    with book.writing() as db:
        documents.put(db, "g002", "quality", "aa", {"rows": 1})
        documents.put(db, "g001", "quality", "bb", {"rows": None, "text": "\x00\ud800"})
        documents.put(db, "g002", "quality", "cc", {"rows": 3})
        documents.put(db, documents.COURSE, "alpha", "dd", 0.5)
    with book.reading() as db:
        assert documents.inputs(db, "quality") == {"g001": "bb", "g002": "cc"}
        assert documents.get_all(db, "quality") == {
            "g001": {"rows": None, "text": "\x00\ud800"},
            "g002": {"rows": 3},
        }
        assert documents.get(db, "g002", "quality") == {"rows": 3}
        assert documents.get(db, "", "alpha") == 0.5
        assert documents.get(db, "g003", "quality") is None


def test_a_document_with_nan_is_never_kept(book):
    with pytest.raises(StatementError), book.writing() as db:
        documents.put(db, "g001", "quality", "aa", {"mean": float("nan")})
    with book.reading() as db:
        assert documents.get(db, "g001", "quality") is None


def test_pairs_replace_all_that_were_there(book):
    first = pairs.PairRow("g001", "g002", 0.5, 0.75, 1e-300, None, 3, [{"id": "1"}])
    second = pairs.PairRow("g001", "g003", 0.0, None, None, None, 0, [])
    with book.writing() as db:
        pairs.put_all(db, [second, first])
        assert pairs.get_all(db) == (first, second)
        pairs.put_all(db, iter([second]))
        assert pairs.get_all(db) == (second,)
        pairs.put_all(db, [])
        assert pairs.get_all(db) == ()


def test_consensus_rows_replace_all_that_were_there(book):
    tie = consensus_rows.ConsensusRow("1\x00\ud800", None, 0.5, True, {"votes": {"a": 1, "b": 1}})
    clear = consensus_rows.ConsensusRow("007", "grammar", 1.0, False, {})
    with book.writing() as db:
        consensus_rows.put_all(db, [tie])
        consensus_rows.put_all(db, [tie, clear])
        assert consensus_rows.get_all(db) == (clear, tie)


def test_settings(book):
    with book.writing() as db:
        assert settings.get(db, "worksheet") is None
        settings.put(db, "worksheet", {"header": ["Kimlik", "Not"]})
        settings.put(db, "worksheet", {"header": ["Identifier"]})
    with book.reading() as db:
        assert settings.get(db, "worksheet") == {"header": ["Identifier"]}
