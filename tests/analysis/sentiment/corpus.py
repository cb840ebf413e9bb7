"""Made-up rated texts in three languages, with enough variety to learn from."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from collector.records import Item

START = datetime(2024, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
EMPTY = [
    *("updated_at", "author_key", "title", "version", "country", "lang"),
    *("thumbs_up", "reply_text", "reply_at", "url", "removed_at"),
]
WORDS = {
    "en": (
        ["great", "helpful", "love", "works", "easy", "excellent", "wonderful", "fast"],
        ["terrible", "broken", "crashes", "useless", "slow", "waste", "awful", "refuses"],
        ["this city service", "reporting a pothole", "the permit page", "my parking account"],
    ),
    "fr": (
        ["parfait", "génial", "rapide", "utile", "bravo", "excellente", "pratique", "simple"],
        ["nul", "lente", "inutile", "plante", "catastrophe", "horrible", "impossible", "déçu"],
        ["cette application de la ville", "la page du permis", "mon compte de parking"],
    ),
    "id": (
        ["bagus", "mantap", "mudah", "membantu", "cepat", "keren", "lancar", "suka"],
        ["jelek", "lambat", "gagal", "susah", "rusak", "kecewa", "payah", "buruk"],
        ["aplikasi layanan kota ini", "halaman izin saya", "akun parkir saya sekarang"],
    ),
}


def rated_texts(lang: str, count: int, seed: int = 0) -> list[tuple[str, float]]:
    """(text, stars): a clear opinion about a subject, with a fifth of the stars off by one."""
    pick = random.Random(f"{lang} {seed}")
    liked, disliked, subjects = WORDS[lang]
    found = []
    for _ in range(count):
        good = pick.random() < 0.5
        words = pick.sample(liked if good else disliked, 2)
        text = f"{pick.choice(subjects)} {' '.join(words)} {pick.randint(1, 999)}"
        stars = (5.0 if good else 1.0) + (pick.random() < 0.2) * (-1.0 if good else 1.0)
        found.append((text, stars))
    return found


def items(app: str, lang: str, count: int, *, seed: int = 0, hours: int = 6) -> Iterator[Item]:
    """Reviews of an app, one every few hours."""
    for number, (text, stars) in enumerate(rated_texts(lang, count, seed)):
        yield item(app, number, text, stars, START + timedelta(hours=hours * number))


def item(
    app: str, number: int, text: str | None, stars: float | None, at: datetime, **more: object
) -> Item:
    fields: dict[str, object] = dict.fromkeys(EMPTY)
    fields |= {
        "app": app,
        "source": "google_play",
        "item_id": str(number),
        "kind": "review",
        "created_at": at,
        "arrived_at": at,
        "first_seen": at,
        "last_seen": at,
        "rating": stars,
        "text": text,
    }
    return Item(**(fields | more))  # type: ignore[arg-type]
