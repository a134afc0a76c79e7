"""What stands around an instruction and its output: literal text, in files of the user's own or shipped.

A template file is text with `{instruction}` and `{output}` in it, each once, in that order. All else is literal, other
braces too, and what a cell holds is never looked at again: a cell that says `{output}` says just that. Special tokens
of the base that the template writes, such as `<|im_start|>`, become their ids; the same letters in a cell stay text.
BOS before the text and EOS after it are added, so a template need not write them. The line end that closes the file
does not count.

What follows `{output}` is learned as the end of the answer and taken off predictions again. Blanks between the
prompt and `{output}` belong to the answer, for most tokenizers join a word with the blank before it: so the prompt
has the same ids whether an answer follows, as in training, or not, as in prediction.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from finetune.rows.tokenizer import Tokenizer
from quality.errors import ConfigError
from quality.files import is_special
from quality.model import Row

SHIPPED = ("alpaca", "chatml", "llama2-chat")
INSTRUCTION, OUTPUT = "{instruction}", "{output}"
MAX_BYTES = 65_536
"""Of a template file; a longer one is surely another file."""
_REMEDY = f"write {INSTRUCTION} once and {OUTPUT} once, after it"
_BRACED = re.compile(r"\{+\w+\}+")


@dataclass(frozen=True, slots=True)
class Template:
    """Literal text in three parts.

    Attributes:
        name: As the user gave it.
        sha256: Hash of the text.
        before: What precedes the instruction.
        between: What stands between the instruction and the output.
        after: What follows the output.
    """

    name: str
    sha256: str
    before: str
    between: str
    after: str

    @property
    def text(self) -> str:
        """The file's text, from which `of` makes the same template again."""
        return f"{self.before}{INSTRUCTION}{self.between}{OUTPUT}{self.after}\n"

    @property
    def strange(self) -> tuple[str, ...]:
        """What looks like a placeholder and is literal text, such as `{input}`."""
        found = _BRACED.findall(self.text)
        return tuple(dict.fromkeys(name for name in found if name not in (INSTRUCTION, OUTPUT)))


def load(name_or_file: str) -> Template:
    """The template of that name, or of that file.

    Raises:
        ConfigError: No such template, not UTF-8, or placeholders that are missing, doubled or in the wrong order.
    """
    if name_or_file in SHIPPED:
        return of(name_or_file, _shipped(name_or_file))
    return of(name_or_file, _read(name_or_file))


def of(name: str, text: str) -> Template:
    """The template of that name that the text holds.

    Raises:
        ConfigError: Placeholders are missing, doubled or in the wrong order.
    """
    text = _one_line_end(text.removeprefix("\ufeff")).removesuffix("\n")
    for placeholder in (INSTRUCTION, OUTPUT):
        found = text.count(placeholder)
        if found != 1:
            said = f"holds {placeholder} {found} times" if found else f"holds no {placeholder}"
            raise ConfigError(f"the prompt template {said}", where=name, remedy=_REMEDY)
    before, rest = text.split(INSTRUCTION)
    if OUTPUT in before:
        raise ConfigError(
            f"the prompt template holds {OUTPUT} before {INSTRUCTION}", where=name, remedy=_REMEDY
        )
    between, after = rest.split(OUTPUT)
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return Template(name, digest, before, between, after)


def asked(row: Row) -> str:
    """All that the model is asked: a conversation's earlier turns and the instruction, with blank lines between."""
    return "\n\n".join((*row.context, row.instruction))


def prompt_ids(template: Template, instruction: str, tokenizer: Tokenizer) -> list[int]:
    """Ids of all that precedes the answer, BOS included: the same in training and prediction."""
    runs = [
        *_runs(template.before, tokenizer),
        _one_line_end(instruction),
        *_runs(template.between.rstrip(" "), tokenizer),
    ]
    if tokenizer.bos is None:
        return _encoded(runs, tokenizer, continued=False)
    written = runs[0] == tokenizer.bos
    return [tokenizer.bos, *_encoded(runs[written:], tokenizer, continued=False)]


def answer_ids(template: Template, output: str, tokenizer: Tokenizer) -> list[int]:
    """Ids of the answer after any prompt, EOS included.

    Where the ids of prompt and answer as one text begin with the prompt's own, these are the rest of them.
    """
    blanks = template.between[len(template.between.rstrip(" ")) :]
    runs = [blanks + _one_line_end(output), *_runs(template.after, tokenizer)]
    ids = _encoded(runs, tokenizer, continued=True)
    return ids if runs[-1] == tokenizer.eos else [*ids, tokenizer.eos]


def answer_text(template: Template, ids: list[int], tokenizer: Tokenizer) -> str:
    """The answer that a model wrote, without what the template puts after each one and without outer white space."""
    ending = tokenizer.decode(
        _encoded([*_runs(template.after, tokenizer)], tokenizer, continued=True)
    ).strip()
    return tokenizer.decode(ids).strip().removesuffix(ending).rstrip()


def _runs(literal: str, tokenizer: Tokenizer) -> Iterator[str | int]:
    """The literal's text and, as ids, the special tokens that it writes."""
    names = sorted((name for name in tokenizer.specials if name and name in literal), key=len, reverse=True)
    if not names:
        yield literal
        return
    for part in re.split(f"({'|'.join(map(re.escape, names))})", literal):
        if part:
            yield tokenizer.specials.get(part, part)


def _encoded(runs: list[str | int], tokenizer: Tokenizer, *, continued: bool) -> list[int]:
    """Ids of the runs; texts that follow one another are one text.

    Args:
        continued: Something comes before the first of them.
    """
    ids: list[int] = []
    text = ""
    for run in [*runs, None]:
        if isinstance(run, str):
            text += run
            continue
        if text:
            ids += tokenizer.encode(text, continued=continued or bool(ids))
            text = ""
        if run is not None:
            ids.append(run)
    return ids


def _one_line_end(text: str) -> str:
    """Spreadsheets change the line ends in cells; the rows are the same data, so they are the same ids."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _shipped(name: str) -> str:
    return files("finetune.rows").joinpath("templates", f"{name}.txt").read_text(encoding="utf-8")


def _read(name: str) -> str:
    remedy = f"name a text file or one of the shipped templates: {', '.join(SHIPPED)}"
    try:
        if is_special(Path(name)):
            raise ValueError("a pipe or a device")
        with Path(name).open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise ConfigError(f"no such prompt template: {said}", where=name, remedy=remedy) from None
    if len(content) > MAX_BYTES:
        raise ConfigError(f"a prompt template has at most {MAX_BYTES:,} bytes", where=name, remedy=remedy)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise ConfigError(
            "the prompt template is not UTF-8 text", where=name, remedy="save it as UTF-8"
        ) from None
