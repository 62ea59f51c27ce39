"""A build that uses what the one before has made writes what a build from nothing would write."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annai.articles import read_article
from annai.catalogs import catalog_path
from annai.checklist import read_checklist
from annai.locales import Locale
from annai.memory import FOLDER
from annai.site import read_site
from annai.template import make_template
from builds.building import ROOT, content, run

COUNTED = """{% extends "base.html" %}
{% block content %}{{ super() }}<p>One of {{ pages | length }}.</p>{% endblock %}"""
FEW = ("publish", "locales", "translate", "reuse")
CHECKLIST = "prepare/ticket-checklist.md"
LOCALES = ("ar", "ja")
PAGES = {
    "index.md": """---
template: home.html
offers:
  - title: First steps
    pages:
      - page: guide/wait.md
        icon: material/lock
---

# Welcome

Help for everybody.
""",
    "guide/wait.md": """---
title: Wait
description: What to do meanwhile.
related: [guide/ask.md]
---

# Wait a while

Nobody can make it *faster*. See [how to ask](ask.md#whom-to-ask).

[fact: shop/hours]
""",
    "guide/ask.md": "# Ask\n\nWrite down what you see.\n\n## Whom to ask\n\nAsk the shop.\n",
    "more/read.md": "# Read\n\nThere is more to read about the ticket.\n",
    "words.md": "# Words\n\n[glossary]\n",
    "articles.md": "---\ntemplate: articles.html\nsearch:\n  exclude: true\n---\n\n# Articles\n",
    "translations.md": "---\ntemplate: translations.html\n---\n\n# Translations\n",
}
FACTS = """sources:
  own: {kind: official, name: The shop, url: "https://shop.example/"}
services: {shop: The shop}
questions:
  hours: {channel: Shop, question: "When is it open?"}
facts:
  shop/hours:
    claims:
      - {says: It opens at nine., sources: [own], checked: 2026-07-01}
"""
CONFIG = """site_name: Help
site_url: https://help.example/guide/
theme: {{name: material, custom_dir: overrides, font: false, features: [navigation.indexes]}}
hooks: [{hooks}]
edit_uri_template: https://github.com/team/help/edit/main/docs/{{path}}
extra:
  annai: {{facts: docs/facts.yml, glossary: glossary.yml, help: guide/ask.md, offline: true}}
"""
GLOSSARY = """terms:
  - term: ticket
    meaning: A letter to the shop.
    translations:
      ja: {term: 券, sort: けん}
      ar: {term: تذكرة, sort: تذكرة}
"""


def make_site(folder: Path) -> Path:
    """A small site in *folder* that uses all hooks, in English, Japanese and Arabic."""
    listed = re.findall(r"- (hooks/\w+\.py)", (ROOT / "mkdocs.yml").read_text("utf-8"))
    hooks = ", ".join(str(ROOT / name) for name in listed)
    checklist = (ROOT / "docs" / CHECKLIST).read_text("utf-8").partition("\n---\n")[0]
    written = f"{checklist}\n---\n\n# Prepare\n\nAnswer what is asked.\n"
    asks = read_checklist(written, CHECKLIST)
    assert asks
    led_to = [*asks.pages(), *read_article(written, CHECKLIST).related]
    files = {
        **{f"docs/{name}": f"# About {name[:-3]}\n\nText.\n" for _, name in led_to},
        **{f"docs/{name}": text for name, text in PAGES.items()},
        f"docs/{CHECKLIST}": written,
        "docs/facts.yml": FACTS,
        "docs/style.css": "p { color: black; }\n",
        "glossary.yml": GLOSSARY,
        "mkdocs.yml": CONFIG.format(hooks=hooks),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    for name in LOCALES:
        path = catalog_path(folder / "locales", Locale(name))
        path.parent.mkdir(parents=True)
        template = make_template(read_site(folder / "mkdocs.yml"))
        for number, entry in enumerate(template):
            if number % 50 and not entry.msgid_plural:
                entry.msgstr = f"{name.upper()} {entry.msgid}"
        template.metadata["Language"] = name
        template.save(str(path))
    return folder


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit of the file *path*: what it says more than once is replaced once."""

    def edit(site: Path) -> None:
        text = (site / path).read_text("utf-8")
        assert old in text, path
        (site / path).write_text(text.replace(old, new, 1), "utf-8")

    return edit


def translated(locale: str, msgid: str, msgstr: str, *flags: str) -> Callable[[Path], None]:
    """An edit of a catalog."""

    def edit(site: Path) -> None:
        path = catalog_path(site / "locales", Locale(locale))
        catalog = polib.pofile(str(path))
        (entry,) = (each for each in catalog if each.msgid == msgid)
        entry.msgstr, entry.flags = msgstr, [*flags]
        catalog.save(str(path))

    return edit


def moved(site: Path) -> None:
    """A page gets another address, and there is one more."""
    (site / "docs/more/read.md").rename(site / "docs/more/study.md")
    (site / "docs/more/new.md").write_text("# New\n\nSomething *new*.\n", "utf-8")


def deleted(site: Path) -> None:
    """A page goes."""
    (site / "docs/words.md").unlink()


def committed(site: Path) -> None:
    """Pages get days of change."""
    environ = {**os.environ, "GIT_COMMITTER_DATE": "2026-07-01T00:00:00Z"}
    for command in (["init"], ["add", "docs"], ["commit", "--message", "All"]):
        who = ["-c", "user.name=Team", "-c", "user.email=team@help.example"]
        subprocess.run(
            ["git", *who, *command], cwd=site, env=environ, check=True, capture_output=True
        )


def changed_afterwards(site: Path) -> None:
    """Somebody writes into the finished site."""
    with (site / "site/guide/wait/index.html").open("a") as file:
        file.write("<!-- deployed -->")


def nothing(site: Path) -> None:
    """Nobody does anything."""


EDITS = {
    "a paragraph": replaced("docs/guide/ask.md", "what you see", "all that you see"),
    "a heading": replaced("docs/guide/ask.md", "# Ask", "# Ask somebody"),
    "an anchor": replaced("docs/guide/ask.md", "## Whom to ask", "## Whom to trust"),
    "a title": replaced("docs/guide/wait.md", "title: Wait", "title: Wait and see"),
    "a description": replaced("docs/guide/wait.md", "do meanwhile", "do until then"),
    "a page that moved": moved,
    "a page that went": deleted,
    "a fact": replaced("docs/facts.yml", "at nine", "at ten"),
    "a term": replaced("glossary.yml", "A letter", "A short letter"),
    "a style": replaced("docs/style.css", "black", "navy"),
    "a template": replaced("overrides/partials/related.html", "</", " </"),
    "the name of the site": replaced("mkdocs.yml", "site_name: Help", "site_name: Shop"),
    "a translation": translated("ja", "Ask the shop.", "店に聞いてください。"),
    "a translation of a heading": translated("ar", "Read", "اقرأ"),
    "a translation to be reviewed": translated("ja", "Help for everybody.", "助け", "fuzzy"),
    "a translation that went": translated("ar", "Write down what you see.", ""),
    "a translation of a template": translated("ja", "Related articles", "関連記事"),
    "a translation of a ticket": translated(
        "ar", "I cannot sign in to my account.", "لا أستطيع الدخول"
    ),
    "a refused translation": translated("ja", "Text.", "[文](https://evil.example/)"),
    "a commit": committed,
    "the finished site": changed_afterwards,
    "nothing": nothing,
}


def warned(said: str) -> list[str]:
    """The warnings of a build."""
    return sorted(re.findall(r"^WARNING +-  .*", said, re.MULTILINE))


def both(site: Path) -> Iterator[tuple[dict[str, bytes], list[str]]]:
    """Files and warnings of a build that uses the one before, and of one from nothing."""
    for folder, fresh in (("site", ""), ("fresh", "1")):
        result = run(site, site / folder, "--no-strict", ANNAI_FRESH=fresh)
        assert result.returncode == 0, result.stdout
        yield content(site / folder), warned(result.stdout)


@given(order=st.permutations([*EDITS]))
@settings(
    max_examples=2,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_what_is_kept_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, order: list[str]
) -> None:
    site = make_site(tmp_path_factory.mktemp("site"))
    for names in ([], *(order[start : start + 4] for start in range(0, len(order), 4))):
        for name in names:
            EDITS[name](site)
        (kept, said), (fresh, said_then) = both(site)
        assert kept.keys() == fresh.keys(), names
        assert [path for path in kept if kept[path] != fresh[path]] == [], names
        assert said == said_then, names


@pytest.mark.parametrize("plugins", ["[]", "[search]"])
def test_what_is_kept_changes_nothing_in_a_site_with_few_hooks_either(
    plugins: str, tmp_path: Path
) -> None:
    hooks = ", ".join(str(ROOT / "hooks" / f"{name}.py") for name in FEW)
    theme = f"theme: {{name: material, font: false, custom_dir: own}}\nplugins: {plugins}\n"
    theme += "nav: [index.md, {Whom to ask: guide/ask.md}, guide/wait.md]\n"
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "main.html").write_text(COUNTED, "utf-8")
    config = f"site_name: Help\nsite_url: https://help.example/\nhooks: [{hooks}]\n{theme}"
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    for name in ("index.md", "guide/ask.md", "guide/wait.md"):
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).write_text(f"# About {name}\n\nAsk the shop.\n", "utf-8")
    catalog = polib.POFile()
    catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "ja"}
    catalog.append(polib.POEntry(msgid="Ask the shop.", msgstr="店に聞く。"))
    path = catalog_path(tmp_path / "locales", Locale("ja"))
    path.parent.mkdir(parents=True)
    catalog.save(str(path))
    again = replaced("docs/guide/ask.md", "the shop", "the shop, or us")
    other = replaced("docs/guide/wait.md", "# About", "# All about")
    for edit in (nothing, nothing, again, other, translated("ja", "Ask the shop.", "店に。")):
        edit(tmp_path)
        (kept, said), (fresh, said_then) = both(tmp_path)
        assert kept == fresh
        assert said == said_then


