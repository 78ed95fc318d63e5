"""Break tables in every form that schools print or export."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from untisopt.domain.calendar import Timeslot
from untisopt.errors import InputError
from untisopt.io.breaks.lines import parse_clock
from untisopt.io.breaks.table import parse_breaks, read_breaks

# The day of the school that the tool was first made for: ten periods, travel fits between 6 and 7 only.
DAY = {
    1: "08:00-08:45",
    2: "08:45-09:30",
    3: "09:50-10:35",
    4: "10:35-11:20",
    5: "11:30-12:15",
    6: "12:15-13:00",
    7: "13:30-14:15",
    8: "14:15-15:00",
    9: "15:05-15:50",
    10: "15:50-16:35",
}
ONE_LINE = (
    "1 08:00-08:45, 2 08:45-09:30, 20 min, 3 09:50-10:35, 4 10:35-11:20, 10 min, 5 11:30-12:15, 6 12:15-13:00, 30 min, "
    "7 13:30-14:15, 8 14:15-15:00, 5 min, 9 15:05-15:50, 10 15:50-16:35."
)
TWO_COLUMNS = """\
Stundenraster der Schule

 1. Stunde   8.00–8.45 Uhr          6. Stunde  12.15 – 13.00 Uhr
 2. Stunde   8.45–9.30 Uhr          Mittagspause 30 min
    Große Pause (20 Minuten)        7. Stunde  13.30 – 14.15 Uhr
 3. Stunde   9.50–10.35 Uhr         8. Stunde  14.15 – 15.00 Uhr
 4. Stunde  10.35–11.20 Uhr            5 min Pause
    10 min Pause                    9. Stunde  15.05 – 15.50 Uhr
 5. Stunde  11.30–12.15 Uhr        10. Stunde  15.50 – 16.35 Uhr
"""
# The right column goes on where the left one has ended.
LONGER_RIGHT_COLUMN = """\
1 08:00-08:45            3 09:50-10:35
2 08:45-09:30            4 10:35-11:20
Pause 20 min             break 10 min
                         5 11:30-12:15
                         6 12:15-13:00
                           30 min
                         7 13:30-14:15
