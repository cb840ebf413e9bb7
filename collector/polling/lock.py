"""One run at a time for each (store, app, source), across processes of this machine.

The operating system frees the lock when a process ends, however it ends. Between the hosts of a
shared PostgreSQL, `Store.only_one` does the same.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock
import platformdirs

from collector.errors import ConfigError


@contextmanager
def only_one(store_url: str, app: str, source: str, folder: Path | None = None) -> Iterator[bool]:
    """True inside the block if this process is the one that runs; False if another one is.

    Raises ConfigError where the folder cannot hold locks.
    """
    folder = folder or Path(platformdirs.user_state_dir("floodgauge")) / "locks"
    name = hashlib.sha256("\x1f".join((store_url, app, source)).encode()).hexdigest()[:32]
    lock = filelock.FileLock(folder / f"{name}.lock", timeout=0, fallback_to_soft=False)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock.acquire()
    except filelock.Timeout:
        yield False
        return
    except (OSError, NotImplementedError) as error:
        raise ConfigError(f"cannot make a lock in {folder}: {error}") from error
    try:
        yield True
    finally:
        lock.release()
