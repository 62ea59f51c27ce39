"""The Python-Markdown extension: any program that renders Markdown can render it translated.

>>> import markdown
>>> text = "Keep *calm*."
>>> translate = lambda msgid, context=None: {text: "*落ち着いて*。"}.get(msgid)
>>> markdown.markdown(text, extensions=[AnnaiExtension(translate)])
'<p><em>落ち着いて</em>。</p>'
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markdown import Extension, Markdown

from annai.bidi import PRIORITY as DIRECTION_PRIORITY
from annai.bidi import DirectionTreeprocessor
from annai.catalogs import Catalog, catalog_path
from annai.locales import Locale, parse_locale
from annai.translation import (
    FINISH_PRIORITY,
    PRIORITY,
    FinishTreeprocessor,
    Translate,
    TranslateTreeprocessor,
    Words,
)


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
        finish = FinishTreeprocessor(md)
        translate = TranslateTreeprocessor(md, self.words, self.source, finish)
        md.treeprocessors.register(translate, "annai", PRIORITY)
        md.treeprocessors.register(finish, "annai-finish", FINISH_PRIORITY)
        direction = DirectionTreeprocessor(md, self.locale)
        md.treeprocessors.register(direction, "annai-direction", DIRECTION_PRIORITY)

    def _from_catalog(self) -> Translate:
        if not self.getConfig("locale"):
            return itself
        path = catalog_path(Path(self.getConfig("locales")), self.locale)
        return Catalog.read(path, self.locale).translate


def itself(msgid: str, context: str | None = None) -> str:
    """*msgid*: the translation of a text into its own language."""
    return msgid


def makeExtension(**options: Any) -> AnnaiExtension:
    """The extension, made by the name ``annai`` (Python-Markdown's convention)."""
    return AnnaiExtension(**options)
