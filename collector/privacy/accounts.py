"""Addresses and accounts of persons in text: e-mail, spelled out as well, @handles, profile links,
and names that follow a network's ("ig: ...")."""

import re

EMAIL = "[email]"
HANDLE = "[handle]"

_AT = "[@\uff20]"
_LOCAL = r"[\w.+%-]"
_LABEL = r"[\w-]{1,63}"
# Scripts that put no blank before an @.
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_WRITTEN_DOT = r"(?:\.|\s?[(\[]\s?(?:dot|punto|ponto|point|punkt)\s?[)\]]\s?)"
# Without a dot it is an address only where both sides are long: not tod@s, p@ssword, sh@t.
_PAYMENT = r"(?:ybl|ibl|axl|apl|upi|sbi|yapl|icici|kotak)(?!\w)"
_EMAIL = re.compile(
    rf"(?<![^\W{_UNSPACED}])(?<![.+%@\uff20-])(?:"
    rf"{_LOCAL}{{1,64}}(?:{_AT}|\s?[(\[]\s?(?:at|a|arroba|arobase|ät)\s?[)\]]\s?"
    rf"|\s{{1,2}}{_AT}\s{{1,2}}(?={_LABEL}\.[^\W\d]))(?={_LABEL}{_WRITTEN_DOT}[^\W\d])"
    rf"|[A-Za-z0-9.+%_-]{{3,64}}(?:{_AT}|\s?[(\[]\s?at\s?[)\]]\s?)(?=[^\W\d][\w-]{{3}}|{_PAYMENT})"
    rf"|{_LOCAL}{{1,64}}{_AT}(?={_LABEL}{_AT})"
    rf"){_LABEL}(?:{_WRITTEN_DOT}{_LABEL}){{0,8}}",
    re.IGNORECASE,
)
# "jane arroba example punto com": words for @ and for the dot.
_WORD_AT = (
    "at the rate|apenstaartje|małpa|et işareti|アットマーク|arroba|arobase|chiocciola|собака|ät|at"
    "|एट|आत|آت|ات|골뱅이|앳|艾特|アット|あっと"
)
_WORD_DOT = (
    "dot|punt|kropka|punto|ponto|point|punkt|точка|nokta|titik|डॉट|دوت|نقطة|점|닷|点|點|ドット|\\."
)
_PLAIN_AT = ("at", "ät", "ات", "आत")  # words of their own as well: the dot must be spelled, too
_RARE_AT = tuple(word for word in _WORD_AT.split("|") if word not in _PLAIN_AT)
_ORDINARY_DOTS = (".", "point", "punto", "ponto", "punt")  # "at some point in time"
_ASCII_AT = tuple(word for word in _RARE_AT if word.isascii())
_DOTS = (*_WORD_DOT.split("|")[:-1], "(at", "[at")
_SPOKEN = re.compile(
    rf"(?<![\w.+%@-])(?P<local>{_LOCAL}{{2,64}}?)(?P<before>\s{{0,2}})[(\[]?(?P<at>{_WORD_AT})[)\]]?"
    rf"(?P<after>\s{{0,2}})(?P<host>[\w-]{{2,40}}?)(?P<dot>\s{{0,2}}[(\[]?(?:{_WORD_DOT})[)\]]?\s{{0,2}})"
    r"(?P<end>com|org|net|edu|gov|info|co|कॉम|(?<=\W)[a-z]{2,3})(?![a-z])(?:\s?(?:dot|punto|ponto|\.)\s?[a-z]{2}\b)?",
    re.IGNORECASE,
)

