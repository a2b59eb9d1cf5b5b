"""Exact figures as the oracle uses them: fractions, rounded once, and their decimal text."""

from fractions import Fraction as F

HALF_AWAY, DOWN, HALF_EVEN = 1, 2, 3


def rounded(x, decimals, mode=HALF_AWAY):
    scaled = abs(x) * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    half = 2 * rest - scaled.denominator
    if mode == HALF_AWAY and half >= 0 or mode == HALF_EVEN and (half > 0 or half == 0 and whole % 2 == 1):
        whole += 1
    value = F(whole, 10**decimals)
    return -value if x < 0 else value


def plain(x):
    """Canonical decimal text of a finite decimal fraction."""
    if x is None:
        return None
    scale, denominator = 0, x.denominator
    while denominator % 10 == 0:
        denominator //= 10
        scale += 1
    while denominator % 2 == 0 or denominator % 5 == 0:
        denominator //= 2 if denominator % 2 == 0 else 5
        scale += 1
    if denominator != 1:
        raise ValueError(f"not a finite decimal: {x}")
    digits = str(abs(x.numerator) * 10**scale // x.denominator).rjust(scale + 1, "0")
    text = (digits[:-scale] + "." + digits[-scale:]).rstrip("0").rstrip(".") if scale else digits
    return ("-" if x < 0 else "") + text


def number(text):
    return None if text is None else F(text)
