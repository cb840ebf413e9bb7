"""What anybody would expect to be told of posts is told."""

from benchmarks.talk.plain import plain_cases


def test_every_plain_case_is_told_as_expected() -> None:
    found = list(plain_cases())
    assert len(found) == 7
    assert [(one.happened, one.told) for one in found] == [
        (one.happened, one.expected) for one in found
    ]
