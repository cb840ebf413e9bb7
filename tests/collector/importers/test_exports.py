"""Exports of other tools as they are: one invented item of each, read whole."""

import json
from pathlib import Path
from typing import Any

import pytest

from collector.errors import ImportFileError
from collector.store import Store
from tests.collector.importers.importing import Load, load, load_anywhere  # noqa: F401  (fixtures)

TEXT = "the map stays grey after the last update"
AT = "2026-01-05 10:00"
ID = "1050118621198921728"
CSVS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "google-play-scraper": (
        (",reviewId,userName,userImage,content,score,thumbsUpCount,reviewCreatedVersion,at,"
        "replyContent,repliedAt,appVersion"),
        (f"0,r1,Ann,https://x.example/i.png,{TEXT},1,3,2.1,2026-01-05 10:00:00,Sorry about that,"
        "2026-01-06 10:00:00,2.1"),
        {"source": "google_play", "item_id": "r1", "thumbs_up": 3, "version": "2.1",
         "reply_text": "Sorry about that"},
    ),
    "a dump with few columns": (
        "content,score,at", f"{TEXT},1,2026-01-05 10:00:00", {"source": "google_play"},
    ),
    "a dump under its own names": (
        "App,User,Date,Score,Review_ID,Review,Version,Reply",
        f"Helper,Ann,2026-01-05 10:00:00,1,r1,{TEXT},2.1,",
        {"item_id": "r1", "version": "2.1"},
    ),
    "a dump of both stores": (
        "date,username,review,rating,platform,developerResponse,language",
        f"2026-01-05,Ann,{TEXT},1,iOS,,en",
        {"source": "app_store", "lang": "en"},
    ),
    "app_store_scraper": (
        ",userName,review,isEdited,title,rating,date,developerResponse",
        f'0,Ann,{TEXT},False,broken,1,2026-01-05 10:00:00,"{{\'id\': 1, \'body\': \'Sorry\'}}"',
        {"source": "app_store", "title": "broken"},
    ),
    "Apple's RSS": (
        "author,im:version,im:rating,id,title,content,im:voteSum,im:voteCount,updated",
        f"Ann,2.1,1,99,broken,{TEXT},3,4,2026-01-05T03:00:00-07:00",
        {"source": "app_store", "item_id": "99", "version": "2.1", "thumbs_up": 3},
    ),
    "Apple's RSS with labels": (
        ("author.uri.label,author.name.label,updated.label,im:rating.label,im:version.label,id.label"
        ",title.label,content.label,content.attributes.type,link.attributes.rel,im:voteSum.label"),
        ("https://itunes.apple.com/u1,Ann,2026-01-05T03:00:00-07:00,1,2.1,99,broken,"
        f"{TEXT},text,related,0"),
        {"source": "app_store", "item_id": "99", "title": "broken"},
    ),
    "App Store Connect": (
        "id,rating,title,body,reviewerNickname,createdDate,territory",
        f"a1,1,broken,{TEXT},ann,2026-01-05T02:00:00-08:00,DEU",
        {"source": "app_store", "country": "de", "title": "broken"},
    ),
    "AppFollow": (
        "Date,App ID,Store,Rating,Title,Review,Author,App Version,Country,Language,On,Reply",
        f"2026-01-05,123,App Store,1,broken,{TEXT},Ann,2.1,us,en,2026-01-06,Sorry",
        {"source": "app_store", "country": "us", "version": "2.1", "reply_text": "Sorry"},
    ),
    "Appbot": (
        "App,Store,Date,Country,Version,Rating,Subject,Body,Author,Sentiment,Translated Body",
        f"Helper,Google Play,2026-01-05,United States,2.1,1,broken,{TEXT},ann,negative,",
        {"source": "google_play", "country": "us", "title": "broken"},
    ),
    "AppTweak": (
        "Date;Country;Language;Rating;Title;Review;Author;Version;Reply;Reply date",
        f"2026-01-05;US;en;1;broken;{TEXT};ann;2.1;;",
        {"country": "us", "lang": "en", "version": "2.1"},
    ),
    "Appfigures": (
        ("product_id,product_name,store,id,author,stars,title,review,version,date,iso,"
        "predicted_langs,has_response"),
        f"7,Helper,apple,x9,ann,1.00,broken,{TEXT},2.1,2026-01-05T10:00:00,US,en,False",
        {"source": "app_store", "country": "us", "item_id": "x9"},
    ),
    "Trustpilot for business": (
        ("Reference Id,Review Id,Review Created (UTC),Review Consumer User Name,Review Stars,"
        "Review Title,Review Content,Review Language,Company Reply Date (UTC),"
        "Company Reply Content"),
        f",t1,2026-01-05 10:00:00,Ann,1,broken,{TEXT},en,2026-01-06 10:00:00,Sorry",
        {"source": "trustpilot", "item_id": "t1", "reply_text": "Sorry", "lang": "en"},
    ),
    "Steam": (
        ("recommendationid,language,review,timestamp_created,timestamp_updated,voted_up,votes_up,"
        "votes_funny,weighted_vote_score,comment_count,author.steamid,author.playtime_forever"),
        f"5,english,{TEXT},1767607200,1767607200,False,4,0,0.5,0,7,100",
        {"source": "steam", "item_id": "5", "thumbs_up": 4, "lang": "en"},
    ),
    "Steam of a scraper": (
        "date_posted,funny,helpful,hour_played,is_early_access_review,recommendation,review,title",
        f"2026-01-05,2,4,578,False,Not Recommended,{TEXT},Helper",
        {"source": "steam"},
    ),
    "Hugging Face app_reviews": (
        "package_name,review,date,star",
        f"org.example.app,{TEXT},January 05 2026,1",
        {},
    ),
    "Amazon": (
        "asin,helpful,overall,reviewText,reviewTime,reviewerID,reviewerName,summary,unixReviewTime",
        f'B01,"[0, 0]",1.0,{TEXT},"01 5, 2026",A1,Ann,broken,1767571200',
        {"title": "broken"},
    ),
    "Play Console in a table program": (
        ("Package Name;App Version Code;App Version Name;Reviewer Language;Device;"
        "Review Submit Date and Time;Review Submit Millis Since Epoch;"
        "Review Last Update Date and Time;Review Last Update Millis Since Epoch;Star Rating;"
        "Review Title;Review Text;Developer Reply Date and Time;"
        "Developer Reply Millis Since Epoch;Developer Reply Text;Review Link"),
        ("org.example;7;2.1;en;phone;2026-01-05T10:00:00Z;1,7676E+12;2026-01-05T10:00:00Z;"
        f"1,7676E+12;1;;{TEXT};;;;https://play.google.com/console/x?reviewId=gp%3Aabc"),
        {"source": "google_play", "item_id": "gp:abc", "version": "2.1"},
    ),
    "Spanish": (
        "fecha;calificación;comentario;usuario;país", f"05/01/2026 10:00;1;{TEXT};ana;España",
        {"country": "es"},
    ),
    "Portuguese": ("data,nota,comentário,título", f"2026-01-05,1,{TEXT},ruim", {"title": "ruim"}),
    "German": ("Datum;Sterne;Bewertung;Nutzer;Antwort", f"05.01.2026 10:00;1;{TEXT};Anna;", {}),
    "French": ("date,note,avis,auteur,pays", f"2026-01-05,1,{TEXT},Anne,France", {"country": "fr"}),
    "Italian": ("Data,Voto,Recensione", f"2026-01-05,1,{TEXT}", {}),
    "Russian": ("Дата,Оценка,Отзыв,Автор", f"2026-01-05,1,{TEXT},Анна", {}),
    "Indonesian": ("tanggal,rating,ulasan,nama", f"2026-01-05,1,{TEXT},Ani", {}),
    "Turkish": ("Tarih,Puan,Yorum,Kullanıcı", f"2026-01-05,1,{TEXT},Ayşe", {}),
    "Japanese": ("日付,評価,レビュー,タイトル", f"2026-01-05,1,{TEXT},だめ", {"title": "だめ"}),
    "Chinese": ("日期,评分,评论内容,用户名", f"2026-01-05,1,{TEXT},安", {}),
    "Korean": ("날짜,별점,리뷰,작성자", f"2026-01-05,1,{TEXT},안", {}),
    "Arabic": ("التاريخ,التقييم,التعليق", f"2026-01-05,1,{TEXT}", {}),
    "Vietnamese": ("ngày,số sao,nội dung", f"2026-01-05,1,{TEXT}", {}),
    "stars with a word": ("index,Review,Stars,Posted On", f"7,{TEXT},1 star rating,1/5/2026", {}),
    "dotted columns": (
        "id,asins,name,reviews.date,reviews.dateAdded,reviews.rating,reviews.text,reviews.title",
        f"AV1,B00,Kindle,2026-01-05T00:00:00Z,2026-03-01T00:00:00Z,1,{TEXT},broken",
        {"title": "broken"},
    ),
    "day and time apart": ("date,time,stars,review", f"2026-01-05,10:00:00,1,{TEXT}", {"at": AT}),
}  # fmt: skip
POSTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "X flattened": (
        "tweet_id,text,author_id,user_username,created_at,lang,source,like_count",
        f"{ID},{TEXT},1,ann,2026-01-05T10:00:00.000Z,en,Twitter for Android,3",
        {"item_id": ID, "lang": "en", "thumbs_up": 3},
    ),
    "twarc2": (
        ("id,conversation_id,referenced_tweets.replied_to.id,author_id,in_reply_to_user_id,"
        "created_at,text,lang,source,public_metrics.like_count,public_metrics.retweet_count,"
        "author.username,author.name"),
        f"{ID},{ID},,1,,2026-01-05T10:00:00.000Z,{TEXT},en,Twitter Web App,3,0,ann,Ann",
        {"item_id": ID, "thumbs_up": 3},
    ),
    "twint": (
        ("id,conversation_id,created_at,date,time,timezone,user_id,username,name,place,tweet,"
        "language,mentions,urls,photos,replies_count,retweets_count,likes_count,hashtags,cashtags,"
        "link,retweet"),
        (f"{ID},{ID},2026-01-05 11:00:00 CET,2026-01-05,11:00:00,+0100,1,ann,Ann,,{TEXT},en,[],[],"
        f"[],0,0,3,[],[],https://twitter.com/ann/status/{ID},False"),
        {"item_id": ID, "thumbs_up": 3, "lang": "en", "at": AT},
    ),
    "snscrape": (
        ",Datetime,Tweet Id,Text,Username",
        f"0,2026-01-05 10:00:00+00:00,{ID},{TEXT},ann",
        {"item_id": ID},
    ),
    "snscrape in full": (
        ("url,date,content,renderedContent,id,user,replyCount,retweetCount,likeCount,quoteCount,"
        "conversationId,lang,source,sourceLabel"),
        (f"https://x.com/ann/status/{ID},2026-01-05 10:00:00+00:00,{TEXT},{TEXT},{ID},ann,0,0,"
        f'3,0,{ID},en,"<a href=""http://x"">Twitter Web App</a>",Twitter Web App'),
        {"item_id": ID, "thumbs_up": 3},
    ),
    "a Kaggle file of tweets": (
        "user_name,user_location,user_followers,date,text,hashtags,source,is_retweet",
        f"Ann,Berlin,30,2026-01-05 10:00:00,{TEXT},['cityhelper'],Twitter for iPhone,False",
        {"source": "x"},
    ),
    "4CAT": (
        ("id,thread_id,timestamp,unix_timestamp,link,subject,body,author,author_fullname,author_id,"
        "source,language_guess,retweet_count,like_count,hashtags"),
        (f"{ID},{ID},2026-01-05 10:00:00,1767607200,https://twitter.com/ann/status/{ID},,{TEXT},ann,"
        "Ann,1,Twitter for iPhone,en,0,3,cityhelper"),
        {"item_id": ID, "lang": "en"},
    ),
    "Bluesky": (
        "uri,cid,author_did,text,created_at,like_count,langs",
        f"at://did:plc:aaa/app.bsky.feed.post/1,c,did:plc:aaa,{TEXT},2026-01-05T10:00:00Z,3,['en']",
        {"source": "bluesky", "lang": "en"},
    ),
    "Mastodon": (
        "id,created_at,content,language,uri,url,favourites_count,reblogs_count,account.acct",
        (f"11,2026-01-05T10:00:00Z,<p>{TEXT}</p>,en,https://m.example/users/ann/statuses/11,"
        "https://m.example/@ann/11,3,0,ann"),
        {"source": "mastodon", "thumbs_up": 3},
    ),
    "Reddit": (
        "id,author,subreddit,created_utc,body,score,permalink",
        f"k1,ann,city,1767607200,{TEXT},5,/r/city/comments/k1",
        {"source": "reddit", "thumbs_up": 5},
    ),
}  # fmt: skip
REVIEW = {"rating": 1, "text": TEXT, "date": "2026-01-05"}
JSONS: dict[str, tuple[Any, dict[str, Any]]] = {
    "google-play-scraper of Node": (
        {"data": [{"id": "a1", "userName": "ann", "date": "2026-01-05T10:00:00.000Z", "score": 1,
                   "scoreText": "1", "title": None, "text": TEXT, "replyText": None,
                   "version": "2.1", "thumbsUp": 7, "criterias": [{"criteria": "v", "rating": 5}]}],
         "nextPaginationToken": None},
        {"source": "google_play", "item_id": "a1", "thumbs_up": 7},
    ),
    "app-store-scraper of Node": (
        [{"id": "11", "userName": "ann", "userUrl": "https://itunes.apple.com/u1", "score": 1,
          "title": "broken", "text": TEXT, "version": "2.1", "updated": "2026-01-05T10:00:00Z",
          "url": "https://itunes.apple.com/r1"}],
        {"source": "app_store", "item_id": "11", "title": "broken"},
    ),
    "Apple's RSS": (
        {"feed": {"author": {"name": {"label": "iTunes Store"}}, "updated": {"label": "2026"},
                  "entry": [{"im:name": {"label": "Helper"}, "title": {"label": "Helper - City"},
                             "id": {"label": "app"}},
                            {"author": {"name": {"label": "ann"}}, "im:rating": {"label": "1"},
                             "updated": {"label": "2026-01-05T03:00:00-07:00"},
                             "im:version": {"label": "2.1"}, "id": {"label": "99"},
                             "title": {"label": "broken"}, "content": {"label": TEXT}}]}},
        {"source": "app_store", "item_id": "99", "version": "2.1"},
    ),
    "App Store Connect with its replies": (
        {"data": [{"type": "customerReviews", "id": "1", "attributes": {
            "rating": 1, "title": "broken", "body": TEXT, "reviewerNickname": "ann",
            "createdDate": "2026-01-05T02:00:00-08:00", "territory": "USA"},
            "relationships": {"response": {"data": {"type": "customerReviewResponses", "id": "9"}}}}
        ], "included": [{"type": "customerReviewResponses", "id": "9", "attributes": {
            "responseBody": "Sorry", "lastModifiedDate": "2026-01-06T02:00:00-08:00"}}],
         "links": {"self": "x"}},
        {"source": "app_store", "item_id": "1", "reply_text": "Sorry", "country": "us"},
    ),
    "Play Developer API": (
        {"reviews": [{"reviewId": "g1", "authorName": "ann", "comments": [
            {"userComment": {"text": f"\t{TEXT}", "lastModified": {"seconds": "1767607200"},
                             "starRating": 1, "reviewerLanguage": "en", "appVersionName": "2.1"}},
            {"developerComment": {"text": "Sorry", "lastModified": {"seconds": "1767693600"}}}]}]},
        {"source": "google_play", "item_id": "g1", "reply_text": "Sorry", "version": "2.1"},
    ),
    "Trustpilot": (
        [{"id": "t1", "stars": 1, "title": "broken", "text": TEXT, "language": "en",
          "createdAt": "2026-01-05T10:00:00Z", "experiencedAt": "2025-12-01T00:00:00Z",
          "consumer": {"displayName": "Ann"}, "companyReply": {"text": "Sorry"}}],
        {"source": "trustpilot", "reply_text": "Sorry"},
    ),
    "Trustpilot of a scraper": (
        {"reviews": [{"id": "t1", "rating": 1, "title": "broken", "text": TEXT, "reply": None,
                      "dates": {"experiencedDate": "2025-12-01T00:00:00Z",
                                "publishedDate": "2026-01-05T10:00:00Z", "updatedDate": None},
                      "consumer": {"displayName": "Ann", "countryCode": "US"}}]},
        {"source": "trustpilot", "country": "us"},
    ),
    "Steam": (
        {"success": 1, "query_summary": {"num_reviews": 1}, "cursor": "A", "reviews": [
            {"recommendationid": "5", "author": {"steamid": "7"}, "language": "english",
             "review": TEXT, "timestamp_created": 1767607200, "voted_up": False, "votes_up": 4}]},
        {"source": "steam", "item_id": "5", "lang": "en"},
    ),
    "Steam by id": (
        {"reviews": {"5": {"recommendationid": "5", "author": {"steamid": "7"}, "review": TEXT,
                           "timestamp_created": 1767607200, "voted_up": False}}},
        {"source": "steam", "item_id": "5"},
    ),
    "app, date, list": ({"helper": {"2026-01-05": [REVIEW]}}, {}),
    "a date that only stands above": (
        {"2026-01-05": [{"rating": 1, "text": TEXT}], "2026-01-06": []}, {},
    ),
    "a list in a list": ([[REVIEW]], {}),
    "pages": ([{"results": [REVIEW]}, {"results": []}], {}),
    "an app and its reviews": (
        {"app": {"title": "Helper", "score": 3.1, "released": "2020-01-01"}, "reviews": [REVIEW]},
        {},
    ),
    "pandas by columns": ({name: {"0": value} for name, value in REVIEW.items()}, {}),
    "pandas split": ({"columns": list(REVIEW), "index": [0], "data": [list(REVIEW.values())]}, {}),
    "columns as lists": ({name: [value] for name, value in REVIEW.items()}, {}),
    "by id": ({"r1": REVIEW}, {}),
    "Mongo": (
        [{"_id": {"$oid": "abc"}, "rating": {"$numberInt": "1"}, "text": TEXT,
          "date": {"$date": "2026-01-05T10:00:00Z"}}],
        {"item_id": "abc"},
    ),
    "GraphQL": ({"data": {"app": {"reviews": {"edges": [{"node": REVIEW}]}}}}, {}),
}  # fmt: skip
JSON_POSTS: dict[str, tuple[Any, dict[str, Any]]] = {
    "X before 2023": (
        [{"created_at": "Mon Jan 05 10:00:00 +0000 2026", "id": int(ID), "id_str": ID,
          "full_text": f"{TEXT} https://t.co/a &amp; more", "user": {"id": 1, "screen_name": "ann"},
          "entities": {"urls": [{"url": "https://t.co/a", "expanded_url": "https://e.org/b"}]},
          "source": '<a href="http://twitter.com">Twitter Web Client</a>', "favorite_count": 3,
          "retweet_count": 0, "lang": "en"}],
        {"source": "x", "item_id": ID, "text": f"{TEXT} https://e.org/b & more", "at": AT},
    ),
    "a page of X": (
        {"data": [{"id": ID, "text": "the map...", "author_id": "1", "lang": "en",
                   "created_at": "2026-01-05T10:00:00.000Z", "edit_history_tweet_ids": [ID],
                   "note_tweet": {"text": TEXT}, "public_metrics": {"like_count": 3}}],
         "includes": {"users": [{"id": "1", "username": "ann", "created_at": "2020-01-01"}]},
         "meta": {"result_count": 1}},
        {"source": "x", "item_id": ID, "thumbs_up": 3, "at": AT},
    ),
    "posts of Bluesky": (
        {"posts": [{"uri": "at://did:plc:aaa/app.bsky.feed.post/1", "likeCount": 2,
                    "author": {"did": "did:plc:aaa", "handle": "ann.example"},
                    "record": {"$type": "app.bsky.feed.post", "text": TEXT, "langs": ["en"],
                               "createdAt": "2026-01-05T10:00:00.000Z", "embed": {"media": {
                                   "external": {"uri": "https://e.org/b"}}}}}]},
        {"source": "bluesky", "text": f"{TEXT} https://e.org/b", "lang": "en"},
    ),
    "a feed of Bluesky": (
        {"feed": [{"post": {"uri": "at://did:plc:aaa/app.bsky.feed.post/1",
                            "author": {"did": "did:plc:aaa"}, "indexedAt": "2026-01-05T10:00:01Z",
                            "record": {"text": TEXT, "createdAt": "2026-01-05T10:00:00.000Z",
                                       "facets": [{"index": {"byteStart": 0, "byteEnd": 3}}]}}}]},
        {"source": "bluesky"},
    ),
    "statuses of Mastodon": (
        [{"id": "111", "created_at": "2026-01-05T10:00:00.000Z", "language": "en",
          "content": f"<p>{TEXT}</p>", "url": "https://m.example/@ann/111", "spoiler_text": "",
          "uri": "https://m.example/users/ann/statuses/111", "favourites_count": 4,
          "account": {"acct": "ann", "url": "https://m.example/@ann"}}],
        {"source": "mastodon", "thumbs_up": 4, "lang": "en"},
    ),
}  # fmt: skip


