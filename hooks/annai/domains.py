"""Where a site sends its readers: to no host but those that the ledger lists (``domains``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markdown import Markdown

from annai.addresses import host, refusal
from annai.errors import ContentError, did_you_mean
from annai.ledger import site_ledger
from annai.markup import tags
from annai.outside import links
from annai.pages import FRONT_MATTER, find_pages, split
from annai.schema import read_yaml
from annai.site import Site
from annai.sitetexts import scalars
from annai.texts import read_text

ADDRESS = re.compile(
    r"""(?:\b(?:https?|mailto):|(?<![\w:/])//)[^\s"'<>()\[\]]*[^\s"'<>()\[\].,;:!?]""",
    re.IGNORECASE,
)
"""An address with a host, in a text."""

ATTRIBUTE = re.compile(r"""\b(?:href|src|action)\s*=\s*["']?([^"'\s>{]+)""", re.IGNORECASE)
"""An address that a template names itself, up to what Jinja fills in."""

TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)

CONFIG = (("nav",), ("repo_url",), ("edit_uri",), ("copyright",), ("extra",))
SETTINGS = ("extra", "annai")
"""The keys of ``mkdocs.yml`` below which there are links, and those below which there is none."""


def allowed_domains(site: Site) -> tuple[str, ...] | None:
    """The hosts that readers of *site* may be sent to, None for all. Raises ContentError."""
    ledger = site_ledger(site)
    return ledger.domains if ledger else None


def domain_mistakes(site: Site) -> Iterator[ContentError]:
    """Every place that sends readers to a host that the ledger of *site* does not list."""
    allowed = allowed_domains(site)
    if allowed is None:
        return
    for path, line, address in _addresses(site):
        reason = refusal(address, allowed, site.own_hosts)
        if reason:
            yield refused(site, site.shown(path), line, address, reason)


def refused(site: Site, shown: str, line: int, address: str, reason: str) -> ContentError:
    """The problem that readers may not be sent to *address*, for the *reason* given."""
    ledger = site.shown(site.ledger_path or site.path)
    name = host(address)
    question = did_you_mean(name, allowed_domains(site) or ())
    fix = f"{question}take the link out, or add the host to domains in {ledger}"
    return ContentError(shown, line, f"{address}: {reason}", fix)


def line_of(source: str, text: str) -> int:
    """The first 1-based line of *source* that has *text*, or the host that it names; else 1."""
    for each in filter(None, (text, host(text))):
        start = source.find(each)
        if start >= 0:
            return source.count("\n", 0, start) + 1
    return 1


def _addresses(site: Site) -> Iterator[tuple[Path, int, str]]:
    """File, 1-based line and address of whatever may lead outside, in pages, data and templates."""
    md = site.markdown()
    for path in find_pages(site.docs, site.excluded):
        yield from ((path, *each) for each in page_addresses(read_text(path), md))
    for data in (site.ledger_path, site.glossary_path):
        if data and data.is_file():
            yield from ((data, *each) for each in _yaml_addresses(read_text(data)))
    yield from _config_addresses(site)
    for path in sorted(site.overrides.rglob("*.html")) if site.overrides else ():
        yield from ((path, *each) for each in _template_addresses(read_text(path)))


def page_addresses(source: str, md: Markdown) -> Iterator[tuple[int, str]]:
    """1-based line and address of each link outside that the page *source* has.

    *md* must be set up as the page will be rendered, and is reset: links, reference links and
    automatic ones are those that come out.
    """
    if match := FRONT_MATTER.match(source):
        yield from ((line + 1, address) for line, address in _yaml_addresses(match[1]))
    html = md.reset().convert(split(source).body)
    for address in dict.fromkeys(link.address for link in links(tags(html))):
        yield line_of(source, address), address


def _yaml_addresses(text: str) -> Iterator[tuple[int, str]]:
    """1-based line and address of all that stand in the values of the YAML *text*.

    Nothing if it is no YAML, which other checks report.
    """
    try:
        root, _ = read_yaml(text, "")
    except ContentError:
        return
    for _, node, _ in scalars(root) if root else ():
        line = node.start_mark.line + 1
        yield from ((line, match[0]) for match in ADDRESS.finditer(node.value))


def _config_addresses(site: Site) -> Iterator[tuple[Path, int, str]]:
    """The same for the configuration, and for what it takes over from the one it inherits from."""
    for path, node, is_key in scalars(site.root):
        if path[:1] in CONFIG and path[:2] != SETTINGS and not is_key:
            for match in ADDRESS.finditer(node.value):
                yield site.path, node.start_mark.line + 1, match[0]
    if site.parent:
        yield from _config_addresses(site.parent)


def _template_addresses(text: str) -> Iterator[tuple[int, str]]:
    """1-based line and address of all that a template names itself."""
    text = TEMPLATE_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    for match in ATTRIBUTE.finditer(text):
        if ADDRESS.match(match[1]):
            yield text.count("\n", 0, match.start()) + 1, match[1]
