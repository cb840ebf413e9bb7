"""The same question put to CooRTweet and to coordination-network-toolkit, timed.

CooRTweet: R with the package (on CRAN); without it the times of the oracle's run are quoted.
coordination-network-toolkit 1.5.2: from PyPI, in a Python of its own, named with --toolkit-python.
"""

import json
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.network.files import read_file
from analysis.network.network import network

DRIVER = Path(__file__).with_name("toolkit_driver.py")
COORTWEET = Path(__file__).with_name("coortweet.R")
SECONDS = 1800


@dataclass(frozen=True, slots=True)
class Setting:
    """One network of one file. command: the toolkit's name for what is shared."""

    name: str
    window_s: int
    least: int
    command: str


SETTINGS = (
    Setting("russian", 60, 1, "co_retweet"),
    Setting("russian", 60, 2, "co_retweet"),
    Setting("russian", 3600, 2, "co_retweet"),
    Setting("german urls", 30, 2, "co_link"),
)


def shares(data: Path, name: str) -> pd.DataFrame:
    """The rows of one data set."""
    social = data / "social"
    if name == "russian":
        return pd.read_parquet(social / "coortweet_russian_coord_tweets.parquet")
    rows = pd.read_parquet(social / "coortweet_german_elections_long.parquet")
    return rows[rows["object_type"] == "url"].drop(columns=["row_id", "platform", "object_type"])


def recorded(data: Path) -> dict[tuple[str, int, int], float]:
    """Seconds of CooRTweet's recorded run, detection and network together."""
    lines = (data / "social" / "coortweet_oracle.md").read_text("utf-8").splitlines()
    header, *rows = (
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines if line.startswith("| ")
    )  # fmt: skip
    found = {}
    for cells in rows:
        row = dict(zip(header, cells, strict=True))
        if row["remove_loops"] == "True":
            key = (row["dataset"], int(row["time_window"]), int(row["min_participation"]))
            found[key] = float(row["t_detect"]) + float(row["t_network"])
    return found


@dataclass(frozen=True, slots=True)
class Ours:
    """Seconds of the network by the clock and of one core, and from the file on; its edges."""

    clock: float
    core: float
    whole: float
    edges: int


def ours(table: pd.DataFrame, setting: Setting) -> Ours:
    """The best of five from a table, and once from a CSV."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shares.csv"
        table.to_csv(path, index=False)
        started = time.perf_counter()
        found = network(read_file(path), window=setting.window_s, min_participation=setting.least)
        whole = time.perf_counter() - started
    clock, core = [], []
    for _ in range(5):
        busy = time.process_time()
        again = network(table, window=setting.window_s, min_participation=setting.least)
        core.append(time.process_time() - busy)
        clock.append(again.seconds)
    return Ours(min(clock), min(core), whole, found.edges)


def toolkit(table: pd.DataFrame, setting: Setting, python: str) -> tuple[float, float, int] | None:
    """(seconds to load, to compute, edges) of the toolkit; None where it is not installed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "messages.csv"
        repost = table["object_id"] if setting.command == "co_retweet" else ""
        links = table["object_id"] if setting.command == "co_link" else ""
        pd.DataFrame({
            "message_id": table["content_id"], "user_id": table["account_id"],
            "username": table["account_id"], "repost_id": repost, "reply_id": "", "message": "",
            "timestamp": table["timestamp_share"], "urls": links,
        }).to_csv(path, index=False)  # fmt: skip
        command = [python, str(DRIVER), setting.command, str(path), str(setting.window_s)]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS, check=False, cwd=folder
        )
    if done.returncode:
        print(f"coordination-network-toolkit: {done.stderr.strip().splitlines()[-1:]}")
        return None
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return float(told["load"]), float(told["compute"]), int(told["edges"])


def coortweet(table: pd.DataFrame, setting: Setting) -> tuple[float, int] | None:
    """(seconds of detect_groups and generate_coordinated_network, edges); None without R."""
    if shutil.which("Rscript") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shares.csv"
        table.to_csv(path, index=False)
        command = ["Rscript", str(COORTWEET), str(path), str(setting.window_s), str(setting.least)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        return None
    seconds, edges = done.stdout.split()[-2:]
    return float(seconds), int(edges)


def compared(data: Path, python: str) -> list[str]:
    """Lines of a table: every setting in every program, one after the other."""
    known = recorded(data)
    head = "data, window, participation|Floodgauge s (of one core)|from a CSV on|CooRTweet s|times"
    head += "|toolkit s, load + compute|times"
    lines = [f"| {head.replace('|', ' | ')} |", "|" + "---|" * 7]
    for setting in SETTINGS:
        table = shares(data, setting.name)
        own = ours(table, setting)
        run = coortweet(table, setting)
        theirs = run[0] if run else known[setting.name, setting.window_s, setting.least]
        said = f"{theirs:.0f}" if run else f"{theirs:.0f} (recorded)"
        tool = toolkit(table, setting, python)
        loaded, slower = _toolkit_cells(tool, own.clock, own.whole)
        lines.append(
            f"| {setting.name}, {setting.window_s} s, {setting.least} ({own.edges:,} edges) "
            f"| {own.clock:.3f} ({own.core:.3f}) | {own.whole:.2f} | {said} "
            f"| {theirs / own.clock:,.0f} | {loaded} | {slower} |"
        )
    return lines


def _toolkit_cells(
    tool: tuple[float, float, int] | None, clock: float, whole: float
) -> tuple[str, str]:
    """Seconds of the toolkit, and how many times ours they are."""
    if tool is None:
        return "not installed", "not measured"
    both = sum(tool[:2])
    times = f"{both / clock:,.0f} ({both / whole:.0f} from a CSV on)"
    return f"{tool[0]:.1f} + {tool[1]:.1f}", times
