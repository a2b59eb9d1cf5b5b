"""Signals and forecasts a second time, from RULES.md section 5 alone: exact fractions, standard library only."""

from fractions import Fraction as F

from exact import number, plain, rounded

NO_COMPARATOR, EQUAL = 0, 3
NONE, RED, YELLOW, GREEN, BLUE = range(1, 6)


def hundredths(x):
    return rounded(x, 2)


def decimals(x):
    """Decimals of a finite decimal fraction."""
    text = plain(x)
    return len(text.partition(".")[2])


def signal(v, limits, ahead):
    red, yellow, green = map(F, limits)
    if v < red:
        return RED
    if v < yellow:
        return YELLOW
    return BLUE if ahead and v >= green else GREEN


def row_progress(row, reported, limits, month, prorated):
    """(signal, v or None)"""
    if not reported["reported"] or row.na:
        return NONE, None
    if row.target is None or row.comparator == NO_COMPARATOR:
        levels = [band["level"] for band in row.lists("bands")]
        if reported["level"] not in levels:
            return NONE, None
        place = levels.index(reported["level"])
        return GREEN if place == 0 else RED if place == len(levels) - 1 else YELLOW, None
    actual = number(reported.get("number"))
    if actual is None:
        return NONE, None
    if not row.forward:
        return GREEN if actual <= row.target else RED, None
    if row.target > 0:
        v = actual / (row.target * F(month, 12) if prorated else row.target) * 100
        return signal(v, limits, True), hundredths(v)
    reached = actual == row.target if row.comparator == EQUAL else actual >= row.target
    return GREEN if reached else RED, None


def forecast(row, reported, day, days):
    actual = number(reported.get("number"))
    if not reported["reported"] or actual is None or row.na or row.target is None or not row.forward or row.target <= 0:
        return None
    return rounded(actual / day * days, max(2, decimals(actual), decimals(row.target)))


def expected(entry, row, limits, b, e):
    """What the dump's "monitoring" of one row must say; b and e are the table's money."""
    said, reported = entry["monitoring"], entry["reported"]
    month = said["month"]
    want = {key: said[key] for key in ("month", "prorated", "day", "days")}
    want["signal"], want["percent"] = row_progress(row, reported, limits, month, said["prorated"])
    want["money_signal"], want["money_percent"] = NONE, None
    if b is not None and b > 0 and e is not None:
        share = e / b * 100 / (F(month, 12) * 100) * 100
        want["money_signal"], want["money_percent"] = signal(share, limits, False), hundredths(share)
    want["forecast"] = forecast(row, reported, said["day"], said["days"])
    return want
