"""A process of its own that tries Liger's kernels: `python -m finetune.model.liger_probe float16`.

Ends with 0 where a tiny model's loss and gradients with them equal those without; else the last line on stderr says
why not.
"""

from __future__ import annotations

import sys
from typing import Any

from finetune.model import libraries

TOLERANCE = 0.02
"""Relative; half precision gives three digits."""


def main(dtype: str) -> None:
    """Compares one forward and backward pass with and without the kernels.

    Raises:
        SystemExit: They differ, or there is no GPU to try them on.
    """
    torch = libraries.torch()
    if not torch.cuda.is_available():
        sys.exit("there is no CUDA device")
    transformers = libraries.transformers()
    torch.manual_seed(0)
    model = transformers.LlamaForCausalLM(
        transformers.LlamaConfig(
            vocab_size=512,
            hidden_size=128,
            intermediate_size=256,
            num_hidden_layers=2,
            num_attention_heads=4,
        )
    ).cuda()
    model.config.use_cache = False
    tokens = torch.randint(3, 512, (2, 64), device="cuda")
    plain = _loss_and_gradient(model, tokens, dtype)
    transformers.integrations.liger.apply_liger_kernel(model, None)
    fused = _loss_and_gradient(model, tokens, dtype)
    for name, before, after in zip(("loss", "gradient"), plain, fused, strict=True):
        if not abs(after - before) <= TOLERANCE * abs(before):  # a NaN fails too
            sys.exit(f"on this GPU their {name} is {after:.4g}, not {before:.4g}")


def _loss_and_gradient(model: Any, tokens: Any, dtype: str) -> tuple[float, float]:
    """The loss, and the gradients' norm."""
    torch = libraries.torch()
    model.zero_grad()
    with torch.autocast("cuda", dtype=getattr(torch, dtype)):
        loss = model(input_ids=tokens, labels=tokens).loss
    loss.backward()
    norms = [parameter.grad.float().norm() for parameter in model.parameters() if parameter.grad is not None]
    return float(loss.detach()), float(torch.stack(norms).norm())


if __name__ == "__main__":
    main(sys.argv[1])
