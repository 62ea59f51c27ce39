"""What programs read of a site, feeds and twins in Markdown, and the dates that they tell."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as etree
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from builds.building import ROOT, SITES, build, content

ATOM = "{http://www.w3.org/2005/Atom}"
HOME = "https://help.example/guide/en/"
LATE = "%E5%87%BA%E9%87%91/%E9%81%85%E3%81%84"
NEW = "%E6%96%B0%E3%81%97%E3%81%84"


def git(folder: Path, *command: str, day: str = "2026-11-10") -> None:
    """Run git in *folder*, as if on *day*, and as nobody in particular."""
    names = {
        f"GIT_{who}_{what}": "nobody"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    dates = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(
        ["git", "-C", str(folder), *command],
        env={**os.environ, **names, **dates, **alone},
        check=True,
    )


def copied(folder: Path, without: str = "") -> Path:
    """A copy of the small site in *folder*; the line that begins with *without* is left out."""
    source = folder / "source"
    shutil.copytree(SITES / "read-by-programs", source)
    config = (source / "mkdocs.yml").read_text("utf-8").replace("../../../..", ROOT.as_posix())
    lines = config.splitlines(keepends=True)
    kept = [line for line in lines if not without or not line.startswith(without)]
    (source / "mkdocs.yml").write_text("".join(kept), "utf-8")
    return source


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site, built where git knows that its files were last changed on November 10."""
    folder = tmp_path_factory.mktemp("programs")
    source = copied(folder)
    git(source, "init", "--quiet")
    git(source, "add", ".")
    git(source, "commit", "--quiet", "--message", "Begin")
    return build(source, folder / "site")


def test_each_page_has_a_twin_in_markdown_in_the_words_of_its_language(site: Path) -> None:
    assert (
        (site / "en/出金/遅い/index.md").read_text("utf-8")
        == f"""---
title: My withdrawal is late
description: What "not" to do while you wait.
language: en
address: {HOME}{LATE}/
reviewed: 2026-11-02
updated: 2026-11-20
translated: 87 %
---

> [!NOTE]
> **This page is not fully translated yet**
>
> The parts that are missing are shown in Japanese.
>
> [Read the original page](https://help.example/guide/{LATE}/)

# My withdrawal is late

> [!CAUTION]
> **Give no secret away**
>
> Give your seed phrase to **nobody**.

## Wait

The [new]({HOME}%E5%87%BA%E9%87%91/{NEW}/) page and the [first]({HOME}index.md) one.

まだ訳のない文です。
"""
    )


def test_the_twin_of_a_section_lists_its_pages(site: Path) -> None:
    twin = (site / "en/出金/index.md").read_text("utf-8").partition("\n---\n")[2]
    assert (
        twin
        == f"""
# Problems

- [My withdrawal is late]({HOME}{LATE}/index.md): What "not" to do while you wait.
- [新しい]({HOME}%E5%87%BA%E9%87%91/{NEW}/)
"""
    )


def test_a_page_that_is_mostly_not_translated_or_not_to_be_found_has_no_twin(site: Path) -> None:
    assert sorted(path for path in content(site) if path.endswith(".md")) == [
        "en/index.md",
        "en/出金/index.md",
        "en/出金/遅い/index.md",
        "index.md",
        "出金/index.md",
        "出金/新しい/index.md",
        "出金/遅い/index.md",
    ]
    for path in site.rglob("*.html"):
        links = re.findall(
            '<link rel="alternate " type="text/markdown" href="([^"]*)">', path.read_text()
        )
        assert links == (["index.md"] if path.with_suffix(".md").is_file() else []), path


def test_programs_find_the_twins_of_a_language_in_its_lists(site: Path) -> None:
    assert (
        (site / "en/llms.txt").read_text("utf-8")
        == f"""# Withdrawals

> Help with withdrawals.

[All articles]({HOME}llms-full.txt)

## Withdrawals

- [Withdrawals]({HOME}index.md)

## Problems

- [Problems]({HOME}%E5%87%BA%E9%87%91/index.md)
- [My withdrawal is late]({HOME}{LATE}/index.md): What "not" to do while you wait.

## Languages

- [日本語](https://help.example/guide/llms.txt)
"""
    )
    full = (site / "en/llms-full.txt").read_text("utf-8")
    paths = ("en/index.md", "en/出金/index.md", "en/出金/遅い/index.md")
    twins = [(site / path).read_text("utf-8") for path in paths]
    assert full == "# Withdrawals\n\n> Help with withdrawals.\n\n" + "\n".join(twins)


