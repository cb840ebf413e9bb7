"""Personal data at the rim: author keys, masked text, tombstones, the deployment's secret.

`protect` is the only way from a RawItem to an Item. What it drops (names, avatars, profile links)
never reaches the disk.
"""

import contextlib
import hashlib
import hmac
import os
import secrets
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from collector.errors import ConfigError, ContractError
from collector.privacy.accounts import mask_accounts
from collector.privacy.default_names import is_default_name
from collector.privacy.greeted_names import mask_names
from collector.privacy.masking import mask, mask_link, storable
from collector.records import Item, RawItem

__all__ = ["author_key", "content_id", "load_secret", "mask", "protect", "tombstone"]

KEY_FILE = "secret.key"
SHORTEST_SECRET = 16
LONGEST_VERSION = 100
Forgotten = Literal["item", "author", "content", "quoted"]


def author_key(secret: bytes, source: str, author: str | None) -> str | None:
    """Keyed hash of an author within a deployment and a source: 32 hex digits.

    None for a missing name and for the names that stores give to everybody who has none
    ("A Google user" in any language): these say nothing about one person.
    """
    if author is None:
        return None
    name = " ".join(unicodedata.normalize("NFC", storable(author)).split())
    if not name or is_default_name(name):
        return None
    return _keyed(secret, "author", source, name)


def tombstone(secret: bytes, kind: Forgotten, *parts: str) -> str:
    """Keyed hash that marks an item, an author, a content or what others quote of it as forgotten
    without naming them."""
    return _keyed(secret, "tombstone", kind, *parts)


def content_id(secret: bytes, raw: RawItem, occurrence: int = 0) -> str:
    """A stable id for an item whose source gives none: "h" and 32 hex digits.

    Keyed, so that a guess of the author's name cannot be checked against it.
    occurrence: 0 for the first of several equal rows without an author, 1 for the next, ...
    """
    content = (raw.source, raw.created_at.astimezone(UTC).isoformat(), raw.rating, raw.author)
    parts = [
        "" if part is None else storable(str(part)) for part in (*content, raw.title, raw.text)
    ]
    if occurrence:
        parts.append(str(occurrence))
    digest = hashlib.blake2b(digest_size=16, key=hashlib.sha256(secret).digest())
    digest.update(_joined(parts))
    return "h" + digest.hexdigest()


def kept_id(secret: bytes, item_id: str) -> str:
    """The source's id; a keyed hash where it names an account or an address."""
    item_id = storable(item_id)
    return item_id if mask_accounts(item_id) == item_id else "k" + _keyed(secret, "id", item_id)


def protect(
    raw: RawItem,
    *,
    app: str,
    secret: bytes,
    seen_at: datetime,
    arrived_at: datetime | None = None,
) -> Item:
    """The item as it may be stored: author keyed, text masked, times in UTC.

    seen_at: the poll or import. arrived_at: when it could first be known, `seen_at` unless given.
    Raises ContractError for a time without a zone.
    """
    country = raw.country.strip().lower() or None if raw.country else None
    return Item(
        app=app,
        source=raw.source,
        item_id=kept_id(secret, raw.item_id) if raw.item_id else content_id(secret, raw),
        kind=raw.kind,
        created_at=_utc(raw.created_at),
        updated_at=_utc_or_none(raw.updated_at),
        arrived_at=_utc(seen_at if arrived_at is None else arrived_at),
        first_seen=_utc(seen_at),
        last_seen=_utc(seen_at),
        author_key=author_key(secret, raw.source, raw.author),
        rating=None if raw.rating is None else float(raw.rating),
        rating_given=storable(raw.rating_given) if raw.rating_given else None,
        title=mask(raw.title, country=country),
        text=mask(raw.text, country=country),
        version=_version(raw.version),
        country=None if country is None else mask_accounts(storable(country)),
        lang=_language(raw.lang),
        thumbs_up=raw.thumbs_up,
        reply_text=mask(mask_names(raw.reply_text, raw.author), country=country),
        reply_at=_utc_or_none(raw.reply_at),
        url=mask_link(raw.url),
        removed_at=None,
    )


