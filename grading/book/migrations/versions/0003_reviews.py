"""What persons decide in the dashboard: reviews, dismissals, votes, and who may open it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

SUBJECT = sa.String(16)
SHA256 = sa.String(64)
MOMENT = sa.String(32)


def upgrade() -> None:
    """Makes the tables."""
    _review()
    _dismissal()
    _vote()
    _access()


def _review() -> None:
    op.create_table(
        "review",
        sa.Column("grp", SUBJECT, nullable=False),
        sa.Column("ref", SHA256, nullable=False),
        sa.Column("look", sa.Integer, nullable=False),
        sa.Column("row_id", sa.Text, nullable=False),
        sa.Column("content", SHA256, nullable=False),
        sa.Column("state", sa.String(16)),
        sa.Column("label", sa.Text),
        sa.Column("comment", sa.Text),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("grp", "ref", "look", name="pk_review"),
    )


def _dismissal() -> None:
    op.create_table(
        "dismissal",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("scope", sa.String(8), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("content", SHA256, nullable=False),
        sa.Column("grp", SUBJECT, nullable=False),
        sa.Column("ref", SHA256, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("undone_who", sa.Text),
        sa.Column("undone_at", MOMENT),
        sqlite_autoincrement=True,
    )


def _vote() -> None:
    op.create_table(
        "vote",
        sa.Column("grp", SUBJECT, nullable=False),
        sa.Column("ref", SHA256, nullable=False),
        sa.Column("voter", SHA256, nullable=False),
        sa.Column("content", SHA256, nullable=False),
        sa.Column("choice", sa.String(8), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("grp", "ref", "voter", name="pk_vote"),
    )


def _access() -> None:
    op.create_table(
        "access",
        sa.Column("token", SHA256, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("made", MOMENT, nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.Column("used", MOMENT),
        sa.PrimaryKeyConstraint("token", name="pk_access"),
    )
