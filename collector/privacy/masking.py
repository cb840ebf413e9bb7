"""Personal data in public text -> [email] [phone] [handle] [number], in linear time.

What is masked: e-mail addresses, @handles and account names in profile links, telephone numbers
(phonenumbers, where the number is valid in the hinted country or one of the large ones), card
numbers (Luhn) and anything else of nine or more digits that is no date, version or amount.
What is not: names of persons, addresses. Every pattern is bounded or possessive, so hostile text
of a megabyte costs no more than friendly text of the same length.
"""

import re

import phonenumbers

from collector.privacy import unmasked_numbers

EMAIL = "[email]"
PHONE = "[phone]"
HANDLE = "[handle]"
NUMBER = "[number]"

# Numbers without a country code are tried in these, most populous storefronts first.
REGIONS = ("US", "IN", "ID", "GB", "BR", "DE", "FR", "MX", "ES", "IT", "JP", "KR", "TR", "ET")
# phonenumbers costs 40 microseconds a try: past this many runs in one text the cheap rule decides.
MOST_PARSED = 40
MOST_ROUNDS = 5  # what one mask uncovers, such as a name glued to a number, the next round sees
FEWEST_DIGITS = 7
ID_DIGITS = 9

_AT = "[@\uff20]"
_LOCAL = r"[\w.+%-]"
_EMAIL = re.compile(
    rf"(?<![\w.+%@\uff20-]){_LOCAL}{{1,64}}"
    rf"(?:{_AT}|\s?[(\[]\s?at\s?[)\]]\s?|\s{{1,2}}{_AT}\s{{0,2}}(?=[\w-]{{1,63}}\.[^\W\d]))"
    r"(?:[^\W\d][\w-]{0,62}|[\w-]{1,63}(?=\.[^\W\d]))(?:\.[\w-]{1,63}){0,8}",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\b((?:twitter|x|instagram|facebook|fb|tiktok|threads|linkedin|t|wa|vk|reddit|bsky)"
    r"\.(?:com|net|me|app)/(?:in/|u/|user/|profile/)?)"
    r"(?!\[handle\]|(?:i|p|reel|groups|events|hashtag|search|share|watch|r|intent|explore)\b)"
    rf"{_AT}?[\w.+-]{{1,64}}",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    rf"(?<![\w.+@\uff20-]){_AT}(?!\d{{1,2}}(?::\d\d)?\s?[ap]m\b)(?=[\d._]{{0,30}}[^\W\d])"
    rf"\w[\w.-]{{0,63}}(?<!\.)(?:{_AT}[\w.-]{{1,255}}(?<!\.))?",
    re.IGNORECASE,
)
_RUN = re.compile(r"(?:(?<!\w)[+\uff0b(]{0,2}|(?<!\d))\d(?:[ ().\u00a0\u2010-\u2013-]{0,3}\d){6,}+")
_LETTERED_ID = re.compile(
    r"(?<![^\W_])(?:[A-Z]{5}\d{4}[A-Z]"
    r"|[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?)(?!\w)"
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
_VERSION_BEFORE = re.compile(
    r"\b(?:v|ver|vers|version|versi|versión|build|update|android|ios)[ .:]{0,2}\Z", re.IGNORECASE
)
_SOCIAL_SECURITY = re.compile(r"\d{3}-\d{2}-\d{4}")
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
    if "@" in text or "\uff20" in text or "(at" in text.lower() or "[at" in text.lower():
        text = _EMAIL.sub(EMAIL, text)
    if "/" in text:
        text = _LINK.sub(_mask_account, text)
    if "@" in text or "\uff20" in text:
        text = _HANDLE.sub(HANDLE, text)
    text = _LETTERED_ID.sub(_mask_lettered, text)
    return _mask_runs(text, country)


def mask_link(url: str | None) -> str | None:
    """An address without the account names of the known networks and without @names."""
    if url is None:
        return None
    return _HANDLE.sub(HANDLE, _LINK.sub(_mask_account, storable(url)))


def _mask_account(match: re.Match[str]) -> str:
    return match[1] + HANDLE


def _mask_lettered(match: re.Match[str]) -> str:
    found = match[0].replace(" ", "")
    if len(found) == 10 and found[:5].isalpha():
        return NUMBER
    # ISO 13616: the first four characters go last, letters count from 10, the rest is 1.
    rearranged = "".join(str(int(char, 36)) for char in found[4:] + found[:4])
    return NUMBER if int(rearranged) % 97 == 1 else match[0]


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
    if _SOCIAL_SECURITY.fullmatch(run) or (
        13 <= len(number) <= 19 and unmasked_numbers.luhn_valid(number)
    ):
        return NUMBER
    if len(number) <= 15 and _is_phone(run, number, regions):
        return PHONE
    return _label_unknown(run, parts, number)


def _is_measure(run: str, parts: list[str], before: str, after: str) -> bool:
    """True for amounts, versions, dates, years and lists of small numbers."""
    return bool(
        unmasked_numbers.amount_like(run)
        or unmasked_numbers.version_like(run)
        or unmasked_numbers.date_like(run)
        or unmasked_numbers.years_or_round(parts)
        or 2 * sum(map(len, parts)) < 3 * len(parts)
        or _CURRENCY_BEFORE.search(before)
        or _CURRENCY_AFTER.match(after)
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
    return NUMBER if fours or "-" in run else None
