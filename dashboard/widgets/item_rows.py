"""Items as the explore page lists them: texts of strangers made plain, and what goes with them."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis.sentiment.score_words import Lean, lean_of
from collector.stars import whole
from collector.text.plain_text import plain
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name

SHORT, LONG = 1_200, 20_000  # characters shown at once, and at all


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One item as the template shows it; rest: of a long text, behind a click; today: what it says
    now, where that is something else and somebody asks."""

    stars: str
    glyphs: str
    group: str
    no_stars: str
    when: str
    source: str
    title: str
    text: str
    rest: str
    meta: str
    reply: str
    reply_label: str
    today: str = ""


def rows(
    items: pd.DataFrame, words: Wording, now: dict[tuple[str, str], Any] | None = None
) -> list[ItemRow]:
    """Items as the template wants them; texts of strangers made plain. Each shows what was said at
    its time, and beside it what it says now, by source and id, where that is given."""
    listed: Any = items.itertuples()
    now = now or {}
    return [
        replace(_row(item, words), today=_today(item, now.get((item.source, item.item_id)), words))
        for item in listed
    ]


def said(item: Any) -> str:
    """Title and text, as they are read together."""
    return "\n".join(part for part in (text_of(item.title), text_of(item.text)) if part)


def lean(score: Any) -> Lean:
    return lean_of(None if pd.isna(score) else float(score))


def text_of(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _today(item: Any, last: Any, words: Wording) -> str:
    """What a review says today where that is something else."""
    if last is None or last["created_at"] <= item.created_at:
        return ""
    stars = "" if pd.isna(last["rating"]) else "★" * whole(last["rating"]) + " "
    words_now = plain(text_of(last["text"]) or text_of(last["title"]), SHORT)
    since = words.time(last["created_at"].to_pydatetime())
    return words("item-today", since=since, said=f"{stars}{words_now}".strip())


def _row(item: Any, words: Wording) -> ItemRow:
    stars = None if pd.isna(item.rating) else whole(item.rating)
    text = plain(text_of(item.text), LONG)
    return ItemRow(
        stars="" if stars is None else words("item-stars", stars=stars),
        glyphs="" if stars is None else "★" * stars + "☆" * (5 - stars),
        group="" if stars is None else ("low" if stars < 3 else "middle" if stars == 3 else "high"),
        no_stars=words("item-post" if item.kind == "post" else "item-no-stars"),
        when=words.time(item.created_at.to_pydatetime()),
        source=source_name(item.source, words),
        title=plain(text_of(item.title), 300),
        text=text[:SHORT],
        rest=text[SHORT:],
        meta=" · ".join(_meta(item, words)),
        reply=plain(text_of(item.reply_text), LONG),
        reply_label=words("item-reply-undated")
        if pd.isna(item.reply_at)
        else words("item-reply", time=words.time(item.reply_at.to_pydatetime())),
    )


def _meta(item: Any, words: Wording) -> list[str]:
    found = []
    if text_of(item.version):
        found.append(words("item-version", version=plain(item.version, 40)))
    found += [
        plain(value, 20) for value in (text_of(item.country).upper(), text_of(item.lang)) if value
    ]
    if said(item) and not pd.isna(item.sentiment_engine):
        found.append(words("item-sentiment", lean=words(f"lean-{lean(item.sentiment)}")))
    if isinstance(item.rating_given, str):
        found.append(words("item-given", rating=plain(item.rating_given, 40)))
    if not pd.isna(item.thumbs_up) and item.thumbs_up > 0:
        found.append(words("item-thumbs", count=int(item.thumbs_up)))
    if not pd.isna(item.written_at):
        found.append(_changed(item, words))
    elif not pd.isna(item.updated_at):
        found.append(words("item-edited", time=words.time(item.updated_at.to_pydatetime())))
    if not pd.isna(item.removed_at):
        found.append(words("item-removed", time=words.time(item.removed_at.to_pydatetime())))
    return found


def _changed(item: Any, words: Wording) -> str:
    """That it is a changed opinion: of when, with what stars before, and how well that is known."""
    told = words("item-changed", written=words.time(item.written_at.to_pydatetime()))
    if not pd.isna(item.rating_before):
        told += words("item-changed-from", stars=whole(item.rating_before))
    if not pd.isna(item.changed_after):
        told += words("item-changed-after", after=words.time(item.changed_after.to_pydatetime()))
    return told
