"""Alt texts and quoted posts are parts of their own, and a call in one is a call."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.evidence.coordination.calls import call_in
from collector.importers.reading.json_shape import flat
from collector.sources.bluesky import _item as bluesky_item
from collector.sources.mastodon import _text as mastodon_text_of
from collector.text.post_parts import own_words, parts_of, written

NAMES = ("iWatch Dallas",)
LINE = st.text(st.characters(blacklist_characters="\n\r", codec="utf-8"), max_size=30).map(
    str.strip
)


@given(own=LINE, pictures=st.lists(LINE, max_size=2), quoted=st.lists(LINE, max_size=2))
def test_parts_come_back(own: str, pictures: list[str], quoted: list[str]) -> None:
    found = parts_of(written(own, pictures, quoted))
    assert found.own == own
    assert found.pictures == tuple(p for p in pictures if p)
    assert found.quoted == tuple(q for q in quoted if q)


def bluesky(**embed: object) -> str:
    post = {
        "uri": "at://did:plc:a/app.bsky.feed.post/1",
        "author": {"did": "did:plc:a", "labels": []},
        "record": {"text": "do it", "createdAt": "2020-05-31T05:00:00Z", "embed": embed["record"]},
        "embed": embed["view"],
        "indexedAt": "2020-05-31T05:00:00Z",
    }
    item = bluesky_item(post)
    assert item is not None
    assert flat(post)["record.text"] == item.text
    return item.text or ""


def quoted_view(*labels: str) -> dict[str, object]:
    author = {"did": "did:plc:b", "labels": [{"val": label} for label in labels]}
    return {"record": {"author": author, "value": {"text": "Everyone flood iWatch Dallas now!"}}}


def test_a_call_in_a_quoted_post_is_a_call() -> None:
    text = bluesky(record={"record": {"uri": "at://x"}}, view=quoted_view())
    assert text == "do it\n[quoted]\nEveryone flood iWatch Dallas now!"
    assert call_in(text, NAMES) is not None
    assert call_in("do it", NAMES) is None
    assert own_words(text) == "do it"


def test_beside_a_picture_or_a_card_it_is_quoted_as_well() -> None:
    media = {"images": [{"alt": "a poster: flood iWatch Dallas"}, {"alt": ""}]}
    text = bluesky(record={"media": media, "record": {}}, view={"record": quoted_view()})
    assert parts_of(text).pictures == ("a poster: flood iWatch Dallas",)
    assert parts_of(text).quoted == ("Everyone flood iWatch Dallas now!",)


def test_who_asks_not_to_be_shown_is_not_quoted() -> None:
    hidden = quoted_view("!no-unauthenticated")
    assert bluesky(record={"record": {}}, view=hidden) == "do it"


@pytest.mark.parametrize("view", [None, {"record": {"notFound": True}}, {"record": "x"}, "x"])
def test_a_quote_that_is_gone_is_left_out(view: object) -> None:
    assert bluesky(record={"record": {}}, view=view) == "do it"


def test_mastodon() -> None:
    status = {
        "content": "<p>do it</p>",
        "account": {"acct": "a"},
        "media_attachments": [{"description": "a screenshot of the app"}, {"description": None}],
        "quote": {"state": "accepted", "quoted_status": {"content": "<p>Flood iWatch Dallas!</p>"}},
    }
    wanted = "do it\n[quoted]\nFlood iWatch Dallas!\n[picture]\na screenshot of the app"
    assert mastodon_text_of(status) == wanted
    assert flat(status)["content"] == wanted


def test_an_export_of_x() -> None:
    row = {
        "id_str": "1",
        "created_at": "Sun May 31 05:00:00 +0000 2020",
        "full_text": "do it",
        "user": {"screen_name": "a"},
        "retweet_count": 0,
        "extended_entities": {"media": [{"ext_alt_text": "a poster"}]},
        "quoted_status": {"full_text": "Flood iWatch Dallas!"},
    }
    assert flat(row)["full_text"] == "do it\n[quoted]\nFlood iWatch Dallas!\n[picture]\na poster"
