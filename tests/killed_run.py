"""One run of the collector in a process of its own, for tests that kill it."""

import sys
from datetime import datetime
from pathlib import Path

from collector.polling.run import collect
from collector.polling.surroundings import Surroundings
from collector.settings.config import Settings
from collector.store import open_store
from tests.standins.shops import APP, PACKAGE, STORE_ID

SECRET = b"a secret for tests, 32 bytes long"
SOURCES = ("app_store", "google_play")


def collect_once(
    url: str, folder: str, now: datetime, endpoints: dict[str, str], peaceful: bool
) -> None:
    """One run in a process of its own, without polite pauses. peaceful: nothing may fail."""
    settings = Settings(
        apps={APP: {"google_play": PACKAGE, "app_store": STORE_ID}},
        endpoints=endpoints,
    )
    around = Surroundings(clock=lambda: now, sleep=lambda _: None, private_dir=Path(folder))
    with open_store(url, secret=SECRET) as store:
        reports = collect(settings, store, around, sources=SOURCES)
    if peaceful and not all(r.outcome in ("ok", "truncated") for r in reports):
        sys.exit(3)