_FIRST_IN_PATH = (
    r"(?:twitter|x|instagram|facebook|fb|tiktok|threads|t|wa|vk|telegram|twitch|github|medium"
    r"|pinterest|patreon)\.(?:com|net|me|tv)/"
)
_BEHIND_A_WORD = (
    r"(?:(?:reddit|redd)\.(?:com|it)/(?:u|user)/|linkedin\.com/(?:in|pub)/|bsky\.app/profile/"
    r"|xing\.com/profile/|ok\.ru/profile/|youtube\.com/(?:c/|channel/|user/|(?=@))"
    r"|snapchat\.com/add/|weibo\.com/u/|discord\.com/users/|line\.me/ti/p/~?"
    r"|facebook\.com/(?:people/[^/\s]{1,80}/|profile\.php\?id=)"
    r"|steamcommunity\.com/(?:id|profiles)/"
    r"|(?:[\w-]{1,40}\.){1,3}[a-z]{2,10}/(?:u|users?|profiles?|members?)/)"
)
_NOBODY = (
    r"(?!\[handle\]|(?:i|p|reel|groups|events|hashtag|search|share|watch|r|intent|explore|people"
    r"|profile\.php|user|in|u|topics|settings|home|privacy|help|login|about)\b)"
)
_LINK = re.compile(
    rf"\b(?:({_BEHIND_A_WORD})(?!\[handle\]){_AT}?[\w.+-]{{1,64}}"
    rf"|({_FIRST_IN_PATH}(?:in/|u/|user/|profile/)?){_NOBODY}{_AT}?[\w.+-]{{1,64}})",
    re.IGNORECASE,
)
_REDDIT = re.compile(r"(?<![\w/.])(/?u/)(?=[\w-]{0,20}[^\W\d])[\w-]{3,20}(?![\w/])")

# What stands behind an @ that only means "at".
_PLACES = (
    "home work school office night least all once the my your our this that every any everyone "
    "here there first last times same present airport station store hospital college university "
    "bank lunch noon midnight casa trabajo escuela todos todas"
)
_HANDLE = re.compile(
    rf"(?<![^\W{_UNSPACED}])(?<![.+@\uff20-]){_AT}(?!\d{{1,2}}(?::\d\d)?\s?[ap]m\b)"
    rf"(?!(?:{'|'.join(_PLACES.split())})(?![\w@\uff20-]))(?=[\d._]{{0,30}}[^\W\d])"
    rf"(?:\w[\w.-]{{2,63}}(?<!\.)|\w{{1,2}}(?={_AT}))(?:{_AT}[\w.-]{{1,255}}(?<!\.))?",
    re.IGNORECASE,
)

