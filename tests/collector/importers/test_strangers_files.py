"""Shapes in which other people's files came: invented rows in each, read right or refused with the
option that reads them."""

import csv
import io
import json
import os
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.dates.time_texts import parse_moment
from collector.errors import ImportFileError
from collector.importers.columns.field_map import columns_by_field
from collector.importers.reading.headers import distinct
from collector.importers.reading.old_encodings import refuse_old_encoding
from collector.store import Store
from tests.collector.importers.importing import NOW, Load, load  # noqa: F401  (fixture)

ROWS = 24
TEXTS = [f"the map stays grey after update {n}" for n in range(ROWS)]
DAYS = [f"2024-03-{1 + n:02}" for n in range(ROWS)]
STARS = [1 + n * 7 % 5 for n in range(ROWS)]


def table(path: Path, columns: dict[str, Any], encoding: str = "utf-8", above: str = "") -> Path:
    """A CSV file; a column is a list, or one value for all rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    for n in range(ROWS):
        writer.writerow([c[n] if isinstance(c, list) else c for c in columns.values()])
    path.write_bytes((above + text.getvalue()).encode(encoding))
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    return path


def printed(error: ImportFileError) -> dict[str, Any]:
    """The options that a refusal prints, as `import` takes them."""
    _, _, said = str(error).partition("To read it add ")
    words = iter(shlex.split(re.sub(r" instead of.*| \(in --map.*", "", said)))
    found: dict[str, Any] = {}
    for word in words:
        value = next(words)
        match word:
            case "--map":
                found["columns"] = columns_by_field([value])
            case "--app-from-column":
                found |= {"app_from_column": value, "app": None}
            case "--read-at":
                found["read_at"] = parse_moment(value)[0]
            case "--encoding":
                found["encoding"] = value
    return found


def read_as_printed(load: Load, path: Path) -> dict[str, Any]:  # noqa: F811
    """Reads a file by what its refusal prints; the options."""
    with pytest.raises(ImportFileError) as refused:
        load(path)
    options = printed(refused.value)
    assert options
    assert load(path, **options).bad == 0
    return options


def test_relative_dates_ask_when_they_were_read(
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    ago = [["2 days ago", "a week ago", "3 months ago"][n % 3] for n in range(ROWS)]
    path = table(tmp_path / "r.csv", {"name": "a", "rating": STARS, "when": ago, "review": TEXTS})
    assert "read_at" in read_as_printed(load, path)
    report = load(path, app="other", read_at=datetime(2024, 6, 15, tzinfo=UTC))
    found = store.items.frame("other")["created_at"]
    assert sorted({str(at.date()) for at in found}) == ["2024-03-15", "2024-06-08", "2024-06-13"]
    assert any("name no day" in notice for notice in report.notices)


def test_relative_dates_beside_the_time_of_reading(
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    columns = {"review": TEXTS, "rating": STARS, "date": "2 days ago", "scraped_at": DAYS}
    assert load(table(tmp_path / "r.csv", columns)).bad == 0
    assert store.items.frame("tips")["created_at"].min() == datetime(2024, 2, 28, tzinfo=UTC)


def test_months_alone_are_read_and_said(tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    path = table(tmp_path / "r.csv", {"Review": TEXTS, "Rating": STARS, "Date": "June 2024"})
    report = load(path)
    assert any("the first of their month" in notice for notice in report.notices)
    assert set(store.items.frame("tips")["created_at"]) == {datetime(2024, 6, 1, tzinfo=UTC)}


@pytest.mark.parametrize("name", ["", "index", "id", "review_id", "Unnamed: 0"])
def test_row_numbers_are_no_ids(
    name: str,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    columns = {name: list(range(ROWS)), "review": TEXTS, "rating": STARS, "date": DAYS}
    load(table(tmp_path / "one.csv", columns))
    other = columns | {"review": [f"another text altogether {n}" for n in range(ROWS)]}
    assert load(table(tmp_path / "two.csv", other)).counts.new == ROWS
    assert load(table(tmp_path / "one.csv", columns)).counts.unchanged == ROWS
    assert len(store.items.frame("tips")) == 2 * ROWS


def test_numbers_with_gaps_are_ids(tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    ids = [1000 + n * n for n in range(ROWS)]
    load(table(tmp_path / "r.csv", {"id": ids, "review": TEXTS, "rating": STARS, "date": DAYS}))
    assert set(store.items.frame("tips")["item_id"]) == {str(n) for n in ids}


def test_row_numbers_are_ids_where_a_person_says_so(
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    columns = {"id": list(range(ROWS)), "review": TEXTS, "rating": STARS, "date": DAYS}
    load(table(tmp_path / "r.csv", columns), columns={"review_id": "id"})
    assert "5" in set(store.items.frame("tips")["item_id"])


ENCODED = {
    "cp1254": "Gayet güzel bir telefon, şahane bataryası ve işlemcisi",
    "cp1251": "Приложение не открывается после обновления, ужас",
    "gb18030": "更新之后一直闪退无法登录，太差了，请尽快修复",
    "shift_jis": "アプデしてからログインできなくなりました。直してください",
    "cp949": "앱이 너무 느려요 업데이트 해주세요 로그인이 안됩니다",
    "cp1252": "It’s great — I don’t know why the café’s app won’t open",
    "cp1250": "Aplikacja się nie otwiera, proszę naprawić błąd",
    "cp1256": "التطبيق لا يعمل بعد التحديث الأخير",
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_old_encodings_are_named(
    encoding: str,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    texts = [f"{ENCODED[encoding]} {n}" for n in range(ROWS)]
    columns = {"date": DAYS, "rating": STARS, "text": texts}
    read_as_printed(load, table(tmp_path / "r.csv", columns, encoding=encoding))
    assert set(store.items.frame("tips")["text"]) == set(texts)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(min_size=1, max_size=40))
def test_utf8_is_never_taken_for_another_encoding(text: str, tmp_path: Path) -> None:
    path = tmp_path / "u.csv"
    path.write_text(f"date,text\n2024-01-01,{text}\n", encoding="utf-8", errors="replace")
    refuse_old_encoding(path)


def test_a_column_of_dates_for_the_most_part_is_offered(tmp_path: Path, load: Load) -> None:  # noqa: F811
    days = [day if n % 4 else "06 Nisan, Per" for n, day in enumerate(DAYS)]
    path = table(tmp_path / "r.csv", {"Wann": days, "rating": STARS, "text": TEXTS})
    with pytest.raises(ImportFileError) as refused:
        load(path)
    report = load(path, **printed(refused.value))
    assert (report.counts.new, report.bad) == (ROWS - 6, 6)


def test_a_title_above_the_header(tmp_path: Path, load: Load) -> None:  # noqa: F811
    columns = {"Date": DAYS, "Rating": STARS, "Review": TEXTS}
    path = table(tmp_path / "r.csv", columns, above="Reviews of Helper\nExported 2024-05-01\n\n")
    assert (load(path).counts.new, load(path).counts.unchanged) == (ROWS, ROWS)


def test_a_file_without_a_header(tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    path = tmp_path / "r.csv"
    rows = [
        f'"0","14678{n:05}","Mon Apr 06 22:{n:02}:45 PDT 2009","NO_QUERY","ann","{TEXTS[n]}"'
        for n in range(ROWS)
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    assert load(path, kind="post").counts.new == ROWS
    assert set(store.items.frame("tips")["text"]) == set(TEXTS)


@given(names=st.lists(st.sampled_from(["a", "a (2)", "b", " a", ""]), max_size=8))
def test_names_of_columns_are_distinct(names: list[str]) -> None:
    found = [name for name in distinct(names) if name]
    assert len(found) == len(set(found))
    assert len(distinct(names)) == len(names)


def test_ten_points_a_bubble(tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    points = [10 * stars for stars in STARS]
    load(table(tmp_path / "r.csv", {"date": DAYS, "rating": points, "review": TEXTS}))
    assert sorted(store.items.frame("tips")["rating"]) == sorted(map(float, STARS))


def test_zero_stars_are_none_given(tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    stars = [0 if n % 6 == 0 else s for n, s in enumerate(STARS)]
    assert load(table(tmp_path / "r.csv", {"date": DAYS, "score": stars, "review": TEXTS})).bad == 0
    found = store.items.frame("tips")
    assert (len(found), int(found["rating"].isna().sum())) == (ROWS, 4)


@pytest.mark.parametrize("name", ["Restaurant", "hotel_name", "ProductId", "bank", "website"])
def test_several_things_reviewed_are_split(
    name: str,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    things = [f"thing {n // 8}" for n in range(ROWS)]
    columns = {name: things, "date": DAYS, "rating": STARS, "review": TEXTS}
    options = read_as_printed(load, table(tmp_path / "r.csv", columns))
    assert options["app_from_column"] == name
    assert len(store.apps.keys()) == 3


def messages(**row: Any) -> list[dict[str, Any]]:
    return [
        {key: v[n] if isinstance(v, list) else v for key, v in row.items()} for n in range(ROWS)
    ]


POSTS: dict[str, tuple[Any, str]] = {
    "a chat of Telegram": (
        {"name": "c", "type": "public_channel", "messages": messages(
            id=list(range(ROWS)), type="message", date=[f"{d}T10:00:00" for d in DAYS],
            date_unixtime="1711000000", from_id="user1",
            text=[["see ", {"type": "link", "text": "x.example"}, f" {t}"] for t in TEXTS])},
        "telegram",
    ),
    "a channel of Discord": (
        {"guild": {"id": "1"}, "channel": {"id": "2"}, "messages": messages(
            id=[f"9{n:017}" for n in range(ROWS)], type="Default",
            timestamp=[f"{d}T10:00:00.000+00:00" for d in DAYS], timestampEdited=None,
            content=TEXTS, author=[{"id": "5", "name": "ann"}] * ROWS, attachments=[[]] * ROWS)},
        "discord",
    ),
    "Hacker News": (
        {"hits": messages(created_at=[f"{d}T10:00:00Z" for d in DAYS], author="ann",
            comment_text=[f"<p>{t} &#x27;x&#x27;" for t in TEXTS], story_id=1, points=None,
            objectID=[str(3_000_000 + 7 * n) for n in range(ROWS)], created_at_i=1711000000)},
        "hacker_news",
    ),
    "comments under a video": (
        messages(videoId="v", commentId=[f"Ug{n}" for n in range(ROWS)], textDisplay=TEXTS,
            textOriginal=TEXTS, authorDisplayName="@ann", likeCount=1, publishedAt=DAYS),
        "youtube",
    ),
    "Mastodon, flattened": (
        messages(post_id=[str(10**17 + 31 * n) for n in range(ROWS)], content=TEXTS,
            created_at=[f"{d}T10:00:00Z" for d in DAYS], author="@ann", replies_count=0,
            favourites_count=1),
        "mastodon",
    ),
    "Weibo": (messages(微博正文=TEXTS, 发布时间=DAYS, 点赞数=3, 用户昵称="a"), "weibo"),
}  # fmt: skip


@pytest.mark.parametrize("case", POSTS)
def test_posts_of_networks(
    case: str,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    value, network = POSTS[case]
    path = tmp_path / "posts.json"
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    report = load(path)
    assert (report.counts.new, report.bad) == (ROWS, 0)
    found = store.items.frame("tips")
    assert set(found["source"]) == {network}
    assert set(found["kind"]) == {"post"}
    assert all(any(text in said for text in TEXTS) and "<p>" not in said for said in found["text"])


def test_objects_as_python_prints_them(tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    path = tmp_path / "steam.json"
    rows = [
        repr({"user_id": f"u{n}", "reviews": [{"posted": "Posted November 5, 2011.",
              "recommend": bool(n % 2), "review": f"{TEXTS[n]}, don't"}]})
        for n in range(ROWS)
    ]  # fmt: skip
    path.write_text("\n".join(rows), encoding="utf-8")
    assert load(path).counts.new == ROWS
    assert set(store.items.frame("tips")["rating"]) == {1.0, 5.0}


def test_a_row_that_is_code_is_a_bad_row(tmp_path: Path, load: Load) -> None:  # noqa: F811
    path = tmp_path / "rows.jsonl"
    good = json.dumps({"date": "2024-01-01", "rating": 1, "text": "a"})
    path.write_text(f"{good}\n{{'date': __import__('os')}}\n{good}\n", encoding="utf-8")
    report = load(path)
    assert (report.bad, report.rows) == (1, 3)


def test_lists_of_reviews_in_cells(tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    reviews = [
        json.dumps([{"Posted Date": "Updated Oct 25, 2022", "Rating": "2", "Content": text}])
        for text in TEXTS
    ]
    columns = {"Company Name": "Helper", "Trust Score": 5, "Reviews": reviews}
    report = load(table(tmp_path / "r.csv", columns))
    assert (report.counts.new, report.bad) == (ROWS, 0)
    found = store.items.frame("tips")
    assert set(found["text"]) == set(TEXTS)
    assert set(found["rating"]) == {2.0}


GRADED = {
    "bad is not the last": ("Excellent", "Good", "OK", "Bad", "Terrible"),
    "bad is the last": ("Excellent", "Great", "Average", "Poor", "Bad"),
    "en": ("Excellent", "Good", "Average", "Poor", "Terrible"),
    "es": ("Muy bueno", "Bueno", "Regular", "Malo", "Pésimo"),
    "de": ("Sehr gut", "Gut", "Mittel", "Schlecht", "Sehr schlecht"),
    "ru": ("Отлично", "Хорошо", "Нормально", "Плохо", "Ужасно"),
    "zh": ("很好", "好", "一般", "差", "很差"),
}


@pytest.mark.parametrize("lang", GRADED)
@pytest.mark.parametrize("name", ["Experience", "Rating"])
def test_ratings_in_words_are_never_lost(
    name: str,
    lang: str,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    """Read where the column is called so; else the file is refused with what reads it."""
    said = [GRADED[lang][5 - star] for star in STARS]
    path = table(tmp_path / "graded.csv", {"Date": DAYS, name: said, "Comment": TEXTS})
    if name == "Experience":
        with pytest.raises(ImportFileError, match="Experience") as refused:
            load(path)
        load(path, **printed(refused.value))
    else:
        load(path)
    items = store.items.frame("tips").sort_values("created_at")
    assert items["rating"].tolist() == STARS
    assert items["rating_given"].tolist() == said


@pytest.mark.parametrize(("name", "asks"), [("Rating", False), ("Score", True)])
def test_percents_are_ratings_where_a_column_is_called_so(
    name: str,
    asks: bool,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    percents = [f"{20 * star}%" for star in STARS]
    columns = {"Date": DAYS, name: percents, "Battery": percents[::-1], "Comment": TEXTS}
    path = table(tmp_path / "percent.csv", columns)
    if asks:
        with pytest.raises(ImportFileError, match="Score") as refused:
            load(path)
        load(path, **printed(refused.value))
    else:
        load(path)
    assert store.items.frame("tips").sort_values("created_at")["rating"].tolist() == STARS


@pytest.mark.parametrize("name", ["Sentiment", "Battery", "upvote_ratio"])
def test_words_and_percents_of_other_things_are_no_ratings(
    name: str,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    other = ["positive" if star > 3 else "negative" for star in STARS]
    cells = other if name == "Sentiment" else [f"{20 * star}%" for star in STARS]
    load(table(tmp_path / "other.csv", {"Date": DAYS, name: cells, "Comment": TEXTS}))
    assert store.items.frame("tips")["rating"].isna().all()


def test_an_archive_of_a_mastodon_account(tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    """ActivityPub's outbox: the notes are the posts, what is passed on is no row."""
    notes = [
        {
            "id": f"https://m.example/users/a/statuses/{n}/activity", "type": "Create",
            "published": f"{day}T10:00:00Z",
            "object": {
                "id": f"https://m.example/users/a/statuses/{n}", "type": "Note",
                "attributedTo": "https://m.example/users/a", "published": f"{day}T10:00:00Z",
                "content": f"<p>{text} &amp; more</p>", "summary": None,
            },
        }
        for n, (day, text) in enumerate(zip(DAYS, TEXTS, strict=True))
    ]  # fmt: skip
    boost = {
        "id": "b",
        "type": "Announce",
        "published": "2024-03-01T10:00:00Z",
        "object": "https://x",
    }
    path = tmp_path / "outbox.json"
    path.write_text(json.dumps({"type": "OrderedCollection", "orderedItems": [*notes, boost]}))
    load(path)
    items = store.items.frame("tips").sort_values("created_at")
    assert items["text"].tolist() == [f"{text} & more" for text in TEXTS]
    assert set(items["kind"]) == {"post"}
    assert set(items["source"]) == {"mastodon"}


def test_an_archive_of_an_x_account(tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    made = [
        {"tweet": {"id_str": str(10**18 + n), "full_text": text, "entities": {}, "lang": "en",
                   "created_at": f"Fri Mar {n + 1:02} 10:00:00 +0000 2024"}}
        for n, text in enumerate(TEXTS)
    ]  # fmt: skip
    path = tmp_path / "tweets.js"
    path.write_text(f"window.YTD.tweets.part0 = {json.dumps(made)}")
    load(path)
    items = store.items.frame("tips")
    assert (set(items["kind"]), set(items["source"]), len(items)) == ({"post"}, {"x"}, ROWS)
