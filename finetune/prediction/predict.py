"""`finetune predict`, top to bottom: test file → run and base → answers → predictions and records → review.

Whatever can be refused is refused before the model is loaded. The predictions and their records are on disk before
the quality rules look at them, so that no rule's crash costs an answer.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from finetune.prediction import answering, answers, generate, journal, review
from finetune.prediction import progress as predict_progress
from finetune.prediction import task as predict_task
from finetune.prediction import trained as runs
from finetune.prediction.journal import Answer, Journal, Model
from finetune.prediction.task import Task
from finetune.rows import questions
from finetune.run_folder import RunFolder
from quality import config as configuration
from quality import console, files, lineage, progress
from quality.config import Settings
from quality.errors import InputError, ProofgateError
from quality.lineage import Bundle, PredictionRecord, Version
from quality.reports.escape import shown_id
from quality.table import Columns
from quality.wording import count, listed


def predict(
    run: Path,
    test: Path,
    out: Path,
    *,
    compare_base: bool = False,
    batch: int | None = None,
    max_new_tokens: int | None = None,
    base: str | None = None,
    guide: str | None = None,
    config: Path | None = None,
) -> int:
    """Answers the test file with the run's adapter; an interrupted command goes on where it stopped.

    Args:
        compare_base: Answer with the base alone, too.
        batch: Prompts at once; None takes the most that fits.
        max_new_tokens: Of one answer; None takes what 99% of the trained answers had.
        base: Where the run's base is now, if it has moved.
        guide: The style guide of the review; None takes the settings'.

    Returns:
        0, or 1 when a prompt left no room for an answer.

    Raises:
        ProofgateError: The predictions cannot be made, or not be reviewed; what is finished stays.
    """
    settings = configuration.load(config, start=Path.cwd())
    settings = replace(settings, guide=guide) if guide is not None else settings
    asked = questions.read(test, Columns(**settings.columns))
    predict_task.demand_targets(out, test, RunFolder(run), settings)
    review.demand(settings)
    trained = runs.read(run)
    place = predict_task.place(trained, base, out)  # before gigabytes are fetched
    task = predict_task.task(
        trained,
        runs.reader(trained, base),
        asked,
        out,
        place,
        compare_base=compare_base,
        batch=batch,
        max_new_tokens=max_new_tokens,
    )
    _say_before(task)
    content = _made_before(task)
    if content is None:
        content = _made(task)
    _review(content, task, settings)
    return 1 if task.work.unanswered else 0


def _say_before(task: Task) -> None:
    for note in task.asked.notes:
        console.say(f"note: {task.asked.path.name}: {note}")
    if task.work.trained.gate is None:
        gate = task.work.trained.folder.gate
        console.say(f"note: {gate} is gone, so that the predictions' records do not say what the gate said")
    if task.trained_on:
        asks = "asks" if len(task.trained_on) == 1 else "ask"
        console.say(
            f"note: {count(len(task.trained_on), 'row')} {asks} what the adapter was trained on, so that the answers "
            f"tell little: {_named(task.trained_on)}"
        )
    if task.work.unanswered:
        ids = task.ids(task.work.unanswered)
        fill = "fills" if len(ids) == 1 else "fill"
        console.say(
            f"note: {count(len(ids), 'instruction')} {fill} the base's context of "
            f"{task.work.reader.base.shape.context:,} tokens and cannot be answered: {_named(ids)}"
        )


def _made_before(task: Task) -> bytes | None:
    """The predictions that lie there already, if they are those that would be made now."""
    side = lineage.side_file(task.out)
    if not (task.out.is_file() and side.is_file()):
        return None
    try:
        record = lineage.read_bundle(side).predictions
    except InputError:
        return None
    content = task.out.read_bytes()
    same = record is not None and (
        record.run == lineage.run_record_sha256(task.work.trained.record)
        and record.test.data == task.asked.data_sha256
        and record.decoding == generate.decoding(task.work.cap)
        and record.with_base == ("base" in task.work.models)
        and record.predictions.file == hashlib.sha256(content).hexdigest()
    )
    if not same:
        return None
    console.say(f"{task.out} holds these predictions already; delete it to make them again")
    return content


def _made(task: Task) -> bytes:
    """The predictions' CSV, written with its records; every finished answer is kept on the way there."""
    bound = {
        "run": lineage.run_record_sha256(task.work.trained.record),
        "test file": task.asked.data_sha256,
        "device": task.device,
        **generate.decoding(task.work.cap),
    }
    path = journal.beside(task.out)
    with journal.opened(path, bound) as pages:
        found = _answered(task, pages)
        content = _written(task, found)
        journal.remove(path)
    _say_after(task, found)
    return content


