"""scripts/proto-check: the .proto files as they are pass it, planted faults and breaks do not."""

import pathlib
import shutil
import subprocess
import tempfile

from packages import HERE, need_packages

ROOT = HERE.parents[1]
# file below proto, what is there, what is planted, what buf must say
PLANTED = (
    ("attain/v1/common.proto", "bool validate_only = 2", "bool dry_run = 2", 'name from "validate_only" to "dry_run"'),
    ("attain/v1/common.proto", "bool latest = 6", "bool latest = 9", 'field "6" with name "latest"'),
    ("attain/v1/unit.proto", "string display_name = 2", "string displayName = 2", "should be lower_snake_case"),
    ("attain/v1/unit.proto", "  // The unit's name as people write it, 1 … 200 characters.\n", "", "should have a non-empty comment"),
    ("attain/storage/v1/event.proto", "int64 ", "string ", "changed type"),
)
ADDED = ("attain/v1/common.proto", "message WriteOptions {", "message WriteOptions {\n  // New.\n  bool newer = 127;")


def check(*arguments):
    return subprocess.run([ROOT / "scripts" / "proto-check", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def plant(folder, name, there, planted):
    path = pathlib.Path(folder) / name
    text = path.read_text(encoding="utf-8")
    assert there in text, f"{name} has no {there!r} any more: plant something else"
    path.write_text(text.replace(there, planted, 1), encoding="utf-8")


def main():
    need_packages()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "proto", folder, dirs_exist_ok=True)
        baseline = pathlib.Path(folder) / "baseline.binpb"
        baseline.unlink(missing_ok=True)
        missing = check(f"--proto={folder}")
        assert missing.returncode == 1 and "--rebase" in missing.stdout, missing.stdout
        made = check("--rebase", f"--proto={folder}")
        assert made.returncode == 0 and baseline.exists(), made.stdout
        plant(folder, *ADDED)
        done = check(f"--proto={folder}")
        assert done.returncode == 0, f"a new field breaks nobody:\n{done.stdout}"
        for name, there, planted, _ in PLANTED:
            plant(folder, name, there, planted)
        done = check(f"--proto={folder}")
        assert done.returncode == 1, done.stdout
        for _, _, planted, said in PLANTED:
            assert said in done.stdout, f"{planted!r} was let through:\n{done.stdout}"
    done = check()
    assert done.returncode == 0, f"scripts/proto-check:\n{done.stdout}"
    print(f"the .proto files pass; {len(PLANTED)} planted changes are told as they should be")


main()
