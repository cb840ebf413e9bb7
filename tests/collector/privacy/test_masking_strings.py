"""What people write in reviews: what must not be stored is masked, the rest stays as it is."""

import re
from pathlib import Path

import pytest

from collector.privacy.masking import mask

FILE = Path(__file__).with_name("masking_strings.txt")
MARKED = re.compile("«(.*?)»")
LEAST_FOUND, MOST_FALSE = 0.95, 0.02


def lines() -> list[str]:
    written = FILE.read_text("utf-8").splitlines()
    return [line for line in written if line and not line.startswith("#")]


def is_left(marked: str, masked: str) -> bool:
    """Whether what was marked, or half of its digits in a row, still stands in the text."""
    digits = re.sub(r"\D", "", marked)
    part = digits[: max(6, len(digits) // 2)]
    return marked in masked or (len(digits) >= 6 and part in re.sub(r"\D", "", masked))


def test_the_list_is_long_and_of_many_languages() -> None:
    headings = [line for line in FILE.read_text("utf-8").splitlines() if line.startswith("## ")]
    assert len(headings) >= 12
    assert len(lines()) >= 400


def test_what_must_not_be_stored_is_found() -> None:
    marked = [
        (span, mask(MARKED.sub(r"\1", line))) for line in lines() for span in MARKED.findall(line)
    ]
    left = [span for span, masked in marked if is_left(span, masked or "")]
    assert len(left) <= (1 - LEAST_FOUND) * len(marked), left


def test_what_names_nobody_stays() -> None:
    plain = [line for line in lines() if "«" not in line]
    changed = [line for line in plain if mask(line) != line]
    assert len(changed) <= MOST_FALSE * len(plain), changed


@pytest.mark.parametrize("line", [line for line in lines() if "«" in line][::5])
def test_the_words_around_stay(line: str) -> None:
    masked = mask(MARKED.sub(r"\1", line)) or ""
    around = [
        word for part in MARKED.sub(" ", line).split() for word in re.findall(r"[A-Za-z]{3,}", part)
    ]
    assert [word for word in around if word not in masked] == []
