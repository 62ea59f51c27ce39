"""The Python-Markdown extension: any program that renders Markdown can render it translated.

>>> import markdown
>>> text = "Keep *calm*."
>>> translate = lambda msgid, context=None: {text: "*落ち着いて*。"}.get(msgid)
>>> markdown.markdown(text, extensions=[AnnaiExtension(translate)])
'<p><em>落ち着いて</em>。</p>'
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from markdown import Extension, Markdown

from annai.bidi import PRIORITY as DIRECTION_PRIORITY
from annai.bidi import DirectionTreeprocessor
from annai.catalogs import WholeCatalog, catalog_path
from annai.guard import Guard
from annai.inline import Names
from annai.locales import Locale, parse_locale
from annai.translation import (
    FINISH_PRIORITY,
    PRIORITY,
    FinishTreeprocessor,
    Translate,
    TranslateTreeprocessor,
    Words,
)

NAMES = ("annai", "annai-finish", "annai-direction")
"""Of our tree processors."""


class AnnaiExtension(Extension):
    """Renders pages in the words of a catalog.

    Options, for a host that configures extensions by name (``annai``):
    ``locale``, the locale to render; ``source``, the locale that pages are written in (``en``);
    ``locales``, the folder of the catalogs (``locales``). Without a locale pages stay as they
    are. A host with catalogs of its own gives *translate* and the *reader*'s locale instead.
    """

    def __init__(
        self, translate: Translate | None = None, reader: Locale | None = None, **options: Any
    ) -> None:
        self.config = {
            "locale": ["", "The locale to render, as the name of its catalog folder"],
            "source": ["en", "The locale that pages are written in"],
            "locales": ["locales", "The folder that holds the catalogs"],
        }
        super().__init__(**options)
        self.source = parse_locale(self.getConfig("source"), "source")
        folder = self.getConfig("locale")
        self.locale = reader or (parse_locale(folder, "locale") if folder else self.source)
        self.words = Words(translate or self._from_catalog())

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the tree processors; where they stand is explained at their priorities."""
        self.md = md
        finish = FinishTreeprocessor(md)
        translate = TranslateTreeprocessor(md, self.words, self.source, finish)
        direction = DirectionTreeprocessor(md, self.locale)
        priorities = (PRIORITY, FINISH_PRIORITY, DIRECTION_PRIORITY)
        for each, name, priority in zip(
            (translate, finish, direction), NAMES, priorities, strict=True
        ):
            md.treeprocessors.register(each, name, priority)

    def _from_catalog(self) -> Translate:
        if not self.getConfig("locale"):
            return itself
        path = catalog_path(Path(self.getConfig("locales")), self.locale)
        catalog = WholeCatalog.read(path, self.locale, Guard(self._without_us))

        @lru_cache(maxsize=1)
        def on_a_page_with(names: Names) -> WholeCatalog:
            guard = replace(catalog.guard, names=names)
            return replace(catalog, guard=guard, judged={})

        def translate(msgid: str, context: str | None = None) -> str | None:
            return on_a_page_with(Names.defined(self.md)).translate(msgid, context)

        return translate

    def _without_us(self) -> Markdown:
        """A copy of the host's Python-Markdown, for the guard."""
        md = deepcopy(self.md)
        for name in NAMES:
            md.treeprocessors.deregister(name)
        return md


def itself(msgid: str, context: str | None = None) -> str:
    """*msgid*: the translation of a text into its own language."""
    return msgid


def makeExtension(**options: Any) -> AnnaiExtension:
    """The extension, made by the name ``annai`` (Python-Markdown's convention)."""
    return AnnaiExtension(**options)
