"""Exports that are known by their columns: where they come from and what is special in them.

Whatever an export does not say is found by the common names (column_names.py). Further ones stand
in formats/, a file each.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from collector.errors import ConfigError
from collector.importers.columns.column_names import normal
from collector.records import Kind


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of file.

    marks: any of these sets of columns tells it. source, kind: of rows that do not say. columns:
    where its fields stand, before the common names. never: fields that it does not have, whatever
    its columns are called. stable: columns that never change, for the id of a row without one.
    needed: a row without any of these fields is no item of this export and is passed over.
    html: its texts are pieces of HTML.
    """

    name: str
    marks: tuple[frozenset[str], ...]
    source: str
    kind: Kind | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    never: frozenset[str] = frozenset()
    stable: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    html: bool = False

    def recognises(self, names: frozenset[str]) -> bool:
        """True when a file with columns of these normal names is of this kind."""
        return any(mark <= names for mark in self.marks)


def _marks(*sets: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(map(normal, one.split())) for one in sets)


def _where(**fields: str) -> dict[str, tuple[str, ...]]:
    return {held: tuple(map(normal, names.split())) for held, names in fields.items()}


NO_STARS = frozenset({"rating"})
POSTS_NEVER = frozenset({"rating", "title", "version", "country", "source", "app_id"})

