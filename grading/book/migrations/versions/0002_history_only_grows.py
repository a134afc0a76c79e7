"""History that only grows: the database itself refuses to change or delete an entry.

They guard against mistakes and bugs, not against the database's owner, who can drop them.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE = (
    """
    CREATE TRIGGER history_no_update BEFORE UPDATE ON history WHEN NOT EXISTS (SELECT 1 FROM redaction)
    BEGIN SELECT RAISE(ABORT, 'history only grows'); END
    """,
    """
    CREATE TRIGGER history_no_delete BEFORE DELETE ON history WHEN NOT EXISTS (SELECT 1 FROM redaction)
    BEGIN SELECT RAISE(ABORT, 'history only grows'); END
    """,
    # INSERT OR REPLACE deletes what is in its way, and delete triggers hear of it only with recursive_triggers
    """
    CREATE TRIGGER history_no_replace BEFORE INSERT ON history WHEN EXISTS (
        SELECT 1 FROM history
        WHERE id = NEW.id OR (grp = NEW.grp AND line = NEW.line AND version = NEW.version)
    )
    BEGIN SELECT RAISE(ABORT, 'history only grows'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION history_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_LEVEL = 'ROW' AND EXISTS (SELECT 1 FROM redaction) THEN
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'history only grows' USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    """
    CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE ON history
    FOR EACH ROW EXECUTE FUNCTION history_only_grows()
    """,
    """
    CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON history
    FOR EACH STATEMENT EXECUTE FUNCTION history_only_grows()
    """,
)


def upgrade() -> None:
    """Makes the triggers."""
    for statement in SQLITE if op.get_context().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
