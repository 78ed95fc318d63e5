"""The Jinja2 environment of all HTML pages: everything is escaped, and every text speaks the language in force."""

from __future__ import annotations

import json
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from untisopt import i18n


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment of the templates beside this module.

    What comes from an export is escaped unless it is marked as safe; a name that a template asks for and nobody gives
    is an error. Texts are translated when a page is rendered, not when its template is read.
    """
    made = Environment(
        loader=PackageLoader("untisopt.report"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The extension adds this method; the stubs of Jinja2 do not know it.
    made.install_gettext_callables(i18n._, i18n.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made


def data_block(data: object) -> Markup:
    """JSON that may stand inside a `script` element: nothing in it can end the element or begin a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)
