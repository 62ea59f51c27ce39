"""What a page may load, run and lead to, and what the server is told."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime, timezone
from pathlib import Path

import pytest

from annai.addresses import host, refusal
from annai.errors import ContentError
from annai.markup import tags
from annai.outside import links, requests, with_marks
from annai.policy import policy, with_policy, written_scripts
from annai.responses import headers_file, security_file
from annai.site import read_site


def directives(html: str, *distrusted: str) -> dict[str, list[str]]:
    said = (each.split() for each in policy(html, tags(html), distrusted).split(";"))
    return {name: sources for name, *sources in said}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_a_page_that_uses_nothing_may_do_nothing() -> None:
    assert policy("<p>Text</p>", []) == (
        "default-src 'none'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize(
    ("html", "name", "sources"),
    [
        ('<script src="a.js"></script>', "script-src", ["'self'"]),
        ('<script src="a.js"></script>', "connect-src", ["'self'"]),
        ('<script src="a.js"></script>', "worker-src", ["'self'"]),
        ("<script>a < 'é'</script>", "script-src", [digest("a < 'é'")]),
        ("<script>\r\na\r</script>", "script-src", [digest("\na\n")]),
        ('<SCRIPT type="module">a</SCRIPT >', "script-src", [digest("a")]),
        ('<script type="importmap">{}</script>', "script-src", [digest("{}")]),
        ("<script>a</script><script>a</script>", "script-src", [digest("a")]),
        ('<link rel="stylesheet" href="a.css">', "style-src", ["'self'"]),
        ('<link rel="stylesheet" href="a.css">', "font-src", ["'self'"]),
        ("<style>p { }</style>", "style-src", [digest("p { }")]),
        (
            '<td style="content: &quot;a&quot;">',
            "style-src",
            ["'unsafe-hashes'", digest('content: "a"')],
        ),
        ('<link rel=manifest href="a">', "manifest-src", ["'self'"]),
        ('<form action="a">', "form-action", ["'self'"]),
        ("<video src=a>", "media-src", ["'self'"]),
        ("<iframe src=a>", "frame-src", ["'self'"]),
    ],
)
def test_a_page_may_do_what_it_does(html: str, name: str, sources: list[str]) -> None:
    assert directives(html)[name] == sources


@pytest.mark.parametrize(
    "html",
    [
        '<script type="application/json">{"a": "<script>"}</script>',
        '<script type="application/ld+json">{"@graph": []}</script>',
        "<!-- <script>a</script> -->",
        "<title><script>a</script></title>",
        "<p onclick='a'>",
    ],
)
def test_what_is_no_script_is_not_allowed_to_run(html: str) -> None:
    assert "script-src" not in directives(html)


def test_a_script_that_a_page_says_does_not_run() -> None:
    content = "<p>Text</p><script>evil</script><!-- <script>harmless</script> -->"
    page = f"<script>good</script>{content}"
    assert written_scripts(content) == ["evil"]
    assert directives(page, *written_scripts(content))["script-src"] == [digest("good")]


@pytest.mark.parametrize(
    ("html", "before"),
    [
        ("<!doctype html><head><title>T</title>\n<meta charset=utf-8><script>", "<meta charset=ut"),
        ("<!doctype html><head><script>a</script><meta charset=utf-8>", "<head>"),
        ("<!doctype html><header>a</header><link rel=icon href=a>", "<!doctype html>"),
    ],
)
def test_a_policy_stands_before_all_that_it_is_about(html: str, before: str) -> None:
    found = with_policy(html, tags(html), "default-src 'none'")
    meta = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    referrer = '<meta name="referrer" content="no-referrer">'
    assert found.replace(meta + referrer, "") == html
    assert before in found[: found.index(meta)]
    assert "script" not in found[: found.index(meta)]


def test_a_page_cannot_switch_its_policy_off() -> None:
    html = (
        "<head><meta charset=utf-8></head><body>"
        '<meta http-equiv="Content-Security-Policy" content=""><meta name="referrer" content="a">'
    )
    found = with_policy(html, tags(html), "default-src 'none'")
    assert "charset=utf-8><meta http-equiv=" in found
    assert '"><meta name="referrer" content="no-referrer"></head>' in found


def test_a_page_keeps_the_policy_that_it_has() -> None:
    html = (
        "<head><META HTTP-EQUIV='Content-Security-Policy' content=\"default-src 'self'\">"
        '<meta name="referrer" content="origin">'
    )
    assert with_policy(html, tags(html), "default-src 'none'") == html
    assert with_policy("<p>", [], None) == '<meta name="referrer" content="no-referrer"><p>'


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://other.example/a.png">',
        "<IMG SRC=//other.example/a.png>",
        '<img src="/&#47;other.example/a.png">',
        '<img src="https:/&Tab;/other.example">',
        r'<img src="\\other.example\a">',
        '<img alt="a > b" src="//other.example">',
        '<img srcset="a.png 1x, https://other.example/b.png 2x">',
        '<script src="https://other.example/a.js"></script>',
        '<link rel="stylesheet" href="//other.example/a.css">',
        '<link rel="preconnect" href="https://other.example">',
        '<link rel="alternate stylesheet" href="https://other.example">',
        '<iframe src="https://other.example"></iframe>',
        '<video poster="https://other.example/a.png">',
        '<object data="https://other.example/a.svg">',
        '<svg><use href="https://other.example/a.svg#b"/></svg>',
        '<form action="https://other.example/">',
        '<META HTTP-EQUIV=Refresh content="0; URL=https://other.example/">',
        '<p style="background: url(&quot;//other.example/a.png&quot;)">',
        "<style>@import 'https://other.example/a.css';</style>",
        "<style>p { background: url( https://other.example/a.png ) }</style>",
    ],
)
def test_what_a_page_asks_of_another_site_is_found(html: str) -> None:
    assert [host(each) for each in requests(html, tags(html), ["help.example"])] == [
        "other.example"
    ]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="a.png" srcset="a.png 1x, data:image/png,//b 2x">',
        '<img src="https://help.example/a.png">',
        '<link rel="canonical" href="https://other.example/">',
        '<a href="https://other.example/">A</a>',
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        "<script>'<img src=//other.example>'</script>",
        "<!-- <img src=//other.example> -->",
    ],
)
def test_what_asks_no_other_site_is_left_alone(html: str) -> None:
    assert requests(html, tags(html), ["help.example"]) == []


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<a href=//b.example/>A</a>", '<a href=//b.example/ rel="noopener external">A</a>'),
        (
            '<A title="rel=x > y" rel="me noopener" href="http://b.example">A</A>',
            '<a title="rel=x > y" href="http://b.example" rel="me noopener external">A</A>',
        ),
        ('<a href="https://help.example/">A</a>', '<a href="https://help.example/">A</a>'),
        ('<a href="mailto:a@b.example">A</a>', '<a href="mailto:a@b.example">A</a>'),
        ('<a href="page/?a=b:c">A</a>', '<a href="page/?a=b:c">A</a>'),
    ],
)
def test_a_link_to_another_site_says_so(html: str, marked: str) -> None:
    assert with_marks(html, links(tags(html)), ["help.example"]) == marked


@pytest.mark.parametrize(
    ("address", "is_refused"),
    [
        ("https://bank.example/a", False),
        ("https://BANK.example.:443/a", False),
        ("https://help.bank.example/", True),
        ("https://a.b.other.example/", False),
        ("https://other.example/", True),
        ("https://evilother.example/", True),
        ("https://bank.example@evil.example/", True),
        (r"https://evil.example\@bank.example/", True),
        ("//evil.example", True),
        ("https:evil.example", True),
        ("\x01https://evil.example", True),
        ("mailto:a@bank.example?cc=b@bank.example", False),
        ("mailto:a@bank.example?cc=b%40evil.example", True),
        ("https://bаnk.example/", True),  # with a Cyrillic letter
        ("https://help.example/", False),
        ("tel:+15550100", False),
        ("java\nscript:alert(1)", True),
        ("data:text/html,a", True),
        ("../page/?a=https://evil.example", False),
        ("#category=a", False),
    ],
)
def test_readers_are_sent_to_listed_domains_only(address: str, is_refused: bool) -> None:
    allowed, own = ["bank.example", "*.other.example"], ["help.example"]
    assert bool(refusal(address, allowed, own)) is is_refused


@pytest.mark.parametrize(("site_url", "root"), [("", "/"), ("https://a.example/b/c", "/b/c/")])
def test_the_headers_begin_where_the_site_is(site_url: str, root: str) -> None:
    paths = [line for line in headers_file(site_url).split("\n") if line.startswith("/")]
    programs = [f"{root}*.md", f"{root}*llms.txt", f"{root}*llms-full.txt"]
    assert paths == [f"{root}*", f"{root}assets/javascripts/search/worker.js", *programs]
    assert headers_file(site_url, "\n/a\n  B: c\n\n").endswith("noindex\n\n/a\n  B: c\n")


def test_a_file_says_whom_to_tell_of_a_hole() -> None:
    now = datetime(2026, 11, 22, 23, 59, tzinfo=timezone.utc)
    assert security_file("tel:+1-555-0100", now, ["en", "zh-Hans"], "https://a.example/b/") == (
        "Contact: tel:+1-555-0100\nExpires: 2027-11-17T00:00:00Z\nPreferred-Languages: en, zh-Hans"
        "\nCanonical: https://a.example/.well-known/security.txt\n"
    )


@pytest.mark.parametrize(
    ("contact", "is_right"),
    [
        ("", True),
        ("https://a.example/report", True),
        ("mailto:security@a.example", True),
        ("tel:+81-3-0000-0000", True),
        ("http://a.example", False),
        ("mailto:security", False),
        ("ask us", False),
        ("mailto:a@b.example\\nContact: mailto:c@d.example", False),
    ],
)
def test_a_contact_is_a_uri(contact: str, is_right: bool, tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(f'extra:\n  annai:\n    security_contact: "{contact}"\n', "utf-8")
    try:
        said = read_site(config).security_contact
    except ContentError as error:
        assert (error.line, is_right) == (3, False), error
        assert "security_contact: mailto:" in error.fix
    else:
        assert (said, is_right) == (contact, True)
