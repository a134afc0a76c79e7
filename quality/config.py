"""proofgate.toml → the settings that all four commands share.

The nearest `proofgate.toml`, or `pyproject.toml` with a `[tool.proofgate]` table, from the working directory upwards;
never one that lies beside the data: a file in the data's own folder counts only where that is the working directory
(`cd homework; quality check data.csv`), and as no file that was merely found may loosen the gate, it does no harm
there. One file is read, nothing is merged. Paths in it are relative to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from quality import toml_values
from quality.errors import ConfigError
from quality.guide import ENGINES, SHIPPED
from quality.toml_values import Place

COLUMN_KEYS = ("id", "instruction", "output", "fail_mode")
LABELS = ("required", "optional")
URL_REMEDY = "name it like http://127.0.0.1:8081"
JUDGE_REMEDY = "name it like http://127.0.0.1:8080/v1"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration says; every value has a default.

    Attributes:
        source: The file that was read; None when there is none.
        guide: Name of a shipped guide, or path of one.
        baseline: The findings that the user accepts; counts only in a file that is named.
        decisions: The findings that persons dismissed; counts only in a file that is named.
        engine: What proof-reads; None leaves it to the guide.
        engine_url: Where a LanguageTool server runs; None has us start our own.
        judge: Base of the endpoint at which a language model is asked for advice; None asks none.
        judge_model: Its name there.
        judge_budget: Requests to it at most; None leaves it to the default, as `judge_jobs`, how many at once.
        columns: Our column name → the user's.
        labels: `required`, `optional`, or None for the file type's own rule.
        select: Codes or their beginnings to run; empty means all.
        base_model: What `finetune` starts from.
        course: The course folder that `grading` and `dashboard` work in.
    """

    source: Path | None = None
    guide: str = "chat"
    original: Path | None = None
    against: Path | None = None
    baseline: Path | None = None
    decisions: Path | None = None
    engine: str | None = None
    engine_url: str | None = None
    judge: str | None = None
    judge_model: str | None = None
    judge_budget: int | None = None
    judge_jobs: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    labels: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    base_model: str = "meta-llama/Llama-2-7b-hf"
    course: Path | None = None


def find(start: Path) -> Path | None:
    """The nearest configuration file from that folder upwards."""
    for folder in (start, *start.parents):
        own = folder / "proofgate.toml"
        if _is_file(own):
            return own
        project = folder / "pyproject.toml"
        if _is_file(project) and _is_ours(project):
            return project
    return None


def load(path: Path | None, *, start: Path) -> Settings:
    """The settings of the file named, or of the nearest one from `start` upwards, or the defaults.

    Raises:
        ConfigError: No such file, not TOML, an unknown key or a value of the wrong kind.
    """
    source = path or find(start)
    if source is None:
        return Settings()
    table = _toml(source)
    if source.name == "pyproject.toml":
        own = _own_table(table, source)
        if own is None:
            raise ConfigError(
                "has no table [tool.proofgate]", where=str(source), remedy="add it, or name another file"
            )
        table = own
    return _settings(table, source)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder above that may not be entered
        return False


def _is_ours(project: Path) -> bool:
    """Whether a pyproject.toml that was found has a table of ours; a broken one that never names it is no concern."""
    try:
        table = _toml(project)
    except ConfigError:
        if _names_us(project):
            raise
        return False
    return _own_table(table, project) is not None


def _names_us(project: Path) -> bool:
    try:
        return b"tool.proofgate" in project.read_bytes()
    except OSError:
        return False


def _own_table(project: Mapping[str, object], source: Path) -> dict[str, object] | None:
    place = Place(str(source), ConfigError, "tool")
    tool = toml_values.table(project.get("tool", {}), place)
    return toml_values.table(tool["proofgate"], place.at("proofgate")) if "proofgate" in tool else None


def _toml(path: Path) -> dict[str, object]:
    return toml_values.read(
        path, ConfigError, "cannot be read: there is no such file", "name a TOML file with --config"
    )


def _settings(table: Mapping[str, object], source: Path) -> Settings:
    place = Place(str(source), ConfigError)
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in KEYS:
            raise place.unknown(key, KEYS)
        values[key] = KEYS[key](value, place.at(key))
    return Settings(source=source, **values)


