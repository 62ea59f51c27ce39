"""What of a page can be found, and the files that the worker reads."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lunr.builder import Builder
from lunr.idf import idf
from markdown import Markdown

from annai.extension import AnnaiExtension
from annai.index import SHARD, SearchPage, Weigher, build_index, digest
from annai.locales import Locale
from annai.sections import Section, SectionsExtension
from annai.tokens import tokens
from annai.variants import han_variants
from cases.test_extraction import EXTENSIONS

PROBLEMS = sorted(Path(__file__).parents[2].glob("docs/problems/*.md"))

PAGE = """\
Before.

# The *title* & more

Top[^1] of `the` page.<br>Next &copy; <kbd>K</kbd>

!!! note "Mind"
    Inside.

## Untranslated

Also untranslated.

## Code { #code }

```python
x = 1 < 2
```

| a | b |
|---|---|
| ![Alt](x.png) | d |

[^1]: A footnote.
"""


def sections(source: str, *, is_translated: bool = True) -> list[Section]:
    """The sections of the page *source*, in Japanese if something is translated."""
    words = {} if is_translated else {"Before.": "前。", "Code": "コード"}
    extension = SectionsExtension("en" if is_translated else "ja")
    md = Markdown(extensions=[*EXTENSIONS], extension_configs={"toc": {"permalink": True}})
    if words:
        speak = AnnaiExtension(lambda text, context=None: words.get(text), Locale("ja"))
        md.registerExtensions([speak], {})
    md.registerExtensions([extension], {})
    md.convert(source)
    return extension.processor.sections


def test_a_page_is_read_by_sections() -> None:
    top, second, code = sections(PAGE)
    assert (top.anchor, top.heading) == ("", "The title & more")
    assert top.text == "Before. Top of the page. Next © K Mind Inside. A footnote."
    assert (second.anchor, second.heading, second.text) == (
        "untranslated",
        "Untranslated",
        "Also untranslated.",
    )
    assert (code.anchor, code.heading, code.text, code.code) == (
        "code",
        "Code",
        "a b Alt d",
        "x = 1 < 2",
    )


def test_a_page_without_text_has_a_top() -> None:
    assert [(each.anchor, each.text) for each in sections("")] == [("", "")]


def test_what_writers_hide_is_not_found() -> None:
    source = (
        "# A\n\nSeen.\n\nHidden.\n{ data-search-exclude }\n\n"
        "## B { data-search-exclude }\n\nHidden, too.\n\n## C\n\nSeen again."
    )
    found = [(each.heading, each.text) for each in sections(source)]
    assert found == [("A", "Seen."), ("C", "Seen again.")]


def test_raw_html_does_not_cut_words() -> None:
    source = '# A\n\nH<sub>2</sub>O\n\n<div>bo<b title="a > b">ld</b><br>出<wbr>金</div>'
    assert sections(source)[0].text == "H2O bold 出金"


def test_what_is_not_translated_is_not_found() -> None:
    top, second, code = sections(PAGE, is_translated=False)
    assert top.text == "前。"
    assert (second.heading, second.is_translated, second.text) == ("Untranslated", False, "")
    assert (code.heading, code.is_translated) == ("コード", True)


def page(url: str, *texts: tuple[str, str]) -> SearchPage:
    """A page whose sections have these headings and texts."""
    found = [
        Section(heading and f"a{n}", heading, True, [text])
        for n, (heading, text) in enumerate(texts)
    ]
    return SearchPage(url, texts[0][0], found, "hidden")


def postings(files: dict[str, bytes]) -> dict[str, list[tuple[int, int]]]:
    """What the worker reads in the shards: sections and weights of each term."""
    meta = json.loads(files["meta.json"])
    terms, ends = meta["terms"].split("\n"), [*meta["shards"][1:], len(meta["counts"])]
    found = {}
    for number, (start, end) in enumerate(zip(meta["shards"], ends, strict=True)):
        values, value, shift = [], 0, 0
        for byte in files[f"p{number}.bin"]:
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                values.append(value)
                value = shift = 0
        for term in range(start, end):
            section, listed = -1, []
            for _ in range(meta["counts"][term]):
                each = values.pop(0)
                section += (each >> 4) + 1
                listed.append((section, each & 15))
            found[terms[term]] = listed
        assert not values
    return found


PAGES = [
    page("one/", ("Fees", "A fee of the exchange."), ("Late", "Wait. Wait for the exchange.")),
    page("two/", ("Exchange", "Other words.")),
]


def test_the_files_say_where_each_word_is_and_how_much_it_counts() -> None:
    files = build_index(PAGES, "en", {}, [["fee", "cost"]])
    found = postings(files)
    assert [section for section, _ in found["exchange"]] == [0, 1, 2]
    weights = dict(found["exchange"])
    assert weights[2] > weights[0], "a title counts more than a text"
    assert dict(found["wait"])[1] > dict(found["for"])[1], "a word that occurs twice counts more"
    assert [section for section, _ in found["hidden"]] == [0, 2]
    assert b"hidden" not in files["t0.json"]
    assert json.loads(files["t0.json"])[1] == ["a1", "Late", "Wait. Wait for the exchange.", ""]
    meta = json.loads(files["meta.json"])
    assert meta["pages"] == [["one/", "Fees", 2], ["two/", "Exchange", 1]]
    named = build_index([replace(PAGES[0], title="Costs")], "en", {}, [])
    assert [section for section, _ in postings(named)["costs"]] == [0], "by another title, too"
    assert json.loads(named["meta.json"])["pages"][0][1] == "Fees"
    assert meta["synonyms"] == [["fee", "cost"]]
    assert all(0 < weight < 16 for listed in found.values() for _, weight in listed)


def test_words_weigh_what_lunr_says() -> None:
    found = [each for path in PROBLEMS for each in sections(path.read_text("utf-8"))]
    lunr, own = Builder(), Weigher()
    for builder in (lunr, own):
        builder.field("heading", 6)
        builder.field("text")
        for number, each in enumerate(found):
            fields = {"heading": tokens(each.heading), "text": tokens(each.text)}
            builder.add({"id": number, **fields})
    vectors, expected = lunr.build().field_vectors, Counter[tuple[str, int]]()
    terms = {posting["_index"]: term for term, posting in lunr.inverted_index.items()}
    for reference, vector in vectors.items():
        for index, weight in zip(vector.elements[::2], vector.elements[1::2], strict=True):
            expected[terms[index], int(reference.partition("/")[2])] += weight
    weights = Counter[tuple[str, int]]()
    for number, scores in enumerate(own.scores()):
        for term, score in scores.items():
            weights[term, number] = score * idf(lunr.inverted_index[term], len(found))
    assert len(weights) > 1000
    assert weights == pytest.approx(expected, abs=0.0011), "but for two roundings to 0.001"


def test_a_large_index_has_many_shards() -> None:
    words = [f"w{n:05}" for n in range(30_000)]
    pages = [page(f"{n}/", ("T", " ".join(words[n * 1000 : n * 1000 + 1500]))) for n in range(30)]
    files = build_index(pages, "en", {}, [])
    found = postings(files)
    assert [section for section, _ in found["w01200"]] == [0, 1]
    shards = [content for name, content in files.items() if name.startswith("p")]
    assert len(shards) > 1
    assert max(map(len, shards)) < SHARD + 100


def test_the_same_pages_make_the_same_files_and_others_another_name() -> None:
    files = build_index(PAGES, "en", {}, [])
    assert build_index(PAGES, "en", {}, []) == files
    assert digest(files) == digest(dict(reversed(files.items())))
    assert digest(build_index(PAGES[:1], "en", {}, [])) != digest(files)


def test_a_site_without_pages_has_an_index() -> None:
    assert postings(build_index([], "en", {}, [])) == {}


@pytest.mark.parametrize(("typed", "meant"), [("錢包", "钱包"), ("實名", "实名"), ("钱", "钱")])
def test_traditional_characters_stand_for_simplified_ones(typed: str, meant: str) -> None:
    variants = han_variants("zh-Hans")
    assert tokens(typed, variants) == tokens(meant, variants)
    assert han_variants("ja") == {}
