"""The main job, and README's sample, by Node with @connectrpc/connect-node and the code that @bufbuild/protoc-gen-es makes."""

import subprocess

from foreign import ROOT, WORK, do_job, in_work, need_packages, program, readme_programs, try_sample

need_packages()
made = WORK / "gen"
made.mkdir(exist_ok=True)
protos = [p.relative_to(ROOT / "proto") for folder in ("attain/v1", "google/rpc") for p in (ROOT / "proto" / folder).glob("*.proto")]
subprocess.run(["protoc", "-I", "proto", f"--plugin=protoc-gen-es={program('protoc-gen-es')}", f"--es_out={made}",
                "--es_opt=target=js,import_extension=js", *protos], cwd=ROOT, check=True)
do_job(["node", in_work("connect_job.mjs")], "Node (connect)")
sample = WORK / "connect_sample.mjs"
sample.write_text(readme_programs("js", "@connectrpc/connect-node"), encoding="utf-8")
try_sample(["node", sample], "Node (connect)")
