"""A first backfill from Google Play's stand-in: our own time beside that of the bare library.

    python -m benchmarks.collect [--reviews 20000] [--out collect.json]

Both ask the same local server for the same pages of 200. `wire` is a plain HTTP client that reads
the answers and does nothing with them; `library` is google_play_scraper.reviews(); `collect` is
the whole run without its polite pauses: reading, masking, keying, storing. Prints a table and
writes JSON. The polite rate is one request, that is 200 reviews, a second.
"""

import argparse
import json
import ssl
import tempfile
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock
from urllib.parse import parse_qs

import httpx
from google_play_scraper import Sort, reviews
from google_play_scraper.constants.request import Formats

from analysis.simulate.standins.loopback import Answer, Fault, Request, StandIn
from collector.config import Settings
from collector.run import Surroundings, collect
from collector.store import open_store

PAGE = 200
PACKAGE = "com.example.library"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


class Backfill(StandIn):
    """All pages made beforehand, so that the server costs next to nothing."""

    host = "play.google.com"

    def __init__(self, count: int) -> None:
        super().__init__()
        pages = -(-count // PAGE)
        self.pages = [
            self._page(n, min(PAGE, count - n * PAGE), n + 1 < pages) for n in range(pages)
        ]

    def answer(self, request: Request, fault: Fault | None) -> Answer:  # noqa: ARG002
        if request.method == "GET":
            return Answer(404)  # the app's page is not measured
        asked = json.loads(parse_qs(request.body.decode())["f.req"][0])
        paging = json.loads(asked[0][0][1])[1][2]
        return Answer(200, self.pages[int(paging[2][1:]) if len(paging) > 2 else 0])

    def _page(self, number: int, size: int, more: bool) -> bytes:
        start = number * PAGE
        rows = [
            [
                f"review-{n}",
                [f"Reader {n}"],
                1 + n % 5,
                None,
                f"Number {n}: since the update it closes when I open the list of my loans.",
                [int((NOW - timedelta(minutes=7 * n)).timestamp()), 0],
                n % 9,
                None,
                None,
                None,
                f"4.{n % 7}.0",
            ]
            for n in range(start, start + size)
        ]
        payload = [rows, [None, f"T{number + 1}"], []] if more else [rows]
        frame = ["wrb.fr", "oCPfdb", json.dumps(payload), None, None, None, "generic"]
        return (")]}'\n\n" + json.dumps([frame])).encode()


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """Seconds that some work took, and what it counted."""
    before = time.perf_counter()
    count = work()
    return time.perf_counter() - before, count


def wire(server: Backfill) -> int:
    """Read every page and throw it away."""
    url = f"{server.address}/_/PlayStoreUi/data/batchexecute"
    with httpx.Client() as client:
        for number in range(len(server.pages)):
            paging = [PAGE, None, f"T{number}"]
            argument = json.dumps([None, [2, 2, paging], [PACKAGE, 7]])
            client.post(url, data={"f.req": json.dumps([[["oCPfdb", argument]]])})
    return len(server.pages) * PAGE


def library(server: Backfill, count: int) -> int:
    """The library's own loop, page by page of the same size."""
    with mock.patch.object(
        Formats._Reviews,
        "URL_FORMAT",
        f"{server.address}/_/PlayStoreUi/data/batchexecute?hl={{lang}}&gl={{country}}",
    ):
        read, token = 0, None
        while read < count:
            found, token = reviews(PACKAGE, sort=Sort.NEWEST, count=PAGE, continuation_token=token)
            if not found:
                break
            read += len(found)
    return read


def whole(server: Backfill, folder: Path, now: datetime) -> int:
    """A run of the collector without pauses, into a new or known store."""
    settings = Settings(
        apps={"library": {"google_play": PACKAGE}}, endpoints={server.host: server.address}
    )
    around = Surroundings(clock=lambda: now, sleep=lambda _: None, private_dir=folder)
    with open_store(f"sqlite:///{folder / 'store.db'}", secret=b"0" * 32) as store:
        (report,) = collect(settings, store, around, sources=["google_play"])
    return report.seen


def measure(count: int) -> dict[str, float]:
    """Seconds for each 1,000 reviews, and what the polite rate would take."""
    with Backfill(count) as server, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wire_s, _ = timed(lambda: wire(server))
        library_s, read = timed(lambda: library(server, count))
        first_s, seen = timed(lambda: whole(server, folder, NOW))
        again_s, _ = timed(lambda: whole(server, folder, NOW + timedelta(hours=1)))
        server.requests.clear()
        whole(server, folder, NOW + timedelta(hours=2))
        if seen != count or read != count:
            raise RuntimeError(f"of {count} reviews, collect read {seen}, the library {read}")
        return {
            "reviews": count,
            "wire_s_per_1000": 1000 * wire_s / count,
            "library_s_per_1000": 1000 * library_s / count,
            "collect_s_per_1000": 1000 * first_s / count,
            "own_s_per_1000": 1000 * (first_s - wire_s) / count,
            "polite_s_per_1000": 1000 / PAGE,
            "nothing_new_s": again_s,
            "nothing_new_requests": len(server.requests),
        }


def main() -> None:
    """Print the table, write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=20_000)
    parser.add_argument("--out", type=Path, default=Path("collect.json"))
    chosen = parser.parse_args()
    ssl._create_default_https_context = ssl.create_default_context
    urllib.request._opener = None  # type: ignore[attr-defined]
    result = measure(chosen.reviews)
    for name, value in result.items():
        print(f"{name:24} {value:10.3f}")
    chosen.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
