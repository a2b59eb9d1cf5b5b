"""A table's year, as README tells it: declared, approved, reported, corrected, amended, evaluated, reviewed, confirmed, edited late. Then the
questions that evaluators ask, each answer recomputed or compared with what was printed at the time."""

import json
import os
import pathlib
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

from google.protobuf import json_format

from attain_server import BIN, ROOT, Server, expect, scoring

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "oracle"))
import explanation_check  # noqa: E402

TABLE = "units/u/tables/p3"
ORIGINAL, IN_FORCE, LATEST = 1, 2, 3


def row(number):
    return f"{TABLE}/indicators/i{number}"


class Year:
    def __init__(self, server):
        self.server = server
        self.prints = []  # (revision, arguments, output): what the command line printed then

    def attain(self, *arguments, actor="lead"):
        run = subprocess.run([str(BIN / "attain"), "--server", self.server.address, "--lang", "en", "--actor", actor, *arguments],
                             capture_output=True, text=True, env={**os.environ, "TZ": "Asia/Shanghai"})
        expect(run.returncode, 0, f"attain {' '.join(arguments)}: {run.stderr}")
        return run.stdout

    def head(self):
        return self.server.call("GetServerInfo").revision

    def remember(self):
        """Prints what offices print, to be printed again at the end of the year."""
        revision = self.head()
        for arguments in (["score", "p3"], ["score", "p3", "--explain"], ["evaluate", "p3"], ["score", "u"], ["amend", "p3"],
                          ["export", "p3", "--form", "target", "--format", "md"],
                          ["export", "p3", "--form", "monitoring", "--month", "7", "--format", "csv"],
                          ["export", "p3", "--form", "evaluation", "--format", "md"]):
            self.prints.append((revision, arguments, self.attain(*arguments)))
        return revision

    def report(self, number, value, date, reason=""):
        return self.server.call("RecordActual", indicator=row(number), report=dict(value=value, date=date, reason=reason),
                                actor="lead").actual.name

    def refused(self, why, method, actor="lead", **fields):
        expect(self.server.refused(method, actor=actor, **fields).reason, why, method)

    def score(self, basis=0, as_of="", revision=0):
        read = dict(read_revision=revision) if revision else {}
        return self.server.call("GetScore", name=TABLE, read=read, as_of=dict(target_basis=basis, date=as_of)).score

    def evaluation(self):
        return self.server.call("GetEvaluation", name=f"{TABLE}/evaluation")


def send_back(year, table):
    """A draft that was returned is changed from the command line, rule included, and can go on its way again."""
    year.attain("submit", f"u/{table}")
    year.attain("return", f"u/{table}", "--reason", "targets are too low", actor="finance office")
    before = year.server.call("GetTable", name=f"units/u/tables/{table}").table
    year.attain("amend", f"u/{table}", "--set", "i1.rule=直接赋分", "--set", "i1.target=77", "--add", "产出/数量/新增指标/≥10家/5", "--remove", "i2")
    changed = year.server.call("GetTable", name=f"units/u/tables/{table}").table
    expect((changed.indicators[0].rule.kind, changed.indicators[0].rule.text, changed.indicators[0].target.value), (2, "直接赋分", "77"))
    expect("新增指标" in [r.display_name for r in changed.indicators], True, "the added row")
    expect(f"units/u/tables/{table}/indicators/i2" in [r.name for r in changed.indicators], False, "the removed row")
    expect(changed.return_reason, "targets are too low")
    before.etag = changed.etag
    year.server.call("UpdateTable", table=before)


def declare(year):
    year.attain("import", str(ROOT / "samples" / "urumqi-2024.txt"), "--unit", "u", "--profile", "xinjiang")
    year.refused("WRONG_STATE", "RecordActual", indicator=row(1), report=dict(value="1"))
    send_back(year, "p5")
    for table in ("p1", "p2", "p3", "p4", "p5"):
        year.attain("submit", f"u/{table}")
        year.attain("approve", f"u/{table}", actor="finance office")
    year.remember()


