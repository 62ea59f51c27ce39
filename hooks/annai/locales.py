"""Who a locale is: its catalog folder, its language tag, its direction, its own name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import babel
from babel.core import get_global
from babel.dates import format_date
from babel.numbers import format_percent

from annai.errors import ContentError, did_you_mean

SHAPE = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|\d{3}))?")
"""A locale as a folder name: language, script and territory of BCP 47 (RFC 5646, section 2.1),
joined and capitalised the way gettext and Babel do it."""


PSEUDO = re.compile(r"_X[AB]$")
"""The territories of pseudo-locales (UTS 35, "Unicode Pseudo-Locales"), unknown to Babel."""


@dataclass(frozen=True)
class Locale:
    """One language version of the site.

    >>> chinese = Locale("zh_Hans")
    >>> chinese.tag, chinese.direction, chinese.name
    ('zh-Hans', 'ltr', '简体中文')
    """

    folder: str
    """The name of the catalog folder, as gettext and Babel write it: ``zh_Hans``."""

    @property
    def tag(self) -> str:
        """The BCP 47 language tag, used in HTML and in addresses: ``zh-Hans``."""
        return self.folder.replace("_", "-")

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``, from the Unicode CLDR."""
        return self.cldr.text_direction

    @property
    def name(self) -> str:
        """The locale's name in its own language, capitalised as that language does in a list."""
        name = self.name_in(self)
        pseudo = f" ({self.tag})" if PSEUDO.search(self.folder) else ""
        return name[0].upper() + name[1:] + pseudo

    def name_in(self, reader: Locale) -> str:
        """The locale's name in the language of *reader*.

        >>> Locale("en").name_in(Locale("ja"))
        '英語'
        """
        whole = reader.cldr.languages.get(self.folder)  # not put together from its parts
        return whole or self.cldr.get_display_name(reader.cldr) or self.tag

    @property
    def with_territory(self) -> str:
        """Language and likely territory, as Open Graph (ogp.me) names a locale.

        >>> Locale("zh_Hans").with_territory
        'zh_CN'
        """
        language, _, territory = _subtags(self.tag)
        return f"{language}_{territory}" if territory and territory.isalpha() else language

    def percent(self, number: int) -> str:
        r"""*number*, of a hundred, as the locale writes it, in the digits of all pages.

        >>> Locale("de").percent(20).replace("\xa0", "_")
        '20_%'
        """
        return format_percent(number / 100, locale=self.cldr, numbering_system="latn")

    def date(self, day: datetime.date) -> str:
        """*day* as the locale writes it.

        >>> Locale("ja").date(datetime.date(2026, 11, 22))
        '2026年11月22日'
        """
        return format_date(day, "long", locale=self.cldr)

    @cached_property
    def cldr(self) -> babel.Locale:
        """What Babel knows of the locale."""
        return babel.Locale.parse(PSEUDO.sub("", self.folder))


def parse_locale(name: str, path: Path | str, line: int = 1) -> Locale:
    """The locale that *name*, a folder name or a language tag, stands for.

    Raises ContentError, pointing at *path* and *line*, if Babel does not know it.
    """
    folder = name.replace("-", "_")
    problem = f'"{name}" is not the name of a locale'
    if SHAPE.fullmatch(folder):
        try:
            babel.Locale.parse(folder)
        except (ValueError, babel.UnknownLocaleError):
            problem = f'Babel knows no locale "{name}"'
        else:
            return Locale(folder)
    raise ContentError(
        path,
        line,
        problem,
        f"{_nearest(folder)}use a locale of the Unicode CLDR as gettext writes it, "
        "for example ja, zh_Hans or pt_BR",
    )


def _nearest(folder: str) -> str:
    """A question naming the locale that was probably meant; ``jp`` is a country, not a language."""
    country: str | None = get_global("likely_subtags").get(f"und_{folder.upper()}")
    if country:
        return f'did you mean "{country.partition("_")[0]}"? '
    known = babel.localedata.locale_identifiers()
    same = [each for each in known if each.lower() == folder.lower()]
    return did_you_mean(same[0] if same else folder, known)


def closest(locale: Locale, available: Iterable[str]) -> str | None:
    """The one of *available* (BCP 47 tags) that readers of *locale* understand best, or None.

    Tags are compared with their likely script and territory (UTS 35, "Likely Subtags"):

    >>> closest(Locale("zh_Hans"), ["en", "zh", "zh-Hant"])
    'zh'
    >>> closest(Locale("zh_HK"), ["en", "zh", "zh-Hant"])
    'zh-Hant'
    """
    wanted = _subtags(locale.tag)
    best, best_score = None, 0
    for tag in available:
        language, script, territory = _subtags(tag)
        if language != wanted[0] or script != wanted[1]:
            continue
        score = 1 + (territory == wanted[2]) + (tag == locale.tag)
        if score > best_score:
            best, best_score = tag, score
    return best


def _subtags(tag: str) -> tuple[str, str | None, str | None]:
    """Language, script and territory of *tag*, the likely ones where it names none."""
    language, _, rest = tag.replace("-", "_").partition("_")
    script = territory = None
    for part in rest.split("_"):
        if len(part) == 4:
            script = part.title()
        elif part:
            territory = part.upper()
    likely: Mapping[str, str] = get_global("likely_subtags")
    for key in (f"{language}_{script}_{territory}", f"{language}_{territory}",
                f"{language}_{script}", language):  # fmt: skip
        if found := likely.get(key):
            _, likely_script, likely_territory = found.split("_")[:3]
            return language, script or likely_script, territory or likely_territory
    return language, script, territory
