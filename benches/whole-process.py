#!/usr/bin/env python3
"""Measures the program as its users start it, beside Graphviz where there is a peer, and prints a table: figure, bar, and whether it is met.

    cargo build --release --locked && benches/whole-process.py

Needs Graphviz (apt-get install graphviz). With --build it also measures the release build from nothing, in a folder that it removes.
Times are medians of whole processes, files written. What is compared runs in turns, so that other work on the machine burdens all alike; the least of the
runs and the processor's time then tell more than the median, so all are printed.
"""
import argparse
import json
import os
import re
import resource
import shutil
import statistics
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


def remove_output(command):
    """Removes what a command writes: its argument after `-o`."""
    if "-o" in command:
        Path(command[command.index("-o") + 1]).unlink(missing_ok=True)


def timed(commands, runs, before=lambda _: None, **env):
    """Seconds of each command: median, least, and median of the processor's. The commands take turns; `before` is done before each."""
    found = [[] for _ in commands]
    null = os.open(os.devnull, os.O_WRONLY)
    for turn in range(runs + 1):
        for command, times in zip(commands, found):
            before(command)
            start = time.perf_counter()
            silent = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (1, 2)]
            process = os.posix_spawnp(command[0], command, os.environ | env, file_actions=silent)
            _, status, used = os.wait4(process, 0)
            if status:
                sys.exit(f"{command} failed")
            # The first turn only fetches files into memory.
            if turn:
                times.append((time.perf_counter() - start, used.ru_utime + used.ru_stime))
    os.close(null)
    return [(statistics.median(t[0] for t in times), min(times)[0], statistics.median(t[1] for t in times)) for times in found]


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


def supplies_of_dot(folder):
    """Our icons in the form that Graphviz reads, and settings by which it finds our fonts and no others."""
    icons = folder / "icons"
    icons.mkdir()
    graph = (HERE / "django-on-aws-drawn.dot").read_text()
    # Those of services, and those of groups.
    for key, pixels in (("image", 48), ("src", 22)):
        for name in set(re.findall(key + r'="([a-z0-9-]+\.svg)"', graph)):
            svg = (ROOT / "icons" / name).read_text().replace("<svg ", f'<svg width="{pixels}px" height="{pixels}px" ', 1)
            (icons / name).write_text('<?xml version="1.0"?>\n' + svg)
    fonts = folder / "fonts.conf"
    folders = f"<dir>{ROOT / 'src/text/fonts'}</dir><cachedir>{folder / 'font-cache'}</cachedir>"
    fonts.write_text(f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{folders}</fontconfig>')
    return icons, fonts


def pictures(table, program, folder):
    """The Django picture beside Graphviz's: of the bare graph, and as near to the same picture as it comes."""
    graph, drawn = str(HERE / "django-on-aws.dot"), str(HERE / "django-on-aws-drawn.dot")
    icons, fonts = supplies_of_dot(folder)
    render = [program, "render", "--quiet", str(DJANGO), "-o"]
    svg, png = [*render, str(folder / "a.svg")], [*render, str(folder / "a.png"), "--scale", "2"]
    # Graphviz's inch has 72 points where CSS has 96 pixels: 192 a inch is scale 2.
    peers = [["dot", "-Tsvg", graph, "-o", str(folder / "b.svg")], ["dot", "-Tpng", "-Gdpi=192", graph, "-o", str(folder / "b.png")]]
    same = ["dot", "-Tsvg", f"-Gimagepath={icons}", drawn, "-o", str(folder / "c.svg")]
    # All with our fonts alone: to search fewer is quicker.
    ours_svg, dot_svg, dot_same = timed([svg, peers[0], same], 100, FONTCONFIG_FILE=str(fonts))
    # What is there already ours does not write again; so once more where nothing is there.
    new_svg, new_same = timed([svg, same], 100, before=remove_output, FONTCONFIG_FILE=str(fonts))
    ours_png, dot_png = timed([png, peers[1]], 20, before=remove_output)

    def beside(what, ours, dot):
        share = ours[0] / dot[0]
        note = "dot: {} ({}); ".format(*said(dot)) + f"{ours[2] / dot[2]:.2f} of its processor time"
        table.add(what, f"{share:.2f}", "0.25", share <= 0.25, note)

    figure, note = said(ours_svg)
    table.add("Django picture, SVG", figure, "10 ms", ours_svg[0] <= 0.010, note)
    beside("of `dot -Tsvg`'s time for the same picture", ours_svg, dot_same)
    beside("of its time for the bare graph", ours_svg, dot_svg)
    figure, note = said(new_svg)
    table.add("Django picture, SVG, to a new file", figure, "10 ms", new_svg[0] <= 0.010, note)
    beside("of dot's time for the same picture, to a new file", new_svg, new_same)
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
    [times] = timed([command], 5, before=lambda _: shutil.rmtree(project / "out", ignore_errors=True))
    count = len(list((project / "out").rglob("*.png")))
    figure, note = said(times)
    table.add(f"gallery: {count} pictures, SVG and PNG at scale 2", figure, "2000 ms", times[0] < 2, note)


def large(table, program, folder, boxes, bar):
    """A system of so many services to SVG."""
    file = folder / f"{boxes}.toml"
    with open(file, "w") as out:
        subprocess.run([sys.executable, str(HERE / "topology.py"), str(boxes)], check=True, stdout=out)
    command = [program, "render", "--quiet", str(file), "-o", str(folder / "large.svg"), "--limit", "elements=100000", "--limit", "links=200000"]
    [times] = timed([command], 3, before=remove_output)
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
    for tool in (given.program, "dot"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is missing")
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        # A copy, as `cargo install` makes one: what the linker has just written lies in memory in small pieces, and takes a sixth longer to map.
        program = shutil.copy(given.program, folder / "skyplan")
        [start] = timed([[program, "--version"]], 100)
        pictures(table, program, folder)
        gallery(table, program, folder)
        large(table, program, folder, 5000, 1)
        large(table, program, folder, 20000, 4)
    size = os.path.getsize(given.program) / 1e6
    table.add("binary", f"{size:.1f} MB", "25 MB", size < 25)
    if given.build:
        build(table)
    load = os.getloadavg()
    print("`skyplan --version`, the start of a process: {} ({}). Load of the machine: {:.1f} of {} cores.\n".format(*said(start), load[0], os.cpu_count()))
    table.show()


if __name__ == "__main__":
    main()
