"""Times: datetimes, microseconds and ISO 8601 text say the same moment."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.times import from_iso, from_us, to_iso, to_us

moments = st.datetimes(timezones=st.timezones())


@given(moments)
def test_a_moment_survives_each_way_of_writing_it(moment: datetime) -> None:
    here = moment.astimezone(UTC)

    assert from_us(to_us(moment)) == here
    assert from_iso(to_iso(moment)) == here


@pytest.mark.parametrize("naive", [datetime(2020, 5, 31)])  # noqa: DTZ001
def test_a_time_without_a_zone_is_refused(naive: datetime) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        to_us(naive)
    with pytest.raises(ValueError, match="without a zone"):
        from_iso(naive.isoformat())
