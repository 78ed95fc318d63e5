"""Broken break tables and policy files: the exact messages a planner gets, all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from tests.unit.rules.plain import Plain
from untisopt.errors import InputError, PolicyError
from untisopt.io.breaks.table import read_breaks
from untisopt.io.policy import file as policy_file
from untisopt.io.policy.file import read_policy

BAD = Path(__file__).parents[1] / "data" / "bad"

BREAK_TABLES = {
    "breaks_break_too_short.txt": """\
1 defect in the input:
breaks_break_too_short.txt, line 3: expected 25 min between period 2 (line 2, until 09:30) and period 3 (line 4, from \
09:55), found 20 min
  Maybe the break is wrong or one of the two periods""",
    "breaks_break_in_wrong_column.txt": """\
1 defect in the input:
breaks_break_in_wrong_column.txt, line 3: expected a period before and after every break, found a break at the edge of \
the day
  Maybe a period is missing; in a table with two columns, the left one is read first""",
    # The second line of period 2 is the defect; that period 3 is missing follows from it and is not said.
    "breaks_period_twice.txt": """\
1 defect in the input:
breaks_period_twice.txt, line 3: expected every period once, found period 2 again, which stands in line 2""",
    "breaks_end_before_start.csv": """\
1 defect in the input:
breaks_end_before_start.csv, line 3: expected an end of period 2 after its start at 09:30, found 08:45""",
    "breaks_periods_overlap.txt": """\
1 defect in the input:
breaks_periods_overlap.txt, line 2: expected a start of period 2 at 08:45 or later, when period 1 (line 1) ends, found \
08:40
  Maybe the two periods overlap because of a slip of the pen, or 1:30 means 13:30""",
    "breaks_afternoon_in_12_hours.txt": """\
1 defect in the input:
breaks_afternoon_in_12_hours.txt, line 3: expected a start of period 7 at 13:00 or later, when period 6 (line 1) ends, \
found 01:30
  Maybe the two periods overlap because of a slip of the pen, or 1:30 means 13:30""",
    "breaks_periods_out_of_order.txt": """\
1 defect in the input:
breaks_periods_out_of_order.txt, line 3: expected a period after 3 (line 2), found period 2
  Maybe the periods are out of order; in a table with two columns, the left one is read first""",
    "breaks_period_missing.txt": """\
1 defect in the input:
breaks_period_missing.txt, line 3: expected period 3 after period 2 (line 2), found period 4
  Maybe a line was forgotten; a period in which nobody teaches needs its times, too""",
    "breaks_without_numbers.txt": """\
2 defects in the input:
breaks_without_numbers.txt, line 1: expected a period such as '1 08:00-08:45' or a break such as '20 min', found \
'08:00-08:45'
  Maybe the number of the period is missing in front of the times
breaks_without_numbers.txt, line 2: expected a period such as '1 08:00-08:45' or a break such as '20 min', found \
'08:45-09:30'
  Maybe the number of the period is missing in front of the times""",
    "breaks_heading_with_digits.txt": """\
1 defect in the input:
breaks_heading_with_digits.txt, line 1: expected a period such as '1 08:00-08:45' or a break such as '20 min', found \
'Stundenraster 2026/27'
  Maybe it is a heading: put # in front of it""",
    "breaks_without_period.txt": """\
1 defect in the input:
breaks_without_period.txt: expected periods with their times, such as '1 08:00-08:45', found a table without a single \
period""",
    "breaks_impossible_times.txt": """\
2 defects in the input:
breaks_impossible_times.txt, line 1: expected a time of day such as 08:00, found '08:60'
breaks_impossible_times.txt, line 2: expected a time of day such as 08:00, found '25:30'""",
    "breaks_bad_cells.csv": """\
4 defects in the input:
breaks_bad_cells.csv, line 3, column 1: expected the number of a period, 0 to 99, found 'zwei'
breaks_bad_cells.csv, line 4: expected the three columns period,start,end, found '3;09:50'
breaks_bad_cells.csv, line 5, column 2: expected a time of day such as 08:00, found 'acht'
breaks_bad_cells.csv, line 5, column 3: expected a time of day such as 08:00, found '10:99'""",
    "breaks_two_lengths_of_a_break.txt": """\
1 defect in the input:
breaks_two_lengths_of_a_break.txt, line 2: expected 20 min, from 08:45 to 09:05, found 25 min""",
    "breaks_utf16.txt": """\
1 defect in the input:
breaks_utf16.txt: expected text in UTF-8 or Windows-1252, found bytes that are no text in either
  Maybe this is another file than you meant; otherwise save it again as text in UTF-8""",
    "breaks_of_nobody.txt": """\
1 defect in the input:
breaks_of_nobody.txt: expected a file that can be read, found no file of this name
  Maybe the name is misspelt or the file is in another folder""",
    "..": """\
1 defect in the input:
data: expected a file that can be read, found a folder
  Maybe you mean a file in it""",
}

