"""Names of persons in a developer's reply -> [name]: the author's own, and whoever is greeted.

A reply greets by name more often than not. Where the author is known, the whole name goes anywhere
in the reply, and its parts where they greet or stand as names. Where it is not, what stands between
a greeting and its comma goes, unless it is a word for everybody ("Dear user,").
"""

import re
import unicodedata

from collector.privacy.default_names import is_default_name

NAME = "[name]"
SHORTEST_PART = 3
MOST_WORDS = 4

_GREETINGS = {
    "en": "dear hi hello hey greetings good_morning good_afternoon good_evening thanks thank_you",
    "es": "hola estimado estimada estimad@ estimado/a querido querida apreciado apreciada "
    "buenos_días buenas_tardes gracias",
    "pt": "olá ola oi prezado prezada prezado(a) caro cara bom_dia boa_tarde obrigado obrigada",
    "de": "hallo liebe lieber liebe/r guten_tag guten_morgen moin servus danke "
    "sehr_geehrte sehr_geehrter sehr_geehrte/r",
    "fr": "bonjour bonsoir salut cher chère cher/chère merci",
    "it": "ciao gentile salve buongiorno buonasera caro cara grazie",
    "nl": "beste geachte hoi dag bedankt",
    "north": "hej hei kära kære moi",
    "pl": "cześć witaj witam dzień_dobry drogi droga szanowny szanowna",
    "cs": "dobrý_den vážený vážená milý milá",
    "ru": "здравствуйте здравствуй привет добрый_день добрый_вечер уважаемый уважаемая "
    "доброго_дня вітаю шановний шановна добрий_день спасибо",
    "tr": "merhaba merhabalar sayın selam değerli sevgili teşekkürler",
    "id": "halo hai hello selamat_pagi selamat_siang yth yth. kepada terima_kasih",
    "hi": "namaste namaskar नमस्ते नमस्कार प्रिय आदरणीय श्री श्रीमती धन्यवाद",
    "vi": "xin_chào chào",
    "th": "สวัสดีคุณ สวัสดีค่ะคุณ สวัสดีครับคุณ เรียนคุณ คุณ",
    "zh": "你好 您好 亲爱的 親愛的 尊敬的 嗨",
    "ar": "مرحبا مرحباً أهلا أهلاً عزيزي عزيزتي السيد السيدة شكرا شكراً",
    "am": "ውድ ሰላም",
}
_TITLES = (
    "mr mrs ms miss mx dr prof sir madam sr sra sr. sra. señor señora don doña senhor senhora herr "
    "frau monsieur madame m mme signor signora sig bay bayan hanım bapak ibu pak bu kak sdr sdri "
    "пан пані господин госпожа श्री श्रीमती anh chị"
)
_AFTER = "ji जी bey hanım さん 様 さま 님 씨 先生 女士 bhai"

# Words for everybody, in every language together: none of them is a name alone.
_EVERYBODY = """
user users customer customers client clients guest guests friend friends neighbor neighbour
neighbors neighbours citizen citizens resident residents reviewer member members passenger rider
driver patient patients student students parent parents traveler traveller visitor subscriber
player players fan fans folks all everyone everybody there again team valued our sir madam
ma'am maam mam sir/madam madam/sir sir/ma'am friend and or the you app anonymous google a
usuario usuaria usuarios usuarias usuario/a cliente clienta clientes amigo amiga amigos ciudadano
ciudadana ciudadanos ciudadano/a vecino vecina vecinos pasajero paciente a todos todas todo de
señor señora señor/a nuestro nuestra
usuário usuária usuários usuário(a) cidadão cidadã cidadãos passageiro todos todas
kunde kundin kunden kund:innen kund*innen nutzer nutzerin nutzer:in nutzer*in nutzende user:in
bürger bürgerin bürgerinnen und damen herren fahrgast zusammen
utilisateur utilisatrice utilisateurs client cliente clients citoyen citoyenne à tous toutes vous
madame monsieur madame/monsieur
utente utenti cittadino cittadina cittadini tutti signore signora
gebruiker klant klanten iedereen heer mevrouw kund användare kunde bruger alla
użytkowniku użytkownicy kliencie klientko klienci państwo pani panie uživateli zákazníku
пользователь пользователи клиент клиенты покупатель гость друг друзья все
користувач користувачу клієнт клієнте
kullanıcı kullanıcımız kullanıcılarımız müşteri müşterimiz müşterilerimiz vatandaşımız vatandaş
üyemiz misafirimiz dostum arkadaşım
pengguna pelanggan sobat sahabat teman semua nasabah peserta kakak kak bapak ibu bapak/ibu saudara
warga setia
उपयोगकर्ता यूजर ग्राहक नागरिक महोदय महोदया सर मैडम मित्र सभी ji
bạn anh chị quý khách hàng các ลูกค้า ผู้ใช้ ผู้ใช้งาน ท่าน
用户 用戶 顾客 客户 您 朋友 朋友们 大家 市民 乘客 玩家 亲 各位
مستخدم المستخدم العميل عميلنا عميل زبون صديقي الجميع بك بكم
ደንበኛ ደንበኛችን ተጠቃሚ
for your the feedback so very much we this to sorry please thanks welcome
por su tu sua la el le los las para pour votre für ihr per il за ваш
""".casefold().split()

