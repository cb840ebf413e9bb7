"""The brief: complete, self-contained, harmless, and without small numbers."""

import re
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from pypdf import PdfReader

from analysis.incidents.impact import Impact
from analysis.incidents.stored import stored_incident
from analysis.incidents.was_watched import as_seen
from analysis.records import Excerpt, GivenReason, Incident, Phrase
from analysis.words.incident import by_chance, expected
from collector.errors import ConfigError
from collector.store import Store
from dashboard.brief import drafts_page, report, write_report
from dashboard.brief.contents import concern, contents, drafts, questions, statement
from dashboard.brief.drawable import replaced, texts_in, undrawable
from dashboard.brief.paper import paper_of
from dashboard.command_line.incident_lines import brief as terminal
from dashboard.incident import impact_words, incident_texts
from dashboard.incident.around import Around
from dashboard.incident.near_onset import to_be_read
from dashboard.incident.next_hour import is_continued, next_steps
from dashboard.words.catalogue import Wording
from tests.dashboard import builders

NOW = datetime(2024, 5, 8, 12, 0, tzinfo=UTC)
WORDS = Wording("en", ZoneInfo("America/Chicago"))


@pytest.fixture
def filled(store: Store) -> Store:
    builders.fill(store)
    return store


def html(store: Store, ending: str = ".html") -> str:
    return report(store, builders.ID, ending, NOW, WORDS).decode()


def test_html_answers_the_questions_in_order(filled: Store) -> None:
    page = html(filled)
    wanted = [
        "Tip line received 200 low-star reviews",
        "Most likely something outside the app (80%)",
        "Are there signs of coordination?",
        "Annex: how we know",
        "What we know",
        "What we do not know",
        "Timeline",
    ]
    places = [page.index(words.strip("“")) for words in wanted]
    assert places == sorted(places)
    assert "03:00 CDT" in page


def test_html_loads_nothing_and_runs_nothing(filled: Store) -> None:
    page = html(filled)
    assert not re.findall(r"(?:src|href)\s*=\s*[\"'](?!data:)", page)
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert "<b>explains</b>" not in page
    assert "&lt;b&gt;explains&lt;/b&gt;" in page


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("ended", [True, False])
def test_what_nobody_saw_neither_ends_nor_goes_on(filled: Store, lang: str, ended: bool) -> None:
    words = Wording(lang, ZoneInfo("UTC"))
    made = builders.incident(ended=ended)
    if ended:
        made["unseen_since"] = made["ended_at"]
    filled.incidents.replace(builders.APP, [(made, "unseen")], [])
    found = contents(filled, builders.ID, words, NOW + timedelta(days=9))
    last = builders.END if ended else builders.LAST
    assert found.headline.endswith(words("headline-unseen", since=words.time(last)))
    assert words("state-unseen", since=words.time(last)) in [fact[1] for fact in found.facts]
    assert next_steps(stored(filled), words)[-1] == words("next-look-open")


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("cause", ["release", "promotion", "undetermined"])
def test_praise_is_no_emergency(filled: Store, lang: str, cause: str) -> None:
    words = Wording(lang, ZoneInfo("UTC"))
    made = builders.incident(ended=False, direction="positive", cause=cause)
    assert (made["coordination"], made["ended_at"]) == ("some", None)
    filled.incidents.replace(builders.APP, [(made, "praise")], [])
    found = drafts(filled, builders.ID, words, NOW)
    assert next_steps(stored(filled), words) == [
        words(f"next-praise-{step}")
        for step in ("calm-signs", "promotion", "thank", "stores", "look")
    ]
    assert next_steps(builders.read({**made, "coordination": "none_seen"}), words)[0] == words(
        "next-praise-calm"
    )
    over = builders.read({**made, "ended_at": made["peak_at"]})
    assert next_steps(over, words)[-1] == words("next-look-over")
    thanks = "promotion" if cause == "promotion" else "praise"
    assert found.statement == words(f"statement-{thanks}", name="Tip line")
    assert contents(filled, builders.ID, words, NOW).headline in found.concern
    asked = [question for question, _ in found.questions]
    assert words("question-asked") in asked
    assert not {words("question-removed"), words("question-safe")} & set(asked)
    complaint = builders.read({**made, "direction": "negative"})
    assert concern(complaint, "Tip line", words) != found.concern
    assert next_steps(complaint, words)[0] == words(
        "next-works-version" if cause == "release" else "next-works"
    )


