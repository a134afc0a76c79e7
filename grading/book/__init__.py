"""SQLite or PostgreSQL: marks with versions, a history that only grows.

tables       what stands where          versions, migrations   how an old book becomes a new one
book         opened, read, written      address, sqlite_file   which database, and whether it can be trusted
people, hand_ins, marks, documents, pairs, consensus_rows, history, settings: one table's part each
mark         one line, and the conflict of two who save it
marking, history_text        what the commands `mark` and `history` do
not_found                    what is said of a text that names no group
"""
