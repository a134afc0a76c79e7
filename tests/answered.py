"""Predictions of a tuned model and its base for a file's site, with hostile text on both sides.

Every text is one of the site's own rows, so that its measures are known already and nothing waits for an engine.
"""

import csv
import io
from dataclasses import replace

from dashboard.site import Named
from tests.sites import FAULTY, FORMULA, LINKS, MENDED, PROMPTS, SCRIPT, UNSEEN

ASKED = [PROMPTS[5], PROMPTS[6], PROMPTS[7], PROMPTS[3], PROMPTS[4]]
GOOD, WORSE = MENDED[5], FAULTY[7]
TUNED = [GOOD, SCRIPT, WORSE, MENDED[6], ""]
BASE = [WORSE, FORMULA, UNSEEN, MENDED[6], LINKS]
IDS = ["t1", "=t2", "<i>t3</i>", "t4", "t5"]


def write(path, *columns, header):
    """A CSV of those columns."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *zip(*columns, strict=True)])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def with_predictions(site, folder, *, base=True, first=GOOD, **named):
    """The site with predictions named beside its file."""
    columns = [IDS, ASKED, [first, *TUNED[1:]], *([BASE] if base else [])]
    header = ["id", "instruction", "prediction", *(["base_prediction"] if base else [])]
    path = write(folder / "predictions.csv", *columns, header=header)
    return replace(site, named=Named(predictions=path, **named))
