"""Personal data in public text -> [email] [phone] [handle] [number], in linear time.

What is masked: e-mail addresses, @handles and account names in profile links (`accounts`), numbers
of documents (`personal_ids`), telephone numbers (phonenumbers, where the number is valid in the
hinted country or one of the large ones), card numbers (Luhn) and anything else of nine or more
digits that is no date, version or amount. What is not: names of persons, addresses of houses.
Every pattern is bounded or possessive, so hostile text of a megabyte costs no more than friendly
text of the same length.
"""

import re

import phonenumbers

from collector.privacy import unmasked_numbers
from collector.privacy.accounts import mask_account_links, mask_accounts
from collector.privacy.personal_ids import NUMBER, mask_ids

PHONE = "[phone]"

# Numbers without a country code are tried in these, most populous storefronts first.
REGIONS = ("US", "IN", "ID", "GB", "BR", "DE", "FR", "MX", "ES", "IT", "JP", "KR", "TR", "ET")
# phonenumbers costs 40 microseconds a try: past this many runs in one text the cheap rule decides.
MOST_PARSED = 40
MOST_ROUNDS = 5  # what one mask uncovers, such as a name glued to a number, the next round sees
FEWEST_DIGITS = 7
ID_DIGITS = 9
CARD_DIGITS = 15

