"""Other processes, as cron jobs, other hosts and executors are.

Each is forked from one that has imported Floodgauge once and holds nothing else.
"""

import multiprocessing
import time
from collections.abc import Callable
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from collector.polling.lock import only_one
from collector.store import open_store
from dashboard.alerting.deliver import deliver
from dashboard.alerting.settings import AlertSettings

SECRET = b"a secret for tests, 32 bytes long"
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.processes", "analysis.run"])


def started(what: Callable[..., object], *arguments: Any) -> BaseProcess:
    """A process that does something beside the test, and ends with it."""
    process = CONTEXT.Process(target=what, args=arguments, daemon=True)
    process.start()
    return process


def holding(what: Callable[..., object], *arguments: Any) -> tuple[BaseProcess, bool]:
    """A process that takes a lock and keeps it until it is killed; whether it was free."""
    here, there = CONTEXT.Pipe()
    process = started(what, *arguments, there)
    assert here.poll(60)
    return process, bool(here.recv())


def tell(url: str, hook: str, now: datetime) -> None:
    """Delivers what is due to a channel."""
    with open_store(url, secret=SECRET) as store:
        deliver(store, AlertSettings(channels=(hook,)), now)


def hold_lock_of_store(url: str, name: str, told: Connection) -> None:
    """As another host does."""
    with open_store(url, secret=SECRET) as store, store.database.only_one(name) as alone:
        told.send(alone)
        time.sleep(60)


def hold_source(url: str, app: str, source: str, folder: Path, told: Connection) -> None:
    """As another collecting run of this machine does."""
    with only_one(url, app, source, folder) as free:
        told.send(free)
        time.sleep(60)
