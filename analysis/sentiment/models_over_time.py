"""An app's model at each moment: it learned only from what had been published by then.

It learns again when the app's rated texts have grown by a quarter (from 200,000 on: by 50,000), or
after a year. When that is depends on the stored reviews alone, so a replay and
a live run agree. Each time it reads only what came since: nothing is trained from scratch.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from analysis.sentiment import app_model, languages, reader
from analysis.sentiment.app_model import AppModel
from collector.store import Store
from collector.store.records import RatedText
from collector.times import EPOCH, INSTANT

FIRST = 25  # rated texts
GROWTH = 4  # a model is due when a quarter more has come
MOST_COUNTED = 200_000  # counting more costs more than it says
MAX_AGE = timedelta(days=365)
MOST_LEARNED = 20_000  # rated texts learned at once: the newest of them
JUDGED = 40  # texts of a batch whose language is looked at where no source states one


class ModelsOfApp:
    """Walks forward through an app's history and knows the model of each moment."""

    def __init__(self, store: Store, app: str, *, now: datetime) -> None:
        """now: when the models are made; kept beside them, of no influence."""
        self.store = store
        self.app = app
        self.now = now
        self.cut = EPOCH
        self.count = 0
        self.next_cut = self._due()
        self.model: AppModel | None = None
        self.passed: list[datetime] = []

    def cut_for(self, moment: datetime) -> datetime:
        """The latest moment, not after this one, at which a model is due; EPOCH before the first.

        Moments must not fall.
        """
        while self.next_cut is not None and self.next_cut <= moment:
            self.cut = self.next_cut
            self.passed.append(self.cut)
            self.count = self.store.scores.rated_count(self.app, before=self.cut, most=MOST_COUNTED)
            self.next_cut = self._due()
        return self.cut

    def at(self, cut: datetime) -> AppModel | None:
        """The model of a cut from `cut_for`: the stored one, else what has been learned by then."""
        if cut == EPOCH:
            return None
        if self.model is None or self.model.trained_until != cut:
            self.model = self._stored(cut) or self._learned(cut)
        return self.model

    def _due(self) -> datetime | None:
        """When the next model is due; None where too few have come."""
        more = next_size(self.count) - self.count
        due = self.store.scores.rated_moment(self.app, since=self.cut, rank=more)
        if self.cut == EPOCH:
            return None if due is None else due + INSTANT
        oldest = self.cut + MAX_AGE
        return oldest if due is None else min(due + INSTANT, oldest)

    def _stored(self, cut: datetime) -> AppModel | None:
        """The stored model of a cut, unless reviews from before it have come or gone since."""
        blob = self.store.models.load(model_name(self.app, cut))
        model = AppModel.from_bytes(blob) if blob else None
        return model if model and model.items == self._count(cut) else None

    def _learned(self, cut: datetime) -> AppModel:
        """Goes on from the newest model that still holds; else learns every step again."""
        model = app_model.nothing_learned(self.app)
        cuts = [step for step in self.passed if step <= cut]
        for place in range(len(cuts) - 2, -1, -1):
            stored = self.model if self._holds(cuts[place]) else self._stored(cuts[place])
            if stored is not None:
                model, cuts = stored, cuts[place + 1 :]
                break
        for step in cuts:
            model = learned(self.store, model, step)
            self.store.models.save(
                model_name(self.app, step),
                model.to_bytes(),
                trained_until=step,
                created_at=self.now,
            )
        return model

    def _holds(self, cut: datetime) -> bool:
        return self.model is not None and self.model.trained_until == cut

    def _count(self, cut: datetime) -> int:
        return self.store.scores.rated_count(self.app, before=cut, most=MOST_COUNTED)


def learned(store: Store, model: AppModel, cut: datetime) -> AppModel:
    """The model after the rated texts published between its own cut and this one."""
    rated = store.scores.rated(model.app, since=model.trained_until, before=cut, limit=MOST_LEARNED)
    # Equal times come in any order: the same texts must give the same sums.
    rated.sort(key=lambda review: (review.created_at, review.text, review.rating))
    texts, stated = [r.text for r in rated], [languages.primary(r.lang) for r in rated]
    found = reader.read(texts, stated, model)
    stars = np.array([r.rating for r in rated], dtype=np.float64)
    after = model.learned(found.cues, found.prior, found.scores, stars) if rated else model
    count = store.scores.rated_count(model.app, before=cut, most=MOST_COUNTED)
    votes = Counter(model.languages) + _votes(rated)
    after = replace(after, trained_until=cut, items=count, languages=dict(sorted(votes.items())))
    return app_model.rounded(after)


def model_name(app: str, cut: datetime) -> str:
    """Name and version of the model that learned until `cut`: stars-2.abcdef/<app>/<time>."""
    return f"{reader.version()}/{app}/{cut:%Y%m%dT%H%M%S.%fZ}"


def engine_name(app: str, cut: datetime | None) -> str:
    """What a text was read with: an app's model, or before the first the shipped prior alone."""
    return model_name(app, cut) if cut and cut != EPOCH else reader.version()


def next_size(count: int) -> int:
    """Number of rated texts at which the next model is due."""
    if count < FIRST:
        return FIRST
    return count + max(count // GROWTH, FIRST)


def _votes(rated: Sequence[RatedText]) -> Counter[str]:
    """Languages that the sources state; where they state none, what some of the texts show."""
    said = Counter(code for review in rated if (code := languages.primary(review.lang)))
    if said:
        return said
    some = sorted({review.text for review in rated}, key=lambda text: (-len(text), text))[:JUDGED]
    shown = [languages.identify(text) for text in some]
    return Counter(
        found.code for found in shown if found.certain and found.code != languages.NO_WORDS
    )
