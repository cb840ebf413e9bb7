"""make golden: runs all histories, shows what differs from before, and writes it down."""

import logging
import os
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.golden import pinned
from tests.golden.histories import HISTORIES
from tests.golden.product import SECRET, open_store
from tests.golden.test_golden import differs


def made(name: str) -> tuple[str, str]:
    """Values and texts of a history, from a SQLite store of its own."""
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="floodgauge-golden-") as folder:
        for kind in ("DATA", "CONFIG", "CACHE", "STATE"):
            os.environ[f"XDG_{kind}_HOME"] = folder
        with open_store(f"sqlite:///{folder}/store.db", secret=SECRET) as store:
            return pinned.run(store, HISTORIES[name], Path(folder))


def main(names: list[str]) -> None:
    for variable in [name for name in os.environ if name.startswith("FLOODGAUGE_")]:
        del os.environ[variable]
    pinned.EXPECTED.mkdir(exist_ok=True)
    chosen = names or list(HISTORIES)
    changed = 0
    with ProcessPoolExecutor(2) as pool:
        for name, texts in zip(chosen, pool.map(made, chosen), strict=True):
            for file, text in zip(pinned.expected(name), texts, strict=True):
                if difference := differs(file, text):
                    changed += 1
                    print(difference)  # noqa: T201
                    file.write_text(text, encoding="utf-8")
    for file in pinned.EXPECTED.iterdir():
        if file.stem not in HISTORIES:
            file.unlink()
    print(f"{changed} of {2 * len(chosen)} files changed; say in the commit why")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
