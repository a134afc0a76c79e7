"""One annotator's work on one file: each answer saved, logged, recorded, and its row checked again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from quality import files, lineage, table
from quality import fix as fixing
from quality.errors import InputError
from quality.interactive import answers as logs
from quality.interactive.answers import Answer, Reply
from quality.interactive.questions import Question, following, open_questions, progress
from quality.lineage import FixRecord, Version
from quality.model import Report
from quality.run import Request
from quality.table import Table

Check = Callable[[Request], Report]


@dataclass(frozen=True, slots=True)
class Places:
    """The files that a session writes.

    Attributes:
        named: Whether the user named the target, so that it may be overwritten.
    """

    target: Path
    log: Path
    record: Path
    named: bool


def places(target: Path, record: Path | None, *, named: bool) -> Places:
    """Where a session on that target writes.

    Raises:
        InputError: The target is a pipe or a device, which cannot be gone on with.
    """
    if files.is_special(target):
        raise InputError(
            "is not a file that answers can be saved in", where=str(target), remedy="name a file with -o"
        )
    log = target.with_name(f"{target.name}.answers.jsonl")
    return Places(target, log, record or target.with_name(f"{target.name}.fix.json"), named)


@dataclass(slots=True)
class Session:
    """The state of the work.

    Attributes:
        begun: The table with which the answers began.
        current: The table as it is on disk after the last answer.
        report: On `current`.
        answers: Those that count, of earlier sessions too.
        row: The record number that the annotator is at.
        log_bytes: Length of the log; 0 as long as there is none.
    """

    request: Request
    places: Places
    check: Check
    begun: Version
    current: Table
    report: Report
    answers: list[Answer]
    row: int = 0
    log_bytes: int = 0

    def questions(self) -> list[Question]:
        """What is not answered yet."""
        rows = {row.row: row for row in self.current.rows}
        return open_questions(self.report.findings, rows, self.answers)

    def next(self) -> Question | None:
        """The question to ask now; None when all are answered."""
        found = following(self.questions(), self.row)
        self.row = found.row.row if found else self.row
        return found

    def progress(self) -> tuple[int, int]:
        """The place of the row at hand among the rows with findings, and how many these are."""
        return progress(self.questions(), self.answers, self.row)

    def give(
        self, question: Question, reply: Reply, *, cell: str = "", text: str = "", safe: bool = False
    ) -> None:
        """Saves an answer; `text` is the new content of the column `cell` where it changes one.

        Raises:
            InputError: It cannot be saved; all is as it was before.
        """
        row = question.row
        before = str(getattr(row, cell)) if cell else ""
        given = Answer(
            reply,
            row.row,
            row.id,
            question.finding.code,
            question.finding.column,
            question.content,
            cell,
            before,
            text,
            safe,
        )
        changed = cell and before != text
        self._begin()
        if changed:
            self._write(row.row, cell, text)
        self.log_bytes = logs.add(self.places.log, given, self.log_bytes)
        self.answers.append(given)
        if changed:
            self._checked()

    def undo(self) -> Answer | None:
        """Takes the last answer back; None when there is none.

        Raises:
            InputError: The cell was changed elsewhere since, or cannot be written.
        """
        if not self.answers:
            return None
        last = self.answers[-1]
        changed = last.cell and last.before != last.after
        if changed:
            now = next((row for row in self.current.rows if row.row == last.row), None)
            if now is None or getattr(now, last.cell) != last.after:
                raise InputError(
                    f"row {last.row} was changed since, so the last answer cannot be taken back",
                    where=str(self.places.target),
                    remedy="edit the text instead",
                )
            self._write(last.row, last.cell, last.before)
        self.log_bytes = logs.add(self.places.log, None, self.log_bytes)
        self.answers.pop()
        self.row = last.row
        if changed:
            self._checked()
        return last

    def fix_record(self) -> FixRecord:
        """What all answers together did."""
        return logs.fix_record(self.answers, self.begun, Version.of(self.current, self.places.target))

    def _begin(self) -> None:
        """Before the first answer: the log's head, and the file itself."""
        first, target = self.log_bytes == 0, self.places.target
        if first:
            self.log_bytes = logs.begin(self.places.log, self.begun)
        if not target.exists() or (first and target.read_bytes() != self.current.source):
            files.replace(target, self.current.source)

    def _write(self, row: int, column: str, text: str) -> None:
        self._still_ours()
        content = table.splice(self.current, {(row, column): text})
        edited = table.edited(self.current, content)
        files.replace(self.places.target, content)
        self.current = edited

    def _still_ours(self) -> None:
        """Raises: InputError: another program wrote to the file, and its work would be lost."""
        try:
            now = self.places.target.read_bytes()
        except OSError as error:
            raise InputError(
                f"cannot be read: {error.strerror}", where=str(self.places.target), remedy="answer again"
            ) from None
        if hashlib.sha256(now).hexdigest() != self.current.sha256:
            raise InputError(
                "was changed by another program since the last answer",
                where=str(self.places.target),
                remedy="quit and start again: all answers are saved, and the file is then read anew",
            )

    def _checked(self) -> None:
        self.report = self.check(replace(self.request, table=self.current))
        lineage.write_fix_record(self.places.record, self.fix_record())


def start(request: Request, places: Places, check: Check) -> Session:
    """The session, begun or gone on with.

    Raises:
        InputError: The target is there and not ours, or the log speaks of other data.
        EngineUnavailable: A rule's engine is not here, so that its findings would be missing.
    """
    log, data = logs.read(places.log), request.table
    if log is None and places.target.exists() and not places.named:
        raise InputError(
            "is there already", where=str(places.target), remedy="name the file to write with -o"
        )
    current = data if log is None or _is_in_place(places, data) else _gone_on(request, places, log)
    report = check(replace(request, table=current))
    fixing.need_engines(report)
    return Session(
        request=request,
        places=places,
        check=check,
        begun=log.data if log else Version.of(data),
        current=current,
        report=report,
        answers=list(log.answers) if log else [],
        log_bytes=log.bytes if log else 0,
    )


def _is_in_place(places: Places, data: Table) -> bool:
    return places.target.exists() and places.target.samefile(data.path)


def _gone_on(request: Request, places: Places, log: logs.Log) -> Table:
    """The corrected file of an earlier session, whatever was done to it since."""
    data, target, begin = request.table, places.target, f"move {places.log.name} away to begin anew"
    if log.data.data != data.data_sha256:
        raise InputError(
            "the answers here are about other data, or it was changed since",
            where=str(places.log),
            remedy=f"go on with `quality fix {target} --interactive -o {target}`, or {begin}",
        )
    if not target.exists():
        if log.answers:
            raise InputError(
                "is gone, but its answers are here", where=str(target), remedy=f"put it back, or {begin}"
            )
        return data
    columns = table.Columns(**{name: data.names.get(name, name) for name in table.NAMES})
    try:
        current = table.parse(target.read_bytes(), data.path, columns, labels_required=data.labelled)
    except (OSError, InputError) as error:
        raise InputError(
            f"cannot be gone on with: {error}", where=str(target), remedy=f"mend it, or {begin}"
        ) from None
    if data.rows and not {row.id for row in data.rows} & {row.id for row in current.rows}:
        raise InputError("has none of the data's rows", where=str(target), remedy=f"put it back, or {begin}")
    return table.with_originals(current, request.sheet) if request.sheet else current
