"""The hub's client against a server on this machine: one process asks for everything, and each test looks at a part."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass

import pytest

from tests import bases, hub_server

TOKEN = "hf_canary0123456789"
LLAMA = "meta-llama/Llama-2-7b-hf"
ASKED = (
    ("gated", "meta-llama/Other", True),
    ("gated, to plan", "meta-llama/Other", False),
    ("gated and known, to plan", LLAMA, False),
    ("forbidden", "forbidden/x", True),
    ("narrow", "narrow/x", True),
    ("token", "token/x", True),
    ("broken", "broken/x", True),
    ("ghost", "ghost/x", True),
    ("pickles", "pickles/x", True),
    ("code", "code/x", True),
    ("huge", "huge/x", True),
    ("to plan", "own/good", False),
    ("fetched", "own/good", True),
    ("again", "own/good", True),
)
SCRIPT = """
import json, sys
from finetune.base_model import base
from quality.errors import ProofgateError
for label, name, download in json.loads(sys.argv[1]):
    try:
        found = base.find(name, download=download)
        print(json.dumps([label, found.folder is not None, found.weights_bytes, str(found.small_files), found.note]))
    except ProofgateError as error:
        print(json.dumps([label, type(error).__name__, str(error)]))
print(json.dumps(["torch", "torch" in sys.modules]))
"""


@dataclass(frozen=True)
class Asked:
    """What came of each question, what the process printed, and what the server saw."""

    answers: dict[str, list[object]]
    printed: str
    seen: list[tuple[str, str, str | None]]

    def error(self, label: str) -> str:
        kind, text = self.answers[label]
        assert kind in {"InputError", "HardwareError", "ConfigError"}
        assert "→" in str(text)
        return str(text)


def ask(url: str, home: object, asked: object) -> tuple[dict[str, list[object]], str]:
    environment = {**os.environ, "HF_ENDPOINT": url, "HF_HOME": str(home), "HF_TOKEN": TOKEN}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(asked)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers = {label: rest for label, *rest in map(json.loads, done.stdout.splitlines())}
    return answers, done.stdout + done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("hub")


@pytest.fixture(scope="module")
def asked(folder):
    good = bases.make(folder / "good")
    pickles = bases.make(folder / "pickles")
    (pickles / "model.safetensors").rename(pickles / "pytorch_model.bin")
    code = bases.make(
        folder / "code", {**bases.SMALL, "model_type": "mine", "auto_map": {"AutoModel": "m.M"}}
    )
    models = dict.fromkeys(("own/good", LLAMA, "meta-llama/Other", "forbidden/x", "huge/x"), good)
    with hub_server.serve({**models, "pickles/x": pickles, "code/x": code}) as hub:
        answers, printed = ask(hub.url, folder / "home", ASKED)
        return Asked(answers, printed, hub.seen)


@pytest.mark.parametrize("label", ["gated", "gated, to plan", "forbidden", "narrow"])
def test_a_gated_model_says_how_it_is_had(asked, label):
    text = asked.error(label)
    name = {"forbidden": "forbidden/x", "narrow": "narrow/x"}.get(label, "meta-llama/Other")
    assert f"{name}: is gated" in text
    assert f"accept the licence at https://huggingface.co/{name}, then set HF_TOKEN" in text
    assert "Colab: Secrets ▸ HF_TOKEN" in text
    assert "a token that may read gated models" in text
    assert "ungated base with --base" in text


def test_a_well_known_base_is_planned_without_its_files(asked):
    here, size, small, note = asked.answers["gated and known, to plan"]
    assert (here, size, small) == (False, 13_476_839_032, "None")
    assert note.startswith("is gated")
    assert "HF_TOKEN" in note


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("token", "the hub does not accept HF_TOKEN"),
        ("broken", "the hub answers with 500"),
        ("ghost", "is no folder here, and the hub shows no such model"),
        ("pickles", "has no safetensors files"),
        ("code", "brings code of its own, which is never run here"),
        ("huge", "GB are needed"),
    ],
)
def test_each_refusal_has_its_sentence(asked, label, says):
    assert says in asked.error(label)


def test_nothing_large_is_fetched_of_what_cannot_be_used(asked):
    fetched = [path for method, path, _ in asked.seen if method == "GET" and path.endswith(".safetensors")]
    assert fetched == [f"/own/good/resolve/{hub_server.COMMIT}/model.safetensors"]


def test_a_plan_fetches_the_small_files_alone_and_a_run_the_rest_once(asked):
    here, size, small, note = asked.answers["to plan"]
    assert not here
    assert size > 65_536
    assert small != "None"
    assert note == ""
    assert asked.answers["fetched"][0] is asked.answers["again"][0] is True
    assert asked.answers["fetched"][1] == size


def test_the_token_is_sent_and_never_shown(asked):
    assert f"Bearer {TOKEN}" in {authorization for _, _, authorization in asked.seen}
    assert TOKEN not in asked.printed
    assert asked.answers["torch"] == [False]


def test_without_a_connection_the_cache_is_enough(asked, folder):
    with hub_server.serve({}) as gone:
        url = gone.url
    again = (("cached", "own/good", True), ("other", "own/other", True), ("known", LLAMA, False))
    answers, _ = ask(url, folder / "home", again)
    assert answers["cached"][0] is True
    kind, text = answers["other"]
    assert kind == "InputError"
    assert "own/other: the hub cannot be reached, and this base is not whole in its cache" in text
    assert answers["known"][0] is False
    assert "cannot be reached" in answers["known"][3]
