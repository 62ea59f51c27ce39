"""Markdown guides and gettext catalogs, turned into one multilingual site.

The core of Annai. It knows Markdown, gettext and locales, and no host: it never
imports MkDocs, so that it can serve any program that runs Python-Markdown.
"""
