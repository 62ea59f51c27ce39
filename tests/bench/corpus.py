"""A help center of any size, made up: the same pages and translations for every generator.

An article has the blocks, the lengths and the share of markup of this site's own articles: 67
messages in about 5 KB. Its words are made of syllables, some frequent and most rare, as in any
language; a translation has a word of its own for each word, in the script of its language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from annai.pseudo import KEPT

LOCALES = ("en", "ja", "ar", "de", "zh", "fr", "ru", "ko", "es", "pt", "tr", "hi")
"""The source language, and those into which every message is translated; the same as tags."""

SECTION = 25
"""How many articles a section has."""

WORDS = 4000
COMMON = (
    "the to of a and your is it in you for on that with this or not are if can we from be by at an "
    "as do have will when what their they one all may only before after then no new each now how "
    "tell wrong where see try ready support escalate help center section"
)

SYLLABLES = {
    "en": ("bcdfghlmnprstv", "a e i o u ea er in on al"),
    "ja": ("か支払確認口座送金手続安全番号届出変更方法本人場合必要画面案内", " の を る"),
    "ar": ("بتجحدرسشصطعفقكلمنهي", " ا و ي"),
    "de": ("bcdfghklmnprstvz", "a e i ei u ä ö ü en er"),
    "zh": ("支付确认账户转金手续安全号码变更方法本人场合必要画面案内请您在这里时候可以", ""),
    "fr": ("bcdfghjlmnprstv", "a é è ou u oi eau on en"),
    "ru": ("бвгджзклмнпрстфчш", "а е и о у ы ю я"),
    "ko": ("가나다라마바사아자차카하고노도로모보소오조주지기니리시이", ""),
    "es": ("bcdfghlmnñprstv", "a e i o u ó ía ar ción"),
    "pt": ("bcdfghlmnprstvç", "a e i o u ã ei ão"),
    "tr": ("bcdfghklmnprstvy", "a e i o ö u ü lar ler"),
    "hi": ("कखगघचजटडतदनपबमरलवसह", " ा ि ी े ो"),
}
"""What a word is made of: the letters that a syllable begins with, and how it ends."""

SPACELESS = frozenset({"ja", "zh"})
WORD = re.compile(r"[a-z]+", re.IGNORECASE)
SPACE = re.compile(r"(?<=\w) (?=\w)")

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Heading:
    """A heading of the second level."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list; of steps, if it has numbers."""

    texts: tuple[str, ...]
    has_numbers: bool = False


