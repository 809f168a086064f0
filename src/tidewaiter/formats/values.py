"""Type declared values: numbers, masses, money, dates, country and currency codes, nature of transaction.

Nothing is guessed silently: what cannot be read is left out with a located problem that says what was read and expected.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale
from babel.core import get_global

EMPTY = {"", "null", "none", "n/a", "-", "--", "nil", "weight captured separately", "не указано", "无"}
_GLUED = re.compile(r"^(?P<before>[^\d\-+]*?)\s*(?P<number>[-+]?[\d][\d\s\u00a0.,'’]*)\s*(?P<after>[^\d]*)$")
_SYMBOLS = {
    "€": "EUR", "$": "USD", "us$": "USD", "£": "GBP", "¥": "", "₽": "RUB", "руб": "RUB", "руб.": "RUB", "р.": "RUB", "грн": "UAH", "₴": "UAH",
    "元": "CNY", "r$": "BRL", "zł": "PLN", "fr.": "CHF", "kč": "CZK",
}  # fmt: skip
NATURES = {
    "11": "sale",
    "21": "return",
    "31": "gift",
    "32": "sample",
    "91": "documents",
    "991": "mixed",
    "999": "other",
}
_NATURE_WORDS = {
    "sale": (
        "sale",
        "sale of goods",
        "sale_goods",
        "sold",
        "продажа",
        "товар",
        "продаж",
        "销售",
        "货物销售",
        "verkauf",
        "warenverkauf",
        "vente",
        "venta",
    ),
    "gift": ("gift", "подарок", "подарунок", "礼物", "礼品", "geschenk", "cadeau", "regalo", "true"),
    "return": ("return", "returned goods", "возврат", "повернення", "退货", "rücksendung", "retour", "devolución"),
    "sample": (
        "sample",
        "commercial sample",
        "образец",
        "зразок",
        "样品",
        "warenmuster",
        "muster",
        "échantillon",
        "muestra",
    ),
    "documents": ("documents", "document", "документы", "документи", "文件", "dokumente", "dokument", "documentos"),
    "mixed": ("mixed", "mixed content"),
    "other": ("other", "прочее", "інше", "其他", "sonstiges", "autre", "otro", "false"),
}
_NATURE = {word: nature for nature, words in _NATURE_WORDS.items() for word in words}
_NOT_COUNTRIES = {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
_MORE_NAMES = {
    "usa": "US",
    "uk": "GB",
    "great britain": "GB",
    "сша": "US",
    "рф": "RU",
    "россия": "RU",
    "south korea": "KR",
    "turkey": "TR",
}
_LANGUAGES = ("en", "ru", "uk", "zh", "de", "fr", "es")
_TERRITORIES: dict[str, dict[str, str]] = {
    language: {str(code): str(name) for code, name in Locale(language).territories.items()} for language in _LANGUAGES
}
_ALPHA2 = {code for code in _TERRITORIES["en"] if len(code) == 2 and code.isalpha()} - _NOT_COUNTRIES
_ALPHA3 = {
    code: target[0]
    for code, target in dict(get_global("territory_aliases")).items()
    if len(code) == 3 and code.isalpha() and len(target) == 1
}
_NAMES = {
    name.casefold(): code for names in _TERRITORIES.values() for code, name in names.items() if code in _ALPHA2
} | _MORE_NAMES
CURRENCIES = set(Locale("en").currencies)


_FIRST = frozenset(word[0] for word in EMPTY if word)
# What a cell that means nothing can begin with: blanks, and the first letters of those words in any case.
_MAY_BE_EMPTY = _FIRST | frozenset(c for c in map(chr, range(0x3001)) if c.isspace() or c.casefold()[:1] in _FIRST)


def is_empty(text: str) -> bool:
    """Return whether a cell means nothing; `NA` is Namibia and is not empty."""
    if not text:
        return True
    return text[0] in _MAY_BE_EMPTY and text.strip().casefold() in EMPTY


@lru_cache(maxsize=65536)
def read_number(text: str) -> tuple[Decimal, str] | None:
    """Return a number and the currency or unit glued to it, or None if the text is no number.

    A comma or point is the decimal mark when it is the last of the two kinds, or when it is not followed by exactly three
    digits; otherwise it marks thousands.
    """
    match = _GLUED.match(text.strip())
    if match is None:
        return None
    digits = re.sub(r"[\s\u00a0'’]", "", match["number"])
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        decimal_mark = "," if comma > point else "."
        digits = digits.replace("." if decimal_mark == "," else ",", "").replace(decimal_mark, ".")
    elif comma >= 0:
        several = digits.count(",") > 1
        thousands = several or (len(digits) - comma == 4 and digits[0] != "0")
        digits = digits.replace(",", "" if thousands else ".")
    elif digits.count(".") > 1:
        digits = digits.replace(".", "")
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return None
    glued = (match["before"] + match["after"]).strip()
    return number, glued


@lru_cache(maxsize=1024)
def read_currency(text: str) -> str:
    """Return an ISO 4217 code for a code or sign, or an empty text."""
    plain = text.strip()
    if plain.upper() in CURRENCIES:
        return plain.upper()
    return _SYMBOLS.get(plain.casefold(), "")


@lru_cache(maxsize=16384)
def read_country(text: str) -> str:
    """Return the alpha-2 code of a code or name, or an empty text."""
    plain = text.strip()
    if plain.upper() in _ALPHA2:
        return plain.upper()
    return str(_ALPHA3.get(plain.upper(), "") or _NAMES.get(plain.casefold(), ""))


@lru_cache(maxsize=1024)
def read_nature(text: str) -> str:
    """Return the nature of transaction for a UPU code (list 136) or a word in seven languages, or an empty text."""
    plain = text.strip().casefold()
    return NATURES.get(plain, "") or _NATURE.get(plain, "")


_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ].*)?")


@lru_cache(maxsize=4096)
def read_date(text: str) -> tuple[date | None, str]:
    """Return a date and, where it cannot be told, why: `ambiguous` (day and month may change places) or `unreadable`."""
    plain = text.strip()
    match = _ISO.fullmatch(plain)
    try:
        if match is not None:
            return date(int(match[1]), int(match[2]), int(match[3])), ""
        match = _DAY_FIRST.fullmatch(plain)
        if match is None:
            return None, "unreadable"
        first, mark, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
        if mark == "." or first > 12 or first == second:
            return date(year, second, first), ""
        if second > 12:
            return date(year, first, second), ""
        return None, "ambiguous"
    except ValueError:
        return None, "unreadable"


def read_instant(text: str) -> datetime | None:
    """Return the instant of an ISO date and time with a zone (`2026-09-14T10:30:00+03:00`), or None.

    A date alone, or a time without a zone, is no instant; it stays a date (`read_date`).
    """
    plain = text.strip()
    if len(plain) <= 10:
        return None
    try:
        found = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return found if found.utcoffset() is not None else None
