#!/usr/bin/env python3
"""Measures whole runs of rolebook, and prints the results as Markdown.

Each run is paired with a run of the baseline right after it, and the ratio is taken per pair, because a busy machine
slows both. The tables show medians. Callgrind counts instructions and GNU time measures memory, if they are installed;
other tools are compared if they are installed.

Needs cargo and Python 3.11. All data is generated in the target folder.
"""

import argparse
import csv
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "target" / "processes"
HOST = "x86_64-unknown-linux-gnu"
# The C runtime linked in, at a fixed address: how the release archives are built.
STATIC = "-C target-feature=+crt-static -C relocation-model=static"

# Commands on the built-in dataset, each with the allowed ratio to an empty program.
COMMANDS = [
    ("compare --json", 1.45),
    ("compare", 1.70),
    ("--help", 1.70),
    ("quiz --answer technical-depth=build --answer people=team --answer customer=boss", 1.70),
    ("skills", 1.70),
    ("export", 1.70),
]
# Datasets: name and number of roles. Each role has 100 statements.
SIZES = [("40 KB", 2), ("2 MB", 100), ("20 MB", 1000)]
# A jq filter for the statements of two roles, aspect by aspect.
FILTER = (
    "[.sections[] | .aspects[] | {id, a: [.statements[] | select(.roles | index($a))], "
    "b: [.statements[] | select(.roles | index($b))]}]"
)
PYTHON = """
import json, sys
path, a, b = sys.argv[1:]
held = lambda aspect, role: [s for s in aspect["statements"] if role in s["roles"]]
aspects = [aspect for section in json.load(open(path))["sections"] for aspect in section["aspects"]]
json.dump([{"id": aspect["id"], "a": held(aspect, a), "b": held(aspect, b)} for aspect in aspects], sys.stdout)
"""


def build(static):
    """The program and an empty one, built with the same profile."""
    empty = WORK / "empty"
    (empty / "src").mkdir(parents=True, exist_ok=True)
    (empty / "src" / "main.rs").write_text("fn main() {}\n")
    profile = re.search(r"^\[profile\.release\]\n(?:.+\n)*", (ROOT / "Cargo.toml").read_text(), re.MULTILINE)
    package = '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n\n'
    (empty / "Cargo.toml").write_text(package + profile[0])
    built = {}
    for kind in ["dynamic", "static"] if static else ["dynamic"]:
        target = ["--target", HOST] if kind == "static" else []
        flags = {"RUSTFLAGS": STATIC} if kind == "static" else {}
        for name, folder in [("rolebook", ROOT), ("empty", empty)]:
            command = ["cargo", "build", "--release", "--target-dir", WORK / "build" / name / kind, *target]
            subprocess.run(command, cwd=folder, env=os.environ | flags, check=True)
            release = WORK / "build" / name / kind / (HOST if target else "") / "release"
            built[name, kind] = str(release / name)
    return built


def generate(name, roles):
    """A dataset in which every role says something of its own on each of 100 aspects."""
    ids = [f"role-{number}" for number in range(roles)]
    text = "Keeps the plan of the quarter in step with what the customers of each region ask, and says no with good reasons"

    def aspect(number):
        said = [
            {"id": f"says-{number}-{role}", "roles": [role], "text": f"{text} ({number}, {role})"} for role in ids
        ]
        return {"id": f"aspect-{number}", "title": f"Aspect {number}", "statements": said}

    sections = [
        {
            "id": f"section-{number}",
            "title": f"Section {number}",
            "aspects": [aspect(number * 10 + place) for place in range(10)],
        }
        for number in range(10)
    ]
    named = [{"id": role, "title": f"Role number {role.removeprefix('role-')}"} for role in ids]
    path = WORK / f"{name.replace(' ', '-')}.json"
    whole = {"rolebook": 1, "id": "generated", "title": "Generated", "roles": named, "sections": sections}
    path.write_text(json.dumps(whole))
    return str(path)


def run(command):
    """The seconds that a run takes."""
    start = time.perf_counter()
    devices = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    process = os.posix_spawn(command[0], command, os.environ, file_actions=devices)
    _, status = os.waitpid(process, 0)
    taken = time.perf_counter() - start
    if status != 0:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return taken


def pairs(command, base, seconds):
    """Medians over as many pairs as fit: seconds of the command, of the base, and of the ratios."""
    run(command), run(base)
    found = []
    end = time.perf_counter() + seconds
    while len(found) < 5 or time.perf_counter() < end:
        found.append((run(command), run(base)))
    return [statistics.median(column) for column in zip(*[(one, other, one / other) for one, other in found])]


def instructions(command):
    """Millions of instructions of a run; None without callgrind."""
    if not shutil.which("valgrind"):
        return None
    counter = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    told = subprocess.run(counter, capture_output=True, text=True, check=True).stderr
    return int(re.search(r"Collected : (\d+)", told)[1]) / 1e6


