"""What is looked at: one swing, the app's own quiet past, and what was published around it."""

from dataclasses import dataclass
from datetime import datetime

from pandas import DataFrame

from analysis.records import Swing


@dataclass(frozen=True, slots=True)
class Window:
    """One swing and everything that the signals may look at; nothing in it is later than `now`.

    items: reviews published from onset to end, columns of ScoredItem (sentiment may be missing).
    before: the frozen reference, the app's own reviews of the 540 days before the onset without
        other swings, columns of ScoredItem, oldest first.
    posts: social posts from 60 days before the onset to the end, columns of Item.
    context: news and statements of the same span, columns of ContextEvent.
    releases, snapshots: columns of Release and RatingSnapshot.
    names: what a text can call the app: key, title, aliases, store ids and links.
    posts_since: since when social sources are known to be read, whether they had posts or not;
        None: since the first post.
    others: reviews of other apps with the swing's stars before the onset, columns app, lang, title,
        text; None: there are none.
    descriptions: what the stores' pages say of the app, and said before.
    hands_elsewhere: accounts of the swing that rated another watched app within days of it; None:
        no other app is watched. hands_earlier: accounts behind other swings of the app before this
        one, within 180 days; None: there were none. hands_usual: those of the quiet past in either.
    """

    app: str
    swing: Swing
    items: DataFrame
    before: DataFrame
    posts: DataFrame
    context: DataFrame
    releases: DataFrame
    snapshots: DataFrame
    names: tuple[str, ...]
    now: datetime
    posts_since: datetime | None = None
    others: DataFrame | None = None
    descriptions: tuple[str, ...] = ()
    hands_elsewhere: frozenset[str] | None = None
    hands_earlier: frozenset[str] | None = None
    hands_usual: frozenset[str] | None = None