@pytest.mark.parametrize(
    ("years", "told"), [(2.0, 2), (2.6, 3), (3.5, 4), (7.4, 7), (11.5, 12), (427.4, 427)]
)
def test_years_are_rounded(years: float, told: int) -> None:
    assert by_chance(years * 365.25, WORDS) == f"by chance about once in {told} years"


@pytest.mark.parametrize(
    ("items", "told"), [(0.4, "0.4"), (0.96, "1.0"), (1.4, "1"), (6.8, "7"), (13.5, "14")]
)
def test_expected_items_are_rounded_alike(items: float, told: str) -> None:
    made = builders.flood(expected_items=items)
    assert f" ({told} expected)" in terminal(made)
    assert expected(items, WORDS) == told


def test_html_is_well_formed(filled: Store) -> None:
    void = {"meta", "img", "br", "link"}
    open_tags: list[str] = []

    class Checker(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in void:
                open_tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert open_tags.pop() == tag

    Checker().feed(html(filled))
    assert open_tags == []


def test_no_text_of_a_review_and_no_rare_phrase_leaves_the_house(store: Store) -> None:
    builders.fill(store)
    rare = Phrase(phrase="rare words", items=4, authors=4, before_items=0, score=9.0)
    lone = Phrase(phrase="one loud person", items=60, authors=1, before_items=0, score=9.0)
    shared = Phrase(phrase="bring it back", items=150, authors=140, before_items=3, score=9.0)
    made = builders.incident(phrases=[rare, lone, shared])
    store.incidents.replace(builders.APP, [(made, "mark")], [])
    page = html(store)
    assert "rare words" not in page
    assert "one loud person" not in page
    assert "bring it back" in page
    assert "fewer than 5" in page
    for number in (0, 50, 199):
        assert f"bring it back {number}" not in page


def test_a_note_of_a_colleague_stays_inside(filled: Store) -> None:
    from collector.records import StoredDecision

    filled.decisions.add(
        StoredDecision(
            app=builders.APP,
            incident_id=builders.ID,
            at=builders.ONSET,
            made_at=NOW,
            kind="note",
            text="internal remark",
        )
    )
    assert "internal remark" not in html(filled)


def test_simulated_is_said(store: Store) -> None:
    builders.fill(store, simulated=True)
    assert "SIMULATED" in html(store)


def test_pdf_is_accessible_and_repeatable(filled: Store) -> None:
    made = report(filled, builders.ID, ".pdf", NOW, WORDS)
    assert made.startswith(b"%PDF-")
    plain = made + b"".join(_streams(made))
    for mark in (b"/StructTreeRoot", b"pdfuaid", b"/Lang"):
        assert mark in plain
    assert made == report(filled, builders.ID, ".pdf", NOW, WORDS)


def test_pdf_takes_hostile_names_as_text(store: Store) -> None:
    store.apps.ensure(builders.APP, '#panic("x") $x^2$ *b* <l> @ref ' + builders.HOSTILE)
    builders.fill(store)
    assert report(store, builders.ID, ".pdf", NOW, WORDS).startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["brief.html", "brief.PDF"])
def test_writes_the_file(filled: Store, tmp_path: Path, name: str) -> None:
    write_report(filled, builders.ID, tmp_path / name, NOW)
    assert (tmp_path / name).stat().st_size > 5_000


def test_unknown_ending_and_unknown_incident_are_explained(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="must end in"):
        write_report(filled, builders.ID, tmp_path / "brief.docx", NOW)
    with pytest.raises(ConfigError, match="no incident nowhere"):
        write_report(filled, "nowhere", tmp_path / "brief.html", NOW)
    assert list(tmp_path.glob("brief*")) == []


def _streams(pdf: bytes) -> list[bytes]:
    found = []
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return found


SCRIPTS = "漢字 العربية 한국어 😀👍🏽 ไทย"


