"""What programs show of a page where somebody shares its address (Open Graph, ogp.me)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annai.locales import Locale


def properties(
    title: str,
    description: str,
    site_name: str,
    address: str,
    locale: Locale,
    found: Iterable[Locale],
    is_article: bool,
) -> Iterator[tuple[str, str]]:
    """The properties of a page in *locale*, and what they say, as text. What is empty is left out.

    *found* are all locales that the page is there in.
    """
    said = {
        "type": "article" if is_article else "website",
        "title": title,
        "description": description,
        "url": address,
        "site_name": site_name,
        "locale": locale.with_territory,
    }
    yield from ((f"og:{name}", text) for name, text in said.items() if text)
    yield from (("og:locale:alternate", each.with_territory) for each in found if each != locale)


def picture_properties(address: str, width: int, height: int) -> Iterator[tuple[str, str]]:
    """The same of the picture at *address*, whose *width* and *height* are in px.

    What X shows is like the rest, but for the size (X, "Summary card with large image").
    """
    yield "og:image", address
    yield "og:image:width", str(width)
    yield "og:image:height", str(height)
    yield "twitter:card", "summary_large_image"
