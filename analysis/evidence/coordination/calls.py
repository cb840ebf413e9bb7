"""Posts that name the app and ask people to act on it in the shops.

A call names the app, or links its shop page, and holds a request of `call_patterns.json` that is
not told of somebody, denied, quoted or put as a question. Where the imperative has no form of its
own (English, German, Indonesian, ...) the verb must open a request. This finds wording, not intent.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from analysis.evidence.coordination.app_names import THE_APP, fold, hide, names_of

Kind = Literal["down", "up", "act", "leave", "get"]
# Strongest first: lower or overwhelm it, raise it, rate or report it, uninstall it, get it.
KINDS: tuple[Kind, ...] = ("down", "up", "act", "leave", "get")
PATTERNS = "call_patterns.json"
ENDS = re.compile(r"[.!?…\n。！？]+(?=\s|$)|[。！？\n]")
QUOTES = re.compile(r"\"[^\"\n]{9,}\"|“[^”\n]{9,}”|„[^“”\n]{9,}[“”]|«[^»\n]{9,}»|「[^」\n]{6,}」")
MARK = r"^|[:;,\u2014\u2013>)(*\"“„«'|-]\s*|#\w+\s+|@\w+\s+|[\u2190-\u2bff\U0001f000-\U0001faff]\s*"


@dataclass(frozen=True, slots=True)
class Call:
    """What a post asks for: the strongest kind found."""

    kind: Kind
    lang: str


@dataclass(frozen=True, slots=True)
class Rules:
    """One language: its requests, and the words that make one of them something else.

    any: matches wherever one of the requests does.
    opens: what a verb may follow. told, inside, told_after: before, within and after the request,
    makes it a report or a denial. polite: begins a question that is a request.
    """

    requests: tuple[tuple[Kind, re.Pattern[str]], ...]
    any: re.Pattern[str]
    opens: re.Pattern[str] | None
    told: re.Pattern[str] | None
    inside: re.Pattern[str] | None
    told_after: re.Pattern[str] | None
    polite: re.Pattern[str] | None


def call_in(text: str, names: Iterable[str]) -> Call | None:
    """The call in a text, or nothing. names: what the app is called; a link counts as a name."""
    return read(text, names)[1]


def read(text: str, names: Iterable[str]) -> tuple[bool, Call | None]:
    """(does the text name the app or link its page, the call in it)."""
    hidden, named = hide(fold(text), names_of(tuple(names)))
    if not named:
        return False, None
    found = {call.kind: call for call in _calls(_without_quotes(hidden))}
    return True, next((found[kind] for kind in KINDS if kind in found), None)


def asking_sentence(text: str, names: Iterable[str]) -> str | None:
    """The first sentence of a text that holds a request; None where none does by itself."""
    known = names_of(tuple(names))
    start = 0
    for end in [*(match.end() for match in ENDS.finditer(text)), len(text)]:
        sentence, start = text[start:end].strip(), end
        if any(True for _ in _calls(hide(fold(sentence), known)[0])):
            return sentence
    return None


def _calls(text: str) -> Iterator[Call]:
    # One look at all sentences spares most languages most of the work.
    sentences = list(_sentences(text))
    lines = "\n".join(sentence for sentence, _ in sentences)
    near = [(lang, rules) for lang, rules in _languages().items() if rules.any.search(lines)]
    for sentence, asked in sentences if near else ():
        for lang, rules in near:
            for kind, pattern in rules.requests:
                if any(_is_request(sentence, m, rules, asked) for m in _all(pattern, sentence)):
                    yield Call(kind, lang)


def _is_request(sentence: str, match: re.Match[str], rules: Rules, asked: bool) -> bool:
    before, after = sentence[: match.start()], sentence[match.end() :]
    if rules.opens is not None and not rules.opens.search(before):
        return False
    spoiling = ((rules.told, before), (rules.inside, match.group()), (rules.told_after, after))
    if any(pattern is not None and pattern.search(part) for pattern, part in spoiling):
        return False
    return not asked or (rules.polite is not None and rules.polite.search(sentence) is not None)


def _all(pattern: re.Pattern[str], sentence: str) -> Iterator[re.Match[str]]:
    """Matches that may overlap: a noun that looks like a verb must not hide the verb after it."""
    match = pattern.search(sentence)
    while match is not None:
        yield match
        match = pattern.search(sentence, match.start() + 1)


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """(sentence, ends in a question mark)."""
    start = 0
    for end in ENDS.finditer(text):
        yield text[start : end.start()].strip(), "?" in end.group() or "？" in end.group()
        start = end.end()
    yield text[start:].strip(), False


def _without_quotes(text: str) -> str:
    """Without what is quoted, unless the whole post is one quote: who quotes, reports."""
    rest = QUOTES.sub(" ", text)
    spoken = rest.replace(THE_APP, "").strip(" .,:;!?-—\n")
    return rest if spoken else text


@cache
def _languages() -> dict[str, Rules]:
    data = json.loads(files("analysis.evidence.coordination").joinpath(PATTERNS).read_text("utf-8"))
    return {lang: _rules(entry) for lang, entry in data.items() if lang != "about"}


def _rules(entry: Mapping[str, Any]) -> Rules:
    parts = {"name": THE_APP, "gap": r"\b[^.!?\n]{0,40}?"}
    for name, part in entry.get("parts", {}).items():
        parts[name] = _filled(part, parts)
    requests = tuple(
        (kind, re.compile(_bounded(_filled(source, parts))))
        for kind in KINDS
        for source in entry.get(kind, ())
    )
    opens = entry.get("opens", ())
    return Rules(
        requests=requests,
        any=re.compile("|".join(p.pattern for _, p in requests), re.MULTILINE),
        opens=re.compile(rf"(?:{MARK}|\b(?:{'|'.join(opens)})[\s,:]+)$") if opens else None,
        told=_joined(entry, "told", parts),
        inside=_joined(entry, "inside", parts),
        told_after=_joined(entry, "told_after", parts),
        polite=_joined(entry, "polite", parts),
    )


def _joined(entry: Mapping[str, Any], key: str, parts: dict[str, str]) -> re.Pattern[str] | None:
    sources = [_filled(source, parts) for source in entry.get(key, ())]
    return re.compile("|".join(sources)) if sources else None


def _filled(source: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        source = source.replace("{" + name + "}", part)
    return source


def _bounded(source: str) -> str:
    """A request begins at a word; in scripts that run words together it may begin anywhere."""
    return (
        source if re.match(r"(?:\(\?:)*[^\x00-\x7f\u00c0-\u04ff]", source) else rf"\b(?:{source})"
    )
