"""Whether this machine's clock can be right: against what the store has seen, and against servers.

A run by a wrong clock would move the first dates of what it writes, and read incidents as of a
moment that never was; so it stops before it writes anything.
"""

import email.utils
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from collector.errors import ClockError
from collector.store import Store

log = logging.getLogger(__name__)

BEHIND = timedelta(minutes=2)
"""So much may the clocks of several hosts differ."""
APART = timedelta(minutes=10)
"""So far may this clock be from a server's own."""


def check(store: Store, now: datetime) -> None:
    """Raises ClockError where a clock lies before the newest run that the store holds."""
    newest = store.clocks.newest()
    if newest is not None and now < newest - BEHIND:
        raise ClockError(
            f"this machine's clock says {_said(now)}, and the store's newest run was at "
            f"{_said(newest)}: nothing was written. If the clock is slow, set it and run again; if "
            "it is right, an earlier run had a clock that was fast, and `floodgauge repair` brings "
            "its dates back to the present"
        )


class ServerClocks:
    """What the servers' clocks (`Date` of their answers) say of this one, within one run.

    clock: this machine's. wrong: the error, once it was raised; libraries may swallow it.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.agreed = False
        self.wrong: ClockError | None = None

    def heard(self, host: str, date: str | None, age: str | None = None) -> None:
        """Takes one answer's headers. Raises ClockError where they are too far from this clock, and
        no server has agreed with it so far: one of many that disagrees has a wrong clock itself."""
        moment, now = _date(date, age), self.clock()
        if moment is None:
            return
        if abs(moment - now) <= APART:
            self.agreed = True
        elif self.agreed:
            log.info("%s: its clock says %s", host, _said(moment))
        else:
            self.wrong = ClockError(
                f"this machine's clock says {_said(now)}, and that of {host} says {_said(moment)}: "
                "nothing was written. Set the clock (timedatectl status shows whether it is kept "
                "right) and run again"
            )
            raise self.wrong

    def hold(self) -> None:
        """Raises the error again where a library swallowed it."""
        if self.wrong is not None:
            raise self.wrong


def _date(value: str | None, age: str | None) -> datetime | None:
    """When an answer was sent: its date, and how long a cache has kept it."""
    try:
        moment = email.utils.parsedate_to_datetime(value or "")
        kept = timedelta(seconds=int(age or 0))
    except (ValueError, OverflowError):
        return None
    return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment) + kept


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
