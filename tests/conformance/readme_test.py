"""Runs the examples of both READMEs against a fresh server and compares what they print.

A ```console block holds commands behind "$ " and what they print; a line "…" stands for any number of lines. Of a ```sh block every
command must exist.
"""
import os
import pathlib
import re
import shlex
import subprocess

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


run_page("README.md", "C.UTF-8")
run_page("README.zh-CN.md", "zh_CN.UTF-8")