def memory(command):
    """The most memory that a run held, in MB; None without GNU time."""
    if not os.path.exists("/usr/bin/time"):
        return None
    timed = ["/usr/bin/time", "-f", "%M", *command]
    told = subprocess.run(timed, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True).stderr
    return int(told.split()[-1]) * 1024 / 1e6


def number(value, form):
    return "–" if value is None else format(value, form)


def table(head, rows):
    widths = [max(len(cell) for cell in column) for column in zip(head, *rows)]
    for place, row in enumerate([head, ["-" * width for width in widths], *rows]):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")
    print()


def machine():
    info = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*: (.*)", info.read_text()) if info.exists() else None
    system = Path("/etc/os-release")
    name = re.search(r'PRETTY_NAME="(.*)"', system.read_text()) if system.exists() else None
    rust = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    print(
        f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores, "
        f"{name[1] if name else platform.system()}, Rust {rust}.\n"
    )


def short_runs(built, seconds):
    print("### Short runs\n")
    floor = built["empty", "dynamic"]
    kinds = [kind for kind in ["dynamic", "static"] if ("rolebook", kind) in built]
    empty = instructions([floor])
    head = ["command", "build", "ms", "over empty", "must", "M instructions above empty", "peak MB"]
    rows = []
    for name, most in [*COMMANDS, (None, None)]:
        for kind in kinds:
            command = [built["rolebook", kind], *name.split()] if name else [built["empty", kind]]
            taken, _, ratio = pairs(command, [floor], seconds)
            count = instructions(command)
            above = None if count is None else count - empty
            limit = f"≤ {most:.2f}" if most and kind == "dynamic" else ""
            label = f"`{name}`" if name else "an empty program"
            rows.append(
                [label, kind, f"{taken * 1e3:.2f}", f"{ratio:.2f}", limit, number(above, ".2f"), number(memory(command), ".1f")]
            )
    table(head, rows)
    for kind in kinds:
        print(f"The {kind} binary has {os.path.getsize(built['rolebook', kind]):,} bytes.\n")


def files(built, seconds):
    print("### Files\n")
    head = ["program"]
    columns = []
    for size, roles in SIZES:
        path = generate(size, roles)
        last = f"role-{roles - 1}"
        ours = [built["rolebook", "dynamic"], "compare", "role-0", last, "-d", path, "--json"]
        others = {"rolebook": ours}
        if ("rolebook", "static") in built:
            others["rolebook, static"] = [built["rolebook", "static"], *ours[1:]]
        for tool in ["jq", "gojq", "jaq"]:
            if found := shutil.which(tool):
                others[tool] = [found, "--arg", "a", "role-0", "--arg", "b", last, FILTER, path]
        if found := shutil.which("mlr"):
            others["miller, `head -n 1` alone"] = [found, "--json", "head", "-n", "1", path]
        others["Python, `json`"] = [sys.executable, "-S", "-E", "-c", PYTHON, path, "role-0", last]
        megabytes = os.path.getsize(path) / 1e6
        head += [f"{size}: ms", "over rolebook", "peak MB"]
        columns.append({})
        for name, command in others.items():
            taken, _, ratio = pairs(command, ours, seconds)
            columns[-1][name] = [f"{taken * 1e3:.1f}", f"{ratio:.2f}", number(memory(command), ".1f")]
        columns[-1]["the file itself, MB"] = ["", "", f"{megabytes:.2f}"]
    table(head, [[name, *(cell for column in columns for cell in column[name])] for name in columns[0]])


def sheet():
    """A matrix of 2,000 skills and 18 roles with two columns before them, as CSV and as a workbook."""
    levels = ["1 - Basic", "2 - Working", "3 - Advanced", "4 - Expert", ""]
    rows = [["Area", "Skill", *(f"Role {number}" for number in range(18))]]
    for skill in range(2000):
        cells = [levels[(skill * 7 + role * 3) % 5] for role in range(18)]
        rows.append([f"Area {skill // 50}", f"Skill number {skill}", *cells])
    table, book = WORK / "sheet.csv", WORK / "sheet.xlsx"
    with open(table, "w", newline="") as file:
        csv.writer(file).writerows(rows)
    texts = {text: number for number, text in enumerate(dict.fromkeys(cell for row in rows for cell in row if cell))}
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    cells = lambda line, row: "".join(
        f'<c r="{chr(65 + at)}{line}" t="s"><v>{texts[cell]}</v></c>' for at, cell in enumerate(row) if cell
    )
    body = "".join(f'<row r="{line}">{cells(line, row)}</row>' for line, row in enumerate(rows, 1))
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{spreadsheet}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{spreadsheet}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{spreadsheet}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{related}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{related}"><sheets>'
        '<sheet name="Skills" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{related}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{related}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{body}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(path, text)
    return {"CSV": str(table), "XLSX": str(book)}


