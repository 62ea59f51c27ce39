"""The command ``annai``."""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from annai import pseudo
from annai.articles import overdue
from annai.built import BuiltSite
from annai.check import problems, warnings
from annai.clock import now
from annai.errors import ContentError
from annai.impact import impact, report
from annai.join import collect, union
from annai.origins import explained
from annai.plan import ONLY, make_plan
from annai.site import Site, read_site
from annai.staging import FULL, Staging, no_room
from annai.status import as_data, statuses, table
from annai.update import start, update


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0, or 1 if something is wrong with the content."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that is not UTF-8
    parser = _parser()
    options = parser.parse_args(arguments)
    config = Path(options.config_file)
    if not config.is_file():
        parser.error(f"there is no {config}; go to the folder of the site, or name it with -f")
    try:
        return int(options.run(read_site(config.absolute()), options))
    except ContentError as error:
        _say(str(error), sys.stderr)
        return 1
    except OSError as error:
        if error.errno not in FULL:
            raise
        _say(no_room(error, config.parent), sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="annai", description="Look after the translations of a site made with MkDocs."
    )
    parser.add_argument(
        "-f", "--config-file", default="mkdocs.yml", help="the site (default: %(default)s)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser(
        "update", help="bring messages.pot and every catalog up to date with the pages"
    )
    command.set_defaults(run=_update)

    command = commands.add_parser("new", help="start the catalog of a new language")
    command.add_argument("locale", help="its locale, for example ko, pt_BR or zh_Hans")
    command.set_defaults(run=_new)

    command = commands.add_parser("status", help="show how far each translation is")
    command.add_argument("--json", action="store_true", help="as JSON, for programs")
    command.set_defaults(run=_status)

    command = commands.add_parser(
        "pseudo", help="build the site in two made-up languages, to see what cannot be translated"
    )
    command.add_argument(
        "--site-dir", default="site-pseudo", help="where to build it (default: %(default)s)"
    )
    command.set_defaults(run=_pseudo)

    command = commands.add_parser(
        "impact", help="tell in Markdown what the change since a commit does to each language"
    )
    command.add_argument("revision", help="the commit, for example origin/main")
    command.set_defaults(run=_impact)

    command = commands.add_parser("locales", help="list the languages that readers get")
    command.add_argument("--json", action="store_true", help="as JSON, for programs")
    command.set_defaults(run=_locales)

    command = commands.add_parser(
        "join", help="make one site of the parts that several builds made of it (ANNAI_LOCALES)"
    )
    command.add_argument("folder", help="where the site goes, in the place of what is there")
    command.add_argument("parts", nargs="+", metavar="part", help="the folder of a part")
    command.set_defaults(run=_join)

    command = commands.add_parser(
        "links", help="list the links of the built site to other sites, and the pages with them"
    )
    command.add_argument(
        "folder", nargs="?", default="site", help="the built site (default: %(default)s)"
    )
    command.add_argument("--json", action="store_true", help="as JSON, for programs")
    command.set_defaults(run=_links)

    command = commands.add_parser("check", help="list everything that is wrong with the catalogs")
    command.set_defaults(run=_check)
    return parser


def _update(site: Site, options: argparse.Namespace) -> int:
    changed = update(site)
    for path in changed:
        _say(f"updated {site.shown(path)}")
    if not changed:
        _say("everything is up to date")
    return 0


def _new(site: Site, options: argparse.Namespace) -> int:
    _say(f"started {site.shown(start(site, options.locale))}")
    return 0


def _status(site: Site, options: argparse.Namespace) -> int:
    found = statuses(site)
    as_json = json.dumps(as_data(found), ensure_ascii=False, indent=2) if options.json else ""
    _say(as_json or table(found))
    for article in () if options.json else overdue(site, now().date()):
        who = f" ({article.owner})" if article.owner else ""
        _say(f"{article.shown}:{article.reviewed_line}: last reviewed {article.reviewed}{who}")
    return 0


def _pseudo(site: Site, options: argparse.Namespace) -> int:
    names = ",".join(each.folder for each in (site.source, *pseudo.LOCALES))
    folder = Path(options.site_dir).absolute()
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(site.path)]
    environ = {**os.environ, ONLY: names}
    code = subprocess.run([*command, "--site-dir", str(folder)], env=environ).returncode
    for locale in pseudo.LOCALES if code == 0 else ():
        _say(f"{locale.folder}: {folder / locale.tag / 'index.html'}")
    return code


def _impact(site: Site, options: argparse.Namespace) -> int:
    _say(report(impact(site, options.revision)))
    return 0


def _locales(site: Site, options: argparse.Namespace) -> int:
    folders = [each.folder for each in make_plan(site.path, {}).locales]
    _say(json.dumps(folders) if options.json else "\n".join(folders))
    return 0


def _join(site: Site, options: argparse.Namespace) -> int:
    plan = make_plan(site.path, {})
    place = Staging(Path(options.folder))
    try:
        collect(union([Path(part) for part in options.parts]), place)
        built = BuiltSite(place.root, site.site_url)
        found = list(explained(built.dead(), built, plan))
        for problem in found:
            _say(f"{problem}\n", sys.stderr)
        if not found:
            place.publish()
    finally:
        place.discard()
    return 1 if found else 0


def _links(site: Site, options: argparse.Namespace) -> int:
    folder = Path(options.folder)
    if not folder.is_dir():
        raise ContentError(folder, 1, "there is no built site", "run: make site")
    found = BuiltSite(folder, site.site_url).external()
    listed = (f"{address}\n  {'  '.join(pages)}" for address, pages in found.items())
    _say(json.dumps(found, ensure_ascii=False, indent=2) if options.json else "\n".join(listed))
    return 0


def _check(site: Site, options: argparse.Namespace) -> int:
    found = list(problems(site))
    for problem in found:
        _say(f"{problem}\n", sys.stderr)
    for warning in () if found else warnings(site):
        _say(f"warning: {warning}\n", sys.stderr)
    if not found:
        _say("the catalogs are in order")
    return 1 if found else 0


def _say(text: str, stream: TextIO | None = None) -> None:
    (stream or sys.stdout).write(f"{text}\n")
