"""How fast the pages and Explore answer on 10,000 and on 10 million items.

    python -m benchmarks.pages [--folder DIR] [--large 10000000] [--viewers 5] [--write]

Makes both stores (benchmarks/pages/big_store.py) in the folder, unless they are there. Times are
processor seconds of this process, which other work on the machine does not change; the whole page
script runs as Streamlit's AppTest runs it. Cold: nothing cached, as after each write to the store.
--write puts the tables into docs/explore.md.
"""

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest
from tornado.websocket import websocket_connect

import dashboard
from analysis.replay.as_known import known_at
from benchmarks.pages.big_store import SECRET, make, onset, open_made
from collector.settings.config import Settings
from collector.store.records import ItemFilter, Sort
from dashboard.views import file_of

APP = "city-services"
APP_FILE = Path(dashboard.__file__).with_name("app.py")
PAGES = ("overview", "incident", "explore", "compare", "replay", "collection", "data", "wrong")
DOCS = Path(__file__).resolve().parents[2] / "docs" / "explore.md"
SORTS: tuple[Sort, ...] = ("newest", "oldest", "lowest", "highest", "longest", "thumbs")
FILTERS: dict[str, ItemFilter] = {
    "one star": ItemFilter(apps=(APP,), stars=(1,)),
    "oldest version": ItemFilter(apps=(APP,), versions=("1.0",)),
    "language and country": ItemFilter(apps=(APP,), langs=("zh",), countries=("in",)),
    "gone from the store": ItemFilter(apps=(APP,), removed=True),
    "clearly negative": ItemFilter(apps=(APP,), sentiment_below=-0.99),
    "a frequent word": ItemFilter(apps=(APP,), words="good"),
    "two words": ItemFilter(apps=(APP,), words="login crash"),
    "a phrase": ItemFilter(apps=(APP,), words='"login crash"'),
    "a word that goes on": ItemFilter(apps=(APP,), words="log*"),
    "Chinese": ItemFilter(apps=(APP,), words="应用"),
    "a word nobody wrote": ItemFilter(apps=(APP,), words="zebra"),
}


