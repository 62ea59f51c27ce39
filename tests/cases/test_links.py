"""Where finished pages lead: what is there, what is not, and what is on another site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annai.built import BuiltSite
from annai.cli import main
from annai.leads import note_leads, read_noted
from annai.origins import explained
from annai.plan import make_plan

PAGES = {
    "index.html": '<h1 id="top-of-it">Home</h1><a href="guide/">A</a><a href="ja/#up">B</a>',
    "guide/index.html": '<a name="old">Guide</a><img src="../a%20b.png" srcset="../c.png 2x">',
    "ja/index.html": '<p id="up"><a href="..">C</a> <a href="../guide#old">D</a>',
    "a b.png": "",
    "c.png": "",
}


URL = "https://x.example/help/"


def site(folder: Path, **more: str) -> BuiltSite:
    """The site of `PAGES` and *more*, whose names say "__" for a slash."""
    files = {**PAGES, **{name.replace("__", "/"): text for name, text in more.items()}}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return BuiltSite(folder, URL)


def test_a_link_to_what_is_there_is_no_problem(tmp_path: Path) -> None:
    assert list(site(tmp_path).dead()) == []


@pytest.mark.parametrize(
    ("html", "target", "fragment"),
    [
        ('<a href="../gone/">', "gone/index.html", ""),
        ('<a href="../guide/#Old">', "guide/index.html", "Old"),
        ("<a href=#here>", "sub/page.html", "here"),
        ('<A HREF="/help/gone.html?a=1">', "gone.html", ""),
        ('<a href="https://x.example/help/gone.pdf">', "gone.pdf", ""),
        (
            '<link rel="alternate" hreflang="ja" href="https://x.example/help/fr/">',
            "fr/index.html",
            "",
        ),
        ('<meta http-equiv="refresh" content="0; url=gone/">', "sub/gone/index.html", ""),
        ('<meta property="og:image" content="https://x.example/help/og.png">', "og.png", ""),
        ('<img alt="a > b" src="gone.png">', "sub/gone.png", ""),
        ('<img src="../c.png" srcset="../c.png, d.png 2x">', "sub/d.png", ""),
        ('<script src="../gone.js">"<a href=x>"</script>', "gone.js", ""),
        ("<style>p { background: url(gone.svg) }</style>", "sub/gone.svg", ""),
        ('<video poster="gone.jpg"></video>', "sub/gone.jpg", ""),
    ],
)
def test_what_is_not_there_is_found_wherever_it_is_named(
    html: str, target: str, fragment: str, tmp_path: Path
) -> None:
    dead = list(site(tmp_path, **{"sub__page.html": f"<p>\n{html}"}).dead())
    assert [(each.page, each.line) for each in dead] == [("sub/page.html", 2)]
    assert (dead[0].target, dead[0].fragment) == (target, fragment)


@pytest.mark.parametrize(
    "html",
    [
        "<!-- <a href=gone> -->",
        '<textarea><a href="gone"></textarea>',
        "<code>&lt;a href=gone&gt;</code>",
        '<a title="<a href=gone>" href="">',
        '<a href="#">',
        '<a href="#top">',
        '<a href="../guide/#old:~:text=word">',
        '<a href="mailto:a@x.example">',
        '<a href="https://y.example/gone">',
        '<a href="/outside/of/the/site">',
        '<img src="data:image/gif;base64,R0lGOD">',
    ],
)
def test_what_is_no_link_of_the_site_is_left_alone(html: str, tmp_path: Path) -> None:
    assert list(site(tmp_path, **{"sub__page.html": html}).dead()) == []


def test_style_sheets_and_files_for_machines_are_read_too(tmp_path: Path) -> None:
    found = site(
        tmp_path,
        **{
            "style.css": "p { background: url('x.woff2') }",
            "sitemap.xml": "<url>\n<loc>https://x.example/help/gone/</loc>\n"
            "<loc>https://x.example/help/?q={terms}</loc></url>",
        },
    ).dead()
    assert [(each.page, each.line, each.target) for each in found] == [
        ("sitemap.xml", 2, "gone/index.html"),
        ("style.css", 1, "x.woff2"),
    ]


def test_what_is_noted_counts_until_a_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, file = tmp_path / "site", tmp_path / "ja.leads.json"
    page = '<a href="../gone/">1</a> <b id=x></b> <a href="#y">2</a> <a href="../">3</a>'
    built = site(folder, **{"a %23b__100%#.html": page, "style.css": "p { color: red }"})
    found = list(built.dead())
    assert [each.fragment for each in found] == ["", "y"]

    def noted() -> BuiltSite:
        return BuiltSite(folder, URL, read_noted([file], URL))

    note_leads(folder, URL, file)
    with monkeypatch.context() as patched:
        for module in ("built", "leads"):
            patched.setattr(f"annai.{module}.read_leads", None)
        note_leads(folder, URL, file)
        assert list(noted().dead()) == found
        (folder / "index.html").write_text("<a href=lost>", "utf-8")
        with pytest.raises(TypeError):
            list(noted().dead())
    assert [each.target for each in noted().dead()][-1] == "lost"
    note_leads(folder, URL, file)
    assert read_noted([file], URL)["index.html"].targets == ["lost#"]
    assert read_noted([file], "https://x.example/") == {}


def test_a_shard_says_nothing_of_what_others_build(tmp_path: Path) -> None:
    built = site(tmp_path, **{"ja__b.html": '<a href="../gone/"><a href="gone/">'})
    dead = list(built.dead(lambda path: path.startswith("ja/")))
    assert [each.target for each in dead] == ["ja/gone/index.html"]


def test_links_to_other_sites_are_listed_with_their_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = '<a href="https://y.example/a&amp;b"><a href="https://x.example/help/"><a href="tel:1">'
    site(tmp_path / "site", **{"one.html": page, "ja__two.html": page})
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nsite_url: https://x.example/help/\n")
    monkeypatch.chdir(tmp_path)
    assert main(["links", "--json"]) == 0
    pages = ["ja/two.html", "one.html"]
    assert json.loads(capsys.readouterr().out) == {"https://y.example/a&b": pages}
    assert main(["links"]) == 0
    assert capsys.readouterr().out == "https://y.example/a&b\n  ja/two.html  one.html\n"
    assert main(["links", "nowhere"]) == 1
    assert "fix: run: make site" in capsys.readouterr().err


CATALOG = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ja\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "See [b](https://y.example/)."
msgstr "[b](../lost.pdf)を見てください。"
"""


