"""A corrected cell → a new file beside the user's own, with its row checked again.

cells      a cell's text ↔ what a browser can hold of it
splice     one record of a big file replaced, without reading the others again
files      the corrected file, the log beside it, and what another program did to them
recheck    one row checked again, and what the last full check says of it beside the others
checking   the one thread that checks, its worker process kept ready
desk       all of that for the file at hand: save, undo, start anew, write in place
overlay    a row of the index → the row as it is corrected
panel      the form
"""
