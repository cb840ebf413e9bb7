"""Which languages a case is in."""

from collections import Counter
from collections.abc import Sequence

from pandas import DataFrame

from analysis.evidence.quiet_blocks import even_sample
from analysis.evidence.texts import full_texts

CHUNK = 25  # texts judged together: single reviews are too short to tell
MOST_CHUNKS = 24
LEAST_SHARE = 0.1


def languages_of(items: DataFrame, before: DataFrame) -> tuple[str, ...]:
    """Languages of a swing and its reference, ISO 639-1, each at least a tenth, commonest first.

    What the sources say counts where they say it; elsewhere texts are judged in chunks (py3langid).
    """
    votes: Counter[str] = Counter()
    for frame in (items, before):
        stated = frame["lang"]
        known = stated.notna()
        for lang, n in stated[known].value_counts().items():
            votes[str(lang).split("-")[0].split("_")[0].lower()] += int(n)
        votes.update(_judged(full_texts(frame[~known])))
    total = sum(votes.values())
    return tuple(lang for lang, n in votes.most_common() if n >= LEAST_SHARE * total)


def in_languages(reviews: DataFrame, languages: Sequence[str]) -> list[str]:
    """Texts of other apps' reviews (columns app, lang, title, text) in one of these languages.

    Where a review states none, its app's language decides, judged from all its texts.
    """
    found: list[str] = []
    for _, own in reviews.groupby("app", sort=True):
        # Where none states a language the column holds no string at all.
        stated = own["lang"].astype("string").str.lower().str.split("[-_]", n=1, regex=True).str[0]
        known = stated.notna()
        found += full_texts(own[known & stated.isin(languages)])
        unstated = full_texts(own[~known])
        judged = _judged(unstated).most_common(1)
        if judged and judged[0][0] in languages:
            found += unstated
    return found


def _judged(texts: list[str]) -> Counter[str]:
    from py3langid import classify  # its model takes a moment to load

    texts = [text for text in texts if text.strip()]
    starts = [s * CHUNK for s in even_sample(-(-len(texts) // CHUNK), MOST_CHUNKS)]
    votes: Counter[str] = Counter()
    for start in starts:
        chunk = texts[start : start + CHUNK]
        votes[classify(" \n".join(chunk))[0]] += len(chunk) * max(
            1, len(texts) // (CHUNK * MOST_CHUNKS)
        )
    return votes
