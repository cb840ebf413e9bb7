"""What a review is about: the one kind of thing that weighs most among its reasons.

Kinds shut each other out, so that one more review of a kind adds to it and takes from all others.
"""

from collections.abc import Mapping

KINDS = ("update", "asked", "outside", "device", "fault", "feature", "terms", "praise", "other")
OF_KIND: Mapping[str, tuple[str, ...]] = {
    "update": ("update",),
    "asked": ("asked",),
    "outside": ("politics", "world", "privacy", "joke", "call"),
    "device": ("device",),
    "fault": ("login", "server", "crash"),
    "feature": ("feature",),
    "terms": ("price", "content", "rival", "service_people"),
    "praise": ("praise",),
    "other": (),
}
# Reasons that a cause is told with.
OF_CAUSE: Mapping[str, tuple[str, ...]] = {
    "release": ("update", "device", "crash", "login", "server", "feature"),
    "service": ("login", "server", "crash", "feature"),
    "external": (
        *("politics", "world", "privacy", "call", "joke", "price", "content", "rival"),
        "service_people",
    ),
    "promotion": ("asked",),
}
# What an occasion outside the app is told by before the phone is looked at; jokes and calls after
# the faults, which they are often made of.
_ORDER = ("update", "asked", "politics", "world", "privacy", "device", "login", "server", "crash")
_REST = ("joke", "call", "feature", "price", "content", "rival", "service_people", "praise")
_KIND = {reason: kind for kind, reasons in OF_KIND.items() for reason in reasons}


def kind_of(reasons: Mapping[str, object], *, praise: bool) -> str:
    """The kind of a review that gives these reasons. praise: of a swing of high stars.

    There a recommendation is no call, and only there can stars have been asked for.
    """
    for reason in (*_ORDER, *_REST):
        if reason not in reasons or (reason == ("call" if praise else "asked")):
            continue
        return _KIND[reason]
    return "other"


def cause_of(reason: str) -> str | None:
    """The cause that a reason speaks for by itself; nothing of praise and blame."""
    order = ("service", "external", "promotion", "release")
    return next((cause for cause in order if reason in OF_CAUSE[cause]), None)
