"""The main job by grpcio with the stubs that protoc makes. python_job.py ADDRESS; the outcome is the last line."""

import json
import sys
import threading
import urllib.parse
import uuid

import grpc
from attain.v1 import (admin_service_pb2, admin_service_pb2_grpc, reporting_service_pb2, reporting_service_pb2_grpc, rule_pb2,
                       scoring_service_pb2, scoring_service_pb2_grpc, table_pb2, target_service_pb2, target_service_pb2_grpc,
                       watch_service_pb2, watch_service_pb2_grpc)
from google.rpc import error_details_pb2, status_pb2

TABLE = "units/foreign/tables/p1"
I1, I2, I3 = (f"{TABLE}/indicators/i{n}" for n in (1, 2, 3))
ROWS = (("产出指标", "数量指标", "培训农技人员人次", "200", "人次", "40"),
        ("产出指标", "质量指标", "培训合格率", "90", "%", "30"),
        ("效益指标", "社会效益指标", "良种推广面积", "50", "万亩", "20"))


class Attain:
    """All services of a server; `ask` says who calls and in which language."""

    def __init__(self, address):
        self.channel = grpc.insecure_channel(address)
        self.targets = target_service_pb2_grpc.TargetServiceStub(self.channel)
        self.reporting = reporting_service_pb2_grpc.ReportingServiceStub(self.channel)
        self.scoring = scoring_service_pb2_grpc.ScoringServiceStub(self.channel)
        self.watches = watch_service_pb2_grpc.WatchServiceStub(self.channel)
        self.admin = admin_service_pb2_grpc.AdminServiceStub(self.channel)

    @staticmethod
    def ask(method, request, actor="李 lead", lang="zh-CN"):
        return method(request, timeout=20, metadata=(("attain-actor", urllib.parse.quote(actor)), ("accept-language", lang)))

    def head(self):
        return self.ask(self.admin.GetServerInfo, admin_service_pb2.GetServerInfoRequest()).revision

    def report(self, indicator, value, **write):
        return self.ask(self.reporting.RecordActual, reporting_service_pb2.RecordActualRequest(
            indicator=indicator, report=dict(value=value, date="2024-06-30"), write=write))

    def score(self, **read):
        return self.ask(self.scoring.GetScore, scoring_service_pb2.GetScoreRequest(name=TABLE, read=read))


def refusal(call, *arguments, **named):
    """Code, ErrorInfo, fields and sentence of a call that must be refused."""
    try:
        answer = call(*arguments, **named)
    except grpc.RpcError as error:
        status = status_pb2.Status.FromString(dict(error.trailing_metadata())["grpc-status-details-bin"])
        info, bad, text = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest(), error_details_pb2.LocalizedMessage()
        for detail in status.details:
            detail.Unpack(info) or detail.Unpack(bad) or detail.Unpack(text)
        assert info.domain == "attain" and status.code == error.code().value[0], status
        return error.code().name, info.reason, dict(info.metadata), [v.field for v in bad.field_violations], text.message
    raise AssertionError(f"accepted: {answer}")


def declare(attain):
    """A unit and a table with three rows, handed in by one person and put in force by another."""
    ask, targets, messages = attain.ask, attain.targets, target_service_pb2
    ask(targets.CreateUnit, messages.CreateUnitRequest(unit_id="foreign", unit=dict(display_name="县农业技术推广中心")))
    rows = [table_pb2.Indicator(level1=level1, level2=level2, display_name=name, weight=weight,
                                target=dict(comparator=table_pb2.COMPARATOR_AT_LEAST, value=value, unit=unit),
                                rule=dict(kind=rule_pb2.RULE_KIND_PROPORTIONAL)) for level1, level2, name, value, unit, weight in ROWS]
    table = table_pb2.Table(kind=table_pb2.TABLE_KIND_PROJECT, display_name="农业技术推广项目", fiscal_year=2024, leader="李",
                            goal="培训农技人员，推广良种。", budget=dict(total="100"), indicators=rows)
    made = ask(targets.CreateTable, messages.CreateTableRequest(parent="units/foreign", table_id="p1", table=table)).table
    assert [row.display_name for row in made.indicators] == [row[2] for row in ROWS], made
    handed_in = ask(targets.SubmitTable, messages.SubmitTableRequest(name=TABLE, etag=made.etag)).table
    stale = refusal(ask, targets.ApproveTable, messages.ApproveTableRequest(name=TABLE, etag=made.etag), actor="王 finance")
    assert stale[:2] == ("ABORTED", "STALE_ETAG") and stale[2]["etag"] == handed_in.etag, stale
    approved = ask(targets.ApproveTable, messages.ApproveTableRequest(name=TABLE, etag=handed_in.etag), actor="王 finance").table
    assert (approved.state, approved.submitter) == (table_pb2.TABLE_STATE_APPROVED, "李 lead"), approved


