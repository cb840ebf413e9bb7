"""Wherever pages and the brief say "reviews", they say how many of them are changed opinions."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from analysis import load_series, load_trends
from analysis.incidents import removals
from analysis.incidents.at_moment import at_moment
from analysis.records import Removal
from analysis.scored_items import SeriesHour
from analysis.trends.bins import Span
from analysis.words.incident import changed_of
from collector import record_frames
from collector.store import Store
from collector.store.records import ChangedReviews
from dashboard import queries
from dashboard.alerting.message import News, message
from dashboard.alerting.settings import AlertSettings
from dashboard.brief.contents import contents
from dashboard.command_line import incident_lines
from dashboard.incident import incident_texts
from dashboard.incident.moment_sentence import sentence
from dashboard.overview import comparing, overview_words
from dashboard.trends import organisation
from dashboard.trends.asked import Asked
from dashboard.trends.week import week
from dashboard.words.catalogue import Wording
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage

CHANGED = 96
MANY = {"changed_items": CHANGED, "higher_before": CHANGED, "lower_before": 0}


@pytest.fixture
def turned(flooded: Store) -> Store:
    """The flood, and in its middle some of those who had been content before change their stars."""
    step = timedelta(minutes=5)
    content = [
        builders.item(
            5000 + n, builders.ONSET - timedelta(days=60, minutes=n), 5.0, f"very good {n}"
        )
        for n in range(CHANGED)
    ]
    at = [builders.ONSET + timedelta(hours=9) + n * step for n in range(CHANGED)]
    storm = [
        replace(one, created_at=when, last_seen=when, first_seen=when, arrived_at=when, rating=1.0,
                text=f"changed my stars after what happened {n}")
        for n, (one, when) in enumerate(zip(content, at, strict=True))
    ]  # fmt: skip
    flooded.items.write(content, how="poll")
    flooded.items.write(storm, how="poll")
    flooded.hourly.settle(builders.APP, flooded.hourly.recount(builders.APP))
    return flooded


def said(at: AppTest) -> str:
    return "\n".join(m.value for m in at.markdown)


def test_explore_counts_them_above_the_list(turned: Store, open_page: OpenPage) -> None:
    low = said(open_page("explore", stars="1", since="2024-05-05"))
    assert "296 items, 96 of them changed opinions (96 had more stars before)" in low
    assert "changed opinions" not in said(open_page("explore", stars="4"))
    spanish = said(open_page("explore", stars="1", since="2024-05-05", lang="es"))
    assert "96 de ellos opiniones cambiadas" in spanish


def test_the_hour_bars_say_it_in_words_and_in_their_table(
    turned: Store, open_page: OpenPage
) -> None:
    at = open_page("incident")
    charts = at.get("vega_lite_chart")
    low = next(c for c in charts if "Low-star" in c.proto.alt)
    assert "Of all in these bars, 96 are changed opinions." in low.proto.alt
    assert all("changed" not in c.proto.alt for c in charts if "High-star" in c.proto.alt)
    table = next(t.value for t in at.dataframe if "Changed opinions among them" in t.value)
    assert table["Changed opinions among them"].sum() == CHANGED


def test_overview_counts_those_of_the_last_day(turned: Store, open_page: OpenPage) -> None:
    turned.runs.write(builders.run(builders.ONSET + timedelta(hours=19)))
    (found,) = queries.situations(turned, builders.ONSET + timedelta(hours=20))
    assert found.last_day_changed.reviews == CHANGED
    row = overview_words.app_row(found, Wording("en", ZoneInfo("UTC")))
    assert row.day_changed == "96 of them changed opinions (96 had more stars before)"


def test_each_day_of_the_overview_says_its_own(turned: Store) -> None:
    (found,) = queries.situations(turned, builders.ONSET + timedelta(hours=20))
    assert sum(found.daily_changed) == CHANGED
    row = overview_words.app_row(found, Wording("en", ZoneInfo("UTC")))
    told = [day.label for day in row.spark_days if "changed opinion" in day.label]
    assert told
    assert all(label.split(": ")[1].count(" of them changed opinions") == 1 for label in told)
    spanish = overview_words.app_row(found, Wording("es", ZoneInfo("UTC")))
    assert any("de ellas opiniones cambiadas" in day.label for day in spanish.spark_days)


@pytest.mark.parametrize("page", ["incident", "compare"])
def test_the_choice_of_a_bar_says_it(turned: Store, open_page: OpenPage, page: str) -> None:
    at = open_page(page)
    assert not at.exception
    (choice,) = (one for one in at.selectbox if one.label == "Bar")
    told = [text for text in choice.options if "changed opinion" in text]
    assert sum(int(text.rsplit(", ", 1)[1].split()[0].replace("one", "1")) for text in told) == 96
    assert any("changed" not in text for text in choice.options)


def test_compare_says_it_of_the_incident_of_each_bar_and_in_words(
    turned: Store, open_page: OpenPage
) -> None:
    at = open_page("compare")
    (chart,) = at.get("vega_lite_chart")
    assert "Of all in these bars, 96 are changed opinions." in chart.proto.alt
    table = next(t.value for t in at.dataframe if "Changed opinions among them" in t.value)
    assert table["Changed opinions among them"].sum() == CHANGED
    spoken = comparing.rows([("Tips", builders.flood(**MANY))], Wording("en", ZoneInfo("UTC")))
    assert "96 of them changed opinions" in spoken[0][2]


def test_trends_say_it_in_sentence_links_choices_and_table(
    turned: Store, open_page: OpenPage
) -> None:
    at = open_page("trends", days="30")
    assert not at.exception
    assert "96 of the reviews are changed opinions." in said(at).replace("\\", "")
    labels = [link.proto.label for link in at.get("page_link")]
    assert any(text.endswith(" reviews, 96 of them changed opinions") for text in labels)
    (choice,) = (one for one in at.selectbox if one.label == "Bin")
    assert any("of them changed opinions" in text for text in choice.options)
    name = "Reviews by stars: Changed opinions among them"
    table = next(t.value for t in at.dataframe if name in t.value)
    assert sum(int(number) for number in table[name]) == CHANGED
    spanish = said(open_page("trends", days="30", lang="es"))
    assert "96 de las reseñas son opiniones cambiadas." in spanish.replace("\\", "")


def test_groups_of_trends_say_it(turned: Store, open_page: OpenPage) -> None:
    at = open_page("trends", days="30", by="version")
    (table,) = (t.value for t in at.dataframe if "Changed opinions among them" in t.value)
    assert sum(int(number) for number in table["Changed opinions among them"]) == CHANGED


def test_the_lines_of_an_organisation_say_it(turned: Store) -> None:
    words = Wording("en", ZoneInfo("UTC"))
    span = Span(builders.ONSET - timedelta(days=5), builders.ONSET + timedelta(days=2))
    asked = Asked(span, "day", "previous", None)
    found = organisation.changed(turned, builders.APP, asked, builders.LAST, words)
    (line,) = organisation.lines([found], turned.apps.all(), asked, words)
    assert ", 96 of them changed opinions, before " in line.reviews


def test_the_week_says_it(turned: Store) -> None:
    (app,) = queries.apps(turned)
    words = Wording("en", ZoneInfo("UTC"))
    found = week(turned, app, builders.ONSET + timedelta(days=2), builders.LAST, words)
    assert "96 of the reviews are changed opinions." in found.lead[0]


def test_exports_of_hours_and_of_trends_have_a_column(turned: Store) -> None:
    hours = load_series(builders.APP, store=turned)
    assert hours["changed_items"].sum() == CHANGED
    assert (hours["changed_items"] <= hours["items"]).all()
    points = load_trends(builders.APP, store=turned, bin="day", now=builders.LAST)
    of_reviews = points["panel"] == "reviews"
    assert points.loc[of_reviews, "changed"].sum() == CHANGED
    assert points.loc[~of_reviews, "changed"].isna().all()


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "; 200 reviews (96 of them changed opinions) up to the last full hour."),
        ("es", "; 200 reseñas (96 de ellas opiniones cambiadas) hasta la última hora completa."),
    ],
)
def test_the_line_of_the_replay_says_it(lang: str, told: str) -> None:
    hour = record_frames.to_frame(
        SeriesHour,
        [
            SeriesHour(
                app=builders.APP, source="google_play", kind="review", hour=builders.ONSET,
                stars=1, items=200, rating_sum=200.0, sentiment_sum=0.0, sentiment_items=0,
                changed_items=CHANGED,
            )
        ],
    )  # fmt: skip
    incident = builders.flood()
    then = at_moment(incident, builders.log(incident)[:1], hour, builders.END)
    assert sentence(then, Wording(lang, ZoneInfo("UTC"))).endswith(told)
    none = at_moment(
        incident, builders.log(incident)[:1], hour.assign(changed_items=0), builders.END
    )
    assert "(" not in sentence(none, Wording(lang, ZoneInfo("UTC")))


def test_sentence_terminal_and_brief_say_it(turned: Store) -> None:
    words = Wording("en", ZoneInfo("UTC"))
    incident = builders.flood(**MANY)
    (app,) = queries.apps(turned)
    told = "96 of them changed opinions (96 had more stars before)"
    assert told in overview_words.incident_sentence(app, incident, words)
    assert told in incident_lines.brief(incident).splitlines()[2]
    whole = contents(turned, builders.ID, words, builders.LAST)
    assert "Of all in these bars, 96 are changed opinions." in whole.picture_alt


def test_the_overview_names_reviews_that_vanished(turned: Store) -> None:
    (found,) = queries.situations(turned, builders.LAST)
    assert found.as_of is not None
    removal = Removal(
        at=found.as_of - timedelta(days=1), source="google_play", reviews=1_200, low=1_100, high=50,
        average_before=2.0, average_after=4.1,
    )  # fmt: skip
    row = overview_words.app_row(
        replace(found, removals=(removal,)), Wording("en", ZoneInfo("UTC"))
    )
    (line,) = row.removed
    assert "1,200 reviews vanished from Google Play: 1,100 with one or two stars" in line
    assert "average was 2.0 before and 4.1 after" in line


def test_only_removals_of_the_last_days_stand_on_the_overview(turned: Store) -> None:
    gone = builders.ONSET + timedelta(hours=18)
    turned.items.mark_gone(
        builders.APP, "google_play", walked_from=builders.ONSET, not_seen_since=gone, at=gone
    )
    (near,) = queries.situations(turned, gone + timedelta(days=1))
    assert [one.at for one in near.removals] == [gone]
    assert near.removals[0].reviews > 100
    later = gone + timedelta(days=8)
    turned.runs.write(builders.run(later))
    assert len(removals.waves(turned, builders.APP, later)) == 1
    (far,) = queries.situations(turned, later)
    assert (far.as_of, far.removals) == (later, ())


def test_the_incident_s_first_facts_begin_with_it() -> None:
    words = Wording("en", ZoneInfo("UTC"))
    remark = incident_texts.facts(builders.flood(**MANY), words)[0][2]
    assert remark.startswith("96 of them changed opinions (96 had more stars before); ")
    assert "changed" not in incident_texts.facts(builders.flood(), words)[0][2]


def test_alerts_say_it() -> None:
    incident = builders.flood(**MANY)
    news = News(incident, "Tip line", builders.log(incident)[:1], [])
    _, text = message(news, AlertSettings(), Wording("en", ZoneInfo("UTC")))
    assert "96 of them changed opinions (96 had more stars before)" in text


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "one of them a changed opinion (1 had more stars before)"),
        ("es", "una de ellas una opinión cambiada (1 tenía antes más estrellas)"),
    ],
)
def test_one_is_said_as_one(lang: str, told: str) -> None:
    assert changed_of(ChangedReviews(1, 1, 0), Wording(lang, ZoneInfo("UTC"))) == told
