"""Runs the examples of docs/api/examples.json, one after the other, on an empty server.

An example is {"text", "method", "actor", "request", "response"}; a list stands for the messages of a stream, "first" for how many of them are
read. "error" instead of "response": the call is refused. In a request "<base64 of FILE>" stands for the bytes of a file of this project, and
"<CreateUnit.unit.etag>" for a field of the newest answer of that method. What another run would answer otherwise is masked by "…".
"""

import base64
import importlib
import json
import re

from google.protobuf import descriptor_pb2, json_format
import grpc

from attain_server import ROOT, Refused, Server

EXAMPLES = ROOT / "docs" / "api" / "examples.json"
MASK = "…"
VOLATILE = {"etag", "token", "next_page_token", "resume_token", "hash", "head_hash", "sha256", "preview", "store_id", "reader"}
VOLATILE |= {"checkpoint", "origin", "verifier_key", "leaf", "hashes", "root", "from_root", "to_root", "path", "salt", "consistency"}
VOLATILE_IN = {("GetServerInfoResponse", "version"), ("Upload", "name"), ("ReceiptPart", "data"), ("Head", "size")}
# Hashes, times, and the etags of STALE_ETAG inside of texts.
IN_TEXTS = re.compile(r"\b[0-9a-f]{64}\b|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?Z?)?|(?<=your etag )\w+|(?<=, now )\w+")
REFERENCE = re.compile(r"<(\w+)((?:\.\w+)+)>")


def methods():
    """"Service.Method": its descriptor, the class of its requests and that of its answers."""
    found = {}
    for proto in sorted((ROOT / "proto" / "attain" / "v1").glob("*_service.proto")):
        module = importlib.import_module(f"attain.v1.{proto.stem}_pb2")
        for service in module.DESCRIPTOR.services_by_name.values():
            for method in service.methods:
                found[f"{service.name}.{method.name}"] = (method, getattr(module, method.input_type.name), getattr(module, method.output_type.name))
    return found


def masked(value, message=None, field=None):
    """Proto3 JSON of `message` without what another run would answer otherwise."""
    if field is not None:
        if field.name in VOLATILE or (field.containing_type.name, field.name) in VOLATILE_IN:
            return MASK
        if message is not None and message.full_name == "google.protobuf.Timestamp":
            return MASK
    if isinstance(value, list):
        return [masked(item, message, field) for item in value]
    if isinstance(value, dict):
        if message is None:  # inside of an Any, where a map has no order
            return {key: masked(inner) for key, inner in sorted(value.items())}
        fields = message.fields_by_camelcase_name
        return {key: masked(inner, fields[key].message_type if key in fields else None, fields.get(key)) for key, inner in value.items()}
    return IN_TEXTS.sub(MASK, value) if isinstance(value, str) else value


def refusal(error):
    """What a program sees of a refused call."""
    told = {"code": error.code, "reason": error.reason, "message": IN_TEXTS.sub(MASK, error.message)}
    if error.violations:
        told["fieldViolations"] = [{"field": v.field, "description": v.description} for v in error.violations]
    return told


class Story:
    """The examples that were run so far."""

    def __init__(self, server):
        self.server, self.methods, self.answers = server, methods(), {}

    def filled(self, value):
        """A request with what stands for files and earlier answers filled in."""
        if isinstance(value, list):
            return [self.filled(item) for item in value]
        if isinstance(value, dict):
            return {key: self.filled(item) for key, item in value.items()}
        if not isinstance(value, str):
            return value
        if value.startswith("<base64 of "):
            return base64.b64encode((ROOT / value[len("<base64 of "):-1]).read_bytes()).decode()
        return REFERENCE.sub(lambda match: self.earlier(match[1], match[2][1:].split(".")), value)

    def earlier(self, method, path):
        found = self.answers[method]
        for part in path:
            found = found[int(part) if part.isdigit() else part]
        return found

    def call(self, example):
        """The answer as proto3 JSON, or Refused."""
        method, request, response = self.methods[example["method"]]
        proto = descriptor_pb2.MethodDescriptorProto()
        method.CopyToProto(proto)
        kind = "_".join("stream" if stream else "unary" for stream in (proto.client_streaming, proto.server_streaming))
        stub = getattr(self.server.channel, kind)(f"/attain.v1.{example['method'].replace('.', '/')}",
                                                  request_serializer=request.SerializeToString, response_deserializer=response.FromString)
        asked = self.filled(example["request"])
        sent = iter([json_format.ParseDict(each, request()) for each in asked]) if proto.client_streaming else json_format.ParseDict(asked, request())
        try:
            answer = stub(sent, timeout=30, metadata=[("accept-language", "en"), ("attain-actor", example.get("actor", ""))])
            told = self.messages(answer, example.get("first")) if proto.server_streaming else json_format.MessageToDict(answer)
        except grpc.RpcError as error:
            raise Refused(error) from None
        self.answers[method.name] = told
        return told

    @staticmethod
    def messages(stream, count):
        """The first `count` messages of a stream, or all."""
        told = []
        for message in stream:
            told.append(json_format.MessageToDict(message))
            if len(told) == count:
                stream.cancel()
                break
        return told

    def run(self, example):
        """{"response": …} or {"error": …}, masked."""
        try:
            told = self.call(example)
        except Refused as refused:
            return {"error": refusal(refused)}
        return {"response": masked(told, self.methods[example["method"]][0].output_type)}


def run_all(examples):
    """Each example with what a real server answered."""
    server = Server()
    server.start(flags=[f"--log-key={server.directory.name}/log.key"])
    try:
        story = Story(server)
        for example in examples:
            yield example, story.run(example)
    finally:
        server.stop()
