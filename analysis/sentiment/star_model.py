"""The star model: expected stars of a text, learned by ridge regression from rated reviews."""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analysis.sentiment import calibration, features
from analysis.sentiment.known_words import Familiar

VERSION = "stars-1"
CACHED_WORDS = 200_000
MIN_ALIKE = 0.3  # share of a text's words that must look like words of the training texts
MIN_KNOWN = 0.75  # share that must be such words where the language was not learned
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Quality:
    """Areas under the curve, at most 2 against at least 4 stars, on later texts than trained on."""

    stars: float
    vader: float
    items: int


@dataclass(frozen=True, eq=False)
class StarModel:
    """One trained model. Scores depend on nothing but its fields.

    weights: float16 (features.COLUMNS,); curve: knots from raw to expected stars;
    languages: codes with enough training texts; usual: the app's usual language.
    """

    app: str
    trained_until: datetime
    own_items: int
    pool_items: int
    languages: tuple[str, ...]
    usual: str | None
    quality: dict[str, Quality]
    weights: NDArray[np.float16]
    intercept: float
    curve: tuple[Floats, Floats]
    familiar: Familiar
    _cache: dict[str, tuple[float, int, bool, bool]] = field(default_factory=dict, repr=False)

    def raw(self, normals: Sequence[str], compounds: Floats) -> tuple[Floats, Floats, Floats]:
        """(raw prediction in stars, share of words that look known, share known), each (n,)."""
        word_part = features.word_hasher().transform(normals) @ self._words
        character_part, alike, known = self._characters(normals)
        block = float(features.BLOCK_WEIGHT)
        total = self.intercept + block * (word_part + character_part)
        total = total + self.vader_stars * compounds
        return np.asarray(total, dtype=np.float64), alike, known

    def score(self, texts: Sequence[str], compounds: Floats, learned: NDArray[np.bool_]) -> Floats:
        """Sentiment -1 to 1 of each text; NaN where its words are too unfamiliar to be read.

        compounds: VADER's score of the English texts, 0 for the others; learned: False for texts in
        a language that the model did not learn: those need words that it knows, not just alike.
        """
        if not texts:
            return np.empty(0)
        raw, alike, known = self.raw([features.normalise(text) for text in texts], compounds)
        familiar = np.where(learned, alike >= MIN_ALIKE, known >= MIN_KNOWN)
        scores = calibration.sentiment_of(calibration.expected_stars(raw, self.curve))
        return np.where(familiar, scores, np.nan)

    def explain(self, text: str) -> list[tuple[str, float]]:
        """Each distinct word in order, with the stars that it adds or takes (before calibration).

        The weight of a 2-gram goes to its two words in halves. VADER's part is not in it.
        """
        normal = features.normalise(text)
        words = features.words_of(normal)
        self._remember(words)
        grams = max(sum(self._cache[word][1] for word in words), 1)
        parts = {word: self._cache[word][0] / grams**0.5 for word in words}
        for word, share in self._word_shares(normal, words):
            parts[word] += share
        block = float(features.BLOCK_WEIGHT)
        return [(word, block * value) for word, value in parts.items()]

    def to_bytes(self) -> bytes:
        """The model as a compressed .npz without pickled objects."""
        meta = {
            "version": VERSION,
            "app": self.app,
            "trained_until": self.trained_until.isoformat(),
            "own_items": self.own_items,
            "pool_items": self.pool_items,
            "languages": self.languages,
            "usual": self.usual,
            "quality": {k: [q.stars, q.vader, q.items] for k, q in self.quality.items()},
            "intercept": self.intercept,
        }
        blob = io.BytesIO()
        np.savez_compressed(
            blob,
            meta=np.frombuffer(json.dumps(meta).encode(), dtype=np.uint8),
            weights=self.weights,
            curve=np.array(self.curve),
            pieces=self.familiar.pieces,
            words=self.familiar.words,
        )
        return blob.getvalue()

    @classmethod
    def from_bytes(cls, blob: bytes) -> "StarModel":
        """Reads what to_bytes wrote. Raises ValueError for anything else."""
        with np.load(io.BytesIO(blob), allow_pickle=False) as arrays:
            meta = json.loads(arrays["meta"].tobytes())
            if meta["version"] != VERSION:
                raise ValueError(f"a star model of version {meta['version']}, not {VERSION}")
            curve = arrays["curve"]
            return cls(
                app=meta["app"],
                trained_until=datetime.fromisoformat(meta["trained_until"]),
                own_items=meta["own_items"],
                pool_items=meta["pool_items"],
                languages=tuple(meta["languages"]),
                usual=meta["usual"],
                quality={k: Quality(*q) for k, q in meta["quality"].items()},
                weights=arrays["weights"],
                intercept=meta["intercept"],
                curve=(curve[0], curve[1]),
                familiar=Familiar(arrays["pieces"], arrays["words"]),
            )

    @property
    def vader_stars(self) -> float:
        """Stars that a compound of 1 adds to an English text."""
        return float(self.weights[-1]) * float(features.VADER_WEIGHT)

    @property
    def _words(self) -> NDArray[np.float32]:
        return self.weights[: features.WORD_FEATURES].astype(np.float32)

    def _characters(self, normals: Sequence[str]) -> tuple[Floats, Floats, Floats]:
        """(weights of the character n-grams, share alike, share known) of each text, each (n,)."""
        split = [features.words_of(normal) for normal in normals]
        self._remember({word for words in split for word in words})
        sums, alike, known = np.zeros((3, len(split)))
        for row, words in enumerate(split):
            if words:
                weights, grams, are_alike, are_known = zip(
                    *(self._cache[word] for word in words), strict=True
                )
                sums[row] = sum(weights) / sum(grams) ** 0.5
                alike[row] = sum(are_alike) / len(words)
                known[row] = sum(are_known) / len(words)
        return sums, alike, known

    def _remember(self, words: Sequence[str] | set[str]) -> None:
        """Puts (weight, n-grams, looks known, is known) of each word into the cache."""
        if len(self._cache) > CACHED_WORDS:
            self._cache.clear()
        new = [word for word in words if word not in self._cache]
        if not new:
            return
        grams = features.character_hasher().transform(new)
        weights = grams @ self.weights[features.WORD_FEATURES : -1].astype(np.float32)
        counts = np.asarray(grams.sum(axis=1)).ravel().astype(np.int64)
        alike, known = self.familiar.resembles(new), self.familiar.contains(new)
        rows = zip(weights.tolist(), counts.tolist(), alike.tolist(), known.tolist(), strict=True)
        self._cache.update(zip(new, rows, strict=True))

    def _word_shares(self, normal: str, words: Sequence[str]) -> Iterator[tuple[str, float]]:
        """Weights of the word 1- and 2-grams, dealt out to the words that they come from."""
        grams = list(dict.fromkeys(features.word_hasher().build_analyzer()(normal)))
        if not grams:
            return
        columns = features.word_columns(grams)
        values = self._words[columns] / np.sqrt(len(set(columns.tolist())))
        owner = {token: word for word in reversed(words) for token in features.tokens(word)}
        for gram, value in zip(grams, values.tolist(), strict=True):
            names = [owner[token] for token in gram.split(" ") if token in owner]
            for name in names:
                yield name, value / len(names)
