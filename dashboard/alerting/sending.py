"""Hands one message to one channel, through Apprise."""

import logging
import re

import apprise
import stamina

from dashboard.alerting.channels import channel_of

ATTEMPTS = 3
UNKNOWN = 32_768  # characters, where Apprise knows no limit
MARGIN = 0.9  # what a channel's own format adds (line breaks, escapes) counts as well
# Answers that the same message will get again, whenever it is sent.
REFUSAL = re.compile(r"error=(?:400|413|414|422)\b")


class NotTaken(Exception):
    """A channel did not take a message; it may take it later."""


class Refused(NotTaken):
    """A channel will not take this message as it is, a shorter one perhaps."""


def through_apprise(channel: str, title: str, body: str) -> bool:
    """Hands a message to one channel; three attempts, a few seconds in all. Raises Refused."""
    plugin = _plugin(channel)
    if plugin is None:
        return False
    if plugin.body_max_line_count > 0:
        body = " ".join(body.split())  # what stands on further lines would be cut away
    target = apprise.Apprise()
    target.add(plugin)
    try:
        for attempt in stamina.retry_context(
            on=_may_pass, attempts=ATTEMPTS, wait_initial=0.2, wait_max=2.0, timeout=20.0
        ):
            with attempt:
                _notify(target, title, body)
    except Refused:
        raise
    except NotTaken:
        return False
    return True


def room_of(channel: str) -> int:
    """Characters that a channel takes in one message, title included, as far as Apprise knows."""
    plugin = _plugin(channel)
    return UNKNOWN if plugin is None else int((plugin.body_maxlen or UNKNOWN) * MARGIN)


def _plugin(channel: str) -> apprise.NotifyBase | None:
    """The channel; what is too long for it is sent in parts, unless its address says otherwise."""
    plugin = channel_of(channel)
    if plugin is not None and "overflow_mode" not in vars(plugin):
        plugin.overflow_mode = apprise.OverflowMode.SPLIT
    return plugin


def _notify(target: apprise.Apprise, title: str, body: str) -> None:
    # Apprise says why in its log alone.
    with apprise.LogCapture(level=logging.WARNING) as said:  # type: ignore[no-untyped-call]
        taken = target.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT)
    if not taken:
        raise Refused if REFUSAL.search(said.getvalue()) else NotTaken


def _may_pass(error: Exception) -> bool:
    return isinstance(error, NotTaken) and not isinstance(error, Refused)
