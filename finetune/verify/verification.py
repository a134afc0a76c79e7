"""The files that were named, held against the records: link by link, the chain of one predictions file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from finetune.base_model.base import find, fingerprint
from finetune.prediction import answers
from finetune.rows import questions, tokenizer
from finetune.run_folder import RunFolder
from finetune.verify import run_files
from quality import config as settings
from quality import lineage, table
from quality.errors import InputError
from quality.lineage import AtHand, Bundle, Digest, Link, State, Version
from quality.table import Columns, Table
from quality.wording import count, listed

NO_RECORDS = (
    "put what `finetune predict` wrote beside the predictions there again, or name the notebook with its outputs: "
    "--notebook FILE"
)


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
        base_predictions=_base_answers(predictions, written),
        **(run_files.digests(RunFolder(run)) if run else {}),
        **(_of_base(base) if base else {}),
    )
    links = (
        *lineage.links(bundle, at_hand),
        *_named_rows_link(bundle, written),
        *(run_files.links(bundle, RunFolder(run)) if run else ()),
        *(_notebook_links(beside, embedded) if notebook else ()),
    )
    return Verification(predictions, links, bundle)


def _records(predictions: Path, notebook: Path | None) -> tuple[Bundle | None, Bundle | None]:
    """The records beside the predictions, and those in the notebook."""
    side_file = lineage.side_file(predictions)
    beside = lineage.read_bundle(side_file) if side_file.exists() else None
    return beside, lineage.bundle_in_notebook(notebook) if notebook else None


def _base_answers(path: Path, written: Table) -> Version | None:
    """The untrained base's answers, where the file has any."""
    if answers.BASE not in written.columns:
        return None
    return Version.of(answers.parsed(written.source, path, answers.BASE))


def _named_rows_link(bundle: Bundle, written: Table) -> Iterator[Link]:
    """Whether the rows that the record counts and names are those of the file."""
    made = bundle.predictions
    if made is None:
        return
    ids = {row.id for row in written.rows}
    strange = [row_id for row_id in (*made.cut, *made.unanswered, *made.trained_on) if row_id not in ids]
    wrong = f"it names rows that are not there: {listed(strange, 5)}" if strange else ""
    if made.rows != len(written.rows):
        wrong = f"it speaks of {count(made.rows, 'row')}, and there are {len(written.rows):,}"
    yield run_files.link("rows that the prediction record names", wrong)


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


def _of_base(name: str) -> dict[str, Digest]:
    """What the base's files hold.

    Raises:
        ProofgateError: They are not here, or cannot be read.
    """
    found = find(name, download=False)
    here = fingerprint(found, read=True)
    assert found.folder is not None  # it was read
    return {"base_sha256": here, "tokenizer_sha256": tokenizer.load(found.folder).sha256}


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", where=str(path), remedy="look at the name and the folder"
        ) from None
