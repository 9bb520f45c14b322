#!/usr/bin/env python3
"""Lays the benchmark's graphs out with this engine, elkjs, Graphviz and dagre in one run, measures all drawings alike, and prints the tables.

    cargo build --release --locked && benches/compare-peers.py            # prints
    cargo build --release --locked && benches/compare-peers.py --write    # into benches/peers.md, which the book shows too

The benchmark's folder (an argument, SKYPLAN_BENCH, or ../shared/bench) holds the graphs, the meter and the runner of the peers; nothing is
written to it. The peers are installed below target/ with npm. All engines get the same box sizes and spacing; they run one after the other,
and nothing else should run meanwhile.
"""
import argparse
import datetime
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OURS, PEERS = "skyplan", ["elk", "dot", "dot-ortho", "dagre"]
ENGINES = [OURS, *PEERS]
SETS = ["ptolemy", "d2", "graphviz", "cloud", "north", "rome", "synthetic"]
TOPOLOGIES = [20, 60, 200, 1000]
# Sizes that no peer ends within minutes, with the bar in milliseconds.
LARGE = {10_000: 200, 50_000: 1500}
BARS_OF_TOPOLOGIES = {20: 2, 1000: 15}
# What no peer draws or keeps: graphs are also compared without.
OURS_ALONE = ("elabels", "border", "spans", "align")
# dagre takes minutes for what has more boxes: one try must do.
MOST_OF_DAGRE = 500


def run(command, **options):
    return subprocess.run(command, check=True, **options)


class Bench:
    """The benchmark's folder, and where its drawings go."""

    def __init__(self, folder, program, tries):
        self.folder, self.program, self.tries = folder, program, tries
        self.work = ROOT / "target" / "compare-peers"
        self.peers = self.work / "peers"

    def install(self):
        """The peers with their packages, beside our own build."""
        shutil.copytree(self.folder / "peers", self.peers, dirs_exist_ok=True)
        run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=self.peers)

    def topology(self, size):
        """A folder with one generated topology."""
        folder = self.work / "graphs" / f"topology-{size}"
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / f"{size}.json", "w") as out:
            run([sys.executable, self.folder / "topologies.py", str(size)], stdout=out)
        return folder

    def diagram(self, file):
        """A folder with the graph of a diagram: its boxes, groups, links and constraints, without the spacing of its look."""
        folder = self.work / "graphs" / file.stem
        folder.mkdir(parents=True, exist_ok=True)
        drawing = json.loads(run([self.program, "layout", file, "--format", "json"], stdout=subprocess.PIPE, text=True).stdout)
        picked = lambda things, keys: [{key: thing[key] for key in keys if thing.get(key) is not None} for thing in drawing[things]]
        graph = {
            "flow": drawing["flow"],
            "nodes": picked("nodes", ("id", "w", "h", "parent")),
            "groups": picked("groups", ("id", "parent")),
            "edges": [[edge["src"], edge["dst"]] for edge in drawing["edges"]],
            "elabels": [[label["of"], label["w"], label["h"]] for label in drawing["labels"] if label["kind"] == "edge"],
            "spans": picked("spans", ("id", "members")),
            **{key: drawing[key] for key in ("border", "align")},
        }
        (folder / file.with_suffix(".json").name).write_text(json.dumps(graph))
        return folder

    def without(self, graphs):
        """A folder with the same graphs, but only what all engines draw."""
        folder = self.work / "graphs" / f"{graphs.name}-without"
        folder.mkdir(parents=True, exist_ok=True)
        for file in graphs.glob("*.json"):
            graph = {key: of for key, of in json.loads(file.read_text()).items() if key not in OURS_ALONE}
            (folder / file.name).write_text(json.dumps(graph))
        return folder

    def draw(self, engine, graphs):
        """Draws a folder of graphs; where the drawings are."""
        out = self.work / "drawings" / engine / graphs.name
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        files = sorted(graphs.glob("*.json"))
        if engine == OURS:
            for file in files:
                (out / file.name).write_text(self.best_of_ours(file))
            return out
        large = [f for f in files if engine == "dagre" and len(json.loads(f.read_text())["nodes"]) > MOST_OF_DAGRE]
        for some, tries in ((sorted(set(files) - set(large)), self.tries), (large, 1)):
            if some:
                run(["node", "run.mjs", engine, out, *some], cwd=self.peers, env=os.environ | {"REPEAT": str(tries)})
        return out

    def best_of_ours(self, file, tries=None):
        """Our drawing; each try is a process of its own, which only makes it slower."""
        limits = [word for limit in ("elements=100000", "links=200000", "file-bytes=100000000") for word in ("--limit", limit)]
        command = [self.program, "layout", file, "--format", "json", *limits]
        texts = [run(command, stdout=subprocess.PIPE, text=True).stdout for _ in range(tries or self.tries)]
        return min(texts, key=lambda text: json.loads(text)["ms"])


