"""The star model of each moment: it learned only from what had been published by then.

A model is due when the app's rated texts have doubled (from 800 on: grown by half; from 200,000 on:
by 100,000), or after 180 days. When that is depends on the stored reviews alone, so a replay and a
live run agree.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from analysis.sentiment import languages
from analysis.sentiment.star_model import VERSION, StarModel
from analysis.sentiment.training import MIN_ITEMS, Example, train
from collector.store import Store
from collector.store.records import RatedText
from collector.times import INSTANT

OWN_LIMIT = 30_000
POOL_READ = 20_000
POOL_SAMPLE = 50  # texts that show the language of an app
POOL_PER_APP = (200, 5_000)
POOL_LIMIT = 10_000
LANGUAGE_SHARE = 0.05
MAX_AGE = timedelta(days=180)
USUAL_SAMPLE = 400
DOUBLES_UNTIL = 800
MOST_COUNTED = 200_000  # counting more costs more than it says; from there on, half as many again


class ModelsOfApp:
    """Walks forward through an app's history and knows the model of each moment."""

    def __init__(self, store: Store, app: str, *, now: datetime) -> None:
        """now: when the models are made; kept beside them, of no influence."""
        self.store = store
        self.app = app
        self.now = now
        self.cut: datetime | None = None
        self.next_cut: datetime | None = None
        self.model: StarModel | None = None
        self.ready: datetime | None = None

    def cut_for(self, moment: datetime) -> datetime:
        """The latest moment, not after this one, at which a model is due. Moments must not fall."""
        if self.cut is None:
            known = [at for _, at in self.store.models.names(self._prefix) if at <= moment]
            self._start(known[-1] if known else moment)
        while self.next_cut is not None and self.next_cut <= moment:
            self._start(self.next_cut)
        assert self.cut is not None  # noqa: S101
        return self.cut

    def at(self, cut: datetime) -> StarModel | None:
        """The model of a cut, trained now if the store has none; None where data are too few."""
        if self.ready != cut:
            name = model_name(self.app, cut)
            blob = self.store.models.load(name)
            if blob is None:
                model = train_at(self.store, self.app, cut)
                blob = model.to_bytes() if model else b""
                self.store.models.save(name, blob, trained_until=cut, created_at=self.now)
            self.model = StarModel.from_bytes(blob) if blob else None
            self.ready = cut
        return self.model

    @property
    def _prefix(self) -> str:
        return f"{VERSION}/{self.app}/"

    def _start(self, cut: datetime) -> None:
        """Takes a cut and finds the next one."""
        self.cut = cut
        count = self.store.scores.rated_count(self.app, before=cut, most=MOST_COUNTED)
        due = self.store.scores.rated_moment(self.app, since=cut, rank=next_size(count) - count)
        oldest = cut + MAX_AGE
        self.next_cut = oldest if due is None else min(due + INSTANT, oldest)


def train_at(store: Store, app: str, cut: datetime) -> StarModel | None:
    """The app's model from what had been published before `cut`; None where that is too little."""
    own = store.scores.rated(app, before=cut, limit=OWN_LIMIT)
    usual = languages.usual_language([rated.text for rated in own[-USUAL_SAMPLE:]])
    examples = _examples(own, usual, own=True)
    wanted = _languages(examples) if len(examples) >= MIN_ITEMS else None
    pool = _pool(store, _others(store, app), cut, wanted)
    return train([*pool, *examples], app=app, trained_until=cut, usual=usual)


def _others(store: Store, app: str) -> list[str]:
    """Apps whose reviews may help: made-up ones among themselves, real ones among themselves."""
    simulated = {known.key: known.simulated for known in store.apps.all()}
    kind = simulated.pop(app, False)
    return [key for key, is_simulated in simulated.items() if is_simulated == kind]


def _pool(
    store: Store, others: Sequence[str], cut: datetime, wanted: set[str] | None
) -> list[Example]:
    """Earlier reviews of other apps in the wanted languages (None: all), oldest first."""
    usual_of = {}
    for other in others:
        newest = store.scores.rated(other, before=cut, limit=POOL_SAMPLE)
        usual = languages.usual_language([rated.text for rated in newest])
        if newest and (wanted is None or usual is None or usual in wanted):
            usual_of[other] = usual
    least, most = POOL_PER_APP
    each = min(max(POOL_READ // max(len(usual_of), 1), least), most)
    found: list[tuple[datetime, Example]] = []
    for other, usual in usual_of.items():
        rated = store.scores.rated(other, before=cut, limit=each)
        examples = _examples(rated, usual, own=False)
        found += [
            (r.created_at, e)
            for r, e in zip(rated, examples, strict=True)
            if wanted is None or e.language in wanted
        ]
    found.sort(key=lambda pair: pair[0])
    return [example for _, example in found[-POOL_LIMIT:]]


def model_name(app: str, cut: datetime) -> str:
    """Name and version of the model that learned until `cut`: stars-1/<app>/<time>."""
    return f"{VERSION}/{app}/{cut:%Y%m%dT%H%M%S.%fZ}"


def next_size(count: int) -> int:
    """Number of rated texts at which the next model is due."""
    if count < MIN_ITEMS:
        return MIN_ITEMS
    return 2 * count if count < DOUBLES_UNTIL else count + count // 2


def _examples(rated: Sequence[RatedText], usual: str | None, *, own: bool) -> list[Example]:
    codes = languages.resolve([r.text for r in rated], [r.lang for r in rated], usual)
    return [Example(r.text, r.rating, code, own) for r, code in zip(rated, codes, strict=True)]


def _languages(examples: Sequence[Example]) -> set[str]:
    counts = Counter(example.language for example in examples)
    return {code for code, count in counts.items() if count >= LANGUAGE_SHARE * len(examples)}
