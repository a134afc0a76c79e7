"""A whole chain of records, and what is at hand beside them."""

from quality import lineage
from quality.lineage import AtHand, Bundle, GateRecord, PredictionRecord, RunRecord, Version
from quality.model import Fingerprint

DATA = Version("data.csv", "d" * 64, "f" * 64)
TEST = Version("test.csv", "1" * 64, "2" * 64)
PREDICTIONS = Version("predictions.csv", "3" * 64, "4" * 64)
ADAPTER, BASE = "a" * 64, "b" * 64
GATE = GateRecord(
    fingerprint=Fingerprint(DATA.data, DATA.file, "g" * 64, "c" * 64, "x" * 64),
    passed=True,
    reasons=(),
    rows=4,
    dropped_rows=(3,),
    rules={"GRM001": "error"},
    inputs={"data": "data.csv"},
)
RUN = RunRecord(
    gate=lineage.gate_record_sha256(GATE),
    data=DATA,
    used=(2, 4),
    dropped={"3": "does not pass: GRM001", "5": "1,400 tokens, over 1,024"},
    instructions=("0" * 16, "1" * 16),
    base="meta-llama/Llama-2-7b-hf",
    base_sha256=BASE,
    adapter_sha256=ADAPTER,
    template="alpaca",
    template_sha256="t" * 64,
    tokenizer_sha256="k" * 64,
    recipe={"epochs": 3, "learning_rate": 2e-4},
    schedule={"steps": 12},
    losses=((1, 2.5), (12, 0.75)),
    versions={"torch": "2.11.0", "liger-kernel": None},
    device="cuda, float16",
)
MADE = PredictionRecord(
    run=lineage.run_record_sha256(RUN),
    base=RUN.base,
    base_sha256=BASE,
    adapter_sha256=ADAPTER,
    test=TEST,
    predictions=PREDICTIONS,
    rows=35,
    decoding={"do_sample": False, "max_new_tokens": 256},
    cut=("t3",),
    unanswered=(),
    trained_on=(),
    with_base=False,
    versions={"torch": "2.11.0"},
    device="cuda, float16",
)
BUNDLE = Bundle(GATE, RUN, MADE)
ALL = AtHand(DATA, TEST, PREDICTIONS, ADAPTER, BASE, RUN.template_sha256, RUN.tokenizer_sha256)
