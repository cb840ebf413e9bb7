"""What an incident is, in the reader's language: parts that summaries, pages and alerts share."""

from datetime import timedelta

from analysis.records import Incident
from analysis.words.catalogue import FactWording
from collector.source_manifests import manifests
from collector.store.records import ChangedReviews

HARDLY = 0.05  # expected items that one digit shows as none
RARELY_DAYS = 365_250


def what_happened(
    incident: Incident, name: str, told: str, span: str, words: FactWording, smallest: int = 0
) -> str:
    """Who received how many of what, how many were to be expected, and how many are changed
    opinions; no full stop, no count of people below `smallest`."""
    silent = incident.silent_since
    count, usual = size(incident)
    said = words(
        f"what-{counted(incident)}",
        silent="" if silent is None else words.length(incident.onset_at - silent),
        name=name,
        count=count,
        told=told,
        span=span,
        expected=about_expected(usual, words),
        place=_place(incident, words),
        people=_people(incident, words, smallest),
    )
    return said + changed(incident, words, smallest) + _talked_of(incident, words)


def size(incident: Incident) -> tuple[int, float]:
    """How many of what it is mainly told by, and how many were to be expected."""
    if incident.where == "social" and incident.posts is not None:
        return incident.posts, incident.expected_posts or 0.0
    return incident.items, incident.expected_items


def _people(incident: Incident, words: FactWording, smallest: int) -> str:
    """By how many accounts, where that is no small number; nothing of reviews."""
    people = incident.people
    if people is None or people < max(smallest, 1):
        return ""
    return words("what-people", count=people, told=words.number(people))


def _talked_of(incident: Incident, words: FactWording) -> str:
    """Of reviews that are talked of elsewhere: how much."""
    if incident.where != "both" or incident.posts is None:
        return ""
    return words(
        "what-also-talk",
        count=incident.posts,
        told=words.number(incident.posts),
        expected=about_expected(incident.expected_posts or 0.0, words),
    )


def changed(incident: Incident, words: FactWording, smallest: int = 0) -> str:
    """How many of the reviews are changed ones, and what they had been; nothing where
    none is, and no count below `smallest`."""
    if incident.direction == "fewer":
        return ""
    told = changed_of(changed_in(incident), words, smallest)
    return words("summary-changed", told=told) if told else ""


def changed_in(incident: Incident) -> ChangedReviews:
    """The changed opinions among what an incident counts."""
    return ChangedReviews(
        incident.changed_items or 0, incident.higher_before or 0, incident.lower_before or 0
    )


def changed_of(
    found: ChangedReviews, words: FactWording, smallest: int = 0, of: str = "reviews"
) -> str:
    """How many of the reviews that were named are changed ones; nothing where none is. of: reviews
    or items, whichever word stands before."""
    if found.reviews < max(smallest, 1):
        return ""
    higher, lower = found.higher, found.lower
    before, count = ("higher", higher) if higher >= lower else ("lower", lower)
    return words(
        "changed-reviews",
        of=of,
        number=found.reviews,
        had=count,
        changed=words.number(found.reviews),
        before=before if count and count >= smallest else "none",
        count=words.number(count),
    )


def with_changed(told: str, changed: int, words: FactWording) -> str:
    """A count of reviews, and how many of them are changed opinions where any is."""
    found = changed_of(ChangedReviews(changed), words)
    return told + words("summary-changed", told=found) if found else told


def _place(incident: Incident, words: FactWording) -> str:
    """Of reviews that stay away in one store: in which."""
    if incident.direction != "fewer" or len(incident.sources) != 1:
        return ""
    made = manifests().get(incident.sources[0])
    return words("what-place", store=made.name if made else incident.sources[0])


def counted(incident: Incident) -> str:
    """What `items` counts; of a swing to both sides that is mostly one of them."""
    if incident.where == "social":
        return f"talk-{incident.direction}"
    if incident.detector in ("ratings", "pause"):
        return incident.detector
    counts = incident.counts or incident.direction
    if incident.direction == "fewer":
        return f"fewer-{counts if counts in ('negative', 'positive') else 'mixed'}"
    both = incident.direction == "mixed" and counts in ("negative", "positive")
    return f"mixed-{counts}" if both else counts


def span(onset: str, end: str | None, words: FactWording) -> str:
    """From when until when, or since when."""
    if end is None:
        return words("span-open", onset=onset)
    return words("span-closed", onset=onset, end=end)


def expected(items: float, words: FactWording) -> str:
    """How many were to be expected; no number that reads as none."""
    return words.number(items, 1 if items < 1 else 0) if items >= HARDLY else words("hardly-any")


def about_expected(items: float, words: FactWording) -> str:
    """The same in a sentence."""
    told = expected(items, words)
    return words("about", count=told) if items >= HARDLY else told


def sentence(told: str) -> str:
    """A part of a sentence as a sentence of its own."""
    return f"{told[:1].upper()}{told[1:]}."


def by_chance(days: float, words: FactWording) -> str:
    """How often chance alone would raise such an alarm; no figure beyond a millennium."""
    if days > RARELY_DAYS:
        return words("chance-rarely")
    years = days / 365.25
    if years >= 2:
        days = 365 * round(years)  # a year of words.length has 365 days
    return words("chance-days", length=words.length(timedelta(days=days)))
