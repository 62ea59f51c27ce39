"""Which files of a theme nothing on a site uses."""

from __future__ import annotations

from pathlib import Path

from annai.unused import unused

FILES = {
    "index.html": '<script src="assets/a.js"></script><p data-later="assets/later.css">',
    "assets/a.js": 'import("./b.js"); load("../lists");\n//# sourceMappingURL=a.js.map\n',
    "assets/a.js.map": "{}",
    "assets/b.js": "",
    "assets/c.js": 'import("./d.js")',
    "assets/d.js": 'import("./c.js")',
    "assets/later.css": 'p { background: url("dot.svg") }',
    "assets/dot.svg": "<svg/>",
    "lists/one.js": "",
    "own.js": "// c.js\n//# sourceMappingURL=own.js.map",
}


def test_what_a_used_file_names_is_used_and_source_maps_are_not(tmp_path: Path) -> None:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    theirs = [path for path in FILES if "/" in path or path == "own.js"]
    assert unused(tmp_path, theirs) == ["assets/a.js.map", "assets/c.js", "assets/d.js", "own.js"]
    assert unused(tmp_path, theirs[:-1]) == ["assets/a.js.map"], "own.js names c.js"
