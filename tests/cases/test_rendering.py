"""What a page becomes in another language. Each case is a folder: a page, a catalog, the HTML."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import Markdown

from annai.catalogs import WholeCatalog
from annai.extension import AnnaiExtension
from annai.guard import Guard
from annai.inline import Names
from annai.locales import Locale
from cases.test_extraction import EXTENSIONS

FOLDER = Path(__file__).parent / "rendering"


def rendered(case: Path) -> str:
    """The page of *case* in the words of its catalog."""
    locale = Locale("ar" if case.name.startswith("right-to-left") else "ja")
    source = (case / "page.md").read_text("utf-8")
    guard = Guard(lambda: Markdown(extensions=EXTENSIONS), names=Names.of([source]))
    catalog = WholeCatalog.read(case / "messages.po", locale, guard)
    md = Markdown(
        extensions=[*EXTENSIONS, AnnaiExtension(catalog.translate, locale)],
        extension_configs={"pymdownx.tabbed": {"alternate_style": True}},
    )
    return md.convert(source) + "\n"


@pytest.mark.parametrize("case", sorted(FOLDER.iterdir()), ids=lambda case: case.name)
def test_a_page_and_a_catalog_make_this_html(case: Path) -> None:
    assert rendered(case) == (case / "page.html").read_text("utf-8")
