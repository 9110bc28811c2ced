#!/usr/bin/env python3
"""Measures how the cost of a run grows with its data, and prints what it finds as Markdown.

Each case is one thing that a file may have many of, at n, 2n and 4n. What is printed is the processor time of the
fastest of a few runs, and the most memory that a run held; a busy machine changes both little. Growth is the time at 4n
over the time at n, both less the time of a run that does nothing: about 4 is linear, 16 is quadratic.

Needs cargo and Python 3.11. The data is generated; everything lands in the target folder.
"""

import argparse
import json
import os
import resource
import shlex
import subprocess

from processes import WORK, build, machine, number, table

# What a file may have many of: lists, references and texts, first of valid files, then of broken ones.
CASES = []
# A run that takes longer than this is ended, in seconds of processor time.
LONGEST = 60


def case(name, n, *commands, suffix="json"):
    """Measures a dataset of n, with commands that get its path in place of FILE."""

    def add(make):
        CASES.append((name, n, commands, suffix, make))
        return make

    return add


def role(number, **others):
    return {"id": f"r{number}", "title": f"Role {number}", **others}


def dataset(roles=(), aspects=(), **others):
    sections = [{"id": "s", "title": "Section", "aspects": list(aspects)}]
    return {"rolebook": 1, "id": "grown", "title": "Grown", "roles": list(roles), "sections": sections, **others}


def aspect(number, *statements, **others):
    return {"id": f"a{number}", "title": f"Aspect {number}", "statements": list(statements), **others}


def scale(levels):
    return {"id": "g", "title": "Grade", "levels": [{"id": f"l{number}", "title": f"L{number}"} for number in range(levels)]}


def ids(count):
    return [f"r{number}" for number in range(count)]


@case("roles that share 100 statements", 100, "export", "export -f table", "export --json", "export -f csv", "compare --json", "check FILE")
def shared_statements(n):
    shared = [{"id": f"t{number}", "roles": ids(n), "text": f"Does what number {number} says"} for number in range(100)]
    return dataset(map(role, range(n)), [aspect(0, *shared)])


@case(
    "roles that all need 170 skills",
    50,
    *(f"export -f {form}" for form in ["table", "json", "jsonl", "csv", "markdown", "html"]),
    "compare --json",
    "skills --json",
    "skills --matrix",
    "skills --from r0 --to r1",
    "show r0",
    "show a0",
    "roles --near r0",
    "diff FILE FILE",
    "check FILE",
)
def needs(n):
    needed = lambda skill: {f"r{number}": f"l{(number + skill) % 5}" for number in range(n)}
    meant = lambda skill: {f"l{level}": f"Does number {skill} as one does at level {level}" for level in range(5)}
    skill = lambda number: {"kind": "k", "scale": "g", "needs": needed(number), "descriptors": meant(number)}
    skills = [aspect(number, skill=skill(number)) for number in range(170)]
    return dataset(map(role, range(n)), skills, scales=[scale(5)])


@case("roles", 5000, "roles", "roles --brief", "roles --search nothing", "export", "check FILE", "diff FILE FILE")
def roles(n):
    said = [aspect(number, {"roles": [f"r{number}"], "text": f"Text {number}"}) for number in range(n)]
    return dataset(map(role, range(n)), said)


@case("roles that build on each other", 500, "export -f csv", "show r9", "check FILE")
def bases(n):
    built = (role(number, **({"builds_on": [f"r{number - 1}"]} if number % 10 else {})) for number in range(n))
    said = [aspect(number, {"roles": [f"r{number}"], "text": f"Text {number}"}) for number in range(n)]
    return dataset(built, said)


@case("families", 5000, "roles", "show f1", "show r1", "export", "check FILE")
def families(n):
    named = [{"id": f"f{number}", "title": f"Family {number}"} for number in range(n)]
    return dataset((role(number, family=f"f{number}", rank=1) for number in range(n)), families=named)


@case("tracks of a family", 1000, "roles", "show f", "check FILE")
def tracks(n):
    family = {"id": "f", "title": "F", "tracks": [{"id": f"t{number}", "title": f"T{number}"} for number in range(n)]}
    return dataset((role(number, family="f", track=f"t{number}", rank=1) for number in range(n)), families=[family])


