"""An incident in at most four neutral sentences: what, how it reads, what would change that."""

from collections.abc import Iterable

from analysis.evidence.coordination.review_rule import SIGNS
from analysis.evidence.details import CALL, why_untested
from analysis.incidents import file_cut
from analysis.incidents.cause import speaks_against, speaks_for
from analysis.records import Evidence, Incident
from analysis.words.catalogue import FactWording
from analysis.words.evidence import carriers, finding, values
from analysis.words.incident import about_expected, size, span, what_happened

SAME_MIX = 0.3  # stars
NEARLY = 0.5  # probability from which an undetermined incident names the closest cause
MOST_NAMED = 3
SHOWN_PHRASES = 3
TOLD_OF_TALK = ("release", "service", "external", "promotion")
SHOWN_SIGNS = 2


def summary(incident: Incident, name: str, words: FactWording) -> str:
    """At most four sentences on the incident of the app called `name`; before them, what it rests
    on where that is the cut of a file."""
    cut = file_cut.cut_of(incident)
    first = "" if cut is None else words("summary-file-cut", cut=finding(cut, words))
    if incident.direction == "fewer":
        return f"{_what(incident, name, words)} {words('summary-fewer')}"
    parts = (
        first,
        _what(incident, name, words),
        _carried(incident, words),
        _reading(incident, words),
        _change(incident, words),
    )
    return " ".join(part for part in parts if part)


def _carried(incident: Incident, words: FactWording) -> str:
    """What most of the reviews have in common, if anything."""
    told = carriers(incident.evidence, words)
    return words("summary-carried", carried=words.listing(told)) if told else ""


def _what(incident: Incident, name: str, words: FactWording) -> str:
    told = words.number(size(incident)[0])
    whole = incident.coverage == "complete"
    phrases = [f"“{one.phrase}”" for one in incident.phrases[:SHOWN_PHRASES]]
    return words(
        "summary-what",
        what=what_happened(
            incident,
            " ".join(name.split()) or words("summary-app"),
            told if whole else words("summary-at-least", count=told),
            _span(incident, words),
            words,
        ),
        stars=_stars(incident, words),
        state=_waves(incident, words) + _state(incident, words),
        tail=_tail(incident, words),
        phrases=words("summary-phrases", phrases=", ".join(phrases)) if phrases else "",
        bounds="" if whole else words("summary-bounds"),
    )


def _waves(incident: Incident, words: FactWording) -> str:
    return words("summary-waves", count=incident.waves) if incident.waves > 1 else ""


def _tail(incident: Incident, words: FactWording) -> str:
    """What came behind the burst, where it is over."""
    if incident.tail_until is None or incident.ended_at is None:
        return ""
    return words(
        "summary-tail",
        until=words.moment(incident.tail_until),
        count=words.number(incident.tail_items),
        expected=about_expected(incident.tail_expected, words),
    )


def _span(incident: Incident, words: FactWording) -> str:
    end, until = incident.ended_at, incident.counted_until
    told = span(words.moment(incident.onset_at), None if end is None else words.moment(end), words)
    if end is None and until is not None:
        return words("summary-counted-until", span=told, until=words.moment(until))
    return told


def _stars(incident: Incident, words: FactWording) -> str:
    before, during = incident.rating_before, incident.rating_during
    if before is None or during is None:
        return ""
    same = incident.direction == "mixed" and abs(during - before) < SAME_MIX
    return words(
        "summary-stars-same" if same else "summary-stars",
        during=words.number(during, 1),
        before=words.number(before, 1),
    )


def _state(incident: Incident, words: FactWording) -> str:
    """Whether it goes on, as far as anybody looked; nothing of one that was seen to end."""
    unseen, quiet = incident.unseen_since, incident.quiet_since
    if incident.ended_at is not None:
        return "" if unseen is None else words("summary-unseen", since=words.moment(unseen))
    if quiet is not None:
        counts = "negative" if incident.detector == "ratings" else incident.counts
        return words(
            "summary-quiet", since=words.moment(quiet), counts=counts or incident.direction
        )
    if unseen is not None:
        return words("summary-went-on")
    if incident.as_of is not None:
        return words("summary-as-of", moment=words.moment(incident.as_of))
    return words("summary-going-on")


def _reading(incident: Incident, words: FactWording) -> str:
    unread = "-reviews" if posts_unread(incident) else ""
    signs = words(f"summary-signs-{incident.coordination}{unread}")
    seen = _seen(incident, words)
    return words(
        "summary-reading",
        looks=_looks_like(incident, words),
        signs=f"{signs} ({seen})" if seen else signs,
        against=_against(incident, words),
    )


