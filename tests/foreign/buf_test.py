"""The main job from a command line: `buf curl` over gRPC, which learns the API by server reflection."""

import base64
import json
import shutil
import subprocess
import tempfile
import urllib.parse

from foreign import ROOT, WANTED, Server, check_outcome, expect, need_packages, program
from google.rpc import error_details_pb2

TABLE = "units/foreign/tables/p1"
I1, I2, I3 = (f"{TABLE}/indicators/i{n}" for n in (1, 2, 3))
ROWS = (("产出指标", "数量指标", "培训农技人员人次", "200", "人次", "40"),
        ("产出指标", "质量指标", "培训合格率", "90", "%", "30"),
        ("效益指标", "社会效益指标", "良种推广面积", "50", "万亩", "20"))


def command(address, method, request, actor="李 lead", schema=None):
    return [program("buf"), "curl", "--protocol", "grpc", "--http2-prior-knowledge", *(["--schema", schema] if schema else []),
            "-H", f"attain-actor: {urllib.parse.quote(actor)}", "-H", "accept-language: zh-CN", "-d", json.dumps(request, ensure_ascii=False),
            f"http://{address}/attain.v1.{method}"]


class Shell:
    def __init__(self, address):
        self.address = address

    def run(self, method, request, **more):
        return subprocess.run(command(self.address, method, request, **more), capture_output=True, encoding="utf-8", timeout=30)

    def call(self, method, request, **more):
        done = self.run(method, request, **more)
        assert done.returncode == 0, f"{method}: {done.stderr}"
        return json.loads(done.stdout)

    def refusal(self, method, request, **more):
        """Code, ErrorInfo, fields and sentence, as buf curl prints them."""
        done = self.run(method, request, **more)
        assert done.returncode != 0, f"{method} was accepted: {done.stdout}"
        error = json.loads(done.stderr)
        info, bad, text = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest(), error_details_pb2.LocalizedMessage()
        types = {message.DESCRIPTOR.full_name: message for message in (info, bad, text)}
        for detail in error["details"]:
            if detail["type"] in types:
                types[detail["type"]].ParseFromString(base64.b64decode(detail["value"] + "=="))
        return error["code"], info.reason, dict(info.metadata), [v.field for v in bad.field_violations], text.message

    def head(self):
        return int(self.call("AdminService/GetServerInfo", {})["revision"])

    def report(self, indicator, value, **write):
        return self.call("ReportingService/RecordActual", reported(indicator, value, **write))

    def score(self, **read):
        return self.call("ScoringService/GetScore", {"name": TABLE, "read": read})


def reported(indicator, value, **write):
    return {"indicator": indicator, "report": {"value": value, "date": "2024-06-30"}, "write": write}


def declare(shell):
    """A unit and a table with three rows, handed in by one person and put in force by another."""
    shell.call("TargetService/CreateUnit", {"unitId": "foreign", "unit": {"displayName": "县农业技术推广中心"}})
    rows = [{"level1": level1, "level2": level2, "displayName": name, "weight": weight, "rule": {"kind": "RULE_KIND_PROPORTIONAL"},
             "target": {"comparator": "COMPARATOR_AT_LEAST", "value": value, "unit": unit}}
            for level1, level2, name, value, unit, weight in ROWS]
    table = {"kind": "TABLE_KIND_PROJECT", "displayName": "农业技术推广项目", "fiscalYear": 2024, "leader": "李",
             "goal": "培训农技人员，推广良种。", "budget": {"total": "100"}, "indicators": rows}
    made = shell.call("TargetService/CreateTable", {"parent": "units/foreign", "tableId": "p1", "table": table})["table"]
    expect([row["displayName"] for row in made["indicators"]], [row[2] for row in ROWS], "names of the rows")
    handed_in = shell.call("TargetService/SubmitTable", {"name": TABLE, "etag": made["etag"]})["table"]
    stale = shell.refusal("TargetService/ApproveTable", {"name": TABLE, "etag": made["etag"]}, actor="王 finance")
    expect(stale[:2], ("aborted", "STALE_ETAG"), "an old etag")
    approved = shell.call("TargetService/ApproveTable", {"name": TABLE, "etag": handed_in["etag"]}, actor="王 finance")["table"]
    expect((approved["state"], approved["submitter"]), ("TABLE_STATE_APPROVED", "李 lead"), "the table")


def report(shell):
    """A dry run that changes nothing, a report that is sent twice, another content under its id."""
    head = shell.head()
    dry = shell.report(I1, "100", validateOnly=True)
    expect((dry["indicatorScore"]["score"], "revision" in dry["commit"], shell.head()), ("20.00", False, head), "the dry run")
    first = shell.report(I1, "100", requestId="report-1")
    expect(shell.report(I1, "100", requestId="report-1"), first, "the same report again")
    expect((int(first["commit"]["revision"]), shell.head()), (head + 1, head + 1), "revisions")
    reused = shell.refusal("ReportingService/RecordActual", reported(I1, "120", requestId="report-1"))
    expect((reused[1], reused[2]["revision"]), ("REQUEST_ID_REUSED", str(head + 1)), "another content under its id")
    shell.report(I2, "90")
    return first["actual"]["name"], shell.report(I3, "37.5")["commit"]["revision"]


