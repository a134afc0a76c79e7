"""Words that mean the contrary of one another: by a prefix (`likely`, `unlikely`) or by a list of pairs."""

from __future__ import annotations

from functools import cache

_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "non-", "anti", "mis")
_LEAST = 4
_PAIRS = (
    "increase decrease, increases decreases, increased decreased, increasing decreasing, rise fall, rises"
    " falls, raise lower, raises lowers, raised lowered, more less, more fewer, most least, higher lower,"
    " high low, highest lowest, larger smaller, large small, largest smallest, big small, bigger smaller,"
    " biggest smallest, longer shorter, long short, longest shortest, before after, first last, early"
    " late, earlier later, earliest latest, north south, northern southern, east west, eastern western,"
    " left right, up down, above below, over under, inside outside, always never, often rarely, often"
    " seldom, usually rarely, all none, many few, much little, good bad, better worse, best worst, hot"
    " cold, hotter colder, warm cool, warmer cooler, fast slow, faster slower, fastest slowest, old new,"
    " older newer, older younger, oldest newest, oldest youngest, old young, strong weak, stronger weaker,"
    " hard soft, heavy light, heavier lighter, easy difficult, easy hard, easier harder, positive"
    " negative, true false, same different, public private, open closed, open close, begin end, start end,"
    " starts ends, start stop, begins ends, began ended, win lose, won lost, buy sell, add remove, adds"
    " removes, gain lose, accept reject, accepted rejected, allow forbid, love hate, male female, father"
    " mother, son daughter, man woman, men women, king queen, husband wife, brother sister, day night,"
    " summer winter, wet dry, rich poor, full empty, deep shallow, wide narrow, thick thin, near far,"
    " front back, top bottom, maximum minimum, major minor, safe dangerous, cheap expensive, ancient"
    " modern, alive dead, success failure, advantage disadvantage, expand contract, expands contracts,"
    " absorb release, absorbs releases, with without, everything nothing, everyone nobody, everywhere"
    " nowhere, international national, domestic foreign, internal external, vertical horizontal, northward"
    " southward, acid base, solid liquid, single multiple, simple complex, short tall, sweet bitter,"
    " present absent, rare common, rarely commonly, quickly slowly, partially fully, partly fully, enable"
    " prevent, enables prevents, improve worsen, improves worsens, encourage discourage, encourages"
    " discourages, strengthen weaken, strengthens weakens, shorten lengthen, widely rarely, predecessor"
    " successor, ally enemy, import export, imports exports"
)


@cache
def _listed() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in _PAIRS.split(","))


def are_contrary(one: str, other: str) -> bool:
    """Whether one of two words in small letters means the contrary of the other."""
    if one == other:
        return False
    if frozenset((one, other)) in _listed():
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _LEAST and any(long == prefix + short for prefix in _PREFIXES)