@case("roles of one statement", 25_000, "show r0", "compare r0 r1", "roles --json", "check FILE")
def one_statement(n):
    return dataset(map(role, range(n)), [aspect(0, {"roles": ids(n), "text": "Text"})])


@case("levels of a scale", 5000, "roles", "show a0", "skills --matrix", "check FILE")
def levels(n):
    needs = {f"r{number}": f"l{number}" for number in range(100)}
    needed = aspect(0, skill={"kind": "k", "scale": "g", "needs": needs, "descriptors": {f"l{n - 1}": "Text"}})
    return dataset(map(role, range(100)), [needed], scales=[scale(n)])


@case("aliases of a role", 75_000, "show r0", "show alias-9", "roles", "check FILE")
def aliases(n):
    return dataset([role(0, aliases=[f"alias-{number}" for number in range(n)]), role(1)])


@case("lines of a text", 600_000, "show r0", "show r0 -f markdown", "show r0 -f html", "check FILE")
def lines(n):
    return dataset([role(0)], [aspect(0, {"roles": ["r0"], "text": "x\n" * n + "x"})])


@case("statements of 50 roles", 20_000, "roles --json", "show r0", "compare r0 r1 --json", "check FILE")
def statements(n):
    text = "Keeps the plan of the quarter in step with what the customers of each region ask"
    said = ({"roles": [f"r{number % 50}"], "text": f"{text} ({number})"} for number in range(n))
    return dataset(map(role, range(50)), [aspect(0, *said)])


@case("sources and voices", 2000, "export --cite", "show r0 --cite", "check FILE")
def sources(n):
    said = ({"roles": ["r0"], "text": f"Text {number}", "source": f"s{number}", "voice": f"v{number}"} for number in range(n))
    sources = [{"id": f"s{number}", "title": f"Source {number}"} for number in range(n)]
    voices = [{"id": f"v{number}", "name": f"Voice {number}"} for number in range(n)]
    return dataset([role(0)], [aspect(0, *said)], sources=sources, voices=voices)


@case("sections", 3000, "export", "compare r0 r1 --brief", "check FILE")
def sections(n):
    said = lambda number: aspect(number, {"roles": ["r0"], "text": f"Text {number}"})
    parts = [{"id": f"s{number}", "title": f"Section {number}", "aspects": [said(number)]} for number in range(n)]
    return {**dataset([role(0), role(1)]), "sections": parts}


@case("questions of a quiz", 2000, "quiz --questions", "quiz --answer w0=a --no-input", "check FILE")
def questions(n):
    options = [{"id": "a", "label": "A", "points": {"r0": 1}}, {"id": "b", "label": "B", "points": {"r1": 1}}]
    asked = [{"id": f"w{number}", "prompt": f"Prompt {number}", "options": options} for number in range(n)]
    return dataset([role(0), role(1)], quizzes=[{"id": "q", "title": "Q", "questions": asked}])


@case("YAML: items of `meta: [a: b, …]`", 50_000, "roles", "check FILE", suffix="yaml")
def meta(n):
    return json.dumps(dataset([role(0)]))[:-1] + ", meta: {x: [" + "a: b, " * n + "]}}"


@case("YAML: statements", 5000, "roles", "check FILE", suffix="yaml")
def yaml(n):
    said = "".join(f"          - {{roles: [r0], text: Text {number}}}\n" for number in range(n))
    return (
        "rolebook: 1\nid: grown\ntitle: Grown\nroles:\n  - {id: r0, title: R}\nsections:\n  - id: s\n    title: S\n"
        f"    aspects:\n      - id: a\n        title: A\n        statements:\n{said}"
    )


@case("broken: unknown roles, beside as many known", 2000, "check FILE", "roles")
def unknown_roles(n):
    said = (aspect(number, {"roles": [f"x{number}"], "text": f"Text {number}"}) for number in range(n))
    return dataset(map(role, range(n)), said)


@case("broken: unknown keys", 100_000, "check FILE", "check FILE --json", "roles")
def unknown_keys(n):
    said = ({"roles": ["r0"], "text": f"Text {number}", f"colour-{number}": 1} for number in range(n))
    return dataset([role(0)], [aspect(0, *said)])