def _version(version: str | None) -> str | None:
    return shortened(mask_accounts(storable(version)), LONGEST_VERSION) if version else None


def shortened(text: str, longest: int) -> str:
    """A text of at most so many characters; one that was longer ends in an ellipsis, so that it
    never looks whole."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def load_secret(directory: Path) -> bytes:
    """The deployment's secret: from FLOODGAUGE_SECRET, FLOODGAUGE_SECRET_FILE, or secret.key.

    `directory`/secret.key is made on first use, readable by its owner only. Raises ConfigError
    when a secret is too short or its file cannot be read or made.
    """
    given = os.environ.get("FLOODGAUGE_SECRET")
    if given is not None:
        return _long_enough(given.strip().encode(), "FLOODGAUGE_SECRET")
    named = os.environ.get("FLOODGAUGE_SECRET_FILE")
    path = Path(named).expanduser() if named else directory / KEY_FILE
    try:
        if not named and not path.exists():
            _make_secret(path)
        content = path.read_bytes().strip()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(
            f"the secret file {path} cannot be used ({reason}): set FLOODGAUGE_SECRET or "
            "FLOODGAUGE_SECRET_FILE, or make the folder writable"
        ) from error
    return _long_enough(content, str(path))


def has_secret(directory: Path) -> bool:
    """Whether there is a secret that `load_secret` would read, without making one."""
    named = ("FLOODGAUGE_SECRET", "FLOODGAUGE_SECRET_FILE")
    return any(name in os.environ for name in named) or (directory / KEY_FILE).exists()


def secret_place(directory: Path) -> str:
    """Where the secret is read from, for people: never the secret."""
    if "FLOODGAUGE_SECRET" in os.environ:
        return "FLOODGAUGE_SECRET"
    named = os.environ.get("FLOODGAUGE_SECRET_FILE")
    return str(Path(named).expanduser() if named else directory / KEY_FILE)


def is_open_to_others(directory: Path) -> bool:
    """Whether other users can read the secret.key that was made here. A file that the operator
    names has the permissions of what mounts it."""
    if any(name in os.environ for name in ("FLOODGAUGE_SECRET", "FLOODGAUGE_SECRET_FILE")):
        return False
    return bool((directory / KEY_FILE).stat().st_mode & 0o077)


def _make_secret(path: Path) -> None:
    """Write whole under another name, then link: two first runs at once agree on one secret."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(32).encode() + b"\n")
        with contextlib.suppress(FileExistsError):  # another run was first: its secret counts
            os.link(draft, path)
    finally:
        draft.unlink()


def _long_enough(secret: bytes, origin: str) -> bytes:
    if len(secret) < SHORTEST_SECRET:
        raise ConfigError(
            f"{origin} is shorter than {SHORTEST_SECRET} characters: use a longer secret, such as "
            "the output of `openssl rand -hex 32`"
        )
    return secret


def _keyed(secret: bytes, *parts: str) -> str:
    return hmac.new(secret, _joined(list(parts)), hashlib.sha256).hexdigest()[:32]


def _joined(parts: list[str]) -> bytes:
    """The parts with their lengths, so that no two lists give the same bytes."""
    encoded = [storable(part).encode() for part in parts]
    return b"".join(len(part).to_bytes(8, "big") + part for part in encoded)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ContractError(f"a time without a zone: {moment.isoformat()}")
    return moment.astimezone(UTC)


def _utc_or_none(moment: datetime | None) -> datetime | None:
    return None if moment is None else _utc(moment)


def _language(lang: str | None) -> str | None:
    """en_us -> en-US; other subtags as they are."""
    if not lang or not lang.strip():
        return None
    language, *rest = mask_accounts(storable(lang)).strip().replace("_", "-").split("-")
    tags = [tag.upper() if len(tag) == 2 else tag for tag in rest]
    return "-".join([language.lower(), *tags])
