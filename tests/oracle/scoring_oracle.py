#!/usr/bin/env python3
"""Scores tables a second time, from RULES.md section 2 alone, and compares every figure with what C++ wrote.

Reads the JSON lines of scoring_dump. Exact fractions throughout; standard library only. Exits 1 at the first twenty differences.
"""

import argparse
import json
import subprocess
import sys
from fractions import Fraction as F

import explanation_check
import monitoring_check
from exact import DOWN, HALF_AWAY, number, plain, rounded

UNMAPPED, PROPORTIONAL, DIRECT, RATING, SATISFACTION, STEPS, MANUAL = range(7)
NONE, AT_LEAST, GREATER, EQUAL, AT_MOST, LESS = range(6)
SCORED, UNREPORTED, UNSCORED, NO_RULE, NOT_APPLICABLE, UNWEIGHTED = range(1, 7)
OVER_NONE, OVER_MANUAL, OVER_TIERS, OVER_DEVIATION = 1, 2, 3, 4
FLAG_OVER, FLAG_REASON = 1, 2
TICK = F(1, 10**9)
PROBE_EVERY = 5  # ends of open numeric rows are searched in every fifth table
# What a thousand tables must have met, or the generator has gone blind: (rule, status) pairs that can occur, and all three lights.
EXPECTED = {(rule, status) for rule in range(7) for status in (4, 5, 6)} | {(rule, status) for rule in range(1, 7) for status in (1, 2)}
EXPECTED |= {(DIRECT, 3), (RATING, 3), (MANUAL, 3)} | {("light", light) for light in (1, 2, 3)}
EXPECTED -= {(rule, 4) for rule in range(1, 7)}
EXPECTED |= {("signal", signal) for signal in range(1, 6)} | {("money", signal) for signal in range(1, 5)}


