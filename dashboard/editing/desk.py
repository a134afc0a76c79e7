"""The corrections of the file at hand: each is in the new file and its log when `save` returns."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from dashboard.editing import checking, recheck
from dashboard.editing.files import demand, free_name
from dashboard.editing.recheck import Alone
from dashboard.editing.splice import Copy, copy_of
from dashboard.model import Entry
from quality import files, lineage
from quality.errors import InputError, ProofgateError
from quality.interactive import answers as logs
from quality.interactive.answers import Answer, Reply
from quality.interactive.session import Places
from quality.lineage import FixRecord, Version
from quality.model import Row
from quality.plan import Request

Seen = tuple[str, str]
"""Output and label of a row as somebody saw them."""
_Texts = tuple[int, str, str]


class Stale(ProofgateError):
    """A save on a row that was corrected since the person saw it; nothing was saved.

    Attributes:
        row: As it is now.
        wanted: Column → the text that was to be saved.
    """

    exit_code = 1

    def __init__(self, row: Row, wanted: Mapping[str, str]) -> None:
        self.row = row
        self.wanted = wanted
        super().__init__(
            "the row was corrected meanwhile, in another tab or by somebody else; your text was not saved",
            where=f"row {row.row}",
            remedy="compare both versions, then keep theirs or save yours over it",
        )


@dataclass(slots=True)
class Desk:
    """The work on one file.

    Attributes:
        request: On the user's own file.
        copy: The corrected table as it is on disk.
        answers: The corrections that count, of earlier days too.
        resumed: How many of them were there when this began.
        log_bytes: Length of the log; 0 as long as there is none.
    """

    request: Request
    places: Places
    sheet: Mapping[str, Row] | None
    copy: Copy
    answers: list[Answer]
    resumed: int
    log_bytes: int
    lock: threading.RLock = field(default_factory=threading.RLock)
    alone: dict[_Texts, Alone] = field(default_factory=dict[_Texts, Alone])
    fresh: dict[int, tuple[_Texts, _Texts, Entry]] = field(
        default_factory=dict[int, tuple[_Texts, _Texts, Entry]]
    )
    is_warm: bool = False

    def row(self, number: int) -> Row:
        """The row as it is corrected now.

        Raises:
            InputError: The file has no such row.
        """
        found = self.copy.row(number)
        if found is None:
            raise InputError(f"has no row {number}", where=str(self.places.target), remedy="check it anew")
        return found

    def place(self, number: int) -> int:
        """Which row of the table it is, from 1."""
        return bisect_left(self.copy.table.rows, number, key=lambda row: row.row) + 1

    def of(self, entry: Entry) -> Row:
        """The row of that entry as it is corrected now.

        Raises:
            InputError: The file has another row there than when it was checked.
        """
        found = self.copy.row(entry.row.row)
        if found is None or found.id != entry.row.id:
            raise InputError(
                f"has another row {entry.row.row} than when it was checked",
                where=str(self.request.table.path),
                remedy="check the whole file again",
            )
        return found

    def changed(self) -> list[tuple[Row, Row]]:
        """Each row that differs from the user's own file: as it was there, and as it is."""
        pairs = zip(self.request.table.rows, self.copy.table.rows, strict=True)
        return [(old, new) for old, new in pairs if seen(old) != seen(new)]

    def save(
        self,
        number: int,
        as_seen: Seen,
        cells: Mapping[str, str],
        *,
        code: str = "",
        safe: bool | None = None,
    ) -> bool:
        """Writes the new texts of a row; False when they are what is there.

        Args:
            as_seen: What the person had before them.
            cells: `output`, `fail_mode` → new text.
            code: Of the rule whose correction was taken, if one was.
            safe: Whether that is a safe one; None where a person wrote the text.

        Raises:
            Stale: The row was corrected since.
            InputError: It cannot be saved; all is as it was before.
        """
        with self.lock:
            row = self.row(number)
            wanted = {column: text for column, text in cells.items() if getattr(row, column) != text}
            if seen(row) != as_seen and wanted:
                raise Stale(row, dict(cells))
            if not wanted:
                return False
            self._still_ours()
            self._write(number, wanted)
            for column, text in wanted.items():
                reply = Reply.LABEL if column == "fail_mode" else Reply.EDIT if safe is None else Reply.ACCEPT
                before = str(getattr(row, column))
                self._log(Answer(reply, number, row.id, code, column, "", column, before, text, bool(safe)))
            return True

    def undo(self) -> Answer | None:
        """Takes the last correction back; None when there is none.

        Raises:
            InputError: The cell was changed elsewhere since, or cannot be written.
        """
        with self.lock:
            if not self.answers:
                return None
            last = self.answers[-1]
            if getattr(self.row(last.row), last.cell, None) != last.after:
                raise InputError(
                    f"row {last.row} was changed since, so the last correction cannot be taken back",
                    where=str(self.places.target),
                    remedy="write the text instead",
                )
            self._still_ours()
            self._write(last.row, {last.cell: last.before})
            self.log_bytes = logs.add(self.places.log, None, self.log_bytes)
            self.answers.pop()
            return last

    def start_anew(self) -> Path:
        """Sets the corrected file aside, with its log; where it lies then.

        Raises:
            InputError: It was changed by another program, or cannot be moved.
        """
        with self.lock:
            self._still_ours()
            kept = free_name(self.places.target)
            _move(self.places.log, free_name(self.places.log))
            _move(self.places.target, kept)
            self.places.record.unlink(missing_ok=True)
            self.copy, self.answers, self.log_bytes = copy_of(self.request.table), [], 0
            self.resumed = 0
            return kept

    def put_in_place(self) -> Path:
        """Writes the corrections into the user's own file, after a copy of it; where that copy is.

        This desk is done then: forget it, and renew the site.

        Raises:
            InputError: One of the files was changed by another program, or cannot be written.
        """
        with self.lock:
            self._still_ours()
            data = self.request.table.path
            after, kept = Version.of(self.copy.full(), data), free_name(data)
            files.replace(kept, self.request.table.source)
            files.replace(data, self.copy.content)
            lineage.write_fix_record(
                data.with_name(f"{data.name}.fix.json"), replace(self.fix_record(), after=after)
            )
            for path in (self.places.log, self.places.record, self.places.target):
                path.unlink(missing_ok=True)
            return kept

    def fix_record(self) -> FixRecord:
        """What all corrections together did; reads the corrected file anew."""
        after = Version.of(self.copy.full(), self.places.target)
        return logs.fix_record(self.answers, Version.of(self.request.table), after)

    def write_record(self) -> None:
        """Writes the record of the corrections beside them, for `quality gate` to bind both files."""
        with self.lock:
            if self.answers:
                lineage.write_fix_record(self.places.record, self.fix_record())

    def warm(self, row: Row) -> None:
        """Has the checking thread start its worker on that row, so that the first correction need not wait for it."""
        if not self.is_warm:
            self.is_warm = True
            uncached = replace(self.request, cache=False)
            checking.submit(lambda: recheck.alone(uncached, row, self.sheet))

    def entry(self, entry: Entry) -> Entry:
        """The entry of the row as it is corrected now, checked again; itself where the index is up to date.

        Raises:
            ProofgateError: It cannot be checked.
        """
        row = self.of(entry)
        if seen(row) == seen(entry.row):
            return entry
        was = replace(row, output=entry.row.output, fail_mode=entry.row.fail_mode)
        keys = (_texts(was), _texts(row))
        known = self.fresh.get(row.row)
        if known is None or known[:2] != keys:
            found = checking.submit(
                lambda: recheck.corrected(entry, row, self._alone(was), self._alone(row), self.request.guide)
            ).result()
            self.fresh[row.row] = known = (*keys, found)
        return known[2]

    def _alone(self, row: Row) -> Alone:
        key = _texts(row)
        if key not in self.alone:
            self.alone[key] = recheck.alone(self.request, row, self.sheet)
        return self.alone[key]

    def _still_ours(self) -> None:
        demand(self.request.table.path, self.request.table.source)
        demand(self.places.target, self.copy.content if self.log_bytes else None)

    def _write(self, number: int, cells: Mapping[str, str]) -> None:
        copy = self.copy.with_cells(number, cells)
        if not self.log_bytes:
            self.log_bytes = logs.begin(self.places.log, Version.of(self.request.table))
        files.replace(self.places.target, copy.content)
        self.copy = copy

    def _log(self, answer: Answer) -> None:
        self.log_bytes = logs.add(self.places.log, answer, self.log_bytes)
        self.answers.append(answer)


def seen(row: Row) -> Seen:
    """What of a row can be corrected."""
    return row.output, row.fail_mode


def _texts(row: Row) -> _Texts:
    return (row.row, *seen(row))


def _move(path: Path, target: Path) -> None:
    try:
        path.rename(target)
    except OSError as error:
        raise InputError(f"cannot be moved: {error.strerror}", where=str(path)) from None
