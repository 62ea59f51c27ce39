"""MkDocs hook: readers whose browser prefers another language of the site are offered it.

The script (overrides/assets/javascripts/language/) needs a few words of every language. They are
in a module that all pages share, so that only one build has to read every catalog.
"""

from __future__ import annotations

import os
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files

from annai.errors import ContentError
from annai.languages import Offer, offers_module
from annai.plan import Plan, make_plan
from annai.speech import spoken

WORDS = "partials/language-words.html"
"""The template of what an offer says."""

MODULE = "assets/javascripts/language/words.js"
"""The address of the module with the words of every language."""

_plan: Plan
_said: dict[str, str]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Find out which languages there are."""
    global _plan
    _plan = make_plan(Path(config.config_file_path), os.environ)
    return config


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Have pages load the script if there is a choice, and note what it says."""
    global _said
    env.globals["offers_languages"] = len(_plan.locales) > 1
    _said = spoken(env, WORDS)
    return env


def on_post_build(config: MkDocsConfig) -> None:
    """Write the module; the root build alone does, if it renders pages."""
    if _plan.locale not in _plan.wanted or _plan.child or len(_plan.locales) == 1:
        return
    try:
        words = {locale: _plan.words_of(locale, _said) for locale in _plan.locales}
    except ContentError as error:
        raise PluginError(str(error)) from None
    offers = [Offer(locale, **said) for locale, said in words.items() if said]
    target = Path(config.site_dir) / MODULE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(offers_module(offers))
