"""Names that a store shows for everybody who has none: "A Google user" in any language."""

import re

LONGEST = 40

# Google Play writes its own name and a word for "user", with an article in some languages.
_USER = """
user utilisateur utilisatrice nutzer nutzerin benutzer usuario usuaria usuário usuária utente
gebruiker användare bruger bruker käyttäjä uživatel používateľ użytkownik użytkownika felhasználó
utilizator utilizatorul korisnik uporabnik vartotojas lietotājs kasutaja kullanıcısı kullanıcı
пользователь користувач потребител корисник χρήστης pengguna người dùng ユーザー 사용자 用户 使用者
用戶 ผู้ใช้ مستخدم مستخدمي کاربر משתמש उपयोगकर्ता यूजर ব্যবহারকারী mtumiaji gumagamit usuari
erabiltzailea notandi
"""
_ARTICLE = "a an un una une um uma ein eine een en et egy bir de di del do van von của एक أحد احد o"
_NOBODY = "anonymous anonym anonyme anónimo anônimo unknown deleted [deleted] n/a none null nan -"
_SEPARATOR = re.compile(r"[\s'’\-_]+")


def is_default_name(name: str) -> bool:
    """True when the name stands for nobody in particular."""
    folded = name.strip().casefold()
    if folded in _NOBODY.split():
        return True
    if "google" not in folded or len(folded) > LONGEST:
        return False
    words = [word for word in _SEPARATOR.split(folded.replace("google", " ")) if word]
    users = set(_USER.casefold().split())
    known = users.union(_ARTICLE.casefold().split())
    return any(word in users for word in words) and known.issuperset(words)
