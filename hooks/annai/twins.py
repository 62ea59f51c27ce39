"""The Markdown twin of a page, for programs that read pages: what its HTML says, and no more.

It is made of the finished HTML and not of the source, so that it has what readers have: the words
of the language, facts with their sources and days, the glossary. What CommonMark and GitHub's
extensions of it cannot say becomes something that they can: tabs and details are lists, boxes are
GitHub's alerts, which keep how grave they are.
"""

from __future__ import annotations

import posixpath
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urldefrag, urljoin

import yaml
from bs4 import BeautifulSoup, Tag
from markdownify import ATX, BACKSLASH, MarkdownConverter

from annai.addresses import host, scheme

ENDING = ".md"

SIGNS = frozenset(("annai-outdated__link", "footnote-backref", "headerlink", "linenos"))
"""Classes of what stands in a page for those who look at it, and would be noise."""

SILENT = frozenset(("script", "style", "svg", "template"))

ALERT = "data-alert"
ALERTS = {
    "CAUTION": {"bug", "danger", "error", "fail", "failure", "missing"},
    "WARNING": {"attention", "caution", "warning"},
    "IMPORTANT": {"important"},
    "TIP": {"check", "done", "hint", "success", "tip"},
}
"""GitHub's alerts, and the admonitions of the theme that are as grave; all others are a NOTE."""

SPECIAL = re.compile(r"([\\`*\[\]<]|(?<!\w)_|_(?!\w)|&(?=#?\w+;))")
"""What could be inline markup (CommonMark 0.31.2, 2.4); a line inside a word is none."""

BLOCK = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-{2,}\s*$|~{3,}|>)", re.MULTILINE)
NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
"""What begins a block at the start of a line (CommonMark 0.31.2, 4 and 5)."""

ENDS_LINK = re.compile(r"[\s()<>]")
BACKTICKS = re.compile("`+")
LANGUAGE = re.compile(r"(?:language|lang)-([\w+#.-]+)")


@dataclass(frozen=True)
class Twin:
    """What a page that has a twin says."""

    path: str
    """Of its file, from the root of the site."""
    html: str
    translated: int
    """In percent."""


@dataclass(frozen=True)
class Written:
    """A twin as it was written last."""

    version: str
    """A hash of what it was made of."""
    text: str


class _Element(Tag):
    """An element that soon knows what it stands in: the converter (1.2) asks each for a `pre`."""

    def find_parent(self, name: Any = None, attrs: Any = None, **others: Any) -> Any:
        """The nearest element around it with this *name*, or with these attributes."""
        if attrs or others:
            return super().find_parent(name, attrs, **others)
        return next((each for each in self.parents if each.name == name), None)


