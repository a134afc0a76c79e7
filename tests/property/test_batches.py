"""Whatever the lengths: no row lost or doubled, no micro-batch too large, the largest first."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from finetune.rows.batches import schedule

lengths = st.lists(st.integers(1, 300), max_size=60)


@settings(max_examples=150, deadline=None)
@given(
    lengths, st.integers(1, 700), st.integers(1, 4), st.integers(1, 3), st.integers(0, 2**32), st.booleans()
)
def test_each_epoch_has_each_row_once(lengths, tokens, accumulation, epochs, seed, packing):
    plan = schedule(
        lengths, tokens=tokens, accumulation=accumulation, epochs=epochs, seed=seed, packing=packing
    )

    def load(batch):
        each = [lengths[row] for row in batch]
        return (sum(each) if packing else max(each) * len(each)), max(each)

    assert len(plan.micro_batches) == epochs * plan.per_epoch
    for epoch in range(epochs):
        batches = plan.micro_batches[epoch * plan.per_epoch : (epoch + 1) * plan.per_epoch]
        assert Counter(row for batch in batches for row in batch) == Counter(range(len(lengths)))
    assert all(len(batch) == 1 or load(batch)[0] <= tokens for batch in plan.micro_batches)
    assert all(plan.micro_batches)
    if lengths:
        assert load(plan.micro_batches[0]) == max(map(load, plan.micro_batches))
    assert [row for batch in plan.micro_batches for row in batch] == [
        row for step in range(1, plan.steps + 1) for row in plan.step_rows(step)
    ]
