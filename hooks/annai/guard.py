"""Which translations may not be shown to readers, and why.

A translation is untrusted text: on a page about the security of accounts, one changed link would
send readers to thieves. Each rule compares what is in a text with what is in its translation, as
Python-Markdown makes it of both (annai.inline), without regard to order. What a rule refuses falls
back to the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path

import polib
from markdown import Markdown

from annai.contacts import addresses, phones, wallets
from annai.inline import EMPHASIS, OPENING, Inline, InlineReader, Names
from annai.invisible import invisible
from annai.locales import Locale
from annai.lookalikes import lookalike
from annai.memory import digest, program
from annai.pages import SUFFIXES, find_pages
from annai.site import Site, shown
from annai.slots import SLOT
from annai.texts import read_text

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
"""A placeholder of a template string (jinja2.ext, newstyle gettext)."""

FILLED = re.compile(rf"%%|%[ds]|{PLACEHOLDER.pattern}")
"""The same, and everything else that a program may put something in the place of."""

PLACE = rf"(?:{PLACEHOLDER.pattern}|%[ds]|{SLOT.pattern})"
TOUCHED = re.compile(
    rf"[A-Za-z0-9][.@-]?{PLACE}|[])*_`>~^]{SLOT.pattern}|{PLACE}(?=[.]?[0-9]|[.][A-Za-z])"
)
"""A place beside what would become one word with what is put in, or an attribute list."""

SHOWN = 60
"""How many characters of a text a message shows."""

Links = frozenset[tuple[str, str]]
"""Targets of links, each with one that a translation may have in its place."""


@dataclass(frozen=True)
class Refusal:
    """Why a translation may not be shown."""

    rule: str
    """The name of the rule in `RULES` that it breaks."""
    problem: str
    fix: str


@dataclass(frozen=True)
class Guard:
    """Refuses translations that could harm the readers of one site."""

    make: Callable[[], Markdown] = field(compare=False, repr=False)
    """Makes a Python-Markdown that is set up as pages are rendered."""
    dialect: str = ""
    """What sets its Markdown apart from that of other sites."""
    names: Names = field(default_factory=Names)
    links: Links = frozenset()

    @cached_property
    def _reader(self) -> InlineReader:
        return InlineReader(self.make(), self.names)

    def refuse(self, entry: polib.POEntry, locale: Locale) -> Refusal | None:
        """Why the translation of *entry* into *locale* may not be shown, None if it may.

        A plural form has to be right for the text in the singular or for that in the plural, and
        one of them for that in the plural, number and all.
        """
        if not entry.msgid_plural:
            if not entry.msgstr:
                return None
            return self.compare(entry.msgid, entry.msgstr, locale, is_inline=is_inline(entry))
        forms = [text for text in entry.msgstr_plural.values() if text]
        for text in forms:
            sources = (entry.msgid, entry.msgid_plural)
            found = [self.compare(each, text, locale, is_form=True) for each in sources]
            if None not in found:
                return found[-1]
        whole = [self.compare(entry.msgid_plural, text, locale) for text in forms]
        return whole[-1] if whole and None not in whole else None

    def compare(
        self,
        source: str,
        translation: str,
        locale: Locale,
        *,
        is_form: bool = False,
        is_inline: bool = True,
    ) -> Refusal | None:
        """Why *translation* may not be shown in the place of *source*, None if it may.

        *is_form* is for one of several plural forms, which may leave the number out; *is_inline*
        is for what stands in a page, where a sign that begins a block can be escaped.
        """
        if source == translation:
            return None
        reader, links = self._reader, self.links
        return _compared(Pair(source, translation, locale, is_form, is_inline, reader, links))

    @cached_property
    def version(self) -> str:
        """A hash of all that what it says depends on, but for the texts."""
        names = sorted(self.names.references), sorted(self.names.footnotes)
        return digest(program(), self.dialect, names, sorted(self.links))


@dataclass(frozen=True)
class Pair:
    """A text and its translation."""

    source: str
    translation: str
    locale: Locale
    is_form: bool
    """Whether this is one of several plural forms."""
    is_inline: bool
    """Whether this is inline Markdown, and not plain text."""
    reader: InlineReader
    links: Links

    @cached_property
    def was(self) -> Inline:
        """What is in the source."""
        return self.reader.read(self._filled(self.source))

    @cached_property
    def now(self) -> Inline:
        """What is in the translation."""
        return self.reader.read(self._filled(self.translation))

    @property
    def is_plain(self) -> bool:
        """Whether there is no markup in either."""
        return self.was.is_plain and self.now.is_plain

    @cached_property
    def was_open(self) -> Inline:
        """What could be in the source with what stands around it."""
        return self.reader.read_open(self._filled(self.source))

    @cached_property
    def now_open(self) -> Inline:
        """What could be in the translation with what stands around it."""
        return self.reader.read_open(self._filled(self.translation))

    def _filled(self, text: str) -> str:
        """*text* with words in the slots that the source has: they are no attribute lists."""
        slots = set(SLOT.findall(self.source))
        return SLOT.sub(lambda slot: "…" if slot[1] in slots else slot[0], text) if slots else text


Finding = tuple[str, str]
"""What is wrong, and how to mend it."""


def size(pair: Pair) -> Iterator[Finding]:
    """Far more text, or brackets in brackets, for which Python-Markdown takes very long."""
    if len(pair.translation) > 5 * len(pair.source) + 500:
        yield "this translation is far longer than the text", "write what the text says"
    for sign in "[{\n":
        if pair.translation.count(sign) > pair.source.count(sign) + 25:
            problem = "this translation has far more brackets or lines than the text"
            yield problem, "write those of the text"


def invisible_characters(pair: Pair) -> Iterator[Finding]:
    r"""What cannot be seen turns text round, or hides something; or is written as ``\b``."""
    for text in (pair.translation, pair.now.text if "&" in pair.translation else ""):
        if found := invisible(text, pair.source, pair.locale):
            kind = "a control" if found < "\xa0" else "an invisible"
            backslash = r"; if you meant a backslash, write \\" if found < " " else ""
            yield (
                f"this translation has {kind} character (U+{ord(found):04X})",
                f"delete it{backslash}",
            )


def block_syntax(pair: Pair) -> Iterator[Finding]:
    """One paragraph would be another block, or several."""
    if not pair.is_inline:
        return
    found = pair.reader.blocks(pair.translation)
    if found != ("p",) and found != pair.reader.blocks(pair.source):
        yield (
            f"this translation begins a block of its own: {_short(pair.translation)}",
            "write one paragraph, and \\ before a sign that begins a list, a heading or the like",
        )


def raw_html(pair: Pair) -> Iterator[Finding]:
    """Tags bring what they like."""
    if extra := pair.now.html - pair.was.html:
        yield f"the text has no {_shown(extra)}", "take it out, or write it as the text has it"
    if pair.was.is_whole and not pair.now.is_whole:
        yield "the HTML of this translation does not nest", "close each tag as the text does"


def link_targets(pair: Pair) -> Iterator[Finding]:
    """A link leads readers elsewhere, or is gone."""
    missing, extra = pair.was.links - pair.now.links, pair.now.links - pair.was.links
    for target in [*extra.elements()]:
        instead = next((each for each in missing if (each, target) in pair.links), None)
        if instead is not None:
            missing -= Counter([instead])
            extra -= Counter([target])
    yield from _differences("link", missing, extra, "lead where the text leads")


def image_sources(pair: Pair) -> Iterator[Finding]:
    """Readers see another image, or none."""
    was, now = pair.was.images, pair.now.images
    yield from _differences("image", was - now, now - was, "show the images of the text")


def code_spans(pair: Pair) -> Iterator[Finding]:
    """What readers copy or look for is not the same."""
    was, now = pair.was.code, pair.now.code
    yield from _differences("code", was - now, now - was, "write what is in ` as the text has it")


def footnote_references(pair: Pair) -> Iterator[Finding]:
    """A footnote belongs to another text, or to none."""
    was, now = pair.was.footnotes, pair.now.footnotes
    yield from _differences("footnote", was - now, now - was, "refer to the footnotes of the text")


def other_markup(pair: Pair) -> Iterator[Finding]:
    """Elements and attributes that the text does not have, or would have with what follows."""
    extra = pair.now.markup - pair.was.markup
    if pair.was.markup[EMPHASIS]:
        del extra[EMPHASIS]  # a verb may have two parts
    if extra:
        problem = f"the text has no {_shown(extra)}, and this translation makes one"
        yield problem, "write \\ before the sign that makes it, or take it out"
    elif OPENING.search(pair.now.prose):
        was, now = pair.was_open, pair.now_open
        for part in ("html", "links", "images", "code", "footnotes", "markup"):
            if extra := getattr(now, part) - getattr(was, part):
                problem = f"this translation begins what could become {_shown(extra)}"
                yield (
                    problem,
                    "take out the sign that begins it, or write \\ before it (&lt; for <)",
                )


def placeholders(pair: Pair) -> Iterator[Finding]:
    """A program could not fill in the translation, or would not: it names other places.

    Python-Markdown's footnotes make ``{}`` of ``%d`` and call `str.format`.
    """
    if not FILLED.search(pair.source):
        return
    was, now = (_placeholders(text) for text in (pair.source, pair.translation))
    is_lost = was != now and not (pair.is_form and now < was)
    if is_lost or "%" in FILLED.sub("", pair.translation):
        yield (
            f"the placeholders of this translation are not those of the text: "
            f"{_short(pair.translation)}",
            f"use {', '.join(was) or 'none'}, each as often as the text does, and write %% for a "
            "percent sign",
        )
    elif len(TOUCHED.findall(pair.translation)) > len(TOUCHED.findall(pair.source)):
        problem = f"something touches a placeholder: {_short(pair.translation)}"
        yield problem, "write a space between"
    elif "%d" in was and set("{}") & set(pair.translation):
        problem = f"there are braces beside the place for a number: {_short(pair.translation)}"
        yield problem, "write other brackets"


def slots(pair: Pair) -> Iterator[Finding]:
    """A sentence of a ticket would say something else, or nothing, in a place to be filled in."""
    was, now = (sorted(SLOT.findall(text)) for text in (pair.source, pair.translation))
    if was != now or (was and pair.source.count("{") != pair.translation.count("{")):
        names = ", ".join(f"{{{name}}}" for name in was)
        yield (
            f"the places to be filled in are not those of the text: {_short(pair.translation)}",
            f"use {names or 'none'}, in any order, and no other",
        )
    elif was and len(TOUCHED.findall(pair.translation)) > len(TOUCHED.findall(pair.source)):
        problem = f"something touches a place to be filled in: {_short(pair.translation)}"
        yield problem, "write a space between"


def lookalikes(pair: Pair) -> Iterator[Finding]:
    """A name is written with letters of another script that look the same."""
    if found := lookalike(pair.now.prose, pair.source):
        problem = f"{_short(found)} only looks like Latin letters"
        yield problem, "write all its letters in one script, and names as the text has them"


def new_addresses(pair: Pair) -> Iterator[Finding]:
    """Readers go where the text does not send them."""
    for found in addresses(pair.now.text, _all(pair.was)):
        fix = "take it out; if it is none, write a space behind the full stop"
        yield f"the text has no address {_short(found)}", fix


def new_phones(pair: Pair) -> Iterator[Finding]:
    """Readers call somebody whom the text does not name."""
    for found in phones(pair.now.text, _all(pair.was)):
        fix = "take it out, or write the numbers of the text"
        yield f"the text has no number {_short(found)}, which could be that of a phone", fix


def new_wallets(pair: Pair) -> Iterator[Finding]:
    """Readers send money to somebody whom the text does not name."""
    for found in wallets(pair.now.text, _all(pair.was)):
        problem = f"the text has no {_short(found)}, which could be the address of a wallet"
        yield problem, "take it out"


RULES: tuple[tuple[str, Callable[[Pair], Iterator[Finding]]], ...] = (
    ("size", size),
    ("invisible", invisible_characters),
    ("blocks", block_syntax),
    ("placeholders", placeholders),
    ("placeholders", slots),
    ("html", raw_html),
    ("links", link_targets),
    ("images", image_sources),
    ("code", code_spans),
    ("footnotes", footnote_references),
    ("markup", other_markup),
    ("lookalikes", lookalikes),
    ("addresses", new_addresses),
    ("phones", new_phones),
    ("wallets", new_wallets),
)
"""Asked in this order; the first that finds something says why."""

STRUCTURE = ("html", "links", "images", "code", "footnotes")
"""Rules about what only markup makes."""


def _compared(pair: Pair) -> Refusal | None:
    try:
        for name, rule in RULES:
            if name in STRUCTURE and pair.is_plain:
                continue
            for problem, fix in rule(pair):
                return Refusal(name, problem, fix)
    except RecursionError:
        return Refusal("size", "this translation is nested too deeply", "take the signs out")
    return None


def is_inline(entry: polib.POEntry) -> bool:
    """Whether *entry* stands in pages, or nobody knows where: it is inline Markdown there."""
    names = [name for name, _ in entry.occurrences]
    return not names or any(name.endswith(SUFFIXES) for name in names)


def site_guard(site: Site) -> Guard:
    """The guard of *site*. Raises ContentError for a page that is not UTF-8, or a wrong setting."""
    names = []
    for path in find_pages(site.docs, site.excluded):
        found = path.stat()
        names.append(_names(path, site.path.parent, (found.st_mtime_ns, found.st_size)))
    references: frozenset[str] = frozenset().union(*(each.references for each in names))
    footnotes: frozenset[str] = frozenset().union(*(each.footnotes for each in names))
    files = [digest(path.read_bytes()) for path in site.extension_files()]  # maybe the site's own
    dialect = repr((site.path, site.data.get("markdown_extensions"), site.embeds, files))
    return _kept(Guard(site.markdown, dialect, Names(references, footnotes), site.links))


@lru_cache(maxsize=8)
def _kept(guard: Guard) -> Guard:
    """*guard*, or one that is the same and has compared texts before."""
    return guard


@cache
def _names(path: Path, folder: Path, version: object) -> Names:
    return Names.of([read_text(path, shown(path, folder))])


def _all(inline: Inline) -> str:
    """Everything that readers see of a text, and where it leads."""
    return "\n".join([inline.text, *inline.links])


def _placeholders(text: str) -> Counter[str]:
    return Counter(each for each in FILLED.findall(text) if each != "%%")


def _differences(
    what: str, missing: Counter[str], extra: Counter[str], fix: str
) -> Iterator[Finding]:
    if extra:
        instead = f", but {_shown(missing)}" if missing else ""
        yield f"the text has no {what} {_shown(extra)}{instead}", fix
    elif missing:
        yield f"this translation lacks the {what} {_shown(missing)}", fix


def _shown(found: Counter[str]) -> str:
    return ", ".join(_short(each) for each in sorted(found))


def _short(text: str) -> str:
    """*text* as a message shows it, on one line and with nothing invisible in it."""
    text = text if text.isprintable() else ascii(text)[1:-1]
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
