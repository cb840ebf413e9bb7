"""The commented floodgauge.toml that `init` writes, and that `watch` starts from."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from collector.errors import ConfigError, SourceError
from collector.http import Http
from collector.new_app.app_links import ShopApp, parse_shop_link
from collector.new_app.app_page import read_shop_page
from collector.new_app.name_trial import Trial, lines, try_name
from collector.new_app.reach import NOTHING, Reach, languages_of, storefronts_of
from collector.settings.allowed_queries import refusal
from collector.settings.config import Settings, parse_settings
from collector.source_manifests import manifests
from collector.text.app_context import proposed
from collector.text.titles import as_name, short_name, without_accents

TEMPLATE = """\
# Floodgauge: what to watch and how. A line that starts with # is optional and shows the default
# or an example. `floodgauge collect` reads this file; secrets never stand in it (see the end).

# timezone = "UTC"                  # for the dashboard, like America/Chicago
# false_alarms_per_app_year = 0.2   # how many alarms chance alone may raise
# talk_false_alarms_per_app_year = 0.2   # the same, for what is said outside the stores
# sentiment = "auto"                # "vader": vaderSentiment's published scores, for English
# store = "sqlite:///floodgauge.db" # or postgresql://...; by default in your data directory

[apps.{key}]
{name}
{google_play}
{app_store}
{countries_told}{countries}
{languages_told}{languages}
# timezone = "UTC"                  # where its users live
{aliases}
# sentiment = "auto"                # what reads its texts, if another engine than the others
{agency}
# What to look for on open networks. Each query must name the app, an alias or the agency. A name
# is also asked for as a hashtag and without accents.
{queries}
{context_told}{context}
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

# [digest]                          # `floodgauge week --send`, to the alert channels
# day = "monday"
# at = 08:00:00
# language = "en"

# [collecting]
# requests_per_second = 1.0
# contact = "you@example.org"       # shown to the sources

{sources}# Secrets come from the environment, or from a file that the environment names:
#   FLOODGAUGE_BLUESKY_APP_PASSWORD=...   or   FLOODGAUGE_BLUESKY_APP_PASSWORD_FILE=/path
# likewise FLOODGAUGE_MASTODON_TOKEN, FLOODGAUGE_X_BEARER_TOKEN,
# FLOODGAUGE_APP_STORE_CONNECT_KEY, FLOODGAUGE_PLAY_SERVICE_ACCOUNT.
"""
ORDINARY = """\
# The name alone is an ordinary word: it is asked for only beside one of these words.
"""
DOUBTFUL = """\
# Where the name alone is an ordinary word: only posts and headlines with one of these beside it.
"""
LONGEST_NAMED_KEY, LONGEST_KEY = 40, 100


@dataclass(frozen=True, slots=True)
class Start:
    """A configuration to start from. notes: what stores and networks told. unread: why the store's
    page told nothing, as a kept reason."""

    key: str
    toml: str
    notes: tuple[str, ...] = ()
    unread: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What the stores and networks told of an app; what nobody told is missing.

    context: words beside a name that is an ordinary word. ordinary: whether it surely is one.
    """

    name: str | None = None
    owner: str | None = None
    written: int | None = None
    languages: Reach = NOTHING
    storefronts: Reach = NOTHING
    context: tuple[str, ...] = ()
    ordinary: bool = False


def start_from(link: str | None, settings: Settings) -> Start:
    """A configuration for the app behind a link or id; None: for one that is filled in by hand.

    settings: how to ask stores and networks. Raises ConfigError for what is no link; what cannot
    be read is only noted.
    """
    if link is None:
        return Start(app_key(None), starter_toml(app_key(None)))
    found = parse_shop_link(link)
    with Http.from_settings(settings) as http:
        known, notes, unread = _read(found, settings, http)
        trial = _tried(found, known, settings, http)
    words = proposed(known.name or "", _owners(known), _languages(found, known))
    if trial.is_ordinary or trial.is_doubtful:
        known = replace(known, context=words, ordinary=trial.is_ordinary)
    key = app_key(_short(known) or known.name, found)
    return Start(
        key, starter_toml(key, app=found, known=known), (*notes, *lines(trial, words)), unread
    )


