"""Numbers that states and banks give to a person: by form, by check digit (python-stdnum), or by
the word that stands before them."""

import re
import tomllib
from collections.abc import Callable
from functools import partial
from importlib.resources import files

from babel.numbers import list_currencies
from stdnum import iban
from stdnum.cl import rut
from stdnum.de import idnr
from stdnum.es import dni, nie

from collector.privacy import unmasked_numbers

NUMBER = "[number]"
FEWEST_DIGITS = 4
# A number has five digits and six signs, or four digits and nine signs.
FEWEST = ((5, 6), (4, 9))

# A letter on either side means a longer word; an underscore does not.
# Scripts other than these join their words without a blank.
_LETTER = r"a-zA-Z0-9\u00c0-\u024f\u0370-\u04ff"
_BEFORE, _AFTER = rf"(?<![{_LETTER}])", rf"(?![{_LETTER}])"
_BY_FORM = re.compile(
    rf"{_BEFORE}(?:"
    r"[A-Z]{5}\d{4}[A-Z]"  # India: PAN
    r"|[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d"  # Mexico: CURP
    r"|[A-ZÑ&]{4}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[A-Z\d]{3}"  # Mexico: RFC
    r"|[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]"  # Italy: codice fiscale
    r"|[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]"  # Britain: national insurance
    r"|\d{2} ?\d{6} ?[A-Z] ?\d{3}"  # Germany: pension insurance
    r"|\d{17}X"  # China: identity card
    r"|[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}"  # France: NIR
    r"|\d{2}\.?\d{3}\.?\d{3}/\d{4}-\d{2}"  # Brazil: CNPJ
    r"|[A-Z]{1,2}\d{6}\([\dA]\)"  # Hong Kong
    rf"){_AFTER}"
)
# SR-20481937, M48291736: a case, a passport; IMG20240511 and COP1500000 are none.
_LETTERED = re.compile(
    rf"{_BEFORE}(?P<letters>[A-ZА-Я]{{1,3}})-?(?P<digits>\d{{7,10}})[A-Z]?{_AFTER}"
)
_LONG_AND_LOWER = re.compile(
    rf"{_BEFORE}(?:[a-z]{{4}}\d{{6}}[hmx][a-z]{{5}}[a-z\d]\d"
    rf"|[a-z]{{6}}\d{{2}}[a-ehlmprst]\d{{2}}[a-z]\d{{3}}[a-z]){_AFTER}"
)
_DIGIT = re.compile(r"\d")
_IBAN = re.compile(
    rf"{_BEFORE}[A-Z]{{2}}\d{{2}}(?: ?[A-Z\d]{{4}}){{2,7}}(?: ?[A-Z\d]{{1,3}})?{_AFTER}",
    re.IGNORECASE,
)
_CHECKED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(rf"{_BEFORE}\d{{1,2}}\.?\d{{3}}\.?\d{{3}}-?[A-Za-z]{_AFTER}"), dni.is_valid),
    (re.compile(rf"{_BEFORE}[XYZ][- ]?\d{{7}}[- ]?[A-Z]{_AFTER}", re.IGNORECASE), nie.is_valid),
    (re.compile(r"(?<![\d.])\d{1,2}\.?\d{3}\.?\d{3}-[\dKk](?![\w-])"), rut.is_valid),
    (re.compile(r"(?<![\d.])\d{2} ?\d{3} ?\d{3} ?\d{3}(?![\d.])"), idnr.is_valid),
)

CURRENCIES = frozenset(list_currencies()) | {"RS", "RP", "TL", "KM", "ID"}
WORDS = tomllib.loads(files("collector.privacy").joinpath("document_words.toml").read_text("utf-8"))


def _any_of(kind: str) -> str:
    """The words of a kind, the longest first, so that none hides behind a part of itself; long
    ones in their inflections."""
    words = {word for lines in WORDS[kind].values() for word in lines}
    forms = [re.escape(word) + (r"\w{0,3}" if len(word) > 4 else "") for word in words]
    return "|".join(sorted(forms, key=lambda form: (-len(form), form)))