def test_pdf_draws_every_script_or_names_it(store: Store) -> None:
    store.apps.ensure(builders.APP, SCRIPTS + " \ue123\U000e01f0")
    phrases = [
        Phrase(phrase=word, items=90, authors=80, before_items=0, score=9.0)
        for word in SCRIPTS.split()
    ]
    builders.fill(store)
    store.incidents.replace(builders.APP, [(builders.incident(phrases=phrases), "mark")], [])
    assert report(store, builders.ID, ".pdf", NOW, WORDS).startswith(b"%PDF-")
    page = html(store)
    assert all(word in page for word in SCRIPTS.split())


def test_without_fonts_scripts_are_named_not_boxed() -> None:
    missing = undrawable([SCRIPTS, "Zürich é —"], system_fonts=False)
    assert set("漢字한국어") <= missing
    assert not missing & set("Zürich é —")
    said = replaced({"a": ["one 漢字 two"], "b": 3}, missing, WORDS)
    assert said == {"a": ["one [CJK, 2 characters] two"], "b": 3}
    assert undrawable(texts_in(said), system_fonts=False) == frozenset()


def test_spanish_brief_is_spanish_throughout(filled: Store) -> None:
    page = report(filled, builders.ID, ".html", NOW, Wording("es", ZoneInfo("Europe/Madrid")))
    text = re.sub(r"<[^>]+>", " ", page.decode())
    for english in (" reviews ", "Not testable", "What we know", " of the ", " before", " UTC"):
        assert english not in text, english
    assert "CEST" in text
    assert report(
        filled, builders.ID, ".pdf", NOW, Wording("es", ZoneInfo("Europe/Madrid"))
    ).startswith(b"%PDF-")


def test_small_numbers_inside_the_evidence_stay_inside(store: Store) -> None:
    builders.fill(store)
    made = builders.incident()
    for n, (signal, details) in enumerate(
        [("edits", {"reviews": 3}), ("co_action", {"people": 2, "people_again": 0, "posts": 90})]
    ):
        made["evidence"][n] |= {"signal": signal, "details": details, "baseline": 0.2}
        made["evidence"][n] |= {"value": float(next(iter(details.values())))}
    store.incidents.replace(builders.APP, [(made, "mark")], [])
    page = html(store)
    assert page.count("fewer than 5") >= 3
    assert "<td>3</td>" not in re.sub(r' dir="auto"', "", page)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_small_incident_keeps_its_number_everywhere(store: Store, lang: str) -> None:
    """Headline, facts, what is known, drafts and stars: four reviews are fewer than five."""
    words = Wording(lang, ZoneInfo("UTC"))
    store.apps.ensure(builders.APP, "Tip line")
    step = timedelta(hours=1)
    store.items.write(
        [builders.item(n, builders.ONSET + step * n, 1.0, "no") for n in range(4)]
        + [builders.item(50 + n, builders.ONSET - step * n, 5.0, "yes") for n in range(1, 4)],
        how="import",
    )
    store.hourly.recount(builders.APP)
    # As the analysis makes it: no mean of fewer than five.
    made = builders.incident(items=4, rating_before=None, rating_during=None, escalations=[])
    store.incidents.replace(builders.APP, [(made, "mark")], [])
    filled = contents(store, builders.ID, words, NOW)
    few = words("fewer-than", k=5)
    edited = drafts(store, builders.ID, words, NOW)
    told = [filled.headline, filled.known[0], edited.concern, edited.questions[0][1]]
    assert all(few in said for said in (*told, filled.facts[0][1]))
    assert filled.impact[1] == []
    page = re.sub(r"<style>.*?</style>|data:[^\"]*", "", html_of(store, words), flags=re.DOTALL)
    assert filled.facts[1][1] == f"{words.number(None, 1)} → {words.number(None, 1)}"
    assert not re.search(r"(?<![\d.,:])4 (low|reviews|reseñas)", page)


def html_of(store: Store, words: Wording) -> str:
    return report(store, builders.ID, ".html", NOW, words).decode()


def test_stores_with_few_ratings_are_no_row_of_the_brief(filled: Store) -> None:
    (whole, few) = (impact("all", 300, 200), impact("google_play", 100, 3))
    assert len(impact_words.rows([whole, few], WORDS)) == 2
    assert [row.shop for row in impact_words.rows([whole, few], WORDS, 5)] == ["all together"]


