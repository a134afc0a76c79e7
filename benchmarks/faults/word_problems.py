"""Word problems with a sum that is right, and the same with one that is not."""

from __future__ import annotations

import random

from faults.draft import Answer, Draft, Pool

_PEOPLE = ("Nina", "Omar", "Lena", "Tom", "Priya", "Sam", "Ruth", "Carlos", "Mei", "Jonas")
_THINGS = ("apples", "notebooks", "tickets", "muffins", "pencils", "bottles", "stamps", "candles")


def word_problem(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """A problem of two steps, one of which goes wrong; what follows from it goes wrong with it."""
    make = draw.choice((_shopping, _journey, _sharing, _discount))
    slip = draw.choice((-10, -5, -2, -1, 1, 2, 3, 7, 10))
    start = draw.getstate()
    question, right = make(draw, 0)
    draw.setstate(start)
    _, wrong = make(draw, slip)
    return Draft(question, wrong, right)


def _shopping(draw: random.Random, slip: int) -> tuple[str, str]:
    who, what = draw.choice(_PEOPLE), draw.choice(_THINGS)
    count, price, paid = draw.randint(3, 12), draw.randint(2, 9), draw.choice((150, 200, 250))
    total = count * price + slip
    return (
        f"{who} buys {count} {what} at ${price} each and pays with ${paid}. How much change is there?",
        f"{who} pays {count} × ${price} = ${total} for the {what}. The change is ${paid} - ${total} = ${paid - total}.",
    )


def _journey(draw: random.Random, slip: int) -> tuple[str, str]:
    speed, hours, more = draw.choice((60, 70, 80, 90)), draw.randint(2, 6), draw.randint(15, 95)
    first = speed * hours + slip
    return (
        f"A bus drives for {hours} hours at {speed} km/h and then another {more} km. How far does it drive?",
        f"In {hours} hours at {speed} km/h the bus covers {hours} × {speed} = {first} km. With the other {more} km, "
        f"it drives {first} + {more} = {first + more} km.",
    )


def _sharing(draw: random.Random, slip: int) -> tuple[str, str]:
    what, boxes, each = draw.choice(_THINGS), draw.randint(4, 12), draw.randint(11, 36)
    given = draw.randint(5, 40)
    total = boxes * each + slip
    return (
        f"There are {boxes} boxes with {each} {what} each. {given} {what} are given away. How many are left?",
        f"The boxes hold {boxes} × {each} = {total} {what} in all. After {given} are given away, "
        f"{total} - {given} = {total - given} are left.",
    )


def _discount(draw: random.Random, slip: int) -> tuple[str, str]:
    price, share = draw.choice((40, 60, 80, 120, 160, 240)), draw.choice((5, 10, 15, 20, 25, 30))
    off = price * share // 100 + abs(slip)
    return (
        f"A jacket costs ${price} and is {share}% off. What do I pay?",
        f"The discount is {share}% of ${price}, which is ${off}. You pay ${price} - ${off} = ${price - off}.",
    )
