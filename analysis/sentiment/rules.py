"""What word lists make of a text: praise and blame, with negation, emphasis and "but"."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from analysis.sentiment.lexicon import EVERY, JUDGING, Kind, Lexicon, Sense, Word

LOOK_BACK = 3  # units before a judging word that may turn or strengthen it
LOOK_AHEAD = 3  # units after it where a negation may follow
PRAISE_TURNED = -0.9  # "not good"
BLAME_TURNED = 0.8  # "not bad"
STRONGER, WEAKER = 1.3, 0.7
BEFORE_BUT, AFTER_BUT = 0.6, 1.3
STARS_NAMED = 1.5
EMPHASIS = 1.15  # an exclamation mark or an elongated word
STATED, USUAL = 1.5, 1.0  # votes of the source and of the app's other texts
PHRASE_VOTE = 1.5
MARKS_OUT_OF = frozenset({"5", "10", "100", "१०", "১০", "١٠", "۱۰"})
OUT_OF = frozenset(
    [
        "/",
        "of",
        "out",
        "on",
        "von",
        "de",
        "sur",
        "su",
        "van",
        "din",
        "dari",
        "daripada",
        "per",
        "iz",
        "из",
        "з",
        "із",
        "z",
        "od",
        "af",
        "av",
        "na",
        "ur",
        "mein",
        "me",
        "se",
        "में",
        "से",
        "এ",
        "από",
        "στα",
        "τα",
        "من",
        "از",
        "מתוך",
        "中",
        "の",
        "점",
        "만점에",
        "จาก",
        "üzerinden",
        "trên",
        "/",
        "över",
    ]
)
HIGH, LOW = 0.7, 0.4  # shares of the best mark
HIGH_MARK, LOW_MARK = Sense({}, Kind.HIGH_STARS), Sense({}, Kind.LOW_STARS)
MIDDLE_MARK = Sense({}, 0)
BREAKS = frozenset(".!?;,:\n。！？，、；…।؟،")


@dataclass(frozen=True, slots=True)
class Reading:
    """praise, blame: what speaks for either, 0 and more; last: the last judging unit, signed;
    units, known: words of the text, and those that some list holds; parts: each unit's share."""

    praise: float = 0.0
    blame: float = 0.0
    last: float = 0.0
    units: int = 0
    known: int = 0
    parts: tuple[tuple[str, float], ...] = ()


NOTHING_READ = Reading()


def read(
    tokens: Sequence[str],
    lexicon: Lexicon,
    stated: str | None = None,
    usual: str | None = None,
) -> Reading:
    """A text's tokens, as the lists spell them -> what its judging words say together.

    stated, usual: the language that the source names and that of the app's texts; they decide
    words that mean different things in different languages, after the text's own other words.
    """
    found = lexicon.look_up(tokens)
    if not any(found) and not any(token.isdecimal() for token in tokens):
        return Reading(units=len(tokens)) if tokens else NOTHING_READ
    texts, senses = _units(tokens, found, lexicon)
    kinds = _kinds(texts, senses, stated, usual)
    known = len(kinds) - kinds.count(0)
    if not any(kind & JUDGING for kind in kinds):
        return Reading(units=len(texts), known=known)
    values = _around_but(list(_parts(texts, senses, kinds)), kinds)
    return Reading(
        praise=sum(v for _, v in values if v > 0),
        blame=-sum(v for _, v in values if v < 0),
        last=values[-1][1] if values else 0.0,
        units=len(texts),
        known=known,
        parts=tuple((texts[i], v) for i, v in values),
    )


def _units(
    tokens: Sequence[str], found: Sequence[Word | None], lexicon: Lexicon
) -> tuple[list[str], list[Sense | None]]:
    """Phrases where they match, else single words; runs without spaces in their entries."""
    if any(word is not None and word.pieces for word in found):
        tokens = [p for t, word in zip(tokens, found, strict=True) for p in pieces(t, word)]
        found = lexicon.look_up(tokens)
    texts: list[str] = []
    senses: list[Sense | None] = []
    place, end = 0, len(tokens)
    while place < end:
        word, text = found[place], tokens[place]
        if word is None and not text.isdecimal():
            texts.append(text)
            senses.append(None)
            place += 1
            continue
        sense, taken = (word.sense, 1) if word else (None, 1)
        if text.isdecimal() and (marks := marks_named(tokens[place : place + 4])):
            sense, taken = marks
            text = " ".join(tokens[place : place + taken])
        elif word and word.phrases and place + 1 < end:
            for rest, of_phrase in word.phrases.get(tokens[place + 1], ()):
                if not rest or tuple(tokens[place + 2 : place + 2 + len(rest)]) == rest:
                    sense, taken = of_phrase, 2 + len(rest)
                    text = " ".join(tokens[place : place + taken])
                    break
        texts.append(text)
        senses.append(sense)
        place += taken
    return texts, senses


def marks_named(tokens: Sequence[str]) -> tuple[Sense, int] | None:
    """Marks given in numbers, "9 out of 10" in many languages: what they say, and their length."""
    for place in range(2, len(tokens)):
        if tokens[place] in MARKS_OUT_OF and all(t in OUT_OF for t in tokens[1:place]):
            share = int(tokens[0]) / int(tokens[place])
            sense = HIGH_MARK if share >= HIGH else LOW_MARK if share <= LOW else MIDDLE_MARK
            return (sense, place + 1) if share <= 1 else None
    return None


