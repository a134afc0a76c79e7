"""The notebook's cells: what a student reads, and what runs.

`notebook.py` puts the settings cell before them. A heading says what happens and what to do when it fails; the code
names no file: the settings do.
"""

from __future__ import annotations

from typing import NamedTuple


class Cell(NamedTuple):
    """One step.

    Attributes:
        name: The same in every notebook, so that a cell can be found again.
        code: "" for a text alone.
    """

    name: str
    text: str
    code: str = ""


TITLE = Cell(
    "title",
    """
# Fine-tune behind the gate

From a corrected sheet to predictions: the data is checked, the gate says whether it may train a model, the base model
is fine-tuned (QLoRA), the test prompts are answered, and the records that bind all of it are kept in this notebook.

1. **Runtime ▸ Change runtime type ▸ T4 GPU**.
2. Look at the settings below.
3. **Runtime ▸ Run all**. Each step is a process of its own: nothing asks you to restart the runtime.

A step that fails stops the notebook and says what to do. Then, or after a disconnect, choose **Run all** again: what is
done is not done twice, and the training goes on from its last checkpoint.
""",
)

SETTINGS = """
## Settings

File names are those of the course. Change what differs for you, and nothing below.
"""

STEPS = (
    Cell(
        "install",
        """
## Install

Takes about a minute and a half in Colab; skipped when everything is here. If it fails, look at `SOURCE` in the
settings. It takes what `pip install` takes: a name, a Git address, a wheel in `/content` or in Drive.
""",
        """
import importlib.metadata
import importlib.util
import subprocess
import sys

NEEDED = ["finetune", "torch", "transformers", "peft", "bitsandbytes", "accelerate"]
missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
if missing:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", SOURCE]
    done = subprocess.run(pip, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(done.stdout)
    if done.returncode:
        raise RuntimeError("pip could not install SOURCE: the lines above say why")
    importlib.invalidate_caches()

from finetune.notebook import colab

colab.remove_old_torchao()
print("proofgate", importlib.metadata.version("proofgate"))
""",
    ),
    Cell(
        "token",
        """
## Token

`meta-llama` models are gated: accept the licence on the model's page at huggingface.co, make a token of kind *read*,
and keep it in Colab's secrets (the key icon on the left) as `HF_TOKEN`, open to this notebook. It is never printed.

No licence? Name an ungated base in the settings, such as `BASE = "TinyLlama/TinyLlama-1.1B-Chat-v1.0"`, or the folder
of a model that you have. Such a base needs no token.
""",
        """
colab.token()
""",
    ),
    Cell(
        "drive",
        """
## Google Drive (optional)

With `DRIVE = True` the checkpoints go to Google Drive and outlive a disconnect: **Run all** goes on where it stopped.
They take about 1.2 GB there. Without, a new runtime starts the training again.
""",
        """
RUN = colab.run_folder(OUT, in_drive=DRIVE)
""",
    ),
    Cell(
        "files",
        """
## Files

The corrected sheet and the test prompts. In Colab you are asked for what is missing.
""",
        """
colab.files(DATA, TEST)
""",
    ),
    Cell(
        "gate",
        """
## Check and gate

The check shows the sheet in figures; the gate says whether it may train a model. If it refuses: mend the rows that its
reasons name (`quality check` on your own machine shows each finding), put the new file here, and run this cell again.
With `DROP_FAILING = True` a refusal does not stop here: rows that do not pass are left out of the training, if enough
are left.
""",
        """
colab.run("quality", "check", DATA, *GATE_OPTIONS, "--statistics", "--exit-zero")
colab.run("quality", "gate", DATA, *GATE_OPTIONS, refusal_stops=not DROP_FAILING)
""",
    ),
    Cell(
        "plan",
        """
## Plan

What the training will take: rows used and dropped, lengths in tokens, memory against the GPU's, time. Without a GPU it
plans for a T4. If it says no, its last lines say what to change; options that they name go into `TRAIN_OPTIONS`.
""",
        """
recipe = ["--base", BASE, "--template", TEMPLATE, "--test", TEST, *GATE_OPTIONS, *TRAIN_OPTIONS]
recipe += ["--budget-min", BUDGET_MIN] if BUDGET_MIN else []
recipe += ["--drop-failing"] if DROP_FAILING else []
colab.run("finetune", "plan", DATA, *recipe)
""",
    ),
    Cell(
        "train",
        """
## Train

Times three steps first and says how much of the data fits the budget. Interrupted? Run this cell again: it goes on from
the last checkpoint. With another sheet or other settings it refuses to go on: give `OUT` another name. If a library is
another version than before (Colab was updated meanwhile), add `"--accept-versions"` to the words below.
""",
        """
colab.run("finetune", "run", DATA, *recipe, "--out", RUN)
""",
    ),
    Cell(
        "loss",
        """
## Loss

It should fall and level out. A curve that stays flat or jumps: look at the data, or try a lower learning rate.
""",
        """
from IPython.display import Image, display

display(Image(f"{RUN}/loss.png"))
""",
    ),
    Cell(
        "predict",
        """
## Predict

Answers the test prompts, the longest first, and keeps every finished row. Interrupted? Run this cell again. A prompt
that is too long for the base gets no answer; it is named, and the others are answered.
""",
        """
answers = ["--compare-base"] if COMPARE_BASE else []
colab.run("finetune", "predict", "--run", RUN, TEST, "-o", PREDICTIONS, *answers, refusal_stops=False)
""",
    ),
    Cell(
        "look",
        """
## Ten predictions

As plain text; personal data is masked here, not in the file.
""",
        """
colab.show_predictions(PREDICTIONS)
""",
    ),
    Cell(
        "lineage",
        """
## Lineage

Do data, run and predictions speak of one another? The records go into this notebook, so keep its outputs. A broken link
is named: run again from the step that it names. This shows that the files belong together, not who made them.
""",
        """
colab.run("finetune", "verify", PREDICTIONS, "--run", RUN, "--data", DATA, "--test", TEST, "--base", BASE)
colab.embed_lineage(PREDICTIONS)
""",
    ),
    Cell(
        "download",
        """
## Download

The predictions come by themselves. Then **File ▸ Download ▸ Download .ipynb**, with all outputs: the sheet, the
predictions and this notebook are what you hand in.
""",
        """
colab.download(PREDICTIONS)
""",
    ),
)
