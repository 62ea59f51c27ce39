"""Markdown, made of the HTML that the extensions of Python-Markdown make of Markdown."""

from __future__ import annotations

import markdown as python_markdown
import pytest

from annai.llms import Listed, llms_file
from annai.twins import front_matter, markdown

EXTENSIONS = (
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist",
)  # fmt: skip


def twin(source: str, **options: dict[str, object]) -> str:
    """The twin of the page *source*, its links as they are, without the last line break."""
    configs = {"toc": {"permalink": True}, "pymdownx.tabbed": {"alternate_style": True}, **options}
    html = python_markdown.markdown(source, extensions=EXTENSIONS, extension_configs=configs)
    return markdown(html, str).removesuffix("\n")


SAME = {
    "headings without their ids": "# Title\n\n## Part *one*",
    "emphasis and code": "A **bold** and *other* `a_b|c` text.",
    "lists in lists": "1. One\n2. Two\n    - a\n    - b",
    "quotations": "> Said.\n>\n> Twice.",
    "code with fences in it": "````\n```\n````",
    "tasks": "- [ ] open\n- [x] done",
    "definitions": "Word\n:   What it means.",
    "footnotes": "One[^1] and two.[^2]\n\n[^1]: First.\n[^2]: Second.\n\n    More.",
    "links and pictures": '[a](b.md "t") ![c](d.png) [d.md](d.md)',
}


@pytest.mark.parametrize("source", SAME.values(), ids=SAME.keys())
def test_markdown_becomes_the_same_markdown(source: str) -> None:
    assert twin(source).replace("\n   - ", "\n    - ") == source


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "2 * 3, [x], &lt;b>, snake_case, _x_, &amp;amp;, AT&amp;T",
            r"2 \* 3, \[x\], \<b>, snake_case, \_x\_, \&amp;, AT&T",
        ),
        (
            "<p># a</p><p>- b</p><p>3. c</p><p>> d</p><p>---</p>",
            "\\# a\n\n\\- b\n\n3\\. c\n\n\\> d\n\n\\---",
        ),
        ("<p>a<br>+ b<br>1) c - d # e</p>", "a\\\n\\+ b\\\n1\\) c - d # e"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        (
            "<table><tr><th>a|b</th><td><code>c|d</code></td></tr></table>",
            "|  |  |\n| --- | --- |\n| a\\|b | `c\\|d` |",
        ),
        ('<pre><code class="language-c++">a\n</code></pre>', "```c++\na\n```"),
        (
            '<div class="language-py highlight"><pre><span></span><code>a_b*</code></pre></div>',
            "```py\na_b*\n```",
        ),
        ("<p>H<sub>2</sub>O, <kbd>Ctrl</kbd>, <bdi>c</bdi></p>", "H<sub>2</sub>O, `Ctrl`, c"),
    ],
)
def test_what_looks_like_markup_stays_what_it_is(html: str, expected: str) -> None:
    assert markdown(html, str) == f"{expected}\n"


@pytest.mark.parametrize(
    ("kind", "alert"),
    [("danger", "CAUTION"), ("warning", "WARNING"), ("tip", "TIP"), ("note inline", "NOTE")],
)
def test_a_box_becomes_an_alert_that_is_as_grave(kind: str, alert: str) -> None:
    source = f'!!! {kind} "Never share it"\n    Not with *anybody*.\n\n    - Not once'
    assert (
        twin(source)
        == f"> [!{alert}]\n> **Never share it**\n>\n> Not with *anybody*.\n>\n> - Not once"
    )


@pytest.mark.parametrize("is_alternate", [True, False])
def test_tabs_and_details_become_lists(is_alternate: bool) -> None:
    source = (
        '=== "App"\n\n    One.\n\n    === "Old"\n\n        Inside.\n\n=== "Site"\n\n    Two.\n\n'
    )
    source += '??? question "Why?"\n    So.'
    options = {"pymdownx.tabbed": {"alternate_style": is_alternate}}
    assert twin(source, **options) == (
        "- **App**\n\n  One.\n\n  - **Old**\n\n    Inside.\n- **Site**\n\n  Two.\n\n"
        "- **Why?**\n\n  So."
    )


def test_what_is_there_for_the_eye_alone_is_left_out() -> None:
    html = '<p><a class="annai-outdated__link" href="#n"></a>A <svg><title>b</title></svg>c</p>'
    assert markdown(f"{html}<script>d</script><style>e</style><!-- f -->", str) == "A c\n"


def test_an_address_cannot_end_its_link() -> None:
    assert markdown('<a href="a b(c)">d</a>', str) == "[d](a%20b%28c%29)\n"
    assert markdown('<a href="x">a</a>', lambda address: f"y/{address}") == "[a](y/x)\n"


def test_titles_cannot_end_their_lines_or_become_markup() -> None:
    listed = [Listed("https://a.example/", "[a](b) *c*", "d_ & <e>")]
    assert "- [\\[a\\](b) \\*c\\*](https://a.example/): d\\_ & \\<e>\n" in llms_file(
        "N", "", ("All", "f"), {"S": listed}, ("", ())
    )
    assert front_matter({"title": 'a: "b" #c', "none": ""}) == "---\ntitle: 'a: \"b\" #c'\n---\n"
