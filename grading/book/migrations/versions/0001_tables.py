"""The tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SUBJECT = sa.String(16)
SHA256 = sa.String(64)
MOMENT = sa.String(32)


def upgrade() -> None:
    """Makes them."""
    _people()
    _marks()
    _findings()
    _history()


def _people() -> None:
    op.create_table(
        "identity",
        sa.Column("subject", SUBJECT, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("identifier", sa.Text),
        sa.Column("name", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("worksheet", sa.Text),
        sa.PrimaryKeyConstraint("subject", name="pk_identity"),
        sa.UniqueConstraint("kind", "identifier", name="uq_identity_kind"),
    )
    op.create_table(
        "member",
        sa.Column("person", SUBJECT, nullable=False),
        sa.Column("grp", SUBJECT, nullable=False),
        sa.Column("days_left", sa.Float),
        sa.PrimaryKeyConstraint("person", name="pk_member"),
        sa.ForeignKeyConstraint(
            ["person"], ["identity.subject"], name="fk_member_person", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_member_grp", "member", ["grp"])
    op.create_table(
        "hand_in",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("grp", SUBJECT, nullable=False),
        sa.Column("version", SHA256, nullable=False),
        sa.Column("received", MOMENT),
        sa.Column("imported", MOMENT, nullable=False),
        sa.Column("files", sa.Text, nullable=False),
        sa.Column("troubles", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hand_in"),
        sa.UniqueConstraint("grp", "version", name="uq_hand_in_grp"),
    )
    op.create_index("ix_hand_in_grp", "hand_in", ["grp"])


def _marks() -> None:
    op.create_table(
        "grade_line",
        sa.Column("grp", SUBJECT, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("value", sa.Float),
        sa.Column("points", sa.Float),
        sa.Column("most", sa.Float, nullable=False),
        sa.Column("sentence", sa.Text),
        sa.Column("evidence", sa.Text),
        sa.Column("manual_points", sa.Float),
        sa.Column("manual_why", sa.Text),
        sa.Column("manual_who", sa.Text),
        sa.Column("manual_at", MOMENT),
        sa.Column("manual_version", SHA256),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("grp", "key", name="pk_grade_line"),
    )


def _findings() -> None:
    op.create_table(
        "document",
        sa.Column("grp", SUBJECT, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("inputs", SHA256, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("grp", "name", name="pk_document"),
    )
    op.create_table(
        "pair",
        sa.Column("grp_a", SUBJECT, nullable=False),
        sa.Column("grp_b", SUBJECT, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("containment", sa.Float),
        sa.Column("p", sa.Float),
        sa.Column("q", sa.Float),
        sa.Column("shared_edits", sa.Integer, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("grp_a", "grp_b", name="pk_pair"),
    )
    op.create_table(
        "consensus",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("label", sa.Text),
        sa.Column("share", sa.Float),
        sa.Column("tie", sa.Integer, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consensus"),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("grp", SUBJECT),
        sa.Column("line", sa.String(64)),
        sa.Column("version", sa.Integer),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("why", sa.Text),
        sa.UniqueConstraint("grp", "line", "version", name="uq_history_grp"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_history_grp", "history", ["grp"])
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.CheckConstraint("id = 0", name="ck_redaction_passing"),
        sa.ForeignKeyConstraint(
            ["id"], ["history.id"], name="fk_redaction_id", deferrable=True, initially="DEFERRED"
        ),
    )
