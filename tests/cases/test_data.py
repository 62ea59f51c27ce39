"""What writers keep as data: facts, the glossary, and the front matter of articles."""

from __future__ import annotations

import datetime
from pathlib import Path

import polib
import pytest

from annai.articles import read_article
from annai.catalogs import Catalog
from annai.cli import main
from annai.errors import ContentError
from annai.facts import Claim, Fact, Source, Standing
from annai.glossary import Term, Wording, departures, read_glossary
from annai.ledger import read_ledger
from annai.locales import Locale

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
    "a number in words": ("valid: 30", "valid: many", 8, "valid cannot be 'many'", "whole number"),
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


def test_front_matter_of_an_article_is_read_with_its_lines() -> None:
    said = "title: T\nreviewed: 2026-11-02\nowner: safety\nrelated:\n  - a.md\n  - b/c.md\n"
    article = read_article(f"---\n{said}---\n# T", "docs/t.md")
    assert (article.reviewed, article.reviewed_line) == (datetime.date(2026, 11, 2), 3)
    assert article.related == ((6, "a.md"), (7, "b/c.md"))
    assert article.is_overdue(19, DAY)
    assert not article.is_overdue(20, DAY)


@pytest.mark.parametrize(
    ("front_matter", "line", "problem"),
    [
        ("reviewed: soon", 2, "reviewed cannot be 'soon'"),
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
    found = [str(each) for each in departures(terms, Catalog(Locale("ja"), catalog, "ja.po"))]
    assert found == [
        'ja.po:1: "Two kinds of 2FA" says "二要素認証" for "2FA"\n'
        "fix: write 二段階認証, or add the other word to the glossary",
        'ja.po:1: "Your 2FA." does not use the glossary\'s word for "2FA"\n'
        "fix: write 二段階認証, or add the other word to the glossary",
    ]


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
