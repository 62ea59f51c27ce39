"""What a site tells browsers that keep it: lists of files, a manifest, headers."""

from __future__ import annotations

import gzip
import hashlib
import json
import struct
from pathlib import Path

import pytest

from annai.errors import ContentError
from annai.locales import Locale
from annai.offline import LARGEST, icon, listing, manifest
from annai.responses import headers_file
from annai.site import read_site
from builds.building import ROOT

SCRIPTS = ROOT / "overrides" / "assets" / "javascripts" / "offline"


def put(folder: Path, *paths: str) -> list[str]:
    """Files below *folder* that hold their own paths."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path, "utf-8")
    return list(paths)


def test_a_list_names_each_file_as_browsers_do_with_what_it_holds(tmp_path: Path) -> None:
    paths = put(tmp_path, "ja/index.html", "ja/使い方/index.html", "ja/a b.png")
    listed = json.loads(listing(tmp_path, paths, "ja/offline/"))
    assert listed["answer"] == "ja/offline/"
    assert list(listed["files"]) == [
        "ja/a%20b.png",
        "ja/",
        "ja/%E4%BD%BF%E3%81%84%E6%96%B9/",
    ]
    expected = hashlib.sha256(b"ja/a b.png").hexdigest()[:16]
    assert listed["files"]["ja/a%20b.png"] == expected
    assert listing(tmp_path, paths[::-1], "ja/offline/") == listing(tmp_path, paths, "ja/offline/")


def test_pages_of_a_site_without_folders_have_the_addresses_of_their_files(tmp_path: Path) -> None:
    paths = put(tmp_path, "index.html", "a/b.html")
    assert list(json.loads(listing(tmp_path, paths, "offline.html"))["files"]) == [
        "a/b.html",
        "index.html",
    ]


@pytest.mark.parametrize(
    "path",
    [
        "sw.js",
        "404.html",
        "ja/404.html",
        "offline.json",
        "ja/offline.json",
        "assets/offline.json",
        "sitemap.xml.gz",
        "_headers",
        "assets/javascripts/bundle.1.min.js.map",
        "assets/javascripts/lunr/min/lunr.ja.min.js",
        "assets/javascripts/workers/search.1.min.js",
        "film.mp4",
        "large.png",
    ],
)
def test_what_no_page_is_made_of_stays_online(path: str, tmp_path: Path) -> None:
    put(tmp_path, path)
    if path == "large.png":
        (tmp_path / path).write_bytes(bytes(LARGEST + 1))
    assert json.loads(listing(tmp_path, [path])) == {"files": {}}


def test_a_manifest_says_who_the_site_is_in_each_language() -> None:
    written = manifest("案内", Locale("ar"), "../", "./", icons=[], theme_color="#123456")
    assert json.loads(written) == {
        "name": "案内",
        "short_name": "案内",
        "lang": "ar",
        "dir": "rtl",
        "start_url": "./",
        "scope": "../",
        "display": "minimal-ui",
        "theme_color": "#123456",
    }


def test_an_icon_says_how_large_it_is() -> None:
    header = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 192, 96)
    assert icon("a.png", header) == {"src": "a.png", "sizes": "192x96", "type": "image/png"}
    assert icon("a.svg", b"<svg/>") == {"src": "a.svg", "sizes": "any", "type": "image/svg+xml"}
    assert icon("a.png", b"GIF89a") is icon("a.png", header[:20]) is None


@pytest.mark.parametrize(
    ("setting", "fix"),
    [
        ("offline: 1", "offline: True"),
        ("color: red", 'color: "#4051b5"'),
        ("color: '#12345'", 'color: "#4051b5"'),
        ("icons: a.png", "icons: [images/icon-192.png, images/icon-512.png]"),
    ],
)
def test_a_setting_that_cannot_be_says_what_can(setting: str, fix: str, tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"extra:\n  annai:\n    {setting}\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        _ = read_site(config).offline
    assert (caught.value.line, caught.value.fix) == (3, f"write for example {fix}")


def test_servers_are_told_to_be_asked_for_the_worker_and_its_lists_each_time() -> None:
    rules = headers_file("https://a.example/b/", "", ["", "ja/"]).split("\n\n")
    assert rules[5:] == [
        "/b/sw.js\n  Cache-Control: no-cache\n"
        "  Content-Security-Policy: default-src 'none'; connect-src 'self'",
        "/b/assets/offline.json\n  Cache-Control: no-cache",
        "/b/offline.json\n  Cache-Control: no-cache",
        "/b/ja/offline.json\n  Cache-Control: no-cache\n",
    ]


def test_the_scripts_are_small() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in SCRIPTS.glob("*.js")}
    assert sizes["worker.js"] <= 3072
    assert sizes["page.js"] <= 1100
