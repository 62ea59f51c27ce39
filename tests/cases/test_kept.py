"""What is kept of catalogs: it saves work, and is never old."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import polib
import pytest
from markdown import Markdown

from annai import guard, kept
from annai.catalogs import State, WholeCatalog, catalog_path
from annai.errors import ContentError
from annai.guard import Guard
from annai.kept import KeptCatalog, read_catalog
from annai.locales import Locale
from annai.memory import FOLDER
from annai.objects import write_objects
from annai.site import Site, read_site
from annai.summary import answers, summary

JA = Locale("ja")
HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ja\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
EVIL = '#: docs/a.md:7\nmsgid "Wait"\nmsgstr "https://evil.example/"\n'
TEXT = f"""{HEADER}
#. say
#: docs/a.md:1
msgid "One"
msgid_plural "%d"
msgstr[0] "%d件"

{EVIL}
#: docs/a.md:9
msgid "Two"
msgstr "二"
"""


def never(*_: object, **__: object) -> Any:
    raise AssertionError("this is done again")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site with a catalog, in a process that has read none."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: S\n", "utf-8")
    catalog_path(tmp_path / "locales", JA).parent.mkdir(parents=True)
    forget()
    yield read_site(tmp_path / "mkdocs.yml")
    forget()


def forget() -> None:
    """Forget what this process knows, as a new one would."""
    kept._held.clear()
    guard._kept.cache_clear()


def write(site: Site, text: str) -> None:
    """Make *text* the catalog, for a new process."""
    catalog_path(site.locales, JA).write_text(text, "utf-8")
    forget()


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The translations that are compared with their texts."""
    found: list[str] = []
    compare: Callable[..., Any] = Guard.compare

    def noted(self: Guard, source: str, translation: str, *said: Any, **how: Any) -> Any:
        found.append(translation)
        return compare(self, source, translation, *said, **how)

    monkeypatch.setattr(Guard, "compare", noted)
    yield found


def whole(site: Site) -> WholeCatalog:
    """The catalog, of which nothing is kept."""
    path = catalog_path(site.locales, JA)
    return WholeCatalog.read(path, JA, guard.site_guard(site), site.shown(path))


def told(catalog: KeptCatalog | WholeCatalog) -> list[object]:
    """What the catalog holds, and what is said of it."""
    return [[vars(each) for each in catalog], [str(each) for each in catalog.refused]]


def test_a_catalog_is_read_once_until_it_changes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site, TEXT)
    first = told(read_catalog(site, JA))
    forget()
    with monkeypatch.context() as patched:
        patched.setattr(kept, "parse_catalog", never)
        patched.setattr(Guard, "compare", never)
        again = read_catalog(site, JA)
        assert told(again) == first
    assert first == told(whole(site))
    assert "evil" in str(first[1])
    assert again.gettext().ngettext("One", "%d", 3) == "%d件"
    assert summary(site, JA, again.guard).count.as_data()["percent"] == 66
    write(site, TEXT.replace("%d件", "%d個"))
    assert read_catalog(site, JA).gettext().ngettext("One", "%d", 3) == "%d個"


def test_only_what_has_changed_is_read_and_compared(
    site: Site, compared: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site, TEXT)
    read_catalog(site, JA)
    assert compared.count("二") == 1
    compared.clear()
    read: list[int] = []
    parse = kept.parse_catalog

    def noted(*said: Any, **how: Any) -> polib.POFile:
        file = parse(*said, **how)
        read.append(len(file))
        return file

    monkeypatch.setattr(kept, "parse_catalog", noted)
    write(site, TEXT.replace("二", "弐"))
    catalog = read_catalog(site, JA)
    assert (read, compared) == ([0, 1], ["弐"])
    assert told(catalog) == told(whole(site))


def test_texts_that_stand_elsewhere_are_not_compared_again(site: Site, compared: list[str]) -> None:
    write(site, TEXT)
    read_catalog(site, JA)
    compared.clear()
    write(site, TEXT.replace("docs/a.md:", "docs/a.md:1"))
    catalog = read_catalog(site, JA)
    assert compared == []
    assert told(catalog) == told(whole(site))


def test_they_are_compared_again_when_the_rules_are_others(site: Site, compared: list[str]) -> None:
    write(site, TEXT)
    assert read_catalog(site, JA).state((None, "Wait")) is State.REFUSED
    compared.clear()
    other = Guard(Markdown, "other extensions", links=frozenset({("", "https://evil.example/")}))
    read_catalog(site, JA, other)
    assert set(compared) == {"%d件", "https://evil.example/", "二"}
    forget()
    compared.clear()
    read_catalog(site, JA, other)
    assert compared == []