# Marks that Python's \w leaves out: Indian vowels, Thai tones.
_INNER = r"[\w\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff'’·-]"
_THANKS = frozenset(
    {
        "thanks",
        "thank you",
        "gracias",
        "obrigado",
        "obrigada",
        "danke",
        "merci",
        "grazie",
        "bedankt",
        "спасибо",
        "teşekkürler",
        "terima kasih",
        "धन्यवाद",
        "شكرا",
        "شكراً",
    }
)
_WORD = rf"(?:[^\W\d_]\.(?=\s)|[^\W\d_]{_INNER}{{0,40}})"
_START = "|".join(
    sorted(
        {
            re.escape(one.replace("_", " "))
            for words in _GREETINGS.values()
            for one in words.split()
        },
        key=len,
        reverse=True,
    )
)
_TITLE = "|".join(sorted(map(re.escape, _TITLES.split()), key=len, reverse=True))
_GREETED = re.compile(
    rf"(?P<greeting>(?<!\w)(?:{_START})(?:[ ,，、]\s?|(?<=[\u0e00-\u0eff\u3400-\u9fff])))"
    rf"(?P<title>(?:(?:{_TITLE})\.?\s)*)"
    rf"(?P<name>{_WORD}(?:\s{_WORD}){{0,{MOST_WORDS - 1}}}?)"
    r"(?=\s?(?:[,!:;，！：、。–—]|\.\s|\.?\Z|-\s|\r|\n|さん|様|님))",
    re.IGNORECASE,
)
_SUFFIXED = re.compile(
    r"(?:\A|(?<=[\s、。,!]))(?P<name>[^\W\d_a-zA-Z]{1,10}|[A-Za-z][\w.-]{1,30})\s?(?P<after>さん|様|さま|님)"
)
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
FIRST_PART = 120  # greetings stand at the beginning


def mask_names(reply: str | None, author: str | None) -> str | None:
    """The reply without the author's name and without the name of whoever is greeted.

    author: as the source gives it; None where it is not known. None stays None.
    """
    if not reply:
        return reply
    if author and not is_default_name(author):
        reply = _without_author(reply, unicodedata.normalize("NFC", author))
    head, rest = reply[:FIRST_PART], reply[FIRST_PART:]
    return _SUFFIXED.sub(_suffixed, _GREETED.sub(_greeted, head)) + rest


def _without_author(reply: str, author: str) -> str:
    reply = unicodedata.normalize("NFC", reply)
    words = [word for word in re.split(r"[\s_.,]+", author) if word]
    whole = r"[\s_.,]+".join(map(re.escape, words))
    if len(words) > 1 and (len("".join(words)) >= SHORTEST_PART or not author.isascii()):
        reply = re.sub(_alone(whole, author), NAME, reply, flags=re.IGNORECASE)
    for word in words:
        if _is_a_part(word):
            spelled = "|".join(map(re.escape, {word, word.capitalize(), word.upper()}))
            reply = re.sub(_alone(f"(?:{spelled})", word), _name_unless_lower, reply)
    return re.sub(r"\[name\](?:\s\[name\])+", NAME, reply)


def _alone(pattern: str, name: str) -> str:
    """The name as a word; in scripts without blanks anywhere."""
    return pattern if _UNSPACED.search(name) else rf"(?<!\w){pattern}(?!\w)"


def _is_a_part(word: str) -> bool:
    """Whether a word of the author's name can be one's name: short ones and words for everybody
    are not."""
    long = len(word) >= SHORTEST_PART or (not word.isascii() and len(word) >= 2)
    return long and not word.isdigit() and word.casefold() not in _EVERYBODY


def _name_unless_lower(match: re.Match[str]) -> str:
    """In scripts with capitals a name is written with one: "will" of Will Smith stays."""
    return match[0] if match[0].islower() else NAME


def _greeted(match: re.Match[str]) -> str:
    greeting, title, name = match["greeting"], match["title"], match["name"]
    if name.startswith("[") or not _names_one(name, greeting):
        return match[0]
    if greeting.rstrip()[-1] in ",，、" and not _called(match):
        return match[0]
    words = name.split()
    after = words[-1] if len(words) > 1 and words[-1].casefold() in _AFTER.split() else ""
    return f"{greeting}{title}{NAME}{' ' + after if after else ''}"


def _called(match: re.Match[str]) -> bool:
    """Behind a comma a new sentence may begin: one word with a mark of its own is a name."""
    name = match["name"]
    following = match.string[match.end() :].lstrip()[:1]
    marks = "!:！：。" if name[0].isupper() else ",!:，！：。"
    return " " not in name and not name[0].islower() and following in set(marks)


def _names_one(name: str, greeting: str) -> bool:
    words = [word.strip(".'’").casefold() for word in name.split()]
    titles = [word in _TITLES.split() for word in words]
    if all(titles) or any(word in _EVERYBODY for word in words) or not greeting.strip():
        return False
    # In scripts with capitals: written as a name, or alone behind the greeting.
    first = name.lstrip()[0]
    thanks = greeting.casefold().rstrip(" ,，、") in _THANKS
    return not first.islower() or (len(words) == 1 and not thanks)


def _suffixed(match: re.Match[str]) -> str:
    name = match["name"]
    everybody = {
        "お客",
        "皆",
        "皆様",
        "お客様",
        "ユーザー",
        "利用者",
        "고객",
        "사용자",
        "회원",
        "여러분",
    }
    if name in everybody or name.casefold() in _EVERYBODY or name.endswith("客"):
        return match[0]
    return match[0].replace(name, NAME, 1)