@case("broken: invalid ids", 100_000, "check FILE", "check FILE -f sarif", "roles", "TAB")
def invalid_ids(n):
    said = ({"id": f"No_{number}", "roles": ["r0"], "text": f"Text {number}"} for number in range(n))
    return dataset([role(0)], [aspect(0, *said)])


@case("broken: texts that repeat", 20_000, "check FILE", "show r0")
def repeated(n):
    said = ({"roles": ["r0"], "text": f"Text {number // 2}"} for number in range(n))
    return dataset([role(0)], [aspect(0, *said)])


@case("broken: roles with the same title", 5000, "check FILE", "show 'same'")
def titles(n):
    return dataset({"id": f"r{number}", "title": "Same"} for number in range(n))


@case("broken: levels that nobody has", 5000, "check FILE")
def unknown_levels(n):
    needs = {f"r{number}": f"x{number}" for number in range(n)}
    return dataset(map(role, range(n)), [aspect(0, skill={"kind": "k", "scale": "g", "needs": needs})], scales=[scale(5)])


def command_of(program, words, path):
    """The command for a file, and its environment."""
    if words == ["TAB"]:
        completing = {"COMPLETE": "bash", "_CLAP_COMPLETE_INDEX": "4"}
        return [program, "--", "rolebook", "-d", path, "show", ""], os.environ | completing
    named = [path if word == "FILE" else word for word in words]
    return ([program, *named] if "FILE" in words else [program, *named, "-d", path]), os.environ


def run(command, environment):
    """Processor milliseconds of a run; None if it was ended."""
    process = os.fork()
    if process == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
        null = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(null, number)
        os.execve(command[0], command, environment)
    _, status, usage = os.wait4(process, 0)
    if os.WIFSIGNALED(status):
        return None
    if os.waitstatus_to_exitcode(status) not in (0, 1, 2):
        raise SystemExit(f"{shlex.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return (usage.ru_utime + usage.ru_stime) * 1e3


def best(command, environment, runs):
    found = [run(command, environment)]
    while found[-1] and len(found) < runs and sum(found) < 3000:
        found.append(run(command, environment))
    return None if None in found else min(found)


def peak(command, environment):
    """The most memory that a run held, in MB; None without GNU time. A child of Python itself would count Python too."""
    if not os.path.exists("/usr/bin/time"):
        return None
    timed = ["/usr/bin/time", "-f", "%M", *command]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    told = subprocess.run(timed, env=environment, text=True, **quiet).stderr
    return int(told.split()[-1]) * 1024 / 1e6


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("words", nargs="*", help="only the cases whose name contains one of these words")
    asked.add_argument("--program", help="a binary to measure (default: build one)")
    asked.add_argument("--runs", type=int, default=5, help="how many runs to take the fastest of (default: 5)")
    given = asked.parse_args()
    program = os.path.abspath(given.program) if given.program else build(static=False)["rolebook", "dynamic"]
    WORK.mkdir(parents=True, exist_ok=True)
    machine()
    nothing = best([program, "--version"], os.environ, 20)
    rows = []
    for name, n, commands, suffix, make in CASES:
        if given.words and not any(word in name for word in given.words):
            continue
        path = WORK / f"growth.{suffix}"
        asked = [command_of(program, shlex.split(command), str(path)) for command in commands]
        found = [[] for _ in commands]
        for count in (n, 2 * n, 4 * n):
            made = make(count)
            path.write_text(made if isinstance(made, str) else json.dumps(made))
            for measured, command in zip(found, asked):
                measured.append(best(*command, given.runs))
        size = f"{path.stat().st_size / 1e6:.1f}"
        label = [name, f"{n:,}"]
        for command, measured, full in zip(commands, found, asked):
            first, _, last = measured
            times = [f"> {LONGEST * 1000:,}" if one is None else f"{one:.1f}" for one in measured]
            growth = f"{(last - nothing) / max(first - nothing, 0.5):.1f}" if first and last else "–"
            memory = number(peak(*full) if last else None, ".1f")
            rows.append([*label, f"`{command.replace(' FILE', '')}`", *times, growth, size, memory])
            label = ["", ""]
        path.unlink()
    head = ["many", "n", "command", "n: ms", "2n: ms", "4n: ms", "growth", "4n: MB of file", "peak MB"]
    table(head, rows)


if __name__ == "__main__":
    main()
