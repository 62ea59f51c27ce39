"""Where a site may send its readers."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import Markdown

from annai.cli import main
from annai.domains import page_addresses
from annai.ledger import ledger_mistakes

CONFIG = """\
site_name: S
site_url: https://help.example/
nav:
  - Home: index.md
  - Shop: https://nav.example/
repo_url: https://repo.example/a
theme: {name: material, custom_dir: theme}
extra:
  social:
    - link: //social.example/a
  annai:
    facts: facts.yml
    glossary: glossary.yml
    security_contact: https://report.example/
"""
LEDGER = """\
# https://comment.example
domains: [bank.example]
sources:
  own: {kind: official, name: Own, url: "https://bank.example/"}
  blog: {kind: third-party, name: Blog, url: "https://blog.example/"}
services: {}
questions: {}
facts: {}
"""
GLOSSARY = """\
terms:
  - term: door
    meaning: It opens. Look at https://glossary.example/a.
"""
PAGE = """\
---
title: T
description: See https://front.example.
---

# T

[A][a], [b](https://bank.example/b), [c](https://help.example/c) and
[d](https://inline.example/d "t"), `https://code.example`, <https://auto.example/>.

[mail](mailto:me@mail.example) [run](javascript:alert(1)) [slip](/\\slip.example)

[a]: https://reference.example/
"""
TEMPLATE = """\
{# <a href="https://comment.example"> -#}
<svg xmlns="http://www.w3.org/2000/svg"></svg>
<a href="{{ url }}">A</a> <a class="b" href="https://template.example/{{ path }}">B</a>
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The configuration of a site that leads to many hosts."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "theme").mkdir()
    (tmp_path / "docs" / "index.md").write_text(PAGE, "utf-8")
    (tmp_path / "facts.yml").write_text(LEDGER, "utf-8")
    (tmp_path / "glossary.yml").write_text(GLOSSARY, "utf-8")
    (tmp_path / "theme" / "main.html").write_text(TEMPLATE, "utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    return tmp_path / "mkdocs.yml"


FOUND = [
    "docs/index.md:3: https://front.example",
    "docs/index.md:9: https://inline.example/d",
    "docs/index.md:9: https://auto.example/",
    "docs/index.md:11: mailto:me@mail.example",
    "docs/index.md:11: javascript:alert(1)",
    "docs/index.md:11: /\\slip.example",
    "docs/index.md:13: https://reference.example/",
    "facts.yml:5: https://blog.example/",
    "glossary.yml:3: https://glossary.example/a",
    "mkdocs.yml:5: https://nav.example/",
    "mkdocs.yml:6: https://repo.example/a",
    "mkdocs.yml:10: //social.example/a",
    "theme/main.html:3: https://template.example/",
]


def test_check_names_every_place_that_leads_to_a_host_that_is_not_listed(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-f", str(config), "check"]) == 1
    said = capsys.readouterr().err.split("\n")
    for place in FOUND:
        assert any(line.startswith(f"{place}: ") for line in said), (place, said)
    refused = [line for line in said if "readers may be sent to" in line or "no page" in line]
    assert len(refused) == len(FOUND), refused
    assert "fix: take the link out, or add the host to domains in facts.yml" in said


def test_without_a_list_readers_may_be_sent_anywhere(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = config.parent / "facts.yml"
    ledger.write_text(LEDGER.replace("domains: [bank.example]\n", ""), "utf-8")
    main(["-f", str(config), "check"])
    assert "readers may be sent to" not in capsys.readouterr().err


def test_an_address_has_the_line_of_its_definition() -> None:
    source = "[a][1] & <https://b.example/?c=1&d=2>\n\n[1]:\n  https://a.example/\n"
    assert list(page_addresses(source, Markdown())) == [
        (4, "https://a.example/"),
        (1, "https://b.example/?c=1&d=2"),
    ]


def test_text_between_two_thematic_breaks_has_links_too() -> None:
    source = "---\n[a]: https://a.example/\n: *b\n---\n\n[c](https://c.example/)\n"
    assert list(page_addresses(source, Markdown())) == [(6, "https://c.example/")]


@pytest.mark.parametrize(
    ("domains", "is_right"),
    [
        ("[]", True),
        ('[a.example, "*.b.example", xn--bcher-kva.example]', True),
        ("a.example", False),
        ("[https://a.example]", False),
        ("[a.example/b]", False),
        ("[A.example]", False),
        ('["*"]', False),
        ("[bücher.example]", False),
    ],
)
def test_a_domain_is_a_host_or_all_below_one(domains: str, is_right: bool, tmp_path: Path) -> None:
    path = tmp_path / "facts.yml"
    path.write_text(LEDGER.replace("[bank.example]", domains), "utf-8")
    found = ledger_mistakes(path, "facts.yml")
    assert [(each.line, each.fix[:7]) for each in found] == ([] if is_right else [(2, "write a")])
