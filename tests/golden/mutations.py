"""make golden-mutants: changes that somebody could make by mistake, each of which a test must see.

Each is made in a copy of the repository, wherever its line stands now, and the tests named with it
are run there; one of them has to fail.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PACKAGES = ("collector", "analysis", "dashboard")
GOLDEN = "tests/golden/test_golden.py"


@dataclass(frozen=True, slots=True)
class Mutant:
    """what: in words. old, new: the change. seen_by: golden histories; tests: other test files."""

    what: str
    old: str
    new: str
    seen_by: str = ""
    tests: str = ""

    def arguments(self) -> list[str]:
        """For pytest: the histories on SQLite by name, and the other files."""
        ids = [f"{GOLDEN}::test_a_history_reads_as_before[{name}]" for name in self.seen_by.split()]
        return [*ids, *self.tests.split()]


NAMED = (
    Mutant(
        "least wait until it is over",
        "LEAST_WAIT = 15 * HOUR",
        "LEAST_WAIT = 40 * HOUR",
        "outage_quiet_since",
    ),
    Mutant(
        "surge spacing: two surges a day",
        "BETWEEN_SURGES = HOUR, DAY",
        "BETWEEN_SURGES = HOUR, HOUR",
        "two_surges",
    ),
    Mutant(
        "shares of the budget",
        'WEIGHTS = {"negative": 0.6, "share": 0.2, "positive": 0.08,',
        'WEIGHTS = {"negative": 0.5, "share": 0.2, "positive": 0.18,',
        "sparse promotion",
    ),
    Mutant(
        "weekday shrinkage",
        "worth = 1 / (1 + phi[:, None] * mean)",
        "worth = 1 + 0 * phi[:, None] * mean",
        "working_week",
    ),
    Mutant("authors of a call 4 to 3", "CALL_AUTHORS = 4", "CALL_AUTHORS = 3", "called_by_three"),
    Mutant(
        "'at least' dropped from the summary",
        'told if whole else words("summary-at-least", count=told),',
        "told,",
        "polled_cut",
    ),
    Mutant(
        "excess of small stores",
        "replace(p, excess=p.excess * share) for p in parts",
        "replace(p, excess=p.excess) for p in parts",
        "small_stores",
    ),
    Mutant(
        "quiet since",
        "STILL = timedelta(hours=24)",
        "STILL = timedelta(hours=96)",
        "outage_quiet_since",
    ),
    Mutant(
        "the HTTP deadline",
        "if time.monotonic() > deadline:",
        "if time.monotonic() > deadline + 3600:",
        tests="tests/collector/test_http.py",
    ),
    Mutant(
        "a masking rule: social security numbers",
        "if _SOCIAL_SECURITY.fullmatch(run) or (",
        "if (",
        tests="tests/collector/privacy/test_protect.py",
    ),
)
OTHERS = (
    Mutant(
        "least items of a window", "LEAST_ITEMS = 4  #", "LEAST_ITEMS = 5  #", "sparse steep_days"
    ),
    Mutant(
        "the ladder", "LADDER, LADDER_ITEMS = 4.0, 20", "LADDER, LADDER_ITEMS = 6.0, 20", "called"
    ),
    Mutant("guard days", "GUARD = 7  # latest", "GUARD = 5  # latest", "bad_release sparse"),
    Mutant("half-life of scatter", "0.5 ** (1 / 180)", "0.5 ** (1 / 120)", "busy slow_growth"),
    Mutant("waves of one event", "WAVE = 7 * DAY", "WAVE = 2 * DAY", "waves_of_one_event"),
    Mutant(
        "slow change",
        "RECENT, LEFT_OUT, DAYS = 28, 28, 448",
        "RECENT, LEFT_OUT, DAYS = 7, 28, 448",
        "slow_growth",
    ),
    Mutant("days of a new version", "NEW_US = 14 * DAY_US", "NEW_US = 4 * DAY_US", "one_store"),
    Mutant(
        "least reference of the evidence",
        "LEAST_REFERENCE = 50",
        "LEAST_REFERENCE = 40",
        "sparse relaunch",
    ),
    Mutant("accounts together", "TOGETHER_ACCOUNTS = 5", "TOGETHER_ACCOUNTS = 9", "chorus"),
    Mutant("least growth a day", "LEAST_A_DAY = 2.0", "LEAST_A_DAY = 20.0", "bad_release protest"),
    Mutant("a called answer", "CALLED = 0.9", "CALLED = 0.8", "called"),
    Mutant("closest cause named", "NEARLY = 0.5", "NEARLY = 0.3", "outage_quiet_since outage"),
    Mutant(
        "expected items of a split",
        "expected_items=swing.expected_items * (1 - share)",
        "expected_items=swing.expected_items",
        "wave_split",
    ),
    Mutant("end of a merge", "ended_at=max(ends) if", "ended_at=min(ends) if", "pair_joined"),
    Mutant("recovered from", "CLOSE = 0.05", "CLOSE = 0.1", "outage"),
    Mutant(
        "age of alerts",
        "recent: timedelta = timedelta(hours=48)",
        "recent: timedelta = timedelta(hours=480)",
        "outage_quiet_since",
    ),
    Mutant(
        "mute until it escalates",
        'held.mute == "until_escalation"',
        'held.mute != "off"',
        "wave_split",
        "tests/dashboard/alerting/test_deliver.py",
    ),
    Mutant(
        "smallest number told",
        "K = 5  # the smallest",
        "K = 3  # the smallest",
        "bad_release sparse",
        "tests/golden/test_quoted.py",
    ),
    Mutant(
        "not judged after",
        "FRESH = timedelta(hours=48)",
        "FRESH = timedelta(hours=480)",
        "polled_gap quiet_sparse",
    ),
    Mutant(
        "days to watch",
        "WATCH_FOR = timedelta(days=7)",
        "WATCH_FOR = timedelta(days=2)",
        "as_of pair_joined polled_cut two_apps",
    ),
    Mutant("phrases of few", "ENOUGH = 3", "ENOUGH = 9", "protest busy"),
    Mutant("masked telephone numbers", "FEWEST_DIGITS = 7", "FEWEST_DIGITS = 11", "file"),
    Mutant(
        "masking once over",
        "MOST_ROUNDS = 5",
        "MOST_ROUNDS = 1",
        tests="tests/collector/privacy/test_protect.py",
    ),
    Mutant(
        "attempts of a request",
        "ATTEMPTS = 3\nLONGEST",
        "ATTEMPTS = 2\nLONGEST",
        tests="tests/collector/test_http.py",
    ),
    Mutant(
        "longest wait for a source",
        "LONGEST_WAIT_S = 30.0",
        "LONGEST_WAIT_S = 300.0",
        tests="tests/collector/test_http.py",
    ),
)


def copy(folder: Path) -> Path:
    """The files that Git knows, as they stand."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=TOP, check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (TOP / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(TOP / name, folder / name)
    return folder


