"""The page about the ways back into Untis."""

from __future__ import annotations

from dataclasses import replace

import pytest

from untisopt.domain.calendar import Period
from untisopt.i18n import use_language
from untisopt.report.entry.forcing_guide import forcing_guide
from untisopt.results.entry import FileFormat, ForcingGuideDocument

DOCUMENT = ForcingGuideDocument(
    dummies={7: "ZZ7"},
    wanted={7: (Period(1, 3), Period(2, 4))},
    left_out=(8, 9),
    formats={"GPU002.TXT": FileFormat(delimiter=";", quoted=False, utf8=True)},
)


def page(document: ForcingGuideDocument) -> str:
    return forcing_guide(document).decode()


def test_files_and_lessons():
    text = page(DOCUMENT)
    assert "<td>7</td><td>ZZ7</td><td>Mon 3, Tue 4</td>" in text
    assert "delimiter: semicolon; text delimiter: no character; encoding: UTF-8" in text
    assert "enter them by hand: 8, 9" in text


def test_saving_comes_before_everything_else():
    text = page(DOCUMENT)
    assert text.index("Save the Untis file") < text.index("Import GPU002.TXT") < text.index("Import GPU016.TXT")
    assert text.index("Import undo/GPU016.TXT") < text.index("Delete the dummy teachers")


def test_entry_list_comes_first_of_five_ways():
    text = page(DOCUMENT)
    ways = [text.index(f"<strong>{name}") for name in ("The entry list", "The revised", "GPU001", "XML", "The forcing")]
    assert ways == sorted(ways)


@pytest.mark.parametrize(
    ("kind", "named", "strange"),
    [
        ("lesson", ["The revised lesson.txt</strong>:", "GPU001"], ["<strong>XML"]),
        ("gpu", ["GPU001"], ["lesson.txt", "<strong>XML"]),
        ("xml", ["GPU001", "<strong>XML"], ["lesson.txt"]),
        ("", ["lesson.txt</strong> (where the plan was read from one)", "GPU001", "<strong>XML"], []),
    ],
)
def test_names_no_file_that_does_not_exist(kind, named, strange):
    text = page(replace(DOCUMENT, kind=kind))
    assert all(name in text for name in named)
    assert not [name for name in strange if name in text]
    assert "<code>untisopt diff RESULT NEW-EXPORT</code>" in text


def test_without_lesson_data_it_says_what_to_export():
    text = page(ForcingGuideDocument(has_lessons=False, left_out=(7,)))
    assert "export the lessons (GPU002)" in text
    assert "Step by step" not in text


def test_nothing_to_force():
    text = page(ForcingGuideDocument())
    assert "No lesson is moved" in text
    assert "Step by step" not in text


def test_page_needs_nothing_else():
    text = page(DOCUMENT)
    assert "http" not in text
    assert "<script" not in text


@pytest.mark.parametrize("language", ["en", "de"])
def test_language_is_stated(language):
    use_language(language)
    assert f'<html lang="{language}">' in page(DOCUMENT)
