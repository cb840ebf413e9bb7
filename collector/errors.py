"""Every error that Floodgauge raises on purpose. Messages say what to do next."""

from datetime import timedelta
from pathlib import Path


class FloodgaugeError(Exception):
    """Base of all expected failures; the command line prints it in one line and exits."""

    @property
    def exit_code(self) -> int:
        """Of the command that ends with it."""
        return 2


class ConfigError(FloodgaugeError):
    """A setting is wrong. Names the file and the field."""


class ContractError(FloodgaugeError):
    """A frame or file does not have the columns or types that were agreed."""


class ImportFileError(FloodgaugeError):
    """A file cannot be imported at all: missing, empty, binary, no usable column."""


class ImportRowError(FloodgaugeError):
    """One row cannot be imported; the rest of the file can.

    line: 1-based line of a text file (the header is line 1), 1-based row of a Parquet file.
    """

    def __init__(self, line: int, field: str, reason: str) -> None:
        super().__init__(f"line {line}: {field}: {reason}")
        self.line = line
        self.field = field
        self.reason = reason


class StoreError(FloodgaugeError):
    """The store cannot be opened, read or written. why: the same as a kept reason, if it is one."""

    def __init__(self, message: str, why: str | None = None) -> None:
        super().__init__(message)
        self.why = why


class ClockError(FloodgaugeError):
    """This machine's clock cannot be right; nothing was written."""


class SourceError(FloodgaugeError):
    """A source did not give what was asked for."""


class RateLimited(SourceError):
    """The source asks to wait. retry_after_s: seconds, None where the source does not say."""

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class SourceUnavailable(SourceError):
    """Network or server failure; worth another try at the next run."""


class AuthFailed(SourceError):
    """The source refuses the credentials."""


class PayloadChanged(SourceError):
    """The answer did not parse; the sample is kept for whoever mends the source."""

    def __init__(self, message: str, sample_path: Path | None = None) -> None:
        super().__init__(message)
        self.sample_path = sample_path


class BudgetExhausted(SourceError):
    """The month's money for this source is spent."""


class NotEnoughHistory(FloodgaugeError):
    """Too little history to judge: a result to show, not a crash."""

    def __init__(self, needed: timedelta, got: timedelta) -> None:
        super().__init__(f"needs {needed.days} days of history, has {got.days}")
        self.needed = needed
        self.got = got
