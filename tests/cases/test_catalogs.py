"""Reading catalogs, and what is said of one that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from annai.catalogs import Catalog, catalog_path, find_locales
from annai.errors import ContentError
from annai.locales import Locale, closest, parse_locale

JA = Locale("ja")
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def read(tmp_path: Path, text: str | bytes) -> Catalog:
    path = tmp_path / "messages.po"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Catalog.read(path, JA, "messages.po")


def test_only_reviewed_translations_are_shown(tmp_path: Path) -> None:
    catalog = read(
        tmp_path,
        HEADER
        + 'msgid "done"\nmsgstr "済"\n\n'
        + '#, fuzzy\nmsgid "fuzzy"\nmsgstr "曖昧"\n\n'
        + 'msgid "empty"\nmsgstr ""\n\n'
        + 'msgctxt "menu"\nmsgid "with context"\nmsgstr "文脈"\n\n'
        + '#~ msgid "obsolete"\n#~ msgstr "廃止"\n',
    )
    assert catalog.translations == {(None, "done"): "済", ("menu", "with context"): "文脈"}


def test_windows_line_ends_and_a_byte_order_mark_are_no_problem(tmp_path: Path) -> None:
    text = (HEADER + 'msgid "done"\nmsgstr "済"\n').replace("\n", "\r\n")
    assert read(tmp_path, b"\xef\xbb\xbf" + text.encode()).translate("done") == "済"


def test_lines_that_gettext_accepts_are_accepted(tmp_path: Path) -> None:
    text = HEADER + '  msgid "Wel"\n  "come"\n\tmsgstr "ようこそ"\n'
    assert read(tmp_path, text).translate("Welcome") == "ようこそ"


def test_a_translation_of_white_space_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER + 'msgid "Welcome"\nmsgstr " "\n').translate("Welcome") is None


def test_what_msgmerge_writes_can_be_read(tmp_path: Path) -> None:
    entry = '#, fuzzy\n#| msgid "was"\nmsgid "is"\nmsgstr "だった"\n\n'
    gone = '#, fuzzy\n#~| msgid "was \\"so\\""\n#~ msgid "gone"\n#~ msgstr "なし"\n'
    assert read(tmp_path, HEADER + entry + gone).translations == {}


def test_templates_get_plural_forms(tmp_path: Path) -> None:
    header = HEADER.rstrip("\n") + '\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    text = header + 'msgid "%d page"\nmsgid_plural "%d pages"\nmsgstr[0] "%dページ"\n'
    assert read(tmp_path, text).gettext().ngettext("%d page", "%d pages", 3) == "%dページ"


BROKEN = {
    "no closing quote": (HEADER + 'msgid "a"\nmsgstr "b\n', 6, "this is not PO syntax"),
    "a word that means nothing": (HEADER + 'msgid "a"\nmsgstring "b"\n', 6, "not PO syntax"),
    "two strings on a line": (HEADER + 'msgid "a" "b"\nmsgstr "c"\n', 5, "not PO syntax"),
    "text without a keyword": (HEADER + 'msgid "a"\nmsgstr "b"\nc\n', 7, "not PO syntax"),
    "a control character": (HEADER + 'msgid "a"\nmsgstr "b\x02c"\n', 6, "U+0002"),
    "Latin-1": ((HEADER + 'msgid "a"\nmsgstr "é"\n').encode("latin-1"), 6, "not UTF-8"),
    "a plural rule that is no rule": (
        '# A comment.\nmsgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n!=1;\\n"\n',
        2,
        "the header cannot be read",
    ),
    "another placeholder than the text's": (
        HEADER + '#, python-format\nmsgid "in %(language)s"\nmsgstr "100 % %(lang)s"\n',
        6,
        "the placeholders of this translation are not those of the text",
    ),
    "a date that is no date": (
        '# A comment.\nmsgid ""\nmsgstr ""\n"POT-Creation-Date: yesterday\\n"\n',
        2,
        "the header cannot be read",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_catalog_that_cannot_be_read_says_where_and_what_to_do(name: str, tmp_path: Path) -> None:
    text, line, problem = BROKEN[name]
    with pytest.raises(ContentError) as caught:
        read(tmp_path, text)
    assert caught.value.line == line
    assert problem in caught.value.problem
    assert str(caught.value).startswith(f"messages.po:{line}: ")
    assert caught.value.fix


def test_a_missing_catalog_says_how_to_start_it(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="make locale LOCALE=ja"):
        Catalog.read(catalog_path(tmp_path, JA), JA)


def test_locales_are_the_folders_that_name_one(tmp_path: Path) -> None:
    for name in ("zh_Hans", "ar", ".cache"):
        (tmp_path / name).mkdir()
    (tmp_path / "messages.pot").touch()
    assert [each.tag for each in find_locales(tmp_path, tmp_path)] == ["ar", "zh-Hans"]
    assert find_locales(tmp_path / "nowhere", tmp_path) == []


def test_catalogs_may_be_outside_the_folder_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "ja").mkdir(parents=True)
    assert find_locales(tmp_path / "elsewhere", tmp_path / "site") == [JA]


@pytest.mark.parametrize(
    ("folder", "hint"),
    [
        ("jp", 'did you mean "ja"'),
        ("klingon", "use a locale of the Unicode CLDR"),
        ("zh-Hans", "rename the folder to zh_Hans"),
        ("JA", 'did you mean "ja"'),
    ],
)
def test_a_folder_that_names_no_locale_is_an_error(folder: str, hint: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    with pytest.raises(ContentError) as caught:
        find_locales(tmp_path, tmp_path)
    assert hint in caught.value.fix
    assert str(caught.value).startswith(f"{folder}:1: ")


def test_a_locale_knows_itself() -> None:
    chinese = parse_locale("zh-Hans", "here")
    assert (chinese.folder, chinese.tag) == ("zh_Hans", "zh-Hans")
    assert (chinese.direction, Locale("ar").direction) == ("ltr", "rtl")
    assert [Locale(each).name for each in ("ja", "ar", "fr")] == ["日本語", "العربية", "Français"]
    assert Locale("en").name_in(Locale("ar")) == "الإنجليزية"


@pytest.mark.parametrize(
    ("locale", "theme_language"),
    [("zh_Hans", "zh"), ("zh_TW", "zh-TW"), ("zh_Hant", "zh-Hant"), ("pt_PT", "pt"), ("ko", None)],
)
def test_the_theme_speaks_the_closest_language_it_has(
    locale: str, theme_language: str | None
) -> None:
    spoken = ["en", "pt", "pt-BR", "zh", "zh-Hant", "zh-TW"]
    assert closest(Locale(locale), spoken) == theme_language
