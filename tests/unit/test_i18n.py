"""The language of texts, and the German catalogue: complete, sound and compiled."""

from __future__ import annotations

import ast
import io
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import untisopt.i18n
from untisopt.domain.calendar import Period
from untisopt.errors import Defect
from untisopt.i18n import LANGUAGES, current_language, language_of_environment, ngettext, translations, use_language
from untisopt.wording import day_name, place

PACKAGE = Path(untisopt.i18n.__file__).parent
FOLDER = PACKAGE / "locale" / "de" / "LC_MESSAGES"

Forms = tuple[str, ...]
"""A text, or its singular and its plural."""


@pytest.fixture(autouse=True)
def language_as_before() -> Iterator[None]:
    before = current_language()
    yield
    use_language(before)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (FOLDER / "untisopt.po").open("rb") as file:
        return read_po(file, locale="de", domain="untisopt")


@pytest.fixture(scope="module")
def extracted() -> set[Forms]:
    """The texts that `make messages` finds."""
    return {forms_of(message) for _file, _line, message, _comments, _context in _extract()}


def _extract() -> Iterator[tuple[Any, ...]]:
    """As babel.cfg says."""
    templates = {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true"}
    options = {"**/templates/**.j2": {**templates, "newstyle_gettext": "true", "silent": "false"}}
    methods = [("**.py", "python"), ("**/templates/**.j2", "jinja2")]
    yield from extract_from_dir(str(PACKAGE), method_map=methods, options_map=options)


TRANSLATORS = {"_": 1, "N_": 1, "ngettext": 2}
"""How many texts each of them takes."""
MARKED = ("called", "promise", "habit")
"""Attributes of rules, marked by `N_` where they are written."""


@pytest.fixture(scope="module")
def written() -> set[Forms]:
    """The texts of all calls of translators, wherever they stand."""
    found = {forms_of(message) for file, _line, message, _comments, _context in _extract() if file.endswith(".j2")}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATORS:
                texts = node.args[: TRANSLATORS[node.func.id]]
                if isinstance(texts[0], ast.Attribute) and texts[0].attr in MARKED:
                    continue
                # Only what stands in the source can be collected from it.
                assert all(isinstance(text, ast.Constant) for text in texts), f"{path}:{node.lineno}"
                found.add(tuple(ast.literal_eval(text) for text in texts))
    return found


def forms_of(texts: object) -> Forms:
    return (texts,) if isinstance(texts, str) else tuple(texts)  # type: ignore[arg-type]


def entries(catalogue: Catalog) -> Iterator[tuple[Message, Forms, Forms]]:
    """Every message but the header, with its texts and their translations."""
    for message in catalogue:
        if message.id:
            yield message, forms_of(message.id), forms_of(message.string)


def placeholders(text: str) -> list[tuple[str, str, str | None]]:
    """What `str.format` fills in: name, format and conversion."""
    parsed = string.Formatter().parse(text)
    return sorted((name, spec or "", conversion) for _text, name, spec, conversion in parsed if name is not None)


def ending(text: str) -> str:
    return text[-1] if text[-1] in ".:;,?!\n " else ""


def test_every_text_is_translated(catalogue, extracted):
    translated = {
        texts for message, texts, german in entries(catalogue) if german and all(german) and not message.fuzzy
    }
    assert sorted(extracted - translated) == []


def test_no_text_is_hidden_from_the_extraction(written, extracted):
    """Up to Python 3.11, what stands in the braces of an f-string is not collected: give it a line of its own."""
    assert sorted(written - extracted) == []


def test_catalogue_holds_nothing_that_is_gone(catalogue, written):
    assert sorted(texts for _message, texts, _german in entries(catalogue) if texts not in written) == []
    assert not catalogue.obsolete


def test_german_has_a_singular_and_a_plural_wherever_english_has(catalogue):
    assert catalogue.num_plurals == 2
    assert catalogue.plural_expr == "(n != 1)"
    assert [texts for _message, texts, german in entries(catalogue) if len(texts) != len(german)] == []


def test_placeholders_are_those_of_the_english_text(catalogue):
    wrong = [
        (text, translation)
        for _message, texts, german in entries(catalogue)
        for text, translation in zip(texts, german, strict=True)
        if placeholders(text) != placeholders(translation)
    ]
    assert wrong == []


def test_sentences_end_as_in_english(catalogue):
    """A full stop, a colon or a line end that is lost or added shows where texts are put together."""
    wrong = [
        (text, translation)
        for _message, texts, german in entries(catalogue)
        for text, translation in zip(texts, german, strict=True)
        if ending(text) != ending(translation) or text[0].isspace() != translation[0].isspace()
    ]
    assert wrong == []


def test_catalogue_passes_the_checks_of_the_compiler(catalogue):
    assert [(message.id, errors) for message, errors in catalogue.check()] == []


def test_header_is_filled_in(catalogue):
    assert not catalogue.fuzzy
    assert catalogue.header_comment.startswith("# German translations for untisopt.\n")
    header = dict(catalogue.mime_headers)
    assert header["Language"] == "de"
    assert header["Content-Type"] == "text/plain; charset=utf-8"
    text = (FOLDER / "untisopt.po").read_text(encoding="utf-8")
    for leftover in ("FIRST AUTHOR", "FULL NAME", "EMAIL@ADDRESS", "LL@li.org", "YEAR-MO-DA", " VERSION"):
        assert leftover not in text


def test_compiled_catalogue_is_up_to_date(catalogue):
    fresh = io.BytesIO()
    write_mo(fresh, catalogue)
    fresh.seek(0)
    with (FOLDER / "untisopt.mo").open("rb") as file:
        compiled = read_mo(file)
    # The header names the version of Babel and may differ.
    assert {texts: german for _m, texts, german in entries(compiled)} == {
        texts: german for _m, texts, german in entries(read_mo(fresh))
    }


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]),
        ("de", ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]),
    ],
)
def test_day_names(lang, names):
    use_language(lang)
    assert [day_name(day) for day in range(1, 8)] == names
    assert day_name(8) == "8"
    assert place(Period(2, 5)) == f"{names[1]} 5"


