"""What may reach the disk: author keys, masked texts, tombstones, and the secret behind them."""

import os
import stat
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import ConfigError, ContractError
from collector.privacy.protect import author_key, content_id, load_secret, mask, protect, tombstone
from collector.records import RawItem

T0 = datetime(2020, 5, 31, 5, 48, tzinfo=UTC)
NINE = timezone(timedelta(hours=9))

MASKED = {
    "mail me at john.doe+x@mail.example.org now": "mail me at [email] now",
    "Jane_Roe@example": "[email]",
    "jane @ example.com please": "[email] please",
    "jane(at)example.com": "[email]",
    "用户jane@example.com。": "[email]。",
    "thanks @Some_One!": "thanks [handle]!",
    "ask @someone@mastodon.example.": "ask [handle].",
    "＠someone": "[handle]",
    "https://twitter.com/someone/status/1266": "https://twitter.com/[handle]/status/1266",
    "https://mastodon.example/@someone/1266": "https://mastodon.example/[handle]/1266",
    "t.me/someone": "t.me/[handle]",
    "call (214) 555-0123 today": "call [phone] today",
    "call 555-0123": "call [phone]",
    "+62 812 3456 7890": "[phone]",
    "0812-3456-7890": "[phone]",
    "WA08123456789": "WA[phone]",
    "06.12.34.56.78": "[phone]",
    "on 31.05.2020 +1 214-555-0123": "on 31.05.2020 [phone]",
    "card 4111 1111 1111 1111, thanks": "card [number], thanks",
    "card 4111-1111-1111-1111": "card [number]",
    "ssn 123-45-6789": "ssn [number]",
    "+12145550100x.com/joe": "[phone]x.com/[handle]",
    "aadhaar 1234 5678 9012": "aadhaar [number]",
    "nik 3171234567890123": "nik [number]",
    "pan ABCDE1234F": "pan [number]",
    "iban GB82 WEST 1234 5698 7654 32": "iban [number]",
}
KEPT = [
    "version 4.3.20230515 and v10.24.30.12.10",
    "since 2020-05-31 00:48 or 31.05.2020",
    "2020-05-31T00:48:00+00:00",
    "20200531004800",
    "Rp 150.000.000 or Rp. 1500000000 or $1,000,000.00",
    "1 000 000 and 1.500.000",
    "from 2019 to 2022: 2019 2020 2021 2022",
    "1 2 3 4 5 6 7 8 9 10",
    "5/5 10/10 10/10",
    "24/7, 365 days, 100%",
    "meet @5pm @ home",
    "https://x.com/i/status/1266123456789012345",
    "192.168.100.200",
    "GOOD THIS WILL",
    "",
    "   ",
    "👍👍👍 ٣ نجوم",
]


@pytest.mark.parametrize("text", MASKED)
def test_personal_data_is_masked(text: str) -> None:
    assert mask(text) == MASKED[text]


@pytest.mark.parametrize("text", KEPT)
def test_what_names_nobody_is_kept(text: str) -> None:
    assert mask(text) == text


def test_the_country_helps_to_read_short_numbers() -> None:
    assert mask("ring 6123 4567") == "ring 6123 4567"
    assert mask("ring 6123 4567", country="sg") == "ring [phone]"


def test_none_stays_none() -> None:
    assert mask(None) is None


def test_what_no_store_can_hold_is_replaced() -> None:
    assert mask("a\0b\ud800c") == "a\ufffdb\ufffdc"
    assert mask("\ud83d\ude00") == "😀", "a pair of surrogates is one character"


@given(st.text(st.sampled_from("a1@ .-+(/x\0\ud800٣＠"), max_size=40))
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text)
    assert once is not None
    once.encode()
    assert "\0" not in once
    assert mask(once) == once


