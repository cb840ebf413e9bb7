"""What reviews say of how they came about: a call, a task, that they never used what they rate.

Written words in 24 languages (declared_words.toml), looked for sentence by sentence in the spelling
and by the automaton of analysis/reasons. What denies it, tells it of others, quotes or complains of
it in the same sentence takes it back: whoever writes "ignore the people who came from the stream"
came from none.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analysis.evidence.coordination.app_names import fold
from analysis.reasons.lexicon import SAYS, Lexicon, entries
from analysis.reasons.spelling import END, START, plain
from analysis.reasons.text_language import spoken, tongues
from collector.text.post_marks import hashtags_in

FILE = "declared_words.toml"
CALLED = frozenset({"sent", "asks", "aim", "we", "link"})
ABROAD = frozenset({"never", "far"})
APART, LOOSE, RATING = "apart", "loose", "rating"
# Where people gather and hand calls on; single posts, videos, news and shops are none.
THREAD = (
    r"(?:reddit\.com/r|t\.me|telegram\.me|discord\.(?:gg|com/invite)|vk\.com/wall|boards\.4chan"
    r"|chat\.whatsapp\.com|facebook\.com/groups|tieba\.baidu)\b"
)
LINKED = "\ue000"  # stands for a link to one, where sentences are read
_THREAD = re.compile(THREAD, re.IGNORECASE)
_LINK = re.compile(
    rf"(?<![a-z0-9.\-])(?:[a-z]{{2,8}}://|www\.|[a-z0-9.\-]{{0,40}}(?={THREAD}))"
    r"[^\s\u3000-\u9fff\uac00-\ud7a3]+",
    re.IGNORECASE,
)
_SENTENCE = re.compile("[.!?\u2026\u3002\u061f\u06d4\u0964\r\n]+")
QUOTED = re.compile(r"[\"“„«「][^\"“”„«»「」]{4,}[\"”“»」]")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of itself: sent, asks, aim, we, link, never, far; and its hashtags. Without
    what stands in a sentence that takes it back."""

    kinds: frozenset[str]
    tags: frozenset[str]


def declared(texts: Sequence[str]) -> list[frozenset[str]]:
    """What each text says of itself; mostly nothing."""
    return [one.kinds for one in said_of_themselves(texts)]


def said_of_themselves(texts: Sequence[str]) -> list[Said]:
    """The same with the hashtags."""
    spelled = {text: plain(_own(text)) for text in dict.fromkeys(texts)}
    near = spoken(list(spelled.values()))
    read = {text: _said(text, told, near) for text, told in spelled.items()}
    return [read[text] for text in texts]


def _own(text: str) -> str:
    """Without what is quoted, and without links, whose parts are words of some language."""
    text = QUOTED.sub(" ", text)
    return _LINK.sub(" ", text) if "/" in text or "www." in text else text


def _said(text: str, told: str, near: Sequence[str]) -> Said:
    kinds, tags = set[str](), set[str]()
    for sentence, marks in _marked(text) if _has_marks(text) else _plainly(told):
        found = _kinds(sentence, near)
        if found is None:
            continue
        kinds |= found | ({"link"} if LINKED in marks else set())
        tags |= set(hashtags_in(marks))
    return Said(frozenset(kinds), frozenset(tags))


def _has_marks(text: str) -> bool:
    return "#" in text or "＃" in text or (("." in text or "．" in text) and "/" in fold(text))


def _plainly(told: str) -> Iterator[tuple[str, str]]:
    for part in told.removeprefix(START).removesuffix(END).split(" . "):
        if part.strip():
            yield f"{START}{part.strip()}{END}", ""


def _marked(text: str) -> Iterator[tuple[str, str]]:
    """(a sentence in the spelling of reasons, as it stood with LINKED for links to threads); one
    that is nothing but links and hashtags goes with the sentence before."""
    folded = _LINK.sub(
        lambda m: f" {LINKED} " if _THREAD.search(m[0]) else " ", fold(QUOTED.sub(" ", text))
    )
    sentences: list[str] = []
    for piece in _SENTENCE.split(folded):
        words = [w for w in piece.split() if w != LINKED and not w.startswith("#")]
        if sentences and not words:
            sentences[-1] += f" {piece}"
        elif piece.strip():
            sentences.append(piece)
    for piece in sentences:
        yield plain(piece.replace(LINKED, " ")), piece


def _kinds(sentence: str, near: Sequence[str]) -> set[str] | None:
    """What a sentence says; None where it takes it back."""
    kinds: set[str] = set()
    for lang in tongues(sentence, near):
        lexicon = _shipped(lang)
        if lexicon is not None:
            kinds.update(hit.reason for hit in lexicon.hits(sentence)[0])
    if APART in kinds:
        return None
    sent = {"sent"} if {LOOSE, RATING} <= kinds else set()
    return (kinds - {LOOSE, RATING}) | sent


@cache
def _data() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = tomllib.loads(
        files(__package__).joinpath(FILE).read_text("utf-8")
    )
    return data


def languages() -> list[str]:
    """Languages of the written file."""
    return sorted(_data())


@cache
def _shipped(lang: str) -> Lexicon | None:
    if lang not in _data():
        return None
    lexicon = Lexicon()
    for kind, written in _data()[lang].items():
        for entry in entries(written):
            lexicon.add(lang, kind, SAYS, entry)
    return lexicon.ready()
