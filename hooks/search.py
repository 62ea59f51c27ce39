"""MkDocs hook: a search index for each locale, found beside its pages."""

from __future__ import annotations

import json
import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from annai.plan import make_plan

INDEX = Path("search", "search_index.json")
"""Where the theme's search plugin writes its index, and the theme's script looks for it, below
the base address that overrides/main.html gives it."""


def on_post_build(config: MkDocsConfig) -> None:
    """Move the index of a locale into its folder, with addresses that start there."""
    plan = make_plan(Path(config.config_file_path), os.environ)
    index = Path(config.site_dir) / INDEX
    if not plan.child or not index.is_file():
        return
    folder = plan.folder(plan.child)
    content = json.loads(index.read_text("utf-8"))
    for section in content["docs"]:
        section["location"] = section["location"].removeprefix(folder)
    target = Path(config.site_dir) / folder / INDEX
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    target.write_text(text, "utf-8", newline="\n")
