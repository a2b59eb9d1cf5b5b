"""The packages from npm that the tests of foreign clients and scripts/proto-check use, as package-lock.json pins them.

packages.py installs them where they are missing and prints the folder of their programs. They go into the build directory, never into the
source tree: ATTAIN_FOREIGN, by default that of the release build.
"""

import fcntl
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
WORK = pathlib.Path(os.environ.get("ATTAIN_FOREIGN") or HERE.parents[1] / "build" / "release" / "tests" / "foreign")
SKIPPED = 77


def need_packages():
    """Installs them once for all tests; without npm the caller ends with 77, which ctest reads as skipped. A failed installation fails."""
    if not shutil.which("npm") or not shutil.which("node"):
        print("skipped: node and npm are not installed; Debian's nodejs and npm will do (scripts/bootstrap scripts/test-packages.txt)", file=sys.stderr)
        sys.exit(SKIPPED)
    WORK.mkdir(parents=True, exist_ok=True)
    lock = (HERE / "package-lock.json").read_text()
    with open(WORK / "install.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        stamp = WORK / "installed.json"
        if stamp.exists() and stamp.read_text() == lock:
            return
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, WORK / name)
        # No script of a package is run: none of them needs one.
        done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=WORK, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise SystemExit(f"npm ci could not install what tests/foreign/package-lock.json pins. Is the registry reachable?\n{done.stdout}")
        stamp.write_text(lock)


def program(name):
    """A program that a package brings."""
    return str(WORK / "node_modules" / ".bin" / name)


if __name__ == "__main__":
    need_packages()
    print(WORK / "node_modules" / ".bin")