class Row:
    """One row with its options resolved against the profile."""

    def __init__(self, row, profile):
        own, base = row["options"], profile["options"]
        self.option = lambda key, otherwise: own.get(key) or base.get(key) or otherwise
        self.maybe = lambda key: number(own.get(key, base.get(key)))
        self.lists = lambda key: own[key] or base[key]
        self.rule, self.comparator = row["rule"], row["comparator"]
        self.target, self.weight = number(row.get("target")), number(row.get("weight"))
        self.na, self.negative = bool(row["na"]), bool(row["negative"])
        self.decimals = own["decimals"] if "decimals" in own else base.get("decimals", 2)
        self.mode = self.option("rounding", HALF_AWAY)
        self.equal = self.option("equal", 1)
        self.forward = self.comparator in (AT_LEAST, GREATER, EQUAL)

    def r(self, x):
        return max(F(0), min(self.weight, rounded(x, self.decimals, self.mode)))

    def fits(self):
        if self.rule == PROPORTIONAL:
            return self.target is not None and self.comparator != NONE
        if self.rule == DIRECT:
            return (self.target is not None) == (self.comparator != NONE)
        if self.rule == RATING:
            return bool(self.lists("bands"))
        if self.rule == STEPS or self.rule == SATISFACTION and self.option("satisfaction", 1) == 1:
            return bool(self.lists("steps"))
        if self.rule == SATISFACTION and self.option("satisfaction", 1) == 2:
            return self.target is not None
        return self.rule != UNMAPPED

    def met(self, a):
        t = self.target
        if self.comparator in (AT_LEAST, GREATER):
            return a >= t
        if self.comparator in (AT_MOST, LESS):
            return a <= t
        if self.comparator == EQUAL:
            if t == 0:
                return a <= 0
            return a >= t if self.equal == 1 else a == t
        return False

    def proportional(self, a):
        t, w = self.target, self.weight
        if self.comparator in (AT_MOST, LESS):
            if a <= t:
                return w
            if t <= 0:
                return F(0)
            if self.option("reverse", 1) == 2:
                return self.r(t / a * w)
            return self.r((1 - (a - t) / t) * w) if a < 2 * t else F(0)
        if self.comparator == EQUAL:
            if t == 0:
                return w if a <= 0 else F(0)
            if self.equal == 3:
                return w if a == t else F(0)
            if self.equal == 2:
                if a == t:
                    return w
                if t < 0:
                    return F(0)
                gate = self.maybe("gate")
                if gate is not None and a < t and a / t < gate:
                    return F(0)
                return self.r(w * max(F(0), 1 - abs(a - t) / t))
        if a >= t:
            return w
        if t <= 0 or a <= 0:
            return F(0)
        gate, per_missing = self.maybe("gate"), self.maybe("per_missing")
        if gate is not None and a / t < gate:
            return F(0)
        if per_missing is not None:
            return self.r(max(F(0), w - per_missing * -((a - t).__floor__())))
        return self.r(a / t * w)

    def direct(self, met):
        if met:
            return self.weight
        d = self.maybe("deduction")
        return F(0) if d is None else self.r(max(F(0), self.weight - d))

    def steps(self, a):
        for step in self.lists("steps"):
            if a > F(step["from"]) or step["inclusive"] and a == F(step["from"]):
                return self.r(F(step["factor"]) * self.weight)
        return F(0)

    def satisfaction(self, a):
        mode = self.option("satisfaction", 1)
        if mode == 1:
            return self.steps(a)
        if mode == 2:
            if a >= self.target:
                return self.weight
            return self.r(a / self.target * self.weight) if a >= 60 else F(0)
        return self.weight if a >= 100 else F(0) if a <= 0 else self.r(a / 100 * self.weight)

    def over(self, a, score, deduction):
        """What over-achievement leaves; section 2.3."""
        t, mode = self.target, self.option("over", OVER_NONE)
        more_is_more = self.forward and (self.comparator != EQUAL or self.equal == 1 and t != 0)
        if not more_is_more or a < t:
            return score
        if mode == OVER_MANUAL:
            return score if deduction is None else self.r(max(F(0), score - deduction))
        if t <= 0:
            return score
        if mode == OVER_TIERS:
            for tier in self.lists("tiers"):
                if a / t >= F(tier["from"]):
                    return self.r(score * F(tier["factor"]))
        if mode == OVER_DEVIATION:
            one, zero = F(1), F(0)
            limit, slope, floor = (self.maybe("limit"), self.maybe("slope"), self.maybe("floor"))
            limit, slope = (one if limit is None else limit), (one if slope is None else slope)
            share = max(zero if floor is None else floor, 1 - slope * max(zero, a / t - limit))
            return self.r(self.weight * share)
        return score

    def score(self, a=None, met=None, typed=None, deduction=None):
        """The score by the rule, or None while a person has to say something."""
        if self.rule == PROPORTIONAL:
            return self.over(a, self.proportional(a), deduction)
        if self.rule == DIRECT:
            if self.target is None:
                return None if met is None else self.direct(met)
            return self.over(a, self.direct(self.met(a)), deduction)
        if self.rule == SATISFACTION:
            return self.satisfaction(a)
        return self.steps(a) if self.rule == STEPS else typed

    def band(self, level):
        """[low, last two-decimal score] of a level."""
        bands = self.lists("bands")
        index = [band["level"] for band in bands].index(level)

        def edge(share):
            x = rounded(F(share) * self.weight, 2)
            return rounded(F(share) * self.weight, 2, DOWN) if x > self.weight else x

        low, high = edge(bands[index]["from"]), edge(bands[index]["to"])
        return low, high if index == 0 else max(low, high - F(1, 100))

    def extremes(self, reported):
        """(sure, possible) of a row without a score; None for an end that section 2.6 gives no closed form for."""
        w, zero = self.weight, F(0)
        if not self.fits():
            return zero, w
        if self.rule == RATING:
            levels = [band["level"] for band in self.lists("bands")] if not reported["level"] else [reported["level"]]
            bands = [self.band(level) for level in levels]
            return min(low for low, _ in bands), max(last for _, last in bands)
        if self.rule == MANUAL:
            return zero, rounded(w, 2, DOWN)
        if self.rule == DIRECT and self.target is None:
            return min(self.direct(False), w), w
        values = [self.score(a) for a in self.probes()]
        if self.option("over", OVER_NONE) == OVER_MANUAL:
            values += [self.score(a, deduction=w) for a in self.probes()]
        return min(values), max(values)

    def probes(self):
        """A dense net of values around every number that the rule names, and far away."""
        marks = [F(0), F(60), F(100)] + [F(step["from"]) for step in self.lists("steps")]
        if self.target is not None:
            factors = [F(1), F(2), self.maybe("gate") or F(1), self.maybe("limit") or F(1)]
            factors += [F(tier["from"]) for tier in self.lists("tiers")]
            marks += [self.target * factor for factor in factors]
        values = [F(10**40), F(-(10**40)), F(1), F(50)]
        for mark in marks:
            below = F((mark / TICK).__floor__()) * TICK
            values += [below - TICK, below, below + TICK, below + 2 * TICK]
        return {value for value in values if value >= 0 or self.negative}


