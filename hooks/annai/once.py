"""What templates make once, and use again."""

from __future__ import annotations

from collections.abc import Callable, Hashable


def once() -> Callable[..., str]:
    """What gives templates the body of a ``call`` block as the first with the same key made it.

    >>> from jinja2 import Environment
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