def impact(source: str, ratings: int, swing: int) -> Impact:
    return Impact(
        source=source,
        country="all",
        basis="reviews",
        ratings=ratings,
        swing_ratings=swing,
        stars_before=4.0,
        stars_with=2.0,
        stars_without=4.0,
        swing_with=1.0,
        swing_without=None,
        excess=(1.0, 0.0, 0.0, 0.0, 0.0),
        sides=None,
        recovery_days=None,
        recovery_low=None,
        recovery_high=None,
    )


def test_a_statement_stands_on_one_side_only(store: Store) -> None:
    """What came just before speaks for the reading by its call; the rest could speak against it."""
    builders.fill(store)
    made = builders.incident()
    before = [("call to action", "the first post", 4.0), ("statement", "City <b>explains</b>", 2.0)]
    made["evidence"][0] |= {"signal": "trigger", "speaks_for": "external", "value": 2.0}
    made["evidence"][0]["details"] = {
        "candidates": [{"kind": k, "what": w, "hours_before": h} for k, w, h in before]
    }
    store.incidents.replace(builders.APP, [(made, "mark")], [])
    filled = contents(store, builders.ID, WORDS, NOW)
    assert "the first post that asks to act" in " ".join(filled.reading.speaks_for)
    assert "explains" not in " ".join(filled.reading.speaks_for)
    assert "explains" in " ".join(filled.reading.against)
    assert not [row for row in filled.evidence[1] if "explains" in row[1]]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_drafts_claim_nothing_that_the_data_cannot_know(filled: Store, lang: str) -> None:
    words = Wording(lang, ZoneInfo("UTC"))
    made = builders.incident()
    for cause in ("release", "service", "external", "promotion", "launch", "undetermined"):
        statement = words(f"statement-{cause}", name="Tip line")
        assert "[" in statement
        assert not re.search("available|disponible|we read|las leemos", statement, re.IGNORECASE)
        draft = questions(builders.read(made | {"cause": cause}), "Tip line", words)[1][1]
        assert cause in ("launch", "undetermined") or words.percent(0.8) in draft
    page = report(filled, builders.ID, ".html", NOW, words).decode()
    assert words("fact-volume-chance", chance="").strip() in page


def test_the_first_page_has_no_steps_of_the_staff_and_no_drafts(filled: Store) -> None:
    page = html(filled)
    for key in ("next-title", "next-works", "report-drafts", "report-concern"):
        assert WORDS(key) not in page
    assert "it may speak for or against: version" in page
    drafted = drafts_page(filled, builders.ID, NOW, WORDS).decode()
    for key in ("report-drafts", "report-statement", "report-questions", "report-concern"):
        assert WORDS(key) in drafted


def test_the_first_page_is_one_page(filled: Store) -> None:
    """What a mayor reads stands before the annex, and the annex begins on a page of its own."""
    excerpts = [
        Excerpt(reason="server", text="it " + "spins " * 35 + f"{n}", stars=1.0) for n in range(4)
    ]
    reasons = [GivenReason(reason="server", reviews=150, share=0.75, share_before=0.0, once=140)]
    made = builders.incident(excerpts=excerpts, reasons=reasons)
    filled.incidents.replace(builders.APP, [(made, "full")], [])
    page = html(filled)
    titles = [WORDS(f"brief-{key}") for key in ("what", "say", "like", "signs", "works", "pace")]
    places = [page.index(f"<h2>{title}</h2>") for title in titles]
    assert places == sorted(places)
    assert "Most say that it is slow, down or full of errors (150 of 200)." in page
    found = [text.strip() for text in pages_of(report(filled, builders.ID, ".pdf", NOW, WORDS))]
    assert WORDS("brief-pace") in found[0]
    assert found[1].startswith(WORDS("brief-annex"))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize(
    ("zone", "paper"),
    [
        ("America/Chicago", "letter"),
        ("America/Mexico_City", "letter"),
        ("America/Sao_Paulo", "a4"),
        ("Europe/Madrid", "a4"),
        ("UTC", "a4"),
    ],
)
def test_paper_is_that_of_the_zone(zone: str, paper: str) -> None:
    assert paper_of(ZoneInfo(zone)) == paper