def first_half(year):
    march = year.report(5, "10", "2024-03-31")
    year.report(1, "1", "2024-03-31")
    year.report(2, "6", "2024-04-30")
    year.report(2, "12", "2024-06-30")
    year.attain("correct", march, "8", "--why", "two cities were counted twice")  # in June, about March
    year.attain("spend", "p3", "9", "--date", "2024-06-30")
    signals = {r.display_name: r.signal for r in year.server.call("GetMonitoring", name=TABLE, month="2024-07").report.rows}
    expect(sorted(set(signals.values())), [1, 2, 3], "in July something is red, something yellow, something not reported")
    year.refused("INVALID_FIELD", "RecordOutlook", indicator=row(2), outlook=dict(likelihood=2))  # yellow wants a cause
    year.attain("outlook", "p3/i2", "possible", "--cause", "people", "--text", "two colleagues left", "--expected", "25")
    year.report(2, "20", "2024-08-31", "fewer firms came")
    return year.remember()


def second_half(year):
    lower = ["amend", "p3", "--set", "i2.target=24", "--reason", "fewer firms take part", "--date", "2024-09-01"]
    year.attain(*lower)
    etag = year.server.call("ListAmendments", parent=TABLE).amendments[0].etag
    year.refused("SAME_PERSON", "ApproveAmendment", name=f"{TABLE}/amendments/1", etag=etag)
    year.attain("amend", "p3", "--accept", "1", actor="finance office")
    year.attain("amend", "p3", "--set", "i4.target=8", "--reason", "another tour was granted", "--date", "2024-11-01")
    year.attain("amend", "p3", "--accept", "2", actor="finance office")
    for number, value in ((1, "3"), (3, "34"), (4, "5"), (5, "20"), (6, "92%")):
        year.report(number, value, "2024-10-20", "as planned")
    year.report(2, "23", "2024-10-31", "one firm signs next year")
    year.refused("EVALUATION_INCOMPLETE", "SubmitEvaluation", name=f"{TABLE}/evaluation", etag=year.evaluation().evaluation.etag)
    year.attain("rate", "p3/i7", "部分达成年度指标并具有一定效果", "31", "--date", "2024-12-20", "--reason", "contracts below plan")
    year.attain("spend", "p3", "24.79", "--date", "2024-12-15")
    return year.remember()


def evaluate(year):
    year.refused("WRONG_EVALUATION_STATE", "ReviewIndicator", actor="evaluators", indicator=row(7), score="29", reason="x")
    stale = year.evaluation().evaluation.etag
    year.report(6, "91%", "2024-12-21", "counted again")
    year.refused("STALE_ETAG", "SubmitEvaluation", name=f"{TABLE}/evaluation", etag=stale)  # somebody reported in between
    year.attain("evaluate", "p3", "--submit", "--result", "the meeting took place")
    year.attain("review", "p3/i7", "29", "--reason", "evidence is thin", actor="evaluators")
    year.attain("evaluate", "p3", "--confirm", "--opinion", "mostly reached", actor="evaluators")
    confirmed = year.remember()
    expect(year.evaluation().evaluation.confirm_revision, confirmed, "the confirmation is the newest revision")
    year.report(3, "27", "2024-12-28", "three firms withdrew")  # late
    return confirmed


def check_bases(year):
    """Three targets, three scores, on the same reports."""
    day = "2024-10-31"
    scores = [year.score(basis, day).score for basis in (ORIGINAL, IN_FORCE, LATEST)]
    expect(len(set(scores)), 3, f"three bases {scores}")
    now, original = year.score(), year.score(ORIGINAL)
    expect(Decimal(now.amendment_points), Decimal(now.final_score) - Decimal(original.final_score), "points that amendments gained")
    for basis in (ORIGINAL, IN_FORCE, LATEST):
        answer = year.server.call("ExplainScore", name=TABLE, as_of=dict(target_basis=basis, date=day))
        expect(answer.explanation.result, answer.score.score, f"explained under basis {basis}")


