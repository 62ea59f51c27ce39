"""Which messages a page has. Each case is a page; `.messages` beside it says what must be found:
line, kind and text, one message a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import Markdown

from annai.directives import check_directives
from annai.errors import ContentError
from annai.extraction import page_messages
from annai.rawhtml import untranslated_html

FOLDER = Path(__file__).parent / "extraction"
EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist",
]  # fmt: skip


def found(page: Path) -> str:
    """The messages of *page* in the form of the expectations."""
    md = Markdown(
        extensions=EXTENSIONS, extension_configs={"pymdownx.tabbed": {"alternate_style": True}}
    )
    return "".join(
        f"{message.line:>3} | {' / '.join(message.comment.splitlines())} | "
        f"{f'[{message.context}] ' if message.context else ''}{message.msgid!r}\n"
        for message in page_messages(page.read_text("utf-8"), md)
    )


@pytest.mark.parametrize("page", sorted(FOLDER.glob("*.md")), ids=lambda page: page.stem)
def test_a_page_has_these_messages_on_these_lines(page: Path) -> None:
    assert found(page) == page.with_suffix(".messages").read_text("utf-8")


def test_a_comment_that_looks_like_a_note_but_is_none_is_an_error() -> None:
    with pytest.raises(ContentError) as caught:
        check_directives("# Title\n\n<!-- i18n: contxt menu -->\n", "docs/a.md")
    assert str(caught.value) == (
        'docs/a.md:3: "i18n: contxt" means nothing\n'
        'fix: did you mean "context"? write comment, context or skip'
    )


def test_raw_html_with_text_is_found_unless_it_is_meant_to_stay() -> None:
    source = """---
title: T
---

<div>Text</div>

<!-- a comment -->

<img src="a.png">

<div markdown="1">

Translated.

</div>

<!-- i18n: skip -->

<p>Stays</p>

```html
<p>Code</p>
```

- [ ] A task

<p>
Text &amp; more
</p>
"""
    assert untranslated_html(source, Markdown(extensions=EXTENSIONS)) == [5, 27]
