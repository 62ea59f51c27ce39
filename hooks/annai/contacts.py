"""Web addresses, phone numbers and wallets in text: where readers could be sent, or their money."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from annai.invisible import INVISIBLE
from annai.texts import Table

LETTER = (
    "A-Za-z0-9\u00c0-\u02af\u0370-\u058f\u13a0-\u13ff\u1c80-\u1c8f\u1e00-\u1fff\u2c60-\u2c7f"
    "\ua640-\ua7ff\uab30-\uabbf"
)
"""Letters of Latin, Greek, Cyrillic, Armenian and Cherokee, and digits. Letters of other scripts
may stand beside an address without being a part of it."""

LIKE_DOT = "\u0701\u0702\u06d4\u2022\u2027\u2219\u22c5\u2e33\ua4f8\ua60e\ua78f\xb7"
DOT = f"[.\u3002{LIKE_DOT}]"
"""A full stop; the ideographic one, which browsers take for it (UTS 46); and what looks like it."""

RUN = re.compile(rf"(?:[{LETTER}_%+@-]|{DOT})+")
"""Where a host may be, with the name of a mailbox before it."""

AROUND = f"._%+-\u3002{LIKE_DOT}"
"""What may stand around a host and is no part of it."""

WORD = re.compile(r"[^\W_]+[\w.]*")
"""Words of any script, full stops between them included."""

LATIN = re.compile(f"[{LETTER}]")

TAIL = re.compile(r"(?::\d+)?(?:[/?#][!-~]*)?")
"""What may follow a host."""

ADDRESS = re.compile(
    rf"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:/+(?:[!-~{LETTER}]+|\S)|\bwww\.[!-~]+"  # RFC 3986
    rf"|(?<![{LETTER}._-])@[{LETTER}_]{{3,}}"  # user names
    rf"|(?<![0-9.])(?:[0-9]{{1,3}}\.){{3}}[0-9]{{1,3}}(?!\.?[0-9]){TAIL.pattern}"  # IPv4
    r"|\[(?:[0-9a-f]*:){2,7}[0-9a-f.]*\]",  # IPv6 (RFC 3986, IP-literal)
    re.IGNORECASE,
)
"""Addresses that can be told without a list of top-level domains."""

SIGN = re.compile(rf"[.{LIKE_DOT}]\w|\u3002[a-z0-9]|@\w|:/|:[0-9a-f:]")
"""What every address has."""

ABBREVIATION = re.compile(rf"(?:[{LETTER}]\.)+[{LETTER}]{{1,3}}|cégj\.sz")
"""What looks like a host and is none where another full stop follows: "m.in." in Polish, "p.es." in
Italian, and the number of a company in Hungarian."""

WALLET_NAMES = frozenset({"bnb", "crypto", "eth", "sol"})
"""Where wallets have names (Space ID, Unstoppable Domains, ENS, SNS)."""

YEAR = r"(?:1[345]|19|20|25|57)\d\d"
"""Of the Gregorian calendar, or of those that the Islamic world, Thailand and Israel also use."""

MONTH, DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"

FORMATTED = re.compile(
    rf"(?<!\d)(?<!\d[ .-])(?:{YEAR}([-/.])\s?{MONTH}\1\s?{DAY}"
    rf"|{DAY}([-/.])\s?{MONTH}\2\s?{YEAR}"
    rf"|{MONTH}([-/.])\s?{DAY}\3\s?{YEAR}"
    rf"|(?:{MONTH}/)?{YEAR}\s?[-/\u2013]\s?(?:(?:{MONTH}/)?{YEAR}|\d\d)"
    r"|\d{1,3}(?:[ .'\u2019]000)+)(?![ .-]?\d)"
    r"|(?<![\d.:])[0-2]?\d[.:][0-5]\d(?![.:]?\d)"
)
"""Dates, years, times of day, and round numbers such as a million."""

PHONE = re.compile(
    r"\+?\(?\d(?:[\s()/.:|~'_*\u2010-\u2015\u2022\u2044\u2212\u2215\u2219\u22c5\xb7-]{0,5}\d){6,}"
)
"""Seven digits or more, with what people write between them (ITU-T E.123, and worse)."""

DASH = re.compile(r"\s?[\u2010-\u2015-]\s?")

NUMBER = re.compile(r"\d+(?:[ ,.'\u2019]\d+)*")

WALLET = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z]*[0-9]|[A-Za-z]*[a-z][A-Z])[A-Za-z0-9]{20,}(?![A-Za-z0-9])"
)
"""Letters and digits in a row, as in wallet addresses, hashes and keys. The shortest addresses of
Bitcoin have 26."""

MIXED = re.compile(r"[0-9]|[a-z][A-Z]")
"""What all of them have."""

GROUPS = re.compile(r"(?:(?<![A-Za-z0-9])[A-Za-z0-9]{4,}[\s_-]+)+[A-Za-z0-9]{2,}")
"""The same with something between the groups."""

BRACKETS = frozenset("（）［］｛｝＜＞，；：！？")
"""Full-width signs, which end an address, and become ASCII signs, which do not."""

KEYCAP = "\u20e3"
"""The sign that makes a key of the digit before it."""


def addresses(text: str, source: str) -> list[str]:
    """Web addresses, hosts, e-mail addresses and user names in *text* that *source* does not have.

    >>> addresses("詳しくはbinance.comへ。a.m. is no host, nor is 1.5", "")
    ['binance.com']
    >>> addresses("Frag hilfe@example.de oder @help_desk!", "Ask hilfe@example.de")
    ['@help_desk']
    """
    text = plain(text)
    if not SIGN.search(text):
        return []
    source = plain(source)
    found = _hosts(text) | _addresses(text)
    known = _hosts(source) | _addresses(source)
    added = [each for each in found if each not in known]
    return [each for each in added if not found[each] or _is_host(found[each])]


def phones(text: str, source: str) -> list[str]:
    """The digits of phone numbers in *text* that *source* does not have.

    Numbers of the source with a dash between them are a range, however many zeros they have.

    >>> phones("0120-444-444, 22.11.2026, 1.000.000", "")
    ['0120444444']
    """
    text = plain(text)
    if not PHONE.search(text):
        return []
    source = plain(source)
    known = {_digits(each) for each in PHONE.findall(source)}
    values = {each.strip("0") for number in NUMBER.findall(source) for each in _starts(number)}
    return [
        _digits(each)
        for each in PHONE.findall(FORMATTED.sub("|", text))
        if _digits(each) not in known
        and not all(_digits(part).strip("0") in values for part in DASH.split(each))
    ]


def wallets(text: str, source: str) -> list[str]:
    """Wallet addresses, hashes and keys in *text* that *source* does not have."""
    text, source = plain(text), plain(source)
    if not MIXED.search(text):
        return []
    joined = (re.sub(r"[\s_-]", "", each) for each in GROUPS.findall(text) if _is_mixed(each))
    found = [*WALLET.findall(text), *(each for each in joined if WALLET.fullmatch(each))]
    return [each for each in found if each not in re.sub(r"[\s_-]", "", source)]


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """*text* in one form: compatible characters and digits of one kind, nothing invisible."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(FORMS))


