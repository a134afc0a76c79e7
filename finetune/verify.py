"""`finetune verify`: do data, run, adapter and predictions speak of one another?

It walks the records link by link and holds the files that it is given against them. It shows consistency, not honesty:
whoever owns the files can make all of them anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from finetune import checkpoint
from finetune.base_model.base import find, fingerprint
from finetune.prediction import answers
from finetune.rows import questions
from finetune.run_folder import RunFolder
from quality import __version__, lineage, table
from quality import config as settings
from quality.errors import InputError
from quality.lineage import AtHand, Bundle, Link, RunRecord, State, Version
from quality.reports.escape import visible
from quality.table import Columns, Table
from quality.wording import count

FORMAT = 1
MEANING = "This shows that the files belong together, not who made them."
NO_RECORDS = (
    "put what `finetune predict` wrote beside the predictions there again, or name the notebook with its outputs: "
    "--notebook FILE"
)
_OPTIONS = {
    "data": "--data",
    "test file": "--test",
    "adapter": "--run",
    "base model": "--base",
}
"""Beginning of a link → what has it checked."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The chain of one predictions file.

    Attributes:
        records: The records as they were found.
    """

    predictions: Path
    links: tuple[Link, ...]
    records: Bundle

    @property
    def broken(self) -> tuple[Link, ...]:
        """The links that do not hold."""
        return tuple(link for link in self.links if link.state is State.BROKEN)

    @property
    def exit_code(self) -> int:
        """0 when nothing is broken, else 1."""
        return 1 if self.broken else 0


def verify(
    predictions: Path,
    *,
    run: Path | None = None,
    data: Path | None = None,
    test: Path | None = None,
    base: str | None = None,
    notebook: Path | None = None,
    config: Path | None = None,
) -> Verification:
    """Every link of the chain behind those predictions, checked where what it needs was named.

    Args:
        run: The run's folder.
        data: What was trained on.
        test: The test prompts.
        base: The base model, a folder or a name; its files are read in full.
        notebook: A notebook whose outputs hold the records.
        config: Settings, which say what the columns are called; else those found from the working directory up.

    Raises:
        InputError: There are no records, or a file that was named cannot be read.
    """
    written = answers.parsed(_content(predictions), predictions)
    beside, embedded = _records(predictions, notebook)
    bundle = beside or embedded
    if bundle is None or not (bundle.predictions or "predictions" in bundle.damaged):
        raise InputError("no records speak of these predictions", where=str(predictions), remedy=NO_RECORDS)
    columns = Columns(**settings.load(config, start=Path.cwd()).columns)
    at_hand = AtHand(
        data=Version.of(table.read(data, columns, labels_required=False)) if data else None,
        test=Version.of(questions.read(test, columns)) if test else None,
        predictions=Version.of(written),
        adapter_sha256=_adapter_sha256(run) if run else None,
        base_sha256=fingerprint(find(base, download=False)) if base else None,
    )
    links = (
        *lineage.links(bundle, at_hand),
        *_base_answers_links(bundle, written),
        *(_run_links(bundle, run) if run else ()),
        *(_notebook_links(beside, embedded) if notebook else ()),
    )
    return Verification(predictions, links, bundle)


def as_text(found: Verification) -> str:
    """The chain for a reader: the verdict first, then link by link."""
    name = visible(found.predictions.name)
    unchecked = [link for link in found.links if link.state is State.NOT_CHECKED]
    verdict = f"broken: {'; '.join(link.name for link in found.broken)}" if found.broken else "consistent"
    if unchecked:
        verdict += f" ({count(len(unchecked), 'link')} not checked)"
    width = max(len(state) for state in State)
    lines = [f"{name}: {verdict}"]
    for link in found.links:
        detail = f": {visible(link.detail)}" if link.detail else ""
        lines.append(f"  {link.state:<{width}}  {link.name}{detail}{_how_to_check(link)}")
    return "\n".join([*lines, MEANING, ""])


def as_json(found: Verification) -> str:
    """The links and the complete records, for a program."""
    body = {
        "format": FORMAT,
        "tool": {"name": "proofgate", "version": __version__},
        "predictions": found.predictions.name,
        "consistent": not found.broken,
        "links": [asdict(link) for link in found.links],
        "meaning": MEANING,
        "records": lineage.as_json(found.records),
    }
    return json.dumps(body, indent=1, ensure_ascii=True) + "\n"


def _how_to_check(link: Link) -> str:
    if link.state is not State.NOT_CHECKED:
        return ""
    option = next((option for start, option in _OPTIONS.items() if link.name.startswith(f"{start} ↔")), "")
    return f" (name it with {option})" if option else ""


def _records(predictions: Path, notebook: Path | None) -> tuple[Bundle | None, Bundle | None]:
    """The records beside the predictions, and those in the notebook."""
    side_file = lineage.side_file(predictions)
    beside = lineage.read_bundle(side_file) if side_file.exists() else None
    return beside, lineage.bundle_in_notebook(notebook) if notebook else None


def _base_answers_links(bundle: Bundle, written: Table) -> Iterator[Link]:
    """Whether the untrained base's answers are as written; the record has them in the file's bytes alone."""
    made = bundle.predictions
    if made is None or not made.with_base:
        return
    name = "base's predictions ↔ prediction record"
    if made.predictions.file == written.sha256:
        yield Link(name, State.CONSISTENT)
    else:
        yield Link(name, State.NOT_CHECKED, "the file is not the one that was written, byte for byte")


def _notebook_links(beside: Bundle | None, embedded: Bundle | None) -> Iterator[Link]:
    name = "notebook ↔ records beside the predictions"
    if embedded is None:
        yield Link(name, State.NOT_CHECKED, "no output of the notebook holds records")
    elif beside is None:
        yield Link(name, State.NOT_CHECKED, "there are none beside them; the notebook's were read")
    elif embedded == beside:
        yield Link(name, State.CONSISTENT)
    else:
        yield Link(name, State.BROKEN, "the notebook holds the records of another chain")


def _run_links(bundle: Bundle, run: Path) -> Iterator[Link]:
    """Whether the folder is that run's, and its adapter as it was sealed."""
    name = "run folder ↔ run record"
    if bundle.run is None:
        yield Link(name, State.NOT_CHECKED, "the run record is not at hand")
    else:
        wrong = _unlike(bundle.run, RunFolder(run).record)
        yield Link(name, State.BROKEN if wrong else State.CONSISTENT, wrong)
    faults = checkpoint.faults(RunFolder(run).adapter)
    yield Link("adapter ↔ its manifest", State.BROKEN if faults else State.CONSISTENT, "; ".join(faults))


def _unlike(record: RunRecord, path: Path) -> str:
    """Why the record at that path is not this one; "" when it is."""
    try:
        return "" if lineage.read_run_record(path) == record else "it is the folder of another run"
    except InputError as error:
        return f"{path.name} {error.what}"


def _adapter_sha256(run: Path) -> str:
    """The adapter's hash; "", like that of no run, when its files are not those that were sealed."""
    folder = RunFolder(run)
    if not folder.record.is_file() or not folder.adapter.is_dir():
        raise InputError(
            "is not the folder of a finished run",
            where=str(run),
            remedy="name the one that `finetune run --out` filled",
        )
    return "" if checkpoint.faults(folder.adapter) else checkpoint.digest(folder.adapter)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", where=str(path), remedy="look at the name and the folder"
        ) from None
