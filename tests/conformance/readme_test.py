"""Runs the examples of both READMEs against a fresh server and compares what they print.

A ```console block holds commands behind "$ " and what they print; a line "…" stands for any number of lines. Of a ```sh block every
command must exist. The programs of the section for dashboard authors follow a server that is killed and started again.
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import threading

from attain_server import BIN, ROOT, Server


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def examples(text):
    """(command, expected lines) in the order of the page."""
    found = []
    for block in blocks(text, "console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def fits(expected, printed):
    """Whether the lines are as expected, "…" standing for any number of them."""
    if not expected:
        return not printed
    if expected[0] == "…":
        return any(fits(expected[1:], printed[i:]) for i in range(len(printed) + 1))
    return bool(printed) and expected[0].rstrip() == printed[0].rstrip() and fits(expected[1:], printed[1:])


def run_page(page, lang):
    text = (ROOT / page).read_text(encoding="utf-8")
    for block in blocks(text, "sh"):
        for line in block.splitlines():
            command = shlex.split(line, comments=True)
            assert not command or os.access(ROOT / command[0], os.X_OK), f"{page}: there is no {line}"
    commands = examples(text)
    assert len(commands) >= 8, f"{page}: the examples are not where this test looks for them"
    server = Server().start()
    environment = {"PATH": f"{BIN}:/usr/bin:/bin", "ATTAIN_SERVER": server.address, "LANG": lang, "HOME": "/nonexistent"}
    for command, expected in commands:
        done = subprocess.run(["bash", "-c", command], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              encoding="utf-8", timeout=60)
        printed = done.stdout.splitlines()
        if not fits(expected, printed):
            raise SystemExit(f"{page}: $ {command}\nexpected:\n" + "\n".join(expected) + "\nprinted:\n" + "\n".join(printed[:60]))
    server.stop()
    print(f"{page}: {len(commands)} examples print what the page says")


def follow(program, what):
    """Runs one of the page's watchers over a restart; it must tell the snapshot and both changes, each once."""
    server = Server().start()
    server.import_sample()
    printed, seen = [], threading.Condition()
    process = subprocess.Popen([*program, server.address, "units/u/tables/-"], stdout=subprocess.PIPE, text=True,
                               env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})

    def read():
        for line in process.stdout:
            with seen:
                printed.append(line.strip())
                seen.notify()

    def expect_line(wanted):
        with seen:
            assert seen.wait_for(lambda: wanted in printed, timeout=30), f"{what} did not print {wanted!r} but {printed}"

    threading.Thread(target=read, daemon=True).start()
    report = {"indicator": "units/u/tables/p1/indicators/i1"}
    expect_line("units/u/tables/p5 0.00")
    server.call("RecordActual", actor="a", report={"value": "4", "date": "2024-06-30"}, **report)
    expect_line("units/u/tables/p1 10.00 by a")
    server.kill()
    server.start(server.address)
    server.call("RecordActual", actor="b", report={"value": "2", "date": "2024-07-31"}, **report)
    expect_line("units/u/tables/p1 5.00 by b")
    process.kill()
    server.stop()
    assert len(printed) == 6 + 2, f"{what} printed something twice: {printed}"
    print(f"{what} follows a server that is killed and started again")


run_page("README.md", "C.UTF-8")
run_page("README.zh-CN.md", "zh_CN.UTF-8")
pages = [(ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "README.zh-CN.md")]
for language in ("cpp", "python", "js"):
    assert blocks(pages[0], language) == blocks(pages[1], language) != [], f"the pages differ in their {language} program"
follow([sys.executable, "-c", blocks(pages[0], "python")[0]], "The Python program")
follow([str(BIN / "readme_watch")], "The C++ program")
