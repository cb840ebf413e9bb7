"""An incident with all that it was made from -> one file."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from analysis.incidents.stored import document, stored_incident
from analysis.incidents.was_watched import as_seen
from analysis.records import Incident
from analysis.research.evidence_pack import archive
from analysis.research.evidence_pack.made import told
from analysis.research.evidence_pack.recomputed import OF_OTHER_APPS
from analysis.research.made_with import own_version
from analysis.words.catalogue import english
from analysis.words.documents import name_of, told_incident
from collector.errors import ConfigError
from collector.progress import Progress
from collector.settings.config import Settings
from collector.store import Store, open_store
from collector.store.moving.one_app import write_app
from collector.times import to_iso

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Packed:
    """rows: of the pack's store, by table. sha256: of the whole file. as_packed: signals that the
    pack holds and that cannot be made again from it."""

    incident: str
    rows: dict[str, int]
    sha256: str
    as_packed: tuple[str, ...]


def pack(
    settings: Settings,
    store: Store,
    incident_id: str,
    output: Path,
    now: datetime,
    progress: Progress | None = None,
) -> Packed:
    """Writes the incident's pack. The file appears whole or not at all.

    Raises ConfigError for an incident that is not there, OSError where the file cannot be written.
    """
    app = _incident(store, incident_id).app
    others = len(set(store.apps.keys()) - {app})
    with tempfile.TemporaryDirectory(prefix="floodgauge-") as name:
        folder = Path(name)
        rows = write_app(store.database, app, folder / archive.STORE, progress)
        # All is read from the copy: it is of one moment.
        with open_store(str(folder / archive.STORE), reading=True) as copied:
            found = _incident(copied, incident_id)
            made = told(settings, copied, found, now, others)
            shown = told_incident(as_seen(copied, found, now), name_of(copied, app), english())
        (folder / archive.INCIDENT).write_bytes(archive.as_json(document(shown)))
        (folder / archive.MADE_WITH).write_bytes(archive.as_json(made))
        digest = _placed(folder, _said(found.id, now), output)
    kept = {e.signal for e in found.evidence} & set(OF_OTHER_APPS) if others else set()
    return Packed(found.id, rows, digest, tuple(sorted(kept)))


def _incident(store: Store, incident_id: str) -> Incident:
    found = stored_incident(store, incident_id)
    if found is None:
        raise ConfigError(f"no incident {incident_id}; `floodgauge incidents` lists them")
    return found


def _said(incident: str, now: datetime) -> dict[str, Any]:
    version = own_version()
    return {"format": FORMAT, "floodgauge": version, "made_at": to_iso(now), "incident": incident}


def _placed(folder: Path, said: dict[str, Any], output: Path) -> str:
    """Writes beside the file, then puts it in its place."""
    part = output.with_name(output.name + ".part")
    try:
        part.touch(mode=0o600)
        digest = archive.write(folder, said, part)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    return digest
