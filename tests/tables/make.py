#!/usr/bin/env python3
"""Makes the workbooks beside it, with nothing but Python's own library: python3 tests/tables/make.py"""

import pathlib
import zipfile
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).parent
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# Style 1 shows dates; style 0 is plain.
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="d\\-mmm"/></numFmts>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)


def letters(column):
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell(place, value):
    """A cell: text, number, or a tuple of the kind and the raw XML of its content."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        attributes, content = value
        return f'<c r="{place}" {attributes}>{content}</c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet(rows, merges=(), dimension="A1"):
    body = "".join(
        f'<row r="{number}">'
        + "".join(cell(f"{letters(at)}{number}", value) for at, value in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, 1)
        if row
    )
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in merges)
    merged = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    return f'<worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/><sheetData>{body}</sheetData>{merged}</worksheet>'


def write(name, sheets, shared=None, properties=""):
    """A workbook of named sheets; `shared` is the XML of the shared strings."""
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as book:
        def add(path, text):
            info = zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(info, text)

        listed = "".join(
            f'<sheet name="{escape(title)}" sheetId="{at}" r:id="rId{at}"/>' for at, (title, _) in enumerate(sheets, 1)
        )
        typed = "".join(
            f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{KIND}.worksheet+xml"/>'
            for at in range(1, len(sheets) + 1)
        )
        add(
            "[Content_Types].xml",
            f'<Types xmlns="{TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/>{typed}</Types>',
        )
        add(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        add(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}<sheets>{listed}</sheets></workbook>',
        )
        related = "".join(
            f'<Relationship Id="rId{at}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            for at in range(1, len(sheets) + 1)
        )
        related += f'<Relationship Id="styles" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        related += f'<Relationship Id="strings" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>' if shared else ""
        add("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>')
        add("xl/styles.xml", STYLES)
        if shared:
            add("xl/sharedStrings.xml", shared)
        for at, (_, text) in enumerate(sheets, 1):
            add(f"xl/worksheets/sheet{at}.xml", text)


def strings(*items):
    return f'<sst xmlns="{MAIN}">' + "".join(f"<si>{item}</si>" for item in items) + "</sst>"


def shared(number):
    return ('t="s"', f"<v>{number}</v>")


# A role × skill matrix as companies keep it: a title, names in two rows, groups filled once, notes, a total.
write(
    "matrix.xlsx",
    [
        (
            "Skills",
            sheet(
                [
                    ["Acme engineering skills", None, None, None, None, None, None],
                    [],
                    ["Area", "Skill", "Backend", None, "Data", None, "Notes"],
                    [None, None, "Junior", "Senior", "Junior", "Senior", None],
                    ["Technical", "SQL\u00a0", 1, "3 - Expert", "2 - Working", "3 - Expert", shared(0)],
                    [None, "Testing", "1 - Basic", 2, "-", 1, None],
                    ["People", shared(1), None, 2, None, 2, None],
                    [None, "Teaching", None, ('t="str"', "<f>C5</f><v>3 - Expert</v>"), None, 2, None],
                    ["Total", None, 2, 4, 1, 4, None],
                ],
                merges=["A1:G1", "C3:D3", "E3:F3", "A5:A6", "A7:A8"],
            ),
        ),
        ("Notes", sheet([["Nothing to see"]])),
    ],
    strings(
        "<t>ask Bo</t>",
        "<r><rPr><b/></rPr><t>Liste</t></r><r><t xml:space=\"preserve\">ning </t></r><rPh><t>reading</t></rPh>",
    ),
)

# All kinds of problems in cells.
write(
    "broken.xlsx",
    [
        (
            "Skills",
            sheet(
                [
                    ["Skill", "Junior", "Senior", None],
                    ["SQL", "Trained", ('t="e"', "<v>#REF!</v>"), None],
                    ["Charts", "Trained", ('s="1"', "<v>45000</v>"), None],
                    ["Talks", "Traind", "Certified", "stray"],
                    ["Maths", "Trained", ("", "<f>NOW()</f>"), None],
                    ["SQL", "Certified", None, None],
                    [None, "Trained", None, None],
                ]
            ),
        )
    ],
)

# Days that are counted from 1904.
write(
    "dates-1904.xlsx",
    [("S", sheet([["Skill", "Junior"], ["SQL", ('s="1"', "<v>43538</v>")]]))],
    properties='<workbookPr date1904="1"/>',
)

# A table that claims to be as large as tables get, with one cell at its far end.
FORGED = sheet([["Skill", "Junior"], ["SQL", "x"]], dimension="A1:XFD1048576")
write("forged.xlsx", [("S", FORGED)])
FAR = FORGED.replace(
    "</sheetData>",
    "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1000, 2000)) + "</sheetData>",
)
write("far.xlsx", [("S", FAR)])

# A sheet that unpacks to 200 MB of blanks, and shared texts of as much.
BOMB = sheet([["Skill", "Junior"], ["SQL", "x"]]).replace("<sheetData>", " " * 200_000_000 + "<sheetData>")
write("bomb.xlsx", [("S", BOMB)])
write("strings.xlsx", [("S", sheet([["Skill", shared(0)]]))], strings("<t>" + "x" * 200_000_000 + "</t>"))

# Half of a file, and a file with a password.
whole = (HERE / "matrix.xlsx").read_bytes()
(HERE / "truncated.xlsx").write_bytes(whole[: len(whole) // 2])
(HERE / "password.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
