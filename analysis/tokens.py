"""Words of a text in any language, for counting: the same rule for every signal.

Languages that write spaces: runs of letters, digits and combining marks, casefolded. Languages that
do not (Chinese, Japanese, Thai, Lao, Khmer, Burmese): Unicode's segments (UAX 29, `uniseg`), and of
runs of single characters the overlapping pairs, the usual unit of retrieval for these scripts.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from uniseg.wordbreak import words as unicode_segments

from collector.text.one_spelling import one_spelling
from collector.text.post_marks import LINK, combining_marks

# Blocks of scripts that put no spaces between words.
UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
FIRST_KANA = "\u3040"
# Han and Hiragana letters: Unicode's segments break around each of them, whatever stands beside it,
# but for a mark that follows; so much can be said without looking at every character's properties.
SINGLE = "\u3041-\u3096\u3400-\u4dbf\u4e00-\u9fff"
PLAIN_AFTER = rf"$|[\s!-~{SINGLE}、。，！？：；]"  # no marks
LONGEST_TEXT = 5_000  # characters read of one text; a pasted book is one opinion


def words(text: str | None) -> list[str]:
    """Casefolded words of a text, in order. A text without letters or digits has none."""
    if not text:
        return []
    text = one_spelling(text[:LONGEST_TEXT]).casefold()
    if not _unspaced().search(text):
        return _spaced().findall(text)
    return list(_segments(text))


def spoken(text: str) -> list[str]:
    """Words without links, accounts and numbers: what somebody says by themselves."""
    plain = LINK.sub(" ", text)
    kept = " ".join(part for part in plain.split() if part[:1] != "@") if "@" in plain else plain
    return [word for word in words(kept) if not word.isdigit()]


def part_of_word(word: str) -> float:
    """How much of a word, as people count them, a word of `words` is: two letters of a script
    without blanks are a part, each new one a third (Han, kana) or a fifth (alphabets)."""
    if len(word) < 2 or not _unspaced().match(word):
        return 1.0
    return 1 / 3 if word[0] >= FIRST_KANA else 1 / 5


def phrases(tokens: list[str], longest: int = 3) -> Iterator[str]:
    """Every run of 1 to `longest` neighbouring words, joined by a space."""
    for size in range(1, longest + 1):
        for start in range(len(tokens) - size + 1):
            yield " ".join(tokens[start : start + size])


class Vocabulary:
    """Words numbered in the order in which they were first seen."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def counts(self, documents: Iterable[Iterable[str]]) -> csr_array:
        """How often each document uses each word: int32 (documents, words so far).

        New words get a number; widen earlier matrices with `widened` before comparing.
        """
        indices: list[int] = []
        indptr = [0]
        ids = self.ids
        for document in documents:
            indices.extend(ids.setdefault(word, len(ids)) for word in document)
            indptr.append(len(indices))
        data: NDArray[np.int32] = np.ones(len(indices), dtype=np.int32)
        matrix = csr_array((data, indices, indptr), shape=(len(indptr) - 1, len(ids)))
        matrix.sum_duplicates()
        return matrix

    def widened(self, matrix: csr_array) -> csr_array:
        """The same matrix with empty columns for the words numbered since."""
        return csr_array(
            (matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], len(self.ids))
        )


def _segments(text: str) -> Iterator[str]:
    run: list[str] = []
    for segment in _unicode_segments(text):
        if _unspaced().match(segment) and len(segment.strip()) > 0:
            run.append(segment)
            continue
        yield from _pairs(run)
        run = []
        yield from _spaced().findall(segment)
    yield from _pairs(run)


def _unicode_segments(text: str) -> Iterator[str]:
    """Unicode's segments; what holds no letter of unspaced scripts may come in one."""
    done = 0
    for found in _singles().finditer(text):
        yield from _between(text[done : found.start()])
        yield from found[0]
        done = found.end()
    yield from _between(text[done:])


def _between(text: str) -> Iterable[str]:
    # In plain text words end where Unicode's do, but for the apostrophe.
    return [text] if text.isascii() and "'" not in text else unicode_segments(text)


def _pairs(run: list[str]) -> Iterator[str]:
    if len(run) == 1:
        yield run[0]
    for first, second in pairwise(run):
        yield first + second


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"[{UNSPACED}]")


@cache
def _singles() -> re.Pattern[str]:
    return re.compile(rf"[{SINGLE}]+(?={PLAIN_AFTER})")


@cache
def _spaced() -> re.Pattern[str]:
    marks = combining_marks()
    return re.compile(rf"[^\W_][\w{marks}]*(?:['’][^\W_][\w{marks}]*)*")