def _form(character: str) -> str:
    """What *character* is compared as: an ASCII digit for one of another script or in a circle."""
    if INVISIBLE.match(character) or character == KEYCAP:
        return ""
    digit = unicodedata.digit(character, None)
    return str(digit) if digit is not None else " " if character in BRACKETS else character


FORMS = Table(_form)


def _addresses(text: str) -> dict[str, str]:
    """Addresses that can be told as such; they have no host to be looked at."""
    return {_trimmed(match[0]): "" for match in ADDRESS.finditer(text)}


def _hosts(text: str) -> dict[str, str]:
    """What may be addresses, and the host of each."""
    found = {}
    for run in RUN.finditer(text):
        host = run[0].rpartition("@")[2].strip(AROUND)
        if len(re.split(DOT, host)) > 1 and not _is_abbreviation(host, run[0]):
            tail = TAIL.match(text, run.end())
            found[_trimmed(run[0].strip(AROUND) + (tail[0] if tail else ""))] = host
    for word in WORD.finditer(text):
        labels = word[0].split(".")
        for before, after in pairwise(labels):
            if before and after and not (LATIN.match(before[-1]) and LATIN.match(after[0])):
                found[_trimmed(f"{before}.{after}")] = f"{before}.{after}"
    return found


def _is_abbreviation(host: str, run: str) -> bool:
    return run.endswith(".") and ABBREVIATION.fullmatch(host) is not None


def _trimmed(address: str) -> str:
    """*address* without the signs that end a sentence behind it, in lower case."""
    return address.rstrip(".,;:!?([{<)]}'\"*_~/").casefold()


def _is_host(host: str) -> bool:
    """Whether *host* ends in a top-level domain, or has one before something glued to it.

    A sentence may end in an ideographic full stop between two English words, so that behind one
    only lower case counts.
    """
    labels = re.split(f"({DOT})", host)
    has_name = False
    for place in range(2, len(labels), 2):
        name, dot, label = labels[place - 2 : place + 1]
        has_name = has_name or len(name) > 2 or any(map(str.isalpha, name))
        is_word = any(map(str.isalpha, label)) and (dot == "." or label.islower())
        if is_word and has_name and _is_domain(label, dot):
            return True
    return False


def _is_domain(label: str, dot: str) -> bool:
    """Whether *label* is a top-level domain, or begins with one in another script."""
    label = label.casefold()
    ascii_part = re.match(r"[a-z0-9-]*", label)
    assert ascii_part, "it may be empty"
    if not ascii_part[0]:
        return dot == "." and label.startswith(_foreign_domains())
    if re.fullmatch(f"[{LETTER}-]+", label):
        return label in _domains() or label.startswith("xn--")
    return ascii_part[0] in _domains()


@cache
def _domains() -> frozenset[str]:
    """Every top-level domain (the Public Suffix List, as far as the library brings it along)."""
    from tldextract import TLDExtract  # takes 0.1 s, and hardly any text has something to look up

    suffixes = TLDExtract(cache_dir=None, suffix_list_urls=()).tlds
    return WALLET_NAMES | {each for each in suffixes if "." not in each}


@cache
def _foreign_domains() -> tuple[str, ...]:
    """Those that do not begin with a Latin letter."""
    return tuple(sorted(each for each in _domains() if not each[0].isascii()))


def _starts(number: str) -> Iterator[str]:
    """The digits of *number* up to each of its separators, one of which may be the decimal sign."""
    yield from accumulate(re.split(r"\D", number))


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _is_mixed(groups: str) -> bool:
    """Whether most of the groups have letters and digits, as those of addresses do."""
    parts = re.split(r"[\s_-]+", groups)
    mixed = [each for each in parts if not each.isalpha() and not each.isdigit()]
    return len(mixed) * 2 > len(parts)
