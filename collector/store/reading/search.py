"""Full-text search: what a word is, how texts are kept for it, what a reader's words ask for.

Every database answers alike because words are made here: lower case, diacritics and strokes taken
off (Turkish ı is i); in
scripts without spaces each character is a word of its own, and so is an emoji. The databases see
nothing but ASCII letters, digits and blanks.
"""

import re
import unicodedata
from dataclasses import dataclass

from collector.text.one_spelling import STROKES

MOST_CHARACTERS = 20_000  # of an item's title and text; what follows is not searched
LONGEST_WORD = 100
MOST_TERMS = 20
MARK = "qx"  # begins a word that is written as the hexadecimal digits of its UTF-8
PLAIN_WORD = re.compile(r"[0-9a-z]+")
LONG_RUN = re.compile(rf"[0-9A-Za-z]{{{LONGEST_WORD + 1},}}")
ASKED = re.compile(r'"([^"]*)"?|(\S+)')
WITHOUT_SPACES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x9FFF),  # Han
    (0xF900, 0xFAFF),  # Han, compatibility
    (0x20000, 0x3FFFF),  # Han, further
)


class _Spacing(dict[int, str]):
    """What becomes of a character: itself, a word of its own, a blank, or nothing."""

    def __missing__(self, code: int) -> str:
        character, category = chr(code), unicodedata.category(chr(code))
        alone = category == "So" or any(low <= code <= high for low, high in WITHOUT_SPACES)
        if category == "Cf" or 0xFE00 <= code <= 0xFE0F:
            kept = ""  # joiners and variation selectors
        elif category[0] in "LNM" or category == "So":
            kept = f" {character} " if alone else character
        else:
            kept = " "
        self[code] = kept
        return kept


SPACING = _Spacing()
DIACRITICS = dict.fromkeys(range(0x300, 0x370))
WITHOUT_STROKES = str.maketrans(STROKES)


def words(text: str, *, strokes: bool = False) -> list[str]:
    """The words of a text in order, ASCII. strokes: letters keep theirs."""
    text = text[:MOST_CHARACTERS]
    if text.isascii():
        return [word[:LONGEST_WORD] for word in PLAIN_WORD.findall(text.lower())]
    bare = unicodedata.normalize("NFKD", text.casefold()).translate(DIACRITICS)
    folded = unicodedata.normalize("NFC", bare).casefold()
    spaced = (folded if strokes else folded.translate(WITHOUT_STROKES)).translate(SPACING)
    return [_ascii(word) for word in spaced.split()]


def search_text(title: str | None, text: str | None) -> str | None:
    """The words to index, or None where the databases find the same in title and text."""
    whole = f"{title or ''} {text or ''}"
    plain = whole.isascii() and len(whole) <= MOST_CHARACTERS and "\x00" not in whole
    if plain and not LONG_RUN.search(whole):
        return None
    return " ".join(words(whole))


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow each other. prefix: the last one may go on."""

    words: tuple[str, ...]
    prefix: bool = False


def parse(asked: str) -> list[Term] | None:
    """What a reader typed -> terms that must all occur; None where nothing is asked.

    "two words" must follow each other; crash* finds crashes; what is written together
    (a-b, 漢字) must stand together. No sign has another meaning, so nothing can be wrong. An empty
    list: something is asked that has no words in it, which nothing matches.
    """
    if not asked.strip():
        return None
    terms: list[Term] = []
    for quoted, bare in ASKED.findall(asked[:MOST_CHARACTERS]):
        found = tuple(words(quoted or bare))
        if found:
            terms.append(Term(found, prefix=bare.endswith("*")))
    return list(dict.fromkeys(terms))[:MOST_TERMS]


def matches(asked: str, title: str | None, text: str | None) -> bool:
    """Whether an item has what a reader typed. Title and text are read as one."""
    terms = parse(asked)
    if terms is None:
        return True
    return has(terms, title, text)


def has(terms: list[Term], title: str | None, text: str | None) -> bool:
    """Whether an item has all terms, and there is one."""
    whole = f"{title or ''} {text or ''}"
    if whole.isascii():
        lower = whole.lower()
        if any(word not in lower for term in terms for word in term.words):
            return False  # seen without taking the text apart
    have = words(whole)
    return bool(terms) and all(_occurs(term, have) for term in terms)


def sqlite_match(terms: list[Term]) -> str:
    """The terms in FTS5's language."""
    return " AND ".join(
        " + ".join(f'"{word}"' for word in term.words) + (" *" if term.prefix else "")
        for term in terms
    )


def postgres_match(terms: list[Term]) -> str:
    """The terms as a tsquery; each word begins with w, so that none is read as a number."""
    return " & ".join(
        "("
        + " <-> ".join(f"'w{word}'" for word in term.words)
        + (":*" if term.prefix else "")
        + ")"
        for term in terms
    )


def _ascii(word: str) -> str:
    if word.isascii():
        return word[:LONGEST_WORD]
    return MARK + word[: LONGEST_WORD // 8].encode().hex()


def _occurs(term: Term, have: list[str]) -> bool:
    n = len(term.words)
    return any(
        tuple(have[i : i + n - 1]) == term.words[:-1]
        and (
            have[i + n - 1].startswith(term.words[-1])
            if term.prefix
            else have[i + n - 1] == term.words[-1]
        )
        for i in range(len(have) - n + 1)
    )
