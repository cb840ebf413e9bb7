"""The parts of the data page: exports with their privacy switches, the data dictionary."""

import hashlib
import shlex

import streamlit as st

from analysis.research.export import ENDINGS, LOADERS, RECORDS, What
from analysis.research.snapshots import SnapshotChanged
from collector import record_frames
from collector.errors import ContractError
from collector.store.apps import App
from dashboard import queries, widgets
from dashboard.widgets import View, table
from dashboard.words.catalogue import Wording

WHATS: tuple[What, ...] = tuple(LOADERS)


def export(view: View, app: App) -> None:
    """Choose what and how; the file is made when it is asked for."""
    words = view.words
    st.subheader(words("data-export"), anchor=False)
    if not widgets.may_act():
        st.markdown(words("data-viewers"))
        return
    left, right = st.columns(2)
    with left:
        what: What = st.segmented_control(
            words("data-what"),
            WHATS,
            default="items",
            required=True,
            format_func=lambda w: words(f"data-{w}"),
            key="what",
        )
    with right:
        ending: str = st.segmented_control(
            words("data-ending"),
            ENDINGS,
            default=ENDINGS[0],
            required=True,
            format_func=lambda e: e.removeprefix(".").upper(),
            key="ending",
        )
    keys = what == "items" and st.toggle(
        words("data-author-keys"), key="author-keys", help=words("data-author-keys-help")
    )
    named = what == "items" and st.text_input(
        words("data-snapshot"), key="snapshot", help=words("data-snapshot-help")
    )
    snapshot = (named or "").strip() or None
    st.caption(words(f"data-about-{what}"))
    name = f"{app.key}-{what}{ending}"
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(words("data-prepare"), key="prepare", icon=":material/inventory_2:"):
            with st.spinner(words("data-preparing")):
                _offer(view, app, what, ending, name, with_author_keys=keys, snapshot=snapshot)
    st.caption(words("data-command"))
    option = " --with-author-keys" if keys else ""
    option += f" --snapshot {shlex.quote(snapshot)}" if snapshot else ""
    st.code(f"floodgauge export {what} --app {app.key} -o {name}{option}", language=None)


def _offer(
    view: View,
    app: App,
    what: What,
    ending: str,
    name: str,
    *,
    with_author_keys: bool,
    snapshot: str | None,
) -> None:
    """The file's button, its number of rows, its fingerprint and the id of its snapshot."""
    words = view.words
    try:
        file = queries.exported(view.store, app.key, what, ending, with_author_keys, snapshot)
    except SnapshotChanged as error:
        st.error(words("data-snapshot-changed", missing=error.missing, rows=error.rows))
        st.code(error.remaining, language=None)
        return
    except ContractError:
        st.error(words("data-snapshot-unknown"))
        return
    rows, made = file.rows, file.made
    st.download_button(
        words("data-download", name=name),
        made,
        file_name=name,
        icon=":material/download:",
        on_click="ignore",
        key="download",
    )
    mark = hashlib.sha256(made).hexdigest()
    st.caption(words("data-made", rows=rows, size=words.number(len(made) / 1024), mark=mark[:16]))
    if file.snapshot is not None:
        st.caption(words("data-snapshot-made"))
        st.code(file.snapshot, language=None)


def dictionary(words: Wording) -> None:
    """Each column of each file with its type and meaning."""
    st.subheader(words("data-dictionary"), anchor=False)
    for what, record in RECORDS.items():
        with st.expander(words(f"data-{what}"), key=f"dictionary-{what}"):
            columns, rows = _columns(record, words)
            table(words(f"data-{what}"), columns, rows)


def _columns(record: type, words: Wording) -> tuple[list[str], list[list[str]]]:
    head = [words(f"column-{name}") for name in ("column", "type", "missing", "meaning")]
    rows = [
        [
            column.name,
            " / ".join(column.choices) or words(f"type-{column.type.__name__}"),
            words("yes" if column.nullable else "no"),
            column.meaning,
        ]
        for column in record_frames.columns(record)
    ]
    return head, rows
