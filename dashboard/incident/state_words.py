"""An incident in a few words: its cause, and whether it goes on."""

from analysis.records import Incident
from dashboard.incident.tail_and_waves import over
from dashboard.words.catalogue import Wording


def verdict(incident: Incident, words: Wording) -> str:
    """The reading in a few words; undetermined has no probability of its own."""
    if incident.cause == "undetermined":
        return words("verdict-undetermined")
    cause = words(f"cause-{incident.cause}")
    told = words("verdict", cause=cause, percent=words.percent(incident.cause_probability))
    if incident.also is None:
        return told
    return f"{told}. {words('also', cause=words(f'cause-{incident.also}'))}"


def going_on(where: str, incident: Incident, words: Wording) -> str:
    """Still going on, or since when nothing more came and until when the items are counted.

    Where nobody looked while it is said to have ended, or none has since: that. Where it was read
    as of a past moment: that. where: `headline`, a sentence; or `state`, a few words.
    """
    quiet, until = incident.quiet_since, incident.counted_until
    unseen, read = incident.unseen_since, incident.as_of
    stem = "headline-" if where == "headline" else "state-"
    if unseen is not None:
        return words(f"{stem}unseen", since=words.time(unseen))
    if incident.ended_at is not None:
        return "" if where == "headline" else over(incident, words)
    if read is not None:
        return words(f"{stem}as-of", moment=words.time(read))
    if quiet is not None:
        return words(f"{stem}quiet", since=words.time(quiet))
    if until is None or where == "state":
        return words("headline-open" if where == "headline" else "state-going-on")
    return words("headline-open-until", until=words.time(until))
