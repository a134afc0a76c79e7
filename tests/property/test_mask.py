"""A secret in the data never stands in a report, whatever format, field or finding it could come through."""

import hashlib
import html
import json
import re
from base64 import urlsafe_b64encode
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality import fix, guide, reports
from quality.model import (
    Ask,
    AskResult,
    Finding,
    Fingerprint,
    Fix,
    Outcome,
    Report,
    Result,
    Row,
    RowScore,
    Severity,
    Status,
    Verdict,
)
from quality.reports.mask import masked_text
from quality.table import read

GUIDE = guide.load()
HASHES = Fingerprint(*("0123456789abcdef" * 4 for _ in range(5)))
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def drawn(seed: int, length: int, letters: str = LETTERS) -> str:
    """As random as a real token is; a number drawn by hypothesis would not be."""
    digest = hashlib.shake_256(seed.to_bytes(8, "big")).digest(length)
    return "".join(letters[byte % len(letters)] for byte in digest)


def token(seed: int) -> str:
    return "hf_" + drawn(seed, 34)


def api_key(seed: int) -> str:
    return "sk-proj-" + drawn(seed, 48)


def access_key(seed: int) -> str:
    return "AKIA" + drawn(seed, 16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def jwt(seed: int) -> str:
    head = urlsafe_b64encode(json.dumps({"alg": "HS256"}).encode()).decode().rstrip("=")
    return f"{head}.{drawn(seed, 40)}.{drawn(seed + 1, 43)}"


def private_key(seed: int) -> str:
    lines = "\n".join(drawn(seed + n, 64) for n in range(4))
    return f"-----BEGIN RSA PRIVATE KEY-----\n{lines}\n-----END RSA PRIVATE KEY-----"


def address(seed: int) -> str:
    return f"{drawn(seed, 12, LETTERS[26:52])}@posteo.net"


def phone(seed: int) -> str:
    return f"(212) 4{2 + seed % 7}{seed % 9}-{1001 + 7 * (seed % 1200)}"


KINDS = (token, api_key, access_key, jwt, private_key, address, phone)


def told(value: str) -> set[str]:
    """Runs of eight letters of what was drawn: without white space, in one case, without what names the kind."""
    drawn_part = re.sub(r"-----[^-]*-----|^(?:hf_|sk-proj-|AKIA|eyJ)|@.*|\s", "", value).lower()
    return {drawn_part[at : at + 8] for at in range(len(drawn_part) - 7)}


def document(value: str, before: str, after: str) -> reports.Document:
    """The value in a response, in every other field that can hold text, and findings around and within it."""
    output = f"{before} {value} {after}"
    start, end = len(before) + 1, len(before) + 1 + len(value)
    row = Row(2, 2, f"id {value}", f"Use {value} .", output, value, output, (value,))
    shared = {"severity": Severity.ERROR, "row": 2, "row_id": row.id, "column": "output"}
    middle = value[4:-2]
    findings = (
        Finding(code="PII003", criterion="privacy", message="a secret", start=start, end=end, **shared),
        Finding(
            code="GRM001",
            criterion="grammar",
            message=f'"{middle}" is not a word; nearest: "{middle[:9]}"',
            start=start + 4,
            end=end - 2,
            fix=Fix(start + 4, end - 2, middle[1:], True),
            related=(value,),
            detail={"near": [middle, {value: 1}]},
            **shared,
        ),
        Finding(code="DUP002", criterion="plagiarism", message=f"such as “{output[:-4]}…”", **shared),
        Finding(code="LEN001", criterion="chattiness", message="too short", waived=row.instruction, **shared),
        Finding("PRM001", "variety", Severity.WARNING, None, "", "", f"alike: {value}", related=(value,)),
    )
    ask = Ask("keywords:existence", "", value, "", 4, 4 + len(value))
    result = AskResult(ask, Result.VIOLATED, f"the answer has “{output[:-2]}”")
    unmeasured = {"grammar": f"odd: {value}"}
    score = RowScore(2, 2, row.id, 0.0, False, {"grammar": None}, unmeasured, (ask,), (result,))
    outcome = Outcome("GRM001", Status.CRASHED, 0, 0, (2,), 0.0, f"ValueError: {value}")
    frame = pd.DataFrame([[row.id, value, output, value]], index=[2], columns=["id", "a", "b", value])
    return reports.Document(
        report=Report(HASHES, (score,), findings, (outcome,), {"openings": [[value, 3]]}),
        verdict=Verdict(HASHES, False, (f"first: {value!r}",), (), (f"note: {value}",)),
        rows={2: row},
        frame=frame,
        path="data.csv",
        guide=GUIDE,
        rules={},
        notes=(value,),
    )


def flat(rendered: str) -> str:
    """Without tags, entities, escapes and white space, so that no markup hides a value; in one case."""
    text = html.unescape(re.sub(r"<[^<>]*>", "", rendered)) + rendered
    return re.sub(r"\\n|%0A|[\s↵|]", "", text).lower()


AROUND = st.text(st.sampled_from("abc .,;\n\"'<>&"), max_size=20)


@pytest.mark.parametrize("format", reports.FORMATS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**9), before=AROUND, after=AROUND)
def test_no_format_shows_a_secret(format, kind, seed, before, after):
    value = kind(seed)
    rendered = flat(reports.render(format, document(value, before, after)))
    assert not [run for run in told(value) if run in rendered]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**9), before=AROUND, after=AROUND)
def test_what_is_masked_keeps_its_length_its_lines_and_its_surroundings(kind, seed, before, after):
    value = kind(seed)
    text = f"{before} {value} {after}"
    masked = masked_text(text)
    assert len(masked) == len(text)
    assert [at for at, letter in enumerate(masked) if letter.isspace()] == [
        at for at, letter in enumerate(text) if letter.isspace()
    ]
    assert masked.startswith(before)
    assert masked.endswith(after)
    assert "•" in masked
    assert masked_text(masked) == masked


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_masking_keeps_the_length_of_any_text(text):
    assert len(masked_text(text)) == len(text)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_corrected_file_has_the_secret_and_the_diff_has_not(kind, tmp_path: Path):
    value = kind(7)
    source = tmp_path / "data.jsonl"
    row = {"id": "a", "instruction": "Say it.", "output": f"An key: {value} and so on", "fail_mode": ""}
    source.write_text(json.dumps(row) + "\n", encoding="utf-8")
    table = read(source)
    (first,) = table.rows
    corrected = first.output.replace("An key", "A key")
    left = Finding(
        "GRM001", "grammar", Severity.ERROR, 1, "a", "output", f'"{value[2:]}" is not a word', 8, 20
    )
    fixed = fix.Fixed(table, corrected.encode(), {(first.row, "output"): corrected}, (), (), (left,))
    shown = fix.diff(fixed, "data.jsonl")
    assert "+A key" in shown
    assert not [run for run in told(value) if run in flat(shown)]
    assert value in fixed.content.decode()


def test_a_correction_within_a_secret_is_not_shown():
    doc = document(token(1), "Use", "now.")
    report = json.loads(reports.render("json", doc))
    assert [finding["fix"] for finding in report["findings"]] == [None] * 5
    (start, end) = (report["findings"][0]["start"], report["findings"][0]["end"])
    assert doc.rows[2].output[start:end] == token(1)


def test_a_document_without_personal_data_is_rendered_from_the_very_rows():
    doc = replace(document(token(1), "Use", "now."), rows={2: Row(2, 2, "a", "Say hi.", "Hi!", "none")})
    assert reports.masked(doc).rows[2] is doc.rows[2]
