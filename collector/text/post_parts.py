"""The parts of a post beside its author's own words: what its pictures show (alt texts) and the
post that it quotes.

Each stands behind a line of its own, so that a call in a quoted post is read as a call, and nobody
else's words are taken for the author's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from collector.text.post_texts import bluesky_text

PICTURE, QUOTED = "[picture]", "[quoted]"


@dataclass(frozen=True, slots=True)
class PostParts:
    """A post in parts; empty where it has none."""

    own: str
    pictures: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()


def written(own: str, pictures: Iterable[Any] = (), quoted: Iterable[Any] = ()) -> str:
    """A post with its parts as one text; what is no text, or empty, is left out."""
    parts = [(QUOTED, said) for said in quoted] + [(PICTURE, said) for said in pictures]
    kept = [(mark, said.strip()) for mark, said in parts if isinstance(said, str) and said.strip()]
    return "\n".join([own, *(f"{mark}\n{said}" for mark, said in kept)]).lstrip("\n")


def parts_of(text: str) -> PostParts:
    """The parts of a text that `written` made."""
    found: dict[str, list[list[str]]] = {"": [[]], PICTURE: [], QUOTED: []}
    at = ""
    for line in text.split("\n"):
        if line in (PICTURE, QUOTED):
            at = line
            found[at].append([])
        else:
            found[at][-1].append(line)
    pictures, quoted = (tuple("\n".join(part) for part in found[m]) for m in (PICTURE, QUOTED))
    return PostParts("\n".join(found[""][0]), pictures, quoted)


def own_words(text: str) -> str:
    """What the author of a post says."""
    return parts_of(text).own if PICTURE in text or QUOTED in text else text


def parts(text: str | None) -> int:
    """How many pictures and quoted posts a text shows beside its author's words."""
    found = parts_of(text or "")
    return len(found.pictures) + len(found.quoted)


def bluesky_parts(post: Mapping[str, Any], own: str) -> str:
    """A post of Bluesky with its parts: alt texts stand in the record, the quoted post in the view
    of it. A quoted author who asks not to be shown outside is not."""
    record = post.get("record")
    embed = record.get("embed") if isinstance(record, Mapping) else None
    view = post.get("embed")
    return written(own, _bluesky_pictures(embed), _bluesky_quoted(view))


def _bluesky_pictures(embed: Any) -> list[Any]:
    if not isinstance(embed, Mapping):
        return []
    images = embed.get("images")
    listed = images if isinstance(images, list) else []
    alts = [one.get("alt") for one in listed if isinstance(one, Mapping)]
    return [*alts, embed.get("alt"), *_bluesky_pictures(embed.get("media"))]


def _bluesky_quoted(view: Any) -> list[Any]:
    """The text of the post that an embed shows, also where a picture or a card stands beside it."""
    record = view.get("record") if isinstance(view, Mapping) else None
    if not isinstance(record, Mapping):
        return []
    author, value = record.get("author"), record.get("value")
    if not isinstance(value, Mapping):
        return _bluesky_quoted(record)
    labels = author.get("labels") if isinstance(author, Mapping) else None
    hidden = any(
        isinstance(one, Mapping) and one.get("val") == "!no-unauthenticated" for one in labels or ()
    )
    return [] if hidden or not isinstance(value.get("text"), str) else [bluesky_text(value)]


def mastodon_parts(status: Mapping[str, Any], own: str, quoted: str | None = None) -> str:
    """A status with its parts. quoted: the text of the status that it quotes."""
    media = status.get("media_attachments")
    listed = media if isinstance(media, list) else []
    alts = [one.get("description") for one in listed if isinstance(one, Mapping)]
    return written(own, alts, [quoted])


def mastodon_quoted(status: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The status that a status quotes, where its author lets it be quoted."""
    quote = status.get("quote")
    held = quote.get("quoted_status") if isinstance(quote, Mapping) else None
    return held if isinstance(held, Mapping) and isinstance(held.get("content"), str) else None


def x_parts(post: Mapping[str, Any], own: str, quoted: str | None = None) -> str:
    """A post of X with its parts, as far as an export has them."""
    media = [
        one
        for holder in ("extended_entities", "entities")
        if isinstance(post.get(holder), Mapping)
        for one in post[holder].get("media") or ()
        if isinstance(one, Mapping)
    ]
    alts = dict.fromkeys(one.get("ext_alt_text") or one.get("alt_text") for one in media)
    return written(own, alts, [quoted])
