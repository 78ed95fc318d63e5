"""Language of the texts that people read: gettext catalogues, German and English.

The language of a process is set once by the command line (`--lang`, else the environment); library users get English
unless they call :func:`use_language`. Texts are written in English in the code and translated in
``locale/<lang>/LC_MESSAGES/untisopt.po``.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("en", "de")
LOCALE_DIR = Path(__file__).parent / "locale"
_current = "en"


@lru_cache(maxsize=len(LANGUAGES))
def translations(lang: str) -> gettext.NullTranslations:
    """Return the catalogue of one language; English is the language of the source texts."""
    return gettext.translation("untisopt", LOCALE_DIR, languages=[lang], fallback=lang == "en")


def use_language(lang: str) -> None:
    """Set the language of all texts from now on; `lang` is one of :data:`LANGUAGES`."""
    global _current
    if lang not in LANGUAGES:
        raise ValueError(f"language {lang!r} is not one of {', '.join(LANGUAGES)}")
    translations(lang)
    _current = lang


def current_language() -> str:
    """Return the language in force."""
    return _current


@contextmanager
def in_language(lang: str) -> Iterator[None]:
    """All texts are in another language for a while."""
    before = current_language()
    use_language(lang)
    try:
        yield
    finally:
        use_language(before)


def language_of_environment(environ: Mapping[str, str] = os.environ) -> str:
    """Return `de` where the environment asks for German (LC_ALL, LC_MESSAGES, LANG, in this order), else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return "de" if value.lower().startswith("de") else "en"
    return "en"


def _(message: str) -> str:
    """Translate `message` into the language in force."""
    return translations(_current).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate with the plural form that fits `count`."""
    return translations(_current).ngettext(singular, plural, count)


def N_(message: str) -> str:  # noqa: N802 - the name that collectors of messages know
    """Mark `message` for translation where it is written; `_` translates it where it is shown."""
    return message
