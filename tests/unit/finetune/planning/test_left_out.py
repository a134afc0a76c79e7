import pytest

from finetune.base_model.shapes import Shape
from finetune.planning import left_out
from finetune.planning.token_lengths import Lengths
from finetune.recipe import Recipe
from finetune.rows.examples import Dropped

SHAPE = Shape(2, 64, 128, 4, 4, 512, 100, tied=False)


def trouble(kept, too_long, *, max_length=1024, note="", least=1):
    dropped = (
        Dropped(2, "a", "its output is empty"),
        *(Dropped(3, "b", "is long", size) for size in too_long),
    )
    return left_out.trouble(
        Lengths((50,) * kept, dropped, note), Recipe("x", max_length=max_length), SHAPE, least
    )


@pytest.mark.parametrize(
    ("kept", "too_long", "options", "what", "remedy"),
    [
        (
            9,
            (60, 70),
            {"max_length": 50},
            "2 of 11 rows are longer than --max-length 50 and are left out",
            "--max-length 70 keeps all",
        ),
        (
            9,
            (60, 70, 101),
            {"max_length": 50, "note": "estimated"},
            "3 of 12 rows are longer than --max-length 50 and are left out",
            "--max-length about 70 keeps 2 of them",
        ),
        (
            9,
            (101,),
            {},
            "1 of 10 rows is longer than the 100 tokens that the base reads and is left out",
            "shorten them: the base reads 100 tokens at most",
        ),
    ],
)
def test_what_would_keep_them_is_said(kept, too_long, options, what, remedy):
    found = trouble(kept, too_long, **options)
    assert (found.what, found.remedy, found.fatal) == (what, remedy, False)


def test_it_stops_a_run_only_where_too_few_are_left():
    assert trouble(3, ()) is None
    assert not trouble(3, (200,), least=3).fatal
    few = trouble(3, (200,), least=4)
    assert few.fatal
    assert few.what.endswith("and the guide wants at least 4 rows")
