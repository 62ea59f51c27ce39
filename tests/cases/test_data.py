"""What writers keep as data: facts, the glossary, and the front matter of articles."""

from __future__ import annotations

import datetime
from pathlib import Path

import polib
import pytest
from markdown import Markdown

from annai.articles import read_article
from annai.catalogs import WholeCatalog
from annai.cli import main
from annai.embeds import EmbedExtension, nothing
from annai.errors import ContentError
from annai.facts import Claim, Fact, Source, Standing
from annai.glossary import Term, Wording, departures, read_glossary
from annai.guard import Guard
from annai.ledger import ledger_mistakes, read_ledger, wanted
from annai.locales import Locale
from annai.redirects import redirect_mistakes
from annai.schema import read_yaml
from annai.site import read_site

DAY = datetime.date(2026, 11, 22)
OWN, BLOG = Source("Own", True, "https://example.org"), Source("Blog", False, None)
LEDGER = """\
sources:
  own: {kind: official, name: Own, url: "https://example.org"}
services: {one: One}
questions:
  hours: {channel: Chat, question: "When?"}
facts:
  one/hours:
    valid: 30
    claims:
      - says: "Always."
        sources: [own]
        checked: 2026-11-01
"""


def claim(*sources: Source, checked: datetime.date | None = None) -> Claim:
    return Claim("It is so.", sources, checked)


@pytest.mark.parametrize(
    ("claims", "standing"),
    [
        ([], Standing.UNKNOWN),
        ([claim(BLOG)], Standing.UNCONFIRMED),
        ([claim(BLOG, checked=DAY)], Standing.UNCONFIRMED),
        ([claim(OWN)], Standing.UNCONFIRMED),
        ([claim(OWN, checked=DAY - datetime.timedelta(180))], Standing.CONFIRMED),
        ([claim(BLOG, OWN, checked=DAY)], Standing.CONFIRMED),
        ([claim(OWN, checked=DAY - datetime.timedelta(181))], Standing.OVERDUE),
        ([claim(OWN, checked=DAY + datetime.timedelta(1))], Standing.CONFIRMED),
        ([claim(OWN, checked=DAY + datetime.timedelta(2))], Standing.OVERDUE),
        ([claim(OWN, checked=DAY), claim(BLOG)], Standing.CONTRADICTED),
    ],
)
def test_a_fact_counts_only_with_a_recent_look_at_an_official_source(
    claims: list[Claim], standing: Standing
) -> None:
    assert Fact("a/b", "Chat", "When?", tuple(claims)).standing(DAY) is standing


def test_a_ledger_knows_its_facts_and_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "facts.yml"
    path.write_text(LEDGER, "utf-8")
    ledger = read_ledger(path, "facts.yml")
    fact = ledger.fact("one/hours")
    assert (fact.valid, fact.line, fact.claims[0].checked) == (30, 7, datetime.date(2026, 11, 1))
    assert ledger.fact("any/hours").claims == ()
    assert [line for line, text, _ in ledger.texts if text == "Always."] == [10]