# Hyphens, dashes and minus signs of any width; a point, a bracket, a blank.
_RUN = re.compile(
    r"(?:(?<!\w)[+\uff0b(]{0,2}|(?<!\d))\d(?:[ ().\u00a0\u2010-\u2013\u2212\uff0d-]{0,3}\d){6,}+"
)
# 0171/1234567 and 030 / 12 34 56: an area code, a stroke, the number.
_STROKE = re.compile(
    r"(?<![\w/.])(?:\+\d{1,3}[ /]?)?\(?0?\d{1,5}\)?\s?/\s?\d(?:[ .-]?\d){4,9}(?![\d/]|[.,]\d)"
)
_CALL = re.compile(
    r"(?:\b(?:tel|telp|telephone|phone|call|cell|mobile|whatsapp|wa|hp|ponsel|sms|text me|text us|"
    r"fax|telefon|telefono|teléfono|celular)\b|\u260e|\U0001f4de)[ :.=]{0,3}"
    r"(?:at |on |no\.? |number )?\Z",
    re.IGNORECASE,
)
_CURRENCY_BEFORE = re.compile(
    r"(?:[$€£¥₹₦₩₫₺₽]|\b(?:rs|rp|inr|idr|usd|eur|etb|birr|ngn|ksh))\.?\s?\Z", re.IGNORECASE
)
_CURRENCY_AFTER = re.compile(
    r"\s?(?:[$€£¥₹₦₩₫₺₽%]|(?:rs|rp|inr|idr|usd|eur|etb|birr|rupees?|rupiah|dollars?|euros?)\b)",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"\s?(?:pixels?|px|downloads?|users?|people|times|views|installs|stars?|points?|reviews?|bytes?|"
    r"[kmg]b\b|ms\b|usuarios|personas|descargas|nutzer|utilisateurs|utenti|pengguna|kullanıcı|"
    r"пользовател|раз\b|लोग|人|円|元|次|名|명|원|회)",
    re.IGNORECASE,
)
_FAULT_BEFORE = re.compile(
    r"(?:\b(?:errors?|erro|fehler|erreurs?|errore|hata|http|status|codes?|código|kode|код|ошибк\w)"
    r"|एरर|エラー|오류|错误|錯誤|خطأ)(?:\s?code|code|codes|コード)?[ :#.]{0,2}\Z",
    re.IGNORECASE,
)
_VERSION_BEFORE = re.compile(
    r"\b(?:v|ver|vers|version|versi|versión|build|update|android|ios)[ .:]{0,2}\Z", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_SOCIAL_SECURITY = re.compile(r"\d{3}-\d{2}-\d{4}")
# Without the area code: in North America, and where seven digits stand as 3-2-2.
_LOCAL_NUMBER = re.compile(r"[2-9]\d{2}-\d{4}|[1-9]\d{2}-\d{2}-\d{2}")
_CONTEXT = 24
_LONGEST_LINK = 300


def storable(text: str) -> str:
    """The text as UTF-8 and PostgreSQL can hold it: NULs, lone surrogates become U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        # The round trip joins surrogates that are a pair.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def mask(text: str | None, *, country: str | None = None) -> str | None:
    """The text with personal data replaced by [email], [phone], [handle] or [number].

    country: ISO 3166 alpha-2, where numbers without a country code are tried first.
    Idempotent; linear in the length of the text. None stays None.
    """
    if text is None:
        return None
    text = storable(text)
    for _ in range(MOST_ROUNDS):
        masked = _mask_once(text, country)
        if masked == text:
            break
        text = masked
    return text


def _mask_once(text: str, country: str | None) -> str:
    text = mask_ids(mask_accounts(text))
    if "/" in text:
        text = _STROKE.sub(_with_a_stroke, text)
    return _mask_runs(text, country) if len(_DIGIT.findall(text)) >= FEWEST_DIGITS else text


def mask_link(url: str | None) -> str | None:
    """An address without the account names of the known networks and without @names."""
    return None if url is None else mask_account_links(storable(url))


def _with_a_stroke(match: re.Match[str]) -> str:
    """A telephone number; a month and a year or two counts are none."""
    area, rest = (re.sub(r"\D", "", part) for part in match[0].rsplit("/", 1))
    national = area.startswith("0") or match[0].startswith("+")
    long = len(area) >= 3 or (len(area) == 2 and len(rest) >= 7)
    return PHONE if national and long and len(area) + len(rest) >= 8 else match[0]


def _mask_runs(text: str, country: str | None) -> str:
    """Numbers of persons among the runs of digits; dates inside a run are kept."""
    regions = ((country.upper(),) if country else ()) + REGIONS
    parses = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal parses
        parses += 1
        tried = regions if parses <= MOST_PARSED else ()
        if _in_link(text, match.start()):
            return match[0]
        before = text[max(0, match.start() - _CONTEXT) : match.start()]
        after = text[match.end() : match.end() + _CONTEXT]
        return _mask_run(match[0], before, after, tried)

    return _RUN.sub(replaced, text)


def _in_link(text: str, start: int) -> bool:
    """True when the digits are a part of an address: the id of a post, not of a person."""
    if start == 0 or (text[start - 1] not in "/=-_" and text[max(0, start - 3) : start] != "/id"):
        return False
    words = text[max(0, start - _LONGEST_LINK) : start].split()
    return bool(words) and "://" in words[-1] and "phone" not in words[-1]


def _mask_run(run: str, before: str, after: str, regions: tuple[str, ...]) -> str:
    masked, done = [], 0
    for start, end in [*unmasked_numbers.dates_in(run), (len(run), len(run))]:
        piece = run[done:start]
        inner = piece.strip(" .\u00a0-")
        label = _label(
            inner, before if done == 0 else "", after if end == len(run) else "", regions
        )
        masked.append(piece.replace(inner, label, 1) if label else piece)
        masked.append(run[start:end])
        done = end
    return "".join(masked)


def _label(run: str, before: str, after: str, regions: tuple[str, ...]) -> str | None:
    """What to write instead of the run; None to keep it."""
    parts = unmasked_numbers.groups(run)
    number = "".join(parts)
    if len(number) < FEWEST_DIGITS:
        return None
    if (run[0] in "+\uff0b" and len(number) <= 15) or _CALL.search(before):
        return PHONE
    if _is_measure(run, parts, before, after):
        return None
    if _LOCAL_NUMBER.fullmatch(run):
        return PHONE
    if _SOCIAL_SECURITY.fullmatch(run) or (
        13 <= len(number) <= 19 and unmasked_numbers.luhn_valid(number)
    ):
        return NUMBER
    if len(number) <= 15 and _is_phone(run, number, regions):
        return PHONE
    return _label_unknown(run, parts, number)


def _is_measure(run: str, parts: list[str], before: str, after: str) -> bool:
    """True for amounts, versions, dates, years, codes of faults and lists of small numbers."""
    return bool(
        unmasked_numbers.amount_like(run)
        or unmasked_numbers.version_like(run)
        or unmasked_numbers.date_like(run)
        or unmasked_numbers.years_or_round(parts)
        or unmasked_numbers.round_number("".join(parts))
        or 2 * sum(map(len, parts)) < 3 * len(parts)
        or _CURRENCY_BEFORE.search(before)
        or _CURRENCY_AFTER.match(after)
        or _COUNTED_AFTER.match(after)
        or (max(map(len, parts)) < ID_DIGITS and _FAULT_BEFORE.search(before))
        or (_VERSION_BEFORE.search(before) and ("." in run or len(run) < ID_DIGITS))
    )


def _is_phone(run: str, number: str, regions: tuple[str, ...]) -> bool:
    hinted = regions[:1] if len(regions) > len(REGIONS) else ()
    for region in regions if len(number) >= ID_DIGITS else hinted:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(run, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


def _label_unknown(run: str, parts: list[str], number: str) -> str | None:
    """Long numbers that no rule knows: an id, unless it reads like a list of small numbers."""
    if len(number) < ID_DIGITS:
        return None
    if max(map(len, parts)) >= ID_DIGITS:
        return NUMBER
    if run[0] in "0(":
        return PHONE
    fours = len(parts) >= 3 and all(len(part) == 4 for part in parts)
    card = len(number) >= CARD_DIGITS and 4 * len(parts) <= len(number) + 3
    if fours or card or "-" in run:
        return NUMBER
    return PHONE if _spaced_like_a_number(parts) else None


def _spaced_like_a_number(parts: list[str]) -> bool:
    """138 0013 8000: few groups of two and more, the last not shorter than the first."""
    sizes = list(map(len, parts))
    return (
        3 <= len(sizes) <= 5 and min(sizes) >= 2 and max(sizes) >= 3 and sizes[-1] >= sizes[0] >= 2
    )
