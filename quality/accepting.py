"""`--update-baseline`: the findings of a run → the baseline file that accepts them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quality import files, run, targets
from quality.baseline import Baseline, updated
from quality.baseline import file as baseline_file
from quality.errors import ConfigError
from quality.fingerprint import fingerprint
from quality.model import Report
from quality.options import Resolved
from quality.plan import plan


@dataclass(frozen=True, slots=True)
class Updated:
    """The report under the baseline as it is now, and what was done to it in words."""

    report: Report
    said: str


def ready(resolved: Resolved, reason: str | None) -> None:
    """Refuses, before any work is done, an update that could not be made.

    Raises:
        ConfigError: No baseline is named, it is one of the files that are only read, or the reason is none.
        InputError: The baseline's folder does not take a file.
    """
    baseline = _named(resolved)
    fault = baseline_file.reason_fault(reason) if reason is not None else ""
    if fault:
        raise ConfigError(
            f"the reason {fault}", where="--reason", remedy="say in one line why the findings may stay"
        )
    targets.ready(baseline.path, resolved, "--baseline")


def write(report: Report, resolved: Resolved, reason: str | None) -> Updated:
    """The report with all of its findings accepted, once the file that accepts them is written.

    Raises:
        ConfigError: Findings are new, and no reason is given for them.
        InputError: The file cannot be written.
    """
    request = resolved.request
    update = updated(report, _named(resolved), request.table.rows, run.sheet_rows(request), reason or "")
    files.replace(update.baseline.path, baseline_file.render(update.baseline), "--baseline")
    request = replace(request, baseline=update.baseline)
    again = run.accepted(replace(report, fingerprint=fingerprint(plan(request))), request)
    entries = "entry" if update.new == 1 else "entries"
    said = f"{update.baseline.path}: {update.new:,} {entries} new, {update.kept:,} kept, {update.dropped:,} dropped"
    return Updated(again, said)


def _named(resolved: Resolved) -> Baseline:
    baseline = resolved.request.baseline
    if baseline is None:
        raise ConfigError(
            "has no file to write", where="--update-baseline", remedy="name it with --baseline FILE"
        )
    return baseline
