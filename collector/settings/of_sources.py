"""Tables of the TOML, and what the sources' manifests add to them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, create_model

from collector.source_manifests import Setting, manifests

TYPES: Mapping[str, Any] = {
    "text": str, "texts": tuple[str, ...], "number": float, "whole": int, "flag": bool,
    "secret": SecretStr,
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
    return Field(default=given, description=each.help, pattern=whole)


def _of_apps() -> dict[str, Any]:
    """What the table of an app may say besides."""
    return {name: each for made in manifests().values() for name, each in _fields(made.app).items()}


def _secrets() -> dict[str, Any]:
    """Secrets by the name of the source and their own."""
    return {
        f"{source}_{name}": each
        for source, made in manifests().items()
        for name, each in _fields(made.settings, secret=True).items()
    }


def _tables() -> dict[str, Any]:
    """A table for each source that declares settings."""
    found: dict[str, Any] = {}
    for source, made in manifests().items():
        if made.settings:
            model = create_model(source, __base__=Table, **_fields(made.settings))
            found[source] = (model, model())
    return found


if TYPE_CHECKING:  # fields of manifests are reached by name: app["village_square"]

    class AppOfSources(Table):
        """An app's table, with what the sources add to it."""

    class SecretsOfSources(Table):
        """The sources' own secrets."""

    class SettingsOfSources(Table):
        """The sources' own tables."""

else:
    AppOfSources = create_model("AppOfSources", __base__=Table, **_of_apps())
    SecretsOfSources = create_model("SecretsOfSources", __base__=Table, **_secrets())
    SettingsOfSources = create_model("SettingsOfSources", __base__=Table, **_tables())
