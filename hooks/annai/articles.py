"""What front matter says about an article: its owner, its review and change, where it leads."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annai.errors import ContentError, did_you_mean
from annai.pages import FRONT_MATTER, find_pages
from annai.schema import line_at, mistakes, read_yaml
from annai.site import Site
from annai.texts import read_text

LOOKS_LIKE_YAML = re.compile(r"[\w-]+:(\s|$)")

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "reviewed": {},
        "updated": {},
        "owner": {"type": "string", "minLength": 1},
        "related": {"type": "array", "items": {"type": "string"}},
        "offers": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["title", "pages"],
                "properties": {
                    "title": {"type": "string", "minLength": 1},
                    "pages": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["page"],
                            "properties": {
                                "page": {"type": "string"},
                                "icon": {"type": "string", "minLength": 1},
                            },
                        },
                    },
                },
            },
        },
    },
}
"""The keys of front matter that are ours (JSON Schema 2020-12); others belong to themes."""


@dataclass(frozen=True)
class Card:
    """A page that is offered, with an icon."""

    line: int
    """1-based."""
    page: str
    """A path from the folder of the pages."""
    icon: str | None = None
    """The name of one of the theme's icons, such as ``material/lock``."""


@dataclass(frozen=True)
class Article:
    """A page, as far as its readers and its owner are concerned."""

    shown: str
    """The file, as messages name it."""
    reviewed: datetime.date | None = None
    """The day on which somebody last read it from beginning to end."""
    reviewed_line: int = 1
    updated: datetime.date | None = None
    """The day of its last change, if a writer knows that better than git."""
    owner: str | None = None
    """The role that looks after it."""
    related: tuple[tuple[int, str], ...] = ()
    """1-based line and page, as a path from the folder of the pages."""
    offers: tuple[tuple[str, tuple[Card, ...]], ...] = ()
    """Groups of cards, each with its title."""

    def is_overdue(self, days: int, today: datetime.date) -> bool:
        """Whether nobody has read it for more than *days*."""
        return self.reviewed is not None and (today - self.reviewed).days > days


def read_article(source: str, shown: str) -> Article:
    """What the front matter of the page *source* says. Raises ContentError for a mistake in it."""
    match = FRONT_MATTER.match(source)
    if match is None:
        return Article(shown)
    try:
        root, data = read_yaml(match[1], shown, first_line=2)
    except ContentError:
        if LOOKS_LIKE_YAML.match(match[1]):
            raise
        return Article(shown)  # text between two thematic breaks
    if not isinstance(data, dict):
        return Article(shown)
    for mistake in mistakes(data, root, SCHEMA, shown, first_line=2):
        raise mistake
    for key in ("reviewed", "updated"):
        day = data.get(key)
        if day is not None and type(day) is not datetime.date:
            fix = "write the day as 2026-11-22, without quotes"
            line = line_at(root, [key]) + 2
            raise ContentError(shown, line, f"{key} cannot be {day!r}", fix)
    related = tuple(
        (line_at(root, ["related", index]) + 2, page)
        for index, page in enumerate(data.get("related", ()))
    )
    offers = tuple(
        (
            group["title"],
            tuple(
                Card(line_at(root, ["offers", place, "pages", index]) + 2, **card)
                for index, card in enumerate(group["pages"])
            ),
        )
        for place, group in enumerate(data.get("offers", ()))
    )
    return Article(
        shown,
        reviewed=data.get("reviewed"),
        reviewed_line=line_at(root, ["reviewed"]) + 2,
        updated=data.get("updated"),
        owner=data.get("owner"),
        related=related,
        offers=offers,
    )


def is_found(meta: Mapping[str, Any]) -> bool:
    """Whether a search may find the page whose front matter is *meta*.

    >>> is_found({"search": {"exclude": True}}), is_found({})
    (False, True)
    """
    options = meta.get("search")
    return not (isinstance(options, Mapping) and options.get("exclude"))


def missing(article: Article, pages: Collection[str]) -> Iterator[ContentError]:
    """Pages it leads to that are not among *pages*, paths from the folder of the pages."""
    cards = [(card.line, card.page) for _, group in article.offers for card in group]
    for line, page in [*article.related, *cards]:
        if page not in pages:
            fix = f"{did_you_mean(page, pages)}name a page by its path from the folder of the pages"
            yield ContentError(article.shown, line, f'there is no page "{page}"', fix)


def missing_help(site: Site, pages: Collection[str]) -> Iterator[ContentError]:
    """What ``still_stuck`` names and is not among *pages*, paths from the folder of the pages."""
    for page in site.still_stuck:
        if page not in pages:
            fix = f"{did_you_mean(page, pages)}name a page by its path from the folder of the pages"
            yield site.error(("still_stuck", "*", page), f'there is no page "{page}"', fix)


def overdue(site: Site, today: datetime.date) -> Iterator[Article]:
    """The articles of *site* that somebody has to read again. Raises ContentError."""
    for path in find_pages(site.docs, site.unpublished) if site.review_days else ():
        article = read_article(read_text(path), site.shown(path))
        if article.is_overdue(site.review_days, today):
            yield article
