"""What a run needs beside settings and store, and what it tells while it runs."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import platformdirs

from collector.clock_check import ServerClocks
from collector.records import RunReport

Step = Literal["started", "page", "finished", "skipped"]


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollEvent:
    """What happens during a run, for whoever shows it. report: with "finished" only.

    wanted: of a skipped source that the configuration asks for; `message` says what it lacks, and
    since: since when.
    due_at: of a skipped source that waits for this moment.
    """

    app: str
    source: str
    step: Step
    message: str = ""
    seen: int = 0
    new: int = 0
    report: RunReport | None = None
    wanted: bool = False
    due_at: datetime | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a run needs beside settings and store; tests give their own clocks and folder.

    servers: hears what the servers' clocks say; by default where the clock is the machine's own.
    """

    clock: Callable[[], datetime] = utc_now
    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic
    private_dir: Path | None = None
    progress: Callable[[PollEvent], None] = lambda _: None
    servers: ServerClocks | None = None

    def folder(self) -> Path:
        """For locks, session files and samples."""
        return self.private_dir or Path(platformdirs.user_state_dir("floodgauge"))
