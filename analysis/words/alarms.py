"""A line of the alarm log in the reader's language."""

from analysis.records import Alarm
from analysis.words.catalogue import FactWording
from analysis.words.incident import by_chance
from collector.text.plain_text import plain

LONGEST = 300


def alarm_line(alarm: Alarm, words: FactWording) -> str:
    """What the line says; where an older release kept no values, its own sentence."""
    if alarm.kind == "opened" and alarm.recurrence_days is not None:
        chance = by_chance(alarm.recurrence_days, words)
        if alarm.where == "social":
            return words("alarm-say-talk", direction=alarm.direction or "mixed", chance=chance)
        return words("alarm-say-opened", direction=alarm.direction or "none", chance=chance)
    if alarm.kind == "escalated" and alarm.again:
        return words("alarm-say-again")
    if alarm.kind == "escalated" and alarm.where is not None:
        return words(f"alarm-say-{alarm.where}-too", direction=alarm.direction or "mixed")
    if alarm.kind == "escalated" and alarm.factor is not None:
        return words("alarm-say-escalated", factor=words.number(alarm.factor, 1))
    if alarm.kind == "ended":
        return words("alarm-say-ended")
    if alarm.kind == "reclassified":
        return _reclassified(alarm, words)
    if alarm.kind in ("call", "unfollowed"):
        return words(f"alarm-say-{alarm.kind}")
    return plain(alarm.statement, LONGEST)


def _reclassified(alarm: Alarm, words: FactWording) -> str:
    if alarm.was is None or alarm.became is None:
        return words("alarm-say-changed")
    return words(
        "alarm-say-reclassified",
        cause=words(f"cause-{alarm.became.cause}"),
        signs=words(f"coordination-{alarm.became.coordination}"),
        cause_before=words(f"cause-{alarm.was.cause}"),
        signs_before=words(f"coordination-{alarm.was.coordination}"),
    )