def pieces(token: str, word: Word | None) -> tuple[str, ...]:
    """A token, or the entries in a run without spaces."""
    return word.pieces if word and word.pieces else (token,)


def _kinds(
    texts: Sequence[str], senses: Sequence[Sense | None], stated: str | None, usual: str | None
) -> list[int]:
    """What each unit does, in the language that the text is most likely in."""
    kinds = [0 if sense is None else sense.kind for sense in senses]
    if None not in kinds:
        return cast(list[int], kinds)
    votes: defaultdict[str, float] = defaultdict(float)
    for text, sense in zip(texts, senses, strict=True):
        if sense is not None:
            weight = (PHRASE_VOTE if " " in text else 1.0) / max(len(sense.meanings), 1)
            for language in sense.meanings:
                votes[language] += weight
    for said, vote in ((stated, STATED), (usual, USUAL)):
        if said:
            votes[said] += vote
    return [_kind(sense, votes) for sense in senses]


def _kind(sense: Sense | None, votes: Mapping[str, float]) -> int:
    """One unit's kind: by the likeliest language; where several are as likely, by most of them."""
    if sense is None:
        return 0
    if sense.kind is not None:
        return sense.kind
    most = max(votes[language] for language in sense.meanings)
    likely = Counter(k for language, k in sense.meanings.items() if votes[language] >= most)
    return max(likely, key=lambda kind: (likely[kind], -kind))


def _parts(
    texts: Sequence[str], senses: Sequence[Sense | None], kinds: Sequence[int]
) -> Iterator[tuple[int, float]]:
    """(place, value) of the judging units, with what stands around them."""
    for place, kind in enumerate(kinds):
        value = _own_value(place, kinds) if kind & JUDGING else 0.0
        if not value:
            continue
        if not kind & (Kind.LOW_STARS | Kind.HIGH_STARS):
            near = _in_its_language(place, senses, kinds)
            value = _turned(place, value, texts, near)
        yield place, value * _emphasis(place, texts)


def _in_its_language(
    place: int, senses: Sequence[Sense | None], kinds: Sequence[int]
) -> Sequence[int]:
    """The kinds with those of the words near a judging one that are of no language of its own."""
    own = senses[place]
    if own is None or EVERY in own.meanings:
        return kinds
    near = list(kinds)
    first, last = max(place - LOOK_BACK, 0), place + 2 + LOOK_AHEAD
    for other, sense in enumerate(senses[first:last], first):
        if sense is not None and other != place and own.meanings.keys().isdisjoint(sense.meanings):
            near[other] = 0 if EVERY not in sense.meanings else near[other]
    return near


def _own_value(place: int, kinds: Sequence[int]) -> float:
    kind = kinds[place]
    if kind & Kind.LOW_STARS:
        return -STARS_NAMED
    if kind & Kind.HIGH_STARS:
        return STARS_NAMED
    if not kind & (Kind.PRAISE | Kind.BLAME) or (kind & Kind.PRAISE and kind & Kind.BLAME):
        return 0.0
    strengthens = kind & (Kind.INTENSIFIER | Kind.DIMINISHER | Kind.NEGATION)
    if strengthens and place + 1 < len(kinds) and kinds[place + 1] & (Kind.PRAISE | Kind.BLAME):
        return 0.0  # "super slow": not praise
    return 1.0 if kind & Kind.PRAISE else -1.0


def _turned(place: int, value: float, texts: Sequence[str], kinds: Sequence[int]) -> float:
    """The value after the negations and the words of degree near it."""
    turns = 0
    for before in range(place - 1, max(place - 1 - LOOK_BACK, -1), -1):
        kind = kinds[before]
        if texts[before] in BREAKS or kind & Kind.CONTRAST:
            break
        if kind & Kind.NEGATION:
            turns += 1
        elif kind & (Kind.PRAISE | Kind.BLAME) and not kind & (Kind.INTENSIFIER | Kind.DIMINISHER):
            break
        elif kind & Kind.INTENSIFIER:
            value *= STRONGER
        elif kind & Kind.DIMINISHER:
            value *= WEAKER
    if not turns and " " not in texts[place] and _negated_after(place, texts, kinds):
        turns = 1
    if turns:  # in most languages two negations are one: "non ... nessun", "nincs ... semmi"
        value *= PRAISE_TURNED if value > 0 else -BLAME_TURNED
    return value


def _negated_after(place: int, texts: Sequence[str], kinds: Sequence[int]) -> bool:
    for after in range(place + 1, min(place + 1 + LOOK_AHEAD, len(texts))):
        if texts[after] in BREAKS or kinds[after] & JUDGING:
            return False
        if kinds[after] & Kind.NEGATION_AFTER:
            follows = after + 1 < len(texts) and kinds[after + 1] & JUDGING
            return not follows
    return False


def _emphasis(place: int, texts: Sequence[str]) -> float:
    following = texts[place + 1] if place + 1 < len(texts) else ""
    return EMPHASIS if following == "!" else 1.0


def _around_but(
    parts: Sequence[tuple[int, float]], kinds: Sequence[int]
) -> list[tuple[int, float]]:
    """Less weight before the last "but", more after it, where both sides judge."""
    turns = [place for place, kind in enumerate(kinds) if kind & Kind.CONTRAST]
    if not turns or not parts:
        return list(parts)
    last = max((t for t in turns if t < parts[-1][0]), default=None)
    if last is None:
        return list(parts)
    return [(i, v * (BEFORE_BUT if i < last else AFTER_BUT)) for i, v in parts]
