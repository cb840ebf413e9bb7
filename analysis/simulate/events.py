"""Events that a scenario can contain, each built for a moment and a size.

Sizes are expected numbers of injected reviews; `onset` is UTC.
"""

from datetime import datetime, timedelta

from analysis.simulate.plans import Burst, ContextPlan, EventPlan, Mix, ReleasePlan

FLOOD_THEMES: Mix = (("facetious", 0.42), ("bugjoke", 0.18), ("serious", 0.27), ("short_neg", 0.13))
FLOOD_LANGUAGES: Mix = (
    ("en", 0.84),
    ("es", 0.06),
    ("ko", 0.03),
    ("id", 0.04),
    ("fr", 0.02),
    ("de", 0.01),
)


def flood(
    onset: datetime, items: int, *, calls: int = 60, call_lead_hours: float = 1.0
) -> EventPlan:
    """Many one-star reviews after posts that ask for them; coordinated."""
    return EventPlan(
        kind="flood",
        onset=onset,
        cause="external",
        direction="negative",
        coordinated=True,
        bursts=(
            Burst(
                themes=FLOOD_THEMES,
                items=items,
                stars=(93, 4, 1.5, 0.5, 1),
                rise_hours=2,
                decay_hours=9,
                length_hours=96,
                languages=FLOOD_LANGUAGES,
                silent=3.0,
            ),
            *calls_to_action(calls, -call_lead_hours),
        ),
        removed=0.08,
    )


def calls_to_action(items: int, delay_hours: float) -> tuple[Burst, ...]:
    """Posts that ask people to rate, download or flood the app, and talk about it."""
    return (
        Burst(
            kind="post",
            themes=(("post_call", 1.0),),
            items=items,
            delay_hours=delay_hours,
            rise_hours=1,
            decay_hours=5,
            length_hours=36,
            languages=FLOOD_LANGUAGES,
            reach=90.0,
        ),
        Burst(
            kind="post",
            themes=(("post_chatter", 1.0),),
            items=max(1, items // 2),
            delay_hours=delay_hours + 3,
            rise_hours=3,
            decay_hours=12,
            length_hours=72,
            languages=FLOOD_LANGUAGES,
            reach=40.0,
        ),
    )


def bad_release(onset: datetime, items: int, *, version: str = "9.0.0") -> EventPlan:
    """A release that fails for many, and its repair three days later."""
    repaired = version.rpartition(".")[0] + ".1"
    return EventPlan(
        kind="bad_release",
        onset=onset,
        cause="release",
        direction="negative",
        releases=(
            ReleasePlan(version=version, at=onset - timedelta(hours=2), notes="New design."),
            ReleasePlan(version=repaired, at=onset + timedelta(hours=74), notes="Repairs."),
        ),
        bursts=(
            Burst(
                themes=(("release_fault", 0.86), ("fault", 0.06), ("short_neg", 0.08)),
                items=items,
                stars=(70, 16, 8, 3, 3),
                rise_hours=10,
                decay_hours=36,
                length_hours=120,
                rhythm=1.0,
                newest=0.93,
            ),
        ),
        amended=0.15,
    )


def outage(onset: datetime, items: int, *, hours: float = 20.0) -> EventPlan:
    """The service behind the app fails for some hours, on every version."""
    return EventPlan(
        kind="outage",
        onset=onset,
        cause="service",
        direction="negative",
        bursts=(
            Burst(
                themes=(("outage", 0.88), ("short_neg", 0.12)),
                items=items,
                stars=(78, 12, 6, 2, 2),
                rise_hours=0.5,
                decay_hours=hours * 0.6,
                length_hours=hours + 10,
                rhythm=1.0,
            ),
            Burst(
                kind="post",
                themes=(("post_outage", 1.0),),
                items=max(3, items // 4),
                rise_hours=0.3,
                decay_hours=hours * 0.4,
                length_hours=hours,
            ),
        ),
        context=(
            ContextPlan(
                at=onset + timedelta(hours=hours),
                kind="statement",
                title="Service restored after a technical fault",
            ),
        ),
        amended=0.1,
    )


def policy_reaction(onset: datetime, items: int, *, posts: int = 40) -> EventPlan:
    """People protest against a decision; nobody asks anybody to rate anything."""
    return EventPlan(
        kind="policy_reaction",
        onset=onset,
        cause="external",
        direction="negative",
        bursts=(
            Burst(
                themes=(("policy", 0.85), ("complaint", 0.07), ("short_neg", 0.08)),
                items=items,
                stars=(82, 9, 4, 2, 3),
                rise_hours=8,
                decay_hours=60,
                length_hours=240,
                rhythm=1.0,
            ),
            Burst(
                kind="post",
                themes=(("post_policy", 1.0),),
                items=posts,
                delay_hours=-1,
                rise_hours=6,
                decay_hours=48,
                length_hours=200,
                reach=20.0,
            ),
        ),
        context=(
            ContextPlan(
                at=onset - timedelta(hours=3),
                kind="statement",
                title="Registration in the app becomes mandatory next month",
            ),
            ContextPlan(
                at=onset + timedelta(hours=5),
                kind="news",
                title="Residents object to mandatory registration",
            ),
            ContextPlan(
                at=onset + timedelta(hours=30),
                kind="news",
                title="Council to debate the new registration rule",
            ),
        ),
    )


def promotion(onset: datetime, items: int) -> EventPlan:
    """Praise that somebody prompted: a stand, a raffle, a banner in the app."""
    return EventPlan(
        kind="promotion",
        onset=onset,
        cause="promotion",
        direction="positive",
        bursts=(
            Burst(
                themes=(("promo", 0.7), ("praise", 0.1), ("short_pos", 0.2)),
                items=items,
                stars=(1, 1, 2, 8, 88),
                rise_hours=2,
                decay_hours=14,
                length_hours=60,
                rhythm=1.0,
                silent=2.0,
            ),
        ),
    )


def press_launch(onset: datetime, items: int) -> EventPlan:
    """The app's first days, with the press writing about it."""
    return EventPlan(
        kind="press_launch",
        onset=onset,
        cause="launch",
        direction="mixed",
        bursts=(
            Burst(
                themes=(("launch", 0.75), ("praise", 0.1), ("fault", 0.08), ("short_pos", 0.07)),
                items=items,
                stars=(16, 6, 11, 22, 45),
                rise_hours=6,
                decay_hours=70,
                length_hours=500,
                rhythm=1.0,
            ),
            Burst(
                kind="post",
                themes=(("post_launch", 1.0),),
                items=max(5, items // 20),
                decay_hours=30,
                length_hours=120,
            ),
        ),
        context=(
            ContextPlan(at=onset, kind="statement", title="The city presents its new app"),
            ContextPlan(
                at=onset + timedelta(hours=4), kind="news", title="New city app: what it can do"
            ),
        ),
    )


def counter_swing(onset: datetime, items: int) -> EventPlan:
    """Supporters answer with five stars, some after posts that ask for it."""
    return EventPlan(
        kind="counter_swing",
        onset=onset,
        cause="external",
        direction="positive",
        coordinated=True,
        bursts=(
            Burst(
                themes=(("support", 0.8), ("short_pos", 0.2)),
                items=items,
                stars=(1, 0, 1, 4, 94),
                rise_hours=3,
                decay_hours=16,
                length_hours=72,
                silent=2.0,
            ),
            Burst(
                kind="post",
                themes=(("post_support", 1.0),),
                items=max(4, items // 5),
                delay_hours=-1,
                rise_hours=1,
                decay_hours=8,
                length_hours=30,
                reach=30.0,
            ),
        ),
    )