def check_row(entry, profile, probe, differ):
    """`probe`: also find the ends of open numeric rows by trial, which takes most of the time; else they are taken as given."""
    row, reported, got = Row(entry["row"], profile), entry["reported"], entry["score"]
    a = number(reported.get("number"))
    want = {"score": None, "completion": None, "sure": F(0), "possible": F(0), "met": 0, "flags": 0}
    has_ratio = reported["reported"] and a is not None and row.target is not None and row.target > 0
    if row.na:
        want["status"] = NOT_APPLICABLE
    elif row.weight is None:
        want["status"] = UNWEIGHTED
    elif not row.fits():
        want["status"] = NO_RULE
    elif not reported["reported"]:
        want["status"] = UNREPORTED
    else:
        met = None if "met" not in reported else bool(reported["met"])
        want["score"] = row.score(a, met, number(reported.get("typed")), number(reported.get("deduction")))
        want["status"] = UNSCORED if want["score"] is None else SCORED
    if want["status"] == SCORED:
        want["sure"] = want["possible"] = want["score"]
    elif want["status"] in (UNREPORTED, UNSCORED, NO_RULE):
        if probe or row.rule in (RATING, MANUAL) or not row.fits():
            want["sure"], want["possible"] = row.extremes(reported)
        else:
            want["sure"], want["possible"] = F(got["sure"]), F(got["possible"])
    if not row.na:
        if has_ratio:
            want["completion"] = rounded(a / row.target * 100, 2)
            if row.forward and a > row.target:
                want["flags"] |= FLAG_OVER if a / row.target >= F(profile["flag"]) else 0
                want["flags"] |= FLAG_REASON if a / row.target >= F(profile["reason"]) else 0
        if want["score"] is not None and want["score"] < row.weight:
            want["flags"] |= FLAG_REASON
        if reported["reported"]:
            if a is not None and row.target is not None:
                want["met"] = int(row.met(a))
            elif "met" in reported:
                want["met"] = int(reported["met"])
            elif reported["level"]:
                want["met"] = int(reported["level"] == row.lists("bands")[0]["level"])
            else:
                want["met"] = int(want["score"] is not None and want["score"] == row.weight > 0)
    compare(got, want, differ)
    return row, want


def compare(got, want, differ):
    for key, value in want.items():
        text = value if isinstance(value, (int, str)) else plain(value)
        if got.get(key) != text:
            differ(f"{key}: C++ {got.get(key)!r}, here {text!r}")


def grade(profile, total):
    for band in profile["grades"]:
        if total >= F(band["from"]):
            return band["name"]
    return ""


def check_table(line, probe, differ):
    profile, zero = line["profile"], F(0)
    rows = [
        check_row(entry, profile, probe, lambda text, i=i: differ(f"row {i + 1}: {text}")) for i, entry in enumerate(line["rows"])
    ]
    live = [(row, want) for row, want in rows if not row.na]
    b, e = number(line["budget"].get("adjusted")), number(line["budget"].get("spent"))
    points = F(profile.get("execution", 0))
    want = {
        "weighted": int(bool(rows) and all(row.weight is not None for row, _ in live)),
        "rate": rounded(e / b * 100, 2) if b and e is not None else None,
        "completion": rounded(F(100 * sum(w["met"] for _, w in live), len(live)), 2) if live else None,
        "indicators": len(rows),
        "reported": sum(entry["reported"]["reported"] for entry, (row, _) in zip(line["rows"], rows) if not row.na),
        "unscored": sum(w["status"] == UNSCORED for _, w in live),
        "reasons": sum(w["flags"] & FLAG_REASON != 0 for _, w in live),
        "flags": max([0] + [w["flags"] & FLAG_OVER for _, w in live]) | max([0] + [w["flags"] & FLAG_REASON for _, w in live]),
        "total": None, "sure": None, "possible": None, "execution": None, "grade": "", "light": 1,
    }
    if want["weighted"]:
        i = sum((w["score"] or zero for _, w in live), zero)
        p, n = F(profile["points"]), sum((row.weight or zero for row, _ in rows if row.na), zero)
        rescaled = bool(profile["rescale"]) and n > 0 and n < p
        scale = p / (p - n) if rescaled else F(1)
        known = points > 0 and bool(b) and e is not None
        earned = min(points, max(zero, e / b * points)) if known else zero
        most = points if points > 0 and b and e is None else earned
        digits = profile["decimals"]
        want["total"] = rounded(i * scale + earned, digits)
        want["sure"] = rounded(sum((w["sure"] for _, w in live), zero) * scale + earned, digits)
        want["possible"] = rounded(sum((w["possible"] for _, w in live), zero) * scale + most, digits)
        want["points"] = rounded(i * scale, 2) if rescaled else i
        want["execution"] = rounded(earned, 2) if known else None
        want["grade"] = grade(profile, want["total"])
        want["light"] = light(profile, i * scale / p, points, b, e)
    compare(line["table"], want, differ)
    return want, b, e