def stored(store: Store) -> Incident:
    found = stored_incident(store, builders.ID)
    assert found is not None
    return as_seen(store, found, NOW)


def test_known_and_the_card_say_the_same_of_what_is_missing(filled: Store) -> None:
    made = builders.incident() | {"coverage_basis": "imported"}
    filled.incidents.replace(builders.APP, [(made, "mark")], [])
    said = contents(filled, builders.ID, WORDS, NOW)
    assert said.facts[-1][1] == WORDS("coverage-imported")
    assert WORDS("coverage-imported") + "." in said.known


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_mean_of_few_reviews_before_is_held_back(filled: Store, lang: str) -> None:
    words = Wording(lang, ZoneInfo("UTC"))
    for before in (None, 4.0):
        made = builders.incident(rating_before=before)
        filled.incidents.replace(builders.APP, [(made, "mark")], [])
        said = contents(filled, builders.ID, words, NOW)
        assert (said.facts[1][2] == words("fact-stars-few")) == (before is None)
        assert (words.number(4.0, 1) in " ".join(said.known)) == (before is not None)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_alarm_is_of_the_reviews_and_says_how_long_before_that_of_the_talk_was(
    lang: str,
) -> None:
    words = Wording(lang, ZoneInfo("UTC"))
    plain = builders.flood()
    alarm, ahead = plain.alarmed_at, timedelta(hours=3)
    talk = replace(plain, where="both", talk_onset_at=alarm, talk_alarmed_at=alarm - ahead)
    rows = [
        next(row for row in incident_texts.facts(one, words) if row[0] == words("fact-alarm"))
        for one in (plain, talk, replace(talk, talk_alarmed_at=alarm + ahead))
    ]
    assert {value for _, value, _ in rows} == {words.time(alarm)}
    assert rows[0][2] == rows[2][2]
    assert rows[1][2].startswith(rows[0][2])
    assert words.length(ahead) in rows[1][2]


def test_hardly_any_is_said_in_words_and_a_bracket_of_one_length_is_not() -> None:
    made = builders.flood(expected_items=0.04)
    assert "hardly any were to be expected" in incident_texts.headline(made, "Tip line", WORDS)
    assert incident_texts.facts(made, WORDS)[0][1] == "200 against hardly any"
    assert "about 0.2 were" in incident_texts.headline(builders.flood(), "Tip line", WORDS)
    found = replace(
        impact("all", 9, 9), recovery_days=730.0, recovery_low=720.0, recovery_high=740.0
    )
    (row,) = impact_words.rows([found], WORDS)
    assert row.recovery == "about 2 years at the usual inflow"


def test_the_earlier_part_of_a_split_is_not_called_over() -> None:
    made = builders.flood()
    later = builders.flood(id="later", onset_at=builders.END, ended_at=None, split_from=made.id)
    assert is_continued(made, [later, made])
    assert not is_continued(later, [later, made])
    assert "continues in the next incident" in next_steps(made, WORDS, continued=True)[-1]
    assert "over by the counts" in next_steps(made, WORDS)[-1]


def test_a_far_statement_and_a_release_that_is_the_reading_are_not_held_against_it() -> None:
    made = builders.incident()
    times = [builders.ONSET + timedelta(hours=h) for h in (5, 30)]
    around = Around(
        pd.DataFrame(
            {"released_at": pd.to_datetime(times), "version": "2.0", "source": "google_play"}
        ),
        pd.DataFrame({"at": pd.to_datetime(times), "kind": "statement", "title": ["near", "far"]}),
        pd.DataFrame(),
    )
    said = to_be_read(builders.read(made | {"cause": "external"}), around, WORDS)
    assert len(said) == 2
    assert "far" not in " ".join(said)
    (only,) = to_be_read(builders.read(made | {"cause": "release"}), around, WORDS)
    assert "statement “near”, 5 hours after" in only


def test_praise_in_posts_is_thanked_for_and_nobody_asked_for_ratings() -> None:
    praised = builders.flood(direction="positive", where="social", cause="undetermined")
    assert statement(praised) == "statement-praise-talk"
    asked = [question for question, _ in questions(praised, "Tips", WORDS)]
    assert not any("ratings" in question for question in asked)
