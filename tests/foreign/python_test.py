"""The main job, and README's sample for Python, by grpcio with the stubs that protoc and its plugin for gRPC make."""

import os
import subprocess
import sys
import tempfile

from foreign import HERE, ROOT, do_job, readme_programs, try_sample

with tempfile.TemporaryDirectory() as made:
    protos = [str(p.relative_to(ROOT / "proto")) for folder in ("attain/v1", "google/rpc") for p in (ROOT / "proto" / folder).glob("*.proto")]
    subprocess.run(["protoc", "-I", "proto", f"--python_out={made}", f"--grpc_python_out={made}",
                    "--plugin=protoc-gen-grpc_python=/usr/bin/grpc_python_plugin", *protos], cwd=ROOT, check=True)
    environment = {**os.environ, "PYTHONPATH": made}
    do_job([sys.executable, str(HERE / "python_job.py")], "Python (grpcio)", env=environment)
    try_sample([sys.executable, "-c", readme_programs("python", "grpc")], "Python (grpcio)", env=environment)
