"""`python -m benchmarks.calibrate.fault_words`: learns how faults are spoken of, per language.

From quiet histories; writes analysis/evidence/fault_language/fault_words.json. Listed events are
cut out: no label of an event is used.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from py3langid import classify

from analysis.evidence.fault_language import fault_words
from analysis.evidence.fault_language.fault_words import QuietHistory, Weights, learn
from analysis.evidence.quiet_blocks import even_sample
from analysis.evidence.texts import full_texts
from analysis.tokens import words
from benchmarks.evaluation_data import evaluation_data
from benchmarks.windows import SAME_APP, SHARED_DATA, UNTIMED, events, load_reviews, without_events

LEAST_REVIEWS = 60
CHUNK = 25


def quiet_histories(data: Path) -> Iterator[QuietHistory]:
    """Each app of the evaluation data without its listed events, in its main language."""
    every = events(data)
    for file in sorted(path.stem for path in (data / "reviews").glob("*.parquet")):
        if file in UNTIMED:
            continue
        reviews = load_reviews(data, file)
        for app, frame in reviews.groupby("app"):
            own = without_events(frame, every, file, str(app), single=reviews["app"].nunique() == 1)
            if len(own) < LEAST_REVIEWS:
                continue
            texts = full_texts(own)
            yield QuietHistory(
                app=SAME_APP.get(f"{file}:{app}", str(app)),
                lang=_language(texts),
                stars=own["rating"].round().to_numpy(dtype=np.int64),
                at=own["created_at"].astype("int64").to_numpy(),
                words=[words(text) for text in texts],
                version=[v if isinstance(v, str) else None for v in own["version"]],
            )


def write(learned: dict[str, Weights], path: Path) -> None:
    """The weights as JSON, one language a block, words in order."""
    languages = {
        lang: {
            "apps": w.apps,
            "common": list(w.common),
            "levels": list(w.levels),
            "update_levels": list(w.update_levels),
            "fault": dict(w.fault),
            "update": dict(w.update),
        }
        for lang, w in learned.items()
    }
    about = "learned by `python -m benchmarks.calibrate.fault_words` without labels"
    text = json.dumps(
        {"version": 1, "about": about, "languages": languages}, ensure_ascii=False, indent=0
    )
    path.write_text(text + "\n", "utf-8")


def _language(texts: list[str]) -> str:
    some = [texts[n] for n in even_sample(len(texts), 600)]
    votes = Counter(
        classify(" \n".join(some[n : n + CHUNK]))[0] for n in range(0, len(some), CHUNK)
    )
    return str(votes.most_common(1)[0][0])


def main() -> None:
    """Learns and writes; prints what was learned."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=evaluation_data, default=str(SHARED_DATA))
    shipped = Path(fault_words.__file__).with_name(fault_words.FILE)
    parser.add_argument("-o", "--output", type=Path, default=shipped)
    args = parser.parse_args()
    learned = learn(quiet_histories(args.data))
    write(learned, args.output)
    for lang, weights in learned.items():
        print(f"{lang}: {len(weights.fault)} words from {weights.apps} apps")


if __name__ == "__main__":
    main()
