"""What a page says of itself to programs: data of schema.org, as JSON-LD 1.1."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from typing import Any

UNSAFE = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}
"""What could end the element that the data stands in, or its line, as JSON writes it otherwise
(JSON-LD 1.1, 7.3)."""


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way to a page: titles and whole addresses, from the home page to the page itself."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": address}
            for place, (name, address) in enumerate(trail, start=1)
        ],
    }


def article(
    headline: str, tag: str, changed: datetime.date | None, address: str = "", image: str = ""
) -> dict[str, Any]:
    """An article in the language *tag*. What is empty or not known is left out."""
    said = {
        "@type": "Article",
        "headline": headline,
        "inLanguage": tag,
        "dateModified": changed.isoformat() if changed else "",
        "mainEntityOfPage": address,
        "image": image,
    }
    return {key: value for key, value in said.items() if value}


def data_block(things: Iterable[dict[str, Any]]) -> str:
    r"""The text of an element ``script`` that says *things*; empty if there are none.

    >>> data_block([{"name": "</script>"}])
    '{"@context":"https://schema.org","@graph":[{"name":"\\u003c/script\\u003e"}]}'
    """
    graph = list(things)
    data = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.translate(UNSAFE) if graph else ""
