"""Text that the fonts of this machine can draw: what they cannot is named, never an empty box.

An accessible PDF refuses characters without a glyph, so Typst itself is asked, with a small page of
all unusual words, before the brief is set. Scripts and emoji come from the system's fonts
(such as Debian's fonts-noto-core, -cjk, -color-emoji); none are bundled, they weigh 100 MB.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from functools import cache
from itertools import groupby
from typing import Any

import typst

from dashboard.words.catalogue import Wording

PROBE = """\
#set document(title: [probe])
#for token in json(bytes(sys.inputs.tokens)) [#par(token)]
"""
REFUSED = re.compile('the text `"(.*?)"` could not be displayed', re.DOTALL)
LATIN_ENDS = 0x250  # below: drawn by the fonts that come with Typst
EMOJI = "emoji"  # drawn in sequences: one without a glyph spoils its neighbours
FAILURES = 3  # characters of a script without a glyph from which the whole script counts as missing


@cache
def fonts(*, system: bool = True) -> typst.Fonts:
    """The fonts of Typst and of the system, looked for once: a scan takes half a second."""
    return typst.Fonts(include_system_fonts=system)


def undrawable(texts: Collection[str], *, system_fonts: bool = True) -> frozenset[str]:
    """The characters of the texts that no font here can draw."""
    tokens = {token for text in texts for token in text.split() if unusual(token)}
    missing: set[str] = set()
    failures: Counter[str] = Counter()
    while True:
        left = {"".join(c for c in token if c not in missing) for token in tokens}
        refused = _refused(left, system_fonts=system_fonts) - missing
        if not refused:
            return frozenset(missing)
        failures.update(script_of(c) for c in refused)
        lost = {name for name, n in failures.items() if n >= FAILURES or name == EMOJI}
        missing |= refused | {c for t in left for c in unusual(t) if script_of(c) in lost}


def unusual(text: str) -> set[str]:
    """The characters that the fonts which come with Typst may lack."""
    return {c for c in text if ord(c) >= LATIN_ENDS}


def refused_by(error: typst.TypstError) -> set[str]:
    """The characters that an accessible PDF was refused for. Raises any other error again."""
    found = REFUSED.search(str(error))
    refused = unusual(found[1]) if found else set()
    if not refused:
        raise error
    return refused


def replaced(value: Any, missing: Collection[str], words: Wording) -> Any:
    """The value with every run of missing characters named; lists and mappings are walked."""
    if isinstance(value, str):
        return _named(value, missing, words) if missing else value
    if isinstance(value, dict):
        return {key: replaced(part, missing, words) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [replaced(part, missing, words) for part in value]
    return value


def texts_in(value: Any) -> list[str]:
    """Every text in a value of lists and mappings."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [text for part in value for text in texts_in(part)]
    return []


def script_of(character: str) -> str:
    """Emoji, CJK, Hangul, Arabic ...: the first word of the character's name."""
    if unicodedata.category(character) in ("So", "Sk") or ord(character) >= 0x1F000:
        return EMOJI
    word = unicodedata.name(character, "other").split()[0].split("-")[0]
    return word if word == "CJK" else word.capitalize()


def _refused(tokens: Collection[str], *, system_fonts: bool) -> set[str]:
    try:
        typst.compile(
            PROBE.encode(),
            format="pdf",
            sys_inputs={"tokens": json.dumps(sorted(tokens))},
            pdf_standards="ua-1",
            font_paths=fonts(system=system_fonts),
        )
    except typst.TypstError as error:
        return refused_by(error)
    return set()


def _named(text: str, missing: Collection[str], words: Wording) -> str:
    parts = []
    for script, run in groupby(text, lambda c: script_of(c) if c in missing else ""):
        letters = list(run)
        parts.append(
            words("report-undrawn", script=script, count=len(letters))
            if script
            else "".join(letters)
        )
    return "".join(parts)
