"""Rows that are too long: how many, and which --max-length would keep them."""

from __future__ import annotations

from finetune.base_model.shapes import Shape
from finetune.hardware.preflight import Trouble
from finetune.planning.token_lengths import Lengths
from finetune.recipe import Recipe
from quality.wording import count


def trouble(lengths: Lengths, recipe: Recipe, shape: Shape, least: int) -> Trouble | None:
    """What to do about rows that are too long; None where there are none.

    Args:
        least: Rows that must be left; with fewer the run cannot start.
    """
    if not lengths.too_long:
        return None
    limit, kept = shape.limit(recipe.max_length), len(lengths.rows)
    by = (
        f"--max-length {limit}" if limit == recipe.max_length else f"the {limit:,} tokens that the base reads"
    )
    be = "is" if len(lengths.too_long) == 1 else "are"
    what = f"{len(lengths.too_long):,} of {count(kept + len(lengths.too_long), 'row')} {be} longer than {by}"
    fatal = kept < least
    what += f", and the guide wants at least {count(least, 'row')}" if fatal else f" and {be} left out"
    return Trouble(what, _remedy(lengths, shape), fatal=fatal, data=True)


def _remedy(lengths: Lengths, shape: Shape) -> str:
    readable = [length for length in lengths.too_long if length <= shape.context]
    if not readable:
        return f"shorten them: the base reads {shape.context:,} tokens at most"
    about = "about " if lengths.estimated else ""
    many = "all" if len(readable) == len(lengths.too_long) else f"{len(readable):,} of them"
    return f"--max-length {about}{max(readable)} keeps {many}"
