"""Templates that speak the language of a locale."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable
from functools import cache
from gettext import NullTranslations
from typing import Any

import jinja2
from markupsafe import Markup, escape

from annai.locales import Locale
from annai.marks import in_language

Asked = tuple[str, tuple[Any, ...]]
"""A function of gettext, and what it was called with."""


def speak(
    env: jinja2.Environment, words: NullTranslations, locale: Locale, asked: set[Asked]
) -> None:
    """Give the templates of *env* the words of a catalog, as text: they are never markup.

    They also get filters that write percentages and dates as the locale does. What they ask for is
    added to *asked*.
    """
    install: Callable[..., None] = env.install_gettext_callables  # type: ignore[attr-defined]
    names = ("gettext", "ngettext", "pgettext", "npgettext")
    one, number, *rest = (_escaped(_noted(words, name, asked)) for name in names)
    install(one, number, newstyle=True, pgettext=rest[0], npgettext=rest[1])
    env.filters["percent"] = late(locale.percent)
    env.filters["date"] = late(locale.date)


def late(function: Callable[[Any], str]) -> Callable[[jinja2.runtime.Context, Any], str]:
    """*function* as a filter that is not called before a page is made.

    Without the context, Jinja calls it with a constant when it compiles a template, whose code
    serves all locales (annai.once).
    """
    return jinja2.pass_context(lambda context, value: function(value))


def spoken(env: jinja2.Environment, name: str) -> dict[str, Any]:
    """What the template *name*, which is JSON, says to readers: as text, for scripts."""
    found: dict[str, Any] = json.loads(env.get_template(name).render(), object_hook=_unescaped)
    return found


def _unescaped(texts: dict[str, Any]) -> dict[str, Any]:
    return {
        key: html.unescape(text) if isinstance(text, str) else text for key, text in texts.items()
    }


def answers(words: NullTranslations, asked: Iterable[Asked]) -> list[str]:
    """What *words* have for what was *asked*."""
    return [getattr(words, name)(*texts) for name, texts in asked]


def _noted(words: NullTranslations, name: str, asked: set[Asked]) -> Callable[..., str]:
    """The function *name* of *words*, which adds to *asked* what it is asked for."""
    lookup: Callable[..., str] = getattr(words, name)

    def look_up(*texts: Any) -> str:
        asked.add((name, texts))
        return lookup(*texts)

    return look_up


def _escaped(lookup: Callable[..., str]) -> Callable[..., str]:
    """*lookup*, a function of gettext, whose results are safe in HTML and for templates.

    A template fills in every text with ``%`` (jinja2.ext, newstyle gettext), even one that has
    nothing to be filled in.
    """

    @cache
    def look_up(*texts: str) -> str:
        found = html.escape(lookup(*texts))
        return found if any("%" in str(text) for text in texts) else found.replace("%", "%%")

    return look_up


def attribute(text: str) -> Markup:
    """*text* for a template that puts it between double quotes as it is.

    >>> attribute('"Wait" &amp; see')
    Markup('&#34;Wait&#34; &amp; see')
    """
    return escape(html.unescape(text))


def label(text: str, translation: str) -> str:
    """*translation*, where *text* stood, for a template that puts it into a page as it is.

    A text may be HTML, as titles are for MkDocs; a translation that could bring more of it than
    the text has is not shown.

    >>> label("Wait", "<b"), label("<b>Wait</b>", "<b>待つ</b>"), label("<b>Wait</b>", "<b><i>")
    (Markup('&lt;b'), '<b>待つ</b>', '<b><i>')
    """
    if "<" not in text and "&" not in text:
        return escape(translation)
    return translation if translation.count("<") <= text.count("<") else text


def sayer(find: Callable[[str], str | None], source: Locale) -> Callable[[str], Markup]:
    """What puts a text into HTML: in the words that *find* has, or marked as the *source*'s."""

    def say(text: str) -> Markup:
        found = find(text)
        if found is not None:
            return escape(found)
        language = in_language(source)
        return Markup('<span dir="{dir}" lang="{lang}">{}</span>').format(text, **language)

    return say


def teller(is_missing: Callable[[str], bool], source: Locale) -> Callable[[str], Markup]:
    """What gives the attributes of an element whose text is a title or a description of a page.

    There are none, but for a text whose translation *is_missing*: it is in the *source*'s language.
    """

    def tell(text: str) -> Markup:
        language = in_language(source) if is_missing(html.unescape(text)) else {}
        pairs = (Markup(' {}="{}"').format(*each) for each in sorted(language.items()))
        return Markup("").join(pairs)

    return tell
