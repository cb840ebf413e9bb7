"""A call that is out, in the reader's language: a warning that accuses nobody."""

from analysis.records import Alarm, CallOut
from analysis.words.catalogue import FactWording
from collector.source_manifests import manifests
from collector.text.plain_text import plain

LONGEST = 240


def call_title(alarm: Alarm, name: str, words: FactWording) -> str:
    """The warning in a line."""
    return words(f"call-title-{alarm.kind}", name=plain(name, 80))


def call_said(alarm: Alarm, name: str, sentence: str | None, words: FactWording) -> list[str]:
    """What is asked, since when, by how many, how fast, where; what the stores show; what to do.

    sentence: one of the posts' own, masked.
    """
    call = alarm.call
    if call is None:
        return []
    if alarm.kind == "unfollowed":
        return [words("call-unfollowed", name=plain(name, 80), since=words.moment(call.since))]
    return [
        _how_many(call, plain(name, 80), words),
        f"“{plain(sentence, LONGEST)}”" if sentence else "",
        words(f"call-stores-{'quiet' if call.quiet else 'busy'}"),
        words("call-do"),
    ]


def _how_many(call: CallOut, name: str, words: FactWording) -> str:
    known = manifests()
    networks = [known[one].name if one in known else one for one in call.networks]
    return words(
        "call-out",
        asks=call.asks,
        name=name,
        since=words.moment(call.since),
        people=call.people,
        posts=words.number(call.posts),
        hour=words.number(call.an_hour),
        passed=call.passed_on,
        networks=words.listing(networks),
    )
