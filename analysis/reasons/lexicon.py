"""The written words of reasons, one file a language, as an automaton.

words/LANG.toml holds for each reason `says`, `weak` and `unless`: entries separated by commas.
`weak` is said of many things and counts where nothing better is said. In an entry

- `word` is a whole word, `stem*` what begins so, `*end` what ends so, `*part*` what holds it;
- `one two` stand side by side, `one .. two` in this order with at most three words between;
- `(a|b)` is either; text in scripts without blanks matches wherever it stands.

`unless` takes back what it overlaps, and so does a word of `not` just before what it can deny.
"""

import itertools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import ahocorasick

from analysis.reasons.spelling import END, START, plain, unspaced

CODES = (
    *("update", "crash", "login", "server", "feature", "device", "price", "privacy", "politics"),
    *("world", "service_people", "content", "asked", "call", "joke", "copy", "rival"),
    *("praise", "blame"),
)
DENIABLE = frozenset({"crash", "server", "feature", "praise", "blame"})
WORDS_BETWEEN = 3
SAYS, WEAK, UNLESS, NOT = range(4)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a whole entry says. kind: SAYS, WEAK, UNLESS or NOT; pieces: how many stand in order."""

    reason: str
    kind: int
    pieces: int
    lang: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One place of a plain text that names a reason: text[start:end]."""

    reason: str
    start: int
    end: int
    lang: str
    weak: bool = False


@dataclass(slots=True)
class Lexicon:
    """Rules, and where each piece of them is found."""

    rules: list[Rule] = field(default_factory=list)
    found_by: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    automaton: "ahocorasick.Automaton" = field(default_factory=ahocorasick.Automaton)

    def add(self, lang: str, reason: str, kind: int, entry: str) -> None:
        """One entry of a word file."""
        parts = _split(entry, " .. ")
        if any(" .. " in part for part in parts):  # an order of words within a bracket
            for one in _expanded(entry):
                self.add(lang, reason, kind, one)
            return
        pieces = [_expanded(part) for part in parts]
        number = len(self.rules)
        self.rules.append(Rule(reason, kind, len(pieces), lang))
        for place, alternatives in enumerate(pieces):
            for alternative in dict.fromkeys(alternatives):
                self.found_by.setdefault(_key(alternative), set()).add((number, place))

    def ready(self) -> "Lexicon":
        """Builds the automaton, once all entries are in."""
        for key, pieces in self.found_by.items():
            self.automaton.add_word(key, (len(key), tuple(sorted(pieces))))
        self.automaton.make_automaton()
        return self

    def hits(self, text: str) -> tuple[list[Hit], list[Hit]]:
        """Every reason that a plain text (see spelling) names, and where; then what is taken back.

        Both in order of place.
        """
        spans: list[list[tuple[int, int, Rule]]] = [[], [], [], []]
        begun: dict[tuple[int, int], tuple[int, int]] = {}
        for last, (length, pieces) in self.automaton.iter(text):
            start, end = last + 1 - length, last + 1
            for number, place in pieces:
                rule = self.rules[number]
                if rule.pieces > 1:
                    whole = _joined(text, begun, number, place, start, end)
                    if whole is None or place < rule.pieces - 1:
                        continue
                    spans[rule.kind].append((whole, end, rule))
                else:
                    spans[rule.kind].append((start, end, rule))
        if not spans[SAYS] and not spans[WEAK]:
            return [], []
        hits: tuple[list[Hit], list[Hit]] = ([], [])
        for hit, taken in _weighed(spans):
            hits[taken].append(hit)
        return hits


def _joined(
    text: str,
    begun: dict[tuple[int, int], tuple[int, int]],
    number: int,
    place: int,
    start: int,
    end: int,
) -> int | None:
    """Where the rule began whose piece stands here; None where an earlier piece is not near."""
    first = start
    if place:
        before = begun.get((number, place - 1))
        if before is None or before[1] > start + 1:
            return None
        between = text[before[1] : start].split()
        if len(between) > WORDS_BETWEEN or "." in between:
            return None
        first = before[0]
    begun[number, place] = (first, end)
    return first


