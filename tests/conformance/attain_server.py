"""Starts a real attaind on a scratch directory and calls it over plain gRPC, with stubs made from the protos at run time."""

import atexit
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

import grpc

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ["ATTAIN_BIN"])
_generated = tempfile.TemporaryDirectory()
_protos = [str(p.relative_to(ROOT / "proto")) for folder in ("google/rpc", "attain/v1", "attain/document/v1")
           for p in sorted((ROOT / "proto" / folder).glob("*.proto"))]
subprocess.run(["protoc", "-I", str(ROOT / "proto"), f"--python_out={_generated.name}", *_protos], check=True)
sys.path.insert(0, _generated.name)

from attain.v1 import (admin_service_pb2 as admin, history_service_pb2 as history, profile_service_pb2 as profiles, reporting_service_pb2 as reporting,  # noqa: E402
                       scoring_service_pb2 as scoring, target_service_pb2 as targets)
from google.rpc import error_details_pb2, status_pb2  # noqa: E402

SERVICES = {targets: "TargetService", reporting: "ReportingService", scoring: "ScoringService",
            profiles: "ProfileService", history: "HistoryService", admin: "AdminService"}
METHODS = {}
for module, service in SERVICES.items():
    for method in module.DESCRIPTOR.services_by_name[service].methods:
        METHODS[method.name] = (f"/attain.v1.{service}/{method.name}", getattr(module, method.input_type.name),
                                getattr(module, method.output_type.name))


class Refused(Exception):
    """A call that the server refused, decoded as any client of google.rpc would."""

    def __init__(self, error):
        self.code = error.code().name
        self.reason, self.message, self.violations = "", error.details(), []
        for key, value in error.trailing_metadata() or ():
            if key != "grpc-status-details-bin":
                continue
            for detail in status_pb2.Status.FromString(value).details:
                info = error_details_pb2.ErrorInfo()
                text = error_details_pb2.LocalizedMessage()
                bad = error_details_pb2.BadRequest()
                if detail.Unpack(info):
                    self.reason = info.reason
                elif detail.Unpack(text):
                    self.message = text.message
                elif detail.Unpack(bad):
                    self.violations = list(bad.field_violations)
        super().__init__(f"{self.code} {self.reason}: {self.message}")


class Server:
    """One attaind; the data directory stays between start() calls."""

    def __init__(self):
        self.directory = tempfile.TemporaryDirectory()
        self.process = self.channel = None

    def start(self, listen="127.0.0.1:0", flags=()):
        self.process = subprocess.Popen([str(BIN / "attaind"), f"--data-dir={self.directory.name}/data", f"--listen={listen}", *flags],
                                        stderr=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)  # a failing test must not leave its server behind
        self.said, match = "", None  # until it was ready
        while not match:
            line = self.process.stderr.readline()
            self.said += line
            match = re.search(r"ready: listening on ([^,]+),", line)
            if not line:
                raise AssertionError(f"attaind did not start: {self.said}")
        self.address = match.group(1)
        self.channel = grpc.insecure_channel(self.address, options=[("grpc.max_receive_message_length", -1)])
        return self

    def call(self, method, lang="en", actor="", **fields):
        path, request, response = METHODS[method]
        stub = self.channel.unary_unary(path, request_serializer=request.SerializeToString, response_deserializer=response.FromString)
        try:
            return stub(request(**fields), timeout=30, metadata=[("accept-language", lang), ("attain-actor", actor)])
        except grpc.RpcError as error:
            raise Refused(error) from None

    def refused(self, method, **fields):
        try:
            answer = self.call(method, **fields)
        except Refused as refused:
            return refused
        raise AssertionError(f"{method} was accepted: {answer}")

    def stop(self):
        self.channel.close()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(30)
        assert code == 0, f"attaind ended with {code}: {self.process.stderr.read()}"
        self.process.stderr.close()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()
        self.channel.close()

    def import_sample(self):
        text = (ROOT / "samples" / "urumqi-2024.txt").read_bytes()
        return self.call("ImportDocument", content=text, unit="units/u", profile="profiles/xinjiang", goal="IMPORT_GOAL_APPROVE")


def expect(actual, wanted, what=""):
    if actual != wanted:
        raise AssertionError(f"{what}: got {actual!r}, wanted {wanted!r}")