def check_difference(year, august):
    answer = year.server.call("DiffScores", name=TABLE, **{"from": dict(read_revision=august)})
    before, after = year.score(revision=august).final_score, year.score().final_score
    expect((answer.score_before, answer.score_after), (before, after), "both ends")
    difference = Decimal(after) - Decimal(before)
    expect(sum(Decimal(part.points) for part in answer.parts), difference, "rounded parts")
    expect(sum(Fraction(part.exact) for part in answer.parts), Fraction(str(difference)), "exact parts")
    causes = {scoring.DifferenceCause.Name(part.cause) for part in answer.parts}
    expect(causes, {"DIFFERENCE_CAUSE_REPORTS", "DIFFERENCE_CAUSE_AMENDMENTS", "DIFFERENCE_CAUSE_REVIEW", "DIFFERENCE_CAUSE_SPENDING"},
           "causes since August")
    whole = year.server.call("DiffScores", name=TABLE, **{"from": dict(read_revision=2)})
    expect(sum(Decimal(part.points) for part in whole.parts), Decimal(whole.points), "parts of the whole year")
    unit = year.server.call("DiffScores", name="units/u", **{"from": dict(read_revision=august)})
    expect(sum(Decimal(part.points) for part in unit.parts), Decimal(unit.points), "parts of the unit")
    dated = year.server.call("DiffScores", name=TABLE, from_as_of=dict(date="2024-08-31"), to_as_of=dict(date="2024-12-31"))
    expect(sum(Decimal(part.points) for part in dated.parts), Decimal(dated.points), "parts between two days")


def check_drift(year, confirmed):
    drift = year.evaluation().drift
    expect(drift.since_revision, confirmed, "drift since the confirmation")
    cells = {(cell.name, cell.cell): cell for cell in drift.cells}
    expect(set(cells), {(row(3), "actual"), (row(3), "reason")}, "the late edit")
    late = cells[(row(3), "actual")]
    expect((late.points_before, late.points_after, late.actor, late.revision), ("10.00", "9.00", "lead", year.head()), "its points")
    expect(Decimal(drift.points), Decimal("-1.00"), "points moved")
    assert 4 in year.score().indicators[2].flags, "the late edit is flagged"


def check_prints(year):
    """Every printout of the year, once more and byte for byte: before and after a restart."""
    for _ in range(2):
        for revision, arguments, printed in year.prints:
            expect(year.attain(*arguments, "--at", str(revision)), printed, f"attain {' '.join(arguments)} --at {revision}")
        year.server.stop()
        year.server.start()


def check_explanations(year):
    """The stand-alone verifier recomputes every step from what is printed beside it."""
    problems, checked = [], 0
    names = ["units/u"] + [f"units/u/tables/p{n}" for n in range(1, 6)] + [row(n) for n in range(1, 8)]
    for name in names:
        for as_of in ({}, dict(target_basis=ORIGINAL), dict(date="2024-09-30")):
            answer = year.server.call("ExplainScore", name=name, as_of=as_of)
            tree = json_format.MessageToDict(answer.explanation, including_default_value_fields=True, preserving_proto_field_name=True)
            checked += explanation_check.check(tree, problems.append)
    expect(problems, [], "the verifier")
    assert checked > 100, f"only {checked} steps had a formula"


def check_foresight(year):
    before = year.head()
    simulated = year.server.call("SimulateScore", table=TABLE, values=[dict(indicator=row(3), value="30 家")])
    expect(Decimal(simulated.score.final_score) - Decimal(simulated.score_now.final_score), Decimal("1.00"), "what if")
    solved = year.server.call("SolveForScore", table=TABLE, points="80")
    assert solved.reachable, solved
    values = [dict(indicator=v.indicator, value=v.value, score=v.score) for v in solved.values]
    reached = year.server.call("SimulateScore", table=TABLE, values=values, spent=solved.spent).score
    assert Decimal(reached.final_score) >= Decimal(solved.needed), "what the solution says is what simulation finds"
    replay = year.server.call("ReplayProfile", profile=dict(name="profiles/xinjiang"))
    expect((replay.table_count, replay.difference_count), (5, 0), "the same rules give the same scores")
    due = year.server.call("ListDue", parent="units/u", due_by="2024-12-31", page_size=1000, actor="lead")
    assert any(item.table == "units/u/tables/p1" for item in due.items), "p1 was never reported"
    expect(year.head(), before, "questions store nothing")
    json.loads(year.attain("diff", "p3", "--from", "2", "--json"))


def main():
    server = Server().start()
    year = Year(server)
    declare(year)
    august = first_half(year)
    second_half(year)
    confirmed = evaluate(year)
    check_bases(year)
    check_difference(year, august)
    check_drift(year, confirmed)
    check_explanations(year)
    check_foresight(year)
    check_prints(year)
    server.stop()


if __name__ == "__main__":
    main()