def imports(built, seconds):
    print("### Importing a sheet of 2,000 × 20\n")
    rows = []
    for kind, path in sheet().items():
        ours = [built["rolebook", "dynamic"], "import", "-q", path]
        others = {"rolebook": ours}
        if found := shutil.which("in2csv"):
            others["in2csv"] = [found, path]
        for name, command in others.items():
            taken, _, ratio = pairs(command, ours, seconds)
            rows.append([kind, name, f"{taken * 1e3:.1f}", f"{ratio:.2f}", number(memory(command), ".1f")])
    table(["file", "program", "ms", "over rolebook", "peak MB"], rows)


def diffs(built, seconds):
    """Two datasets of 2 MB, in the second of which every tenth text is another one, a role is gone and one is new."""
    print("### Comparing two datasets of 2 MB\n")
    old = generate("diff old", 100)
    whole = json.loads(Path(old).read_text())
    statements = [one for section in whole["sections"] for aspect in section["aspects"] for one in aspect["statements"]]
    for statement in statements[::10]:
        statement["text"] += ", and says so in time"
    whole["roles"][7]["title"] = "Another title"
    new = WORK / "diff-new.json"
    new.write_text(json.dumps(whole))
    ours = [built["rolebook", "dynamic"], "diff", old, str(new), "--json"]
    others = {"rolebook": ours, "rolebook, reading both": [ours[0], "check", old, str(new), "-q"]}
    if found := shutil.which("jd"):
        others["jd"] = [found, old, str(new)]
    if found := shutil.which("dyff"):
        others["dyff"] = [found, "between", old, str(new)]
    if found := shutil.which("deep"):
        others["deepdiff"] = [found, "diff", old, str(new)]
    rows = []
    for name, command in others.items():
        # A tool that cannot run says nothing of the difference.
        if not name.startswith("rolebook") and not subprocess.run(command, capture_output=True).stdout:
            continue
        # JSON tools exit with 1 if there is a difference.
        command = command if name.startswith("rolebook") else ["/bin/sh", "-c", '"$@" || [ $? = 1 ]', "sh", *command]
        taken, _, ratio = pairs(command, ours, seconds)
        rows.append([name, f"{taken * 1e3:.1f}", f"{ratio:.2f}", number(memory(command), ".1f")])
    table(["program", "ms", "over rolebook", "peak MB"], rows)


def assessments(built, seconds):
    print("### Assessing 10,000 profiles of 200 skills\n")
    levels = [f"l{number}" for number in range(5)]
    skills = [f"skill-{number}" for number in range(200)]
    needs = lambda skill: {f"r{role}": levels[(skill + role) % 5] for role in range(20)}
    dataset = {
        "rolebook": 1,
        "id": "generated",
        "title": "Generated",
        "scales": [{"id": "g", "title": "G", "levels": [{"id": level, "title": level} for level in levels]}],
        "roles": [{"id": f"r{number}", "title": f"Role {number}"} for number in range(20)],
        "sections": [
            {
                "id": "s",
                "title": "S",
                "skill": {"kind": "soft", "scale": "g"},
                "aspects": [
                    {"id": skill, "title": skill, "skill": {"needs": needs(number)}} for number, skill in enumerate(skills)
                ],
            }
        ],
    }
    roles, people = WORK / "assess.json", WORK / "people.jsonl"
    roles.write_text(json.dumps(dataset))
    with open(people, "w") as file:
        for person in range(10_000):
            ratings = {skill: levels[(person * 3 + number * 7) % 5] for number, skill in enumerate(skills)}
            file.write(json.dumps({"profile": 1, "name": f"Person {person}", "ratings": ratings}) + "\n")
    program = built["rolebook", "dynamic"]
    rows = []
    for form in ["table", "csv", "json"]:
        command = [program, "assess", str(people), "--role", "r3", "-d", str(roles), "-f", form]
        taken, _, _ = pairs(command, [program, "--version"], seconds)
        rows.append([form, f"{taken:.2f}", number(memory(command), ".1f")])
    table(["format", "seconds", "peak MB"], rows)
    print(f"The profiles have {os.path.getsize(people) / 1e6:.1f} MB.\n")


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=float, default=5, help="how long each is measured (default: 5)")
    asked.add_argument("--no-static", action="store_true", help="leave out the build with a static C runtime")
    given = asked.parse_args()
    built = build(static=not given.no_static)
    machine()
    short_runs(built, given.seconds)
    files(built, given.seconds)
    imports(built, given.seconds)
    diffs(built, given.seconds)
    assessments(built, given.seconds)


if __name__ == "__main__":
    main()
