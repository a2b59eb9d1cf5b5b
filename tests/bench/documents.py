"""What documents cost: the reader, a list of 100,000 rows, and what another writer notices of either.

Times of a process are CPU seconds, so that a busy machine does not count, and the best of the rounds is compared with its bar; what a
person waits for is told beside it.
"""
import fcntl
import os
import re
import statistics
import subprocess
import threading
import time

import generated

TABLES = 100
ROWS = 100_000
PACE = 100  # reports per second of the other writer


def verdict(met):
    return "met" if met else "NOT MET"


def peak_mb(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmHWM:\s*(\d+)", status.read()).group(1)) * 1024 / 1e6


class Documents:
    def __init__(self, bench, server, start_server):
        self.bench, self.server, self.start_server = bench, server, start_server
        self.folder = bench.folder()
        self.lists = 0  # a list that was recorded is answered from memory: every one has other values

    def file(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as out:
            out.write(content if isinstance(content, bytes) else content.encode())
        return path

    def extract(self, path):
        """CPU seconds and peak memory of one run of the reader."""
        with open(path, "rb") as document:
            reader = subprocess.Popen([f"{self.bench.bin_dir}/attain-extract"], stdin=document, stdout=subprocess.PIPE)
        # A pipe of one page, so that the reader is done but still there when its first bytes are.
        fcntl.fcntl(reader.stdout, fcntl.F_SETPIPE_SZ, 4096)
        size = int.from_bytes(os.read(reader.stdout.fileno(), 8), "big")
        memory = peak_mb(reader.pid)
        if len(reader.stdout.read()) != size or size < 4096:
            raise SystemExit(f"attain-extract did not read {path}")
        reader.stdout.close()
        _, status, usage = os.wait4(reader.pid, 0)
        reader.returncode = os.waitstatus_to_exitcode(status)
        if reader.returncode != 0:
            raise SystemExit(f"attain-extract ended with {reader.returncode}")
        return usage.ru_utime + usage.ru_stime, memory

    def reader(self, what, small_title, small, large, most_seconds, most_growth_mb=None):
        small, large = self.file("small", small), self.file("large", large)
        runs = [(self.extract(small), self.extract(large)) for _ in range(self.bench.rounds)]
        cpu = [many[0] for _, many in runs]
        base = [few[0] for few, _ in runs]
        growth = statistics.median(many[1] - few[1] for few, many in runs)
        met = min(cpu) < most_seconds and (most_growth_mb is None or growth < most_growth_mb)
        growth_bar = "" if most_growth_mb is None else f" and {most_growth_mb} MB"
        print(f"attain-extract, {what}: {min(cpu) * 1e3:.0f} ms of CPU (median {statistics.median(cpu) * 1e3:.0f}) = "
              f"{min(cpu) / min(base):.1f} × {small_title} ({min(base) * 1e3:.0f} ms); peak {statistics.median(m[1] for _, m in runs):.1f} MB, "
              f"{growth:+.1f} MB, bar {most_seconds * 1e3:.0f} ms{growth_bar}: {verdict(met)}", flush=True)

    def attain(self, *words, server=None):
        return subprocess.Popen([f"{self.bench.bin_dir}/attain", *words, "--server", (server or self.server).address],
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def next_list(self, short):
        self.lists += 1
        return self.file("list.csv", generated.actuals(ROWS, TABLES, short, self.lists))

    def report(self, path, server=None):
        run = self.attain("report", "--file", path, "--accept", "VALUE_JUMP", server=server)
        text = run.stdout.read()
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        if run.returncode != 0 or f"Recorded {ROWS:,} of {ROWS:,}" not in text:
            raise SystemExit(f"attain report --file failed: {text[-500:]}")
        return usage.ru_utime + usage.ru_stime

    def load(self, what, short):
        """A list of full or short names through the client, against batches that a program sends."""
        walls, cpus, ratios = [], [], []
        for _ in range(self.bench.rounds):
            path = self.next_list(short)
            server, start = self.server.cpu_seconds(), time.monotonic()
            client = self.report(path)
            walls.append(time.monotonic() - start)
            cpus.append(client + self.server.cpu_seconds() - server)
            server = self.server.cpu_seconds()
            plain = self.bench.load("batch", self.server.address, self.bench.seconds, TABLES)
            each = (plain["cpu"] + self.server.cpu_seconds() - server) / plain["items"]
            ratios.append(cpus[-1] / (each * ROWS))
        print(f"attain report --file, {ROWS:,} rows with {what}: {min(walls):.2f} s (median {statistics.median(walls):.2f}), "
              f"{min(cpus):.2f} s of CPU of client and server (median {statistics.median(cpus):.2f}) = {statistics.median(ratios):.2f} × "
              f"that of plain batches, bar 3 s: {verdict(min(walls) < 3)}", flush=True)

    def beside(self, title, work, note=lambda ratio: f", bar 2.00: {verdict(ratio <= 2)}"):
        """p99 of another writer's RecordActual while `work` is done over and over, against before and after."""
        seconds = max(self.bench.seconds, 5)

        def pace():
            return self.bench.load("pace", self.server.address, seconds, TABLES, PACE)

        alone, during, ratios, done = [], [], [], [0]
        before = pace()
        for _ in range(self.bench.rounds):
            end = threading.Event()

            def repeat():
                while not end.is_set():
                    work()
                    done[0] += 1

            worker = threading.Thread(target=repeat)
            worker.start()
            during.append(pace())
            end.set()
            worker.join()
            after = pace()
            alone += [before, after]
            ratios.append(during[-1]["p99_us"] / statistics.mean((before["p99_us"], after["p99_us"])))
            before = after
        ratio = statistics.median(ratios)
        figures = {(what, name): statistics.median(one[name] for one in measured)
                   for what, measured in (("during", during), ("alone", alone)) for name in ("p50_us", "p99_us")}
        print(f"RecordActual beside {title} ({done[0]} of them): p99 {figures['during', 'p99_us']:,.0f} µs against "
              f"{figures['alone', 'p99_us']:,.0f} µs alone = {ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f}); p50 "
              f"{figures['during', 'p50_us']:,.0f} against {figures['alone', 'p50_us']:,.0f} µs{note(ratio)}", flush=True)

    def dry_run(self, path):
        run = self.attain("import", path, "--dry-run", "--timeout", "300")
        text = run.communicate()[0]
        if run.returncode != 0 or "Would import" not in text:
            raise SystemExit(f"attain import --dry-run failed: {text[-500:]}")

    def all(self):
        self.reader("a workbook of 60 sheets", "one of one sheet", generated.workbook(1), generated.workbook(60), 0.05)
        self.reader("a PDF of 300 pages", "one of three pages", generated.pdf(3), generated.pdf(300), 2, 20)
        self.load("full names", short=False)
        self.load("short names", short=True)
        large = self.file("large.csv", generated.target_tables(15_000_000))
        self.beside("a dry run of 15 MB", lambda: self.dry_run(large))
        self.beside("a list of 100,000 rows", lambda: self.report(self.next_list(short=False)))
        other = self.start_server()
        try:
            self.bench.load("seed", other.address, 0, TABLES)
            self.beside("the same list on another server of this machine", lambda: self.report(self.next_list(short=False), other),
                        note=lambda ratio: ": what the machine makes of it, without the server's part")
        finally:
            other.stop()