@dataclass(frozen=True)
class Table:
    """A table; its first row is the header."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Notice:
    """An admonition."""

    title: str
    text: str


Block = Heading | Paragraph | Items | Table | Notice


@dataclass(frozen=True)
class Article:
    """One page, in the source language."""

    src_uri: str
    title: str
    description: str
    blocks: tuple[Block, ...]

    def markdown(self, translate: Translate, notice: Callable[[str, str], str]) -> str:
        """The page, each message through *translate*, its admonition as *notice* writes it."""
        parts = [f"# {translate(self.title)}"]
        for block in self.blocks:
            match block:
                case Heading(text):
                    parts.append(f"## {translate(text)}")
                case Paragraph(text):
                    parts.append(translate(text))
                case Items(texts, has_numbers):
                    signs = (f"{n}." if has_numbers else "-" for n in range(1, len(texts) + 1))
                    items = zip(signs, map(translate, texts), strict=True)
                    parts.append("\n".join(f"{sign} {text}" for sign, text in items))
                case Table(rows):
                    lines = [f"| {' | '.join(map(translate, row))} |" for row in rows]
                    lines.insert(1, "|---" * len(rows[0]) + "|")
                    parts.append("\n".join(lines))
                case Notice(title, text):
                    parts.append(notice(translate(title), translate(text)))
        head = f"---\ntitle: {translate(self.title)}\ndescription: {translate(self.description)}\n"
        return f"{head}---\n\n" + "\n\n".join(parts) + "\n"

    def messages(self) -> list[str]:
        """Its texts, each once, in the order of the page."""
        found: list[str] = []

        def note(text: str) -> str:
            found.append(text)
            return text

        self.markdown(note, lambda title, text: "")
        return list(dict.fromkeys(found))


def section_title(number: int) -> str:
    """The title of section *number*, as MkDocs makes it of the name of its folder."""
    return f"Section {number:03}"


def articles(pages: int) -> Iterator[Article]:
    """The first *pages* articles, the same in every run."""
    uris = [_uri(number) for number in range(pages)]
    for number, uri in enumerate(uris):
        yield _Writer(Random(number), uri, uris).article()


def _uri(number: int) -> str:
    return f"section-{number // SECTION + 1:03}/article-{number:05}.md"


def translator(locale: str) -> Translate:
    """Translates texts into *locale*, word by word; code, links and markup stay."""
    if locale == LOCALES[0]:
        return lambda text: text
    words = dict(zip(_vocabulary(LOCALES[0]), _vocabulary(locale), strict=True))

    def translated(match: re.Match[str]) -> str:
        word = words.get(match[0].lower(), match[0])
        return word.capitalize() if match[0][0].isupper() else word

    def translate(text: str) -> str:
        parts, position = [], 0
        for kept in KEPT.finditer(text):
            parts += [WORD.sub(translated, text[position : kept.start()]), kept[0]]
            position = kept.end()
        parts.append(WORD.sub(translated, text[position:]))
        whole = "".join(parts)
        return SPACE.sub("", whole) if locale in SPACELESS else whole

    return translate


@cache
def _vocabulary(locale: str) -> list[str]:
    """`WORDS` different words of *locale*, the most frequent first."""
    random = Random(locale)
    begin, end = SYLLABLES[locale]
    ends = end.split(" ")
    found = dict.fromkeys(COMMON.split() if locale == LOCALES[0] else ())
    while len(found) < WORDS:
        syllables = 1 + (len(found) > 30) + (len(found) > 1500) + random.randrange(2)
        found["".join(random.choice(begin) + random.choice(ends) for _ in range(syllables))] = None
    return list(found)


WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(WORDS)))
"""How frequent each word is, with those before it (Zipf's law)."""


class _Writer:
    """Writes one article."""

    def __init__(self, random: Random, uri: str, uris: list[str]) -> None:
        self._random, self._uri, self._uris = random, uri, uris

    def article(self) -> Article:
        """67 messages: the blocks of this site's articles, in the order they have there."""
        cells = tuple((self._text(3, 7), self._text(5, 12, 0.13)) for _ in range(6))
        blocks: tuple[Block, ...] = (
            *self._paragraphs(2),
            Notice(self._text(4, 6), self._sentences(2, 0.7)),
            Heading("What to do now"),
            self._items(7, has_numbers=True),
            *self._paragraphs(3),
            Heading("How to tell what is wrong"),
            *self._paragraphs(1),
            Table((("What you see", "What to try"), *cells)),
            *self._paragraphs(2),
            Heading(self._text(3, 6)),
            *self._paragraphs(2),
            self._items(7),
            Heading(self._text(3, 6)),
            *self._paragraphs(3),
            self._items(6),
            Heading("When and where to escalate"),
            *self._paragraphs(1),
            self._items(5, has_numbers=True),
            Heading("What to have ready for support"),
            self._items(4),
        )
        return Article(self._uri, self._text(4, 7), self._sentences(1, 0), blocks)

    def _paragraphs(self, count: int) -> list[Paragraph]:
        return [Paragraph(self._sentences(2, 0.37)) for _ in range(count)]

    def _items(self, count: int, *, has_numbers: bool = False) -> Items:
        texts = (self._sentences(1, 0.46) for _ in range(count))
        return Items(tuple(texts), has_numbers)

    def _sentences(self, count: int, marked: float) -> str:
        """*count* sentences; with the probability *marked*, one has a part with markup."""
        chances = [marked, *[0.0] * (count - 1)]
        return " ".join(self._text(7, 14, each) + "." for each in chances)

    def _text(self, least: int, most: int, marked: float = 0) -> str:
        words = self._words(self._random.randint(least, most))
        if self._random.random() < marked:
            place = self._random.randrange(1, len(words) - 1)
            words[place : place + 2] = [self._marked(" ".join(words[place : place + 2]))]
        text = " ".join(words)
        return text[0].upper() + text[1:]

    def _words(self, count: int) -> list[str]:
        return self._random.choices(_vocabulary(LOCALES[0]), cum_weights=WEIGHTS, k=count)

    def _marked(self, text: str) -> str:
        """*text* strong, emphasized, as a link to another article, or with code behind it."""
        kind = self._random.randrange(10)
        if kind < 4:
            folder, name = self._random.choice(self._uris).split("/")
            own = self._uri.startswith(folder + "/")
            return f"[{text}]({name if own else f'../{folder}/{name}'})"
        if kind == 4:
            return f"{text} `{'_'.join(self._words(2))}`"
        return f"*{text}*" if kind == 5 else f"**{text}**"