def only(parent: etree.Element, name: str) -> str:
    """The text of the one child *name* of *parent*."""
    (found,) = parent.findall(f"{ATOM}{name}")
    assert found.text
    return found.text


@pytest.mark.parametrize(("folder", "tag", "count"), [("", "ja", 2), ("en/", "en", 1)])
def test_each_language_has_a_feed_as_rfc_4287_wants_it(
    folder: str, tag: str, count: int, site: Path
) -> None:
    root = etree.fromstring((site / folder / "feed.xml").read_bytes())
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == tag
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == count
    for each in [root, *entries]:  # 4.1.1 and 4.1.2
        assert only(each, "title")
        assert only(each, "id").startswith(f"https://help.example/guide/{folder}")
        time = datetime.strptime(only(each, "updated"), "%Y-%m-%dT%H:%M:%SZ")
        assert each is root or time <= datetime.strptime(
            only(root, "updated"), "%Y-%m-%dT%H:%M:%SZ"
        )
        ways = {link.get("rel"): link.get("href", "") for link in each.findall(f"{ATOM}link")}
        assert len(ways) == len(each.findall(f"{ATOM}link"))
        page = unquote(ways["alternate"].removeprefix("https://help.example/guide/"))
        assert (site / page / "index.html").is_file()
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert len({only(each, "id") for each in [root, *entries]}) == count + 1
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == only(root, "id")  # type: ignore[union-attr]


def test_a_feed_has_articles_of_its_language_the_newest_first(site: Path) -> None:
    source, english = (etree.parse(site / each / "feed.xml").getroot() for each in ("", "en"))
    said = [
        [only(entry, "title") for entry in root.iter(f"{ATOM}entry")] for root in (source, english)
    ]
    assert said == [["新しい", "出金が遅い"], ["My withdrawal is late"]]
    assert only(next(english.iter(f"{ATOM}entry")), "summary") == 'What "not" to do while you wait.'
    page = (site / "en/出金/遅い/index.html").read_text("utf-8")
    assert '<link rel="alternate " type="application/atom+xml" href="../../feed.xml">' in page


def test_an_article_says_when_it_was_changed_by_its_front_matter_or_by_git(site: Path) -> None:
    english = (site / "en/出金/遅い/index.html").read_text("utf-8")
    assert "Last reviewed on November 2, 2026. Last change: November 20, 2026." in english
    assert "\nupdated: 2026-11-10\n" in (site / "index.md").read_text("utf-8")


def test_readers_without_a_connection_keep_none_of_it(site: Path) -> None:
    kept = (site / "en/offline.json").read_text("utf-8") + (site / "offline.json").read_text(
        "utf-8"
    )
    assert "en/" in kept
    assert not re.search(r"\.md|llms|feed\.xml", kept)


def test_without_an_address_twins_lead_to_each_other_and_there_are_no_lists(tmp_path: Path) -> None:
    source = copied(tmp_path, without="site_url:")
    site = build(source, tmp_path / "site", "--no-directory-urls")
    twin = (site / "en/出金/遅い.md").read_text("utf-8")
    assert f"The [new]({NEW}.html) page and the [first](../index.md) one." in twin
    assert "address:" not in twin
    page = (site / "en/出金/遅い.html").read_text("utf-8")
    assert f'type="text/markdown" href="{LATE.rpartition("/")[2]}.md"' in page
    assert "application/atom+xml" not in page
    assert [*site.rglob("llms*"), *site.rglob("feed.xml")] == []


def test_while_serving_there_is_nothing_for_programs(tmp_path: Path) -> None:
    site = build(copied(tmp_path), tmp_path / "site", ANNAI_PREVIEW="1")
    assert [*site.rglob("*.md"), *site.rglob("llms*")] == []
    assert "text/markdown" not in (site / "index.html").read_text("utf-8")


def test_a_file_of_the_writers_stays_as_it_is(tmp_path: Path) -> None:
    source = copied(tmp_path)
    for name in ("llms.txt", "feed.xml"):
        (source / "docs" / name).write_text("mine")
    site = build(source, tmp_path / "site")
    assert (
        (site / "llms.txt").read_text("utf-8") == (site / "feed.xml").read_text("utf-8") == "mine"
    )
    assert (site / "en/llms.txt").read_text("utf-8").startswith("# Withdrawals\n")
