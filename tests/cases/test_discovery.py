"""What search engines are told, and programs that show links: sitemaps, data, the picture."""

from __future__ import annotations

import datetime
import json
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO

import pytest
from PIL import Image

from annai.locales import Locale
from annai.picture import SIZE, picture, size
from annai.sitemap import Entry, sitemap_files
from annai.structured import article, breadcrumbs, data_block

ROOT = "https://help.example/a&b/"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def entries(count: int) -> Iterator[Entry]:
    for number in range(count):
        yield Entry({"en": f"{ROOT}{number}/", "ja": f"{ROOT}ja/{number}/"})


def locations(content: bytes) -> list[str]:
    return [str(each.text) for each in etree.fromstring(content).iter(LOC)]


def test_a_sitemap_names_each_address_with_its_day_and_all_languages() -> None:
    day = datetime.date(2026, 11, 22)
    files = sitemap_files([Entry({"en": f"{ROOT}?x=1&y", "ja": f"{ROOT}ja/"}, day)], ROOT)
    assert list(files) == ["sitemap.xml"]
    assert locations(files["sitemap.xml"]) == [f"{ROOT}?x=1&y", f"{ROOT}ja/"]
    assert files["sitemap.xml"].count(b"<lastmod>2026-11-22</lastmod>") == 2
    assert files["sitemap.xml"].count(b'hreflang="x-default" href="https://help.ex') == 2
    alone = sitemap_files([Entry({"en": ROOT})], ROOT)["sitemap.xml"]
    assert b"hreflang" not in alone
    assert sitemap_files([], ROOT) == {}


@pytest.mark.parametrize(("most", "largest"), [(7, 10**9), (10**9, 3000)])
def test_a_sitemap_that_is_too_long_is_an_index_of_several(most: int, largest: int) -> None:
    files = sitemap_files(entries(20), ROOT, most, largest)
    index, *parts = files.values()
    assert len(parts) > 2
    assert locations(index) == [ROOT + name for name in list(files)[1:]]
    assert all(len(part) <= largest for part in parts)
    assert all(len(locations(part)) <= most for part in parts)
    every = [address for part in parts for address in locations(part)]
    assert every == [url for each in entries(20) for url in each.addresses.values()]
    assert list(sitemap_files(entries(20), ROOT)) == ["sitemap.xml"]


HOSTILE = "</script><script>alert(1)</script><!-- <script> ]]> &amp; \u2028\u2029 \"'\\"


def test_no_title_can_end_the_element_that_data_stands_in() -> None:
    data = data_block(
        [article(HOSTILE, "en", None), breadcrumbs([(HOSTILE, "https://a.example/")])]
    )
    seen: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: seen.append(tag)  # type: ignore[method-assign]
    parser.handle_data = seen.append  # type: ignore[method-assign]
    parser.feed(f'<script type="application/ld+json">{data}</script>')
    assert seen == ["script", data]
    assert not set("<>&\u2028\u2029") & set(data)
    told, way = json.loads(data)["@graph"]
    assert told == {"@type": "Article", "headline": HOSTILE, "inLanguage": "en"}
    assert way["itemListElement"][0]["name"] == HOSTILE
    assert data_block([]) == ""


def icon(corner: tuple[int, int, int, int]) -> bytes:
    image = Image.new("RGBA", (64, 64), corner)
    image.paste((255, 0, 0, 255), (16, 16, 48, 48))
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    ("corner", "color", "ground"),
    [
        ((1, 2, 3, 255), "#ffffff", (1, 2, 3)),
        ((1, 2, 3, 0), "#0a0b0c", (10, 11, 12)),
        ((1, 2, 3, 0), "", (255, 255, 255)),
    ],
)
def test_the_picture_of_the_site_is_its_icon_on_a_ground_without_an_edge(
    corner: tuple[int, int, int, int], color: str, ground: tuple[int, int, int]
) -> None:
    made = picture(icon(corner), color)
    assert made == picture(icon(corner), color)
    with Image.open(BytesIO(made)) as opened:
        assert (opened.format, opened.size) == ("PNG", SIZE)
        places = [(0, 0), (1199, 629), (365, 80), (360, 300)]
        assert {opened.getpixel(place) for place in places} == {ground}
        assert opened.getpixel((600, 315)) == (255, 0, 0)


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_what_other_programs_cannot_read_does_not_stand_for_the_site(content: bytes) -> None:
    assert size(content) is None
    assert size(icon((0, 0, 0, 0))) == (64, 64)


def test_locales_are_named_with_their_territory() -> None:
    names = [Locale(name).with_territory for name in ("en", "ar", "zh_Hant", "pt_PT", "tok")]
    assert names == ["en_US", "ar_EG", "zh_TW", "pt_PT", "tok"]