POLICY_FILES = {
    # Column 10 is the first character of the value; the reason in brackets is that of the TOML parser.
    "policy_syntax.toml": """\
1 defect in the policy:
policy_syntax.toml, line 5, column 10: expected valid TOML, found 'change = same-kind'
  Maybe a text lacks its quotes or a list its bracket""",
    "policy_unknown_names.toml": """\
5 defects in the policy:
policy_unknown_names.toml, line 1: expected a table of the policy, found 'gaol'
  Maybe you mean goal
policy_unknown_names.toml, line 5: expected a key of [travel], found 'minuts'
  Maybe you mean minutes
policy_unknown_names.toml, line 8: expected a key of [pins], found 'teacher'
  Maybe you mean teachers
policy_unknown_names.toml, line 10: expected the id of a rule, found 'grade-gps'
  Maybe you mean grade-gaps
policy_unknown_names.toml, line 14: expected a key of [rules.grade-gaps], found 'wieght'
  Maybe you mean weight""",
    "policy_key_without_table.toml": """\
2 defects in the policy:
policy_key_without_table.toml, line 1: expected a table of the policy, found 'worth'
  Maybe it belongs below [goal]
policy_key_without_table.toml, line 2: expected a table of the policy, found 'max_changes'
  Maybe it belongs below [goal]""",
    "policy_values_out_of_range.toml": """\
7 defects in the policy:
policy_values_out_of_range.toml, line 2: expected minutes in [travel] to be a whole number from 0 to 600, found -25
policy_values_out_of_range.toml, line 5: expected worth in [goal] to be a whole number from 0 to 1000, found 1001
policy_values_out_of_range.toml, line 6: expected max_changes in [goal] to be a whole number from 0 to 1000000, found \
'many'
policy_values_out_of_range.toml, line 9: expected week in [weeks] to be a whole number from 1 to 53, found 54
policy_values_out_of_range.toml, line 12: expected change in [rooms] to be one of (none, same-kind), found 'same kind'
  Maybe you mean same-kind
policy_values_out_of_range.toml, line 15: expected enabled in [rules.grade-gaps] to be true or false, found 'no'
  Maybe you mean false
policy_values_out_of_range.toml, line 16: expected weight in [rules.grade-gaps] to be a whole number from 0 to 1000, \
found 2.5""",
    # 12 is accepted as the name of a grade: no other number is written like it. 10.3 is not, because of 10.30.
    "policy_numbers_without_quotes.toml": """\
2 defects in the policy:
policy_numbers_without_quotes.toml, line 4: expected grades in [pins] to be a name in quotes, found 10.3
  Maybe you mean '10.3'
policy_numbers_without_quotes.toml, line 9: expected periods in [[blocked]] to be a period in quotes, found 1.3
  Maybe you mean '1.3'""",
    "policy_pattern_of_two_sites.toml": """\
3 defects in the policy:
policy_pattern_of_two_sites.toml, line 6: expected a pattern of one site only, found 'T1', which belongs to Filiale
policy_pattern_of_two_sites.toml, line 8: expected another name than that of the main site, found 'Haupthaus'
policy_pattern_of_two_sites.toml, line 8: expected at least one pattern on the rooms of Haupthaus, found []""",
    "policy_travel.toml": """\
5 defects in the policy:
policy_travel.toml, line 6: expected unusable_breaks in [travel] to be two periods that follow one another, found '4-6'
  Maybe you mean 4-5
policy_travel.toml, line 6: expected unusable_breaks in [travel] to be the periods before and after a break (such as \
2-3), found 'lunch'
policy_travel.toml, line 7: expected a site that [sites] names, found 'Filale'
  Maybe you mean Filiale
policy_travel.toml, line 8: expected two different sites, found 'Filiale > Filiale'
policy_travel.toml, line 9: expected Filiale > Haupthaus in [travel] to be a whole number from 0 to 600, \
found '30 min'""",
    "policy_breaks_file_missing.toml": """\
1 defect in the policy:
policy_breaks_file_missing.toml, line 2: expected file in [breaks] to be a file that exists, found breaks_utf-16.txt
  Maybe you mean breaks_utf16.txt""",
    "policy_breaks_file_is_folder.toml": """\
1 defect in the policy:
policy_breaks_file_is_folder.toml, line 2: expected file in [breaks] to be a file that exists, found ..""",
    "policy_pins.toml": """\
6 defects in the policy:
policy_pins.toml, line 2: expected lessons in [pins] to be an Untis lesson number (such as 177), found 'one'
policy_pins.toml, line 3: expected days in [pins] to be a weekday (1 to 7 or a name such as Fr), found 'Freitg'
  Maybe you mean Freitag
policy_pins.toml, line 3: expected days in [pins] to be a weekday (1 to 7 or a name such as Fr), found 8
policy_pins.toml, line 4: expected lectures in [pins] to be a lesson number with its day and period (such as 177@5.5), \
found '177@Fr'
policy_pins.toml, line 4: expected lectures in [pins] to be a weekday (1 to 7 or a name such as Fr), found '177@Xy.5'
policy_pins.toml, line 5: expected teachers in [pins] to be a name in quotes, found ''""",
    "policy_blocked.toml": """\
6 defects in the policy:
policy_blocked.toml, line 1: expected one of teacher, grade, room in [[blocked]], found none of them
policy_blocked.toml, line 4: expected one of teacher, grade, room in [[blocked]], found teacher, room
policy_blocked.toml, line 9: expected periods in [[blocked]], found none
policy_blocked.toml, line 14: expected periods in [[blocked]] to be a weekday (1 to 7 or a name such as Fr), found '8.1'
policy_blocked.toml, line 14: expected periods in [[blocked]] to be a weekday (such as Fr) or a period of it \
(such as Fr.3), found 'Fr-1'
policy_blocked.toml, line 18: expected a key of [[blocked]], found 'period'
  Maybe you mean periods""",
    "policy_no_tables.toml": """\
3 defects in the policy:
policy_no_tables.toml, line 1: expected a table [goal], found 5
policy_no_tables.toml, line 2: expected tables [[blocked]], found 'Arnd'
policy_no_tables.toml, line 4: expected a table [rules.grade-gaps], found false""",
    "policy_of_nobody.toml": """\
1 defect in the policy:
policy_of_nobody.toml: expected a file that can be read, found no file of this name
  Maybe the name is misspelt or the file is in another folder""",
}