def _path(value: object, place: Place) -> Path:
    """The path, from the configuration's folder on; `~` is the user's home."""
    text = toml_values.text(value, place)
    if "\0" in text:
        raise place.wrong("a path", value, "take the NUL character out")
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        raise place.refuse(
            f"`{place.key}` names a home folder that is not known", "write the whole path"
        ) from None
    return Path(place.file).parent / path


def _guide(value: object, place: Place) -> str:
    return value if isinstance(value, str) and value in SHIPPED else str(_path(value, place))


def _engine_url(value: object, place: Place) -> str:
    text = toml_values.text(value, place)
    try:
        return server_url(text)
    except ValueError as error:
        raise place.refuse(f"`{place.key}` is no address of a server: {error}", URL_REMEDY) from None


def _judge_url(value: object, place: Place) -> str:
    text = toml_values.text(value, place)
    try:
        return judge_url(text)
    except ValueError as error:
        raise place.refuse(f"`{place.key}` is no address of a server: {error}", JUDGE_REMEDY) from None


def server_url(text: str) -> str:
    """The address of a LanguageTool server, with `/v2` at its end.

    Raises:
        ValueError: It is none, or holds what a log or a report must not show.
    """
    url = _address(text)
    path = url.path.rstrip("/")
    return f"{url.scheme}://{url.netloc}{path if path.endswith('/v2') else f'{path}/v2'}"


def judge_url(text: str) -> str:
    """The base of an OpenAI-compatible endpoint, below which `/chat/completions` is asked; a bare host gets `/v1`.

    Raises:
        ValueError: It is none, or holds what a log or a report must not show.
    """
    url = _address(text)
    path = url.path.rstrip("/").removesuffix("/chat/completions").rstrip("/")
    return f"{url.scheme}://{url.netloc}{path or '/v1'}"


def _address(text: str) -> SplitResult:
    """The parts of an address of a server.

    Raises:
        ValueError: It is none, or holds what a log or a report must not show.
    """
    url = urlsplit(text.strip())
    if url.scheme not in ("http", "https") or not url.hostname or "\\" in text:
        raise ValueError("it does not start with http:// or https:// and a host")
    if url.username is not None or url.password is not None or url.query or url.fragment:
        raise ValueError("it has a user name, a query or a fragment")
    if not (text.isascii() and text.isprintable()) or " " in text.strip() or url.port == 0:
        raise ValueError("it has signs or a port that no address has")
    return url


def _columns(value: object, place: Place) -> dict[str, str]:
    given = toml_values.table(value, place)
    for key in given:
        if key not in COLUMN_KEYS:
            raise place.unknown(key, COLUMN_KEYS)
    own = {key: toml_values.text(name, place.at(key)) for key, name in given.items()}
    names = {key: own.get(key, key) for key in COLUMN_KEYS}
    for key, name in own.items():
        twin = next((other for other in COLUMN_KEYS if other != key and names[other] == name), None)
        if twin:
            raise place.refuse(
                f"`{place.at(key).key}` and `{place.at(twin).key}` are both {name!r}",
                "give each of ours a column of its own",
            )
    return own


def _one_of(allowed: tuple[str, ...]) -> Callable[[object, Place], str]:
    def choice(value: object, place: Place) -> str:
        if value not in allowed:
            raise place.wrong("a known name", value, f"use one of {', '.join(allowed)}")
        return str(value)

    return choice


KEYS: Mapping[str, Callable[[object, Place], object]] = {
    "guide": _guide,
    "original": _path,
    "against": _path,
    "baseline": _path,
    "decisions": _path,
    "engine": _one_of(ENGINES),
    "engine_url": _engine_url,
    "judge": _judge_url,
    "judge_model": toml_values.text,
    "judge_budget": toml_values.count,
    "judge_jobs": toml_values.count,
    "columns": _columns,
    "labels": _one_of(LABELS),
    "select": toml_values.texts,
    "ignore": toml_values.texts,
    "base_model": toml_values.text,
    "course": _path,
}
"""Key → what reads its value."""
