"""Links and hashtags as people write them, in any script."""

import pytest

from collector.text.post_marks import hashtags_in, links_in


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("see #बहिष्कार now", ["#बहिष्कार"]),
        ("#บอยคอตแอปนี้ค่ะ", ["#บอยคอตแอปนี้ค่ะ"]),
        ("#مُقاطعة التطبيق", ["#مُقاطعة"]),
        ("#Cafe\u0301 #CAFÉ", ["#café"]),
        ("＃はい #はい", ["#はい"]),
        ("we are #1, see https://x.org/#part a&#39;b C#sharp", []),
    ],
)
def test_hashtags(text: str, tags: list[str]) -> None:
    assert hashtags_in(text) == tags


def test_links_once_and_without_marks() -> None:
    said = "www.example.org/a?utm_source=x, https://example.org/a"
    assert links_in(said) == ["example.org/a"]
