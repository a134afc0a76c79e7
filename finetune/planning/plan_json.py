"""A plan as one JSON object."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from finetune.planning.plan import Plan, settings
from finetune.planning.token_lengths import histogram

FORMAT = 1


def as_json(plan: Plan) -> str:
    """The plan as one JSON object."""
    batching, need = plan.batching, plan.need
    value: dict[str, Any] = {
        "format": FORMAT,
        "exit_code": plan.exit_code,
        "gate": {"open": plan.gate.open, "reasons": plan.gate.reasons, "notes": plan.gate.notes},
        "data": {
            "file": plan.file,
            "rows": plan.total,
            "planned": len(plan.lengths.rows),
            "used": len(plan.lengths.rows) if plan.gate.open else 0,
        },
        "dropped": [asdict(row) for row in plan.dropped],
        "base": {
            "name": plan.base.name,
            "here": plan.base.folder is not None,
            "parameters": plan.base.shape.parameters,
            "weights_bytes": plan.base.weights_bytes,
            "note": plan.base.note,
        },
        "template": {"name": plan.template.name, "sha256": plan.template.sha256},
        "tokens": {
            "estimated": plan.lengths.estimated,
            "note": plan.lengths.note,
            **{f"p{part}": plan.lengths.share(part / 100) for part in (50, 90, 99)},
            "max": plan.lengths.share(1),
            "histogram": [asdict(bar) for bar in histogram(plan.lengths.rows)],
        },
        "batches": asdict(batching) if batching else None,
        "card": {**asdict(plan.card.gpu), "here": plan.card.here} if plan.card else None,
        "memory": {
            "items": [asdict(item) for item in plan.estimate.items],
            "peak_bytes": plan.estimate.peak_bytes,
            "reserved_bytes": plan.estimate.reserved_bytes,
            "device_bytes": plan.estimate.device_bytes,
        }
        if plan.estimate
        else None,
        "tries_liger": plan.tries_liger,
        "minutes": plan.minutes,
        "seen_share": plan.seen,
        "disk": {"run_bytes": need.run_bytes, "download_bytes": need.download_bytes} if need else None,
        "versions": dict(plan.machine.versions),
        "settings": {
            name: {"value": value, "unit": unit, "source": source}
            for name, (value, unit, source) in settings(plan.recipe).items()
        },
        "troubles": [asdict(trouble) for trouble in plan.troubles],
    }
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