def stamps(site: Path) -> dict[str, int]:
    """When each page was written."""
    found = (site / "site").rglob("*.html")
    return {path.relative_to(site / "site").as_posix(): path.stat().st_mtime_ns for path in found}


def made(before: dict[str, int], after: dict[str, int]) -> set[str]:
    """The pages that were written anew."""
    return {path for path in after if after[path] != before.get(path)}


def build(site: Path, name: str = "site") -> dict[str, int]:
    """Build *site* to a folder below it; when each page of the one in "site" was written."""
    result = run(site, site / name, "--no-strict", ANNAI_FRESH="")
    assert result.returncode == 0, result.stdout
    return stamps(site)


def test_whatever_becomes_of_a_built_site_what_is_kept_of_it_is_whole(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    first = build(site)
    for folder in (site / "site", site / "site" / "ja"):
        for name in ("robots.txt.gz", ".server"):
            (folder / name).write_text("of a server", "utf-8")
            assert made(first, build(site)) == set()
        assert not [*folder.rglob("*.gz")]
    assert [*(site / "site").rglob(".server")] == [site / "site" / ".server"]
    (site / "site" / ".server").unlink()
    (site / "site" / "ja" / "nowhere").symlink_to("gone")
    assert made(first, build(site)) == set()
    assert not (site / "site" / "ja" / "nowhere").is_symlink()
    build(site, "other")
    EDITS["a translation"](site)
    second = build(site)
    assert {path.partition("/")[0] for path in made(first, second)} == {"ja"}
    third = build(site, "other")  # where every language is that of the first build
    assert content(site / "other") == content(site / "site")
    shutil.rmtree(site / "site")
    assert made(third, build(site)) == set()


def test_only_what_an_edit_touches_is_made_anew(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    first = build(site)
    assert made(first, build(site)) == set()
    EDITS["a paragraph"](site)
    second = build(site)
    articles = {path for path in made(first, second) if path.count("guide/")}
    assert articles == {
        f"{tag}guide/{page}index.html" for tag in ("", "ar/", "ja/") for page in ("", "ask/")
    }
    EDITS["a translation"](site)
    third = build(site)
    own = {path for path in made(second, third) if path.startswith(("ar/", "ja/guide", "guide"))}
    assert own == {"ja/guide/index.html", "ja/guide/ask/index.html"}
    shutil.rmtree(site / FOLDER)
    assert made(third, build(site)) == set(third)
