"""`--select` and `--ignore` → the codes that run. A code's beginning names all codes that start so; `ALL` names all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import process

from quality.errors import ConfigError

LIST = "`quality rules` lists them all"


def codes(
    known: Sequence[str],
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    *,
    where: str = "--select/--ignore",
) -> frozenset[str]:
    """The known codes that are selected and not ignored; of two beginnings the longer one decides.

    Args:
        select: Codes or their beginnings; none at all selects every rule.
        where: What the user wrote them in, for the error.

    Raises:
        ConfigError: An empty entry, a code or beginning of codes that no rule has, or no rule left.
    """
    wanted = [_checked(text, known, where) for text in select] or [""]
    unwanted = [_checked(text, known, where) for text in ignore]
    left = frozenset(code for code in known if _longest(code, wanted) > _longest(code, unwanted))
    if not left:
        raise ConfigError("no rule is left to run", where=where, remedy=f"ignore fewer codes; {LIST}")
    return left


def _longest(code: str, beginnings: Iterable[str]) -> int:
    return max((len(text) for text in beginnings if code.startswith(text)), default=-1)


def _checked(text: str, known: Sequence[str], where: str) -> str:
    code = text.strip().upper()
    if not code:
        raise ConfigError(
            "an empty entry names no code",
            where=where,
            remedy=f"separate codes by single commas, such as GRM,REP001; {LIST}",
        )
    if code == "ALL":
        return ""
    if any(name.startswith(code) for name in known):
        return code
    near = process.extractOne(code, [*known, *sorted({name[:3] for name in known})], score_cutoff=40)
    remedy = f"did you mean {near[0]}? {LIST}" if near else LIST
    raise ConfigError(f"no rule has the code {text!r}", where=where, remedy=remedy)
