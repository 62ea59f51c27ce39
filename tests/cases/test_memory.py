"""What is kept between runs: it saves work, and is never old."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown import Markdown

from annai import catalogs, guard
from annai.catalogs import catalog_path, read_catalog
from annai.guard import Guard, Refusal
from annai.locales import Locale
from annai.memory import FOLDER, keep, recall
from annai.site import read_site
from annai.summary import answers

JA = Locale("ja")
CASES = [
    ("Welcome", "ようこそ"),
    ("The [guide](guide.md)", "[ガイド](guide.md)"),
    ("The [guide](guide.md)", "[ガイド](https://evil.example/)"),
]


def said(of: Guard, folder: Path) -> list[Refusal | None]:
    """What a guard says about the cases, and about the same in another process."""
    with of.remembering(JA, folder):
        return [of.compare(*case, JA) for case in CASES]


def never(*_: object) -> Markdown:
    raise AssertionError("texts are compared again")


def test_texts_are_compared_once(tmp_path: Path) -> None:
    first = said(Guard(Markdown), tmp_path)
    assert [each.rule if each else "" for each in first] == ["", "", "links"]
    assert said(Guard(never), tmp_path) == first


def test_they_are_compared_again_when_the_rules_are_others(tmp_path: Path) -> None:
    said(Guard(Markdown), tmp_path)
    links = frozenset({("guide.md", "https://evil.example/")})
    assert said(Guard(Markdown, links=links), tmp_path) == [None] * 3
    for other in (Guard(never, "other extensions"), Guard(never, links=frozenset({("a", "b")}))):
        with pytest.raises(AssertionError, match="again"):
            said(other, tmp_path)


def test_what_is_no_longer_asked_is_forgotten(tmp_path: Path) -> None:
    said(Guard(Markdown), tmp_path)
    one = Guard(never)
    with one.remembering(JA, tmp_path):
        one.compare(*CASES[2], JA)
    (kept,) = tmp_path.glob("ja.*")
    assert len(json.loads(kept.read_text("utf-8"))["value"]) == 1


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '"x"', '{"version": "v"', "\0"])
def test_a_damaged_file_is_as_good_as_none(content: str, tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    assert recall(path, "v") is None
    path.write_text(content, "utf-8")
    assert recall(path, "v") is None
    keep(path, "v", {"lone": "\ud800"})
    assert recall(path, "v") == {"lone": "\ud800"}
    assert recall(path, "w") is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    keep(tmp_path / "file" / "kept.json", "v", 1)
    assert recall(tmp_path / "file" / "kept.json", "v") is None


@pytest.fixture
def anew() -> Callable[[], None]:
    """Forgets what this process knows, as a new one would."""

    def forget() -> None:
        catalogs._held.clear()
        guard._kept.cache_clear()

    return forget


def test_a_catalog_is_read_from_what_is_kept_until_it_changes(
    anew: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: S\n", "utf-8")
    path = catalog_path(tmp_path / "locales", JA)
    path.parent.mkdir(parents=True)
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ja\\n"\n'
    )
    header += '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    text = header + '#. say\nmsgid "One"\nmsgid_plural "%d"\nmsgstr[0] "%d件"\n'
    text += '\nmsgid "Wait"\nmsgstr "https://evil.example/"\n'
    path.write_text(text, "utf-8")
    site = read_site(tmp_path / "mkdocs.yml")
    first = read_catalog(site, JA)
    anew()
    with monkeypatch.context() as patched:
        patched.setattr(catalogs, "parse_po", never)
        patched.setattr(Guard, "compare", never)
        again = read_catalog(site, JA)
        refused = [str(each) for each in again.refused.values()]
    assert refused == [str(each) for each in first.refused.values()] != []
    assert [vars(each) for each in again.file] == [vars(each) for each in first.file]
    assert vars(again.file) == vars(first.file)
    assert again.gettext().ngettext("One", "%d", 3) == "%d件"

    anew()
    path.write_text(text.replace("%d件", "%d個"), "utf-8")
    assert read_catalog(site, JA).gettext().ngettext("One", "%d", 3) == "%d個"
    assert {each.suffix for each in (tmp_path / FOLDER).iterdir()} == {".json", ""}


def test_a_catalog_is_not_read_again_for_texts_that_were_asked_for_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: S\n", "utf-8")
    path = catalog_path(tmp_path / "locales", JA)
    path.parent.mkdir(parents=True)
    text = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    text += '"Language: ja\\n"\n\nmsgid "One"\nmsgstr "一"\n\nmsgid "Two"\nmsgstr ""\n'
    path.write_text(text, "utf-8")
    site = read_site(tmp_path / "mkdocs.yml")
    made = guard.site_guard(site)
    found = {"One": "一", "Two": None}
    assert answers(site, JA, made, ["Two", "One"]) == found
    with monkeypatch.context() as patched:
        patched.setattr("annai.summary.read_catalog", never)
        assert answers(site, JA, made, ["One", "Two"]) == found
        with pytest.raises(AssertionError, match="again"):
            answers(site, JA, made, ["Three"])
    path.write_text(text.replace("一", "ひとつ"), "utf-8")
    assert answers(site, JA, made, ["One"]) == {"One": "ひとつ"}


def test_a_markdown_extension_of_the_site_is_a_part_of_its_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: S\nmarkdown_extensions: [ours]\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    versions = set()
    for text in ("A = 1\n", "A = 2\n"):
        (tmp_path / "ours.py").write_text(text, "utf-8")
        versions.add(guard.site_guard(read_site(tmp_path / "mkdocs.yml")).version)
    assert len(versions) == 2
