"""Receipts of a real year, checked by the program that readers have (clients/verify/verify_receipt.py): true ones are accepted, whatever is
changed in one is refused, and so is a receipt of another history than a head that was kept. ATTAIN_FORGERIES says how many random changes."""

import base64
import copy
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys

from attain_server import BIN, ROOT, Server, expect
from year_test import Year, declare, evaluate, first_half, second_half

CHECKER = ROOT / "clients" / "verify" / "verify_receipt.py"
sys.path.insert(0, str(CHECKER.parent))
import verify_receipt  # noqa: E402

FORGERIES = int(os.environ.get("ATTAIN_FORGERIES", "500"))
ERRORS = (verify_receipt.Refused, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError)


def refused(receipt, policy, kept=None):
    """Why a receipt is not proven; nothing when it is."""
    try:
        verify_receipt.check(receipt, policy, kept)
    except ERRORS as error:
        return str(error) or type(error).__name__
    return None


def places(value, path=()):
    """Paths of all texts and numbers."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, path + (key,))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from places(inner, path + (i,))
    else:
        yield path


def changed(value, chance):
    """The same with one character, bit or number changed."""
    if isinstance(value, int):
        return value + chance.choice([-1, 1, 256])
    if not value:
        return "x"
    try:
        data = bytearray(base64.b64decode(value, validate=True))
    except ValueError:
        data = bytearray()
    if data and chance.random() < 0.5:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return base64.b64encode(bytes(data)).decode()
    at = chance.randrange(len(value))
    other = chance.choice([c for c in "0123456789ABCxyz+/=\n" if c != value[at]])
    return value[:at] + other + value[at + 1:]


def forge(receipt, chance):
    forged = copy.deepcopy(receipt)
    *path, last = chance.choice(list(places(forged)))
    at = forged
    for step in path:
        at = at[step]
    before = at[last]
    at[last] = changed(before, chance)
    return forged if at[last] != before else forge(receipt, chance)


def structural(receipt):
    """What a forger would try who knows the format: (what, receipt)."""
    for i in range(len(receipt["entries"])):
        forged = copy.deepcopy(receipt)
        del forged["entries"][i]
        yield f"without entry {i}", forged
        forged = copy.deepcopy(receipt)
        forged["entries"].append(forged["entries"][i])
        yield f"entry {i} twice", forged
        forged = copy.deepcopy(receipt)
        forged["olderRevision"] = str(int.from_bytes(base64.b64decode(forged["entries"][i]["leaf"])[8:16], "big"))
        yield f"history cut off at entry {i}", forged
        for j, part in enumerate(receipt["entries"][i]["parts"]):
            if part["kind"] != verify_receipt.TEXTS:  # those may be left out
                forged = copy.deepcopy(receipt)
                del forged["entries"][i]["parts"][j]
                yield f"without part {j} of entry {i}", forged
            forged = copy.deepcopy(receipt)
            forged["entries"][i]["parts"][j]["kind"] = {2: 3, 3: 2, 4: 2}[part["kind"]]
            yield f"part {j} of entry {i} of another kind", forged
    for key, value in (("score", "99.99"), ("grade", "优"), ("table", "units/u/tables/p1"), ("format", "attain-receipt-v2"), ("revision", "1")):
        forged = copy.deepcopy(receipt)
        if forged.get(key) != value:
            forged[key] = value
            yield f"another {key}", forged


def check_forgeries(receipts, policy):
    chance = random.Random(20240630)
    count = 0
    for receipt in receipts:
        for what, forged in structural(receipt):
            assert refused(forged, policy), f"accepted: {what}"
            count += 1
    reasons = set()
    for _ in range(FORGERIES):
        forged = forge(chance.choice(receipts), chance)
        why = refused(forged, policy)
        assert why, f"accepted: {json.dumps(forged)[:400]}"
        reasons.add(why)
    assert len(reasons) > 10, reasons
    print(f"{count} structural and {FORGERIES} random forgeries refused")


def run_checker(*arguments):
    return subprocess.run([sys.executable, str(CHECKER), *map(str, arguments)], capture_output=True, text=True)


def main():
    server = Server()
    folder = pathlib.Path(server.directory.name)
    flags = [f"--log-key={folder}/log.key", "--log-name=log.example.org"]
    server.start(flags=flags)
    assert "--log-key is for trials" in server.said, server.said
    year = Year(server)
    declare(year)
    first_half(year)
    kept = year.attain("head")
    size = kept.split("\n")[1]
    second_half(year)
    evaluate(year)
    year.attain("receipt", "p3", "-o", str(folder / "p3.json"))
    year.attain("receipt", "p3", "-o", str(folder / "since.json"), "--known-size", size)
    key = server.call("GetHead").verifier_key
    policy = verify_receipt.Policy(f"log {key}\nquorum none\n")

    # As a reader runs it.
    proven = run_checker(folder / "p3.json", "--key", key)
    expect(proven.returncode, 0, proven.stderr)
    score = server.call("GetEvaluation", name="units/u/tables/p3/evaluation")
    signed = json.loads((folder / "p3.json").read_text())["score"]
    assert proven.stdout.rstrip().endswith(f"PROVEN: score {signed}") and signed, proven.stdout
    assert score.evaluation.name, "the evaluation is there"
    (folder / "head.txt").write_text(kept)
    proven = run_checker(folder / "since.json", "--key", key, "--head", folder / "head.txt")
    expect(proven.returncode, 0, proven.stderr)
    assert f"of the same history as the head of {size} revisions that was kept" in proven.stdout, proven.stdout
    expect(run_checker(folder / "p3.json", "--key", key.replace("+", "x+", 1)).returncode, 1, "the key of another log")
    expect(run_checker(folder / "nothing.json", "--key", key).returncode, 2, "a file that is not there")

    # Nothing personal and no free text in it, unless asked for.
    plain, full = (folder / "p3.json").read_text(), year.attain("receipt", "p3", "--with-texts")
    shown = b"".join(base64.b64decode(part["data"]) for entry in json.loads(plain)["entries"] for part in entry["parts"])
    told = b"".join(base64.b64decode(part["data"]) for entry in json.loads(full)["entries"] for part in entry["parts"])
    for word in (b"lead", b"finance office"):
        assert word not in shown, word
    assert b"lead" in told
    expect(refused(json.loads(full), policy), None, "a receipt with texts")

    # As of every revision of the table.
    receipts = [json.loads(plain), json.loads(full)]
    for revision in range(2, year.head() + 1, 3):
        answer = subprocess.run([str(BIN / "attain"), "--server", server.address, "receipt", "u/p3", "--at", str(revision)], capture_output=True, text=True)
        if answer.returncode == 0:
            receipts.append(json.loads(answer.stdout))
            expect(refused(receipts[-1], policy), None, f"as of revision {revision}")
    assert len(receipts) > 5, len(receipts)
    check_forgeries(receipts[:4], policy)

    # An older copy put back: the notary has signed more than there is.
    server.stop()
    shutil.copytree(folder / "data", folder / "older")
    server.start(flags=flags)
    year.report(1, "4", "2024-12-31", "the year goes on")
    year.attain("head")
    server.stop()
    shutil.rmtree(folder / "data")
    (folder / "older").rename(folder / "data")
    for mark in list(folder.glob("data.head-mark")) + list((folder / "data").glob("head-mark")):
        mark.unlink()  # whoever puts it back so that the server does not notice
    server.start(flags=flags)
    expect(server.refused("GetHead").reason, "HEAD_NOT_SIGNED")
    server.stop()


if __name__ == "__main__":
    main()