class _Converter(MarkdownConverter):
    """HTML to Markdown, with what themes and extensions make of Markdown turned back."""

    def __init__(self, lead: Callable[[str], str]) -> None:
        super().__init__(
            autolinks=False,  # they are links only with a scheme
            bullets="-",
            heading_style=ATX,
            newline_style=BACKSLASH,
            sub_symbol="<sub>",
            sup_symbol="<sup>",
        )
        self.lead = lead

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """*text* with a backslash before what would be markup."""
        return escape(text)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A link, to where `lead` says."""
        if href := el.get("href"):
            el["href"] = self._lead(str(href))
        return self._usual("a", el, text, parent_tags)

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A quotation, or an alert."""
        alert = f"[!{el[ALERT]}]\n" if el.has_attr(ALERT) else ""
        return self._usual("blockquote", el, alert + text.strip(), parent_tags)

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A picture, from where `lead` says."""
        el["src"] = self._lead(str(el.get("src", "")))
        el["alt"] = self.escape(str(el.get("alt", "")), parent_tags)
        return self._usual("img", el, text, parent_tags)

    def convert_input(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """The box of a task; there is nothing else to fill in."""
        is_box = el.get("type") == "checkbox" and el.find_parent(class_="task-list-item")
        return ("[x]" if el.has_attr("checked") else "[ ]") if is_box else ""

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A block of code, between fences that are longer than any in it."""
        if not text.strip("\n"):
            return ""
        classes = (str(each.get("class", "")) for each in (el, *el.find_all("code"), *el.parents))
        language = next((match[1] for each in classes if (match := LANGUAGE.search(each))), "")
        longest = max((len(run) for run in BACKTICKS.findall(text)), default=0)
        fence = "`" * max(3, longest + 1)
        code = text.strip("\n")
        return f"\n\n{fence}{language}\n{code}\n{fence}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A cell of a table."""
        return self._usual("td", el, text.replace("|", r"\|"), parent_tags)

    def convert_th(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A cell of the head of a table."""
        return self._usual("th", el, text.replace("|", r"\|"), parent_tags)

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """The mark of a footnote, or what is written above."""
        if mark := el.find(class_="footnote-ref"):
            return f"[^{mark.get_text(strip=True)}]"
        return self._usual("sup", el, text, parent_tags)

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """An item of a list, or a footnote."""
        notes = el.parent and el.parent.parent
        if not notes or "footnote" not in _classes(notes):
            return self._usual("li", el, text, parent_tags)
        number = len(el.find_previous_siblings("li")) + 1
        lines = textwrap.indent(text.strip(), "    ").lstrip()
        return f"[^{number}]: {lines}\n"

    def _usual(self, tag: str, el: Tag, text: str, parent_tags: set[str]) -> str:
        """What the library makes of an element; its type stubs (1.2) leave these functions out."""
        return str(getattr(MarkdownConverter, f"convert_{tag}")(self, el, text, parent_tags))

    def _lead(self, address: str) -> str:
        """Where *address* is for a reader of the twin, without what would end a link."""
        return ENDS_LINK.sub(lambda match: quote(match[0]), self.lead(address))


def escape(text: str) -> str:
    r"""*text* with a backslash before what would be markup.

    >>> escape("1. a_b [c] *d* AT&T &amp; - e"), escape("- f")
    ('1\\. a_b \\[c\\] \\*d\\* AT&T \\&amp; - e', '\\- f')
    """
    escaped = BLOCK.sub(r"\\\1", SPECIAL.sub(r"\\\1", text))
    return NUMBER.sub(r"\1\\\2", escaped)


def markdown(html: str, lead: Callable[[str], str]) -> str:
    r"""The Markdown of the page *html*, without what stands around it; it ends with a line break.

    *lead* says where an address in the page is, for a reader of the twin.

    >>> print(markdown('<h2 id="a">A &lt; B</h2><p><a href="../b/">2*2</a></p>', str.upper), end="")
    ## A \< B
    <BLANKLINE>
    [2\*2](../B/)
    """
    soup = BeautifulSoup(html, "html.parser", element_classes={Tag: _Element})
    elements = [each for each in soup.descendants if isinstance(each, Tag)]
    for element in reversed(elements):  # what is inside comes first
        _simplify(soup, element, _classes(element))
    return str(_Converter(lead).convert_soup(soup)).strip() + "\n"


def _simplify(soup: BeautifulSoup, element: Tag, classes: Set[str]) -> None:
    """Turn *element*, whose content is simple, into what the converter knows."""
    if element.name in SILENT or not SIGNS.isdisjoint(classes):
        element.decompose()
    elif "footnote" in classes and element.hr:
        element.hr.decompose()
    elif "highlighttable" in classes:
        element.replace_with(*element.find_all("pre"))
    elif "admonition" in classes:
        _turn_into_alert(soup, element, classes)
    elif "tabbed-set" in classes:
        _turn_tabs_into_list(soup, element)
    elif element.name == "details":
        summary = element.find("summary", recursive=False)
        title = summary.extract() if summary else soup.new_tag("summary")
        element.replace_with(_list(soup, [(title, element)]))


def _classes(element: Tag) -> Set[str]:
    return set(element.get("class") or ())


def _turn_into_alert(soup: BeautifulSoup, box: Tag, kinds: Set[str]) -> None:
    """Make a quotation of an admonition; its first line is `[!WARNING]`, for example."""
    alert = next((name for name, own in ALERTS.items() if kinds & own), "NOTE")
    box.name, box[ALERT] = "blockquote", alert
    if title := box.find(class_="admonition-title", recursive=False):
        title.append(_wrapped(soup, "strong", title))


def _turn_tabs_into_list(soup: BeautifulSoup, tabs: Tag) -> None:
    """Make a list of tabs, as pymdownx.tabbed writes them in either of its styles."""
    labels = tabs.find(class_="tabbed-labels", recursive=False)
    content = tabs.find(class_="tabbed-content", recursive=False)
    if labels and content:
        blocks = content.find_all(class_="tabbed-block", recursive=False)
    else:
        labels, blocks = tabs, tabs.find_all(class_="tabbed-content", recursive=False)
    titles = labels.find_all("label", recursive=False)
    tabs.replace_with(_list(soup, zip(titles, blocks, strict=False)))


def _list(soup: BeautifulSoup, items: Iterable[tuple[Tag, Tag]]) -> Tag:
    """A list of what each second of *items* holds, below what the first says."""
    found = soup.new_tag("ul")
    for title, block in items:
        item = soup.new_tag("li")
        paragraph = soup.new_tag("p")
        paragraph.append(_wrapped(soup, "strong", title))
        item.append(paragraph)
        item.extend(list(block.contents))
        found.append(item)
    return found


def _wrapped(soup: BeautifulSoup, name: str, element: Tag) -> Tag:
    """A new element *name* with what stands in *element*."""
    found = soup.new_tag(name)
    found.extend(list(element.contents))
    return found


def leader(url: str, path: str, ways: Mapping[str, str], site_url: str) -> Callable[[str], str]:
    """What says where an address in the page at *url* is, for a reader of the twin at *path*.

    *ways* lead from the addresses of pages to those of their twins; like *url* and *path*, they
    are quoted, and begin at the root of the site. What it says is a whole address if the site has
    one, *site_url*.

    >>> leader("a/", "a/index.md", {"b/": "b/index.md"}, "")("../b/#c")
    '../b/index.md#c'
    >>> leader("a/", "a/index.md", {}, "https://e.example/f/")("../../g.png")
    'https://e.example/g.png'
    """
    root = f"{site_url.rstrip('/')}/"
    folder = posixpath.dirname(path)

    def lead(address: str) -> str:
        if scheme(address) or host(address):
            return address
        target, fragment = urldefrag(urljoin(root + url.removeprefix("./"), address))
        if target.startswith(root):
            found = target.removeprefix(root)
            target = root + ways.get(found, found)
        if not site_url:
            slash = "/" if target.endswith("/") else ""
            target = posixpath.relpath(target, f"/{folder}") + slash
        return f"{target}#{fragment}" if fragment else target

    return lead


def front_matter(data: Mapping[str, Any]) -> str:
    """What a twin says about itself, without what is empty.

    >>> print(front_matter({"title": "出金", "updated": None}), end="")
    ---
    title: 出金
    ---
    """
    said = {key: value for key, value in data.items() if value}
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=float("inf"))
    return f"---\n{text}---\n"