MISTAKES = {
    "a key misspelled": ("valid: 30", "vald: 30", 8, '"one/hours" cannot have vald', '"valid"'),
    "a number in words": ("valid: 30", "valid: many", 8, "valid cannot be 'many'", "how many days"),
    "no days": ("valid: 30", "valid: 0", 8, "valid cannot be 0", "for how many days"),
    "no source": ("        sources: [own]\n", "", 10, '"0" has no sources', "add sources:"),
    "an unknown source": ("[own]", "[won]", 10, 'there is no source "won"', '"own"'),
    "a day in words": (
        "2026-11-01",
        "yesterday",
        10,
        "checked cannot be 'yesterday'",
        "2026-11-22",
    ),
    "an unknown service": ("one/hours", "on/hours", 7, 'there is no service "on"', '"one"'),
    "an unknown question": ("one/hours", "one/hour", 7, 'there is no question "hour"', '"hours"'),
    "no address": (', url: "https://example.org"', "", 10, '"own" is official and has', "add url"),
    "half an address": ("https://example", "example", 2, "url cannot be", "whole address"),
    "no claims": (
        LEDGER[LEDGER.index("    claims") :],
        "    claims: []\n",
        9,
        "claims",
        "somebody",
    ),
    "a key twice": (
        "    valid: 30",
        "    valid: 30\n    valid: 40",
        9,
        '"valid" stands twice',
        "keep",
    ),
    "too many days": (
        "valid: 30",
        "valid: 99999",
        8,
        "valid cannot",
        "how many days",
    ),
    "no such day": ("2026-11-01", "2026-02-30", 1, "this is not YAML", "compare"),
    "a name that is a number": ("one: One", "1: One", 3, "1", "a to z"),
    "a name with spaces": ("own: {", "my own: {", 2, "my own", "a to z"),
    "no YAML": ("[own]", "[own", 12, "this is not YAML", "compare"),
    "a line left out": ("questions:", "", 5, "this is not YAML", "compare"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_ledger_is_named_with_its_line_and_a_way_out(
    name: str, tmp_path: Path
) -> None:
    old, new, line, problem, fix = MISTAKES[name]
    assert old in LEDGER
    path = tmp_path / "facts.yml"
    path.write_text(LEDGER.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError) as caught:
        read_ledger(path, "facts.yml")
    error = caught.value
    assert problem in error.problem, error
    assert fix in error.fix, error
    assert error.line == line, error


def test_merge_keys_are_no_key_twice() -> None:
    _, data = read_yaml("a: &a {x: 1}\nb: {<<: *a, x: 2}", "data.yml")
    assert data["b"] == {"x": 2}


def test_every_mistake_in_the_ledger_is_listed_at_once(tmp_path: Path) -> None:
    path = tmp_path / "facts.yml"
    path.write_text(LEDGER.replace("30", "0").replace("[own]", "[]"), "utf-8")
    assert [each.line for each in ledger_mistakes(path, "facts.yml")] == [8, 11]


def test_front_matter_of_an_article_is_read_with_its_lines() -> None:
    said = "title: T\nreviewed: 2026-11-02\nowner: safety\nrelated:\n  - a.md\n  - b/c.md\n"
    said += "updated: 2026-11-03\n"
    article = read_article(f"---\n{said}---\n# T", "docs/t.md")
    assert (article.reviewed, article.reviewed_line) == (datetime.date(2026, 11, 2), 3)
    assert article.updated == datetime.date(2026, 11, 3)
    assert article.related == ((6, "a.md"), (7, "b/c.md"))
    assert article.is_overdue(19, DAY)
    assert not article.is_overdue(20, DAY)


def test_text_between_two_thematic_breaks_is_no_front_matter() -> None:
    assert read_article("---\nKeep *this*: it is\n\ttext\n---\n# T", "docs/t.md").related == ()


@pytest.mark.parametrize(
    ("front_matter", "line", "problem"),
    [
        ("reviewed: soon", 2, "reviewed cannot be 'soon'"),
        ("title: T\nupdated: 2026-11-22T10:00:00", 3, "updated cannot be datetime.datetime(2026,"),
        ("title: T\nrelated: a.md", 3, "related cannot be 'a.md'"),
        ("related:\n  - a.md\n  - 7", 4, "2 cannot be 7"),
        ("owner: [a]", 2, "owner cannot be ['a']"),
        ("title: A: B", 2, "this is not YAML"),
    ],
)
def test_a_mistake_in_front_matter_is_named_with_its_line(
    front_matter: str, line: int, problem: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read_article(f"---\n{front_matter}\n---\n# T", "docs/t.md")
    assert problem.replace("2 cannot", "1 cannot") in caught.value.problem
    assert caught.value.line == line


def entry(msgid: str, msgstr: str) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr)


def test_translations_that_depart_from_the_glossary_are_named() -> None:
    wording = Wording("二段階認証", also=("認証アプリ",), avoid=("二要素認証",))
    terms = [Term(Wording("2FA", also=("two-factor code",)), "m", 1, 1, {"ja": wording})]
    catalog = polib.POFile()
    catalog.extend(
        [
            entry("Turn on 2FA.", "二段階認証を有効にします。"),
            entry("Use a two-factor codes app.", "認証アプリを使います。"),
            entry("Two kinds of 2FA", "二要素認証と二段階認証"),
            entry("Your 2FA.", "それ。"),
            entry("`2FA` or [X2FA](2FA.md)", "それ。"),
        ]
    )
    found = [
        str(each)
        for each in departures(terms, WholeCatalog(Locale("ja"), "ja.po", Guard(Markdown), catalog))
    ]
    assert found == [
        'ja.po:1: "Two kinds of 2FA" says "二要素認証" for "2FA"\n'
        "fix: write 二段階認証, or add the other word to the glossary",
        'ja.po:1: "Your 2FA." does not use the glossary\'s word for "2FA"\n'
        "fix: write 二段階認証, or add the other word to the glossary",
    ]


@pytest.mark.parametrize(
    ("name", "msgid", "stands"),
    [
        ("出金", "すぐに出金を止めます。", True),
        ("box", "Two boxes.", True),
        ("box", "A boxer.", False),
        ("box", "A [link](box.md) and a `box`.", False),
    ],
)
def test_a_term_stands_as_a_word_of_its_own(name: str, msgid: str, stands: bool) -> None:
    assert Term(Wording(name), "m", 1, 1, {}).stands_in(msgid) is stands


def test_a_mistake_in_the_glossary_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yml"
    path.write_text(
        "terms:\n  - term: fee\n    meaning: m\n    translations:\n      jp: {}\n", "utf-8"
    )
    with pytest.raises(ContentError) as caught:
        read_glossary(path, "glossary.yml")
    assert str(caught.value).startswith('glossary.yml:5: Babel knows no locale "jp"')


def test_status_lists_reviews_that_are_overdue_and_check_warns_without_failing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 2026-11-22
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: '1'\nextra:\n  annai:\n    review_days: 30\n    glossary: glossary.yml\n"
    )
    (tmp_path / "glossary.yml").write_text(
        "terms:\n  - term: fee\n    meaning: '1'\n    translations: {ja: {term: 手数料}}\n", "utf-8"
    )
    front = "---\nreviewed: {}\nowner: safety\n---\n# A fee\n"
    for name, day in (("old", "2026-01-02"), ("new", "2026-11-01")):
        (tmp_path / "docs" / f"{name}.md").write_text(front.format(day), "utf-8")
    main(["new", "ja"])
    main(["update"])
    path = tmp_path / "locales" / "ja" / "LC_MESSAGES" / "messages.po"
    text = path.read_text("utf-8")
    path.write_text(text.replace('"A fee"\nmsgstr ""', '"A fee"\nmsgstr "料金"'), "utf-8")
    capsys.readouterr()
    main(["status"])
    assert capsys.readouterr().out.splitlines()[-1] == (
        "docs/old.md:2: last reviewed 2026-01-02 (safety)"
    )
    assert main(["check"]) == 0
    assert "warning: locales/ja/LC_MESSAGES/messages.po:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("page", "line", "problem"),
    [
        ("# T\n\nSee [fact: one/hours] here.\n", 3, "stands alone"),
        ("# T\n\n- a\n- so [fact: one/hours]\n", 4, "stands alone"),
        ("# T\n\n- a\n- [fact: one/hours]\n", 0, ""),
        ("# T\n\n- a\n\n    [fact: one/hours]\n", 0, ""),
        ("# T\n\n`[fact: one/hours]`\n\n[fact: one/hours]\n", 0, ""),
        ("# T\n\n[fact: one/hour]\n", 3, 'no fact "one/hour"'),
    ],
)
def test_a_fact_is_shown_only_where_it_stands_alone(
    page: str, line: int, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / "facts.yml"
    path.write_text(LEDGER, "utf-8")
    md = Markdown(extensions=["tables", EmbedExtension({"fact": nothing})])
    found = list(wanted(page, "docs/t.md", read_ledger(path, "facts.yml"), md))
    errors = [each for each in found if isinstance(each, ContentError)]
    assert [each.line for each in errors] == ([line] if line else [])
    assert problem in "".join(each.problem for each in errors)
    assert ("one/hours" in found) is not bool(line)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("old.md", "guide/one.md", None),
        ("guide.md", "guide/one.md", '"guide.md" has the address of guide/index.md'),
        ("guide/one.md", "guide/one.md", '"guide/one.md" has the address of guide/one.md'),
        ("../old.md", "guide/one.md", '"../old.md" is not the path of a page'),
        ("/old.md", "guide/one.md", '"/old.md" is not the path of a page'),
        ("old/", "guide/one.md", '"old/" is not the path of a page'),
        ("old.md", "guide/on.md", 'there is no page "guide/on.md"'),
    ],
)
def test_a_redirect_leads_from_a_free_address_to_a_page(
    old: str, new: str, problem: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_text(f"site_name: S\nextra:\n  annai:\n    redirects:\n      {old}: {new}\n")
    found = list(redirect_mistakes(read_site(path), ["guide/index.md", "guide/one.md"]))
    assert [each.problem for each in found] == ([problem] if problem else [])
    assert all(each.line == 5 for each in found)


def test_readers_are_not_sent_to_drafts_and_check_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: '1'\ndraft_docs: later.md\n")
    (tmp_path / "docs" / "later.md").write_text("# 1\n")
    (tmp_path / "docs" / "index.md").write_text("---\nrelated: [later.md]\n---\n# 2\n")
    assert main(["check"]) == 1
    assert 'there is no page "later.md"' in capsys.readouterr().err
