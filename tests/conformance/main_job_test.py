"""The whole job over plain gRPC: import, report, spend, score, explain, the past after a restart."""

from attain_server import ROOT, Server, expect

P1 = "units/u/tables/p1"
CODES = {"ANNOUNCED_COUNT", "FIGURE_DISAGREES", "UNWEIGHTED", "LEADER_MISSING", "GOAL_DISAGREES", "GOAL_NUMBER_UNMATCHED",
         "BASIS_MISMATCH", "ROW_REALIGNED", "WEIGHT_HEAVY", "TARGET_EASIER", "EVIDENCE_MISSING", "UNIT_ODD", "PAYMENT_RATE",
         "NO_SATISFACTION", "NO_TIMELINESS"}


def check_import(server, text):
    answer = server.call("ImportDocument", content=text, unit="units/u", profile="profiles/xinjiang", write=dict(validate_only=True))
    expect((answer.table_count, answer.row_count), (6, 38), "tables and rows")
    expect(answer.commit.revision, 0, "a dry run has no revision")
    found = {f.code for f in answer.findings}
    assert CODES <= found, f"missing findings: {CODES - found}"
    expect(sum(f.code == "ROW_REALIGNED" for f in answer.findings), 3, "shifted rows")
    expect(sum(f.code == "TARGET_EASIER" for f in answer.findings), 5, "targets below last year")
    expect(sum(f.code == "EVIDENCE_MISSING" for f in answer.findings), 2, "evidence that fell off")
    expect(sum(f.code == "FIGURE_DISAGREES" for f in answer.findings), 2, "figures that disagree")
    assert all(f.line > 0 and f.message for f in answer.findings), "every finding has its place and its words"
    for table in list(answer.tables)[1:]:
        expect(sum(float(i.weight) for i in table.indicators), 90, f"weights of {table.name}")
    return sorted((f.code, f.table, f.row) for f in answer.findings)


def report(server, number, value, **more):
    return server.call("RecordActual", indicator=f"{P1}/indicators/i{number}", report=dict(value=value, date="2024-12-20", **more))


def score(server, as_of="", **read):
    return server.call("GetScore", name=P1, read=read, as_of=dict(date=as_of)).score


def check_scores(server):
    for number, value in enumerate(["4", "2 个", "３", "4", "3", "100%"], 1):
        report(server, number, value)
    last = report(server, 7, "达成年度指标", score="38")
    expect(last.table_score.score, "85.50", "project 1 without spending")
    before = last.commit.revision
    expect(score(server).sure, "85.50", "sure")
    expect(score(server).possible, "95.50", "possible")
    answer = server.call("RecordSpending", parent=P1, spending=dict(spent="30", date="2024-12-20"))
    expect((answer.table_score.score, answer.table_score.grade, answer.table_score.light), ("93.99", "优", 3), "with spending")
    flagged = score(server).indicators[4]
    assert 1 in flagged.flags, "3 of 2 is flagged as over-achieved"
    return before


def check_explanation(server):
    answer = server.call("ExplainScore", name=P1)
    expect(answer.explanation.result, "93.99", "explained total")
    lines = []

    def walk(step):
        lines.append((step.formula, step.worked, step.result))
        for inner in step.steps:
            walk(inner)

    walk(answer.explanation)
    assert ("r2(A / T × W)", "3 / 4 × 10 = 7.5", "7.50") in lines, lines


def check_corrections(server):
    name = report(server, 3, "2").actual.name
    expect(score(server).score, "91.49", "after a late report of 2")
    fixed = server.call("CorrectActual", name=name, report=dict(value="3"), change_reason="typing error")
    expect((fixed.table_score.score, fixed.actual.corrects), ("93.99", name), "after the correction")
    expect(server.refused("RetractActual", name=name, change_reason="again").reason, "ACTUAL_SUPERSEDED", "corrected twice")
    server.call("RetractActual", name=fixed.actual.name, change_reason="reported twice")
    expect(score(server).score, "93.99", "after the retraction the first report counts")
    states = [a.state for a in server.call("ListActuals", parent=f"{P1}/indicators/i3").actuals]
    expect(sorted(states), [1, 2, 3], "all three reports are kept")


def check_past(server, before):
    expect(score(server, read_revision=before).score, "85.50", "as known before the spending")
    expect(score(server, as_of="2024-12-19").score, "0.00", "as of a day before the reports")
    history = server.call("ListScoreHistory", name=P1, page_size=1000).scores
    assert {"85.50", "93.99", "91.49"} <= {s.score for s in history}
    page = server.call("ListScores", parent="units/u", page_size=2, order_by="score desc")
    rest = server.call("ListScores", parent="units/u", page_size=10, order_by="score desc", page_token=page.next_page_token)
    expect([s.name for s in page.scores][0], P1, "first in rank")
    expect(len(page.scores) + len(rest.scores), 6, "two pages hold every table once")
    return server.call("GetScore", name=P1, read=dict(read_revision=before)).SerializeToString(deterministic=True)


def main():
    server = Server().start()
    found = check_import(server, (ROOT / "samples" / "urumqi-2024.txt").read_bytes())
    published = ROOT.parent / "shared" / "data" / "urumqi-2024-budget.txt"
    if published.exists():
        original = check_import(server, published.read_bytes())
        expect(found, original, "the sample and the published document give the same findings")
    server.import_sample()
    before = check_scores(server)
    check_explanation(server)
    check_corrections(server)
    bytes_before = check_past(server, before)
    head = server.call("GetServerInfo").head_hash
    server.stop()
    server.start()
    expect(server.call("GetServerInfo").head_hash, head, "head after a restart")
    expect(check_past(server, before), bytes_before, "the past after a restart")
    server.stop()


if __name__ == "__main__":
    main()
