"""MkDocs hook: what a page may do is written into it, and it leads and asks nowhere else.

The policy is made of the page as it is in the end, so this hook comes last.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from annai.addresses import host, refusal
from annai.catalogs import catalog_path
from annai.clock import now
from annai.domains import allowed_domains, line_of, refused
from annai.errors import ContentError
from annai.markup import tags
from annai.offline import WORKER
from annai.outside import Link, links, requests, with_marks
from annai.plan import Plan, make_plan
from annai.policy import policy, with_policy, written_scripts
from annai.repository import places
from annai.responses import HEADERS, SECURITY, headers_file, security_file

log = logging.getLogger("mkdocs.hooks.harden")

_plan: Plan
_allowed: tuple[str, ...] | None
_own: frozenset[str]
_catalogs: list[str]
_headers: str


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Find out where readers may be sent."""
    global _plan, _allowed, _own, _catalogs
    try:
        _plan = make_plan(Path(config.config_file_path), os.environ)
        _allowed = allowed_domains(_plan.site)
    except ContentError as error:
        raise PluginError(str(error)) from None
    site = _plan.site
    _own = site.own_hosts | {host(config.site_url or "")}
    _catalogs = [site.shown(catalog_path(site.locales, each)) for each in _plan.locales]
    return config


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Note what writers say in a file of headers of their own; it is added to ours."""
    global _headers
    own = files.get_file_from_path(HEADERS)
    _headers = own.content_string if own else ""
    return env


@event_priority(-100)
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Give the page its policy, mark its links to other sites, and warn of what it may not do."""
    path, source = page.file.abs_src_path, page.file.content_string
    shown = _plan.site.shown(Path(path)) if path else page.file.src_uri
    scripts = written_scripts(page.content or "")
    for script in scripts:
        problem = "a script that stands in a page does not run"
        fix = "put it into a file, and name that in extra_javascript"
        log.warning(str(ContentError(shown, line_of(source, script), problem, fix)))
    return _hardened(output, shown, source, scripts, _places(page))


def _places(page: Page) -> frozenset[str]:
    """Where the page, or its translation, is edited, as the configuration says it."""
    docs, url = _plan.site.shown(_plan.site.docs), page.edit_url
    return places(url, docs, page.file.src_uri, _catalogs) if url else frozenset()


@event_priority(-100)
def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Do the same for pages that are made of a template alone."""
    is_page = template_name.endswith(".html")
    return _hardened(output_content, template_name) if is_page else output_content


def _hardened(
    html: str,
    shown: str,
    source: str = "",
    distrusted: Collection[str] = (),
    edited: Collection[str] = (),
) -> str:
    """The page *html*, made from the file *shown* that says *source*; its problems are logged.

    *edited* are addresses that it may lead to, on whatever host. While serving there is no policy:
    live reload is a script in the page.
    """
    found = tags(html)
    leading = links(found)
    outside = [each for each in leading if each.address.partition("#")[0] not in edited]
    for problem in _problems(outside, requests(html, found, _own), shown, source):
        log.warning(str(problem))
    content = None if _plan.preview else policy(html, found, distrusted)
    return with_policy(with_marks(html, leading, _own), found, content)


def _problems(
    leading: Iterable[Link], asked: Iterable[str], shown: str, source: str
) -> Iterator[ContentError]:
    """What is wrong with the addresses that a page leads to, and with those that it loads."""
    for address in asked:
        problem = f"the page loads {address} from another site, which learns who reads it"
        fix = f"put a copy into {_plan.site.shown(_plan.site.docs)}, and take it from there"
        yield ContentError(shown, line_of(source, address), problem, fix)
    for address in dict.fromkeys(link.address for link in leading):
        if _allowed is not None and (reason := refusal(address, _allowed, _own)):
            yield refused(_plan.site, shown, line_of(source, address), address, reason)


def on_post_build(config: MkDocsConfig) -> None:
    """Write what the server needs, and whom to tell of a hole; the root build alone does."""
    if _plan.child:
        return
    site = Path(config.site_dir)
    address = config.site_url or ""
    is_offline = (site / WORKER).is_file()
    folders = [_plan.folder(each) for each in _plan.locales] if is_offline else []
    (site / HEADERS).write_text(headers_file(address, _headers, folders), "utf-8", newline="\n")
    if contact := _plan.site.security_contact:
        languages = [locale.tag for locale in _plan.locales]
        target = site / SECURITY
        target.parent.mkdir(exist_ok=True)
        target.write_text(security_file(contact, now(), languages, address), "utf-8", newline="\n")
