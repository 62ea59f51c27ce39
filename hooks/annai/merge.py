"""Bringing a catalog up to date without losing a word that a translator wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy

import polib
from rapidfuzz import fuzz, process

NEAR = 60
"""How alike two texts must be, in percent, for the translation of one to be proposed for the
other. msgmerge uses 60 % as well (FUZZY_THRESHOLD, gettext-tools/src/message.h)."""

NPLURALS = re.compile(r"nplurals\s*=\s*(\d+)")
"""How many plural forms a language has (gettext manual, "Plural forms")."""

Key = tuple["str | None", str, str]
"""Context, text and plural of a message."""


def merge(catalog: polib.POFile, template: polib.POFile) -> polib.POFile:
    """*catalog* with exactly the messages of *template*, in its order.

    A message keeps its translation, its flags and its translator's comments, and gets them back
    if it had become obsolete. A message that is new gets the translation of the nearest one that
    went, marked fuzzy. What is not in *template* is kept as obsolete, flags and comments included.
    """
    merged = polib.POFile(wrapwidth=template.wrapwidth)
    merged.metadata = catalog.metadata
    merged.metadata_is_fuzzy = catalog.metadata_is_fuzzy
    merged.header = catalog.header
    old = _bykey(catalog)
    wanted = {key(entry) for entry in template}
    gone = {each: entry for each, entry in old.items() if each not in wanted}
    proposals = _Proposals(gone.values())
    found = NPLURALS.search(catalog.metadata.get("Plural-Forms", ""))
    forms = int(found[1]) if found else 2
    for source in template:
        kept = old.get(key(source))
        entry = _renewed(source, kept) if kept else proposals.fill(_entry(source))
        if entry.msgid_plural:
            entry.msgstr_plural = {**dict.fromkeys(range(forms), ""), **entry.msgstr_plural}
        merged.append(entry)
    for entry in gone.values():
        if _has_work(entry):
            merged.append(_obsolete(entry))
    return merged


def _bykey(catalog: polib.POFile) -> dict[Key, polib.POEntry]:
    """The entries of *catalog*; where one is both current and obsolete, the current one."""
    entries: dict[Key, polib.POEntry] = {}
    for entry in catalog:
        known = entries.get(key(entry))
        if known is None or (known.obsolete and not entry.obsolete):
            entries[key(entry)] = entry
    return entries


def key(entry: polib.POEntry) -> Key:
    """What tells *entry* from every other: context, text, plural."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def _entry(source: polib.POEntry) -> polib.POEntry:
    """*source*, a message of the template, as a catalog has it: the file without the line."""
    entry = polib.POEntry(
        msgid=source.msgid,
        msgctxt=source.msgctxt,
        msgid_plural=source.msgid_plural,
        comment=source.comment,
        flags=list(source.flags),
    )
    entry.occurrences = [
        (path, "") for path in dict.fromkeys(path for path, _ in source.occurrences)
    ]
    return entry


def _renewed(source: polib.POEntry, kept: polib.POEntry) -> polib.POEntry:
    """*source* with the work done on *kept*, which is the same message."""
    entry = _entry(source)
    _copy_work(kept, entry)
    entry.flags = list(dict.fromkeys([*_own_flags(kept), *source.flags]))
    entry.previous_msgid = kept.previous_msgid
    entry.previous_msgid_plural = kept.previous_msgid_plural
    entry.previous_msgctxt = kept.previous_msgctxt
    return entry


def _copy_work(kept: polib.POEntry, entry: polib.POEntry) -> None:
    entry.msgstr = kept.msgstr
    entry.msgstr_plural = dict(kept.msgstr_plural)
    entry.tcomment = kept.tcomment


def _own_flags(entry: polib.POEntry) -> list[str]:
    """The flags that a translator set; the others come from the source."""
    return [flag for flag in entry.flags if not flag.endswith("-format")]


def _obsolete(entry: polib.POEntry) -> polib.POEntry:
    kept = copy(entry)
    kept.obsolete = True
    kept.occurrences = []
    kept.comment = ""
    kept.previous_msgid = kept.previous_msgid_plural = kept.previous_msgctxt = None
    return kept  # polib does not read the previous text of an obsolete entry


def _has_work(entry: polib.POEntry) -> bool:
    """Whether a translator left anything in *entry*."""
    return bool(entry.msgstr or any(entry.msgstr_plural.values()) or entry.tcomment)


class _Proposals:
    """Translations that new messages may start from."""

    def __init__(self, gone: Iterable[polib.POEntry]) -> None:
        self._entries = [entry for entry in gone if entry.msgstr and not entry.msgid_plural]
        self._texts = [entry.msgid for entry in self._entries]

    def fill(self, entry: polib.POEntry) -> polib.POEntry:
        """*entry* with the translation of the nearest text, marked as not reviewed."""
        if not self._texts or entry.msgid_plural:
            return entry
        found = process.extractOne(entry.msgid, self._texts, scorer=fuzz.ratio, score_cutoff=NEAR)
        if found:
            near = self._entries[found[2]]
            entry.msgstr = near.msgstr
            entry.flags = ["fuzzy", *entry.flags]
            entry.previous_msgid = near.msgid
            entry.previous_msgctxt = near.msgctxt
        return entry