@pytest.mark.parametrize(
    ("lang", "count", "text"),
    [
        ("en", 0, "{count} lectures are pinned."),
        ("en", 1, "{count} lecture is pinned."),
        ("en", 2, "{count} lectures are pinned."),
        ("de", 0, "{count} Stunden sind fixiert."),
        ("de", 1, "{count} Stunde ist fixiert."),
        ("de", 2, "{count} Stunden sind fixiert."),
    ],
)
def test_plural_follows_the_count(lang, count, text):
    use_language(lang)
    assert ngettext("{count} lecture is pinned.", "{count} lectures are pinned.", count) == text


def test_compiled_plurals_are_found(catalogue):
    german = translations("de")
    for _message, texts, forms in entries(catalogue):
        if len(texts) == 2:
            assert [german.ngettext(*texts, count) for count in (1, 0, 2, 21)] == [forms[0], *[forms[1]] * 3]


def test_advice_begins_with_maybe_in_both_languages():
    defect = Defect(file="lesson.txt", line=3, column=2, expected="a", found="b", advice="c")
    assert str(defect) == "lesson.txt, line 3, column 2: expected a, found b\n  Maybe c"
    use_language("de")
    assert str(defect) == "lesson.txt, Zeile 3, Spalte 2: erwartet: a; gefunden: b\n  Vielleicht c"


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "en"),
        ({"LANG": ""}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "de"}, "de"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_AT@euro"}, "de"),
        ({"LANG": "DE_CH"}, "de"),
        # LC_ALL before LC_MESSAGES before LANG; an empty one does not count.
        ({"LC_ALL": "de_DE.UTF-8", "LC_MESSAGES": "en_GB", "LANG": "en_GB"}, "de"),
        ({"LC_ALL": "en_GB.UTF-8", "LC_MESSAGES": "de_DE", "LANG": "de_DE"}, "en"),
        ({"LC_MESSAGES": "de_DE.UTF-8", "LANG": "en_GB.UTF-8"}, "de"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "de_DE.UTF-8"}, "de"),
        # Texts do not follow the other categories.
        ({"LC_TIME": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"}, "en"),
    ],
)
def test_language_of_environment(environment, lang):
    assert language_of_environment(environment) == lang


def test_language_of_the_process_by_default(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert language_of_environment() == "de"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_use_language(lang):
    use_language(lang)
    assert current_language() == lang


def test_unknown_language_is_refused_and_changes_nothing():
    use_language("de")
    with pytest.raises(ValueError, match="'fr' is not one of en, de"):
        use_language("fr")
    assert current_language() == "de"
