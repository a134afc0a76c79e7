"""What a user names on the command line and in proofgate.toml → a `Request`. Every command's gate goes through here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from quality import config, corpus, course, guide, selection, table
from quality.baseline import file as baseline_file
from quality.cli_inputs import Options
from quality.dismissals import file as decisions_file
from quality.errors import ConfigError
from quality.llm_judge.endpoint import BUDGET, JOBS, MOST_JOBS, Endpoint, ready
from quality.loosening import loosened
from quality.plan import Request, rules
from quality.wording import listed

_LISTED = 5
"""What a message lists before it says how many more there are."""
_JUDGE = ("judge", "judge_model", "judge_budget", "judge_jobs")
"""Settings that say where texts are sent, and what that may cost."""
_QUIETING = ("baseline", "decisions")
"""Settings that name files of findings that may stay."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A request, the settings behind it, and what the user should know of how it was put together."""

    request: Request
    settings: config.Settings
    notes: tuple[str, ...]


def resolve(options: Options, *, start: Path, new_baseline: bool = False) -> Resolved:
    """Reads the configuration from `start` upwards, the guide, the tables, the baseline and the decisions.

    Args:
        new_baseline: A baseline that is not there yet is an empty one.

    Raises:
        ProofgateError: Any of them is missing, unreadable or names what is not known.
    """
    settings = _settings(options, start)
    if settings.course is not None and (settings.course / "course.toml").exists():
        course.permissions(settings.course)  # a broken one is said at once, not when it is needed
    style = guide.load(settings.guide)
    _keep_tight(options, settings, style)
    engine = _engine(options, settings, style)
    columns = table.Columns(**settings.columns)
    required = None if settings.labels is None else settings.labels == "required"
    data = table.read(options.data, columns, labels_required=required)
    sheet = table.read(settings.original, columns, labels_required=False) if settings.original else None
    request = Request(
        table=table.with_originals(data, sheet) if sheet else data,
        guide=style,
        sheet=sheet,
        against=corpus.read(settings.against) if settings.against else None,
        baseline=baseline_file.read(settings.baseline, new=new_baseline) if settings.baseline else None,
        decisions=decisions_file.read(settings.decisions) if settings.decisions else None,
        codes=_codes(options, settings),
        engine=engine,
        engine_url=settings.engine_url or "",
        judge=_judge(options, settings),
        workers=options.jobs,
        cache=options.cache,
    )
    return Resolved(request, settings, tuple(_notes(request, settings)))


def _settings(options: Options, start: Path) -> config.Settings:
    """The configuration with what the command line names over it."""
    settings = config.load(options.config, start=start)
    url = None if options.engine_url is None else _address("engine_url", options.engine_url)
    judge = None if options.judge is None else _address("judge", options.judge)
    options = replace(options, engine_url=url, judge=judge)
    keys = ("original", "against", *_QUIETING, "guide", "engine", "engine_url", *_JUDGE, "select", "ignore")
    named = {key: value for key in keys if (value := getattr(options, key)) not in (None, ())}
    return replace(settings, **named)


def _address(key: str, text: str) -> str:
    read, remedy = (
        (config.judge_url, config.JUDGE_REMEDY) if key == "judge" else (config.server_url, config.URL_REMEDY)
    )
    try:
        return read(text)
    except ValueError as error:
        raise ConfigError(
            f"is no address of a server: {error}", where=f"--{key.replace('_', '-')}", remedy=remedy
        ) from None


def _where(options: Options, settings: config.Settings, key: str) -> str:
    """Where the user wrote that setting: the option, or the configuration."""
    named = getattr(options, key) not in (None, ()) or settings.source is None
    return f"--{key.replace('_', '-')}" if named else str(settings.source)


def _codes(options: Options, settings: config.Settings) -> frozenset[str]:
    written = [_where(options, settings, key) for key in ("select", "ignore") if getattr(settings, key)]
    where = " and ".join(dict.fromkeys(written))
    return selection.codes(sorted(rules()), settings.select, settings.ignore, where=where)


def _keep_tight(options: Options, settings: config.Settings, style: guide.StyleGuide) -> None:
    """What loosens the gate counts only where the user named it; a file that was merely found does not."""
    if options.config is not None or settings.source is None:
        return
    found = list(loosened(style, guide.load())) if options.guide is None else []
    for key in _QUIETING:
        path: Path | None = getattr(settings, key)
        if path is not None and getattr(options, key) is None:
            found.append(f'{key} = "{path.name}"')
    if settings.labels == "optional":
        found.append('labels = "optional"')
    if (
        options.engine is None
        and style.engine != guide.ENGINES[0]
        and settings.engine not in (None, style.engine)
    ):
        found.append(f'engine = "{settings.engine}", where the guide wants "{style.engine}"')
    if options.engine_url is None and settings.engine_url is not None:
        raise ConfigError(
            "engine_url says where texts are sent, and was found, not named",
            where=str(settings.source),
            remedy="name the address with --engine-url or the settings with --config",
        )
    judge = [key for key in _JUDGE if getattr(options, key) is None and getattr(settings, key) is not None]
    if judge:
        raise ConfigError(
            f"{judge[0]} says where texts are sent or what that costs, and was found, not named",
            where=str(settings.source),
            remedy=f"name it with --{judge[0].replace('_', '-')} or the settings with --config",
        )
    if found:
        raise ConfigError(
            f"loosens the gate ({listed(found, _LISTED)}), and was found, not named",
            where=str(settings.source),
            remedy="name the guide with --guide, the baseline with --baseline, decisions with --decisions, or the "
            "settings with --config",
        )


def _engine(options: Options, settings: config.Settings, style: guide.StyleGuide) -> str:
    """What proof-reads: the engine of the command line, of the configuration, or of the guide."""
    engine = style.engine if settings.engine is None else settings.engine
    if engine not in guide.ENGINES:
        raise ConfigError(
            f"no engine is called {engine!r}",
            where=_where(options, settings, "engine"),
            remedy=f"use one of {', '.join(guide.ENGINES)}",
        )
    if settings.engine_url is not None and engine == guide.ENGINES[0]:
        raise ConfigError(
            f"the engine {engine!r} has no server",
            where=_where(options, settings, "engine_url"),
            remedy="add --engine languagetool or --engine both, or leave the address out",
        )
    return engine


def _judge(options: Options, settings: config.Settings) -> Endpoint | None:
    """The language model that the user names; None where none is.

    Raises:
        ConfigError: Half of it is named, the course forbids it, or the key would travel in the clear.
        EngineUnavailable: The extra is not installed.
    """
    named = next((key for key in _JUDGE if getattr(settings, key) is not None), None)
    if named is None:
        return None
    where = _where(options, settings, named)
    if settings.judge is None:
        raise ConfigError("asks no judge, as no address is named", where=where, remedy="add --judge URL")
    model = (settings.judge_model or "").strip()
    if not model or not model.isprintable():
        raise ConfigError(
            "names an address and no model",
            where=where,
            remedy="add --judge-model NAME, as its server lists it",
        )
    course.demand("--judge", settings.course)
    judge = Endpoint(
        settings.judge, model, settings.judge_budget or BUDGET, min(settings.judge_jobs or JOBS, MOST_JOBS)
    )
    ready(judge)
    return judge


def _notes(request: Request, settings: config.Settings) -> list[str]:
    notes = [f"{request.table.path.name}: {note}" for note in request.table.notes]
    if request.sheet:
        notes += [f"{request.sheet.path.name}: {note}" for note in request.sheet.notes]
    if settings.source:
        notes.append(f"settings from {settings.source}")
    return notes
