"""Bad input gets its documented code and reason and a sentence in the caller's language; nothing accepted changes; the server stays up."""

from attain_server import Server, expect

P1 = "units/u/tables/p1"
I1, I7 = f"{P1}/indicators/i1", f"{P1}/indicators/i7"


def record(indicator=I1, **report):
    return "RecordActual", dict(indicator=indicator, report=report)


CASES = [
    (record("units/u/tables/p9/indicators/i1", value="1"), "NOT_FOUND", "RESOURCE_NOT_FOUND"),
    (record(f"{P1}/indicators/i99", value="1"), "NOT_FOUND", "RESOURCE_NOT_FOUND"),
    (record("units/../x", value="1"), "INVALID_ARGUMENT", "INVALID_NAME"),
    (record(value="3 个"), "INVALID_ARGUMENT", "UNIT_MISMATCH"),
    (record(value="many"), "INVALID_ARGUMENT", "NOT_A_NUMBER"),
    (record(value="1e400"), "INVALID_ARGUMENT", "NOT_A_NUMBER"),
    (record(value="NaN"), "INVALID_ARGUMENT", "NOT_A_NUMBER"),
    (record(value="1234567890123456789"), "INVALID_ARGUMENT", "NUMBER_OUT_OF_RANGE"),
    (record(value="-1"), "INVALID_ARGUMENT", "NEGATIVE_VALUE"),
    (record(value=""), "INVALID_ARGUMENT", "INVALID_FIELD"),
    (record(value="3", date="2023-12-31"), "INVALID_ARGUMENT", "DATE_OUT_OF_YEAR"),
    (record(value="3", date="2024-02-30"), "INVALID_ARGUMENT", "DATE_OUT_OF_YEAR"),
    (record(value="3", date="24/6/30"), "INVALID_ARGUMENT", "DATE_OUT_OF_YEAR"),
    (record(value="3", numerator="1"), "INVALID_ARGUMENT", "INVALID_FIELD"),
    (record(value="3", deduction="1"), "INVALID_ARGUMENT", "SCORE_NOT_ALLOWED"),
    (record(value="3", note="x" * 10_000_000), "INVALID_ARGUMENT", "INVALID_FIELD"),
    (record(value="3", score="5"), "INVALID_ARGUMENT", "SCORE_NOT_ALLOWED"),
    (record(I7, value="很好"), "INVALID_ARGUMENT", "UNKNOWN_LEVEL"),
    (record(I7, value="达成年度指标", score="31.99"), "INVALID_ARGUMENT", "SCORE_OUT_OF_BAND"),
    (("BatchRecordActuals", dict(reports=[dict(indicator=I1, report=dict(value="1"))] * 100_000)), "INVALID_ARGUMENT", "REQUEST_TOO_LARGE"),
    (("GetScore", dict(name=P1, read=dict(read_revision=10**9))), "OUT_OF_RANGE", "REVISION_OUT_OF_RANGE"),
    (("GetScore", dict(name="units/nobody")), "NOT_FOUND", "RESOURCE_NOT_FOUND"),
    (("ListTables", dict(parent="units/u", page_token="zzz")), "INVALID_ARGUMENT", "INVALID_PAGE_TOKEN"),
    (("ListTables", dict(parent="units/u", filter="colour = 3")), "INVALID_ARGUMENT", "INVALID_FILTER"),
    (("ListTables", dict(parent="units/u", filter="state = 完毕")), "INVALID_ARGUMENT", "INVALID_FILTER"),
    (("CreateTable", dict(parent="units/u", table_id="s", table=dict(kind=2, display_name="s", fiscal_year=2024, indicators=[
        dict(level1="产出", level2="数量", display_name="a", target=dict(comparator=1, value="90", unit="次"), weight="90",
             rule=dict(kind=5, options=dict(steps=[{"from": "60", "factor": "0.5"}, {"from": "90", "factor": "1"}])))]))),
     "INVALID_ARGUMENT", "INVALID_FIELD"),
    (("SubmitTable", dict(name=P1, etag="1")), "FAILED_PRECONDITION", "WRONG_STATE"),
    (("ImportDocument", dict(content=b"\xff\xfe broken")), "INVALID_ARGUMENT", "UNREADABLE_DOCUMENT"),
    (("ImportDocument", dict(content="没有表格".encode())), "INVALID_ARGUMENT", "UNREADABLE_DOCUMENT"),
    (("CreateUnit", dict(unit_id="u", unit=dict(display_name="again"))), "ALREADY_EXISTS", "ALREADY_EXISTS"),
    (("CreateUnit", dict(unit_id="Not An Id", unit=dict(display_name="x"))), "INVALID_ARGUMENT", "INVALID_NAME"),
    (("GetProfile", dict(name="profiles/mars")), "NOT_FOUND", "RESOURCE_NOT_FOUND"),
    (("CreateProfile", dict(profile_id="x", profile=dict(display_name="x", indicator_points="90"))), "INVALID_ARGUMENT", "INVALID_PROFILE"),
    (("RetractActual", dict(name=f"{I1}/actuals/999", change_reason="x")), "NOT_FOUND", "RESOURCE_NOT_FOUND"),
    (("RecordSpending", dict(parent=P1, spending=dict(spent="300000 美元"))), "INVALID_ARGUMENT", "UNIT_MISMATCH"),
    (("RecordSpending", dict(parent=P1, spending=dict(spent="-1"))), "INVALID_ARGUMENT", "NEGATIVE_VALUE"),
]


