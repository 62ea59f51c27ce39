"""What is made of templates once: their code for all builds, and what many pages have in common."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path

from jinja2 import Environment
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from jinja2.filters import FILTERS
from jinja2.tests import TESTS
from jinja2.utils import pass_context

from annai.memory import FOLDER, digest, program
from annai.pofile import write

GIVEN = "jinja_pass_arg"
"""What Jinja calls the mark of a filter that gets the context (jinja2.utils, 3.1)."""

LATE = vars(pass_context(lambda context: ""))[GIVEN]
"""The mark itself."""


class Compiled(FileSystemBytecodeCache):
    """The code that templates were compiled to, in a folder: one file for each of their names.

    It is as good as new: a file counts if nothing has changed that the code depends on. Where the
    folder cannot be written, templates are compiled anew, as they are if that cannot be known.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), "%s.code")
        try:
            write(folder / ".gitignore", "*\n")
        except OSError:
            return  # a build on a read-only disk is slower, and no worse

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """What is kept of a template, or else where its code goes."""
        rules = _rules(environment)
        version = digest(program(), rules, name, filename, source) if rules else ""
        bucket = Bucket(environment, digest(name), version)
        if version:
            self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read the code; a damaged file is as good as none, whatever pickle says of it."""
        try:
            super().load_bytecode(bucket)
        except Exception:
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code, at once or not at all."""
        try:
            if bucket.checksum:
                super().dump_bytecode(bucket)
        except OSError:
            return


def _rules(env: Environment) -> str | None:
    """A hash of what the code of a template depends on besides the template itself.

    None if nobody can know: Jinja puts into the code what filters and tests make of constants, so
    those that are not its own have to get the context, which there is only when a page is made.
    """
    named = ((env.filters, FILTERS), (env.tests, TESTS))
    own = [
        {name: each for name, each in every.items() if jinjas.get(name) is not each}
        for every, jinjas in named
    ]
    free = [each for every in own for each in every.values() if getattr(each, GIVEN, 0) != LATE]
    others = [name for name in env.extensions if not name.startswith("jinja2.")]
    if free or others or env.finalize or callable(env.autoescape):
        return None
    settings = {key: value for key, value in vars(env).items() if isinstance(value, (str, int))}
    parts = sorted(settings.items()), sorted(env.policies.items()), sorted(env.extensions)
    return digest(*parts, *map(sorted, own))


def once() -> Callable[..., str]:
    """What gives templates the body of a ``call`` block as the first with the same key made it.

    >>> template = Environment().from_string("{% call once(key) %}{{ text }}{% endcall %}")
    >>> template.environment.globals["once"] = once()
    >>> [template.render(key=key, text=text) for key, text in ((1, "a"), (1, "b"), (2, "c"))]
    ['a', 'a', 'c']
    """
    made: dict[tuple[Hashable, ...], str] = {}

    def render(*key: Hashable, caller: Callable[[], str]) -> str:
        if key not in made:
            made[key] = caller()
        return made[key]

    return render


def make_once(env: Environment, config: Path) -> None:
    """Have *env*, of the site configured in the folder *config*, make once what can be."""
    env.bytecode_cache = Compiled(config / FOLDER / "templates")
    env.globals["once"] = once()
