"""Whether a text speaks as programs speak: an error message, a notice, a refusal."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from analysis.reasons.lexicon import SAYS, Lexicon, entries
from analysis.reasons.spelling import plain
from analysis.reasons.text_language import spoken, tongues

FILE = "message_words.toml"
SPEAKS_SO = "message"


def read_as_messages(texts: Sequence[str]) -> list[bool]:
    """Of each text whether anything in it is said as by a program."""
    told = [plain(text) for text in texts]
    near = spoken(told)
    return [_speaks_so(text, near) for text in told]


def _speaks_so(text: str, near: Sequence[str]) -> bool:
    known = [lexicon for lang in tongues(text, near) if (lexicon := _words(lang)) is not None]
    return any(lexicon.hits(text)[0] for lexicon in known)


@cache
def _data() -> dict[str, str]:
    data: dict[str, str] = tomllib.loads(files(__package__).joinpath(FILE).read_text("utf-8"))
    return data


@cache
def _words(lang: str) -> Lexicon | None:
    if lang not in _data():
        return None
    lexicon = Lexicon()
    for entry in entries(_data()[lang]):
        lexicon.add(lang, SPEAKS_SO, SAYS, entry)
    return lexicon.ready()


def languages() -> list[str]:
    """Languages of the written file."""
    return sorted(_data())
