"""Comments and values of a TOML file that people read."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping
from enum import Enum

_WIDTH = 110


def comment(text: str, indent: str = "") -> list[str]:
    """A comment, wrapped; what would end the line or the file is replaced, wherever it comes from."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return textwrap.wrap(
        clean,
        _WIDTH,
        initial_indent=f"# {indent}",
        subsequent_indent=f"# {indent}",
        break_long_words=False,
        break_on_hyphens=False,
    )


def example(name: str, content: object) -> str:
    """A key that does nothing yet."""
    return f"# {key(name)} = {value(content)}"


def key(name: str) -> str:
    """A key, in quotes where it must be."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def value(content: object) -> str:
    """A value as TOML has it: number, truth, text, list, table; None is a text that says so."""
    if isinstance(content, Enum):
        return value(content.value)
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, int | float):
        return str(content)
    if isinstance(content, Mapping):
        return "{ " + ", ".join(f"{key(str(k))} = {value(v)}" for k, v in content.items()) + " }" if content else "{}"
    if isinstance(content, tuple | list | frozenset | set):
        return "[" + ", ".join(map(value, content)) + "]"
    return _quoted(str(content))


def _quoted(text: str) -> str:
    """A basic string: those of JSON, which leaves out one character that TOML does not take."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
