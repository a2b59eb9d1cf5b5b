"""Documents made for scripts/bench: workbooks, PDFs and CSVs of any size, the same ones in every run."""
import io
import zipfile

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHARED = 3000  # texts that the cells of a workbook share
ROWS, COLUMNS = 30, 9  # of a sheet, and of the table of a page
EVIDENCE = "培训通知、签到表、现场照片、结业名单和费用结算单" * 3  # as long as offices write: a document may have 100,000 rows


def sheet(number):
    """A project's sheet: five columns of text, four of numbers."""
    rows = []
    for row in range(1, ROWS + 1):
        cells = []
        for column in range(COLUMNS):
            place = f"{'ABCDEFGHI'[column]}{row}"
            cells.append(f'<c r="{place}" t="s"><v>{(number * 31 + row * 7 + column) % SHARED}</v></c>' if column < 5
                         else f'<c r="{place}"><v>{number * row + column}.5</v></c>')
        rows.append(f'<row r="{row}">{"".join(cells)}</row>')
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def workbook(sheets):
    """An XLSX with so many sheets; what they share is the same size for any number."""
    numbers = range(1, sheets + 1)
    names = "".join(f'<sheet name="项目{i}" sheetId="{i}" r:id="s{i}"/>' for i in numbers)
    targets = "".join(f'<Relationship Id="s{i}" Type="{OFFICE}/worksheet" Target="worksheets/s{i}.xml"/>' for i in numbers)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
                               '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                               '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
                               'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
                       f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{targets}'
                                      f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si><t>绩效指标 {i}</t></si>" for i in range(SHARED))}</sst>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, HEAD + text)
        for i in numbers:
            package.writestr(f"xl/worksheets/s{i}.xml", sheet(i))
    return buffer.getvalue()


def page(number):
    """What draws a page: a table with ruling lines and a text in each cell."""
    lines = ["0.5 w"]
    lines += [f"50 {780 - row * 24} m 545 {780 - row * 24} l S" for row in range(ROWS + 1)]
    lines += [f"{50 + column * 55} 780 m {50 + column * 55} {780 - ROWS * 24} l S" for column in range(COLUMNS + 1)]
    lines += [f"BT /F 8 Tf {53 + column * 55} {765 - row * 24} Td (c{number}.{row}.{column}) Tj ET"
              for row in range(ROWS) for column in range(COLUMNS)]
    return "\n".join(lines).encode()


def pdf(pages):
    """A PDF of so many pages, not compressed."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for number in range(pages):
        content = page(number)
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
                       % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b" ".join(kids))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def actuals(rows, tables, short, number=0):
    """A CSV of reports on the indicators of bench_load's seed, one a day for each; with another `number` other values."""
    lines = ["indicator,value,date"]
    for n in range(rows):
        place = n % (tables * 10)
        unit, table, indicator = place // 100, place // 10 % 10, place % 10
        name = (f"bench-{unit}/t{table}/i{indicator}" if short
                else f"units/bench-{unit}/tables/t{table}/indicators/i{indicator}")
        day = n // (tables * 10)
        lines.append(f"{name},{n % 50 + number},2024-{1 + day // 28 % 12:02d}-{1 + day % 28:02d}")
    return "\n".join(lines) + "\n"


def target_tables(size):
    """A CSV of target tables of about `size` bytes, ten indicators each."""
    head = ("table_kind,unit_name,table_name,fiscal_year,leader,budget_total,budget_fiscal,budget_other,goal,level1,level2,"
            "indicator,target,basis,prior_value,weight,rule,evidence\n")
    out, number, bytes_so_far = [head], 0, len(head)
    while bytes_so_far < size:
        number += 1
        rows = []
        for i in range(10):
            project = f"project,示例中心,项目 {number},2024,办公室,12.00,10.00,2.00,举办培训" if i == 0 else "," * 8
            rows.append(f"{project},产出,数量,第 {i} 项培训期数,≥{6 + i} 期,计划标准,5 期,9,按照正常比例赋分,{EVIDENCE}\n")
        text = "".join(rows)
        out.append(text)
        bytes_so_far += len(text.encode())
    return "".join(out)