def test_a_translation_that_is_reviewed_is_shown_then(site: Site) -> None:
    fuzzy = TEXT.replace('msgid "Two"', '#, fuzzy\nmsgid "Two"')
    for text, found in ((fuzzy, None), (TEXT, "二"), (fuzzy, None)):
        write(site, text)
        assert read_catalog(site, JA).translate("Two") == found


def test_of_a_text_that_stands_twice_the_best_translation_is_shown(site: Site) -> None:
    texts = "", "https://evil.example/", "度"
    entries = [f'\nmsgid "Twice"\nmsgstr "{text}"\n' for text in texts]
    for order in permutations(entries):
        write(site, TEXT + "".join(order))
        assert read_catalog(site, JA).translate("Twice") == "度"
        assert told(read_catalog(site, JA)) == told(whole(site))


def test_what_is_wrong_with_a_translation_without_all_forms_is_told_too(site: Site) -> None:
    header = HEADER.replace("nplurals=1; plural=0;", "nplurals=2; plural=n != 1;")
    evil = 'msgstr[0] "[件](https://evil.example/)"\nmsgstr[1] ""\n'
    write(site, f'{header}\nmsgid "One"\nmsgid_plural "%d"\n{evil}')
    for catalog in (read_catalog(site, JA), whole(site)):
        assert catalog.state((None, "One")) is State.MISSING
        assert [str(each).count("evil.example") for each in catalog.refused] == [1]


def test_what_is_no_catalog_is_not_taken_for_one(site: Site) -> None:
    write(site, TEXT)
    read_catalog(site, JA)
    (path,) = (site.path.parent / FOLDER).glob("ja.catalog")
    for value in (7, ("one", "two", "three"), []):
        write_objects(path, value)
        forget()
        assert told(read_catalog(site, JA)) == told(whole(site))


def test_other_plural_forms_change_what_is_translated(site: Site) -> None:
    write(site, TEXT)
    assert read_catalog(site, JA).state((None, "One")) is State.TRANSLATED
    write(site, TEXT.replace("nplurals=1; plural=0;", "nplurals=2; plural=n != 1;"))
    assert read_catalog(site, JA).state((None, "One")) is State.MISSING
    write(site, TEXT.replace("件", '件"\nmsgstr[1] "'))
    with pytest.raises(ContentError, match=r"messages\.po:9: .*msgstr\[1\]"):
        read_catalog(site, JA)


def test_a_catalog_that_cannot_be_read_says_where(site: Site) -> None:
    write(site, TEXT)
    read_catalog(site, JA)
    write(site, TEXT.replace('msgid "Two"', 'msgid Two"'))
    with pytest.raises(ContentError, match=r"messages\.po:18: "):
        read_catalog(site, JA)


def test_entries_that_no_blank_lines_part_are_read(site: Site) -> None:
    for text in (TEXT, TEXT.replace("\n\n", "\n"), TEXT.replace("\n\n", "\n").replace("二", "弐")):
        write(site, text)
        assert told(read_catalog(site, JA)) == told(whole(site))


def test_little_that_has_changed_is_not_written(site: Site) -> None:
    more = "".join(f'\nmsgid "Text {number}"\nmsgstr "文 {number}"\n' for number in range(1, 300))
    write(site, TEXT + more)
    read_catalog(site, JA)
    (path,) = (site.path.parent / FOLDER).glob("ja.catalog")
    before = path.read_bytes()
    write(site, TEXT.replace("二", "弐") + more)
    assert read_catalog(site, JA).translate("Two") == "弐"
    assert path.read_bytes() == before
    write(site, TEXT + more.replace("文", "字"))
    assert read_catalog(site, JA).translate("Text 7") == "字 7"
    assert path.read_bytes() != before


def test_a_catalog_is_not_read_again_for_texts_that_were_asked_for_before(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site, HEADER + '\nmsgid "One"\nmsgstr "一"\n\nmsgid "Two"\nmsgstr ""\n')
    made = guard.site_guard(site)
    found = {"One": "一", "Two": None}
    assert answers(site, JA, made, ["Two", "One"]) == found
    with monkeypatch.context() as patched:
        patched.setattr("annai.summary.read_catalog", never)
        assert answers(site, JA, made, ["One", "Two"]) == found
        with pytest.raises(AssertionError, match="again"):
            answers(site, JA, made, ["Three"])
    write(site, HEADER + '\nmsgid "One"\nmsgstr "ひとつ"\n')
    assert answers(site, JA, made, ["One"]) == {"One": "ひとつ"}


def test_a_markdown_extension_of_the_site_is_a_part_of_its_rules(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.path.write_text("site_name: S\nmarkdown_extensions: [ours]\n", "utf-8")
    monkeypatch.syspath_prepend(site.path.parent)
    versions = set()
    for text in ("A = 1\n", "A = 2\n"):
        (site.path.parent / "ours.py").write_text(text, "utf-8")
        versions.add(guard.site_guard(read_site(site.path)).version)
    assert len(versions) == 2