@given(
    st.text("abcxyz", min_size=1, max_size=20),
    st.text("abcxyz", min_size=1, max_size=20),
    st.text("abc ,!", max_size=20),
)
def test_no_address_survives(local: str, domain: str, around: str) -> None:
    masked = mask(f"{around} {local}@{domain}.org {around}")
    assert masked == f"{around} [email] {around}"


HOSTILE = [
    "a", "@", "1", "1 ", "9876543210,", "a@", "(at", "x.com/a", "twitter.com/", "A1 ", "AB12",
    "- 1", "+", "(((", "@a.", "@1", "2020-01-01 ", "1.", "é@ ", "0.", "t.me/", "\ud800", " ",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_costs_linear_time(unit: str) -> None:
    """Four times the text, far less than sixteen times the time."""

    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        best = []
        for _ in range(3):
            start = time.process_time()
            mask(text)
            best.append(time.process_time() - start)
        return min(best)

    small, large = seconds(25_000), seconds(100_000)
    assert large < 10 * small + 0.05


def test_author_keys(secret: bytes) -> None:
    key = author_key(secret, "google_play", "Jane Roe")
    assert key is not None
    assert len(key) == 32
    assert int(key, 16) >= 0
    assert key == author_key(secret, "google_play", "  Jane   Roe ")
    assert key == author_key(secret, "google_play", "Jane\u00a0Roe")
    assert author_key(secret, "p", "Jose\u0301") == author_key(secret, "p", "José")
    others = [
        author_key(secret, "app_store", "Jane Roe"),
        author_key(secret, "google_play", "jane roe"),
        author_key(b"another secret of tests", "google_play", "Jane Roe"),
    ]
    assert key not in others


DEFAULT_NAMES = [
    "", "   ", "A Google user", "a google user", "Google User", "Ein Google-Nutzer",
    "Un utilisateur de Google", "Un usuario de Google", "Um usuário do Google",
    "Un utente di Google", "Een Google-gebruiker", "En Google-användare", "Użytkownik Google",
    "Uživatel Google", "Egy Google-felhasználó", "Пользователь Google", "Користувач Google",
    "Bir Google kullanıcısı", "Pengguna Google", "Người dùng Google", "Google ユーザー",
    "Googleユーザー", "Google 사용자", "Google 用户", "Google 使用者", "ผู้ใช้ Google",
    "مستخدم Google", "משתמש Google", "Χρήστης Google", "[deleted]", "Anonymous",
]  # fmt: skip


@pytest.mark.parametrize("name", DEFAULT_NAMES)
def test_names_of_nobody_have_no_key(name: str, secret: bytes) -> None:
    assert author_key(secret, "google_play", name) is None
    assert author_key(secret, "google_play", None) is None


@pytest.mark.parametrize("name", ["Googler Bob", "Google", "User 1", "A Google user from Dallas"])
def test_other_names_have_one(name: str, secret: bytes) -> None:
    assert author_key(secret, "google_play", name) is not None


def test_tombstones_do_not_run_together(secret: bytes) -> None:
    marks = {
        tombstone(secret, "item", "ab", "c"),
        tombstone(secret, "item", "a", "bc"),
        tombstone(secret, "item", "abc"),
        tombstone(secret, "author", "ab", "c"),
        tombstone(b"another secret of tests", "item", "ab", "c"),
    }
    assert len(marks) == 5
    assert tombstone(secret, "item", "ab", "c") in marks


def raw(**changes: object) -> RawItem:
    given: dict[str, object] = {"source": "google_play", "created_at": T0, "text": "good"}
    return RawItem(**{**given, **changes})  # type: ignore[arg-type]


def test_a_missing_id_is_a_stable_hash(secret: bytes) -> None:
    one = content_id(secret, raw(author="Jane"))
    assert one == content_id(secret, raw(author="Jane"))
    assert one == content_id(secret, raw(author="Jane", created_at=T0.astimezone(NINE)))
    changed = [
        content_id(secret, raw(author="Jane", **change))
        for change in ({"text": "bad"}, {"rating": 1.0}, {"source": "x"}, {"title": "good"})
    ]
    assert len({one, *changed, content_id(secret, raw(author="Jane"), 1)}) == 6
    assert one != content_id(b"another secret of tests", raw(author="Jane")), (
        "without the secret a guessed name could be checked against the id"
    )


def test_protect(secret: bytes) -> None:
    item = protect(
        raw(
            created_at=T0.astimezone(NINE),
            author="Jane Roe",
            rating=1,
            title="ask @jane",
            text="jane@example.org \0",
            reply_text="call 214-555-0123",
            url="https://twitter.com/jane/status/1",
            country=" US ",
            lang="pt_br",
            version="1\0.2",
        ),
        app="tips",
        secret=secret,
        seen_at=T0 + timedelta(hours=1),
    )
    assert (item.title, item.text) == ("ask [handle]", "[email] \ufffd")
    assert item.reply_text == "call [phone]"
    assert item.url == "https://twitter.com/[handle]/status/1"
    assert (item.country, item.lang, item.version) == ("us", "pt-BR", "1\ufffd.2")
    assert item.created_at == T0
    assert item.created_at.tzinfo is UTC
    assert item.arrived_at == item.first_seen == item.last_seen == T0 + timedelta(hours=1)
    assert "Jane" not in repr(item)
    assert item.item_id.startswith("h")


def test_an_imported_history_arrived_when_it_was_written(secret: bytes) -> None:
    item = protect(raw(), app="tips", secret=secret, seen_at=datetime.now(UTC), arrived_at=T0)
    assert item.arrived_at == T0


def test_a_time_without_a_zone_is_refused(secret: bytes) -> None:
    with pytest.raises(ContractError, match="zone"):
        protect(raw(created_at=datetime(2020, 5, 31)), app="t", secret=secret, seen_at=T0)  # noqa: DTZ001


class TestSecret:
    @pytest.fixture(autouse=True)
    def _no_settings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("FLOODGAUGE_SECRET", "FLOODGAUGE_SECRET_FILE"):
            monkeypatch.delenv(name, raising=False)

    def test_made_once_for_its_owner_only(self, tmp_path: Path) -> None:
        folder = tmp_path / "new" / "folder"
        made = load_secret(folder)
        assert load_secret(folder) == made
        assert len(made) == 64
        assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
        assert [file.name for file in folder.iterdir()] == ["secret.key"]
        assert load_secret(tmp_path / "other") != made

    def test_first_runs_at_once_agree(self, tmp_path: Path) -> None:
        found: list[bytes] = []
        threads = [Thread(target=lambda: found.append(load_secret(tmp_path))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 8
        assert len(set(found)) == 1

    def test_environment_first_then_the_named_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "named"
        file.write_text("the secret of a file\n")
        monkeypatch.setenv("FLOODGAUGE_SECRET_FILE", str(file))
        assert load_secret(tmp_path / "unused") == b"the secret of a file"
        monkeypatch.setenv("FLOODGAUGE_SECRET", "the secret of the environment")
        assert load_secret(tmp_path / "unused") == b"the secret of the environment"
        assert not (tmp_path / "unused").exists()

    def test_a_short_secret_is_refused_and_not_shown(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FLOODGAUGE_SECRET", "hunter2")
        with pytest.raises(ConfigError, match="FLOODGAUGE_SECRET is shorter") as caught:
            load_secret(Path("unused"))
        assert "hunter2" not in str(caught.value)

    def test_a_named_file_that_is_missing_is_not_made(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FLOODGAUGE_SECRET_FILE", str(tmp_path / "missing"))
        with pytest.raises(ConfigError, match="missing"):
            load_secret(tmp_path)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        with pytest.raises(ConfigError, match="FLOODGAUGE_SECRET_FILE"):
            load_secret(tmp_path)

    def test_a_folder_that_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        with pytest.raises(ConfigError, match="FLOODGAUGE_SECRET_FILE"):
            load_secret(tmp_path / "file")