@pytest.mark.parametrize(
    ("page", "html", "said"),
    [
        (
            "guide/a/index.html",
            '<a href="../gone/">',
            'docs/guide/a.md:3: "../gone/" leads nowhere',
        ),
        ("guide/a/index.html", '<a href="../b/#no">', "docs/guide/a.md:5: "),
        ("ja/guide/a/index.html", '<a href="../gone/">', "docs/guide/a.md:3: "),
        ("guide/a/index.html", "\n<a href=../../of-a-template/>", "site/guide/a/index.html:2: "),
        ("guide/a/index.html", '<a href="../../#other">', "site/guide/a/index.html:1: "),
        (
            "ja/guide/a/index.html",
            "<a href=../../lost.pdf>",
            "locales/ja/LC_MESSAGES/messages.po:7",
        ),
        ("raw.html", "<p>\n<img src=gone.png>", "docs/raw.html:2: "),
    ],
)
def test_a_link_is_named_with_the_line_where_somebody_wrote_it(
    page: str, html: str, said: str, tmp_path: Path
) -> None:
    source = "# A\n\n[gone](gone.md)\n\n[b](b.md#no), ../, /\n"
    files = {
        "mkdocs.yml": "site_name: Small\n",
        "docs/guide/a.md": source,
        "docs/raw.html": html,
        "locales/ja/LC_MESSAGES/messages.po": CATALOG.lstrip(),
        "site/guide/b/index.html": "",
        "site/index.html": "",
        f"site/{page}": html,
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    built, plan = BuiltSite(tmp_path / "site"), make_plan(tmp_path / "mkdocs.yml", {})
    found = [str(each) for each in explained(built.dead(), built, plan)]
    assert len(found) == 1
    assert found[0].startswith(said)
    assert "\nfix: " in found[0]
