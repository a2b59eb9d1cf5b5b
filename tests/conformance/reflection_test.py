"""The whole job by a client that was given nothing but an address: it learns services and messages by server reflection, writes and reads
JSON, and decodes the errors from the types that the server describes."""

import base64
import importlib.util
import pathlib
import subprocess
import tempfile

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

from attain_server import ROOT, Server, expect

# The reflection service's own messages are the one thing that such a client brings along.
_generated = tempfile.TemporaryDirectory()
_standard = pathlib.Path("/usr/share/grpc-proto")
subprocess.run(["protoc", "-I", str(_standard), f"--python_out={_generated.name}", "grpc/reflection/v1alpha/reflection.proto"], check=True)


_spec = importlib.util.spec_from_file_location("reflection_pb2", f"{_generated.name}/grpc/reflection/v1alpha/reflection_pb2.py")
reflection = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(reflection)


class Refused(Exception):
    def __init__(self, code, details):
        super().__init__(f"{code} {details}")
        self.code, self.details = code, details


class ReflectedClient:
    def __init__(self, address):
        self.channel = grpc.insecure_channel(address)
        self.ask = self.channel.stream_stream("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                                              request_serializer=reflection.ServerReflectionRequest.SerializeToString,
                                              response_deserializer=reflection.ServerReflectionResponse.FromString)
        self.pool = descriptor_pool.DescriptorPool()
        self.known = set()
        self.services = [s.name for s in self.reflect(list_services="").list_services_response.service]
        self.methods = {}
        for service in self.services:
            self.add_files(self.reflect(file_containing_symbol=service))
            for method in self.pool.FindServiceByName(service).methods:
                self.methods[f"{service}/{method.name}"] = method
        self.add_files(self.reflect(file_containing_symbol="google.rpc.Status"))
        self.add_files(self.reflect(file_containing_symbol="google.rpc.ErrorInfo"))
        self.factory = message_factory.MessageFactory(self.pool)

    def reflect(self, **question):
        answer = next(self.ask(iter([reflection.ServerReflectionRequest(**question)]), timeout=30))
        assert not answer.HasField("error_response"), f"{question}: {answer.error_response}"
        return answer

    def add_files(self, answer):
        files = [descriptor_pb2.FileDescriptorProto.FromString(b) for b in answer.file_descriptor_response.file_descriptor_proto]
        for file in files:
            self.add_file(file, {f.name: f for f in files})

    def add_file(self, file, at_hand):
        if file.name in self.known:
            return
        self.known.add(file.name)
        for dependency in file.dependency:
            if dependency in at_hand:
                self.add_file(at_hand[dependency], at_hand)
            elif dependency not in self.known:
                self.add_files(self.reflect(file_by_filename=dependency))
        self.pool.Add(file)

    def message(self, name):
        return self.factory.GetPrototype(self.pool.FindMessageTypeByName(name))

    def call(self, method, request, lang="en"):
        """JSON in, JSON out; `method` without its package."""
        known = self.methods[f"attain.v1.{method}"]
        ask = self.factory.GetPrototype(known.input_type)()
        json_format.ParseDict(request, ask, descriptor_pool=self.pool)
        answer_type = self.factory.GetPrototype(known.output_type)
        stub = self.channel.unary_unary(f"/attain.v1.{method}", request_serializer=lambda m: m.SerializeToString(),
                                        response_deserializer=answer_type.FromString)
        try:
            answer = stub(ask, timeout=30, metadata=[("accept-language", lang)])
        except grpc.RpcError as error:
            raise Refused(error.code().name, self.decode(error)) from None
        return json_format.MessageToDict(answer, descriptor_pool=self.pool)

    def decode(self, error):
        for key, value in error.trailing_metadata() or ():
            if key == "grpc-status-details-bin":
                status = self.message("google.rpc.Status").FromString(value)
                return json_format.MessageToDict(status, descriptor_pool=self.pool)["details"]
        return []


def check_services(client):
    wanted = {f"attain.v1.{s}Service" for s in ("Target", "Reporting", "Scoring", "Profile", "Watch", "File", "Admin")} | {"grpc.health.v1.Health"}
    missing = wanted - set(client.services)
    assert not missing, f"reflection does not list {missing}"
    assert len(client.methods) > 40, sorted(client.methods)


def check_job(client):

    content = base64.b64encode((ROOT / "samples" / "urumqi-2024.txt").read_bytes()).decode()
    answer = client.call("TargetService/ImportDocument",
                         dict(content=content, unit="units/u", profile="profiles/xinjiang", goal="IMPORT_GOAL_APPROVE"))
    expect((answer["tableCount"], answer["rowCount"]), (6, 38), "what was imported")
    for number, value in enumerate(["4", "2", "3", "4", "3", "100 %"], 1):
        client.call("ReportingService/RecordActual", dict(indicator=f"units/u/tables/p1/indicators/i{number}",
                                                          report=dict(value=value, date="2024-12-20")))
    rated = client.call("ScoringService/RateIndicator",
                        dict(indicator="units/u/tables/p1/indicators/i7", level="达成年度指标", score="38", date="2024-12-20"))
    expect(rated["tableScore"]["score"], "85.50", "without spending")
    client.call("ReportingService/RecordSpending", dict(parent="units/u/tables/p1", spending=dict(spent="30", date="2024-12-20")))
    score = client.call("ScoringService/GetScore", dict(name="units/u/tables/p1"))["score"]
    expect((score["score"], score["grade"], score["light"]), ("93.99", "优", "WARNING_LIGHT_RED"), "with spending")
    then = client.call("ScoringService/GetScore", dict(name="units/u/tables/p1", read=dict(readRevision=rated["commit"]["revision"])))
    expect(then["score"]["score"], "85.50", "as it was known before")
    explained = client.call("ScoringService/ExplainScore", dict(name="units/u/tables/p1/indicators/i3"), lang="zh")
    expect(explained["explanation"]["result"], "7.50", "explained")


def check_errors(client):
    try:
        client.call("ReportingService/RecordActual", dict(indicator="units/u/tables/p1/indicators/i3", report=dict(value="many")), lang="zh")
    except Refused as refused:
        expect(refused.code, "INVALID_ARGUMENT", "code")
        by_type = {d["@type"].rsplit(".", 1)[1]: d for d in refused.details}
        expect(by_type["ErrorInfo"]["reason"], "NOT_A_NUMBER", "reason")
        expect(by_type["ErrorInfo"]["domain"], "attain", "domain")
        expect(by_type["BadRequest"]["fieldViolations"][0]["field"], "report.value", "field")
        expect(by_type["LocalizedMessage"]["locale"], "zh-CN", "language")
        assert "不是数字" in by_type["LocalizedMessage"]["message"], by_type
        return
    raise AssertionError("a word was taken for a number")


server = Server().start()
client = ReflectedClient(server.address)
check_services(client)
check_job(client)
check_errors(client)
client.channel.close()
server.stop()
print("the whole job by reflection alone")
