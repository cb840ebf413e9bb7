"""Why a signal cannot be tested: a key with its numbers, so that any language can say it."""

from dataclasses import dataclass
from types import MappingProxyType

REASONS = MappingProxyType(
    {
        "few-now": "{have} matching reviews, {need} are needed",
        "few-past": "the app's own past has {have} comparable reviews, {need} are needed",
        "few-both": "{now} reviews now and {past} before can be compared",
        "few-low": "{have} low-star reviews, {need} are needed",
        "few-complaints": "{have} complaints, {need} are needed",
        "few-versions": "{now} reviews of the swing and {past} earlier ones name a version",
        "few-spans": "only {have} quiet spans as long as the swing can be compared",
        "few-words": "too few words of these reviews have a weight",
        "no-posts": "no posts of these days are collected",
        "few-posts": "{have} posts of these days name the app, {need} are needed",
        "few-calls": "{have} people asked for something in their posts, {need} are needed",
        "no-traits": "the reviews tell neither country nor language, and too few have letters",
        "no-edit-times": "of no earlier review a source tells when it was edited; edits that only "
        "Floodgauge saw are not counted here",
        "no-themes": "too few reviews share enough words to form themes",
        "no-totals": "no total of ratings from before the swing is known",
        "no-context": "no releases, news, statements or posts are collected",
        "no-sentiment": "the texts have no sentiment scores",
        "no-vocabulary": "no vocabulary was learned for the reviews' languages",
        "one-store": "reviews come from one store and country only",
        "young": "under six weeks of history: no version can be dated",
        "unnamed": "fewer than {need} reviews of the swing name a version",
    }
)


@dataclass(frozen=True)
class Reason:
    """key: one of REASONS. numbers: what its sentence names."""

    key: str
    numbers: dict[str, int]

    def __str__(self) -> str:
        return REASONS[self.key].format(**self.numbers)


def why(key: str, **numbers: int) -> Reason:
    """A reason with its numbers. Raises KeyError for an unknown key or a missing number."""
    reason = Reason(key, numbers)
    str(reason)
    return reason
