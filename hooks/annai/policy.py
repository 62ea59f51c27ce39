"""The policy of a page: what its browser may load, run and connect to, made from the page itself.

It is a Content-Security-Policy (W3C, CSP Level 3). A page gets what it uses, from its own site. A
script that stands in the page is allowed by its hash, and only if a template put it there: what
the Markdown of a page or a translation says can never run.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Collection, Iterable, Sequence
from html import escape

from annai.markup import Tag, style_attributes, tags

OWN = "'self'"

ALWAYS = {"default-src": ["'none'"], "img-src": [OWN, "data:"], "base-uri": ["'none'"]}
"""What every page has: pictures, because style sheets hold some as data:, and browsers ask for
favicon.ico even where a page has none."""

USES = {
    "audio": "media-src",
    "embed": "object-src",
    "frame": "frame-src",
    "iframe": "frame-src",
    "object": "object-src",
    "video": "media-src",
}
"""The directive that an element needs."""

RUNS = re.compile(
    r"\s*(module|importmap|speculationrules|(text|application)/(x-)?(java|ecma|j|live)script.*)?\s*",
    re.IGNORECASE,
)
"""The type of a script that is no data (HTML, 4.12.1)."""

SCRIPT = re.compile("<(?i:script)")
PLACES = (
    re.compile(r"<meta\s[^>]*charset[^>]*>", re.IGNORECASE),
    re.compile(r"<head\b[^>]*>", re.IGNORECASE),
    re.compile(r"<!doctype[^>]*>", re.IGNORECASE),
)
"""Behind what a policy may stand, the best place first."""

POLICY = "content-security-policy"

REFERRER = '<meta name="referrer" content="no-referrer">'
"""Keeps the address of a page, which tells what a reader has trouble with, from every other."""


def policy(html: str, found: Sequence[Tag], distrusted: Collection[str] = ()) -> str:
    """The policy of the page *html*, whose tags are *found*.

    Scripts whose text is one of *distrusted* are not allowed.
    """
    directives = {each: list(sources) for each, sources in ALWAYS.items()}
    scripts = [text for text in inline_scripts(found) if text not in distrusted]
    if any(_is_loaded(tag) for tag in found):
        directives |= {"script-src": [OWN], "connect-src": [OWN], "worker-src": [OWN]}
    if scripts:
        directives.setdefault("script-src", []).extend(_hashes(scripts))
    links = {word for tag in found if tag.name == "link" for word in _words(tag, "rel")}
    if "stylesheet" in links:
        directives |= {"style-src": [OWN], "font-src": [OWN]}
    if "manifest" in links:
        directives["manifest-src"] = [OWN]
    if styles := [tag.text for tag in found if tag.name == "style"]:
        directives.setdefault("style-src", []).extend(_hashes(styles))
    if attributes := style_attributes(html):
        sources = ["'unsafe-hashes'", *_hashes(attributes)]
        directives.setdefault("style-src", []).extend(sources)
    for tag in found:
        if tag.name in USES:
            directives[USES[tag.name]] = [OWN]
    directives["form-action"] = [OWN if any(tag.name == "form" for tag in found) else "'none'"]
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def inline_scripts(found: Iterable[Tag]) -> list[str]:
    """The scripts that stand in a page, whose tags are *found*; data is none."""
    return [
        tag.text
        for tag in found
        if tag.name == "script"
        and "src" not in tag.attributes
        and RUNS.fullmatch(tag.attributes.get("type", ""))
    ]


def written_scripts(content: str) -> list[str]:
    """The scripts that stand in what the Markdown of a page became."""
    return inline_scripts(tags(content)) if SCRIPT.search(content) else []


def _is_loaded(tag: Tag) -> bool:
    """Whether *tag* loads a script."""
    return tag.name == "script" and "src" in tag.attributes


def _words(tag: Tag, name: str) -> list[str]:
    """The words of an attribute, in lower case."""
    return tag.attributes.get(name, "").lower().split()


def _hashes(texts: Iterable[str]) -> list[str]:
    """The source of each of *texts*, once, in their order; line ends as browsers read them."""
    found: dict[str, None] = {}
    for text in texts:
        normal = text.replace("\r\n", "\n").replace("\r", "\n")
        digest = hashlib.sha256(normal.encode()).digest()
        found[f"'sha256-{b64encode(digest).decode()}'"] = None
    return list(found)


def with_policy(html: str, found: Sequence[Tag], content: str | None) -> str:
    """The page *html*, whose tags are *found*, with the policy *content* and without referrers.

    A page whose head has a policy or says something of referrers keeps it, and None is no policy.
    They stand behind the character set, which has to be in the first 1024 bytes, but before
    anything that they are about.
    """
    body = html.find("<body")
    head = found if body < 0 else [tag for tag in found if tag.start < body]
    metas = [tag.attributes for tag in head if tag.name == "meta"]
    new = []
    if content and not any(each.get("http-equiv", "").lower() == POLICY for each in metas):
        new.append(
            f'<meta http-equiv="Content-Security-Policy" content="{escape(content, False)}">'
        )
    if not any(each.get("name", "").lower() == "referrer" for each in metas):
        new.append(REFERRER)
    first = next((tag.start for tag in found if tag.name not in ("meta", "title")), len(html))
    ends = (match.end() for each in PLACES if (match := each.search(html)))
    place = next((end for end in ends if end <= first), 0)
    return f"{html[:place]}{''.join(new)}{html[place:]}"
