"""Whether a text that says an app's name is about an app: what stands beside the name.

"Citizen" is also a word: only beside "app", a link to a shop, its agency or its tagline does it
mean the app.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from collector.text.names import plain, says
from collector.text.titles import hashtag, short_name, tagline, tidy

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "en": "app apps download update login",
        "es": "app aplicación descargar actualización",
        "de": "app update herunterladen anmelden",
        "fr": "appli application télécharger",
        "pt": "app aplicativo baixar atualização",
        "it": "app applicazione scaricare aggiornamento",
        "nl": "app downloaden update",
        "pl": "aplikacja aplikacji aplikacje pobrać",
        "tr": "uygulama uygulaması uygulamayı güncelleme",
        "ru": "приложение приложения приложении обновление",
        "uk": "застосунок додаток додатку оновлення",
        "ar": "تطبيق التطبيق تحميل تحديث",
        "fa": "اپلیکیشن برنامه دانلود",
        "he": "אפליקציה אפליקציית עדכון",
        "hi": "ऐप एप ऐप्प डाउनलोड अपडेट",
        "bn": "অ্যাপ ডাউনলোড আপডেট",
        "th": "แอป แอพ ดาวน์โหลด อัปเดต",
        "vi": "ứng dụng app tải cập nhật",
        "id": "aplikasi apk unduh",
        "ms": "aplikasi muat turun",
        "tl": "app i-download update",
        "ja": "アプリ ダウンロード アップデート",
        "ko": "앱 어플 다운로드 업데이트",
        "zh": "应用 應用 软件 軟件 下载 下載 更新",
        "sv": "app appen uppdatering",
        "el": "εφαρμογή εφαρμογής",
        "cs": "aplikace aplikaci stáhnout",
        "ro": "aplicație aplicația descărca",
        "hu": "alkalmazás letöltés",
        "fi": "sovellus sovelluksen päivitys",
        "sw": "programu pakua",
        "am": "መተግበሪያ",
    }
)
_SHOPS = re.compile(
    r"play\.google\.com/|apps\.apple\.com/|itunes\.apple\.com/|app ?store|google ?play"
)
MOST_PROPOSED = 4


def words_for(languages: Iterable[str]) -> tuple[str, ...]:
    """The words by which these languages speak of an app, the plainest of each first."""
    listed = [_WORDS.get(tag.split("-")[0], "app").split() for tag in languages] or [["app"]]
    return tuple(dict.fromkeys(tidy(word) for words in (*listed, ["app"]) for word in words))


def proposed(title: str, owners: Sequence[str], languages: Iterable[str]) -> tuple[str, ...]:
    """Words to ask for beside a name that is an ordinary word: one a language, the title's
    tagline, the agency."""
    words = [_WORDS.get(tag.split("-")[0], "app").split()[0] for tag in languages]
    rest = tagline(title, short_name(title, owners))
    every = dict.fromkeys([*map(tidy, words), *([rest] if rest else []), *owners])
    return tuple(every)[:MOST_PROPOSED]


def is_about(text: str, beside: Sequence[str]) -> bool:
    """Whether a text has one of the words beside the name, or names a shop of apps."""
    return says(text, beside) or _SHOPS.search(plain(text)) is not None


def beside(title: str, owners: Sequence[str], aliases: Iterable[str] = ()) -> list[str]:
    """All that tells that a text with the name is about the app: words for apps in any language,
    the agency, the tagline, and a name of several words written as one."""
    short = short_name(title, owners)
    rest = tagline(title, short)
    joined = [hashtag(name) for name in (short, *aliases) if len(name.split()) > 1]
    return [*words_for(_WORDS), *owners, *([rest] if rest else []), *joined]
