"""Which translations may not be shown to readers, and why.

A translation is untrusted text: what a rule here refuses falls back to the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polib

from annai.slots import SLOT
from annai.syntax import CONTROL

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
"""A placeholder of a template string (jinja2.ext, newstyle gettext)."""


@dataclass(frozen=True)
class Refusal:
    """Why a translation may not be shown."""

    problem: str
    fix: str


def refuse(entry: polib.POEntry) -> Refusal | None:
    """Why the translation of *entry* may not be shown, None if it may."""
    sources = [text for text in (entry.msgid, entry.msgid_plural) if text]
    for text in (entry.msgstr, *entry.msgstr_plural.values()):
        for rule in RULES if text else ():
            for refusal in rule(sources, text):
                return refusal
    return None


def placeholders(sources: list[str], text: str) -> Iterator[Refusal]:
    """A template could not fill in *text*: what it names is not what the sources name."""
    names = {name for source in sources for name in PLACEHOLDER.findall(source)}
    if not names and not any("%%" in source for source in sources):
        return
    extra = set(PLACEHOLDER.findall(text)) - names
    if extra or "%" in PLACEHOLDER.sub("", text).replace("%%", ""):
        yield Refusal(
            f"the placeholders of this translation are not those of the text: {text[:60]}",
            f"use {', '.join(sorted(names)) or 'none'} and no other; write %% for a percent sign",
        )


def slots(sources: list[str], text: str) -> Iterator[Refusal]:
    """A sentence of a ticket would say something else, or nothing, in a place to be filled in."""
    wanted = sorted(SLOT.findall(sources[0]))
    if wanted and sorted(SLOT.findall(text)) != wanted:
        yield Refusal(
            f"the places to be filled in are not those of the text: {text[:60]}",
            f"use {', '.join(f'{{{name}}}' for name in wanted)}, in any order, and no other",
        )


def control_characters(sources: list[str], text: str) -> Iterator[Refusal]:
    r"""A character that cannot be seen, written in the file as ``\b`` or the like."""
    if found := CONTROL.search(text):
        yield Refusal(
            f"this translation has a control character (U+{ord(found[0]):04X})",
            r"delete it; if you meant a backslash, write \\",
        )


def numbers(sources: list[str], text: str) -> Iterator[Refusal]:
    """A ``%d`` that a program fills in is gone or double, or there are braces, which it fills, too.

    Python-Markdown's footnotes make ``{}`` of ``%d`` and call `str.format`.
    """
    if "%d" in sources[0] and (text.count("%d") != sources[0].count("%d") or set("{}") & set(text)):
        yield Refusal(
            f"the place for a number is not that of the text: {text[:60]}",
            "use %d as often as the text does, and no braces",
        )


Rule = Callable[[list[str], str], Iterator[Refusal]]
RULES: tuple[Rule, ...] = (placeholders, numbers, slots, control_characters)
"""Each takes the texts, singular and plural, and one translation."""
