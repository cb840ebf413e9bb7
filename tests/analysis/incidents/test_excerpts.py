"""Sentences of made-up reviews that show a reason."""

from analysis.incidents.excerpts import LONGEST, excerpts
from analysis.records import GivenReason
from tests.analysis.evidence.build import END, ONSET, Review, frame

GIVEN = [GivenReason(reason="login", reviews=12, share=0.6, share_before=0.1, once=12)]
LOGIN = [
    Review(1, f"Nice colours. I cannot log in since {n} o'clock, no code comes!", author=f"a{n}")
    for n in range(12)
]
REST = [Review(5, "Great app, I love it and use it every day", author="happy")]


def told(reviews: list[Review]) -> list[tuple[str | None, str]]:
    found = excerpts(frame(reviews, ONSET, END), GIVEN, ("login",))
    return [(one.reason, one.text) for one in found]


def test_the_sentence_that_names_the_reason_is_shown_and_one_that_differs() -> None:
    found = told(LOGIN + REST)
    assert found[0][0] == "login"
    assert "cannot log in" in found[0][1]
    assert "colours" not in found[0][1]
    assert found[-1] == (None, "Great app, I love it and use it every day")


def test_the_same_reviews_give_the_same_excerpts_in_any_order() -> None:
    assert told(LOGIN + REST) == told(REST + LOGIN[::-1])


def test_nearly_equal_sentences_are_shown_once() -> None:
    assert len([reason for reason, _ in told(LOGIN) if reason]) == 1


def test_excerpts_are_masked_short_and_without_authors() -> None:
    text = "I cannot log in, write to jane.doe@example.org or call " + "and wait " * 60
    found = told([Review(1, text, author="jane"), *LOGIN])
    for _, sentence in found:
        assert "example.org" not in sentence
        assert len(sentence) <= LONGEST + 2


def test_without_reasons_there_are_none() -> None:
    assert excerpts(frame(LOGIN, ONSET, END), [], ()) == []
