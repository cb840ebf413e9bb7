"""Which languages a text may be in: by its letters, and by small words where letters do not tell.

Nearly all reviews are too short for a detector of languages; so a text without small words may be
in any of the languages that its neighbours are in.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

FILE = "common_words.toml"
BY_LETTERS = (  # the first that matches and has no small words of its own decides
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
)
CYRILLIC, ARABIC = re.compile("[\u0400-\u04ff]"), re.compile("[\u0600-\u06ff]")
LATIN = ("en", "es", "pt", "fr", "de", "it", "nl", "pl", "tr", "id", "ms", "vi", "tl", "sv")
NEAR = 0.6  # of the best language's small words: a language that may be meant as well
LEAST_SHARE = 0.03  # of the neighbours
SAMPLE = 2_000
ENOUGH = 60  # words that tell the language of a text


def tongues(text: str, neighbours: Sequence[str] = ()) -> tuple[str, ...]:
    """Languages, the likeliest first, that a plain text (see spelling) may be in.

    neighbours: languages of other texts of the same app, for a text that does not tell.
    """
    if not text.isascii():
        letters = [lang for lang, script in BY_LETTERS if script.search(text)]
        if letters:
            return (letters[0], "en")
        if CYRILLIC.search(text):
            return _best(text, ("ru", "uk")) or ("ru", "uk")
        if ARABIC.search(text):
            return _best(text, ("ar", "fa")) or ("ar", "fa")
    return _best(text, LATIN) or tuple(neighbours) or LATIN


def spoken(texts: Sequence[str]) -> tuple[str, ...]:
    """Languages that many of an app's plain texts are in, the commonest first."""
    step = max(1, len(texts) // SAMPLE)
    told = (_best(text, LATIN) for text in texts[::step])
    counted = Counter(found[0] for found in told if found)
    total = sum(counted.values())
    return tuple(lang for lang, n in counted.most_common() if n >= LEAST_SHARE * total)


def _best(text: str, among: Sequence[str]) -> tuple[str, ...]:
    known = _common()
    votes: dict[str, int] = {}
    for word in text.split(None, ENOUGH)[:ENOUGH]:
        for lang in known.get(word, ()):
            votes[lang] = votes.get(lang, 0) + 1
    held = [(votes[lang], -place, lang) for place, lang in enumerate(among) if lang in votes]
    held.sort(reverse=True)
    return tuple(lang for n, _, lang in held if n >= NEAR * held[0][0])


@cache
def _common() -> dict[str, tuple[str, ...]]:
    """Languages of each small word."""
    data = tomllib.loads(files("analysis.reasons").joinpath(FILE).read_text("utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for lang, words in data.items():
        for word in dict.fromkeys(words.replace("'", " ").split()):
            found[word] = (*found.get(word, ()), lang)
    return found