def _weighed(spans: list[list[tuple[int, int, Rule]]]) -> Iterator[tuple[Hit, bool]]:
    """Hits in order of place, and whether something takes them back."""
    denied = {end for _, end, _ in spans[NOT]}
    found = spans[SAYS] + spans[WEAK]
    for start, end, rule in sorted(found, key=lambda span: span[:2]):
        taken = rule.reason in DENIABLE and (start in denied or start + 1 in denied)
        taken |= any(
            a < end - 1 and start < b - 1 and other.reason == rule.reason
            for a, b, other in spans[UNLESS]
        )
        yield Hit(rule.reason, start, end, rule.lang, rule.kind == WEAK), taken


def _expanded(piece: str) -> list[str]:
    """Every way to write a piece with its (a|b) chosen; they may stand in each other."""
    written, rest = _alternatives(piece)
    if rest:
        raise ValueError(f"a bracket too many in {piece!r}")
    return written


def _alternatives(rest: str) -> tuple[list[str], str]:
    """What can be written up to the closing bracket or the end, and what follows it."""
    written: list[str] = []
    heads = [""]
    while rest and rest[0] != ")":
        mark, rest = rest[0], rest[1:]
        if mark == "(":
            inner, rest = _alternatives(rest)
            if not rest:
                raise ValueError("a bracket is not closed")
            heads, rest = [h + i for h, i in itertools.product(heads, inner)], rest[1:]
        elif mark == "|":
            written, heads = written + heads, [""]
        else:
            heads = [head + mark for head in heads]
    return written + heads, rest


def _key(piece: str) -> str:
    """What the automaton looks for: whole words between blanks, but for stars."""
    piece = " ".join(piece.split())
    open_start, open_end = piece.startswith("*"), piece.endswith("*")
    word = plain(piece.strip("*")).removeprefix(START).removesuffix(END).strip()
    if piece.startswith("^"):
        word = f"^ {word.removeprefix('^').strip()}"
    before = "" if open_start or unspaced(word[:1]) else " "
    after = "" if open_end or unspaced(word[-1:]) else " "
    return f"{before}{word}{after}"


def entries(text: str) -> list[str]:
    """The entries of a list in a word file."""
    return [entry for part in _split(text.replace("\n", " "), ",") if (entry := part.strip())]


def _split(text: str, mark: str) -> list[str]:
    """Parts between marks that stand outside brackets."""
    parts, depth, begin = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and text.startswith(mark, place):
            parts.append(text[begin:place])
            begin = place + len(mark)
    return [*parts, text[begin:]]


def read(lang: str, data: Mapping[str, object], into: Lexicon) -> None:
    """Adds one word file. Raises KeyError for a reason that nobody knows."""
    for reason, lists in data.items():
        if reason == "not":
            for entry in entries(str(lists)):
                into.add(lang, "", NOT, entry)
            continue
        if reason not in CODES or not isinstance(lists, Mapping):
            raise KeyError(f"{lang}.toml: no reason is called {reason!r}")
        for name, kind in (("says", SAYS), ("weak", WEAK), ("unless", UNLESS)):
            for entry in entries(str(lists.get(name, ""))):
                into.add(lang, reason, kind, entry)


def languages() -> list[str]:
    """Languages that have a word file."""
    folder = files("analysis.reasons") / "words"
    return sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith("toml"))


@cache
def shipped(lang: str) -> Lexicon | None:
    """A language's words; None of a language that has no file."""
    file = files("analysis.reasons") / "words" / f"{lang}.toml"
    if not file.is_file():
        return None
    lexicon = Lexicon()
    read(lang, tomllib.loads(file.read_text("utf-8")), lexicon)
    return lexicon.ready()
