"""What a homework is: names, ids, deadline, late policy, rubric. The default of each is CS412's homework 4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from grading.model import Role
from quality.table import STANDARD, Columns

DATA_QUALITY = "data_quality"
FAIL_MODE = "fail_mode"
COMPLETENESS = "completeness"
PREDICTIONS = "predictions"
HAND_IN = "hand_in"
LATENESS = "lateness"
AUTOMATIC = (DATA_QUALITY, FAIL_MODE, COMPLETENESS, PREDICTIONS, HAND_IN)
"""Lines that the program can grade, in their order; a rubric may leave some out and add lines for people alone."""


class LatePolicy(StrEnum):
    """Whose late days a late hand-in uses."""

    MIN = "min"
    """The group has the fewest that any member has left, and every member uses them (MarkUs)."""
    PER_MEMBER = "per-member"
    """Each member uses their own, so members of a group can lose different points (Submitty)."""
    GROUP_BANK = "group-bank"
    """The group has the sum of its members' days."""


@dataclass(frozen=True, slots=True)
class Late:
    """What lateness costs.

    Attributes:
        policy: Whose days are used.
        days: That everybody has at the start, where the roster does not say how many are left.
        most: Days that may be used on this homework.
        grace_minutes: After the deadline that are not late yet.
        points_per_day: Taken off for each begun day that no late day covers.
        refuse_after: Begun days after which nothing is given; None: never.
    """

    policy: LatePolicy = LatePolicy.MIN
    days: int = 0
    most: int = 3
    grace_minutes: int = 0
    points_per_day: float = 10.0
    refuse_after: int | None = None


@dataclass(frozen=True, slots=True)
class Files:
    """How the files of a hand-in are called; `{group}` in the archive's name is the group's."""

    data: str = "CS412_HW4_Step1_Data.csv"
    predictions: str = "CS412_HW4_Step2_Predictions.csv"
    notebook: str = "CS412_HW4_Finetuning.ipynb"
    archive: str = "CS412-HW4-{group}.zip"

    def name(self, role: Role) -> str:
        """The file's name in a hand-in."""
        return str(getattr(self, role.value))


RUBRIC: Mapping[str, float] = MappingProxyType(
    {DATA_QUALITY: 40.0, FAIL_MODE: 15.0, COMPLETENESS: 10.0, PREDICTIONS: 25.0, HAND_IN: 10.0}
)
"""Line → points, of the reference homework."""
LETTERS: Mapping[str, float] = MappingProxyType({"A": 90.0, "B": 80.0, "C": 70.0, "D": 60.0})
"""Letter → the share of all points, in per cent, from which it is given."""


@dataclass(frozen=True, slots=True)
class Course:
    """One homework, as course.toml says. Paths are absolute.

    Attributes:
        folder: The course folder.
        name: Short and plain; the site's name for the homework.
        language: Of the LMS's site: `en` or `tr`; headers, dates and decimals follow it.
        lms: `moodle`, `canvas` or `folder`.
        sheet: The rows before correction.
        test: The prompts to be answered.
        base_predictions: The base model's answers, if given; a hand-in's own have no effect.
        decisions: Findings that the staff dismissed; rows are scored without them.
        gold: `id,label` by the teaching assistants, pinned in the consensus.
        data_columns: What the four columns are called in the groups' data.
        prediction_column: What the answers' column is called.
        guide: Name of a shipped style guide, or absolute path of one.
        guide_sha256: Which the guide must have; "" pins nothing.
        engine: What proof-reads.
        ignore: Codes, or beginnings of codes, that this course does not grade.
        deadline: With its zone; None: lateness is not graded.
        zone: IANA name; also of the times in the LMS's files.
        rubric: Line → points, in the order in which they are shown. Lateness is no line of it: it takes off.
        letters: Letter → per cent from which it is given, falling.
        pass_mark: Per cent from which a grade passes.
        zero_at: Mean row score (0..100) that earns nothing for data quality; None: what the sheet itself scores.
        feedback_ids: What the numbers in the feedback zip's folders are: `user` or `group`; None: not said.
        copying_q: Pairs up to this q value are listed as copying candidates and collapsed in the consensus.
        notes: What whoever runs the course should know of how course.toml was understood.
    """

    folder: Path
    sheet: Path
    test: Path
    name: str = "CS412-HW4"
    title: str = "CS412 homework 4"
    language: str = "en"
    lms: str = "moodle"
    base_predictions: Path | None = None
    gold: Path | None = None
    decisions: Path | None = None
    files: Files = Files()
    data_columns: Columns = STANDARD
    prediction_column: str = "prediction"
    guide: str = "chat"
    guide_sha256: str = ""
    engine: str = "harper"
    ignore: tuple[str, ...] = ()
    deadline: datetime | None = None
    zone: str = "Europe/Istanbul"
    late: Late = Late()
    rubric: Mapping[str, float] = field(default_factory=lambda: RUBRIC)
    letters: Mapping[str, float] = field(default_factory=lambda: LETTERS)
    pass_mark: float = 60.0
    zero_at: float | None = None
    feedback_ids: str | None = None
    copying_q: float = 0.05
    notes: tuple[str, ...] = ()

    @property
    def submissions(self) -> Path:
        """Where the hand-ins lie: `submissions/<group key>/<first 16 of the version>/<role's file name>`."""
        return self.folder / "submissions"

    @property
    def points(self) -> float:
        """All points that can be had."""
        return sum(self.rubric.values())
