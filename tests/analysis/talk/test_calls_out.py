"""When a call is out, and when it is not."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from analysis.talk.calls_out import FOLLOWED, PASSED_ON, Asking, calls_out
from collector.times import HOUR_US

ONE = Asking(0, "a", 1, True, "down", "bluesky", "h")
MINUTE = HOUR_US // 60


def asking(*at: int, **changes: object) -> list[Asking]:
    return [
        replace(ONE, **{"at": t, "who": f"w{n}", "thing": n, **changes})  # type: ignore[arg-type]
        for n, t in enumerate(at)
    ]


def test_the_fourth_account_makes_it_a_call() -> None:
    assert calls_out(asking(0, 1, 2)) == []
    (out,) = calls_out(asking(0, HOUR_US, 2 * HOUR_US, 3 * HOUR_US, 9 * HOUR_US))
    assert (out.at, out.since, out.last) == (3 * HOUR_US, 0, 9 * HOUR_US)
    assert (out.people, len(out.posts), out.an_hour) == (5, 5, 1)


def test_one_account_is_no_crowd_and_four_in_a_week_are_none() -> None:
    assert calls_out(asking(*range(0, 9 * MINUTE, MINUTE), who="a")) == []
    assert calls_out(asking(*(n * 30 * HOUR_US for n in range(8)))) == []


def test_a_post_that_is_passed_on_is_a_call() -> None:
    one = asking(0, who="a", thing=7)
    passed = asking(*(n * MINUTE for n in range(1, PASSED_ON + 1)), thing=7, own=False)
    (out,) = calls_out([*one, *passed])
    assert (out.at, out.people, out.passed_on) == (PASSED_ON * MINUTE, 1, PASSED_ON + 1)
    assert calls_out([*one, *passed[:-1]]) == []


def test_what_nobody_takes_up_for_two_days_is_another_call() -> None:
    first = asking(0, 1, 2, 3)
    later = asking(*(FOLLOWED + 10 + n for n in range(4)))
    assert [out.at for out in calls_out([*first, *later])] == [3, FOLLOWED + 13]


def test_what_is_asked_is_what_most_ask() -> None:
    (out,) = calls_out([*asking(0, 1, 2, thing=5), *asking(4, 5, kind="up", who="z")])
    assert (out.asks.kind, out.asks.thing, out.asks.at) == ("down", 5, 0)


DAY_US = 24 * HOUR_US


def test_single_posts_a_day_keep_no_call_open() -> None:
    """Four ask, then one a day for three months, then five hundred: two calls."""
    first = asking(0, 1, 2, 3)
    trickle = asking(*(n * DAY_US for n in range(2, 90)))
    wave = asking(*(92 * DAY_US + n * MINUTE for n in range(500)))
    one, two = calls_out([*first, *trickle, *wave])
    assert (one.at, one.met, one.over) == (3, 3, 3 + FOLLOWED)
    assert [one.last, len(one.posts)] == [2 * DAY_US, 5]
    assert (two.at, two.since) == (92 * DAY_US + 3 * MINUTE, 92 * DAY_US)
    assert (two.people, len(two.posts)) == (500, 500)


POSTS = st.lists(
    st.builds(
        lambda at, who, thing, own: replace(ONE, at=at, who=who, thing=thing, own=own),
        st.integers(0, 30 * 24).map(lambda hours: hours * HOUR_US),
        st.sampled_from((None, "a", "b", "c", "d", "e")),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=80,
).map(lambda posts: sorted(posts, key=lambda one: one.at))


@given(POSTS)
def test_a_call_is_out_where_enough_ask_within_a_day_and_for_two_days_behind(
    posts: list[Asking],
) -> None:
    """Against every window looked at anew."""
    enough = []
    for n, post in enumerate(posts):
        near = [one for one in posts[: n + 1] if one.at > post.at - DAY_US]
        own = [one.who for one in near if one.own]
        passed = [one for one in near if one.thing == post.thing and one.at > post.at - HOUR_US]
        people = len({who for who in own if who is not None}) + own.count(None)
        if people >= 4 or len(passed) > PASSED_ON:
            enough.append(post.at)
    found = calls_out(posts)
    starts = [at for n, at in enumerate(enough) if n == 0 or at > enough[n - 1] + FOLLOWED]
    assert [out.at for out in found] == starts
    for out in found:
        assert out.met in enough
        assert all(one.at <= out.over for one in out.posts)
        assert not any(out.met < at <= out.over for at in enough)
