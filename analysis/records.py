"""What the analysis concludes: one frozen class a row, each field with its meaning. No I/O."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal

Direction = Literal["negative", "positive", "mixed", "fewer"]
Cause = Literal["release", "service", "external", "promotion", "repair", "launch", "undetermined"]
Coordination = Literal["not_testable", "none_seen", "some", "strong"]
Coverage = Literal["complete", "truncated", "gaps"]
CoverageBasis = Literal["polled", "imported", "partly"]
Where = Literal["stores", "social", "both"]
AlarmKind = Literal["opened", "escalated", "reclassified", "ended", "call", "unfollowed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """An open swing grew to a multiple of what had been reported."""

    at: Annotated[datetime, "moment at which the growth was certain enough"]
    factor: Annotated[float, "how many times the largest earlier count"]
    again: Annotated[
        bool, "that it had been told to be over and began again; then factor is of all its items"
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """How much is said outside the stores in a swing of it, onset to end."""

    posts: Annotated[int, "posts, comments and answers without stars, with all that is passed on"]
    expected_posts: Annotated[float, "posts expected in that span from the app's own past"]
    people: Annotated[int, "accounts that said something of their own; unknown ones count each"]
    conversations: Annotated[
        int, "separate things said, each with its copies and what passes it on"
    ]
    reach: Annotated[int, "posts of the thing that was passed on most; 1: none was"]
    negative: Annotated[int, "opinions that read as negative"]
    positive: Annotated[int, "opinions that read as positive"]
    networks: Annotated[list[str], "sources that it was said on, the busiest first"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """A span whose counts or mix of stars are improbable under the app's own past.

    Found prospectively: every field but peak_at, ended_at and items depends only on what had been
    published by alarmed_at.
    """

    direction: Annotated[
        Direction, "towards low stars, high stars, or both; fewer: reviews that stay away"
    ]
    onset_at: Annotated[datetime, "most likely start"]
    alarmed_at: Annotated[datetime, "earliest moment at which the alarm would have sounded"]
    peak_at: Annotated[datetime, "start of the busiest hour so far"]
    ended_at: Annotated[
        datetime | None,
        "end of the burst: its last item, after which arrivals are back in the usual range; "
        "missing while it goes on",
    ]
    closed_at: Annotated[datetime | None, "moment at which it was told to be over"]
    items: Annotated[int, "items of the swing's direction in the burst, onset to end"]
    expected_items: Annotated[float, "items expected in that span from the app's own past"]
    recurrence_days: Annotated[float, "days between such alarms if only chance were at work"]
    escalations: Annotated[tuple[Escalation, ...], "later growth"]
    detector: Annotated[str, "detector that raised the alarm: count, share, ..."]
    window_hours: Annotated[float, "length of the window that raised it"]
    launch: Annotated[bool, "the app's history begins here: a surge without a before"]
    counts: Annotated[
        Direction | None,
        "stars of the reviews that items counts, of a swing to both sides too; mixed: all reviews; "
        "missing: those of its direction",
    ] = None
    hot_at: Annotated[datetime | None, "end of the burst so far, up to which items counts"] = None
    tail_until: Annotated[
        datetime | None, "until when somewhat more than usual came after the burst; missing if not"
    ] = None
    tail_items: Annotated[int, "items from the end of the burst to that of the tail"] = 0
    tail_expected: Annotated[float, "items expected in that time"] = 0.0
    tail_running: Annotated[bool, "that the tail may still go on"] = False
    over_before: Annotated[
        tuple[datetime, ...], "moments at which it was told to be over, before it began again"
    ] = ()
    waves: Annotated[int, "bursts that it is made of"] = 1
    silent_since: Annotated[
        datetime | None, "day of the last review before, where it ends a long pause"
    ] = None
    source: Annotated[str | None, "of reviews that stay away in one store alone: which"] = None
    talk: Annotated[
        Talk | None, "of what is said outside the stores: how much; then items counts opinions"
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One signal measured on a swing against the app's own past."""

    signal: Annotated[str, "name of the signal"]
    value: Annotated[float | None, "value in the swing; missing where it cannot be tested"]
    baseline: Annotated[float | None, "value in comparable quiet blocks"]
    p_value: Annotated[float | None, "how often quiet blocks are at least as extreme (conformal)"]
    speaks_for: Annotated[
        str | None, "the cause, or 'coordination', that it speaks for; or nothing"
    ]
    statement: Annotated[
        str | None,
        "one sentence in plain words, said from the numbers where it is shown; kept only of a "
        "signal from elsewhere, which says it itself",
    ] = None
    details: Annotated[
        dict[str, Any],
        "what the sentence counts and names; of what cannot be tested: reason",
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A word or phrase that sets the swing's texts apart from the app's own past."""

    phrase: Annotated[str, "the phrase"]
    items: Annotated[int, "items of the swing that use it"]
    authors: Annotated[int, "distinct authors that use it"]
    before_items: Annotated[int, "items of the reference that use it"]
    score: Annotated[float, "log-odds with an informative Dirichlet prior, z-score"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenReason:
    """A reason that reviews of an incident give (docs/reasons.md), beside the app's past."""

    reason: Annotated[str, "code of the reason"]
    reviews: Annotated[int, "reviews of the incident that give it"]
    share: Annotated[float, "of its reviews that have words"]
    share_before: Annotated[float, "of the app's earlier reviews of the same stars"]
    once: Annotated[int, "reviews that give it, nearly equal texts counted once"]
    words: Annotated[list[str], "what most of them say it with"] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A sentence of a review, as it was written but for what is masked; never its author."""

    reason: Annotated[str | None, "the reason that it shows; missing of one that disagrees"]
    text: Annotated[str, "the sentence"]
    stars: Annotated[float | None, "stars of the review"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the swing looks like, and, apart from that, which signs of coordination there are."""

    cause: Annotated[Cause, "the likeliest cause, or undetermined"]
    cause_probability: Annotated[
        float | None, "its probability, 0 to 1; missing where none is named"
    ]
    causes: Annotated[dict[str, float], "probability of each cause, and of undetermined"]
    coordination: Annotated[Coordination, "signs of coordination"]
    also: Annotated[Cause | None, "a second cause that many of the reviews name"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Many reviews of a store that vanished at once: a clean-up, or accounts that were deleted."""

    at: Annotated[datetime, "first poll that no longer had them"]
    source: Annotated[str, "the store"]
    reviews: Annotated[int, "how many vanished"]
    low: Annotated[int, "of these with one or two stars"]
    high: Annotated[int, "of these with four or five stars"]
    average_before: Annotated[float | None, "the store's own average at its last sight before"]
    average_after: Annotated[float | None, "the same at its first sight after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One event of one app, in all its shops and networks; the contract of `incidents --json`."""

    id: Annotated[str, "stable id: app and onset of the first alarm"]
    app: Annotated[str, "key of the app"]
    sources: Annotated[list[str], "sources with excess items"]
    direction: Annotated[
        Direction,
        "negative, positive or mixed; fewer: the reviews that `counts` names stay away",
    ]
    cause: Annotated[Cause, "likeliest cause, or undetermined"]
    cause_probability: Annotated[
        float | None, "its probability, as in causes; missing where the cause is undetermined"
    ]
    causes: Annotated[
        dict[str, float], "probability of each cause, and of undetermined what none can claim"
    ]
    coordination: Annotated[Coordination, "signs of coordination"]
    onset_at: Annotated[datetime, "most likely start"]
    alarmed_at: Annotated[
        datetime, "earliest moment of the alarm, by reviews where they are part of it"
    ]
    peak_at: Annotated[datetime, "start of the busiest hour"]
    ended_at: Annotated[
        datetime | None,
        "end of the burst, after which arrivals are back in the usual range; missing while it "
        "lasts",
    ]
    items: Annotated[int, "items of its direction in the burst, onset to end"]
    expected_items: Annotated[float, "items expected in that span"]
    rating_before: Annotated[
        float | None,
        "mean stars in the 56 days before onset, other swings left out; missing of under five",
    ]
    rating_during: Annotated[
        float | None, "mean stars from onset to end; missing of under five reviews"
    ]
    recurrence_days: Annotated[float, "days between such alarms by chance alone"]
    escalations: Annotated[list[Escalation], "later growth: at, factor"]
    evidence: Annotated[list[Evidence], "signals"]
    phrases: Annotated[list[Phrase], "distinctive words and phrases"]
    coverage: Annotated[Coverage, "complete, truncated or gaps"]
    summary: Annotated[
        str | None,
        "at most three sentences in neutral words, said from the other fields where it is shown; "
        "never stored",
    ] = None
    joined: Annotated[list[str], "ids of incidents that a person merged into this one"] = field(
        default_factory=list
    )
    split_from: Annotated[str | None, "id of the incident that a person split this one off"] = None
    coverage_basis: Annotated[
        CoverageBasis,
        "what coverage rests on: polls that saw the span; an import, which cannot tell what it "
        "lacks; or polls for a part of it",
    ] = "polled"
    detector: Annotated[
        str,
        "what raised the alarm: count, share, ratings (with or without a text), posts (low stars "
        "beside unusually many posts) or pause (the first reviews for a long time)",
    ] = "count"
    counts: Annotated[
        str | None,
        "which reviews items counts: negative, positive or mixed (all); missing in older documents",
    ] = None
    counted_until: Annotated[
        datetime | None,
        "of an incident that lasts: end of the burst so far, up to which items counts; evidence "
        "and stars go on to the newest data",
    ] = None
    quiet_since: Annotated[
        datetime | None,
        "of an incident that lasts: its last item, where the newest data is over 24 hours later",
    ] = None
    unseen_since: Annotated[
        datetime | None,
        "where nobody looked while it is said to have ended: since when; of one that lasts only as "
        "`floodgauge incidents` shows it: since when the reviews have not been seen",
    ] = None
    changed_items: Annotated[
        int | None,
        "how many of items are changed opinions of reviews written before; missing in older "
        "documents",
    ] = None
    higher_before: Annotated[int | None, "how many of those had given more stars before"] = None
    lower_before: Annotated[int | None, "how many of those had given fewer stars before"] = None
    repaired_by: Annotated[
        str | None, "id of the incident in which those who complained here took it back"
    ] = None
    repairs: Annotated[str | None, "id of the incident whose complaints this one takes back"] = None
    removals: Annotated[
        list[Removal], "waves of reviews that vanished from a store while it lasted or soon after"
    ] = field(default_factory=list)
    reasons: Annotated[list[GivenReason], "reasons that the reviews give, the most risen first"] = (
        field(default_factory=list)
    )
    also: Annotated[str | None, "a second cause that many of the reviews name"] = None
    excerpts: Annotated[
        list[Excerpt], "sentences of reviews that show the reasons, chosen by rule, masked"
    ] = field(default_factory=list)
    as_of: Annotated[
        datetime | None,
        "of a reading by `floodgauge analyze --as-of`: nothing later was looked at",
    ] = None
    over_at: Annotated[
        datetime | None,
        "when it was told to be over: 18 to 24 hours behind the burst (72 where reviews do not "
        "come every day) with no more than usual; missing while it lasts",
    ] = None
    tail_until: Annotated[
        datetime | None,
        "until when somewhat more than usual came behind the burst; missing where it did not",
    ] = None
    tail_items: Annotated[int, "items behind the burst up to tail_until, not counted in items"] = 0
    tail_expected: Annotated[float, "items expected in that time"] = 0.0
    tail_running: Annotated[bool, "that this may still go on"] = False
    waves: Annotated[int, "bursts that it is made of: 1, or waves that gave the same reasons"] = 1
    silent_since: Annotated[
        datetime | None, "day of the last review before, where it ends a long pause"
    ] = None
    follows: Annotated[
        str | None, "id of the incident that ended last before this one, within 14 days"
    ] = None
    follows_end_at: Annotated[datetime | None, "when that one ended"] = None
    where: Annotated[
        Where, "stores: reviews and ratings; social: what is said elsewhere; or both"
    ] = "stores"
    posts: Annotated[
        int | None, "posts and comments of it, with all that is passed on; missing of stores alone"
    ] = None
    expected_posts: Annotated[float | None, "posts expected in that span"] = None
    people: Annotated[
        int | None, "accounts that said something of their own in it, never which"
    ] = None
    conversations: Annotated[
        int | None, "separate things said in it, each with its copies and what passes it on"
    ] = None
    reach: Annotated[
        int | None, "posts of the one thing that was passed on most, until it was told to be over"
    ] = None
    networks: Annotated[list[str], "where it was said, the busiest first"] = field(
        default_factory=list
    )
    talk_onset_at: Annotated[
        datetime | None, "most likely start of what is said elsewhere; missing of stores alone"
    ] = None
    talk_alarmed_at: Annotated[
        datetime | None,
        "earliest moment of the alarm by what is said elsewhere; missing of stores alone",
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an incident was read as."""

    cause: Annotated[Cause, "the likeliest cause, or undetermined"]
    coordination: Annotated[Coordination, "signs of coordination"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOut:
    """Posts that ask others to act on the app: a warning, no incident."""

    asks: Annotated[str, "what for: down (lower or flood it), up, act (rate, report), leave"]
    since: Annotated[datetime, "the first post that asks"]
    last: Annotated[datetime, "the latest so far"]
    people: Annotated[int, "accounts that ask by themselves"]
    posts: Annotated[int, "posts that ask, with what is passed on"]
    passed_on: Annotated[int, "posts of the one that is passed on most, in its busiest hour"]
    an_hour: Annotated[int, "posts that ask in the busiest hour"]
    networks: Annotated[list[str], "where"]
    text: Annotated[str | None, "hash of a text that asks, which the store shows while it has it"]
    quiet: Annotated[bool, "that the stores were quiet then"]
    joined: Annotated[
        str | None, "the incident of reviews that came with it or within 48 hours"
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One line of the alarm log."""

    at: Annotated[datetime, "moment at which it would have been sent"]
    incident: Annotated[str, "id of the incident"]
    app: Annotated[str, "key of the app"]
    kind: Annotated[
        AlarmKind,
        "opened, escalated, reclassified or ended; of a warning, no incident: call (others are "
        "asked to act on the app) or unfollowed",
    ]
    recurrence_days: Annotated[float | None, "days between such alarms by chance, for opened"]
    factor: Annotated[float | None, "growth, for escalated"]
    statement: Annotated[
        str | None, "one sentence, said from the other fields where it is shown; never stored"
    ] = None
    direction: Annotated[Direction | None, "direction of the swing, for opened"] = None
    again: Annotated[bool, "for escalated: it had been told to be over, and began again"] = False
    was: Annotated[Reading | None, "the earlier reading, for reclassified"] = None
    became: Annotated[Reading | None, "the new reading, for reclassified"] = None
    where: Annotated[
        Where | None,
        "for opened: social, of what is said outside the stores; for escalated: where it is seen "
        "now, too; else missing",
    ] = None
    call: Annotated[CallOut | None, "for call and unfollowed: what is asked"] = None
