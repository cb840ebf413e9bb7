"""What each page says of a flood; test_states has every page in every state."""

from datetime import UTC, datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

import pytest

from collector.store import Store
from dashboard.words.catalogue import Wording
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown


def test_overview_says_the_most_important_thing_first(
    page_store: Store, open_page: OpenPage
) -> None:
    builders.fill(page_store, ended=False)
    page = shown(open_page("overview"))
    lead = page[page.index("fg-lead") :]
    assert "Tip line: 200 low-star reviews since Sun 5 May 2024, 08:00 UTC" in lead
    assert page.index("fg-lead") < page.index("fg-app")
    assert "fg-state-incident" in page


def test_overview_says_until_when_an_old_import_was_seen(
    flooded: Store, open_page: OpenPage
) -> None:
    flooded.hourly.settle(builders.APP, flooded.hourly.dirty(builders.APP))
    page = shown(open_page("overview"))
    assert "fg-state-silent" in page
    assert "Not judged" in page
    assert "Seen until" in page
    assert "Calm" not in page


@pytest.mark.parametrize("lang", ["en", "es"])
def test_overview_shows_what_there_is_of_a_flood_that_nothing_can_be_compared_with(
    page_store: Store, open_page: OpenPage, lang: str
) -> None:
    now = datetime.now(UTC)
    store, step = page_store, timedelta(seconds=1.2)
    store.apps.ensure(builders.APP)
    flood = [builders.item(n, now - n * step, 5.0 if n < 3 else 1.0, "no") for n in range(500)]
    store.items.write(flood, how="import")
    store.hourly.settle(builders.APP, store.hourly.recount(builders.APP))
    page = shown(open_page("overview", lang=lang))
    words = Wording(lang, ZoneInfo("UTC"))
    said = words("shown", count=500, span=words.length(500 * step), low=words.percent(497 / 500))
    assert escape(said) in page
    assert words("state-silent") in page
    assert words("reason-calm") not in page


def test_overview_does_not_call_an_unpolled_app_calm(flooded: Store, open_page: OpenPage) -> None:
    flooded.runs.write(builders.run(datetime.now(UTC) - timedelta(days=3)))
    page = shown(open_page("overview"))
    assert "fg-state-silent" in page
    assert "fg-state-calm" not in page


def test_overview_says_when_reviews_wait_for_analysis(
    page_store: Store, open_page: OpenPage
) -> None:
    page_store.apps.ensure(builders.APP)
    page_store.items.write(builders.reviews(), how="import")
    page = shown(open_page("overview"))
    assert "have not been analysed yet" in page


def test_times_follow_the_chosen_zone(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("incident")
    assert "Sun 5 May 2024, 08:00 UTC" in shown(at)
    at.sidebar.selectbox(key="tz").set_value("America/Chicago").run()
    assert "Sun 5 May 2024, 03:00 CDT" in shown(at)
    assert "08:00 UTC" not in shown(at)


def test_incident_keeps_cause_and_coordination_apart(flooded: Store, open_page: OpenPage) -> None:
    page = shown(open_page("incident"))
    cause = page.index("Most likely something outside the app (80%)")
    coordination = page.index('aria-label="Signs of coordination"')
    assert cause < coordination
    assert '<li aria-current="true">some</li>' in page
    assert page.index("Tip line received 200 low-star reviews") < cause


def test_incident_shows_for_against_and_untested(flooded: Store, open_page: OpenPage) -> None:
    page = shown(open_page("incident"))
    assert "40% of the words were never used in the app’s earlier reviews" in page
    assert "90% of the reviews that name a version name 1.0" in page
    assert "One signal could not be tested." in page
    assert "A fault or a release that explains the complaints." in page
    assert "“bring it back”" in page


def test_incident_charts_have_descriptions(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("incident")
    charts = at.get("vega_lite_chart")
    assert len(charts) >= 3
    assert all(chart.proto.alt for chart in charts)
    assert "Low-star reviews (1 and 2 stars)" in charts[0].proto.alt


def test_incident_that_is_not_there_is_named_as_such(flooded: Store, open_page: OpenPage) -> None:
    assert "This incident is not in the store" in shown(open_page("incident", incident="nowhere"))


def test_explore_filters_in_the_database(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("explore")
    assert "292 items" in "".join(m.value for m in at.markdown)
    at.text_input(key="words").set_value("calm 7*").run()
    assert shown(at).count("fg-starline ") == 11
    at.text_input(key="words").set_value("nothing like it").run()
    assert "Nothing matches" in shown(at)


def test_explore_turns_pages(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("explore")
    assert "after 2" in shown(at)
    first = shown(at)
    assert at.button(key="page-previous").disabled
    at.button(key="page-next").click().run()
    assert "after 2" not in shown(at)
    second, link = shown(at), at.query_params["page"]
    at.button(key="page-previous").click().run()
    assert shown(at) == first
    assert shown(open_page("explore", page=link if isinstance(link, str) else link[0])) == second
    at.button(key="page-next").click().run()
    at.pills(key="stars").set_value([4]).run()
    assert "page" not in at.query_params
    assert "after 2" in shown(at)


def test_explore_filters_by_everything(flooded: Store, open_page: OpenPage) -> None:
    flooded.items.write(
        [
            builders.item(6000, builders.LAST, 2.0, None, reply_text="We look into it."),
            builders.item(6001, builders.LAST, 2.0, "replied", reply_text="Thank you."),
            builders.item(6002, builders.LAST, 3.0, "in Polish", lang="pl", country="pl"),
        ],
        how="poll",
    )
    at = open_page("explore", texted="without", replied="with")
    assert at.selectbox(key="texted").value == "without"
    assert "We look into it." in shown(at)
    assert "Thank you." not in shown(at)
    at = open_page("explore", langs="pl", kinds="review")
    assert "in Polish" in shown(at)
    assert "One item" in "".join(m.value for m in at.markdown)
    assert "Nothing matches" in shown(open_page("explore", sentiment="negative"))


def test_explore_reads_its_view_from_the_address(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("explore", sort="lowest", sources="app_store")
    assert at.selectbox(key="sort").value == "lowest"
    assert at.multiselect(key="sources").value == ["app_store"]
    assert "Google Play" not in shown(at)


@pytest.mark.parametrize("page", ["-1", "0", "99999999999", "abc", "½"])
def test_explore_survives_a_nonsense_page(flooded: Store, open_page: OpenPage, page: str) -> None:
    at = open_page("explore", page=page)
    assert not at.exception
    assert "fg-items" in shown(at)


def test_explore_shows_the_words_behind_a_score(flooded: Store, open_page: OpenPage) -> None:
    flooded.items.write(
        [
            builders.item(
                5000, builders.LAST, 1.0, "this is terrible and awful, but the map is great"
            )
        ],
        how="poll",
    )
    waiting = flooded.scores.unscored(builders.APP)
    flooded.scores.write(builders.APP, "vader-3.3.2", [(row.text_hash, -0.5) for row in waiting])
    at = open_page("explore", words="terrible")
    (why,) = [e for e in at.expander if "Which words" in e.label]
    assert "valence" not in shown(at)
    why.proto.expanded = True
    at.session_state["why"] = True
    at.run()
    text = shown(at)
    assert "terrible" in text
    assert "great" in text
    assert "vader-3.3.2" in "".join(c.value for c in at.caption)