OF_SHOPS = ("app_store", "google_play")


def check(store: Store, kind: str, expected: dict[str, Any]) -> None:
    """One item with the text, the stars or none, the day, and whatever else is expected."""
    (row,) = store.items.frame("tips").to_dict("records")
    expected = {"text": TEXT, **expected}
    at = expected.pop("at", "2026-01-05")
    assert str(row["created_at"]).startswith(at)
    assert row["kind"] == kind
    assert (row["rating"] == 1) if kind == "review" else (row["rating"] != row["rating"])
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("case", CSVS)
def test_a_csv_of_reviews(case: str, tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    header, line, expected = CSVS[case]
    path = tmp_path / "r.csv"
    path.write_text(f"{header}\n{line}\n", encoding="utf-8")
    report = load(path, date_order="mdy" if "1/5/2026" in line else "dmy")
    assert report.bad == 0, report.problems
    check(store, "review", expected)


@pytest.mark.parametrize("case", POSTS)
def test_a_csv_of_posts(case: str, tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    header, line, expected = POSTS[case]
    path = tmp_path / "r.csv"
    path.write_text(f"{header}\n{line}\n", encoding="utf-8")
    report = load(path)
    assert report.bad == 0, report.problems
    check(store, "post", expected)


@pytest.mark.parametrize(
    "case", [name for name, (_, told) in JSONS.items() if told.get("source") in OF_SHOPS]
)
def test_dumps_of_both_shops_on_both_databases(
    case: str,
    tmp_path: Path,
    load_anywhere: Load,  # noqa: F811
    any_store: Store,
) -> None:
    content, expected = JSONS[case]
    path = tmp_path / "r.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert load_anywhere(path).counts.new == 1
    assert load_anywhere(path).counts.new == 0
    check(any_store, "review", expected)


@pytest.mark.parametrize("lines", [False, True], ids=["document", "line"])
@pytest.mark.parametrize("case", [*JSONS, *JSON_POSTS])
def test_json_of_any_shape(
    case: str,
    lines: bool,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    content, expected = (JSONS | JSON_POSTS)[case]
    path = tmp_path / "r.json"
    path.write_text(json.dumps(content, indent=None if lines else 1), encoding="utf-8")
    report = load(path)
    assert report.bad == 0, report.problems
    check(store, "post" if case in JSON_POSTS else "review", expected)


SEVERAL: dict[str, tuple[Any, str]] = {
    "app, list": ({"a": [REVIEW] * 3, "b": [REVIEW] * 3}, "key1"),
    "app, what is known of it, and reviews": (
        {name: {"info": {"title": name}, "reviews": [REVIEW] * 3} for name in "ab"}, "key1",
    ),
    "a list of apps with reviews": (
        [{"app": name, "reviews": [REVIEW] * 3} for name in "ab"], "app",
    ),
    "a list of titles with reviews": (
        [{"title": name, "reviews": [REVIEW] * 3} for name in "ab"], "app_name",
    ),
    "a column": ([{**REVIEW, "bank": name} for name in "abab"], "bank"),
}  # fmt: skip


@pytest.mark.parametrize("case", SEVERAL)
def test_several_apps_never_become_one(
    case: str,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    content, column = SEVERAL[case]
    path = tmp_path / "r.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ImportFileError, match=f"--app-from-column {column} "):
        load(path)
    load(path, app=None, app_from_column=column)
    assert store.apps.keys() == ["a", "b"]


NOT_STARS: dict[str, tuple[str, list[str]]] = {
    "votes of Reddit": (
        "title,score,id,url,comms_num,created,body",
        [f"t,{n * 3},k{n},https://reddit.com/r/x,3,1767607200.0,{TEXT}" for n in range(30)],
    ),
    "points of a forum": (
        "score,date,text,num_comments", [f"{n},2026-01-05,{TEXT} {n},3" for n in range(30)]
    ),
    "a page's posts": ("post_id,message,created_time,likes", [f"1,{TEXT},2026-01-05,3"]),
}  # fmt: skip


@pytest.mark.parametrize("case", NOT_STARS)
def test_votes_are_no_stars(case: str, tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    header, lines = NOT_STARS[case]
    path = tmp_path / "r.csv"
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    load(path)
    items = store.items.frame("tips")
    assert items["rating"].isna().all()
    assert set(items["kind"]) == {"post"}


def test_the_archive_of_an_account(tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    tweet = {"id_str": ID, "full_text": TEXT, "created_at": "Mon Jan 05 10:00:00 +0000 2026",
             "favorite_count": "3", "retweet_count": "0", "entities": {"urls": []}}  # fmt: skip
    path = tmp_path / "tweets.js"
    content = json.dumps([{"tweet": tweet}], indent=1)
    path.write_text(f"window.YTD.tweets.part0 = {content}", encoding="utf-8")
    assert load(path).bad == 0
    check(store, "post", {"source": "x", "item_id": ID, "thumbs_up": 3})
