"""Taking turns on a store, across its processes, users and hosts.

PostgreSQL's server frees a turn when its session ends, the operating system a file's lock when its
process ends: a killed process blocks nobody. A SQLite store's locks stand beside its file, so that
they belong to it however its address is spelled and whoever uses it.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock
import sqlalchemy as sa

from collector.end_codes import reason
from collector.errors import StoreError
from collector.store import engine as databases

WAIT_S = 900.0
ASK_S = 0.2
# A host that vanished without a word keeps its session for a minute instead of hours.
KEEPALIVE = {
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
Holds = Callable[[], bool]


@contextmanager
def turn(engine: sa.Engine, name: str, wait_s: float = WAIT_S) -> Iterator[Holds]:
    """Alone on this store under `name` inside the block, after waiting for the others.

    Yields a function that says whether it is so still: a server's session can be lost.
    Raises StoreError where the others take longer than `wait_s`.
    """
    path = databases.sqlite_path(engine.url)
    if engine.dialect.name == "postgresql":
        with server_turn(engine, name, wait_s) as (held, holds):
            if not held:
                raise _taken(name, wait_s)
            yield holds
    elif path is None or str(path) == ":memory:":
        yield lambda: True  # nobody else can open it
    else:
        with _file_turn(path.resolve(), name, wait_s):
            yield lambda: True


@contextmanager
def server_turn(engine: sa.Engine, name: str, wait_s: float) -> Iterator[tuple[bool, Holds]]:
    """PostgreSQL: whether this session alone holds `name`, and whether it does so still."""
    query = sa.select(sa.func.pg_try_advisory_lock(int.from_bytes(_digest(name), signed=True)))
    with databases.explained(engine.url):
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        with databases.explained(engine.url):
            connection.detach()  # closed afterwards, not kept for others: that frees the lock
            for setting, value in KEEPALIVE.items():
                connection.execute(sa.select(sa.func.set_config(setting, value, False)))
            end = time.monotonic() + wait_s
            while not (held := bool(connection.execute(query).scalar_one())):
                if time.monotonic() >= end:
                    break
                time.sleep(ASK_S)
        yield held, lambda: _answers(connection)
    finally:
        connection.close()


def _answers(connection: sa.Connection) -> bool:
    try:
        connection.execute(sa.select(1))
    except sa.exc.DBAPIError:
        return False
    return True


@contextmanager
def _file_turn(path: Path, name: str, wait_s: float) -> Iterator[None]:
    folder = path.with_name(f"{path.name}-locks")
    try:
        mode = path.stat().st_mode & 0o666
        if not folder.is_dir():
            folder.mkdir(exist_ok=True)
            folder.chmod(mode | (mode & 0o444) >> 2)  # who may read the store may enter
        lock = filelock.FileLock(
            folder / f"{_digest(name).hex()}.lock", mode=mode, fallback_to_soft=False
        )
        lock.acquire(timeout=wait_s, poll_interval=ASK_S)
    except filelock.Timeout:
        raise _taken(name, wait_s) from None
    except (OSError, NotImplementedError) as error:
        raise StoreError(
            f"cannot make a lock in {folder}: {error}",
            reason("failed-store-lock", place=str(folder), error=str(error)),
        ) from error
    try:
        yield
    finally:
        lock.release()


def _taken(name: str, wait_s: float) -> StoreError:
    return StoreError(
        f"another process has been busy with this store ({name}) for {wait_s / 60:.0f} minutes; "
        "see whether it hangs, and run this again",
        reason("failed-store-busy", task=name, minutes=round(wait_s / 60)),
    )


def _digest(name: str) -> bytes:
    return hashlib.blake2b(f"floodgauge {name}".encode(), digest_size=8).digest()
