"""How hostile text, rows, findings, changes and charts are shown: the only place that makes HTML.

What it is given may be anything; what it shows is inert, in both themes, and its invisible characters are visible.

    label, labels, plain     words for widgets, table cells and our own sentences
    text, marked, changed    one cell; a cell with spans; two versions side by side
    entry                    one row in full
    trouble, empty           why something cannot be shown, and what to do
    note                     a paragraph with commands in it
    nothing                  that a site has no rows, and what to do
    grid                     a table with a selection
    bars, histogram, matrix  charts
    style                    the style sheet, once a look
"""

from dashboard.shown.blocks import changed, empty, marked, note, style, text, trouble
from dashboard.shown.charts import Bar, Cell, bars, histogram, matrix
from dashboard.shown.grid import grid, selected
from dashboard.shown.nothing import nothing
from dashboard.shown.row import entry
from dashboard.shown.words import label, labels, plain

__all__ = [
    "Bar",
    "Cell",
    "bars",
    "changed",
    "empty",
    "entry",
    "grid",
    "histogram",
    "label",
    "labels",
    "marked",
    "matrix",
    "note",
    "nothing",
    "plain",
    "selected",
    "style",
    "text",
    "trouble",
]
