"""The rules of inference as a page for readers: docs/fail_modes.md.

`python -m quality.correction.evidence.book > docs/fail_modes.md` writes it anew; a test holds it in step with the code.
"""

from __future__ import annotations

import sys
from itertools import groupby

from quality import guide as guides
from quality.correction.evidence import CLUES
from quality.correction.inference import LEFT_ERROR, LEFT_WARNING
from quality.guide import StyleGuide

INTRODUCTION = """\
# Which fail mode did the original show?

Made from the rules themselves by `python -m quality.correction.evidence.book`; do not edit.

With `--original`, each rule below looks at one correction and says what it saw, with a weight of at most the one given
here. What speaks for one criterion is joined as independent signs are, 1 − (1 − a)(1 − b)…, and counts for the guide's
fail modes of that criterion. Where nothing was edited, only errors that are left on the output speak, with at most
{error:g}, and none that the checker itself calls doubtful. Beside edits, a warning that is left speaks too, with
{warning:g}.

A fail mode is plausible from a strength of {plausible:g} on. A label is **contradicted** (`LBL004`) when the
strongest mode reaches {clear:g} and the label's own strength stays below {second:g} of it; it **agrees** when it is
about the strongest, and is a **plausible second** in between. Where nothing reaches {clear:g}, no label is judged.
`none` on an edited output (`LBL005`) and a fault on an untouched one (`LBL006`) need no inference.

Which modes were inferred is shown with `--explain` alone: to choose the label is the annotator's work.
"""


def page(guide: StyleGuide) -> str:
    """The page on the shipped rules under that guide, in Markdown."""
    parts = [
        INTRODUCTION.format(
            error=LEFT_ERROR,
            warning=LEFT_WARNING,
            plausible=guide.threshold("fail_mode.plausible"),
            clear=guide.threshold("fail_mode.clear"),
            second=guide.threshold("fail_mode.second"),
        )
    ]
    for criterion, clues in groupby(CLUES, key=lambda clue: clue.criterion):
        modes = [f"`{mode.name}`" for mode in guide.fail_modes.values() if mode.criterion == criterion]
        lines = [f"| {clue.name} | {clue.weight:g} | {clue.looks_at} |\n" for clue in clues]
        parts.append(
            f"## {guide.criteria[criterion].title}\n\nSpeaks for {', '.join(modes)}.\n\n"
            f"| rule | weight | looks at |\n| --- | --- | --- |\n{''.join(lines)}"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.buffer.write(page(guides.load()).encode("utf-8"))
