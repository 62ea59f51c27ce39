"""Strategies that make Markdown pages: every kind of block, nested, with every kind of inline."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "tables",
    "toc",
    "pymdownx.caret",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
]
OPTIONS = {
    "toc": {"permalink": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
}

WORDS = [
    "ticket", "support", "wait", "a", "2FA", "e-mail", "don't", "x_y_z", "C#", "50%", "1.", "No",
    "出金", "入金を停止", "サポート", "한국어", "帮助", "مساعدة", "שלום", "ไทย", "हिन्दी",
    "naïve", "Straße", "İstanbul", "ﬁn", "🙂", "👩‍💻", "①", "Ａ", "½",
    "\u00a0x", "z\u200bw", "e\u0301",
]  # fmt: skip
odd_text = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\x02\x03^~"
    ),  # what pymdownx makes of a lone ^ or ~ depends on text far behind it
    min_size=1,
    max_size=8,
)
word: SearchStrategy[str] = st.sampled_from(WORDS) | odd_text.map(
    lambda t: " ".join(t.split()) or "w"
)


@st.composite
def inline(draw: DrawFn) -> str:
    """One span of inline Markdown."""
    text = draw(st.sampled_from(WORDS))
    return draw(
        st.sampled_from(
            [
                text,
                f"*{text}*",
                f"**{text} {text}**",
                f"***{text}***",
                f"`{text}`",
                f"``{text} ` {text}``",
                f"[{text}](page.md)",
                f'[{text}](page.md#a "title {text}"){{ .button }}',
                f"[{text}][ref]",
                f"[{text}]",
                f"![{text}](image.png)",
                "<https://example.com/>",
                "<me@example.com>",
                f"<kbd>{text}</kbd>",
                f'<span title="{text}">{text}</span>',
                f"{text}[^note]",
                "&amp; &nbsp; &#8212; &",
                r"\* \_ \` \[ \{",
                f"H^2^O {text}~~gone~~",
                f"*{text}*{{ .class #id-{len(text)} }}",
                "HTML",
                f"<b>{text}</b> bold",
                "%(name)s %d {name}",
                f"<!-- {text} -->",
                "a < b > c",
                "[TOC] inside",
                "wzxhzdk:0",
            ]
        )
    )


@st.composite
def line(draw: DrawFn) -> str:
    """One line of inline Markdown that begins like text, or with anything inline."""
    parts = draw(st.lists(inline() | word, min_size=0, max_size=4))
    start = draw(st.sampled_from(["Ask", "入金", "مرحبا", "Go"]) | inline())
    return " ".join([start, *parts])


@st.composite
def paragraph(draw: DrawFn) -> list[str]:
    """A paragraph of one to four lines, some with hard breaks, perhaps with attributes."""
    lines = draw(st.lists(line(), min_size=1, max_size=4))
    ends = st.sampled_from(["", "", "", "  ", " ", "\\"])
    lines = [text + draw(ends) for text in lines[:-1]] + [lines[-1]]
    return lines + draw(st.sampled_from([[], [], ["{: .lead #lead }"], ["{ data-x='y' }"]]))


@st.composite
def heading(draw: DrawFn) -> list[str]:
    """A heading, often one that the page has twice, with an id or not."""
    text = draw(line() | st.sampled_from(["What now?", "`code` here", "質問", "!!!", "What now?"]))
    attributes = draw(
        st.sampled_from(["", "", " {#same}", " {#given .class}", " { .class }", " ##"])
    )
    if draw(st.booleans()):
        return [f"{'#' * draw(st.integers(1, 6))} {text}{attributes}"]
    return [text + attributes.replace("#", ""), draw(st.sampled_from(["===", "---"]))]


@st.composite
def table(draw: DrawFn) -> list[str]:
    """A table of two columns."""
    rows = draw(st.lists(st.tuples(word, inline()), min_size=1, max_size=3))
    cells = [[cell.replace("|", r"\|") for cell in row] for row in rows]
    body = [f"| {' | '.join(row)} |" for row in cells]
    return [body[0], draw(st.sampled_from(["|---|---|", "|:--|--:|"])), *body[1:]]


CODE = [
    ["```python", "# Ask", "print('What now?')", "```"],
    ["~~~", "Go to [page](page.md)", "~~~"],
    ["    Ask indented", "    What now?"],
]
RAW = [
    ["<div>Ask *raw* HTML</div>"],
    ["<!-- Ask -->"],
    ["<p>", "Go", "</p>"],
    ['<img src="image.png" alt="Ask">'],
    ["<script>let go = 'Ask';</script>"],
    ["***"],
    ["[TOC]"],
    ["*[HTML]: HyperText Markup Language"],
]


def indent(lines: list[str], first: str = "    ") -> list[str]:
    """*lines* four columns further in, the first one behind the marker *first*."""
    return [first + lines[0], *("    " + text if text else "" for text in lines[1:])]


def _containers(children: SearchStrategy[list[str]]) -> SearchStrategy[list[str]]:
    @st.composite
    def container(draw: DrawFn) -> list[str]:
        inner = draw(children)
        title = draw(st.sampled_from(["Note", "Wait *here*", "注意"]))
        kind = draw(st.integers(0, 9))
        if kind == 0:
            marker = draw(st.sampled_from(["-   ", "1.  ", "*   "]))
            items = [inner, *draw(st.lists(paragraph(), max_size=2))]
            loose = [""] if draw(st.booleans()) else []
            return [each for item in items for each in (*indent(item, marker), *loose)]
        if kind == 1:
            state = draw(st.sampled_from(["[ ]", "[x]", "[X]"]))
            return indent([f"{state} {draw(line())}", "", *inner], "-   ")
        if kind == 2:
            return [f"> {text}".rstrip() for text in inner]
        if kind == 3:
            return [f'!!! note "{title}"', *indent(inner)]
        if kind == 4:
            return ["!!! warning", *indent(inner)]
        if kind == 5:
            return [f'???+ question "{title}"', *indent(inner)]
        if kind == 6:
            return [f'=== "{title}"', "", *indent(inner), "", '=== "Go"', "", *indent(["Ask"])]
        if kind == 7:
            return [draw(line()), *indent(inner, ":   ")]
        if kind == 8:
            return ['<div markdown="1" class="box">', "", *inner, "", "</div>"]
        return [f"- {draw(line())}", f"    - {draw(line())}", f"- {draw(line())}"]

    return container()


blocks = st.recursive(
    paragraph() | heading() | table() | st.sampled_from(CODE) | st.sampled_from(RAW),
    _containers,
    max_leaves=3,
)


@st.composite
def pages(draw: DrawFn) -> str:
    """A page of a few blocks, with the definitions that its inline Markdown refers to."""
    parts = draw(st.lists(blocks, min_size=1, max_size=6))
    parts.append(['[ref]: https://example.com/ref "Reference"'])
    parts.append(indent(draw(paragraph()), "[^note]: "))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"
