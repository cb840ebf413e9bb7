"""One small request to a source, to see whether it answers: nothing is stored but what it cost."""

from datetime import datetime
from pathlib import Path

from collector.clock_check import ServerClocks
from collector.end_codes import reason
from collector.errors import ClockError
from collector.http import Http
from collector.polling import costs
from collector.polling.surroundings import Surroundings
from collector.polling.walk import why_broken
from collector.settings.config import Settings
from collector.sources import Page, Part, Source, Visit
from collector.sources._first_pages import first_page
from collector.store import Store


class NotedClocks(ServerClocks):
    """What servers' clocks say, kept in `wrong` and raised nowhere: a trial writes nothing."""

    def heard(self, host: str, date: str | None, age: str | None = None) -> None:
        try:
            super().heard(host, date, age)
        except ClockError:
            return  # it stands in `wrong`


def try_source(
    settings: Settings,
    store: Store | None,
    around: Surroundings,
    key: str,
    source: Source,
    part: Part,
) -> str | None:
    """Why the first page of a part does not come as it should (a kept reason); None: it does.

    store: for what a paid source has cost this month; its request is counted there. around: its
    folder takes the session of an account; a new one makes the account log in.
    """
    now = around.clock()
    http = Http.from_settings(
        settings, sleep=around.sleep, clock=around.monotonic, servers=around.servers
    )
    with http:
        visit = _visit(settings, store, key, source, part, http, now, around.folder())
        found = first_page(source, visit)
    if isinstance(found, Exception):
        return http.redact(why_broken(found))
    if found.cost_usd and store is not None:
        costs.spend(store, key, source.name, now, found.cost_usd)
    return _wrong_with(found)


def _wrong_with(page: Page) -> str | None:
    if page.bad > len(page.items):
        return reason("failed-rows", bad=page.bad, of=page.bad + len(page.items))
    if page.end is not None and page.end.kind == "suspect_empty":
        return page.end.why
    return None


def _visit(
    settings: Settings,
    store: Store | None,
    key: str,
    source: Source,
    part: Part,
    http: Http,
    now: datetime,
    folder: Path,
) -> Visit:
    return Visit(
        key=key,
        app=settings.apps[key],
        part=part,
        settings=settings,
        http=http,
        now=now,
        page_budget=source.first_budget,
        spent_usd=0.0 if store is None else costs.spent(store, source.name, now),
        private_dir=folder,
    )