PLAY_CONSOLE = Export(
    "play-console",
    _marks(
        "Star_Rating Review_Submit_Date_and_Time", "Star_Rating Review_Submit_Millis_Since_Epoch"
    ),
    "google_play",
    "review",
    _where(
        created_at="Review_Submit_Millis_Since_Epoch Review_Submit_Date_and_Time",
        updated_at="Review_Last_Update_Millis_Since_Epoch Review_Last_Update_Date_and_Time",
        reply_at="Developer_Reply_Millis_Since_Epoch Developer_Reply_Date_and_Time",
        lang="Reviewer_Language",
    ),
    # A rating without a review has no link, and its stars can differ in the next month's file.
    stable=(
        "Package Name",
        "Review Submit Millis Since Epoch",
        "Review Submit Date and Time",
        "Reviewer Language",
        "Device",
    ),
)
PLAY_DEVELOPER = Export(
    "play-developer",
    _marks("comments.userComment.starRating"),
    "google_play",
    "review",
    _where(
        created_at="comments.userComment.lastModified.seconds",
        text="comments.userComment.text",
        rating="comments.userComment.starRating",
    ),
)
SCRAPER = Export(
    "scraper",
    _marks(
        "content score at",
        "reviewId score thumbsUpCount",
        "content score thumbsUpCount",
        "content score reviewCreatedVersion",
        "reviewCreatedVersion replyContent",
    ),
    "google_play",
    "review",
    _where(
        created_at="at date",
        text="content",
        version="reviewCreatedVersion appVersion",
        review_id="reviewId review_id id",
    ),
)
NODE_PLAY = Export(
    "node-google-play",
    _marks(
        "score scoreText", "score thumbsUp replyText", "score criterias", "text score userImage"
    ),
    "google_play",
    "review",
    _where(created_at="date", rating="score score_text", review_id="id"),
)
APPLE_RSS = Export(
    "apple-rss",
    _marks("im:rating"),
    "app_store",
    "review",
    _where(
        created_at="updated date", rating="im:rating", text="content.label content im:content",
        version="im:version", author="author.name.label author.name author",
        review_id="id.label id",
    ),
    needed=("rating",),
)  # fmt: skip
APP_STORE_CONNECT = Export(
    "app-store-connect",
    _marks("reviewerNickname createdDate", "reviewerNickname territory"),
    "app_store",
    "review",
    _where(created_at="createdDate", text="body", author="reviewerNickname", country="territory"),
)
APP_STORE_SCRAPER = Export(
    "app-store-scraper",
    _marks("userName review isEdited", "review rating isEdited", "userUrl score text"),
    "app_store",
    "review",
    _where(created_at="date updated"),
)
TRUSTPILOT = Export(
    "trustpilot",
    _marks(
        "consumer.displayName stars", "consumer.displayName rating", "companyReply stars",
        "Review_Consumer_User_Name Review_Stars", "dates.publishedDate rating",
        "dates.experiencedDate rating",
    ),
    "trustpilot",
    "review",
    _where(
        created_at="dates.publishedDate createdAt Review_Created_UTC",
        updated_at="dates.updatedDate updatedAt",
        author="consumer.displayName Review_Consumer_User_Name",
        reply_text="companyReply.text reply.message",
        reply_at="companyReply.createdAt reply.publishedDate",
    ),
)  # fmt: skip
STEAM = Export(
    "steam",
    _marks(
        "recommendationid",
        "voted_up review",
        "hours_played recommendation", "hour_played recommendation",
        "voted_up weighted_vote_score",
    ),
    "steam",
    "review",
    _where(created_at="timestamp_created", rating="voted_up", text="review", thumbs_up="votes_up"),
)  # fmt: skip
X_CLASSIC = Export(
    "x-classic",
    _marks(
        "id_str user.screen_name",
        "id_str favorite_count",
        "id_str full_text",
        "retweet_count favorite_count",
    ),
    "x",
    "post",
    _where(
        text="full_text text",
        review_id="id_str id",
        author="user.id_str user.id user.screen_name",
    ),
    POSTS_NEVER,
)
X_API = Export(
    "x",
    _marks(
        "edit_history_tweet_ids", "public_metrics.like_count text", "tweet_id author_id",
        "tweet_id user_username", "public_metrics.retweet_count", "author_id conversation_id text",
        "referenced_tweets.type text",
    ),
    "x",
    "post",
    _where(
        text="full_text text", review_id="tweet_id id",
        author="author_id author.id author.username",
    ),
    POSTS_NEVER,
)  # fmt: skip
TWINT = Export(
    "twint",
    _marks(
        "tweet retweets_count",
        "tweet conversation_id",
        "tweet likes_count",
        "conversation_id cashtags",
    ),
    "x",
    "post",
    _where(created_at="created_at date", text="tweet", author="user_id username", lang="language"),
    POSTS_NEVER,
)  # fmt: skip
SNSCRAPE = Export(
    "snscrape",
    _marks(
        "rawContent retweetCount", "renderedContent", "content retweetCount",
        "rawContent likeCount",
    ),
    "x",
    "post",
    _where(
        created_at="date", text="rawContent content renderedContent", review_id="id",
        author="user.id user.username username",
    ),
    POSTS_NEVER,
)  # fmt: skip
TWEETS = Export(
    "tweets",
    _marks(
        "tweet_id text", "tweetid text", "tweet_text", "tweet_id", "tweet retweets",
        "text retweets",
        "tweet_created text", "embedded_text", "text retweet_count", "text retweetCount",
        "tweet_url", "tweets likes", "tweet likes", "tweet_content", "tweet_date",
    ),
    "x",
    "post",
    _where(text="embedded_text full_text tweet_text tweet text"),
    never=frozenset({"rating", "version", "source"}),
)  # fmt: skip
MASTODON = Export(
    "mastodon",
    _marks(
        "favourites_count reblogs_count", "account.acct content", "content spoiler_text",
        "favourites_count content", "favourites_count replies_count", "reblogs_count content",
    ),
    "mastodon",
    "post",
    _where(
        created_at="created_at", text="content", review_id="uri id",
        author="account.url account.acct account.uri",
    ),
    POSTS_NEVER,
    html=True,
)  # fmt: skip
BLUESKY = Export(
    "bluesky",
    _marks(
        "uri author.did", "$type text createdAt", "uri cid text", "did text createdAt",
        "did commit.record.text", "author.did text", "author_did text", "did time_us",
    ),
    "bluesky",
    "post",
    _where(
        created_at="createdAt created_at indexedAt", text="text", review_id="uri",
        author="author.did did author_did", thumbs_up="likeCount",
    ),
    POSTS_NEVER,
)  # fmt: skip
REDDIT = Export(
    "reddit",
    _marks("subreddit", "comms_num", "upvote_ratio", "selftext", "num_comments score"),
    "reddit",
    "post",
    _where(created_at="created_utc created", text="selftext body text", thumbs_up="score ups"),
    POSTS_NEVER - {"title"},
)
FOURCAT = Export(
    "4cat",
    _marks("thread_id body timestamp", "thread_id unix_timestamp"),
    "file",
    "post",
    _where(
        created_at="unix_timestamp timestamp", text="body", title="subject", review_id="id",
        author="author_id author", url="link url post_url", lang="language_guess",
    ),
    POSTS_NEVER - {"title"},
)  # fmt: skip
TABLE = Export("table", (), "file")