_SHORT_NETWORK = "ig|insta|snap|tg|kik|инста|тг|インスタ|انستا|سناب|인스타"
_NETWORK = (
    "instagram|snapchat|telegram|twitter|tiktok|fb|facebook|discord|skype|wechat|weixin|line|vk|вк"
    "|телеграм|дискорд|微信|微博|qq|kakao|kakaotalk|카톡|youtube|threads|bluesky|mastodon|linkedin"
    "|steam|psn|xbox|roblox|twitch|venmo|cashapp|paypal|फेसबुक|इंस्टा"
)
_NAMED = re.compile(
    rf"(?<![^\W_])(?:(?P<short>{_SHORT_NETWORK})|{_NETWORK})"
    rf"(?:\s?(?:id|user|username|name|handle|account))?(?:\s?[:=：]\s?|号\s?[:：]?\s?)"
    rf"{_AT}?(?P<name>[A-Za-z0-9][\w.-]{{2,63}}(?:#\d{{4}})?)",
    re.IGNORECASE,
)
# "add me on snap jane_roe99": no colon, but written like an account.
_ACCOUNT = (
    r"(?:_?[A-Za-z][A-Za-z0-9.]*_[A-Za-z0-9_.]*[A-Za-z0-9_]|_?[A-Za-z]{3,}(?:-[A-Za-z]+){0,2}-?\d{2,}"
    r")(?:#\d{4})?"
)
_BESIDE = re.compile(
    rf"(?<![^\W_])(?:{_SHORT_NETWORK}|{_NETWORK})(?:['’]?\w{{0,3}}(?=\s)"
    r"(?:\s(?!\d)[\w’'\u0900-\u097f]{1,12}){0,3}\s|[\u3040-\u30ff\u3400-\u9fff]{1,8}\s?)"
    rf"(?P<name>{_ACCOUNT})(?![\w@/-]|\.\w)",
    re.IGNORECASE,
)
_BEFORE_NETWORK = re.compile(
    rf"(?<![\w@./-])(?P<name>{_ACCOUNT})(?=\s(?:on|auf|sur|en|no|em|su|op|na|di|в)\s"
    rf"(?:{_SHORT_NETWORK}|{_NETWORK})(?!\w))",
    re.IGNORECASE,
)
_LIKE_AN_ACCOUNT = re.compile(r"[A-Za-z]\d|[A-Za-z0-9]_|[A-Za-z]\.[A-Za-z]")
_A_DEVICE = re.compile(
    r"(?:ios|android|iphone|ipad|galaxy|pixel|win|windows|mac|macos|covid|redmi|note|tab|web|wifi"
    r"|api|html|mp|ver|version|build|error|code|bus|line)[._]?\d|.*\.(?:com|org|net|gov|io|app|de|uk|in|html?)\Z",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(r"[\s.,!)]*\Z")


def mask_accounts(text: str) -> str:
    """The text with addresses as [email] and accounts as [handle]."""
    lowered = text.lower()
    if "@" in text or "\uff20" in text or "(a" in lowered or "[a" in lowered:
        text = _EMAIL.sub(EMAIL, text)
    if _may_be_spoken(lowered):
        text = _SPOKEN.sub(_spoken, text)
    if "/" in text:
        text = _REDDIT.sub(_kept_prefix, _LINK.sub(_kept_prefix, text))
    if ":" in text or "：" in text or "=" in text or "号" in text:
        text = _NAMED.sub(_named, text)
    if _LIKE_AN_ACCOUNT.search(text):
        text = _BEFORE_NETWORK.sub(_beside, _BESIDE.sub(_beside, text))
    if "@" in text or "\uff20" in text:
        text = _HANDLE.sub(HANDLE, text)
    return text


def _may_be_spoken(lowered: str) -> bool:
    rare = _ASCII_AT if lowered.isascii() else _RARE_AT
    if any(word in lowered for word in rare):
        return True
    return any(word in lowered for word in _PLAIN_AT) and any(word in lowered for word in _DOTS)


def mask_account_links(url: str) -> str:
    """An address without the account names of the known networks and without @names."""
    return _HANDLE.sub(HANDLE, _LINK.sub(_kept_prefix, url))


def _spoken(match: re.Match[str]) -> str:
    """ "look at example.com" is no address: a plain word for @ needs a spelled dot beside it; and
    where both run into the words around them nothing is spelled at all."""
    apart = bool(match["before"]) and bool(match["after"])
    written = match[0][match.start("at") - match.start() - 1] in "(["
    unspaced = not match["at"].isascii() and not match["at"].isspace()
    dot = match["dot"].strip(" ()[]").lower()
    plain = match["at"].lower() in _PLAIN_AT and not written
    if not (apart or written or unspaced) or (plain and dot in _ORDINARY_DOTS):
        return match[0]
    return EMAIL


def _kept_prefix(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group) + HANDLE


def _beside(match: re.Match[str]) -> str:
    if _A_DEVICE.match(match["name"]):
        return match[0]
    return match[0][: match.start("name") - match.start()] + HANDLE


def _named(match: re.Match[str]) -> str:
    """A network's name and a colon come before complaints as well ("twitter: crashes"): only what
    is written like an account counts, or a lone word that ends the text behind a short form."""
    name = match["name"].rstrip(".-")
    like_an_account = bool(re.search(r"[\d_#]|\w\.\w", name))
    alone = bool(match["short"]) and bool(_AT_THE_END.match(match.string, match.end()))
    if not (like_an_account or alone) or name.isdigit() or "://" in match[0]:
        return match[0]
    start = match.start("name") - match.start()
    return match[0][:start].rstrip("@\uff20") + HANDLE + match[0][start + len(name) :]
