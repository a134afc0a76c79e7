"""The Hugging Face hub: what is in its cache, what is fetched, and each of its refusals as a sentence.

A token is taken from HF_TOKEN or the hub's own login by its client; it is never read or shown here.
"""

from __future__ import annotations

import errno
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from quality.errors import HardwareError, InputError, ProofgateError

SMALL = (
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "tokenizer.model",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "model.safetensors.index.json",
)
"""What tells a base's sizes and how it splits text."""
WEIGHTS = ("model*.safetensors",)
SECONDS = 10
"""How long the hub may take to answer one question."""
UNGATED = "name a local folder or an ungated base with --base (such as TinyLlama/TinyLlama-1.1B-Chat-v1.0)"


def cache_folder() -> Path:
    """Where the hub's client keeps what it fetches."""
    try:
        from huggingface_hub import constants
    except ImportError:  # without the extra; a plan can be made all the same
        return Path.home() / ".cache" / "huggingface" / "hub"
    return Path(constants.HF_HUB_CACHE)


def cached(name: str, *, weights: bool) -> Path | None:
    """The folder of a model that is in the cache; what is missing in it, its reader has to see. Asks nobody."""
    try:
        from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError
    except ImportError:
        return None
    try:
        return _snapshot(name, weights, local_files_only=True)
    except (LocalEntryNotFoundError, HFValidationError, OSError):
        return None


def fetch(name: str, *, weights: bool) -> Path:
    """The folder with the model's small files, and with its weights if wanted; fetched as far as they are not there.

    Raises:
        ProofgateError: The hub refuses, does not know the name, or cannot be reached; the disk is full.
    """
    _ready()
    try:
        return _snapshot(name, weights, etag_timeout=SECONDS)
    except Exception as error:
        raise told(name, error) from None


def weights_bytes(name: str) -> tuple[int, int] | None:
    """Bytes of all weight files and of the largest, as the hub tells; None where it has none in safetensors.

    Raises:
        ProofgateError: The hub refuses or cannot be reached.
    """
    _ready()
    from huggingface_hub import HfApi

    try:
        found = HfApi().model_info(name, files_metadata=True, timeout=SECONDS)
    except Exception as error:
        raise told(name, error) from None
    sizes = [file.size or 0 for file in found.siblings or () if fnmatch(file.rfilename, WEIGHTS[0])]
    return (sum(sizes), max(sizes)) if sizes else None


def told(name: str, error: Exception) -> ProofgateError:
    """What the client's error means for the user; one that is not the hub's is raised as it is."""
    from huggingface_hub import errors

    cause = (
        error.__cause__ if isinstance(error, errors.LocalEntryNotFoundError) and error.__cause__ else error
    )
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return HardwareError(
            "the disk is full",
            where=str(cache_folder()),
            remedy="free some, or name another disk with HF_HOME",
        )
    if isinstance(cause, errors.HFValidationError):
        return InputError(
            "is neither a folder nor a name on the hub", where=name, remedy="write --base OWNER/NAME"
        )
    if isinstance(cause, errors.GatedRepoError):
        return _gated(name)
    if isinstance(cause, errors.RepositoryNotFoundError):
        return InputError(
            "is no folder here, and the hub shows no such model",
            where=name,
            remedy="check the spelling; for a private one, set HF_TOKEN (Colab: Secrets ▸ HF_TOKEN)",
        )
    if isinstance(cause, errors.HfHubHTTPError):
        return _refused(name, cause.response.status_code)
    if _unreachable(cause):
        return _offline(name)
    raise error


def _unreachable(error: BaseException) -> bool:
    """Whether nobody answered; the client's own network library is known by its classes' names alone."""
    from huggingface_hub import errors

    names = {kind.__name__ for kind in type(error).__mro__}
    offline = (errors.LocalEntryNotFoundError, errors.OfflineModeIsEnabled, ConnectionError, TimeoutError)
    return isinstance(error, offline) or not names.isdisjoint({"TransportError", "TimeoutException"})


def _gated(name: str) -> InputError:
    return InputError(
        "is gated: the hub gives it only to those who accepted its licence",
        where=name,
        remedy=f"accept the licence at https://huggingface.co/{name}, then set HF_TOKEN (Colab: Secrets ▸ HF_TOKEN) "
        f"to a token that may read gated models, or {UNGATED}",
    )


def _refused(name: str, status: int) -> ProofgateError:
    if status == 403:  # a token that may not read gated models
        return _gated(name)
    if status == 401:
        return InputError(
            "the hub does not accept HF_TOKEN (401)",
            where=name,
            remedy="make a new token at https://huggingface.co/settings/tokens and set HF_TOKEN again",
        )
    return InputError(
        f"the hub answers with {status}",
        where=name,
        remedy="try again in some minutes, or name a local folder with --base",
    )


def _offline(name: str) -> InputError:
    return InputError(
        "the hub cannot be reached, and this base is not whole in its cache",
        where=name,
        remedy="connect to the internet, or name a local folder with --base",
    )


def _snapshot(name: str, weights: bool, **how: Any) -> Path:
    """Files of the model's own folder alone, not copies for other frameworks in folders below."""
    import huggingface_hub

    client: Any = huggingface_hub
    wanted = [*SMALL, *(WEIGHTS if weights else ())]
    return Path(client.snapshot_download(name, allow_patterns=wanted, ignore_patterns=["*/*"], **how))


def _ready() -> None:
    """Makes sure that the client is here; it shows no bars where nobody watches, and keeps its advice to itself.

    Raises:
        HardwareError: It is not installed.
    """
    try:
        from huggingface_hub.utils import disable_progress_bars, logging
    except ImportError:
        raise HardwareError(
            "what fetches a base is not installed",
            remedy='pip install "proofgate[finetune]", or name a local folder with --base',
        ) from None
    logging.set_verbosity_error()
    if not sys.stderr.isatty():
        disable_progress_bars()
