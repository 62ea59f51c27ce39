"""Web addresses, phone numbers and wallets in text: where readers could be sent, or their money."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise

from annai.invisible import INVISIBLE

LETTER = (
    "A-Za-z0-9\u00c0-\u02af\u0370-\u058f\u13a0-\u13ff\u1c80-\u1c8f\u1e00-\u1fff\u2c60-\u2c7f"
    "\ua640-\ua7ff\uab30-\uabbf"
)
"""Letters of Latin, Greek, Cyrillic, Armenian and Cherokee, and digits. Letters of other scripts
may stand beside an address without being a part of it."""

DOT = "[.\u3002\u0701\u0702\ua4f8\ua60e]"
"""A full stop; the ideographic one, which browsers take for it (UTS 46); and what looks like it."""

RUN = re.compile(rf"(?:[{LETTER}_%+@-]|{DOT})+")
"""Where a host may be, with the name of a mailbox before it."""

AROUND = "._%+-\u3002\u0701\u0702\ua4f8\ua60e"
"""What may stand around a host and is no part of it."""

WORD = re.compile(r"[^\W_]+[\w.]*")
"""Words of any script, full stops between them included."""

LATIN = re.compile(f"[{LETTER}]")

TAIL = re.compile(r"(?::\d+)?(?:[/?#][!-~]*)?")
"""What may follow a host."""

ADDRESS = re.compile(
    rf"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://(?:[!-~{LETTER}]+|\S)|\bwww\.[!-~]+"  # RFC 3986
    rf"|(?<![{LETTER}._%+-])[{LETTER}._%+-]+@[{LETTER}][{LETTER}.-]*"  # e-mail
    rf"|(?<![{LETTER}])@\w{{3,}}"  # user names
    rf"|(?<![\d.])(?:\d{{1,3}}\.){{3}}\d{{1,3}}(?!\d|\.\d){TAIL.pattern}"  # IPv4
    r"|\[(?:[0-9a-f]*:){2,7}[0-9a-f.]*\]",  # IPv6 (RFC 3986, IP-literal)
    re.IGNORECASE | re.ASCII,
)
"""Addresses that can be told without a list of top-level domains."""

SIGN = re.compile(r"[.\u0701\u0702\ua4f8\ua60e]\w|\u3002[a-z0-9]|@\w|:/|:[0-9a-f:]")
"""What every address has."""

ABBREVIATION = re.compile(rf"(?:[{LETTER}]\.)+[{LETTER}]{{1,3}}|cégj\.sz")
"""What looks like a host and is none where another full stop follows: "m.in." in Polish, "p.es." in
Italian, and the number of a company in Hungarian."""

WALLET_NAMES = frozenset({"bnb", "crypto", "eth", "sol"})
"""Where wallets have names (Space ID, Unstoppable Domains, ENS, SNS)."""

YEAR = r"(?:1[345]|19|20|25|57)\d\d"
"""Of the Gregorian calendar, or of those that the Islamic world, Thailand and Israel also use."""

FORMATTED = re.compile(
    rf"(?<!\d){YEAR}([-/.])\s?[01]?\d\1\s?[0-3]?\d(?!\d)"
    rf"|(?<!\d)[0-3]?\d([-/.])\s?[0-3]?\d\2\s?{YEAR}(?!\d)"
    r"|(?<![\d,.])\d{1,3}(?:[ ,.'\u2019]000)+(?!\d)"
)
"""Dates, and round numbers such as a million."""

PHONE = re.compile(r"\+?\(?\d(?:[ ()/.,\u2010-\u2015\u2212-]{0,3}\d){6,}")
"""Seven digits or more, with what may stand between them (ITU-T E.123)."""

FOREIGN_DIGIT = re.compile(r"[^\D0-9]")

WALLET = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z]*[0-9]|[A-Za-z]*[a-z][A-Z])[A-Za-z0-9]{20,}(?![A-Za-z0-9])"
)
"""Letters and digits in a row, as in wallet addresses, hashes and keys. The shortest addresses of
Bitcoin have 26."""


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

    >>> phones("0120-444-444, 22.11.2026, 1.000.000", "")
    ['0120444444']
    """
    text = plain(text)
    if not PHONE.search(text):
        return []
    known = {*_phones(plain(source)), *_phones(FORMATTED.sub("|", plain(source)))}
    return [each for each in _phones(FORMATTED.sub("|", text)) if each not in known]


def wallets(text: str, source: str) -> list[str]:
    """Wallet addresses, hashes and keys in *text* that *source* does not have."""
    return [each for each in WALLET.findall(plain(text)) if each not in plain(source)]


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """*text* in one form: compatible characters and digits of one kind, nothing invisible."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    return FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


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
    return address.rstrip(".,;:!?)]}'\"*_~").casefold()


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


def _phones(text: str) -> list[str]:
    return ["".join(filter(str.isdigit, each)) for each in PHONE.findall(text)]
