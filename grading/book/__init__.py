"""The grade book: SQLite or PostgreSQL, marks with versions, a history that only grows."""
