"""The glossary: what words mean, how they are translated, and what people type for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from markdown.extensions.toc import slugify_unicode

from annai.catalogs import Catalog, State
from annai.checklist import LISTED
from annai.errors import ContentError
from annai.guard import Guard, site_guard
from annai.locales import Locale, parse_locale
from annai.messages import is_cjk
from annai.pages import KEYWORDS
from annai.pofile import key, line_of, short
from annai.pseudo import KEPT
from annai.schema import line_at, mistakes, read_yaml
from annai.site import Site
from annai.texts import read_text

WORDS = {"type": "array", "items": {"type": "string", "minLength": 1}}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["terms"],
    "properties": {
        "terms": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["term", "meaning"],
                "properties": {
                    "term": {"type": "string", "minLength": 1},
                    "meaning": {"type": "string", "minLength": 1},
                    "also": WORDS,
                    "synonyms": WORDS,
                    "translations": {
                        "type": "object",
                        "propertyNames": {
                            "type": "string",
                            "description": "write the name of a locale, in quotes if need be",
                        },
                        "additionalProperties": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": {
                                "term": {"type": "string", "minLength": 1},
                                "sort": {"type": "string", "minLength": 1},
                                "also": WORDS,
                                "avoid": WORDS,
                                "synonyms": WORDS,
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What a glossary looks like (JSON Schema 2020-12)."""


@dataclass(frozen=True)
class Wording:
    """A term in one language."""

    term: str | None
    """None where the word of the source has several senses, and so several translations."""
    sort: str | None = None
    """What it is sorted by, where that is not how it is written: its reading in kana or pinyin."""
    also: tuple[str, ...] = ()
    """Other right forms."""
    avoid: tuple[str, ...] = ()
    """Forms that must not be used."""
    synonyms: tuple[str, ...] = ()
    """What people type into a search."""


@dataclass(frozen=True)
class Term:
    """A word that readers may look up."""

    source: Wording
    meaning: str
    line: int
    meaning_line: int
    translations: dict[str, Wording]
    """From catalog folder to the wording in that locale."""

    @property
    def name(self) -> str:
        """The term in the source language."""
        return self.source.term or ""

    @property
    def anchor(self) -> str:
        """The id of the term on its page."""
        return slugify_unicode(self.name, "-")

    def sort_key(self, folder: str) -> tuple[str, str]:
        """What to sort the term by in the locale with the catalog *folder*.

        Letters count first, and only then the marks on them (UTS 10, levels 1 and 2): in Arabic,
        a hamza does not keep words apart, nor does a voicing mark in kana.
        """
        own = self.translations.get(folder)
        text = unicodedata.normalize("NFKD", (own and (own.sort or own.term)) or self.name)
        text = text.casefold()
        return "".join(each for each in text if not unicodedata.combining(each)), text

    def words(self, folder: str) -> list[str]:
        """What people may type for the term, the words that pages use first.

        They type kana or pinyin, too, and words of the source language, copied from screens.
        """
        own = self.translations.get(folder)
        source = [self.name, *self.source.also, *self.source.synonyms]
        words = [own.term, *own.synonyms, own.sort, *source] if own else source
        return list(dict.fromkeys(word for word in words if word))

    def stands_in(self, msgid: str) -> bool:
        """Whether *msgid* has the term as a word, in the singular or the plural.

        >>> Term(Wording("API key"), "", 1, 1, {}).stands_in("Delete your API keys.")
        True
        """
        names = "|".join(map(_as_word, (self.name, *self.source.also)))
        return re.search(names, KEPT.sub(" ", msgid), re.IGNORECASE) is not None


def _as_word(name: str) -> str:
    """A pattern for *name* as a word of its own; scripts without spaces have no such thing."""
    start = "" if is_cjk(name[:1]) else r"(?<!\w)"
    end = "" if is_cjk(name[-1:]) else r"(e?s)?(?!\w)"
    return f"{start}{re.escape(name)}{end}"


