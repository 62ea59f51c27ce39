"""What the header of a catalog says that cannot be true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import c2py
from pathlib import Path

import polib
from babel.messages.plurals import get_plural

from annai.errors import ContentError
from annai.locales import Locale
from annai.pofile import PLURAL_FORMS, line_of, plural_count, short

MOST_FORMS = 10
"""More plural forms than any language has (Unicode CLDR: 6)."""

HEADER = re.compile(r'^msgid ""\s*\nmsgstr', re.MULTILINE)


def header_faults(
    catalog: polib.POFile, locale: Locale, shown: str | Path, text: str
) -> Iterator[ContentError]:
    """What the header of *catalog*, which was read from *text*, says that cannot be true."""
    header = HEADER.search(text)
    line = text.count("\n", 0, header.start()) + 1 if header else 1
    charset = re.search(r"charset=([\w-]+)", catalog.metadata.get("Content-Type", ""))
    if charset and charset[1].upper() not in ("UTF-8", "UTF8", "US-ASCII", "CHARSET"):
        problem = f"the header says that this file is in {charset[1]}, and it is in UTF-8"
        yield ContentError(shown, line, problem, "write charset=UTF-8")
    language = catalog.metadata.get("Language", "").replace("-", "_").partition("@")[0]
    if re.fullmatch(r"[a-z]{2,3}(_\w+)?", language) and not _speaks(language, locale):
        problem = f"the header says that this catalog is for {language}"
        fix = f"write Language: {locale.folder}, or move the file to the folder of {language}"
        yield ContentError(shown, line, problem, fix)
    rule = catalog.metadata.get("Plural-Forms")
    found = PLURAL_FORMS.fullmatch(rule or "")
    forms = plural_count(catalog.metadata)
    if rule is not None and not _is_rule(found):
        problem = f"the header has plural forms that cannot be read: {rule}"
        fix = f"write Plural-Forms: {get_plural(locale.cldr).plural_forms}"
        yield ContentError(shown, line, problem, fix)
        return
    for entry in catalog:
        if not entry.msgid and entry.msgctxt is None:
            fix = "keep one, with what both say"
            yield ContentError(shown, line_of(entry), "there is a second header", fix)
        extra = [form for form in entry.msgstr_plural if int(form) >= forms]
        if entry.msgid_plural and extra and not entry.obsolete:
            problem = f"{short(entry.msgid)} has msgstr[{extra[0]}]"
            fix = f"the header names {forms} plural forms, from msgstr[0] on; delete the others"
            yield ContentError(shown, line_of(entry), problem, fix)


def _speaks(language: str, locale: Locale) -> bool:
    return language.partition("_")[0] == locale.folder.partition("_")[0]


def _is_rule(found: re.Match[str] | None) -> bool:
    """Whether Plural-Forms names a rule that gives one of its forms for every number."""
    if not found or int(found[1]) > MOST_FORMS:
        return False
    try:
        plural = c2py(found[2])
        return all(0 <= plural(number) < int(found[1]) for number in range(201))
    except (ValueError, ZeroDivisionError, RecursionError):
        return False
