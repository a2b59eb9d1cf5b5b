"""Speed and memory as ratios against limits that are measured in the same run.

Machines differ and drift by the hour, so no figure here stands alone: every measurement of attaind stands between two of
the limit it is compared with, and the table shows the median of the rounds' ratios. Not a test: it never fails for being slow.
"""
import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from documents import Documents

PARTS = ["calls", "watches", "documents", "size"]
TABLES = 100  # of ten indicators: the 1,000 that most measurements work on


class Measured:
    """What a process takes: `process` is one of subprocess."""

    process = None

    def resident_mb(self):
        with open(f"/proc/{self.process.pid}/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Echo(Measured):
    """The bare gRPC server."""

    def __init__(self, bin_dir):
        self.process = subprocess.Popen([f"{bin_dir}/bench_echo_server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


class Server(Measured):
    """attaind on a free port with a data directory."""

    def __init__(self, bin_dir, data):
        started = time.monotonic()
        self.process = subprocess.Popen([f"{bin_dir}/attaind", f"--data-dir={data}", "--listen=127.0.0.1:0"],
                                        stderr=subprocess.PIPE, text=True)
        self.address = None
        for line in self.process.stderr:
            found = re.search(r"ready: listening on ([^,]*),", line)
            if found:
                self.address = found.group(1)
                break
        if self.address is None:
            raise SystemExit("attaind did not get ready")
        self.ready_seconds = time.monotonic() - started

    def settle(self):
        """Waits until the compactions of a load are over: they are paid for by the load, not by what is measured next."""
        end = time.monotonic() + 300
        while time.monotonic() < end:
            cpu = self.cpu_seconds()
            time.sleep(2)
            if self.cpu_seconds() - cpu < 0.05:
                return

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


class Bench:
    def __init__(self, bin_dir, seconds, rounds, scratch):
        self.bin_dir, self.seconds, self.rounds, self.scratch = bin_dir, seconds, rounds, scratch
        self.count = 0

    def start(self, what, where, *rest):
        """bench_load in the background; hold-… keeps its streams until its standard input ends."""
        return subprocess.Popen([f"{self.bin_dir}/bench_load", what, where, *map(str, rest)], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)

    def finish(self, run):
        """Its figures, with the CPU time it took itself."""
        run.stdin.close()
        text = run.stdout.read()
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        if run.returncode != 0:
            raise SystemExit(f"{' '.join(run.args)} failed")
        last = text.strip().rsplit("\n", 1)[-1]
        figures = json.loads(last) if last.startswith("{") else {"text": last}
        figures["cpu"] = usage.ru_utime + usage.ru_stime
        return figures

    def load(self, what, where, *rest):
        return self.finish(self.start(what, where, *rest))

    def folder(self):
        self.count += 1
        path = os.path.join(self.scratch, str(self.count))
        os.mkdir(path)
        return path

    def against(self, title, limit_title, limit, measure, bar):
        """The rounds of one ratio; prints a line and returns the ratio."""
        measured, limits, ratios = [], [], []
        before = limit()
        for _ in range(self.rounds):
            one = measure()
            after = limit()
            limits += [before, after]
            measured.append(one)
            ratios.append(one["per_second"] / ((before["per_second"] + after["per_second"]) / 2))
            before = after
        rate = statistics.median(m["per_second"] for m in measured)
        limit_rate = statistics.median(l["per_second"] for l in limits)
        ratio = statistics.median(ratios)
        verdict = "met" if ratio >= bar else "NOT MET"
        latency = ""
        if measured[0]["p50_us"]:
            latency = (f"; p50 {statistics.median(m['p50_us'] for m in measured):,.0f} µs, "
                       f"p99 {statistics.median(m['p99_us'] for m in measured):,.0f} µs")
        print(f"{title}: {rate:,.0f}/s against {limit_title} {limit_rate:,.0f}/s = {ratio:.2f} "
              f"({min(ratios):.2f} to {max(ratios):.2f}), bar {bar:.2f}: {verdict}{latency}", flush=True)
        return ratio

    def ratios(self, server, echo):
        def echoing():
            return self.load("echo", echo, self.seconds)

        def rocks():
            return self.load("rocks", self.folder(), self.seconds)

        print(f"fdatasync of an append: {self.load('sync', self.folder(), 1)['per_second']:,.0f}/s", flush=True)
        self.against("RecordActual, durable", "echo", echoing,
                     lambda: self.load("record", server.address, self.seconds, TABLES), 0.35)
        self.against("GetScore of a project", "echo", echoing,
                     lambda: self.load("score", server.address, self.seconds, TABLES), 0.6)
        self.against("StreamActuals", "RocksDB batches of 100", rocks,
                     lambda: self.load("stream", server.address, self.seconds, TABLES), 0.4)

    def report_cost(self, server, tables):
        """Server CPU per report, in microseconds."""
        cpu = server.cpu_seconds()
        figures = self.load("record", server.address, self.seconds, tables)
        return (server.cpu_seconds() - cpu) / figures["calls"] * 1e6

    def cpu_per_call(self, server, what, *rest):
        """Server CPU per call, in microseconds."""
        cpu = server.cpu_seconds()
        figures = self.load(what, server.address, self.seconds, *rest)
        return (server.cpu_seconds() - cpu) / figures["calls"] * 1e6

    def units(self, server):
        """GetScore of a unit with many projects and with few: the roll-up is kept, not computed."""
        few, many = 10, 1000
        for tables in (few, many):
            self.load("seed-wide", server.address, tables)
        ratios = [self.cpu_per_call(server, "wide", many) / self.cpu_per_call(server, "wide", few) for _ in range(self.rounds)]
        ratio = statistics.median(ratios)
        print(f"GetScore of a unit with {many:,} projects: {ratio:.2f} × the server CPU of one with {few} "
              f"({min(ratios):.2f} to {max(ratios):.2f}), bar 2.00: {'met' if ratio <= 2 else 'NOT MET'}", flush=True)

    def report_all(self, server, tables):
        """A report on every indicator: a row without one costs a replay next to nothing."""
        seconds = max(1, tables // 1000)
        while self.load("stream", server.address, seconds, tables)["items"] < tables * 10:
            seconds *= 2

    def all_tables(self, server, tables):
        """Questions about all tables: a ranked page, which needs no scan, and a replay, which is one."""
        thousand = Server(self.bin_dir, self.folder())
        try:
            self.load("seed", thousand.address, 0, 1000)
            for one, count in ((thousand, 1000), (server, tables)):
                self.report_all(one, count)
            for one in (thousand, server):
                self.load("rank", one.address, 0.1, 0, 1)  # makes the index
                one.settle()
            rank = [(self.cpu_per_call(thousand, "rank", 0, 4), self.cpu_per_call(server, "rank", 0, 4)) for _ in range(self.rounds)]
        finally:
            thousand.stop()
        ratio = statistics.median(many / few for few, many in rank)
        print(f"ListScores ranked by score, page of 50, over {tables:,} tables: {statistics.median(many for _, many in rank):,.0f} µs of "
              f"server CPU = {ratio:.2f} × that over 1,000, bar 2.00: {'met' if ratio <= 2 else 'NOT MET'}", flush=True)
        rates = []
        for _ in range(self.rounds):
            cpu = server.cpu_seconds()
            items = self.load("replay", server.address, 0)["items"]
            rates.append(items / (server.cpu_seconds() - cpu))
        rate = statistics.median(rates)
        print(f"ReplayProfile of {items:,} indicators: {rate:,.0f} indicator scores per second of server CPU "
              f"({min(rates):,.0f} to {max(rates):,.0f}), bar 300,000: {'met' if rate >= 300_000 else 'NOT MET'}; "
              f"server at {server.resident_mb():.0f} MB", flush=True)

    def size(self, indicators):
        """One report among 1,000 and among many indicators, alternating between two servers."""
        few, many = Server(self.bin_dir, self.folder()), None
        directory = self.folder()
        try:
            many = Server(self.bin_dir, directory)
            self.load("seed", few.address, 0, TABLES)
            started = time.monotonic()
            self.load("seed", many.address, 0, indicators // 10)
            print(f"{indicators:,} indicators loaded in {time.monotonic() - started:.0f} s, "
                  f"server at {many.resident_mb():.0f} MB", flush=True)
            many.settle()
            same, spread = [], []
            for _ in range(self.rounds):
                base = self.report_cost(few, TABLES)
                same.append(self.report_cost(many, TABLES) / base)
                spread.append(self.report_cost(many, indicators // 10) / base)
            cost = statistics.median(same)
            print(f"cost of a report with {indicators:,} indicators loaded: {cost:.2f} × that with 1,000 "
                  f"(server CPU; reports on 1,000 of them), bar 1.30: {'met' if cost <= 1.3 else 'NOT MET'}")
            print(f"  the same with reports spread over all {indicators:,}: {statistics.median(spread):.2f} ×", flush=True)
            self.units(few)
            many.settle()
            self.all_tables(many, indicators // 10)
        finally:
            few.stop()
            if many is not None:
                many.stop()
        again = Server(self.bin_dir, directory)
        print(f"start with that history: {again.ready_seconds * 1e3:.0f} ms, {again.resident_mb():.0f} MB; ", end="")
        again.stop()


class Watches:
    """Watches against the bare server's streams."""

    BACKLOG = 8000  # revisions that each stream goes through before it opens anew

    def __init__(self, bench, server, echo):
        self.bench, self.server, self.echo = bench, server, echo
        self.size = 1000  # of a message; delivery() finds out

    def open(self, what, server, *rest):
        """Streams in the background; returns when all of them are open."""
        run = self.bench.start(what, server.address, *rest)
        assert run.stdout.readline() == "open\n", f"{what}: the streams did not open"
        return run

    def backlog(self):
        """A stream that keeps the ring alive, and the token that BACKLOG recent revisions are behind."""
        held = self.open("hold-watch", self.server, 1)
        token = self.bench.load("token", self.server.address, 0)["text"]
        written = 0
        while written < self.BACKLOG:
            written += self.bench.load("record", self.server.address, 0.3, TABLES)["calls"]
        return held, token

    def delivery(self):
        """Delivered messages per second; the bare server's have the same size."""
        held, token = self.backlog()

        def follow(streams):
            return self.bench.load("follow", self.server.address, self.bench.seconds, streams, token, self.BACKLOG)

        size = self.size = follow(10)["bytes"]
        for streams in (1, 100, 1000):
            self.bench.against(f"Watch, {streams:,} streams of {size} bytes", "bare streams",
                               lambda n=streams: self.bench.load("flow", self.echo.address, self.bench.seconds, n, size),
                               lambda n=streams: follow(n), 0.7)
        self.bench.finish(held)

    def latency(self):
        """From the recorded time, which is before the disk's sync, to the client."""
        seconds = max(self.bench.seconds, 5)
        medians, tails = [], []
        for _ in range(self.bench.rounds):
            live = self.open("live", self.server, seconds, 100)
            paced = self.bench.load("pace", self.server.address, seconds, TABLES, 100)
            figures = self.bench.finish(live)
            medians.append(figures["p50_us"])
            tails.append(figures["p99_us"])
        median = statistics.median(medians)
        print(f"report to 100 watches at {paced['per_second']:.0f} reports/s: p50 {median:,.0f} µs, p99 {statistics.median(tails):,.0f} µs, "
              f"bar 5,000 µs for the median: {'met' if median < 5000 else 'NOT MET'}", flush=True)

    def writers(self):
        """What a report costs beside 1,000 watches, against one without; the bar is the rate per CPU second turned over, 1 / 0.7.

        All CPU time of server and writer, less what delivery takes at the least: messages sent × what one of that size costs the bare
        server with as many streams in the same round, which are as busy. What attaind needs beyond that is the writers' loss; where it
        delivers for less, a report may cost less than nothing. The followers' own CPU time is no part of it. With watches of everything a
        report is 1,000 messages and all streams have much to say; with watches of a table each it is ten, sent as they come.
        """
        self.writers_with("everything", ("live",), lambda _: ("flow", self.bench.seconds, 1000, self.size))
        self.writers_with("a table each", ("live-tables", TABLES),
                          lambda reports: ("ticks", self.bench.seconds, 1000, self.size, round(reports)))

    def writers_with(self, what, live, bare):
        costs, shares = [], []
        for _ in range(self.bench.rounds):
            before = self.reports()
            watches = self.open(live[0], self.server, self.bench.seconds + 3, 1000, *live[1:])
            sent = self.sent()
            during = self.reports()
            sent = self.sent() - sent
            self.bench.finish(watches)
            after = self.reports()
            delivery = sent * self.cost_of_message(*bare(during["per_second"]))
            alone = statistics.mean(run["cpu"] / run["calls"] for run in (before, after))
            costs.append((during["cpu"] - delivery) / during["calls"] / alone)
            shares.append(during["per_second"] / statistics.mean(run["per_second"] for run in (before, after)))
        cost = statistics.median(costs)
        print(f"CPU of a report with 1,000 watches of {what}, beyond what bare delivery takes: {cost:.2f} of one without "
              f"({min(costs):.2f} to {max(costs):.2f}), bar {1 / 0.7:.2f} (0.70 of the rate): {'met' if cost <= 1 / 0.7 else 'NOT MET'}; "
              f"reports per second: {statistics.median(shares):.2f} of those without", flush=True)

    def sent(self):
        return self.bench.load("messages", self.server.address, 0)["messages"]

    def cost_of_message(self, *what):
        """CPU seconds of the bare server for one message to one of its streams."""
        flow = self.open(what[0], self.echo, *what[1:])
        cpu = self.echo.cpu_seconds()
        time.sleep(self.bench.seconds)  # as long as the streams count; their end is no part of it
        cpu = self.echo.cpu_seconds() - cpu
        return cpu / self.bench.finish(flow)["messages"]

    def reports(self):
        """Reports in a while; `cpu` is that of server and writer."""
        cpu = self.server.cpu_seconds()
        figures = self.bench.load("record", self.server.address, self.bench.seconds, TABLES)
        figures["cpu"] += self.server.cpu_seconds() - cpu
        return figures

    def memory(self):
        """Idle streams of fresh servers, so that no earlier load's memory is filled with them."""
        kib = {}
        for what, start in (("hold-flow", lambda: Echo(self.bench.bin_dir)),
                            ("hold-watch", lambda: Server(self.bench.bin_dir, self.bench.folder()))):
            figures = []
            for _ in range(self.bench.rounds):
                server = start()
                self.bench.finish(self.open(what, server, 1))
                before = server.resident_mb()
                held = self.open(what, server, 1000)
                figures.append((server.resident_mb() - before) * 1e6 / 1024 / 1000)
                self.bench.finish(held)
                server.stop()
            kib[what] = statistics.median(figures)
        ratio = kib["hold-watch"] / kib["hold-flow"]
        print(f"memory of an idle watch: {kib['hold-watch']:.1f} KiB against {kib['hold-flow']:.1f} KiB of a bare stream = {ratio:.2f}, "
              f"bar 2.00: {'met' if ratio <= 2 else 'NOT MET'}", flush=True)


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--bin", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=float, default=3, help="length of one measurement (3)")
    parser.add_argument("--rounds", type=int, default=5, help="measurements of each figure (5)")
    parser.add_argument("--indicators", type=int, default=1_000_000, help="size of the large store (1,000,000; 0 = leave it out)")
    parser.add_argument("--dir", help="where the data goes: the disk that is measured (a temporary directory)")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS,
                        help="parts to run (all)")
    options = parser.parse_args()
    scratch = tempfile.mkdtemp(prefix="attain-bench-", dir=options.dir)
    bench = Bench(options.bin, options.seconds, options.rounds, scratch)
    try:
        server = Server(options.bin, bench.folder())
        print(f"start of an empty server: {server.ready_seconds * 1e3:.0f} ms, {server.resident_mb():.0f} MB, bar 60 MB", flush=True)
        echo = Echo(options.bin)
        try:
            bench.load("seed", server.address, 0, TABLES)
            if "calls" in options.only:
                bench.ratios(server, echo.address)
            if "watches" in options.only:
                watches = Watches(bench, server, echo)
                watches.delivery()
                watches.latency()
                watches.writers()
                watches.memory()
            if "documents" in options.only:
                Documents(bench, server, lambda: Server(options.bin, bench.folder())).all()
        finally:
            echo.stop()
            server.stop()
        if options.indicators and "size" in options.only:
            bench.size(options.indicators)
            fresh = Server(options.bin, bench.folder())
            print(f"an empty one: {fresh.ready_seconds * 1e3:.0f} ms")
            fresh.stop()
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    sys.exit(main())