def correct(shell, name, before):
    """The score after a correction is at least as new as it; the score before it stays."""
    commit = shell.call("ReportingService/CorrectActual", {"name": name, "report": {"value": "195", "date": "2024-06-30"},
                                                           "changeReason": "漏报一期培训"})["commit"]
    now = shell.score(atLeast=commit["token"])
    expect((now["read"]["revision"], now["score"]["score"]), (commit["revision"], "84.00"), "the score after the correction")
    explanation = shell.call("ScoringService/ExplainScore", {"name": TABLE})["explanation"]
    expect(explanation["result"], "84.00", "the explained score")
    assert "195 / 200 × 40 = 39" in json.dumps(explanation, ensure_ascii=False), explanation
    return shell.score(readRevision=before)["score"]["score"]


def messages(stream):
    """The JSON values that a stream prints one after the other."""
    text = ""
    for line in stream:
        text += line
        try:
            yield json.loads(text)
            text = ""
        except json.JSONDecodeError:
            pass  # the message goes on


def follow(shell):
    """A list, then a watch behind the list's revision: what comes between them is told."""
    listed = shell.call("ScoringService/ListScores", {"parent": "units/foreign"})
    shell.call("ReportingService/RecordSpending", {"parent": TABLE, "spending": {"spent": "100", "date": "2024-06-30"}})
    watch = command(shell.address, "WatchService/Watch", {"names": [TABLE], "afterRevision": listed["read"]["revision"]})
    process = subprocess.Popen(["timeout", "30", *watch], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
    changes = []
    for message in messages(process.stdout):
        if "changes" not in message:
            continue
        revision = int(message["changes"]["revision"])
        changes += [(revision, e["scoreBefore"]["score"], e["scoreAfter"]["score"], e["actor"]) for e in message["changes"]["events"]]
        if len(changes) == 1:
            shell.report(I3, "40")
        else:
            break
    process.terminate()
    process.wait()
    process.stdout.close()
    first = int(listed["read"]["revision"]) + 1
    expect(changes, [(first, "84.00", "94.00", "李 lead"), (first + 1, "94.00", "95.00", "李 lead")], "what the watch told")


def be_refused(shell):
    """What a program reads from errors."""
    wrong = shell.refusal("ReportingService/RecordActual", reported(I1, "many"))
    expect((wrong[0], wrong[1], wrong[3]), ("invalid_argument", "NOT_A_NUMBER", ["report.value"]), "a word for a number")
    assert "不是数字" in wrong[4], wrong
    nobody = shell.refusal("ReportingService/RecordActual", reported(f"{TABLE}/indicators/i9", "1"))
    expect((nobody[0], nobody[1], nobody[2]["name"]), ("not_found", "RESOURCE_NOT_FOUND", f"{TABLE}/indicators/i9"), "no such row")
    ahead = shell.refusal("ScoringService/GetScore", {"name": TABLE, "read": {"readRevision": shell.head() + 1}})
    expect(ahead[:2], ("out_of_range", "REVISION_OUT_OF_RANGE"), "a revision that is not there yet")


def send_unknown_fields(shell):
    """buf refuses a misspelt field before it calls; the server refuses one that only a newer .proto has."""
    head = shell.head()
    misspelt = shell.run("ReportingService/RecordActual", reported(I1, "1", validateOnyl=True))
    assert misspelt.returncode != 0 and 'unknown field "validateOnyl"' in misspelt.stderr, misspelt.stderr
    with tempfile.TemporaryDirectory() as newer:
        shutil.copytree(ROOT / "proto", newer, dirs_exist_ok=True)
        common = f"{newer}/attain/v1/common.proto"
        with open(common, encoding="utf-8") as file:
            text = file.read()
        with open(common, "w", encoding="utf-8") as file:
            file.write(text.replace("message WriteOptions {", "message WriteOptions {\n  bool only_newer = 127;\n"))
        unknown = shell.refusal("ReportingService/RecordActual", reported(I1, "1", onlyNewer=True), schema=newer)
    expect((unknown[0], unknown[1], unknown[2]["field_number"], unknown[3]), ("invalid_argument", "INVALID_FIELD", "127", ["write.127"]), "a newer field")
    expect(shell.head(), head, "revisions")


def main():
    need_packages()
    server = Server().start()
    shell = Shell(server.address)
    declare(shell)
    first, before = report(shell)
    score_before = correct(shell, first, before)
    follow(shell)
    be_refused(shell)
    send_unknown_fields(shell)
    end = shell.score(latest=True)
    outcome = dict(WANTED, score=end["score"]["score"], grade=end["score"]["grade"], revision=end["read"]["revision"],
                   scoreBefore=score_before, revisionBefore=before)
    check_outcome(server, outcome, "buf curl")
    server.stop()


main()
