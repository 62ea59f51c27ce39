"""Lists of tasks, read out: the boxes of pymdownx.tasklist have no name (WCAG 2.2, 4.1.2)."""

from __future__ import annotations

OPEN = '<input type="checkbox" disabled'
DONE = f"{OPEN} checked"


def read_out(html: str) -> str:
    """*html*, whose box is silent where a task is open, and named by a check mark where it is done.

    >>> read_out('<li><input type="checkbox" disabled/> one</li>')
    '<li><input type="checkbox" disabled aria-hidden="true"/> one</li>'
    >>> read_out('<li><input type="checkbox" disabled checked/> two</li>')
    '<li><input type="checkbox" disabled checked aria-label="✓"/> two</li>'
    """
    parts = html.split(DONE)
    return f'{DONE} aria-label="✓"'.join(
        part.replace(OPEN, f'{OPEN} aria-hidden="true"') for part in parts
    )
