"""Whatever the window holds, every signal answers with evidence that can be shown."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.evidence import gather
from analysis.incidents.cause import judge
from analysis.incidents.impact import rating_impact
from analysis.words.catalogue import LANGUAGES, FactWording
from analysis.words.evidence import finding
from tests.analysis.evidence.build import ONSET, Review, window
from tests.examples import examples

TEXTS = st.sampled_from(
    ["", "slow", "앱이 안 열려요", "ไม่ทำงาน", "😀" * 40, "\u202ework\u200b", "a" * 9_000,
     "City App one star", "rate City App one star", "login fails again", "شكرا",
     "-1 {x} $y$ <b>", "\x00null"]
)  # fmt: skip
REVIEWS = st.lists(
    st.builds(
        Review,
        st.sampled_from([1, 2, 3, 3.4, 5]),
        TEXTS,
        version=st.sampled_from([None, "1.0", "2.0"]),
        author=st.sampled_from([None, "a", "b"]),
        country=st.sampled_from([None, "us", "de"]),
        source=st.sampled_from(["google_play", "app_store"]),
        lang=st.sampled_from([None, "en", "pt-BR", "xx"]),
        at=st.none(),
    ),
    max_size=25,
)


@settings(max_examples=examples(8, 60), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    REVIEWS,
    REVIEWS,
    REVIEWS,
    st.sampled_from(["negative", "positive", "mixed"]),
    st.integers(1, 8),
)
def test_any_window(
    items: list[Review], before: list[Review], posts: list[Review], direction: str, times: int
) -> None:
    case = window(items * times, before * times, posts, direction)
    found = gather(case)
    for evidence in found:
        for lang in LANGUAGES:
            assert finding(evidence, FactWording(lang, ZoneInfo("UTC"))).endswith(".")
        assert evidence.value is None or evidence.value == evidence.value
        assert evidence.p_value is None or 0 <= evidence.p_value <= 1
        assert (evidence.value is not None) or evidence.speaks_for is None
    verdict = judge(case.swing, found)
    assert verdict.cause_probability is None or 0 <= verdict.cause_probability <= 1
    rating_impact(case)


def test_all_at_one_moment() -> None:
    """Sources that give only the day."""
    past = [
        Review(1, "login fails", "1.0", at=ONSET - timedelta(days=n // 8)) for n in range(1, 200)
    ]
    items = [Review(1, "login fails", "2.0", at=ONSET) for _ in range(40)]
    case = window(items, past)
    assert len(gather(case)) >= 18