def is_chinese(text):
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def check_request_ids(server):
    first = server.call("RecordActual", indicator=I1, report=dict(value="3"), write=dict(request_id="r1"))
    again = server.call("RecordActual", indicator=I1, report=dict(value="3"), write=dict(request_id="r1"))
    expect(again, first, "a repeated request gives the first answer")
    reused = server.refused("RecordActual", indicator=I1, report=dict(value="4"), write=dict(request_id="r1"))
    expect((reused.code, reused.reason), ("INVALID_ARGUMENT", "REQUEST_ID_REUSED"))


def check_states_and_etags(server):
    unit = server.call("GetUnit", name="units/u").unit
    server.call("UpdateUnit", unit=dict(name="units/u", display_name="new", etag=unit.etag))
    stale = server.refused("UpdateUnit", unit=dict(name="units/u", display_name="newer", etag=unit.etag))
    expect((stale.code, stale.reason), ("ABORTED", "STALE_ETAG"))
    draft = server.call("CreateTable", parent="units/u", table_id="d", table=dict(kind=2, display_name="draft", fiscal_year=2024, indicators=[
        dict(level1="产出", level2="数量", display_name="a", target=dict(comparator=1, value="4", unit="次"), weight="90", rule=dict(kind=1))])).table
    early = server.refused("RecordActual", indicator="units/u/tables/d/indicators/i1", report=dict(value="1"))
    expect((early.code, early.reason), ("FAILED_PRECONDITION", "WRONG_STATE"), "a report on a draft")
    submitted = server.call("SubmitTable", name=draft.name, etag=draft.etag).table
    approved = server.call("ApproveTable", name=draft.name, etag=submitted.etag).table
    server.call("RecordActual", indicator="units/u/tables/d/indicators/i1", report=dict(value="3"))
    server.call("CloseTable", name=draft.name, etag=approved.etag)
    late = server.refused("RecordActual", indicator="units/u/tables/d/indicators/i1", report=dict(value="4"))
    expect((late.code, late.reason), ("FAILED_PRECONDITION", "WRONG_STATE"), "a report on a closed table")
    expect(server.call("GetScore", name=draft.name).score.score, "67.50")


def main():
    server = Server().start()
    server.import_sample()
    server.call("RecordActual", indicator=I1, report=dict(value="２ 次", date="2024年6月30日"))
    before = server.call("GetServerInfo").revision
    for (method, fields), code, reason in CASES:
        for lang in ("zh", "en"):
            refused = server.refused(method, lang=lang, **fields)
            expect((refused.code, refused.reason), (code, reason), f"{method} {str(fields)[:120]}")
            assert lang == "en" or is_chinese(refused.message), refused.message
    expect(server.call("GetServerInfo").revision, before, "refusals leave nothing behind")
    expect(server.call("GetScore", name=P1).score.score, "5.00", "what was accepted stays")
    check_request_ids(server)
    check_states_and_etags(server)
    server.stop()


if __name__ == "__main__":
    main()
