"""A round of the past tells apart the languages that were told apart by then, and no others."""

from datetime import timedelta

import numpy as np

from analysis import series
from analysis.replay.rounds import arrival_history
from analysis.swings import History
from collector.store import Store
from collector.times import from_us, to_us
from tests.analysis.test_coverage import report
from tests.collector.store.items import T0, item

DAY = timedelta(days=1)
DAYS = 12
FAILS = (7, 8, 9)  # days on which Spanish is not read


def polled(store: Store) -> list[History]:
    """A shop in two languages, read once a day; what an analysis read after each poll."""
    store.apps.ensure("tips")
    seen = []
    for day in range(1, DAYS):
        at = T0 + day * DAY
        for lang in ("en", "es"):
            if lang == "es" and day in FAILS:
                continue
            store.items.write(
                [
                    item(
                        f"{lang}{day}-{n}", lang=lang, created_at=at - n * DAY / 5,
                        first_seen=at, arrived_at=at, last_seen=at,
                    )
                    for n in range(1, 4)
                ],
                how="poll",
            )  # fmt: skip
            begin = at - DAY if day - 1 not in FAILS or lang == "en" else at - DAY / 2
            store.part_spans.note(
                "tips", "google_play", lang, place="lang", code=lang, known=at,
                seen=(begin, at), cut=False,
            )  # fmt: skip
        store.runs.write(report("google_play", at - DAY, at))
        seen.append(series.history(store, "tips"))
    return seen


def counted(history: History) -> dict[str, int]:
    counts = np.bincount(history.source, minlength=len(history.sources)).tolist()
    return {name: n for name, n in zip(history.sources, counts, strict=True) if n}


def test_replay_tells_apart_what_was_told_apart_then(store: Store) -> None:
    live = polled(store)
    arrived = arrival_history(store, "tips", to_us(T0 + DAYS * DAY))
    assert [from_us(one.at) for one in arrived.rounds[:-1]] == [
        T0 + day * DAY for day in range(1, DAYS)
    ]
    for round_, then in enumerate(live):
        again = arrived.history(round_, 0, arrived.rounds[round_].until)
        assert counted(again) == counted(then)
        assert again.unseen.keys() == then.unseen.keys()
        for name, spans in then.unseen.items():
            assert again.unseen[name].tolist() == spans.tolist()
    apart = [len(counted(one)) for one in live]
    assert apart[0] == 1, "all of it was read"
    assert apart[-1] == 2
