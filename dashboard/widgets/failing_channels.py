"""What pages say of alert channels that do not take their messages."""

import streamlit as st

from dashboard import queries
from dashboard.widgets import View


def warn(view: View) -> None:
    """One line a failing channel; nothing where all is well."""
    words = view.words
    for failing in queries.failing_channels(view.store):
        st.warning(
            words(
                "channel-failing",
                channel=failing.channel,
                waiting=failing.waiting,
                since=words.time(failing.since),
            ),
            icon=":material/notifications_off:",
        )
