"""Small failing inputs from the field, through the real program and server: reports, spending and template files."""

import os
import pathlib
import subprocess

from attain_server import BIN, ROOT, Server, expect

FIELD = ROOT / "tests" / "data" / "figures"
HEADER = ("table_kind,unit_name,table_name,fiscal_year,budget_total,level1,level2,indicator,target,weight,rule,accumulation\n")


class Office:
    """A server with the table u/p1, and the command line on it."""

    def __init__(self, *rows, budget="90"):
        self.server = Server().start()
        self.folder = pathlib.Path(self.server.directory.name)
        if rows:
            lines = [HEADER] + [f"project,甲中心,项目,2024,{budget},产出,数量,指标{i},{target},{90 // len(rows)},按照正常比例赋分,{way}\n"
                                for i, (target, way) in enumerate(rows, 1)]
            self.attain("import", self.write("t.csv", "".join(lines)), "--unit", "u", "--approve")

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")
        return str(self.folder / name)

    def case(self, name):
        """A file of the field, its table being u/p1 here."""
        return self.write(name, (FIELD / name).read_text(encoding="utf-8").replace("u/p/", "u/p1/"))

    def attain(self, *words, code=0):
        run = subprocess.run([str(BIN / "attain"), f"--server={self.server.address}", "--lang=en", *words], capture_output=True, text=True,
                             env={**os.environ, "LANG": "C.UTF-8"})
        output = run.stdout + run.stderr
        expect(run.returncode, code, f"attain {' '.join(words)}: {output}")
        return output

    def row(self, number):
        return self.server.call("GetScore", name=f"units/u/tables/p1/indicators/i{number}").score.indicators[0]


def holds(text, *words):
    for word in words:
        if word not in text:
            raise AssertionError(f"{word!r} is not in:\n{text}")


def percent_as_fraction():
    office = Office(("≥95%", ""), ("≥90%", ""))
    refused = office.attain("report", "--file", office.case("04-percent-as-fraction.csv"), code=1)
    holds(refused, "VALUE_IS_FRACTION", "If 98%", "Recorded 0 of 2")
    expect(office.row(1).actual, "", "nothing was recorded")
    holds(office.attain("report", "--file", office.case("04-percent-as-fraction.csv"), "--accept", "value_is_fraction"), "Recorded 2 of 2")
    one = Office(("≥95%", ""))
    holds(one.attain("report", "u/p1/i1", "0.97", code=1), "--accept VALUE_IS_FRACTION")
    one.attain("report", "u/p1/i1", "97")


def same_file_twice():
    office = Office(("≥40 期", "SUM"))
    path = office.case("06-same-file-twice.csv")
    office.attain("report", "--file", path)
    holds(office.attain("report", "--file", path), "SAME_VALUE_SAME_DAY")
    expect(office.row(1).actual, "10 期", "counted once")
    grown = office.write("grown.csv", pathlib.Path(path).read_text(encoding="utf-8") + "u/p1/i1,9,2024-06-30\n")
    holds(office.attain("report", "--file", grown, code=1), "SAME_VALUE_SAME_DAY", "Recorded 1 of 2")
    expect(office.row(1).actual, "19 期", "what is new was added")


def units_are_converted():
    office = Office(("≥12000 人次", ""), ("≤90 万元", ""))
    holds(office.attain("report", "--file", office.case("21-unit-conversion.csv")), "UNIT_CONVERTED", "13000 人次", "89.974 万元")
    expect([office.row(1).actual, office.row(2).actual], ["13000 人次", "89.974 万元"], "exact")
    holds(office.attain("spend", "u/p1", "899740元", "--date", "2024-12-31"), "UNIT_CONVERTED", "89.974 万元")
    refused = office.attain("report", "u/p1/i1", "3小时", code=1)
    holds(refused, "万人次")
    expect("number alone" in refused, False, "no advice to drop the unit")


def days_of_spreadsheets():
    office = Office(("≥12 次", ""))
    holds(office.attain("report", "--file", office.case("24-excel-dates.csv")), "Recorded 2 of 2", "DATE_FROM_SERIAL", "2024-09-30")
    expect(office.row(1).date, "2024-09-30", "the serial is the newer day")


def columns_that_are_not_needed():
    office = Office(("≥12 次", ""))
    holds(office.attain("report", "--file", office.case("25-extra-columns.csv")), "Recorded 1 of 1", "序号 (1 filled)", "年度指标值 (1 filled)")


def overspent():
    office = Office(("≥12 次", ""), budget="50")
    holds(office.attain("spend", "u/p1", "60", "--date", "2024-12-31"), "SPENT_ABOVE_BUDGET")
    holds(office.attain("spend", "u/p1", "500000", "--date", "2024-12-31", code=1), "VALUE_TEN_THOUSAND_TIMES", "50 万元")
    holds(office.attain("spend", "u/p1", "45", "--date", "2024-09-30"), "NEWER_RECORD_COUNTS", "2024-12-31")


def template_files():
    office = Office()
    expect(imported(office, "11-kind.csv").kind, 1, "单位整体 is a unit's table")
    expect([row.weight for row in imported(office, "12-weight-with-unit.csv").indicators], ["45", "45"], "45分")
    tails = imported(office, "13-unit-tail.csv").indicators
    expect([(row.target.value, row.target.unit) for row in tails], [("24", "小时"), ("100", "次")], "tails are no units")
    expect(imported(office, "20-accumulation.csv").indicators[0].accumulation, 2, "SUM")
    merged = imported(office, "23-merged-levels.csv").indicators
    expect([(row.level1, row.level2) for row in merged], [("产出", "数量")] * 2, "blank levels below a filled one")
    holds(office.attain("template"), "accumulation", "allow_negative", "applicability", "options")


def imported(office, name):
    return office.server.call("ImportDocument", content=(FIELD / name).read_bytes(), write=dict(validate_only=True), unit="units/u").tables[0]


def amended():
    office = Office(("≥40 期", ""))
    office.attain("amend", "u/p1", "--set", "i1.accumulation=SUM", "--reason", "each term is a part", "--actor", "a")
    office.attain("amend", "u/p1", "--accept", "1", "--actor", "b")
    for value, day in (("10", "2024-03-31"), ("9", "2024-06-30"), ("11", "2024-09-30")):
        office.attain("report", "u/p1/i1", value, "--date", day)
    expect(office.row(1).actual, "30 期", "parts are added up")


for check in (percent_as_fraction, same_file_twice, units_are_converted, days_of_spreadsheets, columns_that_are_not_needed, overspent,
              amended, template_files):
    check()
    print(check.__name__, "ok")
