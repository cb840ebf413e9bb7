"""Time zones as feeds, spreadsheets and scrapers name them: abbreviations, Windows and IANA names.

An abbreviation with several meanings is read as most feeds mean it (IST India, CST and EST North
America by RFC 822, BST Britain); a name that none of the lists has is no zone.
"""

import re
from datetime import timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_HOURS = (
    "utc=0 gmt=0 z=0 ut=0 wet=0 west=1 bst=1 cet=1 cest=2 mez=1 mesz=2 met=1 mest=2 eet=2 eest=3 "
    "msk=3 msd=4 trt=3 est=-5 edt=-4 cst=-6 cdt=-5 mst=-7 mdt=-6 pst=-8 pdt=-7 akst=-9 akdt=-8 "
    "hst=-10 ast=-4 adt=-3 nst=-3.5 ndt=-2.5 brt=-3 brst=-2 art=-3 clt=-4 clst=-3 cot=-5 pet=-5 "
    "uyt=-3 vet=-4 wat=1 cat=2 sast=2 eat=3 irst=3.5 gst=4 pkt=5 ist=5.5 npt=5.75 bdt=6 mmt=6.5 "
    "ict=7 wib=7 wita=8 wit=9 sgt=8 myt=8 hkt=8 pht=8 awst=8 jst=9 kst=9 acst=9.5 acdt=10.5 "
    "aest=10 aedt=11 nzst=12 nzdt=13"
)
_WINDOWS = {
    "gmt standard time": "Europe/London", "greenwich standard time": "UTC",
    "w. europe standard time": "Europe/Berlin", "romance standard time": "Europe/Paris",
    "central europe standard time": "Europe/Budapest", "gtb standard time": "Europe/Bucharest",
    "central european standard time": "Europe/Warsaw", "fle standard time": "Europe/Kiev",
    "e. europe standard time": "Europe/Chisinau", "turkey standard time": "Europe/Istanbul",
    "russian standard time": "Europe/Moscow", "israel standard time": "Asia/Jerusalem",
    "arab standard time": "Asia/Riyadh", "arabian standard time": "Asia/Dubai",
    "egypt standard time": "Africa/Cairo", "south africa standard time": "Africa/Johannesburg",
    "e. africa standard time": "Africa/Nairobi", "morocco standard time": "Africa/Casablanca",
    "w. central africa standard time": "Africa/Lagos", "iran standard time": "Asia/Tehran",
    "pakistan standard time": "Asia/Karachi", "india standard time": "Asia/Kolkata",
    "sri lanka standard time": "Asia/Colombo", "nepal standard time": "Asia/Kathmandu",
    "bangladesh standard time": "Asia/Dhaka", "se asia standard time": "Asia/Bangkok",
    "singapore standard time": "Asia/Singapore", "china standard time": "Asia/Shanghai",
    "taipei standard time": "Asia/Taipei", "tokyo standard time": "Asia/Tokyo",
    "korea standard time": "Asia/Seoul", "w. australia standard time": "Australia/Perth",
    "cen. australia standard time": "Australia/Adelaide",
    "aus eastern standard time": "Australia/Sydney",
    "e. australia standard time": "Australia/Brisbane",
    "new zealand standard time": "Pacific/Auckland", "hawaiian standard time": "Pacific/Honolulu",
    "alaskan standard time": "America/Anchorage", "pacific standard time": "America/Los_Angeles",
    "mountain standard time": "America/Denver", "us mountain standard time": "America/Phoenix",
    "central standard time": "America/Chicago", "eastern standard time": "America/New_York",
    "central standard time (mexico)": "America/Mexico_City",
    "atlantic standard time": "America/Halifax", "sa pacific standard time": "America/Bogota",
    "e. south america standard time": "America/Sao_Paulo",
    "argentina standard time": "America/Buenos_Aires",
    "pacific sa standard time": "America/Santiago", "venezuela standard time": "America/Caracas",
}  # fmt: skip

_HALF_HOURS = {
    -9.5: "Pacific/Marquesas", -3.5: "America/St_Johns", -2.5: "America/St_Johns",
    3.5: "Asia/Tehran", 4.5: "Asia/Kabul", 5.5: "Asia/Kolkata", 5.75: "Asia/Kathmandu",
    6.5: "Asia/Yangon", 8.75: "Australia/Eucla", 9.5: "Australia/Darwin",
    10.5: "Australia/Adelaide", 12.75: "Pacific/Chatham",
}  # fmt: skip
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+\-\u2212])\s?(\d{1,2})(?::?([0-5]\d))?")
_A_DAY = timedelta(hours=24)


def zone_named(name: str) -> tzinfo | None:
    """The zone of an abbreviation, a Windows name or an IANA name; None for what is no zone."""
    return _zone(" ".join(name.split()).casefold())


def place_named(name: str) -> ZoneInfo | None:
    """The same as a zone with a name of its own, as a reader's clock needs one; also of an offset
    (+05:30, UTC-3). None for what is no zone."""
    folded = " ".join(name.split()).casefold()
    key = _by_folded_name().get(folded)
    if key is not None:
        return ZoneInfo(key)
    found = _zone(folded) or _of_offset(folded)
    if found is None or isinstance(found, ZoneInfo):
        return found
    hours = (found.utcoffset(None) or timedelta(0)) / timedelta(hours=1)
    return _at_offset(hours)


def _of_offset(folded: str) -> tzinfo | None:
    parts = _OFFSET.fullmatch(folded)
    if parts is None:
        return None
    ahead = timedelta(hours=int(parts[2]), minutes=int(parts[3] or 0))
    return timezone(-ahead if parts[1] in "-\u2212" else ahead) if ahead < _A_DAY else None


def _at_offset(hours: float) -> ZoneInfo | None:
    """A place whose clock stands so far from UTC, without a summer time where there is one."""
    if hours == int(hours) and -12 <= hours <= 14:
        return ZoneInfo(f"Etc/GMT{-int(hours):+d}" if hours else "UTC")
    place = _HALF_HOURS.get(hours)
    return None if place is None else ZoneInfo(place)


@cache
def _offsets() -> dict[str, tzinfo]:
    pairs = (pair.split("=") for pair in _HOURS.split())
    return {name: timezone(timedelta(hours=float(hours))) for name, hours in pairs}


@cache
def _by_folded_name() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def _zone(folded: str) -> tzinfo | None:
    if folded in _offsets():
        return _offsets()[folded]
    iana = _WINDOWS.get(folded) or _WINDOWS.get(folded.replace("daylight", "standard"))
    if iana is None and "/" in folded:
        iana = _by_folded_name().get(folded)
    return None if iana is None else ZoneInfo(iana)
