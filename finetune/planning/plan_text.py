"""A plan for people. Nothing of the user's is taken for markup."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from finetune.hardware.memory import SPARE
from finetune.hardware.preflight import gib
from finetune.planning import token_lengths
from finetune.planning.plan import Plan, settings
from quality.reports.escape import no_command, shown_id, visible
from quality.reports.text import Paint, painter
from quality.wording import count, cut, listed

NAME = 11
"""Columns of a part's name."""
WIDEST = 120
NARROWEST = 60
NAMED_ROWS = 8
"""Dropped rows that are named before the others are counted."""
BARS = " ▏▎▍▌▋▊▉█"
BAR_CELLS = 30
MAX_TEXT = 300


def render(plan: Plan, *, width: int = 100, color: bool = False) -> str:
    """The plan in lines of at most that many columns."""
    page = _Page(max(NARROWEST, min(width, WIDEST)), painter(color))
    parts = (_gate, _rows, _base, _lengths, _batches, _memory, _time, _disk, _machine, _settings, _verdict)
    lines = [line for part in parts for line in part(plan, page)]
    return no_command("\n".join(lines) + "\n")


class _Page:
    """Lines of a width: a part's name on the left, its text beside it."""

    def __init__(self, width: int, paint: Paint) -> None:
        self.width = width
        self.paint = paint

    def part(self, name: str, text: str, style: str = "") -> Iterator[str]:
        """A part's first line, with its name; wrapped where it is too long."""
        first, *rest = self._wrapped(text, NAME)
        label = self.paint(name.ljust(NAME), "strong")
        yield label + self._styled(first, style)
        yield from (" " * NAME + self._styled(line, style) for line in rest)

    def more(self, text: str, style: str = "", indent: int = 0) -> Iterator[str]:
        """Further lines of the part."""
        for line in self._wrapped(text, NAME + indent):
            yield " " * (NAME + indent) + self._styled(line, style)

    def _wrapped(self, text: str, indent: int) -> list[str]:
        shown = visible(text)
        wide = self.width - indent
        return textwrap.wrap(shown, wide, break_on_hyphens=False, subsequent_indent="  ") or [""]

    def _styled(self, text: str, style: str) -> str:
        return self.paint(text, style) if style else text


def _gate(plan: Plan, page: _Page) -> Iterator[str]:
    if plan.gate.open:
        yield from page.part("Gate", "open", "good")
    else:
        yield from page.part("Gate", "shut", "error")
        for line in plan.gate.reasons.splitlines():
            yield from page.more(line)
        yield from page.more("the rest is planned with all rows", "quiet")
    for note in plan.gate.notes:
        yield from page.more(cut(note, MAX_TEXT), "quiet")


def _rows(plan: Plan, page: _Page) -> Iterator[str]:
    use = "used" if plan.gate.open else "planned with"
    yield from page.part("Rows", f"{len(plan.lengths.rows):,} of {plan.total:,} in {plan.file} are {use}")
    for row in plan.dropped[:NAMED_ROWS]:
        yield from page.more(f"row {row.row}, {shown_id(row.id)}: {cut(row.reason, MAX_TEXT)}", "quiet")
    if len(plan.dropped) > NAMED_ROWS:
        yield from page.more(f"and {count(len(plan.dropped) - NAMED_ROWS, 'row')} more", "quiet")


def _base(plan: Plan, page: _Page) -> Iterator[str]:
    shape = plan.base.shape
    size = f"{shape.parameters / 1e9:.2f} billion" if shape.parameters >= 1e8 else f"{shape.parameters:,}"
    yield from page.part("Base", f"{plan.base.name}: {size} weights, {plan.template.name} template")
    if plan.base.note:
        yield from page.more(plan.base.note, "warning")


def _lengths(plan: Plan, page: _Page) -> Iterator[str]:
    lengths = plan.lengths
    if not lengths.rows:
        return
    about = "about " if lengths.estimated else ""
    yield from page.part(
        "Tokens",
        f"a row: half at most {about}{lengths.share(0.5):,}, 90% {lengths.share(0.9):,}, "
        f"99% {lengths.share(0.99):,}, the longest {lengths.share(1):,}",
    )
    if lengths.estimated:
        how = f"estimated, {token_lengths.CHARACTERS} characters a token"
        yield from page.more(f"{how}: {lengths.note}", "warning")
    bars = token_lengths.histogram(lengths.rows)
    most = max(bar.rows for bar in bars)
    digits = len(str(bars[-1].high))
    cells = min(BAR_CELLS, page.width - NAME - 2 * digits - 12)
    for bar in bars:
        drawn = _drawn(bar.rows / most * cells) if bar.rows else ""
        yield f"{'':{NAME}}{bar.low:>{digits}}–{bar.high:<{digits}} {page.paint(drawn, 'fix')} {bar.rows:,}"