def posts_unread(incident: Incident) -> bool:
    """Whether no signs are seen where only the reviews could be looked at."""
    call = next((e for e in incident.evidence if e.signal == CALL), None)
    none_seen = incident.coordination == "none_seen"
    return none_seen and call is not None and (call.value is None or bool(why_untested(call)))


def _looks_like(incident: Incident, words: FactWording) -> str:
    cause, causes = incident.cause, incident.causes
    talk = "talk-" if incident.where == "social" and cause in TOLD_OF_TALK else ""
    looks = words(f"summary-looks-{talk}{cause}")
    if cause == "launch":
        return looks
    if cause == "undetermined":
        named = [known for known in causes if known != "undetermined"]
        likeliest = max(named, key=lambda known: causes[known], default="")
        if causes.get(likeliest, 0.0) < NEARLY:
            return looks
        percent = words.percent(causes[likeliest])
        closest = words(f"cause-{likeliest}")
        return words("summary-closest", looks=looks, cause=closest, percent=percent)
    percent = words.percent(incident.cause_probability)
    speaking_for = (e for e in incident.evidence if speaks_for(cause, e.signal, e.speaks_for))
    because = _named(speaking_for, words)
    if because:
        return words("summary-because", looks=looks, percent=percent, because=because)
    return words("summary-probability", looks=looks, percent=percent)


def _named(found: Iterable[Evidence], words: FactWording) -> str:
    """At most three signals in plain words, each said once."""
    told = dict.fromkeys(
        words.known(f"spoken-{e.signal}", e.signal.replace("_", " ")) for e in found
    )
    return ", ".join(list(told)[:MOST_NAMED])


def _seen(incident: Incident, words: FactWording) -> str:
    """What the signs of coordination are: the calls with time and lead, or what else was found."""
    if incident.coordination not in ("some", "strong"):
        return ""
    by_name = {e.signal: e for e in incident.evidence}
    leading = sorted(
        (e for e in incident.evidence if e.speaks_for == "coordination"), key=_weight_of_sign
    )
    call, wording = by_name.get(CALL), by_name.get("call_wording")
    shown = leading[:SHOWN_SIGNS] or [e for e in (call,) if e is not None and e.value]
    if wording is not None and wording.speaks_for and wording not in shown:
        shown.append(wording)
    return "; ".join(told for told in (_sign(e, words) for e in shown) if told)


def _weight_of_sign(evidence: Evidence) -> int:
    """Calls that led first, then what the reviews give away, as the rule lists it; then others."""
    order = (CALL, *SIGNS)
    return order.index(evidence.signal) if evidence.signal in order else len(order)


def _sign(evidence: Evidence, words: FactWording) -> str:
    """One sign in few words; of a signal from elsewhere the first clause of what it says."""
    key = f"seen-{evidence.signal}"
    try:
        if words.has(key):
            return words(key, **values(evidence, words))
    except LookupError:
        if evidence.statement is None:
            raise
    return (evidence.statement or "").split(";")[0].strip().rstrip(".")


def _against(incident: Incident, words: FactWording) -> str:
    """What speaks against the reading, or how little could be tested."""
    evidence = incident.evidence
    parts = (_other_side(incident, words), _doubt(incident, words))
    said = ", ".join(part for part in parts if part)
    untested = sum(e.value is None for e in evidence)
    if not untested:
        return said
    return words("summary-untested", said=said, untested=untested, all=len(evidence))


def _other_side(incident: Incident, words: FactWording) -> str:
    leaning = (
        e for e in incident.evidence if speaks_against(incident.cause, e.signal, e.speaks_for)
    )
    against = _named(leaning, words)
    if incident.cause == "undetermined":
        return (
            words("summary-unsettled-by", against=against)
            if against
            else words("summary-unsettled")
        )
    if against:
        return words("summary-against", against=against)
    strong = incident.coordination == "strong"
    return words("summary-against-none-cause" if strong else "summary-against-none")


def _doubt(incident: Incident, words: FactWording) -> str:
    """What speaks against coordination where there are signs of it."""
    if incident.coordination == "strong":
        return words("summary-doubt-serious")
    call = next((e for e in incident.evidence if e.signal == "call_to_action"), None)
    if incident.coordination != "some" or call is None or call.speaks_for is not None:
        return ""
    unknown = bool(call.value) and call.p_value is None
    return words("summary-doubt-no-weeks" if unknown else "summary-doubt-not-led")


def _change(incident: Incident, words: FactWording) -> str:
    more = {"some": "own", "strong": "own", "not_testable": "posts"}
    change = "posts" if posts_unread(incident) else more.get(incident.coordination, "alone")
    key = f"summary-change-{change}"
    return words(key, change=words(f"change-{incident.cause}"))
