"""A first backfill from Google Play's stand-in: our own time beside that of the bare library.

    python -m benchmarks.collect [--reviews 20000] [--out collect.json] [--docs docs/collecting.md]

Both ask the same local server for the same pages of 200. `wire` is a plain HTTP client that reads
the answers and does nothing with them; `library` is google_play_scraper.reviews(); `collect` is
the whole run without its polite pauses: reading, masking, keying, storing. Processor time is that
of the reading thread; the server's threads are not in it. Prints a table, writes JSON, and with
--docs what stands between the marks in that page. The polite rate is one request, that is 200
reviews, a second.
"""

import argparse
import json
import ssl
import tempfile
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock
from urllib.parse import parse_qs

import httpx
from google_play_scraper import Sort, reviews
from google_play_scraper.constants.request import Formats

from analysis.simulate.standins.loopback import Answer, Fault, Request, StandIn
from collector.polling.run import collect
from collector.polling.surroundings import Surroundings
from collector.settings.config import Settings
from collector.store import open_store

MARK = "<!-- backfill -->"
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


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds that some work took: processor time of this thread, time on the clock; its count."""

    cpu_s: float
    wall_s: float
    count: int


def timed(work: Callable[[], int]) -> Timed:
    """How long some work took, and what it counted."""
    wall, cpu = time.perf_counter(), time.thread_time()
    count = work()
    return Timed(time.thread_time() - cpu, time.perf_counter() - wall, count)


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
        bare = timed(lambda: wire(server))
        theirs = timed(lambda: library(server, count))
        first = timed(lambda: whole(server, folder, NOW))
        again = timed(lambda: whole(server, folder, NOW + timedelta(hours=1)))
        server.requests.clear()
        whole(server, folder, NOW + timedelta(hours=2))
        if first.count != count or theirs.count != count:
            raise RuntimeError(
                f"of {count} reviews, collect read {first.count}, the library {theirs.count}"
            )
        thousands = count / 1000
        return {
            "reviews": count,
            "wire_cpu_s_per_1000": bare.cpu_s / thousands,
            "library_cpu_s_per_1000": theirs.cpu_s / thousands,
            "collect_cpu_s_per_1000": first.cpu_s / thousands,
            "own_cpu_s_per_1000": (first.cpu_s - theirs.cpu_s) / thousands,
            "collect_to_library": first.cpu_s / theirs.cpu_s,
            "library_s_per_1000": theirs.wall_s / thousands,
            "collect_s_per_1000": first.wall_s / thousands,
            "polite_s_per_1000": 1000 / PAGE,
            "nothing_new_cpu_s": again.cpu_s,
            "nothing_new_requests": len(server.requests),
        }


def table(result: Mapping[str, float]) -> str:
    """What the documents say of a result."""
    rows = [
        ("a plain HTTP client, answers thrown away", "wire_cpu_s_per_1000"),
        ("google_play_scraper.reviews(), bare", "library_cpu_s_per_1000"),
        ("`collect`: read, masked, keyed, stored", "collect_cpu_s_per_1000"),
        ("of which beyond the bare library", "own_cpu_s_per_1000"),
        ("the polite rate, for comparison (waiting, not processor time)", "polite_s_per_1000"),
    ]
    lines = [
        f"A first backfill of {result['reviews']:,} reviews:",
        "",
        "| seconds of processor time for 1,000 reviews | |",
        "|---|---|",
        *(f"| {name} | {result[key]:.3f} |" for name, key in rows),
        "",
    ]
    share = 100 * result["collect_cpu_s_per_1000"] / result["polite_s_per_1000"]
    told = (
        f"`collect` takes {result['collect_to_library']:.1f} times the bare library's processor "
        f"time, and {share:.1f} % of the time that the polite rate takes anyway. A later run that "
        f"finds nothing new takes {result['nothing_new_cpu_s']:.2f} s of processor time and "
        f"{result['nothing_new_requests']:.0f} requests."
    )
    return "\n".join([*lines, told])


def write_docs(page: Path, text: str) -> None:
    """Puts a text between the marks of a page."""
    whole_page = page.read_text(encoding="utf-8")
    if whole_page.count(MARK) != 2:
        raise ValueError(f"{page} does not have {MARK} twice")
    before, _, after = whole_page.split(MARK)
    page.write_text(f"{before}{MARK}\n{text}\n{MARK}{after}", encoding="utf-8")


def main() -> None:
    """Print the table, write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=20_000)
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--out", type=Path, default=Path("collect.json"))
    chosen = parser.parse_args()
    ssl._create_default_https_context = ssl.create_default_context
    urllib.request._opener = None  # type: ignore[attr-defined]
    result = measure(chosen.reviews)
    for name, value in result.items():
        print(f"{name:24} {value:10.3f}")
    chosen.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if chosen.docs is not None:
        write_docs(chosen.docs, table(result))


if __name__ == "__main__":
    main()
