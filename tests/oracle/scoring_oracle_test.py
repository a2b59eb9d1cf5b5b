#!/usr/bin/env python3
"""The oracle must notice what it is there to notice: each changed figure below is a difference, the unchanged line is none."""

import copy
import json
import unittest

import explanation_check
import scoring_oracle

OPTIONS = {"equal": 1, "reverse": 1, "satisfaction": 1, "rounding": 1, "over": 1, "decimals": 2, "steps": [], "bands": [], "tiers": []}
NO_OPTIONS = {"equal": 0, "reverse": 0, "satisfaction": 0, "rounding": 0, "over": 0, "steps": [], "bands": [], "tiers": []}
# A ≥ 30 row of 10 points at 29, money 30 of 35.33 (RULES.md section 2.8).
LINE = {
    "profile": {"options": OPTIONS, "points": "90", "execution": "10", "grades": [{"name": "D", "from": "0"}], "decimals": 2,
                "rescale": 1, "flag": "1.2", "reason": "1.3", "gap": "0.05", "unspent": "0.2", "plain_mean": 0,
                "monitoring": ["60", "80", "120"]},
    "rows": [{
        "row": {"rule": 1, "comparator": 1, "target": "30", "weight": "10", "options": NO_OPTIONS, "na": 0, "negative": 0},
        "reported": {"reported": 1, "number": "29", "level": ""},
        "score": {"status": 1, "score": "9.67", "sure": "9.67", "possible": "9.67", "completion": "96.67", "met": 0, "flags": 2},
        # v = 29 / (30 × 10/12) × 100 = 116; money 30 / 35.33 × 100 / (10/12) = 101.896…; 29 / 250 × 366 = 42.456
        "monitoring": {"month": 10, "prorated": 1, "day": 250, "days": 366, "signal": 4, "percent": "116", "money_signal": 4,
                       "money_percent": "101.9", "forecast": "42.46"},
    }],
    "budget": {"adjusted": "35.33", "spent": "30"},
    "table": {"weighted": 1, "points": "9.67", "execution": "8.49", "rate": "84.91", "total": "18.16", "sure": "18.16",
              "possible": "18.16", "grade": "D", "light": 1, "completion": "0", "indicators": 1, "reported": 1, "unscored": 0,
              "reasons": 1, "flags": 2},
    "unit": {"total": "18.16", "sure": "18.16", "possible": "18.16", "grade": "D", "rate": "84.91"},
    "explanations": [],
}
STEP = {"formula": "r2(A / T × W)", "worked": "29 / 30 × 10 = 9.6666666666…", "result": "9.67", "steps": [],
        "inputs": [{"symbol": "A", "value": "29"}, {"symbol": "T", "value": "30"}, {"symbol": "W", "value": "10"}]}


def differences(line):
    return scoring_oracle.check_stream([json.dumps(line)])[2]


def step_differences(step):
    found = []
    explanation_check.check(step, found.append)
    return found


class OracleTest(unittest.TestCase):
    def test_right_line_has_no_difference(self):
        self.assertEqual(differences(LINE), [])

    def test_every_changed_figure_is_noticed(self):
        for part in ("score", "monitoring", "table", "unit"):
            in_row = part in ("score", "monitoring")
            holder = LINE["rows"][0][part] if in_row else LINE[part]
            for key in holder:
                if key in ("month", "prorated", "day", "days"):  # chosen, not figured
                    continue
                line = copy.deepcopy(LINE)
                changed = line["rows"][0][part] if in_row else line[part]
                changed[key] = changed[key] + 1 if isinstance(changed[key], int) else changed[key] + "1"
                with self.subTest(part=part, key=key):
                    self.assertNotEqual(differences(line), [])

    def test_right_step_has_no_difference(self):
        self.assertEqual(step_differences(STEP), [])

    def test_wrong_steps_are_noticed(self):
        for key, value in (("result", "9.66"), ("worked", "29 / 30 × 10 = 9.6666666667…"), ("worked", "28 / 30 × 10 = 9.6666666666…"),
                           ("formula", "r2(A / T × X)"), ("formula", "A / T × W"), ("worked", "29 / 30 × 10")):
            with self.subTest(key=key, value=value):
                self.assertNotEqual(step_differences({**STEP, key: value}), [])

    def test_rounding_is_half_away_down_or_half_even(self):
        tie = scoring_oracle.F("2.345")
        self.assertEqual([scoring_oracle.plain(scoring_oracle.rounded(tie, 2, mode)) for mode in (1, 2, 3)], ["2.35", "2.34", "2.34"])
        self.assertEqual(scoring_oracle.plain(scoring_oracle.rounded(-tie, 2, 1)), "-2.35")


if __name__ == "__main__":
    unittest.main()
