"""Cells stand for what they stand for in the commands."""

from __future__ import annotations

import datetime
import math

import numpy as np
import pytest

from relupath import cells


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("-12", -12), (".5", 0.5), (" 1e-8\t", 1e-8), ("0e99", 0), ("5.", 5), (True, 1), (np.float32(0.5), 0.5)],
)
def test_numbers(cell: object, expected: float) -> None:
    assert cells.number(cell) == expected


@pytest.mark.parametrize("cell", ["0x10", "1_000", "1e400", "1e-400", "inf", "1,5", "١", "", "1e", object()])
def test_what_is_no_number(cell: object) -> None:
    assert math.isnan(cells.number(cell))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3.0, "3"),
        (-0.25, "-0.25"),
        (1e-5, "1.0E-5"),
        (1.25e-10, "1.25E-10"),
        (12345678.5, "1.23456785E7"),
        (-1e300, "-1.0E300"),
        (1e15, "1.0E15"),
        (0.001, "0.001"),
        (7, "7"),
        (True, "true"),
        ("  a b ", "a b"),
    ],
)
def test_texts_of_numbers_are_those_of_java(value: object, expected: str) -> None:
    assert cells.text(value) == expected


def test_dates_are_days_since_1970() -> None:
    expected = (datetime.datetime(2024, 2, 29, 13, 30) - datetime.datetime(1970, 1, 1)) / datetime.timedelta(1)
    for cell in (
        "2024-02-29 13:30",
        " 2024-02-29T13:30:00Z ",
        datetime.datetime(2024, 2, 29, 13, 30),
        datetime.datetime(2024, 2, 29, 15, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2))),
        np.datetime64("2024-02-29T13:30"),
    ):
        assert cells.days(cell) == expected
    assert cells.days("+12000-01-01") == cells.days("2000-01-01") + 25 * 146_097
    assert cells.days("-0400-03-01") - cells.days("-0400-02-28") == 2
    assert cells.days(datetime.date(1969, 12, 31)) == -1


@pytest.mark.parametrize("cell", ["2023-02-29", "2024-1-1", "24-01-01", "2024-01-01 24:00", "2024-01-01+02:00", "-0000-01-01", 5])
def test_what_is_no_date(cell: object) -> None:
    assert math.isnan(cells.days(cell))


@pytest.mark.parametrize("seed", range(3))
def test_parts_of_dates_are_those_of_the_calendar(seed: int) -> None:
    own = np.random.default_rng(seed)
    seconds = own.integers(-60_000_000_000, 250_000_000_000, 200)
    times = [datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=int(s)) for s in seconds]
    days = np.array([cells.days(time) for time in times])
    assert cells.date_part("year", days).tolist() == [time.year for time in times]
    assert cells.date_part("month", days).tolist() == [time.month for time in times]
    assert cells.date_part("day", days).tolist() == [time.day for time in times]
    assert cells.date_part("weekday", days).tolist() == [time.isoweekday() for time in times]
    hours = [time.hour + time.minute / 60 + time.second / 3600 for time in times]
    np.testing.assert_allclose(cells.date_part("hour", days), hours, rtol=1e-14, atol=1e-14)


def test_levels_that_training_had_not_and_missing_ones() -> None:
    assert cells.levels(["a", " b", "c", None, "NA", math.nan, 3.0], ["a", "b", "3"]).tolist() == [0, 1, -1, -2, -2, -2, 2]
