"""What an alert says: one incident, several in one message, and shorter where there is no room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.records import Alarm, Incident
from collector.text.plain_text import plain
from dashboard.alerting.settings import AlertSettings
from dashboard.incident import alarm_log, at_a_glance, incident_texts
from dashboard.incident.at_a_glance import NOTHING, Glance
from dashboard.words.catalogue import Wording

LINE = 120


@dataclass(frozen=True, slots=True)
class News:
    """What a channel is to be told of one incident. told: the lines; silent: noted, not told.

    late: since when it should have been told, where that was long ago or has failed before.
    counted: what the first look at it needs.
    """

    incident: Incident
    name: str
    told: list[Alarm]
    silent: list[Alarm]
    late: datetime | None = None
    counted: Glance = NOTHING


def message(news: News, settings: AlertSettings, words: Wording) -> tuple[str, str]:
    """Title and text, plain: what, what they say, how fast, what the stores show, what it looks
    like, what is new since the last message, what to do, where to look."""
    incident, kind = news.incident, _kind(news)
    signs = words(f"coordination-say-{incident.coordination}")
    lines = [
        incident_texts.headline(incident, news.name, words),
        *_late(news, words),
        " ".join([at_a_glance.they_say(incident, words), *_quote(incident, words)]),
        at_a_glance.how_fast(news.counted, words),
        at_a_glance.stores_show(news.counted, words),
        f"{incident_texts.verdict(incident, words)}. {signs}",
        *_since_the_last(news, words),
        words(f"alert-do-{kind}"),
        *_link(incident, settings),
    ]
    return _title(news, words), "\n\n".join(line.strip() for line in lines if line.strip())


def short(news: News, settings: AlertSettings, words: Wording) -> tuple[str, str]:
    """The same in two or three lines, for a channel that takes no more."""
    first = plain(incident_texts.headline(news.incident, news.name, words), LINE)
    lines = [first, *_late(news, words), *_link(news.incident, settings)]
    return _title(news, words), "\n\n".join(lines)


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
    """What a phone shows at night: how many of what, since when, and what most of them say."""
    incident, at = news.incident, news.told[-1].at
    most = at_a_glance.subject_reason(incident, words)
    return words(
        f"alert-title-{_kind(news)}",
        name=plain(news.name, 80),
        what=at_a_glance.how_many(incident, words),
        kind="fewer" if incident.direction == "fewer" else "counted",
        since=words.lately(incident.onset_at, at),
        end=words.lately(incident.ended_at or at, at),
        most=f", {most}" if most else "",
        cause=words(f"cause-{incident.cause}"),
    )


def _quote(incident: Incident, words: Wording) -> list[str]:
    """One excerpt that shows the commonest reason."""
    return [text for text, _ in at_a_glance.quotes(incident, words, most=1)]


def _since_the_last(news: News, words: Wording) -> list[str]:
    """What is new for those who know of the incident already."""
    if any(alarm.kind == "opened" for alarm in news.told):
        return []
    return [f"{when}: {word}. {what}" for when, word, what in alarm_log.log_rows(news.told, words)]


def _late(news: News, words: Wording) -> list[str]:
    return [] if news.late is None else [words("alert-late", since=words.time(news.late))]


def _link(incident: Incident, settings: AlertSettings) -> list[str]:
    """Where to look; nothing where no public address is set: an internal one leads nowhere."""
    return [f"{settings.link}/incident?incident={incident.id}"] if settings.link else []
