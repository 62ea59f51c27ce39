"""The articles of this site: every fact in its place, every page in its shape."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from annai.articles import read_article
from annai.facts import Standing
from annai.ledger import site_ledger
from annai.pages import FRONT_MATTER
from annai.site import read_site

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
FACTS: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "content.yml").read_text("utf-8")
)
SECTIONS = ["start", "channels", "prepare", "problems", "talk", "security", "beyond"]
ARTICLES = sorted(path for folder in SECTIONS for path in (DOCS / folder).glob("*.md"))
OTHERS = sorted([*(DOCS / "services").glob("*.md"), DOCS / "glossary.md"])
OWNERS = {"safety", "transfers", "trading", "account", "contact"}


def name(path: Path) -> str:
    return path.relative_to(DOCS).as_posix()


def source(path: Path) -> str:
    return path.read_text("utf-8")


def folded(text: str) -> str:
    return " ".join(text.split())


def meta(path: Path) -> dict[str, Any]:
    match = FRONT_MATTER.match(source(path))
    assert match, path
    return yaml.safe_load(match[1])


def test_there_are_34_articles_and_each_has_its_facts() -> None:
    assert len(ARTICLES) == 34
    assert {name(path) for path in ARTICLES} == set(FACTS)
    assert sum(map(len, FACTS.values())) > 280


@pytest.mark.parametrize("page", sorted(FACTS))
def test_every_fact_stands_on_its_page(page: str) -> None:
    text = folded(source(DOCS / page))
    assert [key for key, words in FACTS[page].items() if folded(words) not in text] == []


@pytest.mark.parametrize("path", [*ARTICLES, *OTHERS], ids=name)
def test_an_article_says_what_it_is_who_owns_it_and_where_to_go_next(path: Path) -> None:
    said = meta(path)
    text = source(path)
    assert re.findall("^# (.*)$", text, re.MULTILINE)[:1] == [said["title"]]
    assert len(said["title"]) <= 60
    assert len(said["description"]) <= 150
    article = read_article(text, name(path))
    assert article.reviewed and article.owner in OWNERS
    related = [page for _, page in article.related]
    assert 3 <= len(set(related)) == len(related) <= 5
    assert name(path) not in related
    assert all((DOCS / page).is_file() for page in related)


@pytest.mark.parametrize("path", sorted((DOCS / "problems").glob("*.md")), ids=name)
def test_a_problem_begins_with_what_to_do_and_ends_with_where_to_go(path: Path) -> None:
    headings = re.findall("^## (.*?)(?: {#.*)?$", source(path), re.MULTILINE)
    shape = [
        "What to do now",
        "How to tell what is wrong",
        "What to have ready for support",
        "When and where to escalate",
    ]
    assert [heading for heading in headings if heading in shape] == shape
    first = source(path).partition("## What to do now")[2].partition("\n## ")[0]
    steps = re.findall(r"^\d+\. ", first, re.MULTILINE)
    assert 3 <= len(steps) <= 5
    assert "../prepare/ticket-checklist.md#category=" in source(path)


@pytest.mark.parametrize("path", ARTICLES, ids=name)
def test_headings_of_a_page_differ_and_only_containers_are_raw_html(path: Path) -> None:
    text = re.sub("^```.*?^```", "", source(path), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall("^#+ (.*)$", text, re.MULTILINE)
    assert len(set(headings)) == len(headings)
    assert not re.search(r"^<(?!!--|/?div\b)", text, re.MULTILINE)


def test_agreed_wordings_stand_where_sources_disagree() -> None:
    everything = folded(" ".join(map(source, [*ARTICLES, *OTHERS])))
    for wording in (
        "Access to a person varies by service, region and account.",
        "We give no hours without an official source and a date.",
        "A number found by searching may be fake.",
        "Use the signed-in form unless the service confirms an address.",
        "urgency chooses the speed, and complexity adds a ticket",
        "open order can usually be canceled",
        "eep the number of the report",
    ):
        assert wording in everything, wording


def test_nothing_in_the_ledger_counts_as_true_without_an_official_source() -> None:
    ledger = site_ledger(read_site(ROOT / "mkdocs.yml"))
    assert ledger
    day = datetime.date(2026, 11, 22)
    for fact in ledger.facts.values():
        official = any(claim.is_official for claim in fact.claims)
        assert official or fact.standing(day) in (Standing.UNCONFIRMED, Standing.CONTRADICTED)


def test_no_page_gives_an_address_or_a_number_to_call() -> None:
    for path in [*ARTICLES, *OTHERS, DOCS / "index.md", DOCS / "facts.yml"]:
        text = re.sub(r"`[^`]*`", "", source(path))
        assert not re.search(r"https?://|www\.|\+\d[\d ]{6,}|\b[\w.]+@[\w.]+\.\w", text), path
