"""What alembic runs: the versions that are missing, on the connection and in the transaction that it is given."""

from __future__ import annotations

from alembic import context

from grading.book.tables import metadata
from grading.book.versions import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
context.run_migrations()
