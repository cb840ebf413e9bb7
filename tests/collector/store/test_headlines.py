"""One headline is one event, whatever id its feed gives it at each poll."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.privacy.protect import shortened
from collector.records import ContextEvent
from collector.store import Store

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


def headline(number: int, **changes: Any) -> ContextEvent:
    told = {
        "app": "tips",
        "source": "news.example",
        "event_id": f"guid-{number}",
        "at": AT,
        "kind": "news",
        "title": "Tips app is down",
        "url": "https://news.example/2026/tips-down",
        "first_seen": AT,
    }
    return ContextEvent(**(told | changes))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"url": "https://www.news.example/2026/tips-down/?utm_source=rss&fbclid=7"},
        {"url": "https://news.example/2026/tips-down", "at": AT + timedelta(days=2)},
        {"url": "https://news.example/x?session=9"},
        {"url": None},
    ],
)
def test_a_new_id_at_each_poll_is_no_new_headline(
    any_store: Store, changes: dict[str, Any]
) -> None:
    for poll in range(3):
        any_store.timeline.write_context([headline(poll, **(changes if poll else {}))])
    assert len(any_store.timeline.context("tips")) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Tips app is up again"},
        {"at": AT + timedelta(days=9), "url": "https://news.example/2026/down-again"},
        {"source": "other.example"},
        {"at": AT + timedelta(days=9), "url": "https://news.example/"},
        {"kind": "statement"},
    ],
)
def test_another_headline_is_kept(any_store: Store, changes: dict[str, Any]) -> None:
    any_store.timeline.write_context([headline(0)])
    any_store.timeline.write_context([headline(1, **changes)])
    assert len(any_store.timeline.context("tips")) == 2


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=12))
def test_polls_in_any_order_and_batch(polls: list[tuple[int, int]]) -> None:
    """As many events as there are different articles, however often each is seen."""
    from collector.store import open_store

    with open_store("sqlite://", secret=b"a secret for tests, 32 bytes long") as store:
        for number, (article, batch) in enumerate(polls):
            url = f"https://news.example/{article}"
            events = [
                headline(number * 10 + n, title=f"News {article}", url=url)
                for n in range(1 + batch)
            ]
            store.timeline.write_context(events)
        assert len(store.timeline.context("tips")) == len({article for article, _ in polls})


@given(st.text(max_size=60), st.integers(1, 50))
def test_what_is_shortened_says_so(text: str, longest: int) -> None:
    short = shortened(text, longest)
    assert len(short) <= longest or len(text) <= longest
    assert (short == text) != (len(text) > longest) or text.endswith("…")
