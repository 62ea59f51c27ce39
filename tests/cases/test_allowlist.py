"""Which raw HTML a page may have."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import Markdown

from annai.allowlist import HtmlReader
from annai.cli import main

EXTENSIONS = [
    "admonition",
    "attr_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
]


@pytest.fixture(scope="module")
def reader() -> HtmlReader:
    return HtmlReader(Markdown(extensions=EXTENSIONS))


@pytest.mark.parametrize(
    "source",
    [
        "Press <kbd>Ctrl</kbd>.<br>\n<abbr title='A < B' lang=en>A</abbr><br/> <!-- <b> -->",
        "<!-- <script>\n\nalert(1)\n</script> -->",
        '<div class="a" id="b" lang="ja" dir="ltr" markdown>\n\n**A** <kbd>b</kbd>\n\n</div>',
        '<details open markdown="1">\n<summary title="t">A</summary>\n\n- b\n\n</details>',
        "`<img>`, ``<b>`` and `<script>`\n\n```html\n<img src=a>\n```\n\n    <script>\n",
        '- a\n\n    ```html title="x"\n    <b style="a">\n    ```\n',
        "<https://a.example/b> <me@a.example> 1 < 2 & <3> a <b",
        "| a |\n|:-:|\n| `<b>` |\n\n- [ ] c\n\n[^1]: d",
        '??? note "a"\n    b[^1]\n\n=== "c"\n    d\n\n[^1]: e',
        "# A { #a .b }\n\n[a](b.md){ .md-button title='on' }",
        "<p>No Markdown, and no harm</p>",
    ],
)
def test_what_cannot_harm_may_stay(source: str, reader: HtmlReader) -> None:
    assert reader.refused(source) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("a\n\n<script>\nalert('<b>')\n</script>", [(3, "<script> may not stand")]),
        ("a <img src=b\n onerror=c> d", [(1, "<img> may not stand")]),
        ("- a\n- <b>c</b>", [(2, "<b> may not stand")]),
        ("`<i>`\n<i>a</i>", [(2, "<i> may not stand")]),
        ("<iframe src='a'></iframe>\n\nb", [(1, "<iframe> may not stand")]),
        ("<FORM><input></FORM>", [(1, "<form> may not"), (1, "<input> may not")]),
        ("a <kbd\nonclick='b'>c</kbd>", [(1, "<kbd> may not have onclick")]),
        ("<abbr class=a>b</abbr>", [(1, "<abbr> may not have class")]),
        ('a\n\n<p\nstyle="b">c</p>', [(3, "<p> may not have style")]),
        (
            "<div markdown>\n\na\n\n<div style='b'>\n<u>c</u>\n</div>\n</div>",
            [(5, "<div> may not have style"), (6, "<u> may not stand")],
        ),
        ("<div markdown>\n\n<script>a</script>\n\n</div>", [(3, "<script> may not stand")]),
        ("| a |\n|---|\n| <a href='b'>c</a> |", [(3, "<a> may not stand")]),
        ("<kbd>a</kbd>\n\n<!DOCTYPE html>", [(3, "<!> may not stand")]),
        ("a\n\n<?php b ?>", [(3, "<?> may not stand")]),
        ("<!-- a -->\n\n<!--><script>b</script>-->", [(3, "<!--> may not stand")]),
        ("---\ntitle: T\n---\n\n<unknown-b>c</unknown-b>", [(5, "<unknown-b> may not stand")]),
        ("a\n\n# B { onclick=c }", [(3, "an attribute list may not have onclick")]),
        ("[a](b){ style=c }", [(1, "an attribute list may not have style")]),
    ],
)
def test_everything_else_is_refused_with_its_line(
    source: str, found: list[tuple[int, str]], reader: HtmlReader
) -> None:
    refused = reader.refused(source)
    assert len(refused) == len(found), refused
    for each, (line, problem) in zip(refused, found, strict=True):
        assert (each.line, each.problem[: len(problem)]) == (line, problem)
    assert all(each.fix for each in refused)


def test_check_lists_raw_html_with_file_line_and_fix(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: S\nmarkdown_extensions: [md_in_html]\n")
    page = "# T\n\n<div class=a markdown>\n\nA <kbd lnag=b>c</kbd> <b>d</b>\n\n</div>\n"
    (tmp_path / "docs" / "index.md").write_text(page)
    assert main(["-f", str(tmp_path / "mkdocs.yml"), "check"]) == 1
    said = capsys.readouterr().err
    assert "docs/index.md:5: <b> may not stand in a page\nfix: write **text**\n" in said
    assert 'docs/index.md:5: <kbd> may not have lnag\nfix: did you mean "lang"? take it' in said