_JOIN = (
    r"(?:['’]\w{1,3})?(?:\W{0,3}(?:(?:no|nr|num|number|numero|número|numéro|nummer|номер|numarası|numaram|nomor|id"
    r"|is|es|ist|est|è|é|saya|my|mi|meine?|mein|نمبر|رقم|رقمي|नंबर|नम्बर|#|№|n°|nº)(?!\w)"
    r"|号码|号|號碼|號|番号|번호|は|が|은|는|이|가|普通)){0,3}"
)
_SIGN = r"[A-Za-z\d][A-Za-z\d./-]*"
_VALUE = (
    rf"(?=[A-Za-z./-]{{0,6}}\d){_SIGN}(?: (?=[A-Za-z./-]{{0,4}}\d){_SIGN}){{0,5}}(?: [A-Z](?!\w))?"
)
_VALUES = re.compile(rf"(?<![A-Za-z\d]){_VALUE}")
# What stands right before a value; values are rare, so that only few texts are read backwards.
_WORD_BEFORE_VALUE = re.compile(
    rf"{_BEFORE}(?:(?:{_any_of('documents')}){_JOIN}(?:\W{{1,2}}[^\W\d]{{2,12}}(?=\W))?"
    rf"|(?P<account>{_any_of('accounts')}){_JOIN})\W{{0,3}}\Z",
    re.IGNORECASE,
)
LONGEST_WORDS = 60


def mask_ids(text: str) -> str:
    """The text with the numbers of a person as [number]."""
    if len(_DIGIT.findall(text)) < FEWEST_DIGITS:
        return text
    text = _BY_FORM.sub(NUMBER, text)
    text = _LONG_AND_LOWER.sub(NUMBER, text)
    text = _IBAN.sub(_account, text)
    for pattern, is_valid in _CHECKED:
        text = pattern.sub(partial(_checked, is_valid), text)
    text = _LETTERED.sub(_lettered, text)
    return _VALUES.sub(_behind_a_word, text)


def _checked(is_valid: Callable[[str], bool], match: re.Match[str]) -> str:
    number = match[0].upper().replace(".", "").replace(" ", "")
    return NUMBER if is_valid(number) else match[0]


def _account(match: re.Match[str]) -> str:
    """The longest run of groups that is an account number; words may follow it."""
    groups = match[0].split(" ")
    for taken in range(len(groups), 0, -1):
        if iban.is_valid("".join(groups[:taken])):
            return " ".join([NUMBER, *groups[taken:]])
    return match[0]


def _lettered(match: re.Match[str]) -> str:
    money = match["letters"] in CURRENCIES
    kept = unmasked_numbers.date_like(match["digits"]) or (
        money or unmasked_numbers.round_number(match["digits"])
    )
    return match[0] if kept else NUMBER


def _behind_a_word(match: re.Match[str]) -> str:
    value = match[0].rstrip("./- ")
    signs = [char for char in value if char.isalnum()]
    digits = sum(char.isdigit() for char in signs)
    if _is_a_date(value) or not any(digits >= d and len(signs) >= s for d, s in FEWEST):
        return match[0]
    before = match.string[max(0, match.start() - LONGEST_WORDS) : match.start()]
    word = _WORD_BEFORE_VALUE.search(before)
    if word is None or (word["account"] and _is_an_amount(value)):
        return match[0]
    return NUMBER + match[0][len(value) :]


def _is_an_amount(value: str) -> bool:
    return unmasked_numbers.amount_like(value) or unmasked_numbers.round_number(value)


def _is_a_date(value: str) -> bool:
    spans = unmasked_numbers.dates_in(value)
    dated = sum(end - start for start, end in spans)
    return unmasked_numbers.date_like(value) or 2 * dated > len(value)
