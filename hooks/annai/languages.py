"""What tells readers, in their own language, that a page is there in it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from annai.locales import Locale

LANGUAGE = "{language}"
"""Where an offer names its language."""


@dataclass(frozen=True)
class Offer:
    """A line that leads to the same page in another language."""

    locale: Locale
    offer: str
    """What it says, in the language of `locale`, with `LANGUAGE` for the name of that."""
    close: str
    """What the button says that takes it away."""


def offers_module(offers: Iterable[Offer]) -> bytes:
    """A module for browsers (ECMAScript) with all *offers*.

    >>> print(offers_module([Offer(Locale("ja"), "{language}で読む", "閉じる")]).decode().strip())
    export default [{"tag":"ja","direction":"ltr","offer":"日本語で読む","close":"閉じる"}];
    """
    data = [
        {
            "tag": each.locale.tag,
            "direction": each.locale.direction,
            "offer": each.offer.replace(LANGUAGE, each.locale.name),
            "close": each.close,
        }
        for each in offers
    ]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"export default {text};\n".encode()