def light(profile, reached, points, b, e):
    if points == 0 or reached == 0 or b is None:
        return 1
    if b == 0:
        return 2
    if e is None:
        return 1
    if (reached - min(F(1), e / b)) / reached > F(profile["gap"]):
        return 3
    return 2 if (b - e) / b > F(profile["unspent"]) else 1


def check_unit(line, shares, differ):
    """The unit of this table and the one before it."""
    profile, zero = line["profile"], F(0)
    weight = sum((share[0] for share in shares), zero)
    want = {"total": None, "sure": None, "possible": None, "grade": "", "rate": None}
    if weight > 0:
        for index, key in enumerate(("total", "sure", "possible")):
            want[key] = rounded(sum((share[0] * share[1][index] for share in shares), zero) / weight, profile["decimals"])
        want["grade"] = grade(profile, want["total"])
    b, e = sum((share[2] for share in shares), zero), sum((share[3] for share in shares), zero)
    if b > 0:
        want["rate"] = rounded(e / b * 100, 2)
    compare(line["unit"], want, differ)


def share_of(profile, want, b, e):
    zero = F(0)
    budget = zero if b is None else b
    spent = zero if b is None or e is None else e
    if not want["weighted"]:
        return zero, (zero, zero, zero), budget, spent
    weight = F(1) if profile["plain_mean"] else budget
    return weight, (want["total"], want["sure"], want["possible"]), budget, spent


def check_stream(lines, limit=20):
    """Returns (tables, explanation steps checked, differences, cases met)."""
    tables = steps = 0
    met = set()
    differences, previous = [], []
    for text in lines:
        line = json.loads(text)
        tables += 1
        met.add(("light", line["table"]["light"]))
        met.update((entry["row"]["rule"], entry["score"]["status"]) for entry in line["rows"])
        met.update(("signal", entry["monitoring"]["signal"]) for entry in line["rows"])
        met.update(("money", entry["monitoring"]["money_signal"]) for entry in line["rows"])

        def differ(message, tables=tables, text=text):
            differences.append(f"table {tables}: {message}\n  {text.strip()}")

        want, b, e = check_table(line, tables % PROBE_EVERY == 1, differ)
        for entry in line["rows"]:
            compare(entry["monitoring"], monitoring_check.expected(entry, Row(entry["row"], line["profile"]), line["profile"]["monitoring"], b, e), differ)
        share = share_of(line["profile"], want, b, e)
        check_unit(line, previous + [share], differ)
        previous = [share]
        for explanation in line["explanations"]:
            steps += explanation_check.check(explanation, differ)
        if len(differences) >= limit:
            break
    return tables, steps, differences, met


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dump", required=True, help="the scoring_dump program")
    parser.add_argument("--tables", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--explain-every", type=int, default=10)
    arguments = parser.parse_args()
    command = [arguments.dump, str(arguments.seed), str(arguments.tables), str(arguments.explain_every)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as dump:
        tables, steps, differences, met = check_stream(dump.stdout)
        if differences:
            dump.kill()
    for difference in differences:
        print(difference)
    print(f"{tables} tables, {steps} explained steps, {len(differences)} differences")
    missing = EXPECTED - met if tables >= 1000 else set()
    if missing:
        print(f"never met: {sorted(missing, key=str)}")
    complete = tables == arguments.tables and steps > 0 and dump.returncode == 0 and not missing
    return 0 if complete and not differences else 1


if __name__ == "__main__":
    sys.exit(main())
