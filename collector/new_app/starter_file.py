"""The commented floodgauge.toml that `init` writes, and that `watch` starts from."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from collector.errors import ConfigError, SourceError
from collector.http import Http
from collector.new_app.app_links import ShopApp, parse_shop_link
from collector.new_app.app_page import read_shop_page
from collector.settings.allowed_queries import refusal
from collector.settings.config import Settings
from collector.source_manifests import manifests

TEMPLATE = """\
# Floodgauge: what to watch and how. A line that starts with # is optional and shows the default
# or an example. `floodgauge collect` reads this file; secrets never stand in it (see the end).

# timezone = "UTC"                  # for the dashboard, like America/Chicago
# false_alarms_per_app_year = 0.2   # how many alarms chance alone may raise
# talk_false_alarms_per_app_year = 0.2   # the same of what is said outside the stores
# sentiment = "auto"                # "vader": vaderSentiment's published scores, for English
# store = "sqlite:///floodgauge.db" # or postgresql://...; by default in your data directory

[apps.{key}]
{name}
{google_play}
{app_store}
{countries}
{languages}
# timezone = "UTC"                  # where its users live
# aliases = ["My City"]             # other names of the app
# sentiment = "auto"                # what reads its texts, if another engine than the others
{agency}
# What to look for on open networks. Each query must name the app, an alias or the agency.
{queries}
# news_feeds = ["https://news.example.org/rss"]        # kept if they name the app or the agency
# statement_feeds = ["https://www.example.org/feed"]   # the agency's own statements
# google_play_route = "public"      # "owner": Play Developer API instead of the public pages
# app_store_route = "public"        # "owner": App Store Connect; "scraper": app-store-scraper
# sources = ["google_play", "app_store"]               # only these
{own}
# [retention]                       # days that texts are kept; `collect` takes out what is older
# review_text_days = 365
# social_text_days = 30
# removed_days = 30

# [collecting]
# requests_per_second = 1.0
# contact = "you@example.org"       # shown to the sources

{sources}# Secrets come from the environment, or from a file that the environment names:
#   FLOODGAUGE_BLUESKY_APP_PASSWORD=...   or   FLOODGAUGE_BLUESKY_APP_PASSWORD_FILE=/path
# likewise FLOODGAUGE_MASTODON_TOKEN, FLOODGAUGE_X_BEARER_TOKEN,
# FLOODGAUGE_APP_STORE_CONNECT_KEY, FLOODGAUGE_PLAY_SERVICE_ACCOUNT.
"""
SHORTEST_NAME, LONGEST_NAME = 3, 200
LONGEST_NAMED_KEY, LONGEST_KEY = 40, 100


@dataclass(frozen=True, slots=True)
class Start:
    """A configuration to start from. notes: what the store's page told, or why it did not."""

    key: str
    toml: str
    notes: tuple[str, ...] = ()


def start_from(link: str | None, settings: Settings) -> Start:
    """A configuration for the app behind a link or id; None: for one that is filled in by hand.

    settings: how to ask the store's page. Raises ConfigError for what is no link; a page that
    cannot be read is only noted.
    """
    if link is None:
        return Start(app_key(None), starter_toml(app_key(None)))
    found = parse_shop_link(link)
    name = owner = None
    try:
        with Http.from_settings(settings) as http:
            page = read_shop_page(found, http)
        name, owner = page.name, page.owner
        note = f"found {name}" + (f", by {owner}" if owner else "")
    except SourceError as error:
        note = f"could not read the store's page, so the name is left for you to fill in: {error}"
    key = app_key(name, found)
    return Start(key, starter_toml(key, app=found, name=name, owner=owner), (note,))


def app_key(name: str | None, app: ShopApp | None = None) -> str:
    """A key made from the app's name, else from its whole id: lower case, digits, hyphens."""
    package = app.google_play if app else None
    for candidate, longest in (
        (name, LONGEST_NAMED_KEY),
        (package, LONGEST_KEY),
        (f"app-{app.app_store}" if app else None, LONGEST_KEY),
    ):
        if key := re.sub("[^a-z0-9]+", "-", (candidate or "").casefold())[:longest].strip("-"):
            return key
    return "my-app"


def starter_toml(
    key: str = "my-app",
    *,
    app: ShopApp | None = None,
    name: str | None = None,
    owner: str | None = None,
) -> str:
    """A configuration that is valid as it stands; what is not known is left as a comment."""
    known = app or ShopApp()
    name, owner = _named(name), _named(owner)
    known_sources = manifests().values()
    query = f'"{name}"' if name and refusal(f'"{name}"', [name]) is None else None
    return TEMPLATE.format(
        key=key,
        name=_line("name", name, "My City App"),
        google_play=_line("google_play", known.google_play, "com.example.app"),
        app_store=_line("app_store", known.app_store, "123456789"),
        countries=_line("countries", [known.country or "us"]),
        languages=_line("languages", [known.lang or "en"]),
        agency=_line("agency", [owner] if owner else None, ["City of Example"]),
        queries=_line("queries", [query] if query else None, ['"My City App"']),
        own="".join(f"{made.starter_app.strip()}\n" for made in known_sources if made.starter_app),
        sources="".join(f"{made.starter.strip()}\n\n" for made in known_sources if made.starter),
    )


def _named(text: str | None) -> str | None:
    """A name on one line, without quotes and control characters; None where too little is left."""
    plain = " ".join(
        "".join(c if c.isprintable() and c != '"' else " " for c in text or "").split()
    )
    long_enough = len(plain) >= SHORTEST_NAME and any(c.isalnum() for c in plain)
    return plain[:LONGEST_NAME] if long_enough else None


def _line(field: str, value: str | Sequence[str] | None, example: str | Sequence[str] = "") -> str:
    """`field = value`, or the example as a comment. JSON's strings and lists are TOML's, too."""
    if value is None:
        return f"# {field} = {json.dumps(example, ensure_ascii=False)}"
    return f"{field} = {json.dumps(value, ensure_ascii=False)}"


def write_start(
    path: Path, link: str | None = None, *, force: bool = False, settings: Settings | None = None
) -> Start:
    """Writes a file to start from. Raises ConfigError where it exists or cannot be written."""
    if path.exists() and not force:
        raise ConfigError(f"{path} exists; --force replaces it")
    start = start_from(link, settings or Settings())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(start.toml, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"cannot write {path}: {error.strerror}") from error
    return start