"""
BY_TAB = (
    "1\t08:00 - 08:45\t4\t10:35 - 11:20\n2\t08:45 - 09:30\tPause\t10 min\nPause\t20 min\t5\t11:30 - 12:15\n"
    "3\t09:50 - 10:35\t6\t12:15 - 13:00\n\t\tPause\t30 min\n\t\t7\t13:30 - 14:15\n"
)
# Copied out of a PDF, columns are one blank apart.
COLLAPSED = (
    "1 08:00-08:45 4 10:35-11:20\n2 08:45-09:30 10 min Pause\n20 min Pause 5 11:30-12:15\n3 09:50-10:35 6 12:15-13:00\n"
)
BREAKS_ON_THE_RIGHT = (
    "1 08:00-08:45\n2 08:45-09:30      Pause 20 min\n3 09:50-10:35\n4 10:35-11:20      Pause 10 min\n5 11:30-12:15"
)
CLOCK_BREAKS = """\
1. Std. 8.00 bis 8.45 Uhr
2. Std. 8.45 bis 9.30 Uhr
1. Pause 9.30 - 9.50 Uhr (20 min)
3. Std. 9.50 bis 10.35 Uhr
"""


def times(text: str) -> dict[int, str]:
    return {number: str(slot) for number, slot in parse_breaks(text, "breaks.txt").items()}


def first(count: int) -> dict[int, str]:
    return {number: slot for number, slot in DAY.items() if number <= count}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(ONE_LINE, 10, id="one line"),
        pytest.param(ONE_LINE.replace(", 5 11", ",\n5 11"), 10, id="comma list over two lines"),
        pytest.param(ONE_LINE.replace(", ", "\n"), 10, id="one entry per line"),
        pytest.param(TWO_COLUMNS, 10, id="two columns"),
        pytest.param(TWO_COLUMNS.replace("\n", "\r\n"), 10, id="Windows line ends"),
        pytest.param(LONGER_RIGHT_COLUMN, 7, id="right column longer"),
        pytest.param(BY_TAB, 7, id="columns by TAB"),
        pytest.param(COLLAPSED, 6, id="columns one blank apart"),
        pytest.param(BREAKS_ON_THE_RIGHT, 5, id="breaks beside the periods"),
        pytest.param(CLOCK_BREAKS, 3, id="breaks with clock times"),
        pytest.param("period,start,end\n1,08:00,8:45\n2,8.45,0930\n3,950,1035\n", 3, id="CSV, all forms of times"),
        pytest.param("Stunde;Beginn;Ende;\n1;08:00;08:45;\n2.;08:45;09:30;\n", 2, id="CSV, semicolons"),
        pytest.param('1\t"08:00:00"\t"08:45:00"\n2\t"08:45:00"\t"09:30:00"\n', 2, id="CSV, TABs, seconds"),
        pytest.param("1,08:00,08:45\n2,08:45,09:30\nPause,09:30,09:50\n3,09:50,10:35\n", 3, id="CSV with a break"),
        pytest.param("1;08:00;08:45\n2;08:45;09:30\n20 min Pause\n3;09:50;10:35\n", 3, id="CSV with minutes"),
    ],
)
def test_same_day_in_every_form(text: str, count: int) -> None:
    assert times(text) == first(count)


@pytest.mark.parametrize(
    "entry",
    [
        "1 08:00-08:45",
        "1. 08:00 - 08:45 Uhr",
        "1. Stunde 8.00–8.45",
        "1.Stunde: 8:00 Uhr bis 8:45 Uhr",
        "1) 0800 — 0845",
        "1: 800\u2010845",
        "  01    8.00 \u2212 8.45   ",
        "Period 1 8:00 to 8:45",
        "1. period 8:00 until 8:45",
        "1, 8:00-8:45,",
        "1 08:00-08:45 # fixed",
    ],
)
def test_forms_of_a_period(entry: str) -> None:
    assert times(entry) == {1: "08:00-08:45"}


@pytest.mark.parametrize(
    "entry",
    [
        "Pause 20 min",
        "20 min Pause",
        "20 Min. große Pause",
        "Große Pause (20 Minuten)",
        "1. Pause: 20 min",
        "Mittagspause 20 min",
        "break 20 min",
        "20 minutes break",
        "20'",
        "Pause 20",
        "Pause 9.30 - 9.50 Uhr",
        "10 min Pause, 10 min",  # two breaks in a row add up
    ],
)
def test_forms_of_a_break(entry: str) -> None:
    fits = f"2 08:45-09:30\n{entry}\n3 09:50-10:35"
    assert times(fits) == {2: DAY[2], 3: DAY[3]}
    # Five minutes later, the same break no longer fits: it was read, not passed over.
    with pytest.raises(InputError, match="line 2: expected"):
        times(fits.replace("3 09:50", "3 09:55"))


def test_every_break_of_two_columns_is_checked() -> None:
    for right, wrong in (("20 Minuten", "15 Minuten"), ("30 min", "25 min"), ("5 min", "6 min"), ("10 min", "9 min")):
        with pytest.raises(InputError, match=rf"^1 defect .*\n.* found {wrong[:2].strip()} min"):
            times(TWO_COLUMNS.replace(right, wrong))


def test_numbers_may_start_at_zero_or_later() -> None:
    assert times("0 07:10-07:55\n1 08:00-08:45") == {0: "07:10-07:55", 1: "08:00-08:45"}
    assert list(times("3 09:50-10:35\n4 10:35-11:20")) == [3, 4]


def test_what_follows_from_a_defect_is_no_defect() -> None:
    # Line 3 cannot be read, so that nobody knows what lies between the break and period 2 or whether 3 is missing.
    text = "1 08:00-08:45\n2 08:45-09:30\n3 O9:50-10:35\n10 min\n4 10:35-11:20\n5 11:15-12:00"
    with pytest.raises(InputError) as caught:
        times(text)
    assert [defect.line for defect in caught.value.defects] == [3, 6]


def test_clock_break_that_starts_elsewhere() -> None:
    # 09:35-09:55 has the right 20 minutes at the wrong time.
    with pytest.raises(
        InputError, match=r"line 2: expected a break from 09:30, when period 2 \(line 1\) ends, found 09:35"
    ):
        times("2 08:45-09:30\nPause 09:35-09:55\n3 09:50-10:35")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "breaks.txt"
    path.write_bytes("2. Stunde 8.45–9.30\nGroße Pause (20 min)\n3. Stunde 9.50–10.35".encode(encoding))
    assert read_breaks(path) == {2: Timeslot(525, 570), 3: Timeslot(590, 635)}


def test_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "breaks.txt"
    path.write_bytes(b"1 08:00-08:45\n" * 100_000)
    with pytest.raises(InputError, match="at most 1000000 bytes"):
        read_breaks(path)


@pytest.mark.parametrize("piece", ["1 ", "1\t", "a", "a ", "1 Pause ", "1 8:00-", " ", "20 min ", "Pause  "])
def test_rubbish_is_refused_quickly(piece: str) -> None:
    # One endless line, and many lines that are just short enough to be searched.
    began = time.process_time()
    for length, count in ((300_000, 1), (1900, 30)):
        with pytest.raises(InputError):
            parse_breaks(f"1{piece * (length // len(piece))}x1\n" * count, "breaks.txt")
    assert time.process_time() - began < 10


@given(
    st.integers(0, 24 * 60 - 1),
    st.sampled_from(["{h:02d}:{m:02d}", "{h}:{m:02d}", "{h}.{m:02d}", "{h}{m:02d}", "{h:02d}:{m:02d}:00"]),
)
def test_times_are_read_as_written(minutes: int, form: str) -> None:
    text = form.format(h=minutes // 60, m=minutes % 60)
    assert parse_clock(text) == minutes


@given(st.text(alphabet="0123456789:. ", max_size=6))
def test_any_text_is_a_time_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert 0 <= parse_clock(text) < 24 * 60


@given(st.lists(st.integers(5, 90), min_size=1, max_size=11), st.data())
def test_any_day_reads_back(steps: list[int], data: st.DataObject) -> None:
    """Periods of 5..90 minutes with breaks of 0..30: written in any form, read as they are."""
    start, slots, breaks = 7 * 60, {}, {}
    for number, length in enumerate(steps, start=1):
        slots[number] = Timeslot(start, start + length)
        breaks[number] = data.draw(st.integers(0, 30))
        start += length + breaks[number]
    if start > 24 * 60:
        return
    joint = data.draw(st.sampled_from(["\n", ", ", ",\n"]))
    entries = []
    for number, slot in slots.items():
        entries.append(f"{number} {slot}")
        if breaks[number] and number < len(slots):
            entries.append(f"{breaks[number]} min")
    assert parse_breaks(joint.join(entries), "breaks.txt") == slots


@given(st.text(alphabet=st.sampled_from("0129:.-–,;\t |#\nPause min Uhr"), max_size=80))
def test_any_text_is_a_table_or_an_input_error(text: str) -> None:
    try:
        slots = parse_breaks(text, "breaks.txt")
    except InputError:
        return
    assert slots
    assert all(slot.start is not None and slot.end is not None and slot.start < slot.end for slot in slots.values())
