"""What a source of an app does not reach although it answers: languages and storefronts that
nobody reads, a name that finds something else, a name that finds nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from collector.end_codes import of_parts, reason
from collector.freshness import NOT_READ, SourceState
from collector.polling import elsewhere, titles
from collector.polling.weekly_look import codes
from collector.settings.config import AppSettings, Settings
from collector.shop_sources import SOCIAL
from collector.sources import load_source, source_names
from collector.store import Store
from collector.store.records import ItemFilter
from collector.text.app_context import beside, is_about
from collector.text.titles import short_name
from collector.times import from_us

LATEST = 200
"""Posts of a source that are looked at."""
FEWEST = 10
ORDINARY = 0.1
SILENT = timedelta(days=7)
EXPECTED = 20
"""Reviews in a silent week from which on somebody should have posted, too."""


def with_blind_spots(
    rows: Sequence[SourceState], store: Store, settings: Settings, now: datetime
) -> list[SourceState]:
    """The rows, each with what it does not reach; those of apps that are not configured stay."""
    return [
        _with_remark(row, store, settings, now) if row.app in settings.apps else row for row in rows
    ]


def _with_remark(row: SourceState, store: Store, settings: Settings, now: datetime) -> SourceState:
    app = settings.apps[row.app]
    if row.outcome == NOT_READ or row.coverage_basis != "polled":
        return row
    if _asks_others(row.source):
        return _shop(row, store, app, settings)
    return _network(row, store, app, now) if row.source in SOCIAL else row


def _asks_others(source: str) -> bool:
    return source in source_names() and load_source(source).others is not None


def _shop(row: SourceState, store: Store, app: AppSettings, settings: Settings) -> SourceState:
    """Of a shop: what it counts beside what was read, and where the rest is."""
    known = elsewhere.elsewhere(store, row.app, row.source)
    source = load_source(row.source)
    parts = () if source.others is None else source.others(app)
    missing = known.missing(codes(source.plan(app, settings).parts)) if parts else ()
    of = known.written if known.written and _more(known.written, row.items) else None
    said = []
    if of is not None:
        said.append(reason("lacks-reviews", count=row.items, of=of))
    if missing:
        told = " ".join(missing)
        spoken = any(part.lang for part in parts)
        said.append(
            reason("lacks-languages", codes=told)
            if spoken
            else reason("lacks-storefronts", codes=told)
        )
    said += [
        reason(
            "lacks-name",
            new=short_name(one.new),
            old=short_name(one.old),
            since=f"{one.since:%Y-%m-%d}",
        )
        for one in titles.renamed(store, row.app)
        if one.source == row.source and short_name(one.new, app.agency) not in app.names()
    ]
    return replace(row, written=known.written, elsewhere=missing, remark=_joined(said))


def _more(written: int, read: int) -> bool:
    return written > read * elsewhere.MORE_THAN_READ and written - read >= elsewhere.FEWEST


def _network(row: SourceState, store: Store, app: AppSettings, now: datetime) -> SourceState:
    """Of a network: how much of what it found is about the app, or that it finds nothing."""
    wanted = ItemFilter(apps=(row.app,), sources=(row.source,), kinds=("post",))
    texts = store.items.page(wanted, limit=LATEST).items["text"].dropna().astype(str)
    telling = [*beside(app.name or "", app.agency, app.aliases), *app.context]
    about = sum(is_about(text, telling) for text in texts)
    said = []
    if len(texts) >= FEWEST:
        ordinary = about < ORDINARY * len(texts)
        said.append(
            reason("lacks-context", about=about, count=len(texts))
            if ordinary
            else reason("lacks-nothing", about=about, count=len(texts))
        )
    if _is_mute(row, store, now):
        reviews = _reviews(store, row.app, now)
        short = short_name(app.name or "", app.agency)
        names = " / ".join(list(dict.fromkeys([*([short] if short else []), *app.aliases]))[:3])
        said.append(reason("lacks-hits", count=reviews, names=names))
    share = about / len(texts) if len(texts) >= FEWEST else None
    return replace(row, about=share, remark=_joined(said))


def _is_mute(row: SourceState, store: Store, now: datetime) -> bool:
    """Whether a network that is read found nothing for a week in which people wrote elsewhere."""
    spans = store.runs.spans(row.app).get(row.source)
    if spans is None or now - from_us(int(spans.covered_from.min())) < SILENT:
        return False
    if row.newest is not None and now - row.newest < SILENT:
        return False
    return row.items >= EXPECTED or _reviews(store, row.app, now) >= EXPECTED


def _reviews(store: Store, app: str, now: datetime) -> int:
    """Reviews of the latest week."""
    wanted = ItemFilter(apps=(app,), kinds=("review",), since=now - SILENT, until=now)
    return store.items.count(wanted).items


def _joined(said: Sequence[str]) -> str | None:
    return of_parts([("", one) for one in said]) if said else None