def _message(read: Callable[[Path], object], name: str, error: type[InputError]) -> str:
    with pytest.raises(error) as caught:
        read(Path(name))
    assert caught.value.exit_code == 3
    return str(caught.value)


@dataclass(frozen=True, kw_only=True)
class _Gaps(Plain):
    """All that the reader of a policy knows of a rule, so that the messages do not change with the real ones."""

    id: ClassVar[str] = "grade-gaps"
    weight: int = 1


@pytest.fixture(autouse=True)
def _among_the_bad_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD)
    monkeypatch.setattr(policy_file, "ALL_RULES", (_Gaps(),))


@pytest.mark.parametrize("name", BREAK_TABLES)
def test_break_table(name: str) -> None:
    assert _message(read_breaks, name, InputError) == BREAK_TABLES[name]


@pytest.mark.parametrize("name", POLICY_FILES)
def test_policy_file(name: str) -> None:
    assert _message(read_policy, name, PolicyError) == POLICY_FILES[name]


def test_backslashes_in_a_path_are_explained() -> None:
    # The parser's own words differ between versions of Python; place and advice do not.
    message = _message(read_policy, "policy_backslashes.toml", PolicyError)
    assert message.splitlines()[1].startswith("policy_backslashes.toml, line 2, column ")
    assert message.endswith("\n  Maybe the path has backslashes: put it in single quotes or write / instead")


def test_every_bad_side_file_is_tested() -> None:
    files = {path.name for pattern in ("breaks_*", "policy_*") for path in BAD.glob(pattern)}
    assert files <= {*BREAK_TABLES, *POLICY_FILES, "policy_backslashes.toml"}