def page_times(path: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Processor milliseconds of each page, median, cold and warm."""
    os.environ["FLOODGAUGE_STORE"] = str(path)
    os.environ["FLOODGAUGE_SECRET"] = SECRET.decode()
    st.cache_resource.clear()
    found = {}
    for name in PAGES:
        address = _address(name)
        _run(_at_page(name, address))
        times: dict[str, list[float]] = {"cold": [], "warm": []}
        for _ in range(rounds):
            first, second = _at_page(name, address), _at_page(name, address)
            st.cache_data.clear()
            times["cold"].append(_timed(partial(_run, first)))
            times["warm"].append(_timed(partial(_run, second)))
        found[name] = {what: statistics.median(values) for what, values in times.items()}
    return found


def explore_times(path: Path, rounds: int) -> list[tuple[Any, ...]]:
    """Processor milliseconds: first, next and previous page, and the count, of each view."""
    rows = []
    views = [(f"all, {sort}", ItemFilter(apps=(APP,)), sort) for sort in SORTS]
    views += [(name, wanted, "newest") for name, wanted in FILTERS.items()]
    with open_made(path) as store:
        for name, wanted, sort in views:
            first = store.items.page(wanted, sort=sort, limit=25)
            second = store.items.page(wanted, sort=sort, limit=25, place=first.after)
            places = (None, first.after, second.before)
            times = [
                statistics.median(
                    _timed(partial(store.items.page, wanted, sort=sort, limit=25, place=p))
                    for _ in range(rounds)
                )
                for p in places
            ]
            times.append(
                statistics.median(_timed(partial(store.items.count, wanted)) for _ in range(rounds))
            )
            rows.append((name, *times))
    return rows


def viewers(path: Path, count: int) -> dict[str, dict[str, float]]:
    """Each page for one viewer and for some who come at once, after a first one: seconds by the
    clock until it is complete (median), and processor milliseconds of the server for each."""
    port = 8599
    command = [sys.executable, "-m", "streamlit", "run", str(APP_FILE), f"--server.port={port}"]
    command += ["--server.headless=true", "--server.address=127.0.0.1"]
    environment = {
        **os.environ,
        "FLOODGAUGE_STORE": str(path),
        "FLOODGAUGE_SECRET": SECRET.decode(),
    }
    found: dict[str, dict[str, float]] = {}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            time.sleep(10)
            for name in PAGES:
                asyncio.run(_all_at_once(port, 1, name))
                found[name] = {}
                for who, number in (("one", 1), ("all", count)):
                    before = _processor_seconds(server.pid)
                    found[name][who] = asyncio.run(_all_at_once(port, number, name))
                    used = _processor_seconds(server.pid) - before
                    found[name][f"{who}_ms"] = used / number * 1_000
        finally:
            server.terminate()
    return found


def _processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _all_at_once(port: int, count: int, page: str) -> float:
    return statistics.median(await asyncio.gather(*(_visit(port, page) for _ in range(count))))


async def _visit(port: int, page: str) -> float:
    """One browser's socket: opens, asks for the page, waits until the script has finished."""
    started = time.perf_counter()
    socket = await websocket_connect(
        f"ws://127.0.0.1:{port}/_stcore/stream", max_message_size=100_000_000
    )
    ask = BackMsg()
    ask.rerun_script.query_string = "&".join(f"{k}={v}" for k, v in _address(page).items())
    ask.rerun_script.page_name = "" if page == "overview" else page
    await socket.write_message(ask.SerializeToString(), binary=True)
    title = False
    while True:
        raw = await socket.read_message()
        if raw is None:
            raise RuntimeError("the server closed the socket")
        message = ForwardMsg()
        message.ParseFromString(raw)
        if message.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(f"{page}: {message.delta.new_element.exception.message}")
        title = title or message.delta.new_element.WhichOneof("type") == "heading"
        if message.WhichOneof("type") == "script_finished":
            socket.close()
            if not title:
                raise RuntimeError(f"{page}: nothing came")
            return time.perf_counter() - started


def reading(path: Path) -> float:
    """Processor milliseconds of what Replay's button makes: a moment eight hours into the flood."""
    with open_made(path) as store:
        at = onset(APP) + timedelta(hours=8)
        return _timed(partial(known_at, Settings(), store, APP, at))


def _address(page: str) -> dict[str, str]:
    chosen = {"incident": f"{APP}-{onset(APP):%Y%m%dT%H%MZ}"}
    return chosen if page in ("incident", "replay") else {}


def _at_page(name: str, address: dict[str, str]) -> AppTest:
    """A reader about to see this page."""
    at = AppTest.from_file(str(APP_FILE), default_timeout=600)
    for key, value in address.items():
        at.query_params[key] = value
    file = file_of(name)
    if file.stem != name:  # before a first run a page is known by its file's name alone
        at.run()
    return at if name == "overview" else at.switch_page(f"views/{file.name}")


def _run(at: AppTest) -> None:
    at.run()
    if at.exception:
        raise RuntimeError(at.exception[0].message)


def _timed(run: Callable[[], Any]) -> float:
    started = time.process_time()
    run()
    return (time.process_time() - started) * 1_000


def report(found: dict[str, Any]) -> str:
    """The results as Markdown."""
    small, large = found["pages"]["small"], found["pages"]["large"]
    items = f"{found['items']:,}"
    lines = [
        f"| page | 10,000: cold | warm | {items}: cold | warm | times |",
        "|---|---|---|---|---|---|",
    ]
    for name in PAGES:
        s, b = small[name], large[name]
        lines.append(
            f"| {name} | {s['cold']:.0f} | {s['warm']:.0f} | {b['cold']:.0f} | {b['warm']:.0f} "
            f"| {b['cold'] / s['cold']:.1f} |"
        )
    lines += [
        "",
        f"| Explore at {items} | first page | next | previous | count |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | " + " | ".join(f"{t:.0f}" for t in times) + " |"
        for name, *times in found["explore"]
    ]
    if found["viewers"]:
        many = found["at_once"]
        head = ("viewers", "one: ms", f"{many} at once: ms each", "one: s", f"{many}: s")
        lines += ["", f"| {' | '.join(head)} |", "|---|---|---|---|---|"]
        lines += [
            f"| {name} | {t['one_ms']:.0f} | {t['all_ms']:.0f} | {t['one']:.2f} | {t['all']:.2f} |"
            for name, t in found["viewers"].items()
        ]
        said = "ms: of the server's processor, s: by the clock until the page is complete"
        lines += ["", f"Viewers at {items}; {said}, {found['load']}."]
    made = [f"{ms / 1_000:.1f} s at {of}" for of, ms in found["reading"].items()]
    lines += ["", f"The reading that Replay's button makes: {', '.join(made)}."]
    lines += ["", found["made"]]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--large", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--viewers", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="floodgauge-dashboard-") as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        paths = {"small": folder / "small.db", "large": folder / f"{asked.large}.db"}
        made = ""
        for which, path in paths.items():
            if not path.exists():
                done = make(path, 10_000 if which == "small" else asked.large, print)
                made = (
                    f"Made {done.items:,} items in {done.seconds:.0f} s, {done.megabytes:,.0f} MB."
                )
        size = sum(file.stat().st_size for file in folder.glob(paths["large"].name + "*")) / 1e6
        found: dict[str, Any] = {
            "items": asked.large,
            "made": made or f"The large store takes {size:,.0f} MB and was there already.",
            "pages": {which: page_times(path, asked.rounds) for which, path in paths.items()},
            "explore": explore_times(paths["large"], asked.rounds),
            "viewers": viewers(paths["large"], asked.viewers) if asked.viewers else {},
            "at_once": asked.viewers,
            "load": f"on {os.cpu_count()} processors with a load of {os.getloadavg()[1]:.1f}",
            "reading": {
                "10,000": reading(paths["small"]),
                f"{asked.large:,}": reading(paths["large"]),
            },
        }
    text = report(found)
    print(text)
    if asked.out is not None:
        asked.out.write_text(json.dumps(found, indent=1), encoding="utf-8")
    if asked.write:
        page = DOCS.read_text(encoding="utf-8")
        filled = f"<!-- measured -->\n{text}\n<!-- end -->"
        page = re.sub(r"<!-- measured -->.*?<!-- end -->", lambda _: filled, page, flags=re.DOTALL)
        DOCS.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
