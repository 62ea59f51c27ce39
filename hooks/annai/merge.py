"""Bringing a catalog up to date without losing a word that a translator wrote."""

from __future__ import annotations

import json
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

Key = tuple["str | None", str]
"""Context and text: what gettext tells messages apart by."""


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
    old = _by_key(catalog)
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


def key(entry: polib.POEntry) -> Key:
    """What tells *entry* from every other."""
    return entry.msgctxt, entry.msgid


def _by_key(catalog: polib.POFile) -> dict[Key, polib.POEntry]:
    """The entries of *catalog*, each text once.

    Where a text has several, as after a merge of two branches, the best stays: a reviewed one
    before one that is not, a current one before an obsolete one. What another one says becomes
    a translator's comment.
    """
    entries: dict[Key, polib.POEntry] = {}
    for entry in catalog:
        known = entries.get(key(entry))
        if known is None:
            entries[key(entry)] = entry
            continue
        best, other = (known, entry) if _rank(known) >= _rank(entry) else (entry, known)
        best = copy(best)
        best.obsolete = known.obsolete and entry.obsolete
        texts = (text for text in _translations(other) if text not in _translations(best))
        said = [best.tcomment, *map(_as_comment, texts)]
        if other.tcomment not in best.tcomment:
            said.append(other.tcomment)
        best.tcomment = "\n".join(text for text in said if text)
        entries[key(entry)] = best
    return entries


def _as_comment(text: str) -> str:
    """A translation that has no place of its own, on one line of a translator's comment."""
    return f"Also translated as: {json.dumps(text, ensure_ascii=False)}"


def _rank(entry: polib.POEntry) -> int:
    """How good an entry is, for choosing between two for the same text."""
    translated = bool(_translations(entry))
    return 4 * (translated and not entry.fuzzy) + 2 * translated + (not entry.obsolete)


def _translations(entry: polib.POEntry) -> list[str]:
    """What *entry* has been translated as, one text for each plural form that has one."""
    return [text for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]


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
    """*source* with the work done on *kept*, which is the same message.

    If the message has come to depend on a number, or no longer does, a person has to look.
    """
    entry = _entry(source)
    flags = _own_flags(kept)
    if bool(kept.msgid_plural) != bool(source.msgid_plural) and _translations(kept):
        first = _translations(kept)[0]
        entry.msgstr, entry.msgstr_plural = ("", {0: first}) if source.msgid_plural else (first, {})
        flags = ["fuzzy", *flags]
        others = map(_as_comment, _translations(kept)[1:])
        entry.tcomment = "\n".join(text for text in (kept.tcomment, *others) if text)
    else:
        entry.msgstr, entry.msgstr_plural = kept.msgstr, dict(kept.msgstr_plural)
        entry.tcomment = kept.tcomment
    entry.flags = list(dict.fromkeys([*flags, *source.flags]))
    entry.previous_msgid = kept.previous_msgid
    entry.previous_msgid_plural = kept.previous_msgid_plural
    entry.previous_msgctxt = kept.previous_msgctxt
    return entry


def _own_flags(entry: polib.POEntry) -> list[str]:
    """The flags that a translator set; the others come from the source."""
    return [flag for flag in entry.flags if not flag.endswith("-format")]


def _obsolete(entry: polib.POEntry) -> polib.POEntry:
    kept = copy(entry)
    kept.obsolete = True
    kept.occurrences = []
    kept.comment = ""
    return kept


def _has_work(entry: polib.POEntry) -> bool:
    """Whether a translator left anything in *entry*."""
    return bool(_translations(entry) or entry.tcomment)


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
