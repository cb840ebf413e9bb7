"""Settings: validated, frozen, loaded by entry points only and passed on as an argument.

What a source alone lets an operator set stands in its manifest (sources/NAME.toml).

`Settings()` works without any file. A file is TOML; secrets come from the environment or from
files that it names, and a TOML that holds one is refused.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args
from unicodedata import normalize

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from collector.errors import ConfigError
from collector.settings.allowed_queries import refusal
from collector.settings.app_key import checked_app_key
from collector.settings.field_types import (
    AppleId,
    Country,
    Days,
    FeedAddress,
    Language,
    PackageId,
    Timezone,
    Word,
)
from collector.settings.source_tables import (
    AppOfSources,
    SecretsOfSources,
    SettingsOfSources,
    Table,
)
from collector.settings.toml_lines import TomlLines
from collector.text.titles import short_name

DEFAULT_FILE = "floodgauge.toml"
ENV_PREFIX = "FLOODGAUGE_"


SentimentEngine = Literal["auto", "vader"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
AppKey = Annotated[str, AfterValidator(checked_app_key)]


class AppSettings(AppOfSources):
    """One app to watch. A store without an id is not asked."""

    name: str | None = Field(default=None, min_length=2, description="name as the store shows it")
    google_play: PackageId | None = Field(default=None, description="package, com.example.app")
    app_store: AppleId | None = Field(default=None, description="number in the App Store link")
    google_play_route: Literal["public", "owner"] = Field(
        default="public", description="ids differ between routes, so reviews come by one of them"
    )
    app_store_route: Literal["public", "owner", "scraper"] = "public"
    countries: tuple[Country, ...] = Field(default=("us",), min_length=1, max_length=175)
    languages: tuple[Language, ...] = Field(default=("en",), min_length=1, max_length=80)
    aliases: tuple[Word, ...] = Field(default=(), description="other names of the app")
    agency: tuple[Word, ...] = Field(default=(), description="names of the agency behind it")
    context: tuple[str, ...] = Field(
        default=(),
        max_length=12,
        description="where the name is an ordinary word: words of which one stands beside it",
    )
    queries: tuple[str, ...] = Field(default=(), description="what to look for on open networks")
    news_feeds: tuple[FeedAddress, ...] = Field(default=(), description="RSS or Atom, news")
    statement_feeds: tuple[FeedAddress, ...] = Field(
        default=(), description="RSS or Atom, the agency's own statements"
    )
    sources: tuple[str, ...] | None = Field(
        default=None, description="only these sources; all that are configured by default"
    )
    timezone: Timezone | None = Field(default=None, description="where its users live")
    sentiment: SentimentEngine | None = Field(
        default=None, description="what reads its texts, where that is another engine than all use"
    )

    def subjects(self) -> tuple[str, ...]:
        """Names that a social query may be about: the app's and the agency's."""
        return tuple(dict.fromkeys([*self.names(), *self.agency]))

    def names(self) -> tuple[str, ...]:
        """Names of the app: as the store shows it, without its tagline, and the others."""
        titles = [] if self.name is None else [self.name, short_name(self.name, self.agency)]
        return tuple(dict.fromkeys([*titles, *self.aliases]))

    @field_validator("countries", "languages", "queries", "news_feeds", "statement_feeds")
    @classmethod
    def _once(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(values))

    @field_validator("name", "aliases", "agency", "context", "queries")
    @classmethod
    def _composed(cls, value: str | tuple[str, ...] | None) -> str | tuple[str, ...] | None:
        """In Unicode's composed form, as networks and people write."""
        if value is None or isinstance(value, str):
            return None if value is None else normalize("NFC", value)
        return tuple(normalize("NFC", each) for each in value)

    @field_validator("context")
    @classmethod
    def _is_said(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        if not all(any(c.isalnum() for c in word) and '"' not in word for word in values):
            raise ValueError("each is a word or several, without quotes")
        return tuple(dict.fromkeys(values))

    @model_validator(mode="after")
    def _queries_name_the_app(self) -> Self:
        reasons = [refusal(query, self.subjects()) for query in self.queries]
        wrong = [f"{q!r}: {r}" for q, r in zip(self.queries, reasons, strict=True) if r]
        if wrong:
            raise ValueError("queries: " + "; ".join(wrong))
        return self


class Retention(Table):
    """How long texts are kept, in days since Floodgauge first read them.

    `collect` takes out what is older; stars, times and counts stay. Sources ask for no older posts.
    """

    review_text_days: Days = 365
    social_text_days: Days = 30
    removed_days: Days = Field(
        default=30, description="since the platform removed an item; its author's key goes, too"
    )


class Collecting(Table):
    """How sources are asked."""

    requests_per_second: float = Field(default=1.0, gt=0, le=10)
    timeout_s: float = Field(default=20.0, gt=0, le=300)
    max_response_mb: float = Field(default=16.0, gt=0, le=200)
    contact: str | None = Field(default=None, description="address shown to sources")
    allow_private_addresses: bool = False
    pages: dict[str, Annotated[int, Field(ge=1, le=10_000)]] = Field(
        default={}, description="pages that one walk may read, by source"
    )


PASSWORD_IN_ADDRESS = re.compile(
    r"(?:postgres\w*|mysql|sqlite)(?:\+\w+)?://[^\s:@/]*:[^\s]+@"  # a slash in it as well
    r"|://[^/\s:@]*:[^/\s]+@"
    r"|[?&][\w-]*(?:pass(?:word|wd)?|token|secret|api_?key)=[^&\s]",
    re.IGNORECASE,
)


STORE_INSTEAD = (
    "; set FLOODGAUGE_STORE to the whole address, or leave the password to PGPASSWORD or ~/.pgpass"
)


class Digest(Table):
    """When the week is told, and in which language: `floodgauge week --send`."""

    day: Weekday = "monday"
    at: time = Field(default=time(8), description="by the zone of the alerts")
    language: Literal["en", "es"] = "en"


class Settings(SettingsOfSources):
    """Everything that an operator may choose."""

    store: str | None = Field(default=None, description="sqlite:///... or postgresql://...")
    timezone: Timezone = "UTC"
    false_alarms_per_app_year: float = Field(default=0.2, gt=0, le=52)
    talk_false_alarms_per_app_year: float = Field(default=0.2, gt=0, le=52)
    sentiment: SentimentEngine = Field(
        default="auto", description="what reads texts; vader: vaderSentiment's published scores"
    )
    apps: dict[AppKey, AppSettings] = Field(default={})
    retention: Retention = Retention()
    collecting: Collecting = Collecting()
    digest: Digest = Digest()
    secrets: SecretsOfSources = SecretsOfSources()
    endpoints: dict[str, str] = Field(
        default={}, description="host -> address of a stand-in, for drills and tests"
    )

    @model_validator(mode="after")
    def _one_key_an_app(self) -> Self:
        """Two keys of one app would tell the same event twice."""
        for field in ("google_play", "app_store"):
            known: dict[str, str] = {}
            for key, app in self.apps.items():
                wanted = getattr(app, field)
                if wanted is not None and known.setdefault(wanted, key) != key:
                    raise ValueError(
                        f"[apps.{key}] {field} = {wanted!r} is [apps.{known[wanted]}]'s already; "
                        "one app has one key: take one of them out"
                    )
        return self

    def timezone_of(self, app: str) -> str:
        """Time zone of an app's users."""
        settings = self.apps.get(app)
        return (settings.timezone if settings else None) or self.timezone

    def sentiment_of(self, app: str) -> SentimentEngine:
        """What reads the texts of an app."""
        settings = self.apps.get(app)
        return (settings.sentiment if settings else None) or self.sentiment


def find_file(path: Path | None, environ: Mapping[str, str]) -> Path | None:
    """The configuration file: the one asked for, FLOODGAUGE_CONFIG's, or ./floodgauge.toml."""
    named = path or (Path(environ["FLOODGAUGE_CONFIG"]) if "FLOODGAUGE_CONFIG" in environ else None)
    if named is not None:
        return named
    return Path(DEFAULT_FILE) if Path(DEFAULT_FILE).is_file() else None


def load_settings(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from a file (if there is one) and the environment (os.environ by default).

    Raises ConfigError that lists every mistake, one a line: `file:line: field: what is wrong`.
    """
    environ = os.environ if environ is None else environ
    found = find_file(path, environ)
    if found is None:
        return parse_settings("", environ=environ)
    try:
        text = found.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError(
            f"{found}: no such file; `floodgauge init --config {found}` writes one to start from"
        ) from error
    except OSError as error:
        raise ConfigError(f"{found}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{found}: is not UTF-8 text") from error
    return parse_settings(text, where=str(found), environ=environ)


def parse_settings(
    text: str, *, where: str = DEFAULT_FILE, environ: Mapping[str, str] | None = None
) -> Settings:
    """Settings from TOML text and an environment (none by default). Raises ConfigError."""
    environ = environ or {}
    try:
        table: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where}: not valid TOML: {error}") from error
    lines = TomlLines(text)
    mistakes: list[str] = []
    misplaced = _secrets_in(table)
    for field in misplaced:
        mistakes.append(
            f"{where}:{lines.line(field)}: {'.'.join(field)}: secrets do not belong in this file; "
            f"set {ENV_PREFIX}{field[-1].upper()} or {ENV_PREFIX}{field[-1].upper()}_FILE"
        )
    for field in _addresses_with_secrets(table):
        misplaced.append(field)
        mistakes.append(
            f"{where}:{lines.line(field)}: {'.'.join(field)}: an address with a password does not "
            f"belong in this file{STORE_INSTEAD if field == ('store',) else ''}"
        )
    secrets, unreadable = read_secrets(environ)
    mistakes += unreadable
    table.pop("secrets", None)
    if "FLOODGAUGE_STORE" in environ:
        table["store"] = environ["FLOODGAUGE_STORE"]
    try:
        settings = Settings(**table, secrets=secrets)
    except ValidationError as error:
        for mistake in error.errors(include_url=False, include_context=False, include_input=False):
            place = tuple(str(part) for part in mistake["loc"] if part != "[key]")
            if place not in misplaced:
                mistakes.append(_say(where, lines, place, mistake["msg"]))
    if mistakes:
        raise ConfigError("\n".join(sorted(mistakes, key=_line)))
    return settings


def _addresses_with_secrets(table: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Fields whose value is an address that holds a password."""
    found: list[tuple[str, ...]] = []
    for name, value in table.items():
        if isinstance(value, Mapping):
            found += [(name, *rest) for rest in _addresses_with_secrets(value)]
        elif any(isinstance(one, str) and PASSWORD_IN_ADDRESS.search(one) for one in _each(value)):
            found.append((name,))
    return found


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _line(mistake: str) -> int:
    """The line that a mistake names; those of the environment come first."""
    found = re.match(r"[^:]*:([0-9]+): ", mistake)
    return int(found[1]) if found else 0


def read_secrets(environ: Mapping[str, str]) -> tuple[SecretsOfSources, list[str]]:
    """SecretsOfSources of an environment, and what could not be read (without its content)."""
    values: dict[str, SecretStr] = {}
    problems: list[str] = []
    for name in SecretsOfSources.model_fields:
        variable = ENV_PREFIX + name.upper()
        value = environ.get(variable)
        if value is None and (file := environ.get(f"{variable}_FILE")):
            try:
                value = Path(file).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                problems.append(f"{variable}_FILE: {file} cannot be read as text")
        if value and value.strip():
            values[name] = SecretStr(value.strip())
    return SecretsOfSources(**values), problems


def _secrets_in(table: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Places of a TOML that hold a secret."""
    found: list[tuple[str, ...]] = []
    for key, value in table.items():
        if key in SecretsOfSources.model_fields:
            found.append((key,))
        elif isinstance(value, dict):
            found += [(key, *rest) for rest in _secrets_in(value)]
    return found


def _say(where: str, lines: TomlLines, place: tuple[str, ...], message: str) -> str:
    message = re.sub("^Value error, ", "", message)
    match = re.match("(queries): ", message)
    if match:
        place, message = (*place, match[1]), message[match.end() :]
    return f"{where}:{lines.line(place)}: {'.'.join(place)}: {message}"