def measured(meter_folder, drawing, graph):
    """What the meter says of one drawing."""
    sys.path.insert(0, str(meter_folder))
    import meter

    found = meter.measure(json.loads(drawing.read_text()), json.loads(graph.read_text()))
    return {**found, "FAULTS": sum(found[k] for k in meter.HARD), "HARD": {k: found[k] for k in meter.HARD if found[k]}}


def geometric_mean(values):
    return math.exp(sum(math.log(max(v, 1e-9)) for v in values) / len(values))


class Sums:
    """The figures of one engine on one set: sums, and means of what cannot be summed."""

    def __init__(self, found):
        total = lambda key: sum(m[key] for m in found)
        self.faults, self.crossings, self.bends, self.ms = total("FAULTS"), total("X"), total("B"), total("MS")
        self.area, self.scale = (geometric_mean([m[key] for m in found]) for key in ("AREA", "SCALE"))
        self.length = statistics.median(m["LEN"] for m in found)
        kinds = sorted({kind for m in found for kind in m["HARD"]})
        self.kinds = ", ".join(f"{kind} {sum(m['HARD'].get(kind, 0) for m in found)}" for kind in kinds)


def compared(bench, graphs, pool):
    """All engines on one folder of graphs: sums by engine, and how many graphs all of them drew."""
    drawings = {engine: bench.draw(engine, graphs) for engine in ENGINES}
    names = sorted(f.name for f in graphs.glob("*.json") if all((d / f.name).exists() for d in drawings.values()))
    if not names:
        sys.exit(f"no graph of {graphs} was drawn by all engines")
    for engine, folder in drawings.items():
        missing = len(list(graphs.glob("*.json"))) - len(list(folder.glob("*.json")))
        if missing:
            print(f"{engine} failed on {missing} graphs of {graphs.name}, which are left out", file=sys.stderr)
    sums = {}
    for engine, folder in drawings.items():
        meters = [bench.folder] * len(names)
        sums[engine] = Sums(list(pool.map(measured, meters, [folder / n for n in names], [graphs / n for n in names])))
    return sums, len(names)


def table(head, rows):
    line = lambda cells: "| " + " | ".join(cells) + " |"
    return "\n".join([line(head), "|" + "---|" * len(head), *map(line, rows)])


def small(x):
    """A figure with as many digits as it needs."""
    return f"{x:,.0f}" if x >= 100 else f"{x:.1f}" if x >= 10 else f"{x:.2f}"


HEAD = ["engine", "faults", "of which", "X", "B", "AREA", "SCALE", "LEN", "ms"]


def figures(name, sums):
    """Rows of one set, an engine each; curves have no bends."""
    for engine, s in sums.items():
        cells = [f"{s.faults:,}", s.kinds, f"{s.crossings:,}", "-" if engine == "dot" else f"{s.bends:,}"]
        yield [name if engine == OURS else "", engine, *cells, *map(small, (s.area, s.scale, s.length, s.ms))]


def bar(ours, theirs, least_wins=True, tie=True):
    """Ours beside theirs, their ratio, and whether ours is as good as asked."""
    met = ours < theirs or tie and ours == theirs if least_wins else ours > theirs or tie and ours == theirs
    ratio = ours / theirs if theirs else 1.0 if not ours else math.inf
    show = (lambda x: f"{x:,}") if isinstance(ours, int) else (lambda x: f"{x:.2f}")
    return f"{show(ours)} : {show(theirs)} = {ratio:.2f} " + ("yes" if met else "**no**"), met


def bars(results):
    """One row a set: the four bars, each as ours : theirs = ratio, and whether it is met."""
    rows, met = [], []
    for name, (sums, _) in results.items():
        ours, elk, dots = sums[OURS], sums["elk"], [sums["dot"], sums["dot-ortho"]]
        cells = [
            ("0", True) if ours.faults == 0 else (f"**{ours.faults}**", False),
            bar(ours.crossings, min(s.crossings for s in (elk, *dots))),
            bar(ours.bends, elk.bends, tie=False),
            # Figures are compared as they are shown: a hundredth of a percent is no difference.
            bar(round(ours.area, 2), round(min(s.area for s in dots), 2)),
            bar(round(ours.scale, 2), round(max(s.scale for s in (elk, *dots)), 2), least_wins=False, tie=False),
        ]
        met += [cell[1] for cell in cells]
        rows.append([name, *(cell[0] for cell in cells)])
    head = ["set", "faults: 0", "X: at most elk's and both dots'", "B: below elk", "AREA: at most both dots'", "SCALE: above elk and both dots"]
    return table(head, rows), met


