"""The pages of a site for programs that read it: ``llms.txt``, ``llms-full.txt`` (llmstxt.org)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annai.twins import escape

LLMS = "llms.txt"
"""What pages a language has, in its folder."""

FULL = "llms-full.txt"
"""All of them, in its folder."""


@dataclass(frozen=True)
class Listed:
    """A twin in the list."""

    address: str
    title: str
    description: str
    """Empty for none."""


def llms_file(
    name: str,
    description: str,
    full: tuple[str, str],
    sections: Mapping[str, Sequence[Listed]],
    others: tuple[str, Sequence[Listed]],
) -> str:
    """The file ``llms.txt`` of a site that has this *name* and *description*.

    *full* is what the file with all pages is called, and its address; *sections* are lists by
    their titles, in order; *others* is the title and the list of the same file in other languages.

    >>> listed = [Listed("https://a.example/b/index.md", "B", "How to b.")]
    >>> sections, full = {"Do": listed}, ("All", "https://a.example/llms-full.txt")
    >>> print(llms_file("A", "", full, sections, ("Languages", ())), end="")
    # A
    <BLANKLINE>
    [All](https://a.example/llms-full.txt)
    <BLANKLINE>
    ## Do
    <BLANKLINE>
    - [B](https://a.example/b/index.md): How to b.
    """
    blocks = [*_head(name, description), f"[{escape(full[0])}]({full[1]})"]
    for title, listed in [*sections.items(), others]:
        if listed:
            blocks += [f"## {escape(title)}", "\n".join(_item(each) for each in listed)]
    return "\n\n".join(blocks) + "\n"


def full_file(name: str, description: str, twins: Iterable[str]) -> str:
    """The file ``llms-full.txt`` of a site that has this *name* and *description*."""
    return "\n\n".join([*_head(name, description), "\n".join(twins)])


def _head(name: str, description: str) -> list[str]:
    """The title of the site, and what it is about."""
    about = " ".join(description.split())
    return [f"# {escape(name)}", *([f"> {escape(about)}"] if about else [])]


def _item(listed: Listed) -> str:
    """The line of a page."""
    about = f": {escape(listed.description)}" if listed.description else ""
    return f"- [{escape(listed.title)}]({listed.address}){about}"
