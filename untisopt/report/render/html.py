"""HTML pages from templates: everything is escaped, and every text speaks the language in force."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from untisopt import i18n

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def html_page(template: str, **context: object) -> bytes:
    """A page that needs nothing but itself.

    What comes from an export is escaped unless it is marked as safe; a name that a template asks for and nobody gives
    is an error.

    Parameters
    ----------
    template : str
        Name of a file in `templates`, without its endings.
    **context : object
        What the template lays out.

    Returns
    -------
    bytes
        UTF-8.
    """
    page = _environment().get_template(f"{template}.html.j2")
    return page.render(lang=i18n.current_language(), **context).encode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Texts are translated when a page is rendered, not when its template is read."""
    # Imported late: only what makes a page needs it.
    from jinja2 import Environment, PackageLoader, StrictUndefined

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


def safe(html: str) -> Markup:
    """HTML that stands on a page as it is: nothing in it comes from an export unescaped."""
    from markupsafe import Markup

    return Markup(html)


def data_block(data: object) -> Markup:
    """JSON that may stand inside a `script` element: nothing in it can end the element or begin a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return safe(text)
