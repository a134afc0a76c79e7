"""The grade book's tables. Who people are stands in `identity` alone; all else speaks of `g007` and `p0123`.

    identity, member         who is in which group
    hand_in                  what they handed in; the newest counts, the others are kept
    grade_line               the program's value beside the person's mark, with a version that every save raises
    document                 what a run found out about a group, as JSON
    pair, consensus          what a run found out about the groups together
    history                  who did what, when and why; triggers refuse to change or delete it
    setting                  facts about the course that belong to no group
    review, vote             what persons decided in the dashboard about single rows and answers, with versions; a
                             row's second look, by somebody else, stands beside its first
    dismissal                findings that a person says are mistaken; taken back, never deleted
    access                   who may open the dashboard: hashes of invitations and of sessions, never the tokens
    redaction                a row in it lets `forget` and `purge` past the triggers; none that leaves one can commit

One thing can tell a name beside `identity`: what a hand-in's files were called, in `hand_in.troubles` and the document
`examined`. `forget` and `purge` rewrite both.

Text that somebody else wrote is stored as JSON in ASCII: PostgreSQL takes neither NUL nor half a surrogate.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


class Json(TypeDecorator[Any]):
    """JSON values, written in ASCII with sorted keys, so that equal values are equal texts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The text that is stored; None stays NULL."""
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """The values again."""
        return None if value is None else json.loads(value)


SUBJECT = String(16)
"""`g007`, `p0123`: a letter and a number, given in the order of first sight, never again after `forget`."""
MAX_IDENTIFIER = 200
"""Characters; as JSON in ASCII at most twelve times as many bytes, and a PostgreSQL index holds 2,704."""
SHA256 = String(64)
MOMENT = String(32)
"""ISO 8601 in UTC with microseconds, `2026-11-23T18:09:07.000000+00:00`: sorts as text in both databases."""

identity = Table(
    "identity",
    metadata,
    Column("subject", SUBJECT, primary_key=True),
    Column("kind", String(8), nullable=False),  # group | person
    Column("identifier", Json),  # as the LMS numbers it; NULL where nothing says
    Column("name", Json),
    Column("email", Json),
    Column("worksheet", Json),  # the person's row of the worksheet that the TA downloaded
    UniqueConstraint("kind", "identifier"),
)

member = Table(
    "member",
    metadata,
    Column("person", SUBJECT, ForeignKey("identity.subject", ondelete="CASCADE"), primary_key=True),
    Column("grp", SUBJECT, nullable=False, index=True),
    Column("days_left", Float),  # late days; NULL: the course's own number
)

hand_in = Table(
    "hand_in",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("grp", SUBJECT, nullable=False, index=True),
    Column("version", SHA256, nullable=False),
    Column("received", MOMENT),
    Column("imported", MOMENT, nullable=False),
    Column("files", Json, nullable=False),  # role → path below the course folder
    Column("troubles", Json, nullable=False),
    UniqueConstraint("grp", "version"),
)

grade_line = Table(
    "grade_line",
    metadata,
    Column("grp", SUBJECT, primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("value", Float),  # 0..1; NULL: not graded
    Column("points", Float),  # of the program; NULL: not graded
    Column("most", Float, nullable=False),  # points that the line can give
    Column("sentence", Json),
    Column("evidence", Json),
    Column("manual_points", Float),  # of a person; NULL: nobody marked it
    Column("manual_why", Json),
    Column("manual_who", Json),
    Column("manual_at", MOMENT),
    Column("manual_version", SHA256),  # of the hand-in that the person saw
    Column("version", Integer, nullable=False),  # raised by every save
)

document = Table(
    "document",
    metadata,
    Column("grp", SUBJECT, primary_key=True),
    Column("name", String(32), primary_key=True),
    Column("inputs", SHA256, nullable=False),  # of all that it was made from
    Column("body", Json, nullable=False),
)

pair = Table(
    "pair",
    metadata,
    Column("grp_a", SUBJECT, primary_key=True),
    Column("grp_b", SUBJECT, primary_key=True),
    Column("score", Float, nullable=False),
    Column("containment", Float),
    Column("p", Float),
    Column("q", Float),
    Column("shared_edits", Integer, nullable=False),
    Column("evidence", Json, nullable=False),
)

consensus = Table(
    "consensus",
    metadata,
    Column("id", Json, primary_key=True),
    Column("label", Json),
    Column("share", Float),
    Column("tie", Integer, nullable=False),
    Column("evidence", Json, nullable=False),
)

history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", MOMENT, nullable=False),
    Column("who", Json, nullable=False),
    Column("what", String(32), nullable=False),  # automatic | manual | import | export | forget | purge | …
    Column("grp", SUBJECT, index=True),
    Column("line", String(64)),
    Column("version", Integer),  # of the line, after it: 1, 2, 3, … without a gap
    Column("before", Json),
    Column("after", Json),
    Column("why", Json),
    UniqueConstraint("grp", "line", "version"),
    sqlite_autoincrement=True,  # a purged entry's number is never given again
)

setting = Table(
    "setting",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Json, nullable=False),
)

REF = SHA256
"""Of a row's id and its number among rows of that id: ids are text that somebody else wrote, of any length."""

review = Table(
    "review",
    metadata,
    Column("grp", SUBJECT, primary_key=True),
    Column("ref", REF, primary_key=True),
    Column("look", Integer, primary_key=True, autoincrement=False),  # 1, or 2 without knowing the first
    Column("row_id", Json, nullable=False),  # the id itself, for exports
    Column("content", SHA256, nullable=False),  # of the texts that the reviewer saw
    Column("state", String(16)),  # accepted | flagged; NULL: open again
    Column("label", Json),  # the fail mode that the reviewer gives instead; NULL: the row's own
    Column("comment", Json),
    Column("who", Json, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("version", Integer, nullable=False),  # raised by every save
)

dismissal = Table(
    "dismissal",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("scope", String(8), nullable=False),  # row | text | word
    Column("code", String(16), nullable=False),
    Column("content", SHA256, nullable=False),  # of what it holds for, as the scope says
    Column("grp", SUBJECT, nullable=False),  # where the person saw it
    Column("ref", REF, nullable=False),
    Column("body", Json, nullable=False),  # row id, column, span, words
    Column("why", Json, nullable=False),
    Column("who", Json, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("undone_who", Json),  # NULL: it holds
    Column("undone_at", MOMENT),
    sqlite_autoincrement=True,
)

vote = Table(
    "vote",
    metadata,
    Column("grp", SUBJECT, primary_key=True),
    Column("ref", REF, primary_key=True),
    Column("voter", SHA256, primary_key=True),  # of the name
    Column("content", SHA256, nullable=False),  # of the two answers that were shown
    Column("choice", String(8), nullable=False),  # base | tuned | tie
    Column("who", Json, nullable=False),
    Column("at", MOMENT, nullable=False),
)

access = Table(
    "access",
    metadata,
    Column("token", SHA256, primary_key=True),  # the hash of what the browser shows
    Column("kind", String(8), nullable=False),  # invite | session
    Column("name", Json, nullable=False),
    Column("made", MOMENT, nullable=False),
    Column("expires", MOMENT, nullable=False),
    Column("used", MOMENT),
)

redaction = Table(
    "redaction",
    metadata,
    # no history entry has the number 0, so a commit that leaves the row is refused
    Column(
        "id",
        Integer,
        ForeignKey("history.id", deferrable=True, initially="DEFERRED"),
        CheckConstraint("id = 0", name="passing"),
        primary_key=True,
        autoincrement=False,
    ),
)
