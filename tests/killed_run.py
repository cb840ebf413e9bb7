"""One run of the collector in a process of its own, for tests that kill it."""

import sys
from datetime import datetime
from pathlib import Path

from collector.config import Settings
from collector.run import Surroundings, collect
from collector.store import open_store
from tests.collector.scripted import APP

SECRET = b"a secret for tests, 32 bytes long"
SOURCES = ("app_store", "google_play")


def collect_once(url: str, folder: str, now: datetime, endpoints: dict[str, str]) -> None:
    """One run in a process of its own, without polite pauses."""
    settings = Settings(
        apps={APP: {"google_play": "com.example.library", "app_store": "1234567890"}},
        endpoints=endpoints,
    )
    around = Surroundings(clock=lambda: now, sleep=lambda _: None, private_dir=Path(folder))
    with open_store(url, secret=SECRET) as store:
        reports = collect(settings, store, around, sources=SOURCES)
    if [r.outcome for r in reports] != ["ok", "ok"]:
        sys.exit(3)
