#!/usr/bin/env python3
"""Measures the program as its users start it, beside Graphviz where there is a peer, and prints a table: figure, bar, and whether it is met.

    cargo build --release --locked && benches/whole-process.py

Needs hyperfine and Graphviz (apt-get install hyperfine graphviz). With --build it also measures the release build from nothing, in a folder that it removes.
Times are medians of whole processes, files written; where the machine has other work, the least of the runs and the processor's time tell more than the
median, so both are printed.
"""
import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DJANGO = ROOT / "diagrams" / "django-on-aws.toml"


class Table:
    """Rows of figures beside their bars."""

    def __init__(self):
        self.rows = []

    def add(self, what, figure, bar, met, note=""):
        self.rows.append((what, figure, bar, "yes" if met else "**no**", note))

    def show(self):
        print("| what | figure | bar | met | |\n|---|---|---|---|---|")
        for row in self.rows:
            print("| " + " | ".join(row) + " |")


def hyperfine(commands, runs, folder):
    """Seconds of each command: median, least, and of the processor on average."""
    out = folder / "times.json"
    shell = ["--shell=none", "--warmup", "3" if runs > 5 else "1", "--runs", str(runs), "--export-json", str(out), "--style", "none"]
    lines = [" ".join(f"'{word}'" for word in command) for command in commands]
    subprocess.run(["hyperfine", *shell, *lines], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    results = json.loads(out.read_text())["results"]
    return [(r["median"], r["min"], r["user"] + r["system"]) for r in results]


def said(times):
    median, least, processor = (1000 * t for t in times)
    return f"{median:.1f} ms", f"least {least:.1f} ms, processor {processor:.1f} ms"


def peak_mib(command):
    """Most memory of one run."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{command} failed")
    return used.ru_maxrss / 1024


def pictures(table, program, folder):
    """The Django picture beside Graphviz's of the same graph."""
    graph = str(HERE / "django-on-aws.dot")
    render = [program, "render", "--quiet", str(DJANGO), "-o"]
    svg, png = [*render, str(folder / "a.svg")], [*render, str(folder / "a.png"), "--scale", "2"]
    # Graphviz's inch has 72 points where CSS has 96 pixels: 192 a inch is scale 2.
    peers = [["dot", "-Tsvg", graph, "-o", str(folder / "b.svg")], ["dot", "-Tpng", "-Gdpi=192", graph, "-o", str(folder / "b.png")]]
    ours_svg, ours_png, dot_svg, dot_png = hyperfine([svg, png, *peers], 40, folder)
    figure, note = said(ours_svg)
    table.add("Django picture, SVG", figure, "10 ms", ours_svg[0] <= 0.010, note)
    share = ours_svg[0] / dot_svg[0]
    table.add("of `dot -Tsvg`'s time", f"{share:.2f}", "0.25", share <= 0.25, "dot: {} ({})".format(*said(dot_svg)))
    figure, note = said(ours_png)
    share = ours_png[0] / dot_png[0]
    table.add("Django picture, PNG at scale 2", figure, "half of dot's", share <= 0.5, note)
    table.add("of `dot -Tpng`'s time", f"{share:.2f}", "0.5", share <= 0.5, "dot: {} ({})".format(*said(dot_png)))
    peak = peak_mib(svg)
    table.add("Django picture, SVG, peak memory", f"{peak:.1f} MiB", "40 MiB", peak < 40)


def gallery(table, program, folder):
    """All pictures in two languages, as SVG and PNG."""
    project = folder / "gallery"
    shutil.copytree(ROOT / "diagrams", project / "diagrams")
    settings = 'sources = "diagrams"\noutput = "out"\nformats = ["svg", "png"]\nlanguages = ["en", "ko"]\n'
    (project / "skyplan.toml").write_text(settings)
    command = [program, "render", "--quiet", "--force", "--project", str(project / "skyplan.toml")]
    times = hyperfine([command], 5, folder)[0]
    count = len(list((project / "out").rglob("*.png")))
    figure, note = said(times)
    table.add(f"gallery: {count} pictures, SVG and PNG at scale 2", figure, "2000 ms", times[0] < 2, note)


def large(table, program, folder, boxes, bar):
    """A system of so many services to SVG."""
    file = folder / f"{boxes}.toml"
    with open(file, "w") as out:
        subprocess.run([sys.executable, str(HERE / "topology.py"), str(boxes)], check=True, stdout=out)
    command = [program, "render", "--quiet", str(file), "-o", str(folder / "large.svg"), "--limit", "elements=100000", "--limit", "links=200000"]
    times = hyperfine([command], 3, folder)[0]
    figure, note = said(times)
    table.add(f"{boxes} services to SVG", figure, f"{bar * 1000} ms", times[0] < bar, f"{note}, peak {peak_mib(command):.0f} MiB")


def build(table):
    """The release build from nothing; crates are fetched before."""
    subprocess.run(["cargo", "fetch", "--locked"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as target:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        command = ["cargo", "build", "--release", "--locked", "--offline", "--quiet", "--target-dir", target]
        subprocess.run(command, cwd=ROOT, check=True)
        seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    table.add("release build from nothing", f"{seconds:.0f} s", "240 s", seconds < 240, f"processor {processor:.0f} s")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", default=str(ROOT / "target/release/skyplan"))
    arguments.add_argument("--build", action="store_true", help="measure the build too")
    given = arguments.parse_args()
    for tool in (given.program, "hyperfine", "dot"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is missing")
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        start = hyperfine([[given.program, "--version"]], 40, folder)[0]
        pictures(table, given.program, folder)
        gallery(table, given.program, folder)
        large(table, given.program, folder, 5000, 1)
        large(table, given.program, folder, 20000, 4)
    size = os.path.getsize(given.program) / 1e6
    table.add("binary", f"{size:.1f} MB", "25 MB", size < 25)
    if given.build:
        build(table)
    load = os.getloadavg()
    print("`skyplan --version`, the start of a process: {} ({}). Load of the machine: {:.1f} of {} cores.\n".format(*said(start), load[0], os.cpu_count()))
    table.show()


if __name__ == "__main__":
    main()
