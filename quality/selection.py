"""`--select` and `--ignore` → the codes that run. A code's beginning names all codes that start so; `ALL` names all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import process

from quality.errors import ConfigError


def codes(known: Sequence[str], select: Iterable[str] = (), ignore: Iterable[str] = ()) -> frozenset[str]:
    """The known codes that are selected and not ignored; of two beginnings the longer one decides.

    Raises:
        ConfigError: A code, or beginning of codes, that no rule has.
    """
    wanted = [_checked(text, known) for text in select] or [""]
    unwanted = [_checked(text, known) for text in ignore]
    return frozenset(code for code in known if _longest(code, wanted) > _longest(code, unwanted))


def _longest(code: str, beginnings: Iterable[str]) -> int:
    return max((len(text) for text in beginnings if code.startswith(text)), default=-1)


def _checked(text: str, known: Sequence[str]) -> str:
    code = text.strip().upper()
    if code == "ALL":
        return ""
    if code and any(name.startswith(code) for name in known):
        return code
    near = process.extractOne(code, [*known, *{name[:3] for name in known}], score_cutoff=40)
    remedy = (
        f"did you mean {near[0]}? `quality rules` lists them all"
        if near
        else "`quality rules` lists them all"
    )
    raise ConfigError(f"no rule has the code {text!r}", where="--select/--ignore", remedy=remedy)
