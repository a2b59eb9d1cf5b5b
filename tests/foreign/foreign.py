"""What the tests of foreign clients share: the server, the packages from npm, the programs of README.md and what the main job must come to."""

import json
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "conformance"))

from packages import WORK, need_packages, program  # noqa: E402,F401
from attain_server import BIN, ROOT, Server, expect  # noqa: E402,F401

CHAPTER = "## For authors of client programs"

# What every client must find: the score at the end, the score as it was known before the correction, the revisions of both.
WANTED = {"score": "95.00", "grade": "优", "revision": "11", "scoreBefore": "65.00", "revisionBefore": "8"}


def in_work(name):
    """A copy of one of the programs beside this file, where node finds the packages."""
    shutil.copy(HERE / name, WORK / name)
    return WORK / name


def finish(command, what, **more):
    """Runs a program to its end and gives back what it printed; it must end well."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", timeout=120, **more)
    if done.returncode != 0:
        raise SystemExit(f"{what} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def do_job(command, what, **more):
    """The main job by a foreign program that is given an address and prints its outcome as the last line."""
    server = Server().start()
    printed = finish([*command, server.address], what, **more)
    check_outcome(server, json.loads(printed.splitlines()[-1]), what)
    server.stop()


def check_outcome(server, outcome, what):
    """What the client says it came to, and what another client sees on the same server."""
    expect(outcome, WANTED, f"the outcome of {what}")
    score = server.call("GetScore", name="units/foreign/tables/p1").score
    expect((score.score, score.grade), (WANTED["score"], WANTED["grade"]), f"the score after {what}")
    actors = [a.actor for a in server.call("ListActuals", parent="units/foreign/tables/p1/indicators/-", page_size=100).actuals]
    expect(set(actors), {"李 lead"}, f"who reported by {what}")
    print(f"{what}: the main job ends at {score.score} {score.grade}")


def readme_programs(language, uses):
    """The one program of README.md's chapter for authors in a language that has these words, as it stands there."""
    chapter = (ROOT / "README.md").read_text(encoding="utf-8").split(f"\n{CHAPTER}\n")[1].split("\n## ")[0]
    found = [block for block in re.findall(rf"^```{language}\n(.*?)^```$", chapter, re.MULTILINE | re.DOTALL) if uses in block]
    expect(len(found), 1, f"programs of README.md's chapter for authors in {language} with {uses}")
    return found[0]


def try_sample(command, what, **more):
    """README's sample: reports a value after a dry run, and says what is wrong with a refused one."""
    server = Server().start()
    server.import_sample()
    row = "units/u/tables/p1/indicators/i1"
    before = server.call("GetServerInfo").revision
    printed = finish([*command, server.address, row, "4"], what, **more).splitlines()
    expect(printed, ["would give 10.00", f"recorded at revision {before + 1}"], f"{what} with a good value")
    actual, = server.call("ListActuals", parent=row).actuals
    expect((actual.actor, actual.report.value), ("李 lead", "4"), f"what {what} recorded")
    refused = finish([*command, server.address, row, "many"], what, **more).splitlines()
    expect(refused[0], "NOT_A_NUMBER", f"the reason that {what} reads")
    assert any(line.startswith("“many” 不是数字") for line in refused), f"the sentence that {what} reads: {refused}"
    assert any(line.startswith("report.value: ") for line in refused), f"the field that {what} reads: {refused}"
    expect(server.call("GetServerInfo").revision, before + 1, f"revisions by {what}")
    server.stop()
    print(f"{what}: README.md's sample does what it says")
