"""Replies greet by name; the name does not reach the store."""

from datetime import UTC, datetime

import pytest

from collector.privacy.greeted_names import mask_names
from collector.privacy.protect import kept_id, protect
from collector.records import RawItem

GREETED = {
    "Dear Ramesh, thank you": "Dear [name], thank you",
    "hi ramesh, please update": "hi [name], please update",
    "Dear John Q. Public, sorry": "Dear [name], sorry",
    "Hi, Anna! We": "Hi, [name]! We",
    "Thank you, Maria! We fixed it.": "Thank you, [name]! We fixed it.",
    "Good morning Peter, sorry": "Good morning [name], sorry",
    "Hola María: lamentamos": "Hola [name]: lamentamos",
    "Estimada Sra. López, lamentamos": "Estimada Sra. [name], lamentamos",
    "Olá João, obrigado": "Olá [name], obrigado",
    "Hallo Max, danke": "Hallo [name], danke",
    "Sehr geehrte Frau Müller, danke": "Sehr geehrte Frau [name], danke",
    "Bonjour Marie,\nMerci": "Bonjour [name],\nMerci",
    "Ciao Luca, grazie": "Ciao [name], grazie",
    "Здравствуйте, Иван! Спасибо": "Здравствуйте, [name]! Спасибо",
    "Merhaba Ayşe Hanım, teşekkürler": "Merhaba [name] Hanım, teşekkürler",
    "Halo Kak Budi, terima kasih": "Halo Kak [name], terima kasih",
    "नमस्ते रमेश जी, धन्यवाद": "नमस्ते [name] जी, धन्यवाद",
    "您好，张伟，感谢": "您好，[name]，感谢",
    "田中様、ありがとう": "[name]様、ありがとう",
    "김민수님, 안녕하세요": "[name]님, 안녕하세요",
}
FOR_EVERYBODY = [
    "Dear User, we",
    "Dear Valued Customer, we",
    "Dear Sir/Madam, we",
    "Hello Citizens! We",
    "Hi there, thanks",
    "Hi. Please update.",
    "Hello, Please update.",
    "Hello, this app needs your location.",
    "Thanks for your feedback! We",
    "Thank you so much!",
    "Thanks, the Example Transit Team",
    "Estimado usuario, lamentamos",
    "Hola, gracias por tu comentario.",
    "Sehr geehrte Damen und Herren, danke",
    "Cher utilisateur, merci",
    "Уважаемый пользователь, спасибо",
    "Здравствуйте! Благодарим вас",
    "Sayın kullanıcımız, teşekkürler",
    "Halo Kak, terima kasih",
    "प्रिय उपयोगकर्ता, धन्यवाद",
    "お客様、ありがとう",
    "고객님, 안녕하세요",
    "尊敬的用户，感谢",
    "Hi, Unfortunately, the app is down.",
    "Hello, Currently, we test it.",
    "Hola, Lamentablemente, no funciona.",
    "Merci beaucoup, nous",
    "Grazie mille! Siamo felici",
    "Спасибо большое! Мы рады",
    "Terima kasih banyak. Kami",
    "Thank you kindly. We",
]


@pytest.mark.parametrize("reply", GREETED)
def test_who_is_greeted_is_masked_where_the_author_is_unknown(reply: str) -> None:
    assert mask_names(reply, None) == GREETED[reply]
    assert mask_names(GREETED[reply], None) == GREETED[reply]


@pytest.mark.parametrize("reply", FOR_EVERYBODY)
def test_words_for_everybody_stay(reply: str) -> None:
    assert mask_names(reply, None) == reply


@pytest.mark.parametrize(
    ("reply", "author", "masked"),
    [
        ("We saw it, RAMESH KUMAR.", "Ramesh Kumar", "We saw it, [name]."),
        ("Sorry for this, Ramesh!", "ramesh_kumar", "Sorry for this, [name]!"),
        ("We will look into it, Will.", "Will Smith", "We will look into it, [name]."),
        ("5 stars from José? Gracias", "Jose\u0301 P.", "5 stars from [name]? Gracias"),
        ("Dear User, the user guide", "A Google user", "Dear User, the user guide"),
        ("Dear customer, please", "Happy Customer", "Dear customer, please"),
        ("谢谢张伟的反馈", "张伟", "谢谢[name]的反馈"),
        ("We will fix it, and you will see.", "Will", "We will fix it, and you will see."),
        ("the update is on the way", "the", "the update is on the way"),
        ("Our app is better now", "app", "Our app is better now"),
        ("我们会处理这个问题", "我", "我们会处理这个问题"),
    ],
)
def test_the_authors_own_name_is_masked_anywhere(reply: str, author: str, masked: str) -> None:
    assert mask_names(reply, author) == masked


def test_it_does_not_reach_the_item(secret: bytes) -> None:
    at = datetime(2024, 5, 5, tzinfo=UTC)
    raw = RawItem(
        source="google_play",
        created_at=at,
        item_id="https://mastodon.example/@jane/11",
        author="Jane Roe",
        text="bad",
        version="1.2 by jane@example.org",
        lang="en",
        reply_text="Dear Jane, call 214-555-0123. Yours, the team",
    )
    item = protect(raw, app="tips", secret=secret, seen_at=at)
    assert item.reply_text == "Dear [name], call [phone]. Yours, the team"
    assert item.item_id == kept_id(secret, "https://mastodon.example/@jane/11")
    assert "jane" not in f"{item.item_id} {item.version} {item.url}".lower()
    assert kept_id(secret, "gp:AOqpTOF_123-x") == "gp:AOqpTOF_123-x"
