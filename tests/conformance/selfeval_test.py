"""A self-evaluation form in every format gives the same actual values, money and scores; once recorded it is not doubled."""

from attain_server import ROOT, Server, expect

FORMS = ROOT / "tests/data/documents/selfeval"
SELF_EVALUATION = 4
VALUES = ["13 场", "588 人次", "8 块", "96.4%", "11月20日", "1.48 万元", "118 元/亩", "达成年度指标", "3.2%", "93%"]
SCORES = ["10.00", "9.80", "10.00", "5.00", "5.00", "10.00", "9.83", "9.00", "10.00", "10.00"]
FORMATS = ["docx", "odt", "xlsx", "ods", "html", "pdf"]


def read(server, ending, **more):
    content = (FORMS / f"selfeval.{ending}").read_bytes()
    return server.call("ImportDocument", content=content, file_name=f"selfeval.{ending}", **more)


def check(answer, ending):
    expect([a.value.replace(" ", "") for a in answer.actuals], [v.replace(" ", "") for v in VALUES], f"{ending}: actual values")
    expect([a.score for a in answer.actuals], SCORES, f"{ending}: scores")
    expect({a.date for a in answer.actuals}, {"2024-12-31"}, f"{ending}: 填表日期 lies in the next year")
    expect([(s.spent, s.adjusted_budget) for s in answer.spending], [("45.6", "48")], f"{ending}: money")
    score = answer.scores[0]
    expect((score.typed_points, score.points, score.typed_score, score.score.score, score.score.grade),
           ("88.63", "88.63", "98.13", "98.13", "优"), f"{ending}: the form's scores beside ours")
    codes = {f.code for f in answer.findings}
    assert not codes & {"SCORE_DIFFERS", "GRADE_DIFFERS", "ACTUAL_UNMATCHED", "ACTUAL_REFUSED"}, f"{ending}: {codes}"
    assert all(a.address or a.page for a in answer.actuals), f"{ending}: every value has its place"


def main():
    server = Server().start()
    try:
        declared = read(server, "docx", goal="IMPORT_GOAL_APPROVE")
        expect([t.state for t in declared.tables], [3], "the form's targets are in force")
        for ending in FORMATS:
            again = read(server, ending, write=dict(validate_only=True))
            expect((len(again.tables), list(again.existing_tables)), (0, [declared.tables[0].name]), f"{ending}: compared, not doubled")
            assert not {f.code for f in again.findings} & {"TABLE_ROW_DIFFERS"}, f"{ending}: the same table in another format"
            check(read(server, ending, use=SELF_EVALUATION, write=dict(validate_only=True)), ending)
        recorded = read(server, "xlsx", use=SELF_EVALUATION)
        check(recorded, "xlsx")
        expect(server.call("GetScore", name=declared.tables[0].name).score.score, "98.13", "stored")
        for ending in FORMATS:
            expect(read(server, ending, use=SELF_EVALUATION).already_recorded, 11, f"{ending}: nothing is doubled")
        expect(len(server.call("ListActuals", parent=f"{declared.tables[0].name}/indicators/-").actuals), 10, "reports")
        refused = server.refused("ImportDocument", content=(FORMS / "selfeval.docx").read_bytes(), use=SELF_EVALUATION, unit="units/nobody")
        expect(refused.reason, "RESOURCE_NOT_FOUND", "reason")
    finally:
        server.stop()


if __name__ == "__main__":
    main()