def read_export(path: Path) -> Export:
    """An export from its file in formats/. Raises ConfigError that names the file."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return Export(
            name=path.stem,
            marks=_marks(*told.pop("marks")),
            columns=_where(**told.pop("columns", {})),
            stable=tuple(told.pop("stable", ())),
            never=frozenset(told.pop("never", ())),
            needed=tuple(told.pop("needed", ())),
            **told,
        )
    except (tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        raise ConfigError(f"{path.name}: {error}") from error


FORMATS = Path(__file__).parents[1] / "formats"
OWN = tuple(map(read_export, sorted(FORMATS.glob("*.toml"))))
EXPORTS: tuple[Export, ...] = (
    PLAY_CONSOLE, PLAY_DEVELOPER, APPLE_RSS, APP_STORE_CONNECT, STEAM, TRUSTPILOT, SCRAPER,
    NODE_PLAY, APP_STORE_SCRAPER, MASTODON, BLUESKY, REDDIT, FOURCAT, TWINT, SNSCRAPE, X_API,
    X_CLASSIC, TWEETS, *OWN, TABLE,
)  # fmt: skip
BY_NAME = {export.name: export for export in EXPORTS}
NETWORK_HOSTS = {
    "twitter.com": "x", "x.com": "x", "bsky.app": "bluesky", "reddit.com": "reddit",
    "t.me": "telegram", "facebook.com": "facebook", "instagram.com": "instagram",
    "tiktok.com": "tiktok", "youtube.com": "youtube", "threads.net": "threads",
    "play.google.com": "google_play", "apps.apple.com": "app_store",
    "itunes.apple.com": "app_store", "trustpilot.com": "trustpilot",
    "steamcommunity.com": "steam", "store.steampowered.com": "steam", "boards.4chan.org": "4chan",
}  # fmt: skip
"""Whose addresses tell where an item was published."""
SOURCE_NAMES = {
    "googleplay": "google_play", "googleplaystore": "google_play", "playstore": "google_play",
    "play": "google_play", "android": "google_play", "gplay": "google_play", "gp": "google_play",
    "google": "google_play", "androidplaystore": "google_play", "googleplayandroid": "google_play",
    "playgoogle": "google_play", "playgooglecom": "google_play",
    "appstore": "app_store", "appleappstore": "app_store", "apple": "app_store",
    "ios": "app_store", "itunes": "app_store", "iosappstore": "app_store", "iphone": "app_store",
    "appstoreios": "app_store", "applestore": "app_store", "itunesappstore": "app_store",
    "twitter": "x", "xtwitter": "x", "twittercom": "x", "bsky": "bluesky",
    "blueskysocial": "bluesky",
    "googlereviews": "google_maps", "trustpilotcom": "trustpilot",
}  # fmt: skip
"""What files call a store or network, by normal name."""
SOCIAL_MARKS = frozenset(
    map(
        normal,
        """retweet_count retweets retweets_count hashtags tweet tweet_id tweet_text reposts
        repost_count reblogs reblogs_count boosts screen_name user.screen_name followers_count
        quote_count subreddit mentions in_reply_to_user_id conversation_id favorite_count
        is_retweet retweeted post_id post_text post_content share_count shares num_comments
        upvote_ratio likes_count replies_count""".split(),  # noqa: SIM905
    )
)
"""Columns that only files of posts have."""