def in_time(ms, wanted):
    """The bar in milliseconds, and whether it is met; there need not be one."""
    return f"{wanted:,} " + ("yes" if ms < wanted else "**no**") if wanted else ""


def times(bench, topologies):
    """Our times beside their bars and the peers'."""
    rows, met = [], []
    for size, (sums, _) in topologies.items():
        ours, wanted = sums[OURS].ms, BARS_OF_TOPOLOGIES.get(size)
        if wanted:
            met.append(ours < wanted)
        rows.append([f"{size:,}", small(ours), in_time(ours, wanted), *(small(sums[p].ms) for p in PEERS)])
    for size, wanted in LARGE.items():
        graph = bench.topology(size) / f"{size}.json"
        ours = json.loads(bench.best_of_ours(graph, tries=min(bench.tries, 2)))["ms"]
        met.append(ours < wanted)
        rows.append([f"{size:,}", small(ours), in_time(ours, wanted), *["" for _ in PEERS]])
    return table(["boxes", OURS, "bar, met", *PEERS], rows), met


def versions(bench):
    """What was compared."""
    packages = json.loads((bench.peers / "package.json").read_text())["dependencies"]
    ours = run([bench.program, "--version"], stdout=subprocess.PIPE, text=True).stdout.strip()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout.strip()
    others = ", ".join(f"{name} {version}" for name, version in sorted(packages.items()))
    return f"{ours} ({commit or 'no commit'}), {others}"


def alone_and_not(bench):
    """Folders of graphs by name: with and without what no peer draws."""
    folders = {"cloud": bench.folder / "graphs" / "cloud", "Django": bench.diagram(ROOT / "diagrams" / "django-on-aws.toml")}
    return {name + end: make(folder) for name, folder in folders.items() for end, make in (("", Path), (", without", bench.without))}


def page(bench):
    """All tables, as Markdown."""
    with ProcessPoolExecutor() as pool:
        results = {name: compared(bench, bench.folder / "graphs" / name, pool) for name in SETS}
        topologies = {size: compared(bench, bench.topology(size), pool) for size in TOPOLOGIES}
        alone = {name: compared(bench, folder, pool)[0] for name, folder in alone_and_not(bench).items()}
    of_quality, met = bars(results)
    of_time, met_too = times(bench, topologies)
    met += met_too
    rows = [row for name, (sums, count) in results.items() for row in figures(f"{name}, {count}", sums)]
    of_alone = [row for name, sums in alone.items() for row in figures(name, sums)]
    of_sizes = [row for size, (sums, _) in topologies.items() for row in figures(f"{size:,}", sums)]
    load = f"{os.cpu_count()} cores under a load of {os.getloadavg()[0]:.1f} at the end"
    return f"""<!-- Written by benches/compare-peers.py --write; changes made here are lost. -->

Measured on {datetime.date.today().isoformat()}: {versions(bench)}; {load}.
Times are the best of {bench.tries} tries (dagre: of one above {MOST_OF_DAGRE} boxes).

## Bars

Ours : the best of theirs = ratio, and whether the bar is met. With those of time below, {sum(met)} of {len(met)} are.

{of_quality}

## All figures

{table(["set, graphs", *HEAD], rows)}

## With and without what only skyplan draws

No peer reserves room for labels of links, stands gateways on borders, keeps what is level level, or draws outlines. So the set `cloud` and the graph of the Django picture, with the
sizes of its boxes at the spacing of the sets, are drawn once as they are and once without labels, borders, outlines and classes.

{table(["graphs", *HEAD], of_alone)}

## Generated cloud topologies

{table(["boxes", *HEAD], of_sizes)}

Milliseconds of the layout alone:

{of_time}
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("bench", nargs="?", type=Path, default=Path(os.environ.get("SKYPLAN_BENCH", ROOT.parent / "shared" / "bench")))
    arguments.add_argument("--program", type=Path, default=ROOT / "target/release/skyplan")
    arguments.add_argument("--tries", type=int, default=3, help="how often each graph is laid out")
    arguments.add_argument("--write", action="store_true", help="write benches/peers.md instead of printing")
    given = arguments.parse_args()
    for needed in (given.bench / "meter.py", given.program):
        if not needed.exists():
            sys.exit(f"{needed} is missing")
    for tool in ("node", "npm"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is missing")
    bench = Bench(given.bench.resolve(), given.program.resolve(), given.tries)
    bench.install()
    text = page(bench)
    if given.write:
        (HERE / "peers.md").write_text(text)
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