def _answered(task: Task, pages: Journal) -> tuple[Answer, ...]:
    if pages.note:
        console.say(f"note: {pages.note}")
    if pages.found:
        console.say(f"going on after {len(pages.found):,} of {count(task.work.total, 'prediction')}")
    try:
        with predict_progress.predicting(task.work.total) as show:
            return answering.answer(task.work, pages, done=show, note=console.say)
    except KeyboardInterrupt:
        console.say("stopped; what is finished is kept, so run the same command again to go on")
        sys.exit(console.INTERRUPTED)


def _written(task: Task, found: Sequence[Answer]) -> bytes:
    """Writes the predictions, then the records that bind them."""
    base = _texts(found, "base") if "base" in task.work.models else None
    content = answers.as_csv(task.asked.rows, _texts(found, "tuned"), base)
    files.replace(task.out, content)
    record = _record(task, found, content)
    trained = task.work.trained
    lineage.write_bundle(lineage.side_file(task.out), Bundle(trained.gate, trained.record, record))
    return content


def _record(task: Task, found: Iterable[Answer], content: bytes) -> PredictionRecord:
    run, with_base = task.work.trained.record, "base" in task.work.models
    return PredictionRecord(
        run=lineage.run_record_sha256(run),
        base=task.work.reader.base.name,
        base_sha256=run.base_sha256,
        adapter_sha256=run.adapter_sha256,
        test=Version.of(task.asked),
        predictions=Version.of(answers.parsed(content, task.out)),
        rows=len(task.asked.rows),
        decoding=generate.decoding(task.work.cap),
        cut=task.ids(_cut(found, "tuned")),
        unanswered=task.ids(task.work.unanswered),
        trained_on=task.trained_on,
        with_base=with_base,
        versions=dict(task.machine.versions),
        device=task.device,
        base_predictions=Version.of(answers.parsed(content, task.out, answers.BASE)) if with_base else None,
    )


def _say_after(task: Task, found: Sequence[Answer]) -> None:
    rows, side = count(len(task.asked.rows), "row"), lineage.side_file(task.out).name
    console.say("\n".join([f"{rows} in {task.out}, the records in {side}", *_remarks(task, found)]))


def _remarks(task: Task, found: Sequence[Answer]) -> Iterator[str]:
    """What of the answers a reader should look at."""
    for model, whose in (("tuned", ""), ("base", " of the base")):
        cut_off = _cut(found, model)
        if cut_off:
            yield (
                f"{count(len(cut_off), 'answer')}{whose} cut off at {task.work.cap:,} tokens (--max-new-tokens): "
                f"{_named(task.ids(cut_off))}"
            )
        empty = sorted(answer.place for answer in found if answer.model == model and not answer.text)
        if empty:
            yield f"{count(len(empty), 'answer')}{whose} empty: {_named(task.ids(empty))}"


def _review(content: bytes, task: Task, settings: Settings) -> None:
    """The quality rules' word on the predictions, written beside them and said in short."""
    try:
        with progress.measuring(kept=True) as bar:
            found = review.review(
                content,
                task.out,
                settings,
                with_base="base" in task.work.models,
                progress=bar,
                note=lambda text: console.say(f"note: {text}"),
            )
    except ProofgateError:
        console.say(f"{task.out} is written; the quality rules could not look at it:")
        raise
    target = review.beside(task.out)
    files.replace(target, review.as_json(found))
    console.say(f"{review.summary(found)}\nThe whole of it is in {target}.")


def _texts(found: Iterable[Answer], model: Model) -> dict[int, str]:
    return {answer.place: answer.text for answer in found if answer.model == model}


def _cut(found: Iterable[Answer], model: str) -> list[int]:
    return sorted(answer.place for answer in found if answer.model == model and answer.cut)


def _named(ids: Iterable[str]) -> str:
    return listed(map(shown_id, ids))
