"""What a reader would have been told of an incident at a past moment, in one sentence."""

from analysis.incidents.at_moment import AtMoment
from analysis.words.incident import changed_of
from collector.store.records import ChangedReviews
from dashboard.words.catalogue import Wording


def sentence(moment: AtMoment, words: Wording) -> str:
    """The latest line of the alarm log by then, and how much had come."""
    time = words.time(moment.at)
    if not moment.log:
        return words("replay-silent", time=time)
    last = moment.log[-1]
    moved = "" if moment.incident.direction == "fewer" else changed_of(of_moment(moment), words)
    return words(
        f"replay-{last.kind}",
        time=time,
        when=words.time(last.at),
        count=moment.items,
        changed=words("replay-changed", told=moved) if moved else "",
    )


def of_moment(moment: AtMoment) -> ChangedReviews:
    """The changed opinions among what is counted."""
    return ChangedReviews(moment.changed_items)
