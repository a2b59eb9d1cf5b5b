"""A data directory that an earlier program wrote opens, and every printout of its year comes out byte for byte as that program printed it.

The samples stand in tests/data/store: schema-N.tar.gz, and beside it what was printed. `stored_sample_test.py --write N` makes a new one with the
programs in ATTAIN_BIN: once for each schema, before the next one is begun."""

import json
import pathlib
import sys
import tarfile

from attain_server import ROOT, Server, expect
from year_test import Year, declare, evaluate, first_half, second_half

STORE = ROOT / "tests" / "data" / "store"


def write(schema):
    server = Server().start()
    year = Year(server)
    declare(year)
    first_half(year)
    second_half(year)
    evaluate(year)
    year.remember()
    head = year.head()
    server.stop()
    with tarfile.open(STORE / f"schema-{schema}.tar.gz", "w:gz") as archive:
        for path in sorted(pathlib.Path(server.directory.name, "data").iterdir()):
            if not path.name.startswith("LOG") and path.name != "LOCK":  # words of RocksDB about this machine, and the lock
                archive.add(path, path.name, filter=nameless)
    (STORE / f"schema-{schema}.json").write_text(json.dumps(dict(head=head, prints=year.prints), ensure_ascii=False, indent=1) + "\n")


def nameless(member):
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def check(sample):
    wanted = json.loads(sample.with_suffix("").with_suffix(".json").read_text())
    server = Server()
    data = pathlib.Path(server.directory.name, "data")
    data.mkdir()
    with tarfile.open(sample) as archive:
        archive.extractall(data)
    server.start()
    year = Year(server)
    expect(year.head(), wanted["head"], f"head of {sample.name}")
    assert len(wanted["prints"]) > 30, "a year's printouts"
    for revision, arguments, printed in wanted["prints"]:
        expect(year.attain(*arguments, "--at", str(revision)), printed, f"{sample.name}: attain {' '.join(arguments)} --at {revision}")
    year.report(1, "3", "2024-12-30", "the year goes on")
    expect(year.head(), wanted["head"] + 1, "the next revision")
    server.stop()


def main():
    if sys.argv[1:2] == ["--write"]:
        return write(sys.argv[2])
    samples = sorted(STORE.glob("schema-*.tar.gz"))
    assert samples, "no stored sample"
    for sample in samples:
        check(sample)


if __name__ == "__main__":
    main()