def place(mutant: Mutant, folder: Path) -> Path:
    """The one file that holds the line. Raises LookupError where there is none, or several."""
    files = [f for name in PACKAGES for f in sorted((folder / name).rglob("*.py"))]
    found = [f for f in files if f.read_text(encoding="utf-8").count(mutant.old) == 1]
    if len(found) != 1:
        raise LookupError(f"{mutant.what}: {len(found)} files hold {mutant.old!r}; put it anew")
    return found[0]


def verdict(mutant: Mutant) -> str:
    """`seen`, with the first test that failed; or what went wrong."""
    with tempfile.TemporaryDirectory(prefix="floodgauge-mutant-") as name:
        folder = copy(Path(name))
        try:
            file = place(mutant, folder)
        except LookupError as error:
            return f"OUT OF DATE {error}"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--tb=no",
             *mutant.arguments()],
            cwd=folder, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(folder)},
        )  # fmt: skip
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    if done.returncode == 1 and failed:
        return f"seen by {failed[0].removeprefix('FAILED ').partition(' - ')[0]}"
    return (
        "NOT SEEN" if done.returncode == 0 else f"BROKEN {done.stdout[-600:]}{done.stderr[-300:]}"
    )


def main(wanted: Sequence[str]) -> int:
    """Tries all mutants, or those whose words hold one that is wanted."""
    chosen = [m for m in (*NAMED, *OTHERS) if not wanted or any(w in m.what for w in wanted)]
    bad = 0
    with ThreadPoolExecutor(2) as pool:
        for mutant, said in zip(chosen, pool.map(verdict, chosen), strict=True):
            bad += not said.startswith("seen")
            print(f"{mutant.what}: {said}", flush=True)  # noqa: T201
    print(f"{len(chosen) - bad} of {len(chosen)} seen")  # noqa: T201
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
