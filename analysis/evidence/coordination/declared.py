"""What reviews say of how they came about: a call, a task, that they never used what they rate.

Written words in 24 languages (declared_words.toml), looked for sentence by sentence in the spelling
and by the automaton of analysis/reasons. What denies it, tells it of others, quotes or complains of
it in the same sentence takes it back: whoever writes "ignore the people who came from the stream"
came from none.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from analysis.evidence.coordination.app_names import fold
from analysis.reasons.lexicon import SAYS, Lexicon, entries
from analysis.reasons.spelling import END, START, plain
from analysis.reasons.text_language import spoken, tongues

FILE = "declared_words.toml"
CALLED = frozenset({"sent", "asks", "aim", "we", "link"})
ABROAD = frozenset({"never", "far"})
APART = "apart"
# Where calls are handed on; news sites and shops are none.
THREAD = re.compile(
    r"(?:reddit\.com/r|t\.me|telegram\.me|discord\.(?:gg|com/invite)|twitch\.tv|tiktok\.com"
    r"|(?:twitter|x)\.com/\S+/status|vk\.com/wall|boards\.4chan|chat\.whatsapp\.com"
    r"|youtu\.be|youtube\.com/watch|facebook\.com/groups|weibo\.com|tieba\.baidu)\b"
)
QUOTED = re.compile(r"[\"“„«「][^\"“”„«»「」]{4,}[\"”“»」]")


def declared(texts: Sequence[str]) -> list[frozenset[str]]:
    """What each text says of itself: sent, asks, aim, we, link, never, far; mostly nothing."""
    spelled = {text: plain(QUOTED.sub(" ", text)) for text in dict.fromkeys(texts)}
    near = spoken(list(spelled.values()))
    read = {text: _said(text, told, near) for text, told in spelled.items()}
    return [read[text] for text in texts]


def _said(text: str, told: str, near: Sequence[str]) -> frozenset[str]:
    found = {kind for sentence in _sentences(told) for kind in _kinds(sentence, near)}
    if ("." in text or "/" in text) and THREAD.search(fold(text)):
        found.add("link")
    return frozenset(found)


def _kinds(sentence: str, near: Sequence[str]) -> set[str]:
    kinds: set[str] = set()
    for lang in tongues(sentence, near):
        lexicon = _shipped(lang)
        if lexicon is not None:
            kinds.update(hit.reason for hit in lexicon.hits(sentence)[0])
    return set() if APART in kinds else kinds


def _sentences(told: str) -> Iterator[str]:
    for part in told.removeprefix(START).removesuffix(END).split(" . "):
        if part.strip():
            yield f"{START}{part.strip()}{END}"


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
