"""Bringing a catalog up to date without losing a word that a translator wrote."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import copy

import polib

from annai.messages import fold
from annai.pofile import Key, key, plural_count
from annai.proposals import propose


def merge(catalog: polib.POFile, template: polib.POFile) -> polib.POFile:
    """*catalog* with exactly the messages of *template*, in its order.

    A message keeps its translation, its flags and its translator's comments, and gets them back
    if it had become obsolete. A message that is new gets the translation of the text that it was
    made from, marked fuzzy. What is not in *template* is kept as obsolete, flags and comments
    included.
    """
    merged = polib.POFile()
    merged.metadata = dict(catalog.metadata)
    merged.metadata_is_fuzzy = catalog.metadata_is_fuzzy
    merged.header = catalog.header
    old = _by_key(catalog)
    entries = {key(source): _renewed(source, old.get(key(source))) for source in template}
    gone = [entry for each, entry in old.items() if each not in entries]
    kept = [entry for each, entry in old.items() if each in entries]
    new = [entry for each, entry in entries.items() if each not in old]
    for has_plural in (False, True):
        _propose(*(_alike(each, has_plural) for each in (new, gone, kept)))
    forms = plural_count(catalog.metadata)
    for entry in entries.values():
        if entry.msgid_plural:
            entry.msgstr_plural = {**dict.fromkeys(range(forms), ""), **entry.msgstr_plural}
        merged.append(entry)
    merged.extend(_obsolete(entry) for entry in gone if _has_work(entry))
    for entry in merged:
        if not entry.previous_msgid:  # gettext takes nothing else for a previous text
            entry.previous_msgctxt = entry.previous_msgid_plural = None
    return merged


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


def _renewed(source: polib.POEntry, kept: polib.POEntry | None) -> polib.POEntry:
    """*source* with the work done on *kept*, which is the same message, if there is one.

    If its plural has changed, or has come or gone, a person has to look.
    """
    entry = _entry(source)
    if kept is None:
        return entry
    flags = _own_flags(kept)
    entry.tcomment = kept.tcomment
    if bool(kept.msgid_plural) == bool(source.msgid_plural):
        entry.msgstr, entry.msgstr_plural = kept.msgstr, dict(kept.msgstr_plural)
    elif texts := _translations(kept):
        entry.msgstr, entry.msgstr_plural = (
            ("", {0: texts[0]}) if source.msgid_plural else (texts[0], {})
        )
        said = [kept.tcomment, *map(_as_comment, texts[1:])]
        entry.tcomment = "\n".join(text for text in said if text)
    entry.previous_msgid = kept.previous_msgid
    entry.previous_msgid_plural = kept.previous_msgid_plural
    entry.previous_msgctxt = kept.previous_msgctxt
    is_changed = (kept.msgid_plural or "") != (source.msgid_plural or "")
    if is_changed and _translations(kept) and not kept.fuzzy:
        flags = ["fuzzy", *flags]
        entry.previous_msgid, entry.previous_msgid_plural = kept.msgid, kept.msgid_plural
    entry.flags = list(dict.fromkeys([*flags, *source.flags]))
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


def _alike(entries: Sequence[polib.POEntry], has_plural: bool) -> list[polib.POEntry]:
    """Those of *entries* that depend on a number, or those that do not."""
    return [entry for entry in entries if bool(entry.msgid_plural) == has_plural]


def _propose(
    new: Sequence[polib.POEntry], gone: Sequence[polib.POEntry], kept: Sequence[polib.POEntry]
) -> None:
    """Give each of *new* the translations it may start from, marked as not reviewed.

    One that is what became of old texts remembers the text that their translations were made for,
    even if it has changed again since; not if nobody ever reviewed them.
    """
    gone, kept = ([each for each in side if _translations(each)] for side in (gone, kept))
    texts = ([entry.msgid for entry in side] for side in (new, gone, kept))
    known = [*gone, *kept]
    for entry, proposal in zip(new, propose(*texts), strict=True):
        olds = [known[index] for index in proposal.olds]
        if not olds:
            continue
        entry.flags = ["fuzzy", *entry.flags]
        entry.msgstr = _joined([old.msgstr for old in olds])
        entry.msgstr_plural = dict(olds[0].msgstr_plural)
        before = [old.previous_msgid if old.fuzzy else old.msgid for old in olds]
        if not proposal.succeeds or not all(before):
            continue
        entry.previous_msgid = _joined([text for text in before if text])
        old = olds[0]
        entry.previous_msgctxt = old.previous_msgctxt if old.fuzzy else old.msgctxt
        plural = old.previous_msgid_plural if old.fuzzy else old.msgid_plural
        entry.previous_msgid_plural = plural or None  # polib would write an empty one


def _joined(texts: Sequence[str]) -> str:
    """*texts* in one block, as a writer would join them."""
    return fold("\n".join(texts)) if len(texts) > 1 else "".join(texts)
