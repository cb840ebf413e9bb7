"""One address, one spelling: without the marks by which platforms follow a link, on the host for
every device, and out of the wrappers of AMP and of redirects.

The query is cleaned by courlan, which knows the marks of the large platforms; what it does not
know stands here. Shortened links are not resolved: nobody knows where they lead.
"""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

LONGEST = 2_000
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:(?=//)", re.IGNORECASE)
_DEVICE = re.compile(
    r"^(?:www\d?|m|mobile|amp|touch|wap|old|np|new|de-de|en-gb|[a-z]{2}-[a-z]{2})\."
)
_AMP_PATH = re.compile(r"^/amp(?=/)|/amp/?$|\.amp(?=\.html?$|$)|/(?:index|default)\.(?:html?|php)$")
_AMP_HOST = re.compile(r"^([a-z0-9-]+)\.cdn\.ampproject\.org$")
SAME_HOSTS = {
    "twitter.com": "x.com", "fxtwitter.com": "x.com", "vxtwitter.com": "x.com",
    "nitter.net": "x.com", "fb.com": "facebook.com", "youtube-nocookie.com": "youtube.com",
    "redd.it": "reddit.com",
}  # fmt: skip
_SHORT = (
    "t.co bit.ly tinyurl.com goo.gl ow.ly buff.ly is.gd tiny.cc dlvr.it ift.tt lnkd.in fb.me "
    "trib.al rb.gy cutt.ly shorturl.at s.id t.ly amzn.to wp.me onelink.to page.link app.link"
)
SHORTENERS = frozenset(_SHORT.split())
"""Hosts that stand for some other address."""
_MARKS = (
    "si feature s t ref ref_src ref_url referrer share shared sharing amp outputtype mibextid rcm "
    "trk trkid smid smtyp sfns _ga wt_mc cmpid cmp ocid guccounter guce_referrer sh usg ved sa "
    "fbclid igsh igshid gclid msclkid dclid yclid twclid ttclid li_fat_id mc_cid mc_eid __tn__ "
    "taid src cn recruiter spm scid _branch_match_id wprov at_medium at_campaign xtor rdid "
    "share_id share_token link_source is_from_webapp sender_device _r _d tt_from"
)
FOLLOWING = frozenset(_MARKS.split())
"""Parameters that say who passed a link on, and not where it leads."""
REDIRECTS = {
    ("l.facebook.com", "/l.php"): "u", ("lm.facebook.com", "/l.php"): "u",
    ("google.com", "/url"): "q", ("out.reddit.com", "/"): "url", ("l.instagram.com", "/"): "u",
    ("youtube.com", "/redirect"): "q", ("steamcommunity.com", "/linkfilter/"): "url",
    ("linkedin.com", "/redir/redirect"): "url", ("vk.com", "/away.php"): "to",
}  # fmt: skip
DEEPEST = 4


def canonical(link: str, depth: int = 0) -> str:
    """The address in its one spelling, without the scheme: example.org/a?id=7.

    What is no address comes back as it is.
    """
    from courlan import normalize_url  # loads its lists of languages: not for who has no link

    written = link.strip()[:LONGEST]
    absolute = written if _SCHEME.match(written) else f"https://{written}"
    try:
        parts = urlsplit(normalize_url(absolute, strict=False, trailing_slash=False))
        host = _host(parts.hostname or "")
        query = parse_qsl(parts.query, keep_blank_values=False)
    except ValueError:
        return written
    if not host or "." not in host:
        return written
    inner = _wrapped(host, parts.path, query)
    if inner is not None and depth < DEEPEST:
        return canonical(inner, depth + 1)
    if host == "youtu.be" and len(parts.path) > 1:
        host, path, query = "youtube.com", "/watch", [("v", parts.path[1:]), *query]
    else:
        path = _AMP_PATH.sub("", parts.path).rstrip("/")
    kept = sorted(
        (name, value) for name, value in query if name and name.casefold() not in FOLLOWING
    )
    return f"{host}{path}" + (f"?{urlencode(kept)}" if kept else "")


def is_shortened(link: str) -> bool:
    """Whether an address only stands for another one, which nobody has resolved."""
    return canonical(link).split("/")[0] in SHORTENERS


def _host(name: str) -> str:
    """The host for every device and under its present name."""
    host = name.casefold().rstrip(".")
    while (shorter := _DEVICE.sub("", host)) != host and "." in shorter:
        host = shorter
    return SAME_HOSTS.get(host, host)


def _wrapped(host: str, path: str, query: list[tuple[str, str]]) -> str | None:
    """The address that another one wraps: an AMP cache, or a page that only leads on."""
    match = _AMP_HOST.match(host)
    if match is not None:
        inner = re.sub(r"^/(?:[vcia]/)?(?:s/)?", "", path)
        return _with_query(inner, query) or match[1].replace("--", "\0").replace("-", ".").replace(
            "\0", "-"
        )
    if host.startswith("google.") and path.startswith("/amp/"):
        return _with_query(re.sub(r"^/amp/(?:s/)?", "", path), query)
    wanted = REDIRECTS.get((host, path)) or REDIRECTS.get((host, path.rstrip("/") + "/"))
    if wanted is None:
        return None
    found = dict(query)
    leads_to = found.get(wanted) or found.get("url")
    return None if leads_to is None else unquote(leads_to)


def _with_query(path: str, query: list[tuple[str, str]]) -> str:
    return unquote(path) + (f"?{urlencode(query)}" if path and query else "")
