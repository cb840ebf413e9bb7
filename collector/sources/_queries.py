"""What is asked of a network for a query of the configuration: every form that people write.

A query that is the app's name alone is asked for as words, without accents and as a hashtag; where
the name is an ordinary word (`context`), only beside one of the words that make it the app's. The
agency's own name needs none beside it, in no source.
"""

from collections.abc import Iterable, Sequence

from collector.settings.config import AppSettings
from collector.text.app_context import is_about
from collector.text.names import plain, says
from collector.text.one_spelling import one_spelling
from collector.text.titles import hashtag, spellings

LONGEST_QUERY = 450
"""Characters of a query that X takes, with room for what the source adds."""


def asked_apart(query: str, app: AppSettings) -> tuple[str, ...]:
    """What a query means, for a network without OR: one query a form. There a hashtag of one word
    is found by the word."""
    return _beside(_forms(query, app, tags_of_words=False), query, app)


def asked_at_once(query: str, app: AppSettings) -> str:
    """What a query means as one query, for a network with OR; as many forms as it takes."""
    asked: list[str] = []
    for form in _beside(_forms(query, app, tags_of_words=True), query, app):
        if len(" OR ".join([*asked, form])) <= LONGEST_QUERY:
            asked.append(form)
    return " OR ".join(asked) or query


def _forms(query: str, app: AppSettings, *, tags_of_words: bool) -> tuple[str, ...]:
    """The query itself first; all forms of a name where it is one."""
    name = _bare(query)
    if not _is_name(name, app.subjects()):
        return (query,)
    words = [f'"{word}"' for word in spellings(name) if word != name]
    known = {_in_letters(_bare(form)) for form in (query, *words)}
    tags = [tag for tag in hashtags_of(name) if tags_of_words or _in_letters(tag) not in known]
    forms = dict.fromkeys([query, *words, *(f"#{tag}" for tag in tags)])
    return tuple({_in_letters(form): form for form in reversed(forms)}.values())[::-1]


def _beside(forms: Sequence[str], query: str, app: AppSettings) -> tuple[str, ...]:
    """The forms, each beside a word of the context where the name alone is an ordinary word. The
    agency's name is asked for as it stands."""
    name = _bare(query)
    if not app.context or _is_name(name, app.agency) or not _is_name(name, app.names()):
        return tuple(forms)
    return tuple(f"{form} {_quoted(word)}" for form in forms for word in app.context)


def hashtags_of(name: str) -> tuple[str, ...]:
    """A name as hashtags, with and without accents; none of digits alone."""
    found = dict.fromkeys(hashtag(word) for word in spellings(name))
    return tuple(tag for tag in found if tag and not tag.isdecimal())


def is_wanted(text: str, app: AppSettings) -> bool:
    """Whether a text that says the name has a word that makes it the app's, if one is needed, or
    names the agency."""
    return not app.context or is_about(text, app.context) or says(text, app.agency)


def _bare(query: str) -> str:
    return query.strip().strip('"').removeprefix("#").strip()


def _in_letters(form: str) -> str:
    """A form without case: what a network searches for letter by letter."""
    return one_spelling(form).lower()


def _is_name(text: str, subjects: Iterable[str]) -> bool:
    known = {plain(form) for s in subjects for form in (s, hashtag(s))}
    return plain(text) in known


def _quoted(word: str) -> str:
    return f'"{word}"' if len(word.split()) > 1 else word
