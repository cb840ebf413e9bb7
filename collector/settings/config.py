"""Settings: validated, frozen, loaded by entry points only and passed on as an argument.

`Settings()` works without any file. A file is TOML; secrets come from the environment or from
files that it names, and a TOML that holds one is refused.
"""

import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from collector.errors import ConfigError
from collector.settings.allowed_queries import refusal
from collector.settings.app_key import checked_app_key
from collector.settings.of_sources import (
    AppOfSources,
    SecretsOfSources,
    SettingsOfSources,
    Table,
)
from collector.settings.toml_lines import TomlLines

DEFAULT_FILE = "floodgauge.toml"
ENV_PREFIX = "FLOODGAUGE_"


def _timezone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is not a time zone; write it like America/Chicago or UTC")
    return name


def _feed(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError(f"{address!r} is not an https:// address")
    if parts.username or parts.password:
        raise ValueError("an address must not carry a user name or password")
    if is_private(parts.hostname):
        raise ValueError(f"{parts.hostname} is a private address")
    return address


def is_private(host: str) -> bool:
    """Whether a host names this machine or an inner network, by its looks (no look-up)."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return False


def _language(tag: str) -> str:
    language, *rest = tag.split("-")
    return "-".join([language, *(part.upper() if len(part) == 2 else part for part in rest)])


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _shop_id(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Country = Annotated[str, BeforeValidator(_lower), Field(pattern="^[a-z]{2}$")]
Language = Annotated[
    str, AfterValidator(_language), Field(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
]
Timezone = Annotated[str, AfterValidator(_timezone)]
FeedAddress = Annotated[str, AfterValidator(_feed)]
Days = Annotated[int, Field(ge=1, le=36500)]
AppKey = Annotated[str, AfterValidator(checked_app_key)]
Word = Annotated[str, Field(min_length=3, max_length=200)]
PackageId = Annotated[
    str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+$", max_length=200)
]
AppleId = Annotated[str, BeforeValidator(_shop_id), Field(pattern="^[0-9]{5,15}$")]


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
    queries: tuple[str, ...] = Field(default=(), description="what to look for on open networks")
    news_feeds: tuple[FeedAddress, ...] = Field(default=(), description="RSS or Atom, news")
    statement_feeds: tuple[FeedAddress, ...] = Field(
        default=(), description="RSS or Atom, the agency's own statements"
    )
    sources: tuple[str, ...] | None = Field(
        default=None, description="only these sources; all that are configured by default"
    )
    timezone: Timezone | None = Field(default=None, description="where its users live")

    def subjects(self) -> tuple[str, ...]:
        """Names that a social query may be about: the app's and the agency's."""
        return tuple(
            dict.fromkeys([*([self.name] if self.name else []), *self.aliases, *self.agency])
        )

    @field_validator("countries", "languages", "queries", "news_feeds", "statement_feeds")
    @classmethod
    def _once(cls, values: tuple[str, ...]) -> tuple[str, ...]:
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


class XSettings(Table):
    """X is off until a monthly budget is set and the config says who approved its use, and when."""

    monthly_budget_usd: float = Field(default=0.0, ge=0)
    approved_by: str | None = Field(default=None, min_length=2)
    approved_on: date | None = None

    @model_validator(mode="after")
    def _approved(self) -> Self:
        if self.monthly_budget_usd > 0 and not (self.approved_by and self.approved_on):
            raise ValueError(
                "use of X by governments needs its approval: set approved_by and approved_on"
            )
        return self


class BlueskySettings(Table):
    """The account that searches; its app password is a secret."""

    handle: str | None = Field(default=None, min_length=3)
    service: FeedAddress = "https://bsky.social"


class MastodonSettings(Table):
    """Servers to ask."""

    servers: tuple[FeedAddress, ...] = ("https://mastodon.social",)


class AppStoreConnectSettings(Table):
    """The owner's key; the key itself is a secret."""

    key_id: str | None = Field(default=None, min_length=2)
    issuer_id: str | None = Field(default=None, min_length=2)


class Secrets(SecretsOfSources):
    """From FLOODGAUGE_<NAME> or, for a file that holds it, FLOODGAUGE_<NAME>_FILE."""

    x_bearer_token: SecretStr | None = None
    bluesky_app_password: SecretStr | None = None
    mastodon_token: SecretStr | None = None
    app_store_connect_key: SecretStr | None = Field(default=None, description="the .p8 text")
    play_service_account: SecretStr | None = Field(default=None, description="the JSON text")


class Settings(SettingsOfSources):
    """Everything that an operator may choose."""

    store: str | None = Field(default=None, description="sqlite:///... or postgresql://...")
    timezone: Timezone = "UTC"
    false_alarms_per_app_year: float = Field(default=0.2, gt=0, le=52)
    apps: dict[AppKey, AppSettings] = Field(default={})
    retention: Retention = Retention()
    collecting: Collecting = Collecting()
    x: XSettings = XSettings()
    bluesky: BlueskySettings = BlueskySettings()
    mastodon: MastodonSettings = MastodonSettings()
    app_store_connect: AppStoreConnectSettings = AppStoreConnectSettings()
    secrets: Secrets = Secrets()
    endpoints: dict[str, str] = Field(
        default={}, description="host -> address of a stand-in, for drills and tests"
    )

    def timezone_of(self, app: str) -> str:
        """Time zone of an app's users."""
        settings = self.apps.get(app)
        return (settings.timezone if settings else None) or self.timezone


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
        raise ConfigError("\n".join(mistakes))
    return settings


def read_secrets(environ: Mapping[str, str]) -> tuple[Secrets, list[str]]:
    """Secrets of an environment, and what could not be read (without its content)."""
    values: dict[str, SecretStr] = {}
    problems: list[str] = []
    for name in Secrets.model_fields:
        variable = ENV_PREFIX + name.upper()
        value = environ.get(variable)
        if value is None and (file := environ.get(f"{variable}_FILE")):
            try:
                value = Path(file).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                problems.append(f"{variable}_FILE: {file} cannot be read as text")
        if value and value.strip():
            values[name] = SecretStr(value.strip())
    return Secrets(**values), problems


def _secrets_in(table: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Places of a TOML that hold a secret."""
    found: list[tuple[str, ...]] = []
    for key, value in table.items():
        if key in Secrets.model_fields:
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
