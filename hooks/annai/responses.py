"""Two files for the server and for those who find a hole: ``_headers`` and ``security.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urljoin

from annai import offline
from annai.addresses import root

HEADERS = "_headers"
"""What a server has to say with each file, as Netlify and Cloudflare Pages read it."""

SECURITY = ".well-known/security.txt"
"""Whom to tell of a hole (RFC 9116)."""

DENIED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media",
    "geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""What no page may ask a reader for (W3C, Permissions Policy): of that, what browsers know, since
they complain of the rest. Copying to the clipboard stays."""

EVERYWHERE = {
    "Content-Security-Policy": "frame-ancestors 'none'",  # counts only here, not in a page
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{each}=()" for each in DENIED),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
}

WORKER = "assets/javascripts/search/worker.js"
WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
"""A worker has the policy that it is sent with, and not that of the page which starts it."""

FOR_PROGRAMS = {
    "*.md": "text/markdown; charset=utf-8",
    "*llms.txt": "text/plain; charset=utf-8",
    "*llms-full.txt": "text/plain; charset=utf-8",
}
"""What programs read in the place of pages, and its type, which not every server knows. Search
engines leave it out, so that they find the pages themselves."""

CONTACT = re.compile(r"https://[^\s/]+\S*|mailto:[^\s@]+@[^\s@]+|tel:\+?[0-9().-]+", re.IGNORECASE)
"""A way to say something (RFC 9116, 2.5.3): it has to be a URI, and one that is not overheard."""

DAYS = 360
"""For how long the file counts: less than a year (RFC 9116, 2.5.5)."""


def headers_file(site_url: str, more: str = "", folders: Iterable[str] = ()) -> str:
    """The file ``_headers`` of the site at *site_url*; *more* is what writers add to it.

    *folders* are those of its languages, if it can be read without a connection.

    Addresses in it begin at the root of the host, wherever below it the site is.
    """
    start = root(site_url)
    worker = {"Content-Security-Policy": WORKER_POLICY}
    rules = {f"{start}*": EVERYWHERE, f"{start}{WORKER}": worker}
    for path, kind in FOR_PROGRAMS.items():
        rules[f"{start}{path}"] = {"Content-Type": kind, "X-Robots-Tag": "noindex"}
    if lists := [f"{start}{folder}{offline.LIST}" for folder in folders]:
        said = {"Cache-Control": "no-cache", "Content-Security-Policy": offline.WORKER_POLICY}
        rules[f"{start}{offline.WORKER}"] = said
        for path in (f"{start}{offline.SHARED}{offline.LIST}", *lists):
            rules[path] = {"Cache-Control": "no-cache"}
    written = [
        "\n".join([path, *(f"  {name}: {value}" for name, value in said.items())])
        for path, said in rules.items()
    ]
    return "\n\n".join([*written, more.strip("\n")]).rstrip("\n") + "\n"


def security_file(contact: str, now: datetime, languages: Iterable[str], site_url: str) -> str:
    """The file ``security.txt``: *contact* is a URI, *languages* are tags, the source first.

    It counts from the day of *now*, so that two builds of one day are the same. Its one true
    place is at the root of the host (RFC 9116, 3), wherever below it the site is.
    """
    expires = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(DAYS)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(languages)}",
    ]
    if site_url:
        lines.append(f"Canonical: {urljoin(site_url, f'/{SECURITY}')}")
    return "\n".join(lines) + "\n"
