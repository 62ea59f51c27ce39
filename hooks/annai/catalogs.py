"""Reading the catalogs that translators write."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from gettext import c2py
from pathlib import Path

from babel.messages import catalog as babel
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import Translations

from annai.errors import ContentError
from annai.locales import Locale, parse_locale
from annai.texts import read_text

DOMAIN = "messages"

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Control characters that no text needs; Python-Markdown uses two of them for its placeholders."""


LINE = re.compile(
    r"""\s* (\#~\|?\s*)? ((msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)\s*)?
        "([^"\\]|\\.)*"\s*""",
    re.VERBOSE,
)
"""A line of an entry, comments apart (gettext manual, "The Format of PO Files"); Babel accepts
quotes that are never closed, and takes two strings on a line for one."""

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
"""A placeholder of a template string (jinja2.ext, newstyle gettext)."""


@dataclass(frozen=True)
class Catalog:
    """The translations of one locale that may be shown to readers."""

    locale: Locale
    messages: babel.Catalog
    """Everything the PO file holds."""

    @classmethod
    def read(cls, path: Path, locale: Locale, shown: str | Path | None = None) -> Catalog:
        """The catalog in the PO file *path*, named *shown* in messages.

        Raises ContentError if there is no such file or if it is not a PO file.
        """
        text = read_catalog_text(path, locale, shown)
        return cls(locale, parse_messages(text, locale, shown or path))

    @cached_property
    def translations(self) -> dict[tuple[str | None, str], str]:
        """From context and msgid to msgstr: translated, reviewed, not obsolete, not plural."""
        return {
            (message.context, message.id): message.string
            for message in self.messages
            if isinstance(message.id, str)
            and message.id
            and isinstance(message.string, str)
            and message.string.strip()
            and not message.fuzzy
        }

    def translate(self, msgid: str, context: str | None = None) -> str | None:
        """The translation of *msgid*, or None if there is none that may be shown."""
        return self.translations.get((context, msgid))

    def gettext(self) -> Translations:
        """The same translations for programs that speak gettext, plural forms included."""
        compiled = io.BytesIO()
        write_mo(compiled, self.messages)
        compiled.seek(0)
        return Translations(compiled)


def catalog_path(locales: Path, locale: Locale) -> Path:
    """Where the catalog of *locale* is below the folder *locales* (Babel's layout)."""
    return locales / locale.folder / "LC_MESSAGES" / f"{DOMAIN}.po"


def find_locales(locales: Path, root: Path) -> list[Locale]:
    """Every locale that has a folder in *locales*, in the order of their tags.

    *root* is the folder that paths in messages start from. Raises ContentError for a folder
    that is not named for a locale.
    """
    if not locales.is_dir():
        return []
    folders = [each for each in locales.iterdir() if each.is_dir() and each.name[0] not in "._"]
    found = []
    for folder in folders:
        shown = Path(os.path.relpath(folder, root))
        locale = parse_locale(folder.name, shown)
        if folder.name != locale.folder:
            raise ContentError(
                shown,
                1,
                f'"{folder.name}" is a language tag, not the name of a catalog folder',
                f"rename the folder to {locale.folder}",
            )
        found.append(locale)
    return sorted(found, key=lambda locale: locale.tag)


def read_catalog_text(path: Path, locale: Locale, shown: str | Path | None = None) -> str:
    """The content of the PO file *path*. Raises ContentError if there is none, or not in UTF-8."""
    if not path.is_file():
        raise ContentError(
            shown or path,
            1,
            f"there is no catalog for the locale {locale.folder}",
            f"run: make locale LOCALE={locale.folder} (or delete the folder {locale.folder})",
        )
    return read_text(path, shown or path)


def parse_messages(text: str, locale: Locale, shown: str | Path) -> babel.Catalog:
    """All messages of a PO file with the content *text*, as Babel sees them, the header first.

    Raises ContentError at the line that cannot be read.
    """
    if found := CONTROL.search(text):
        raise ContentError(
            shown,
            text.count("\n", 0, found.start()) + 1,
            f"there is a control character (U+{ord(found[0]):04X})",
            "delete it; it cannot be seen, so type the text again",
        )
    for number, line in enumerate(text.split("\n"), start=1):
        is_comment = line.startswith("#") and not line.startswith("#~")
        if line.strip() and not is_comment and not LINE.fullmatch(line):
            raise _not_po(shown, number, line)
    try:
        # Babel takes the previous text of an obsolete entry for a mistake.
        known = re.sub(r"^#~\|.*", "#", text, flags=re.MULTILINE)
        messages = read_po(io.StringIO(known), locale=locale.cldr, abort_invalid=True)
        plural_form = c2py(messages.plural_expr)
        plural_form(1)
    except PoFileError as error:
        # Babel counts lines from 0 (babel/messages/pofile.py, PoFileParser.parse, 2.18).
        raise _not_po(shown, error.lineno + 1, error.line) from None
    except (ValueError, LookupError) as error:
        raise ContentError(
            shown,
            _header_line(text),
            f"the header cannot be read ({error})",
            "compare it with the header of locales/messages.pot",
        ) from None
    _check_placeholders(messages, shown)
    return messages


def _check_placeholders(messages: babel.Catalog, shown: str | Path) -> None:
    """Raise ContentError for a translation that a template could not fill in."""
    for message in messages:
        names = {name for text in _forms(message.id) for name in PLACEHOLDER.findall(text)}
        for text in _forms(message.string) if names and not message.fuzzy else ():
            extra = set(PLACEHOLDER.findall(text)) - names
            if extra or "%" in PLACEHOLDER.sub("", text).replace("%%", ""):
                raise ContentError(
                    shown,
                    message.lineno or 1,
                    f"the placeholders of this translation are not those of the text: {text[:60]}",
                    f"use {', '.join(sorted(names))} and no other; write %% for a percent sign",
                )


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    """The forms of a text that may depend on a number."""
    return (text or "",) if text is None or isinstance(text, str) else text


def _not_po(shown: str | Path, line: int, text: str) -> ContentError:
    return ContentError(
        shown,
        line,
        f"this is not PO syntax: {text.strip()[:60]}",
        'write msgid or msgstr, then the text in double quotes; put \\ before a " inside the text',
    )


def _header_line(text: str) -> int:
    """The 1-based line at which the header entry starts."""
    return text[: max(text.find('msgid ""'), 0)].count("\n") + 1
