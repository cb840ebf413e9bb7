"""Tables of the TOML, and what the sources' manifests add to them."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, create_model, model_validator

from collector.settings.field_types import FeedAddress
from collector.source_manifests import Setting, manifests

TYPES: Mapping[str, Any] = {
    "text": str, "texts": tuple[str, ...], "number": float, "whole": int, "flag": bool,
    "secret": SecretStr, "day": date, "address": FeedAddress, "addresses": tuple[FeedAddress, ...],
}  # fmt: skip


class Table(BaseModel):
    """A table of the TOML: frozen, unknown fields are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __getitem__(self, name: str) -> Any:
        """What a source's own manifest lets an operator set, by name."""
        return getattr(self, name)


def _fields(declared: Mapping[str, Setting], *, secret: bool = False) -> dict[str, Any]:
    """Fields of a table as a manifest declares them: the secrets among them, or all others."""
    return {
        name: (TYPES[each.type] | None, _field(each))
        for name, each in declared.items()
        if (each.type == "secret") is secret
    }


def _field(each: Setting) -> Any:
    whole = None if each.pattern is None else f"^(?:{each.pattern})$"
    given = tuple(each.default) if isinstance(each.default, list) else each.default
    is_text = each.type == "text"
    return Field(
        default=given,
        description=each.help,
        pattern=whole,
        min_length=each.least if is_text else None,
        ge=None if is_text else each.least,
    )


def _together(declared: Mapping[str, Setting]) -> Any:
    """What of a table can only be set together with something else."""

    def checked(table: Table) -> Table:
        for name, each in declared.items():
            if table[name] and not all(table[other] for other in each.needs):
                raise ValueError(f"{each.why}: set {' and '.join(each.needs)}")
        return table

    return model_validator(mode="after")(checked)


def _of_apps() -> dict[str, Any]:
    """What the table of an app may say besides."""
    return {name: each for made in manifests().values() for name, each in _fields(made.app).items()}


def _secrets() -> dict[str, Any]:
    """Secrets by the name of the source and their own."""
    return {
        made.settings[name].variable or f"{source}_{name}": each
        for source, made in manifests().items()
        for name, each in _fields(made.settings, secret=True).items()
    }


def _tables() -> dict[str, Any]:
    """A table for each source that declares settings."""
    found: dict[str, Any] = {}
    for source, made in manifests().items():
        if made.settings:
            open_ones = {n: each for n, each in made.settings.items() if each.type != "secret"}
            name = f"SettingsOf_{source}"
            model = create_model(
                name,
                __base__=Table,
                __module__=__name__,
                __validators__={"together": _together(open_ones)},
                **_fields(made.settings),
            )
            globals()[name] = model  # other processes find it by its name: pickle
            found[source] = (model, model())
    return found


if TYPE_CHECKING:  # fields of manifests are reached by name: app["village_square"]

    class AppOfSources(Table):
        """An app's table, with what the sources add to it."""

    class SecretsOfSources(Table):
        """From FLOODGAUGE_<NAME> or, for a file that holds it, FLOODGAUGE_<NAME>_FILE."""

    class SettingsOfSources(Table):
        """The sources' own tables."""

else:
    AppOfSources = create_model("AppOfSources", __base__=Table, **_of_apps())
    SecretsOfSources = create_model("SecretsOfSources", __base__=Table, **_secrets())
    SettingsOfSources = create_model("SettingsOfSources", __base__=Table, **_tables())
