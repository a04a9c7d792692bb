"""MEDLINE's three-letter languages as the two letters that other formats use, and in words.

MARC Code List for Languages, 2007, and ISO 639-1.
"""

from typing import Final

_LANGUAGES: Final = """
afr af Afrikaans; alb sq Albanian; ara ar Arabic; arm hy Armenian; aze az Azerbaijani; baq eu Basque
bos bs Bosnian; bul bg Bulgarian; cat ca Catalan; chi zh Chinese; cze cs Czech; dan da Danish
dut nl Dutch; eng en English; epo eo Esperanto; est et Estonian; fin fi Finnish; fre fr French
geo ka Georgian; ger de German; gle ga Irish; glg gl Galician; gre el Greek; heb he Hebrew
hin hi Hindi; hrv hr Croatian; hun hu Hungarian; ice is Icelandic; ind id Indonesian; ita it Italian
jpn ja Japanese; kor ko Korean; lat la Latin; lav lv Latvian; lit lt Lithuanian; mac mk Macedonian
mal ml Malayalam; may ms Malay; nor no Norwegian; per fa Persian; pol pl Polish; por pt Portuguese
rum ro Romanian; rus ru Russian; scc sr Serbian; scr hr Croatian; slo sk Slovak; slv sl Slovenian
spa es Spanish; srp sr Serbian; swe sv Swedish; tha th Thai; tur tr Turkish; ukr uk Ukrainian
urd ur Urdu; vie vi Vietnamese; wel cy Welsh
"""
_KNOWN: Final = {
    code: (short, name)
    for entry in _LANGUAGES.replace("\n", ";").split(";")
    if entry.strip()
    for code, short, name in [entry.split()]
}
# "und" undetermined, "mul" several: no language.
_NONE: Final = frozenset({"", "und", "mul"})


def language_of(code: str) -> str | None:
    """`en` for "eng"; a code that is not listed here as it stands."""
    code = code.strip().lower()
    return None if code in _NONE else _KNOWN.get(code, (code, ""))[0]


def abstract_heading(code: str, kind: str = "") -> str:
    """What stands over an abstract in another language or for other readers."""
    name = _KNOWN.get(code.strip().lower(), ("", ""))[1] or code.strip()
    what = "Plain-language summary" if kind.startswith("plain-language") else "Other abstract"
    return f"{what} ({name})" if name else what
