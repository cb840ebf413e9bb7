"""How long `fg.detect` takes on a large table: `python -m benchmarks.floodbench.speed [--rows N]`.

Simulated single reviews over three years, unsorted, with stars, as a polars table. Seconds of the
processor, and of the clock.
"""

import argparse
import time

import numpy as np
import polars as pl

import floodgauge as fg
from analysis.swings.history import DAY

YEARS, FIRST = 3, 18_000
SHARES = (0.2, 0.05, 0.05, 0.2, 0.5)  # of one to five stars


def table(rows: int) -> pl.DataFrame:
    """Reviews at random moments."""
    rng = np.random.default_rng(1)
    at = FIRST * DAY + (rng.random(rows) * YEARS * 365 * DAY).astype(np.int64)
    stars = rng.choice(np.arange(1, 6, dtype=np.int8), rows, p=SHARES)
    return pl.DataFrame({"at": at.astype("datetime64[us]"), "stars": stars})


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    made = table(parser.parse_args().rows)
    clock, processor = time.perf_counter(), time.process_time()
    found = fg.detect(made)
    print(
        f"{len(made):,} rows: {time.process_time() - processor:.1f} s of one processor, "
        f"{time.perf_counter() - clock:.1f} s by the clock, {len(found)} swings"
    )


if __name__ == "__main__":
    main()
