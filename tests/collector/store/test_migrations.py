"""Whether a store is up to date is told without Alembic, from the names of the migrations."""

from importlib.resources import files

from alembic.config import Config
from alembic.script import ScriptDirectory

from collector.store.engine import schemas


def test_migrations_are_named_by_the_schema_that_they_make() -> None:
    config = Config()
    config.set_main_option("script_location", str(files("collector.store") / "migrations"))
    script = ScriptDirectory.from_config(config)
    made = [one.revision for one in script.walk_revisions()]
    assert schemas() == made[::-1]
