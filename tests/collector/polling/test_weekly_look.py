"""The weekly look at what is not read: whatever stops it, nothing that was known is lost."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.blind_spots import with_blind_spots
from collector.errors import ClockError, RateLimited, SourceUnavailable
from collector.freshness import source_states
from collector.polling.elsewhere import Elsewhere, elsewhere, keep
from collector.records import RawItem
from collector.settings.config import Settings
from collector.sources import End, Page, Part, Plan, Source, Visit
from collector.store import Store
from tests.collector.scripted import APP, START, Bench, Platform


@dataclass
class Storefronts:
    """A shop with a list a storefront; one of `failures` is raised where a storefront has one."""

    held: dict[str, int]
    failures: dict[str, Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    silent: bool = False

    def source(self, own: str = "us") -> Source:
        return Platform().source(
            plan=lambda app, settings: Plan(parts=(Part(key="reviews:own", country=own),)),
            others=lambda app: tuple(
                Part(key=f"look:{code}", country=code) for code in self.held if code != own
            ),
            walk=self.walk,
        )

    def walk(self, visit: Visit) -> Iterator[Page]:
        code = visit.part.country or ""
        self.asked.append(code)
        if code in self.failures:
            raise self.failures[code]
        if self.silent and visit.part.key.startswith("look:"):
            return
        items = tuple(
            RawItem(source="scripted", item_id=f"{code}{n}", created_at=START, rating=3)
            for n in range(self.held[code])
        )
        yield Page(items=items, end=End(kind="end", why="all read"))


@pytest.fixture
def bench(store: Store, tmp_path: Path) -> Bench:
    return Bench(store, tmp_path)


def known(bench: Bench) -> Elsewhere:
    return elsewhere(bench.store, APP, "scripted")


def test_a_look_that_breaks_off_keeps_what_was_known_and_goes_on_the_next_day(bench: Bench) -> None:
    shop = Storefronts({"us": 1, "de": 30, "fr": 40, "it": 50})
    bench.run_one(shop.source())
    bench.clock.pass_time(days=8)
    shop.held |= {"de": 31, "fr": 41, "it": 51}
    shop.failures["fr"] = RateLimited("slow down", retry_after_s=None)
    bench.run_one(shop.source())
    assert known(bench).found == {"de": 31, "fr": 40, "it": 50}
    assert known(bench).looked_at == START
    shop.failures, shop.asked = {}, []
    bench.clock.pass_time(hours=1)
    bench.run_one(shop.source())
    assert shop.asked == ["us"]
    bench.clock.pass_time(days=1)
    bench.run_one(shop.source())
    assert shop.asked[:2] == ["us", "us"]
    assert sorted(shop.asked[2:]) == ["fr", "it"]
    assert known(bench).found == {"de": 31, "fr": 41, "it": 51}
    assert known(bench).looked_at == bench.clock()
    assert known(bench).answered == ()


def test_two_that_never_answer_keep_nobody_else_from_being_asked(bench: Bench) -> None:
    down = SourceUnavailable("down")
    shop = Storefronts(
        {"us": 1, "de": 30, "fr": 40, "it": 50, "es": 60, "nl": 70},
        failures={"fr": down, "it": down},
    )
    for _ in range(6):
        bench.run_one(shop.source())
        bench.clock.pass_time(days=1)
    assert {"de", "es", "nl"} <= set(shop.asked)
    assert known(bench).found == {"de": 30, "es": 60, "nl": 70}


@pytest.mark.parametrize("failure", [KeyError("x"), RuntimeError(), SourceUnavailable("down")])
def test_what_a_library_raises_in_a_look_costs_nothing(bench: Bench, failure: Exception) -> None:
    shop = Storefronts({"us": 5, "de": 30, "fr": 40}, failures={"de": failure})
    assert bench.run_one(shop.source()).new == 5
    assert len(bench.store.runs.latest()) == 1
    assert known(bench).found == {"fr": 40}


def test_a_walk_without_a_page_tells_nothing(bench: Bench) -> None:
    shop = Storefronts({"us": 5, "de": 30})
    bench.run_one(shop.source())
    shop.silent = True
    bench.clock.pass_time(days=8)
    assert bench.run_one(shop.source()).outcome == "ok"
    assert known(bench).found == {"de": 30}


def test_a_run_is_told_before_the_look(bench: Bench) -> None:
    shop = Storefronts({"us": 5, "de": 30}, failures={"de": ClockError("the clock is wrong")})
    with pytest.raises(ClockError):
        bench.run_one(shop.source())
    assert len(bench.store.runs.latest()) == 1
    assert known(bench).looked_at is None


@pytest.mark.parametrize(
    ("failure", "looks"),
    [
        (SourceUnavailable("not sold here"), True),
        (RateLimited("slow down", retry_after_s=None), False),
    ],
)
def test_one_storefront_that_fails_for_ever_does_not_hinder_the_look(
    bench: Bench, failure: Exception, looks: bool
) -> None:
    shop = Storefronts({"us": 5, "de": 30}, failures={"kr": failure})
    both = Plan(parts=tuple(Part(key=f"reviews:{code}", country=code) for code in ("us", "kr")))
    bench.run_one(replace(shop.source(), plan=lambda app, settings: both))
    assert known(bench).found == ({"de": 30} if looks else {})


def test_what_is_read_by_now_is_forgotten_though_a_part_fails(bench: Bench) -> None:
    shop = Storefronts({"us": 5, "de": 30, "fr": 40})
    bench.run_one(shop.source())
    shop.failures["de"] = SourceUnavailable("down")
    bench.clock.pass_time(hours=1)
    bench.run_one(shop.source(own="de"))
    assert known(bench).found == {"fr": 40}


@pytest.mark.parametrize(
    ("source", "app", "found", "missing"),
    [
        ("google_play", {"languages": ["en"], "countries": ["us", "de"]}, {"de": 90}, ("de",)),
        ("google_play", {"languages": ["en", "pt-BR"]}, {"pt": 90, "es": 9}, ("es",)),
        ("app_store", {"languages": ["de"], "countries": ["us"]}, {"de": 90, "us": 9}, ("de",)),
        ("app_store", {"app_store_route": "owner"}, {"de": 90}, ()),
    ],
)
def test_a_source_lacks_what_its_own_parts_do_not_read(
    bench: Bench,
    source: str,
    app: dict[str, object],
    found: dict[str, int],
    missing: tuple[str, ...],
) -> None:
    both = {"google_play": "org.example.app", "app_store": "123456789"}
    settings = Settings.model_validate({"apps": {APP: both | app}})
    shop = Storefronts({"us": 5})
    bench.run_one(replace(shop.source(), name=source))
    keep(bench.store, APP, source, Elsewhere(looked_at=START, found=found))
    rows = with_blind_spots(source_states(bench.store), bench.store, settings, START)
    (row,) = (row for row in rows if row.source == source)
    assert row.elsewhere == missing


CODES = st.sampled_from(["de", "fr", "it", "pt", "es"])


@given(
    st.dictionaries(CODES, st.integers(0, 90)),
    st.lists(st.tuples(st.dictionaries(CODES, st.integers(0, 90)), st.booleans()), max_size=4),
)
def test_looks_in_pieces_know_what_one_look_knows(
    before: dict[str, int], pieces: list[tuple[dict[str, int], bool]]
) -> None:
    note = Elsewhere(found=before)
    for found, ended in pieces:
        note = note.with_look(found, START, ended=ended)
        assert note == Elsewhere.load(note.dump())
    whole = dict(before)
    for found, _ in pieces:
        whole |= found
    assert note.found == whole
    assert (note.looked_at is None) == (not any(ended for _, ended in pieces))
