"""What begins where an imported file begins says so first, and is undetermined."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from analysis.incidents import file_cut
from analysis.incidents.cause import judge
from analysis.incidents.stored import stored_incidents
from analysis.run import analyze_app
from analysis.words.catalogue import FactWording
from analysis.words.evidence import finding
from analysis.words.summary import summary
from collector.importers.load import ImportOptions, import_file
from collector.records import Cut, ImportSample
from collector.settings.config import Settings
from collector.store import Store
from tests.analysis.evidence.build import ONSET, Review, window

LANGUAGES = ("en", "es")
CUTS: tuple[Cut, ...] = (
    "newest", "per_star", "one_star", "per_month", "per_day", "began", "no_days",
)  # fmt: skip


def sample(cut: Cut, **changes: object) -> ImportSample:
    told = {
        "app": "city-app",
        "source": "google_play",
        "imported_at": ONSET + timedelta(days=90),
        "items": 500,
        "first_at": ONSET - timedelta(days=9),
        "last_at": ONSET + timedelta(days=40),
        "cut": cut,
        "size": 500,
        "cut_at": ONSET,
    }
    return ImportSample(**(told | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("cut", CUTS)
def test_no_cause_is_named_of_what_rests_on_a_cut(cut: Cut) -> None:
    swing = window([Review(1, "crash")], []).swing
    resting = file_cut.resting_on([sample(cut)], swing)
    assert resting is not None
    verdict = judge(swing, [file_cut.as_evidence(resting)])
    assert verdict.cause == "undetermined"
    assert verdict.causes["undetermined"] == 1.0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cut", CUTS)
def test_each_cut_is_said(cut: Cut, language: str) -> None:
    said = finding(file_cut.as_evidence(sample(cut)), FactWording(language, ZoneInfo("UTC")))
    assert said.endswith(".")
    assert "{" not in said
    assert "500" in said or cut in ("one_star", "began", "no_days")


@pytest.mark.parametrize("days", [-20, 30])
def test_an_onset_far_from_a_step_is_the_apps_own(days: int) -> None:
    cut = sample("newest", cut_at=ONSET + timedelta(days=days))
    assert file_cut.resting_on([cut], window([], []).swing) is None


def test_a_scraper_that_began_is_no_incident_of_the_app(store: Store, tmp_path: Path) -> None:
    """All stars step up on a day and stay: whatever the detector makes of it says that first."""
    start = datetime(2025, 1, 1, tzinfo=UTC)
    times = [start + timedelta(days=6 * n) for n in range(25)]
    times += [start + timedelta(days=150, minutes=80 * n) for n in range(1800)]
    rows = [f"{at.isoformat()},{1 + n * 7 % 5},the map is slow {n}" for n, at in enumerate(times)]
    path = tmp_path / "r.csv"
    path.write_text("\n".join(["created_at,rating,text", *rows]), encoding="utf-8")
    now = times[-1] + timedelta(days=30)
    import_file(store, path, ImportOptions(app="tips"), now=now)
    assert "began" in [one.cut for one in store.import_samples.of("tips")]
    analyze_app(Settings(), store, "tips", now)
    found = stored_incidents(store, "tips")
    assert found
    for incident in found:
        assert incident.cause == "undetermined"
        assert incident.coverage != "complete"
        assert summary(incident, "Tips", FactWording("en", ZoneInfo("UTC"))).startswith(
            "This may be the file and not the app."
        )