def _drawn(cells: float) -> str:
    """A bar of that length in eighths; what is there is seen."""
    eighths = max(1, round(cells * 8))
    return BARS[8] * (eighths // 8) + BARS[eighths % 8].strip()


def _batches(plan: Plan, page: _Page) -> Iterator[str]:
    made = plan.batching
    if made is None:
        return
    epochs = count(plan.recipe.epochs, "epoch")
    yield from page.part(
        "Batches",
        f"{count(made.steps, 'step')} for {epochs}: {made.accumulation} × {made.tokens:,} tokens a step, "
        f"{'packed' if plan.recipe.packing else f'{made.waste:.1%} padding'}",
    )


def _memory(plan: Plan, page: _Page) -> Iterator[str]:
    if plan.estimate is None or plan.card is None:
        if plan.batching is not None:
            yield from page.part("Memory", "no card is needed: the base is tiny, and the CPU trains it")
        return
    gpu, estimate = plan.card.gpu, plan.estimate
    free = f"{gib(gpu.free_bytes)} free of {gib(gpu.total_bytes)}" if plan.card.here else gib(gpu.total_bytes)
    share = estimate.device_bytes / gpu.free_bytes if gpu.free_bytes else 1.0
    style = "error" if share > 1 else "warning" if share > 1 - SPARE else "good"
    yield from page.part("Memory", f"{gib(estimate.device_bytes)} at the highest, by estimate", style)
    yield from page.more(f"on {gpu.name}: {free}")
    rows = [(item.name, item.bytes) for item in estimate.items]
    rows.append(("torch's allocator beyond that", estimate.held))
    rows.append(("CUDA itself", estimate.device_bytes - estimate.reserved_bytes))
    for name, size in rows:
        yield from page.more(f"{gib(size, 2):>10}  {name}")
    if plan.tries_liger:
        yield from page.more(
            "the run tries Liger's kernels, with which it takes less or larger micro-batches", "quiet"
        )


def _time(plan: Plan, page: _Page) -> Iterator[str]:
    if plan.card is None or plan.batching is None:
        return
    if plan.minutes is None:
        yield from page.part("Time", "not known for this card; `finetune run` times three steps")
        return
    low, high = map(_duration, plan.minutes)
    at = f"at 40% and 15% of the card's {plan.card.teraflops:g} TFLOP/s"
    took = low if low == high else f"{low} to {high}"
    yield from page.part(
        "Time", f"{took} for all epochs, by estimate ({at}), and some minutes to load the base"
    )
    if plan.seen is not None:
        least, most = (f"{share:.0%}" for share in plan.seen)
        part = f"{least} of that" if least == most else f"{least} to {most} of that"
        yield from page.more(
            f"in {plan.recipe.budget_min:g} min: {'all of it' if min(plan.seen) == 1 else part}; "
            "`finetune run` times three steps"
        )


def _duration(minutes: float) -> str:
    return (
        "under 0.1 min"
        if minutes < 0.1
        else f"{minutes:.1f} min"
        if minutes < 10
        else f"{minutes:,.0f} min"
        if minutes < 180
        else f"{minutes / 60:,.1f} h"
    )


def _disk(plan: Plan, page: _Page) -> Iterator[str]:
    if plan.need is None:
        return
    fetched = (
        f", and {gib(plan.need.download_bytes)} of the base to fetch" if plan.need.download_bytes else ""
    )
    free = gib(plan.machine.disk_free_bytes)
    yield from page.part("Disk", f"{gib(plan.need.run_bytes)} for the run{fetched}; {free} are free here")


def _machine(plan: Plan, page: _Page) -> Iterator[str]:
    here = [f"{name} {version}" for name, version in plan.machine.versions.items() if version]
    where = _device(plan)
    yield from page.part(
        "Machine", f"{where}; {listed(here, len(here))}" if where else listed(here, len(here))
    )


def _device(plan: Plan) -> str:
    """Where it would compute and in which numbers."""
    found = plan.device
    if found is None:
        return ""
    return f"computes in {found.dtype} on the {'card' if found.kind == 'cuda' else 'CPU'}"


def _settings(plan: Plan, page: _Page) -> Iterator[str]:
    name = "Settings"
    for setting, (value, unit, source) in settings(plan.recipe).items():
        shown = f"{setting} = {value:g}" if isinstance(value, float) else f"{setting} = {value}"
        yield from page.part(name, f"{shown}{unit and f' ({unit})'}; {source}")
        name = ""


def _verdict(plan: Plan, page: _Page) -> Iterator[str]:
    yield ""
    for trouble in plan.troubles:
        yield from page.part(
            "Problem" if trouble.fatal else "Note", trouble.what, "error" if trouble.fatal else "warning"
        )
        yield from page.more(f"→ {trouble.remedy}")
    where = f"on {plan.card.gpu.name}" if plan.card else "on this CPU"
    if plan.exit_code == 0:
        once = "; first, the base has to be had" if plan.base.note else ""
        rows = count(len(plan.lengths.rows), "row")
        yield from page.part("Verdict", f"yes: {rows} would train {where}{once}", "good")
    else:
        why = "too few rows are left" if plan.gate.open else "the gate is shut"
        no = f"it would not run {where}" if plan.exit_code == 2 else why
        yield from page.part("Verdict", f"no: {no}", "error")
