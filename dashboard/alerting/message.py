"""What an alert says: one incident, several in one message, and shorter where there is no room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.records import Alarm, Incident
from collector.text.plain_text import plain
from dashboard.alerting.settings import AlertSettings
from dashboard.incident import brief
from dashboard.words.catalogue import Wording

LINE = 120


@dataclass(frozen=True, slots=True)
class News:
    """What a channel is to be told of one incident. told: the lines; silent: noted, not told.

    late: since when it should have been told, where that was long ago or has failed before.
    """

    incident: Incident
    name: str
    told: list[Alarm]
    silent: list[Alarm]
    late: datetime | None = None


def message(news: News, settings: AlertSettings, words: Wording) -> tuple[str, str]:
    """Title and text: what, since when, how sure, what to do, where to look. Plain text."""
    incident, kind = news.incident, _kind(news)
    lines = [
        brief.headline(incident, news.name, words),
        *_late(news, words),
        *(f"{when}: {word}. {what}" for when, word, what in brief.log_rows(news.told, words)),
        f"{brief.verdict(incident, words)}.",
        words("alert-coordination", signs=words(f"coordination-{incident.coordination}")),
        words(f"alert-do-{kind}"),
        _link(incident, settings),
    ]
    return _title(news, words), "\n\n".join(lines)


def short(news: News, settings: AlertSettings, words: Wording) -> tuple[str, str]:
    """The same in two or three lines, for a channel that takes no more."""
    first = plain(brief.headline(news.incident, news.name, words), LINE)
    return _title(news, words), "\n\n".join(
        [first, *_late(news, words), _link(news.incident, settings)]
    )


def digest(news: Sequence[News], settings: AlertSettings, words: Wording) -> tuple[str, str]:
    """Title and text of one message about several incidents."""
    title = words("alert-title-digest", count=len(news))
    parts = [message(one, settings, words) for one in news]
    return title, "\n\n\n".join(f"{head}\n\n{body}" for head, body in parts)


def text_of(
    news: Sequence[News], settings: AlertSettings, words: Wording, room: int
) -> tuple[str, str]:
    """Title and text about one incident or several; one that does not fit is told shorter."""
    if len(news) > 1:
        return digest(news, settings, words)
    whole = message(news[0], settings, words)
    return whole if size(whole) <= room else short(news[0], settings, words)


def fitting(
    news: Sequence[News], settings: AlertSettings, words: Wording, room: int
) -> list[list[News]]:
    """The incidents in order, as many a message as a channel has room for; at least one."""
    packs: list[list[News]] = []
    for one in news:
        if packs and size(digest([*packs[-1], one], settings, words)) <= room:
            packs[-1].append(one)
        else:
            packs.append([one])
    return packs


def size(text: tuple[str, str]) -> int:
    """Characters of a title and a text, as channels that join them count."""
    return len(text[0]) + 2 + len(text[1])


def _kind(news: News) -> str:
    kinds = [alarm.kind for alarm in news.told]
    # Who hears of an incident for the first time is not told that it grows.
    if kinds[-1] == "escalated" and "opened" not in kinds and news.told[-1].again:
        return "again"
    return "opened" if kinds[-1] == "escalated" and "opened" in kinds else str(kinds[-1])


def _title(news: News, words: Wording) -> str:
    return words(f"alert-title-{_kind(news)}", name=plain(news.name, 80))


def _late(news: News, words: Wording) -> list[str]:
    return [] if news.late is None else [words("alert-late", since=words.time(news.late))]


def _link(incident: Incident, settings: AlertSettings) -> str:
    return f"{settings.link}/incident?incident={incident.id}"