def report(attain):
    """A dry run that changes nothing, a report that is sent twice, another content under its id."""
    head = attain.head()
    dry = attain.report(I1, "100", validate_only=True)
    assert (dry.indicator_score.score, dry.commit.revision) == ("20.00", 0) and attain.head() == head, dry
    request_id = str(uuid.uuid4())
    first = attain.report(I1, "100", request_id=request_id)
    again = attain.report(I1, "100", request_id=request_id)
    assert first.commit.revision == head + 1 == attain.head() and first == again, (first, again)
    reused = refusal(attain.report, I1, "120", request_id=request_id)
    assert reused[1] == "REQUEST_ID_REUSED" and reused[2]["revision"] == str(head + 1), reused
    attain.report(I2, "90")
    last = attain.report(I3, "37.5")
    return first.actual.name, last.commit.revision


def correct(attain, name, before):
    """The score after a correction is at least as new as it; the score before it stays."""
    corrected = attain.ask(attain.reporting.CorrectActual, reporting_service_pb2.CorrectActualRequest(
        name=name, report=dict(value="195", date="2024-06-30"), change_reason="漏报一期培训"))
    now, then = attain.score(at_least=corrected.commit.token), attain.score(read_revision=before)
    assert now.read.revision == corrected.commit.revision and now.score.score == "84.00", now
    explained = attain.ask(attain.scoring.ExplainScore, scoring_service_pb2.ExplainScoreRequest(name=TABLE)).explanation
    assert explained.result == "84.00" and "195 / 200 × 40 = 39" in str(json.dumps(worked(explained), ensure_ascii=False)), explained
    return then.score.score


def worked(step):
    return [step.worked, *(worked(inner) for inner in step.steps)]


def follow(attain):
    """A list, then a watch behind the list's revision: what comes between them is told."""
    listed = attain.ask(attain.scoring.ListScores, scoring_service_pb2.ListScoresRequest(parent="units/foreign"))
    assert [s.score for s in listed.scores] == ["84.00"], listed
    spent = attain.ask(attain.reporting.RecordSpending, reporting_service_pb2.RecordSpendingRequest(
        parent=TABLE, spending=dict(spent="100", date="2024-06-30")))
    stream = attain.watches.Watch(watch_service_pb2.WatchRequest(names=[TABLE], after_revision=listed.read.revision), timeout=20)
    late = threading.Timer(0.2, attain.report, (I3, "40"))
    late.start()
    changes = []
    for message in stream:
        if message.WhichOneof("event") == "changes":
            changes += [(message.changes.revision, e.score_before.score, e.score_after.score, e.actor) for e in message.changes.events]
        if len(changes) == 2:
            break
    stream.cancel()
    late.join()
    first = listed.read.revision + 1
    assert spent.commit.revision == first, spent
    assert changes == [(first, "84.00", "94.00", "李 lead"), (first + 1, "94.00", "95.00", "李 lead")], changes


def be_refused(attain):
    """What a program reads from errors."""
    wrong = refusal(attain.report, I1, "many")
    assert wrong[:2] == ("INVALID_ARGUMENT", "NOT_A_NUMBER") and wrong[3] == ["report.value"] and "不是数字" in wrong[4], wrong
    nobody = refusal(attain.report, f"{TABLE}/indicators/i9", "1")
    assert nobody[:2] == ("NOT_FOUND", "RESOURCE_NOT_FOUND") and nobody[2]["name"] == f"{TABLE}/indicators/i9", nobody
    ahead = refusal(attain.score, read_revision=attain.head() + 1)
    assert ahead[:2] == ("OUT_OF_RANGE", "REVISION_OUT_OF_RANGE"), ahead
    head = attain.head()
    request = reporting_service_pb2.RecordActualRequest(indicator=I1, report=dict(value="1", date="2024-06-30"))
    request.write.MergeFromString(b"\xf8\x07\x01")  # field 127, a bool that this server does not know
    unknown = refusal(attain.ask, attain.reporting.RecordActual, request)
    assert unknown[:2] == ("INVALID_ARGUMENT", "INVALID_FIELD") and unknown[2]["field_number"] == "127", unknown
    assert unknown[3] == ["write.127"], unknown
    assert attain.head() == head


def main():
    attain = Attain(sys.argv[1])
    declare(attain)
    first, before = report(attain)
    score_before = correct(attain, first, before)
    follow(attain)
    be_refused(attain)
    end = attain.score()
    print(json.dumps({"score": end.score.score, "grade": end.score.grade, "revision": str(end.read.revision),
                      "scoreBefore": score_before, "revisionBefore": str(before)}, ensure_ascii=False))


main()