def _read(app: ShopApp, settings: Settings, http: Http) -> tuple[Learned, list[str], str | None]:
    """What the store tells of an app, what to note of it, and why it does not tell, if so."""
    reached = Learned(
        languages=languages_of(app, settings, http), storefronts=storefronts_of(app, settings, http)
    )
    fronts = reached.storefronts.chosen()
    if app.country is None and fronts:
        app = replace(app, country=fronts[0])
    if app.lang is None and (spoken := reached.languages.chosen()):
        app = replace(app, lang=spoken[0])
    try:
        page = read_shop_page(app, http)
    except SourceError as error:
        note = "could not read the store's page, so the name is left for you to fill in"
        return reached, [note], str(error)
    notes = [f"found {page.name}" + (f", by {page.owner}" if page.owner else "")]
    if reached.languages.found:
        notes.append(f"reviews on Google Play: {reached.languages.told()}")
    if reached.storefronts.found:
        notes.append(f"reviews on the App Store: {reached.storefronts.told()}")
    return replace(reached, name=page.name, owner=page.owner, written=page.written), notes, None


def _tried(app: ShopApp, known: Learned, settings: Settings, http: Http) -> Trial:
    """What the networks find under the name; nothing where there is none to ask for."""
    one = parse_settings(starter_toml("new", app=app, known=known)).apps["new"]
    return try_name(one, settings, http) if one.queries else Trial()


def _short(known: Learned) -> str:
    return short_name(known.name, _owners(known)) if known.name else ""


def _owners(known: Learned) -> tuple[str, ...]:
    return (known.owner,) if known.owner else ()


def _languages(app: ShopApp, known: Learned) -> tuple[str, ...]:
    """The languages to read: those found, with that of the link."""
    return _chosen(known.languages, app.lang, "en")


def _chosen(reach: Reach, named: str | None, usual: str) -> tuple[str, ...]:
    """What the link names, then what was found; the usual one where there is neither."""
    return tuple(dict.fromkeys([*([named] if named else []), *reach.chosen()])) or (usual,)


def app_key(name: str | None, app: ShopApp | None = None) -> str:
    """A key made from the app's name, else from its whole id: lower case, digits, hyphens."""
    package = app.google_play if app else None
    for candidate, longest in (
        (name, LONGEST_NAMED_KEY),
        (package, LONGEST_KEY),
        (f"app-{app.app_store}" if app else None, LONGEST_KEY),
    ):
        plain = without_accents(candidate or "").casefold()
        if key := re.sub("[^a-z0-9]+", "-", plain)[:longest].strip("-"):
            return key
    return "my-app"


def starter_toml(
    key: str = "my-app", *, app: ShopApp | None = None, known: Learned | None = None
) -> str:
    """A configuration that is valid as it stands; what is not known is left as a comment."""
    ids, known = app or ShopApp(), known or Learned()
    known = replace(known, name=as_name(known.name or ""), owner=as_name(known.owner or ""))
    short = _short(known)
    query = f'"{short}"' if short and refusal(f'"{short}"', [short]) is None else None
    alias = short if short != known.name and as_name(short) else None
    context = _line("context", known.context or ["app", "City of Example"])
    known_sources = manifests().values()
    return TEMPLATE.format(
        key=key,
        name=_line("name", known.name, "My City App"),
        google_play=_line("google_play", ids.google_play, "com.example.app"),
        app_store=_line("app_store", ids.app_store, "123456789"),
        countries=_line("countries", _chosen(known.storefronts, ids.country, "us")),
        countries_told=_told("App Store", known.storefronts, None),
        languages=_line("languages", _languages(ids, known)),
        languages_told=_told("Google Play", known.languages, known.written),
        aliases=_line("aliases", [alias] if alias else None, ["My City"])
        + ("" if alias else "             # other names of the app"),
        agency=_line("agency", [known.owner] if known.owner else None, ["City of Example"]),
        queries=_line("queries", [query] if query else None, ['"My City App"']),
        context=context if known.ordinary else f"# {context}",
        context_told=ORDINARY if known.ordinary else DOUBTFUL,
        own="".join(f"{made.starter_app.strip()}\n" for made in known_sources if made.starter_app),
        sources="".join(f"{made.starter.strip()}\n\n" for made in known_sources if made.starter),
    )


def _told(shop: str, reach: Reach, written: int | None) -> str:
    """What a look at a shop found, as a comment over the line that it made."""
    if not reach.found:
        return ""
    total = "" if written is None else f", of about {written} in all"
    return f"# Reviews found on {shop}{total}: {reach.told()}.\n"


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
