"""kill -9 under load, again and again: everything acknowledged is there, nothing is half-applied, retries give the first answer."""

import random
import threading
import time

from attain_server import Refused, Server, expect

KILLS = 50
WRITERS = 4


class Writer(threading.Thread):
    """Reports growing values of one indicator until the server dies; remembers what was acknowledged."""

    def __init__(self, server, number, acknowledged):
        super().__init__()
        self.server, self.number, self.acknowledged = server, number, acknowledged
        self.pending = None

    def run(self):
        count = len(self.acknowledged)
        while True:
            request = dict(indicator=f"units/u/tables/p{self.number}/indicators/i1", request_id=f"w{self.number}-{count}",
                           report=dict(value=str(count % 100), date="2024-06-30"))
            try:
                answer = self.server.call("RecordActual", **request)
            except (Refused, ValueError):
                self.pending = request
                return
            self.acknowledged.append((answer.actual.name, answer.actual.number, answer.SerializeToString(deterministic=True)))
            count += 1


def check(server, acknowledged, pendings):
    for pending in pendings:
        first = server.call("RecordActual", **pending)
        number = int(pending["request_id"][1]) - 1
        acknowledged[number].append((first.actual.name, first.actual.number, first.SerializeToString(deterministic=True)))
        expect(server.call("RecordActual", **pending), first, "a retry gives the first answer")
    for number, answers in enumerate(acknowledged, 1):
        if not answers:
            continue
        score = server.call("GetScore", name=f"units/u/tables/p{number}/indicators/i1").score
        expect(score.indicators[0].actual.split()[0], answers[-1][1], "the newest acknowledged report counts")
        expect(server.call("ExplainScore", name=f"units/u/tables/p{number}").explanation.result,
               server.call("GetScore", name=f"units/u/tables/p{number}").score.score, "score and explanation agree")


def check_all(server, acknowledged):
    for number, answers in enumerate(acknowledged, 1):
        stored, token = {}, ""
        while True:
            page = server.call("ListActuals", parent=f"units/u/tables/p{number}/indicators/i1", page_size=1000, page_token=token)
            stored.update({a.name: a.number for a in page.actuals})
            token = page.next_page_token
            if not token:
                break
        expect(len(stored), len(answers), "no report is lost, none is doubled")
        for name, value, _ in answers:
            expect(stored.get(name), value, name)


def main():
    rng = random.Random(20241231)
    server = Server().start()
    server.import_sample()
    acknowledged = [[] for _ in range(WRITERS)]
    for _ in range(KILLS):
        writers = [Writer(server, n + 1, acknowledged[n]) for n in range(WRITERS)]
        for writer in writers:
            writer.start()
        threading.Event().wait(rng.uniform(0.02, 0.3))
        server.process.kill()
        for writer in writers:
            writer.join()
        server.kill()
        server.start()
        check(server, acknowledged, [w.pending for w in writers])
    check_all(server, acknowledged)
    info = server.call("GetServerInfo")
    expect(info.revision, 2 + sum(map(len, acknowledged)), "one revision per report, no gaps")
    server.stop()
    print(f"{KILLS} kills, {sum(map(len, acknowledged))} acknowledged reports, all there")


if __name__ == "__main__":
    started = time.monotonic()
    main()
    print(f"{time.monotonic() - started:.0f} s")