def site_glossary(site: Site) -> list[Term]:
    """The terms of *site*, in the order of its glossary; none if it has none.

    Raises ContentError.
    """
    path = site.glossary_path
    if path is None:
        return []
    if not path.is_file():
        fix = "mend extra.annai.glossary, or write the file"
        raise ContentError(site.shown(path), 1, "there is no such glossary", fix)
    shown = site.shown(path)
    return [*_checked(read_text(path, shown), shown, site_guard(site))]


@lru_cache(maxsize=2)
def _checked(text: str, shown: str, guard: Guard) -> tuple[Term, ...]:
    terms = _parse(text, shown)
    for refusal in refused_words(terms, guard, shown):
        raise refusal
    return tuple(terms)


def refused_words(terms: list[Term], guard: Guard, shown: str) -> Iterator[ContentError]:
    """Words of translators in the glossary that may not be shown (annai.guard)."""
    for term in terms:
        for folder, own in term.translations.items():
            for word in filter(None, (own.term, own.sort, *own.also, *own.synonyms)):
                if refusal := guard.compare(term.name, word, Locale(folder), is_inline=False):
                    problem = f'"{word}" for "{term.name}" in {folder}: {refusal.problem}'
                    yield ContentError(shown, term.line, problem, refusal.fix)


def read_glossary(path: Path, shown: str) -> list[Term]:
    """The terms in the file *path*, named *shown* in messages. Raises ContentError."""
    return _parse(read_text(path, shown), shown)


def _parse(text: str, shown: str) -> list[Term]:
    root, data = read_yaml(text, shown)
    for mistake in mistakes(data, root, SCHEMA, shown):
        raise mistake
    terms = []
    for index, each in enumerate(data["terms"]):
        line = line_at(root, ["terms", index]) + 1
        translations = {}
        for name, wording in each.get("translations", {}).items():
            where = line_at(root, ["terms", index, "translations", name]) + 1
            translations[parse_locale(name, shown, where).folder] = _wording(wording)
        meaning_line = line_at(root, ["terms", index, "meaning"]) + 1
        term = Term(_wording(each), each["meaning"], line, meaning_line, translations)
        terms.append(term)
    return terms


def glossary_mistakes(path: Path, shown: str) -> list[ContentError]:
    """Everything that is wrong with the glossary in the file *path*, named *shown*."""
    try:
        root, data = read_yaml(read_text(path, shown), shown)
        found = list(mistakes(data, root, SCHEMA, shown))
        if not found:
            read_glossary(path, shown)
    except ContentError as error:
        return [error]
    return found


def _wording(data: dict[str, Any]) -> Wording:
    lists = (tuple(data.get(key, ())) for key in ("also", "avoid", "synonyms"))
    return Wording(data.get("term"), data.get("sort"), *lists)


def departures(terms: list[Term], catalog: Catalog) -> Iterator[ContentError]:
    """Translations that do not use the words of the glossary: to be looked at, not always wrong."""
    folder = catalog.locale.folder
    wanted = [(term, term.translations[folder]) for term in terms if folder in term.translations]
    for entry in catalog:
        is_free = entry.comment.startswith(f"page {KEYWORDS}") or LISTED in entry.comment
        if is_free or catalog.state(key(entry)) is not State.TRANSLATED:
            continue
        text = " ".join((entry.msgstr, *entry.msgstr_plural.values())).lower()
        for term, wording in wanted:
            if not term.stands_in(entry.msgid):
                continue
            right = [name for name in (wording.term, *wording.also) if name]
            found = next((name for name in wording.avoid if name.lower() in text), None)
            if found and wording.term and found not in wording.term:
                problem = f'{short(entry.msgid)} says "{found}" for "{term.name}"'
            elif wording.term and not any(name.lower() in text for name in right):
                problem = (
                    f'{short(entry.msgid)} does not use the glossary\'s word for "{term.name}"'
                )
            else:
                continue
            fix = f"write {right[0]}, or add the other word to the glossary"
            yield ContentError(catalog.shown, line_of(entry), problem, fix)
