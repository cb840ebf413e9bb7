"""All sources: found by their files, described in full, and off until they are configured."""

import subprocess
import sys
from pathlib import Path

import pytest

from collector.errors import ConfigError
from collector.settings.config import AppSettings, Settings
from collector.shop_sources import is_review_shop, routes_of
from collector.source_manifests import manifests, read_manifest
from collector.sources import Source, load_source, load_sources, source_names, sources_table


def test_every_file_is_a_source() -> None:
    assert set(source_names()) >= {
        "app_store",
        "app_store_connect",
        "app_store_scraper",
        "google_play",
        "play_developer",
    }
    assert [source.name for source in load_sources()] == list(source_names())


def test_an_unknown_source_is_named_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="no source named 'reddit'; there are app_store,"):
        load_source("reddit")


@pytest.mark.parametrize("source", load_sources(), ids=lambda source: source.name)
def test_a_source_says_what_it_needs_costs_and_cannot_see(source: Source) -> None:
    words = (source.title, source.gives, source.needs, source.cost, source.cannot_see)
    assert all(words)
    assert source.limits
    assert source.terms
    plan = source.plan(AppSettings(), Settings())
    assert plan.off
    assert plan.parts == ()


def test_review_stores_are_told_apart_without_importing_them() -> None:
    stores = {name for name in source_names() if is_review_shop(name)}
    assert stores == {source.name for source in load_sources() if "reviews" in source.gives}


def test_the_table_has_a_row_for_each_source() -> None:
    rows = sources_table().splitlines()
    assert len(rows) == 2 + len(source_names())
    assert {row.count("|") for row in rows} == {7}


def test_only_what_is_asked_for_is_imported() -> None:
    """Looking at the names loads no client library; loading one source loads no other's."""
    code = (
        "import sys; from collector.sources import load_source, source_names; source_names();"
        "load_source('google_play');"
        "loaded = {'tweepy', 'atproto', 'app_reviews'} & set(sys.modules);"
        "sys.exit(str(loaded) if loaded else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_sources_of_one_shop_are_its_routes() -> None:
    assert routes_of("app_store") == {"app_store", "app_store_connect", "app_store_scraper"}
    assert routes_of("google_play") == {"google_play", "play_developer"}
    assert {routes_of(name) for name in ("x", "feeds", "a_file")} == {
        frozenset({"x"}),
        frozenset({"feeds"}),
        frozenset({"a_file"}),
    }


def test_every_source_has_a_manifest_and_every_manifest_a_source() -> None:
    assert set(manifests()) == set(source_names())


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('name = "Shop"', "kind"),
        ('name = "Shop"\nkind = "stars"', "kind is one of"),
        ('name = "Shop"\nkind = "reviews"\ncolour = 1', "colour"),
        ('name = "Shop"\nkind = "reviews"\n[app.shop]\ntype = "text"', "help"),
        ("name = ", "Invalid"),
    ],
)
def test_a_wrong_manifest_is_named(tmp_path: Path, text: str, wrong: str) -> None:
    (tmp_path / "shop.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=rf"shop\.toml: .*{wrong}"):
        read_manifest(tmp_path / "shop.toml")
