"""Options that contradict one another, or that would do nothing: refused, so that nobody believes that they did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quality.cli_inputs import Options
from quality.errors import ConfigError

EXPLAINING = frozenset({"text", "json", "csv", "html"})
"""Formats that have a place for what `--explain` adds."""


@dataclass(frozen=True, slots=True)
class _Idle:
    """An option, whether it would do nothing here, why, and what to do about it."""

    option: str
    holds: bool
    why: str
    remedy: str = "leave it out"


def of_check(
    *,
    output_format: str,
    output_file: Path | None,
    watch: bool,
    statistics: bool,
    explain: bool,
    update_baseline: bool,
    reason: str | None,
) -> None:
    """Returns when the options of `quality check` agree.

    Raises:
        ConfigError: They do not.
    """
    _refuse(
        _Idle(
            "--watch",
            watch and (output_format != "text" or output_file is not None or update_baseline),
            "--watch shows the text report in the terminal, and writes no other format and no file",
            "leave --output-format, -o and --update-baseline out, or check without --watch",
        ),
        _Idle(
            "--reason", reason is not None and not update_baseline, "is of use only with --update-baseline"
        ),
        _Idle(
            "--statistics",
            statistics and output_format != "text",
            f"leaves the single findings out of the text report, and changes nothing in one as {output_format}",
        ),
        _Idle(
            "--explain",
            explain and output_format not in EXPLAINING,
            f"adds nothing to a report as {output_format}",
            f"leave it out, or choose one of {', '.join(sorted(EXPLAINING))}",
        ),
        _Idle("--explain", explain and statistics, "is about single findings, which --statistics leaves out"),
    )


def of_explaining(explain: bool, original: Path | None) -> None:
    """Returns when there are originals, where they are to be explained.

    Args:
        original: The sheet before correction, of the command line or the settings.

    Raises:
        ConfigError: There are none.
    """
    _refuse(
        _Idle(
            "--explain",
            explain and original is None,
            "says which fail modes the originals seem to have had, and here are none",
            "name the sheet before correction with --original, or leave --explain out",
        )
    )


def of_gate(*, record: Path | None, verify: Path | None) -> None:
    """Returns when the options of `quality gate` agree.

    Raises:
        ConfigError: They do not.
    """
    _refuse(
        _Idle(
            "--record", record is not None and verify is not None, "names a record, and --verify writes none"
        )
    )


def of_fix(
    options: Options,
    *,
    output_file: Path | None,
    diff: bool,
    unsafe: bool,
    record: Path | None,
    interactive: bool,
) -> None:
    """Returns when the options of `quality fix` agree.

    Raises:
        ConfigError: They do not.
    """
    other = "--diff writes nothing" if diff else "--unsafe applies suggestions without a look"
    judging = [
        option
        for option in ("judge", "judge_model", "judge_budget", "judge_jobs")
        if getattr(options, option) is not None
    ]
    _refuse(
        _Idle(
            "--interactive",
            interactive and (diff or unsafe),
            f"asks about each finding and saves each answer, but {other}",
            "leave one of the two out",
        ),
        _Idle("-o", diff and output_file is not None, "names a file, and --diff writes nothing"),
        _Idle("--record", diff and record is not None, "names a record, and --diff writes nothing"),
        _Idle(
            f"--{judging[0].replace('_', '-')}" if judging else "",
            bool(judging),
            "asks for advice, which has no corrections: `quality fix` sends nothing anywhere",
        ),
    )


def _refuse(*cases: _Idle) -> None:
    for case in cases:
        if case.holds:
            raise ConfigError(case.why, where=case.option, remedy=case.remedy)
