"""Where an address leads, read as browsers read it, and whether readers may be sent there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from urllib.parse import unquote, urlsplit

AROUND = "".join(map(chr, range(0x21)))
IGNORED = re.compile("[\t\n\r]")
"""What browsers take from around an address, and then out of it (WHATWG URL, 4.4)."""

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)

AUTHORITY = re.compile(r"(?:https?:/*|//+)([^/?#]*)", re.IGNORECASE)
"""What names a host: after http: and https: browsers take any number of slashes for two."""

PATH = re.compile(r"/(?![/\\])[!-~]*")
"""A path, and maybe a query, on the host of the page, without what browsers ignore (`IGNORED`)."""

MAIL_DOMAIN = re.compile(r"@([^\s,;?&@]*)")


def clean(address: str) -> str:
    r"""*address* as browsers read it: without what they ignore, backslashes turned into slashes.

    >>> clean("\n \\\\exam\tple.org ")
    '//example.org'
    """
    return IGNORED.sub("", address.strip(AROUND)).replace("\\", "/")


def scheme(address: str) -> str:
    """The scheme of *address* in lower case, empty if it has none."""
    match = SCHEME.match(clean(address))
    return match[1].lower() if match else ""


def host(address: str) -> str:
    r"""The host that *address* names, in ASCII and lower case; empty if it names none.

    >>> host("https://Example.org:8080/a"), host("/\\example.org"), host("../page/")
    ('example.org', 'example.org', '')
    >>> host("https://bank.example\\@evil.example/"), host("https://bank.example@evil.example")
    ('bank.example', 'evil.example')
    >>> host("https://例え.テスト/"), host("mailto:me@example.org")
    ('xn--r8jz45g.xn--zckzah', '')
    """
    match = AUTHORITY.match(clean(address))
    return _domain(match[1].rpartition("@")[2].partition(":")[0]) if match else ""


def root(site_url: str) -> str:
    """Where the site at *site_url* begins on its host: a path between slashes.

    >>> root("https://example.org/help"), root("")
    ('/help/', '/')
    """
    return f"{urlsplit(site_url).path.rstrip('/')}/"


class Place:
    """Where readers get a site: at *site_url*, if that is known."""

    def __init__(self, site_url: str) -> None:
        self.host = host(site_url)
        self._root = root(site_url)

    def named(self, address: str, path: str) -> str | None:
        """What *address*, in the file *path*, names from the root of the site, and a fragment.

        Both are encoded as in addresses. None if that is not on this site.

        >>> Place("https://a.example/help/").named("../b/?c#d", "e/f.html")
        'b/#d'
        """
        cleaned = clean(address)
        other = host(cleaned)
        if scheme(cleaned) not in ("", "http", "https") or other not in ("", self.host):
            return None
        before, _, fragment = cleaned.partition("#")
        before = before.partition("?")[0]
        if other or before.startswith("/"):
            before = urlsplit(before).path or "/"
        else:
            here = self._root + path.replace("%", "%25").replace("#", "%23")
            before = posixpath.join(posixpath.dirname(here), before) if before else here
        slash = "/" if before.endswith(("/", "/.", "/..")) else ""
        whole = f"{posixpath.normpath(before)}{slash}"
        if not f"{whole}/".startswith(self._root):
            return None
        return f"{whole[len(self._root) :]}#{fragment}"


def _domain(name: str) -> str:
    """*name*, of a host, in ASCII and lower case."""
    name = unquote(name).lower().rstrip(".")
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name  # no host has this name, so no list has it


def refusal(address: str, allowed: Collection[str], own: Collection[str]) -> str:
    """Why readers may not be sent to *address*; empty if they may.

    *own* are the hosts of the site itself. *allowed* are host names; ``*.example.org`` stands for
    every host below example.org, and not for example.org itself. Addresses of pages and of
    e-mail are compared with them, and a telephone number has none.

    >>> refusal("https://evil.example/", ["bank.example"], [])
    'evil.example is none of the domains that readers may be sent to'
    >>> refusal("https://help.bank.example/", ["*.bank.example"], [])
    ''
    >>> refusal("javascript:alert(1)", [], [])
    'javascript: leads to no page'
    """
    kind = scheme(address)
    if kind in ("", "http", "https"):
        found = [host(address)]
    elif kind == "mailto":
        found = [_domain(each) for each in MAIL_DOMAIN.findall(unquote(address))]
    else:
        return "" if kind == "tel" else f"{kind}: leads to no page"
    for name in found:
        if name and name not in own and not is_listed(name, allowed):
            return f"{name} is none of the domains that readers may be sent to"
    return ""


def is_listed(name: str, domains: Collection[str]) -> bool:
    """Whether the host *name* is one of *domains*, or below one that begins with ``*.``.

    >>> is_listed("evilbank.example", ["*.bank.example", "bank.example"])
    False
    """
    parts = name.split(".")
    above = (f"*.{'.'.join(parts[start:])}" for start in range(1, len(parts)))
    return name in domains or any(each in domains for each in above)
