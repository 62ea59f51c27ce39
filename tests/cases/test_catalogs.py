"""Reading catalogs, and what is said of one that cannot be read."""

from __future__ import annotations

import io
import shutil
from gettext import GNUTranslations
from pathlib import Path

import pytest
from markdown import Markdown

from annai.catalogs import WholeCatalog, catalog_path, find_locales
from annai.cli import main
from annai.errors import ContentError
from annai.guard import Guard
from annai.locales import Locale, closest, parse_locale

JA = Locale("ja")
GUARD = Guard(Markdown)
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def read(tmp_path: Path, text: str | bytes) -> WholeCatalog:
    path = tmp_path / "messages.po"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return WholeCatalog.read(path, JA, GUARD, "messages.po")


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
    assert catalog.translate("done") == "済"
    assert catalog.translate("with context", "menu") == "文脈"
    for msgid in ("fuzzy", "empty", "with context", "obsolete", ""):
        assert catalog.translate(msgid) is None


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
    catalog = read(tmp_path, HEADER + entry + gone)
    assert [catalog.translate(msgid) for msgid in ("is", "was", "gone")] == [None, None, None]


def test_flags_may_be_separated_by_spaces(tmp_path: Path) -> None:
    entry = '#, markdown-text fuzzy, range: 0..9\nmsgid "Wait"\nmsgstr "待つ"\n'
    catalog = read(tmp_path, HEADER + entry)
    assert catalog.translate("Wait") is None
    assert catalog.file[0].flags == ["markdown-text", "fuzzy", "range: 0..9"]


@pytest.mark.parametrize("end", ["#.", "#:", "#,", "#|", "#~", "#", "# The end."])
def test_the_last_entry_is_read_whatever_stands_behind_it(end: str, tmp_path: Path) -> None:
    catalog = read(tmp_path, f'{HEADER}msgid "Wait"\nmsgstr "待つ"\n{end}\n')
    assert catalog.translate("Wait") == "待つ"


def test_outdated_translations_are_those_of_a_text_that_changed_a_little(tmp_path: Path) -> None:
    def fuzzy(before: str, text: str) -> str:
        return f'#, fuzzy\n#| msgid "{before}"\nmsgid "{text}"\nmsgstr "訳"\n\n'

    catalog = read(
        tmp_path,
        HEADER
        + fuzzy("Wait for one hour.", "Wait for two hours.")
        + fuzzy("You may send your code.", "Never send it to anyone.")
        + fuzzy("Look again today.", "Look again today!")
        + 'msgid "Look again today."\nmsgstr "見る"\n',
    )
    assert catalog.outdated == {(None, "Wait for two hours."): "訳"}


RULES = {
    "one": ("nplurals=1; plural=0;", 1),
    "two": ("nplurals=2; plural=(n > 1);", 2),
    "three": ("nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2;", 3),
}


@pytest.mark.parametrize(("rule", "count"), RULES.values(), ids=RULES.keys())
def test_templates_get_what_gettext_says(rule: str, count: int, tmp_path: Path) -> None:
    forms = "".join(f'msgstr[{n}] "%d {n}ページ"\n' for n in range(count))
    plural = f'msgid "%d page"\nmsgid_plural "%d pages"\n{forms}\n'
    text = (
        HEADER.rstrip("\n")
        + f'\n"Plural-Forms: {rule}\\n"\n\n{plural}msgctxt "menu"\n{plural}'
        + 'msgid "Stop"\nmsgstr "停止"\n\nmsgctxt "menu"\nmsgid "Go"\nmsgstr "進む"\n'
    )
    catalog = read(tmp_path, text)
    own, other = catalog.gettext(), GNUTranslations(io.BytesIO(catalog.file.to_binary()))
    assert own.ngettext("%d page", "%d pages", 3).endswith("ページ")
    for msgid in ("Stop", "Go", "%d page", "None"):
        assert own.gettext(msgid) == other.gettext(msgid)
        assert own.pgettext("menu", msgid) == other.pgettext("menu", msgid)
        for n in (0, 1, 2, 5, 11, 21):
            assert own.ngettext(msgid, "s", n) == other.ngettext(msgid, "s", n)
            assert own.npgettext("menu", msgid, "s", n) == other.npgettext("menu", msgid, "s", n)


CASES = Path(__file__).parent / "catalogs"


@pytest.mark.parametrize("case", sorted(CASES.glob("*.po")), ids=lambda case: case.stem)
def test_check_says_of_a_catalog_what_is_wrong_and_what_to_do(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: '1'\n")  # no letters, so no messages
    target = catalog_path(tmp_path / "locales", JA)
    target.parent.mkdir(parents=True)
    shutil.copy(case, target)
    monkeypatch.chdir(tmp_path)
    expected = case.with_suffix(".txt").read_text("utf-8")
    assert main(["check"]) == (1 if expected else 0)
    assert capsys.readouterr().err == expected
    try:
        WholeCatalog.read(target, JA, GUARD)
    except ContentError as error:
        assert str(error).partition(":")[2] in expected.replace(
            "locales/ja/LC_MESSAGES/messages.po", str(target)
        )


def test_at_least_25_kinds_of_broken_catalogs_are_tried() -> None:
    assert sum(1 for case in CASES.glob("*.txt") if case.read_text("utf-8")) >= 25


def test_a_missing_catalog_says_how_to_start_it(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="make locale LOCALE=ja"):
        WholeCatalog.read(catalog_path(tmp_path, JA), JA, GUARD)


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
