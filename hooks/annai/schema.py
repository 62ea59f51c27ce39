"""Checking data that writers keep in YAML, with the file and line of each mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from annai.errors import ContentError, did_you_mean
from annai.texts import SafeLoader


def read_yaml(text: str, shown: str, first_line: int = 1) -> tuple[yaml.Node | None, Any]:
    """The YAML node and the value of *text*, which begins at *first_line* of the file *shown*.

    Raises ContentError if it is not YAML, or names a key twice.
    """
    loader = SafeLoader(text)
    try:
        root = loader.get_single_node()
        repeated = next(_repeated(root), None)  # before merge keys (<<) are resolved
        data = loader.construct_document(root) if root else None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or error
        line = (mark.line if mark else 0) + first_line
        fix = "compare the line with those around it"
        raise ContentError(shown, line, f"this is not YAML: {problem}", fix) from None
    finally:
        loader.dispose()
    if repeated:
        line = repeated.start_mark.line + first_line
        raise ContentError(shown, line, f'"{repeated.value}" stands twice', "keep one of the two")
    return root, data


def mistakes(
    data: Any, root: yaml.Node | None, schema: dict[str, Any], shown: str, first_line: int = 1
) -> Iterator[ContentError]:
    """Everything in *data*, read from *root*, that is not as *schema* (JSON Schema) wants it."""
    found = Draft202012Validator(schema).iter_errors(data)
    placed = [(line_at(root, _path(error)) + first_line, *_words(error)) for error in found]
    for line, problem, fix in sorted(placed):
        yield ContentError(shown, line, problem, fix)


def line_at(root: yaml.Node | None, path: Sequence[str | int]) -> int:
    """The 0-based line of what *path*, keys and indexes, leads to, or of what is nearest to it."""
    node, line = root, 0
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == str(step)]
            if not found:
                break
            line, node = found[0][0].start_mark.line, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line
    return int(line)


def _path(error: ValidationError) -> list[str | int]:
    """Where the mistake is: with a key that is not known or not allowed, at that key."""
    path = list(error.absolute_path)
    if "propertyNames" in error.absolute_schema_path:
        return [*path, str(error.instance)]
    return [*path, _extra(error)] if error.validator == "additionalProperties" else path


def _extra(error: ValidationError) -> str:
    """The first key that is not known."""
    schema: Any = error.schema
    data: Any = error.instance
    return next(str(key) for key in data if key not in schema["properties"])


def _words(error: ValidationError) -> tuple[str, str]:
    """What is wrong, and how to mend it, in words for a writer."""
    path = [str(step) for step in error.absolute_path]
    name = path[-1] if path else "the file"
    schema: Any = error.schema
    wanted: Any = error.validator_value
    data: Any = error.instance
    if error.validator == "required":
        missing = error.message.split("'")[1]
        return f'"{name}" has no {missing}', f"add {missing}:"
    if error.validator == "additionalProperties":
        known = list(schema["properties"])
        extra = _extra(error)
        fix = f"{did_you_mean(extra, known)}known: {', '.join(known)}"
        return f'"{name}" cannot have {extra}', fix
    problem = f"{name} cannot be {data!r}"
    if error.validator == "enum":
        return problem, f"{did_you_mean(str(data), wanted)}write {' or '.join(wanted)}"
    if error.validator == "type" and "description" not in schema:
        return problem, f"write a {WORDS[wanted]}"
    return problem, schema.get("description", f"{error.validator} is {wanted}")


WORDS = {
    "string": "text",
    "object": "mapping (key: value)",
    "array": "list",
    "integer": "whole number",
    "boolean": "true or false",
}


def _repeated(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Keys that a mapping in *node* has more than once; YAML would keep the last without a word."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated(item)
