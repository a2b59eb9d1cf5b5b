"""The main job, and README's sample, by Node with @grpc/grpc-js and @grpc/proto-loader."""

import subprocess

from foreign import ROOT, WORK, Server, do_job, in_work, need_packages, readme_programs, try_sample

need_packages()
do_job(["node", in_work("grpc_js_job.mjs"), ROOT / "proto"], "Node (grpc-js)")
sample = WORK / "grpc_js_sample.mjs"
sample.write_text(readme_programs("js", "@grpc/grpc-js"), encoding="utf-8")
try_sample(["node", sample, ROOT / "proto"], "Node (grpc-js)")


def try_misspelt(text):
    """README's sample with a key that proto-loader would leave out: its check says so, and nothing is recorded."""
    server = Server().start()
    server.import_sample()
    head = server.call("GetServerInfo").revision
    for written in ("validateOnly: true", "validate_onyl: true"):
        assert "validate_only: true" in text
        sample.write_text(text.replace("validate_only: true", written), encoding="utf-8")
        done = subprocess.run(["node", sample, ROOT / "proto", server.address, "units/u/tables/p1/indicators/i1", "4"], capture_output=True, text=True)
        assert done.returncode != 0 and f"there is no field write.{written.split(':')[0]}" in done.stderr, done
        assert server.call("GetServerInfo").revision == head, f"{written} was recorded"
    server.stop()
    print("Node (grpc-js): a misspelt dry run is not sent")


try_misspelt(readme_programs("js", "@grpc/grpc-js"))
