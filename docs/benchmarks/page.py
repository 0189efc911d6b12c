"""Writes docs/benchmarks.md from the rows that were measured."""
import collections

import chart
import rows as plan
from results import HERE

NOISE_CORES = 0.1
PEAK_MIB = 384


def write(results):
    rows = plan.all_rows()
    shown = [row for row in rows if results.measured(row)]
    newest = newest_commit([results.of(row) for row in shown])
    lines = [(HERE / "intro.md").read_text().rstrip(), "", *origin(results, shown, newest), ""]
    chart.write([(row, results.of(row)) for row in shown])
    lines += bar_lines(results, shown)
    for label in dict.fromkeys(row.label for row in shown):
        make = {plan.START: start_lines, plan.REQUESTS: request_lines}.get(label, table_lines)
        lines += [f"## {label}", ""] + make([(row, results.of(row)) for row in shown if row.label == label], newest) + [""]
    lines += ceiling_lines(results, shown)
    missing = [row for row in rows if not results.measured(row)]
    if missing:
        lines += ["## Not run", ""] + [f"- {row}: {results.of(row)['skipped']}" for row in missing] + [""]
    lines += [(HERE / "notes.md").read_text().rstrip(), ""]
    (HERE.parent / "benchmarks.md").write_text("\n".join(lines))
    print("wrote docs/benchmarks.md")


def newest_commit(entries):
    """The commit of the row that was measured last."""
    return max(entries, key=lambda entry: entry["date"])["commit"] if entries else None


def origin(results, shown, newest):
    entries = [results.of(row) for row in shown]
    machines = sorted({entry["machine"] for entry in entries})
    dates = sorted({entry["date"][:10] for entry in entries if entry["commit"] == newest})
    lines = [f"Measured {' to '.join(dict.fromkeys(dates[:1] + dates[-1:]))} at commit {newest}, on {'; '.join(machines)}."] if entries else ["Nothing is measured yet."]
    if any(entry["commit"] != newest for entry in entries):
        lines += ["Rows of another commit say so: ours may have changed since."]
    if any(entry.get("others", 0) > NOISE_CORES for entry in entries):
        lines += [f"Rows with a ~ had company: other work kept more than {NOISE_CORES} of a core busy meanwhile, so their seconds are too many."]
    return lines


def what(row, entry, newest):
    other = "" if entry["commit"] == newest else f" *of {entry['commit']}, {entry['date'][:10]}*"
    return f"{row.route} ({row.scenario}){' ~' if entry.get('others', 0) > NOISE_CORES else ''}{other}"


def failed(entry):
    return "failed: " + entry["failed"].replace("|", "\\|")


def table_lines(rows, newest):
    lines = ["| what | beside | pairs | wall s, ours / peer | wall ratio | CPU s, ours / peer | CPU ratio | peak MiB, ours / peer |", "|---|---|---|---|---|---|---|---|"]
    for row, entry in rows:
        start = f"| {what(row, entry, newest)} | {row.peer} | {entry['pairs']} | "
        if "failed" in entry:
            lines.append(start + failed(entry) + " | | | | |")
            continue
        (wall, peer_wall, ratio), (cpu, peer_cpu, cpu_ratio) = entry["wall"], entry["cpu"]
        peak = f"{entry['rss'][0]:.0f} / {entry['rss'][1]:.0f}" if "rss" in entry else ""
        lines.append(f"{start}{wall:.2f} / {peer_wall:.2f} | **{ratio:.2f}** | {cpu:.2f} / {peer_cpu:.2f} | {cpu_ratio:.2f} | {peak} |")
    return lines


def request_lines(rows, newest):
    lines = ["As the server counted them, in a run of each that was not measured.", "", "| what | tool | in all | requests |", "|---|---|---|---|"]
    for row, entry in rows:
        counted = entry.get("requests", {})
        said = failed(entry) if "failed" in entry else ", ".join(f"{api} {count}" for api, count in counted.items())
        lines.append(f"| {what(row, entry, newest)} | {row.peer} | {sum(counted.values()) or ''} | {said} |")
    return lines


def start_lines(rows, newest):
    lines = ["| what | wall s | CPU s |", "|---|---|---|"]
    for row, entry in rows:
        if "failed" in entry:
            return lines + [f"| {row.route} | {failed(entry)} | |"]
        mark = what(row, entry, newest).partition(")")[2]
        lines += [f"| {name}{mark} | {x['wall']:.2f} | {x['cpu']:.2f} |" for name, x in entry["start"].items()]
    return lines


def bars_of(row, entry):
    """The bars of a row: a name, what was measured, and what it must be at most."""
    if "start" in entry:
        floor, ours = list(entry["start"].values())[-2:]
        yield "start ≤ 1.5 of its floor", ours["wall"] / floor["wall"], 1.5
    for name, key, at, most in ratio_bars(row):
        if key in entry:
            yield name, entry[key][at], most


# the most of a peer's wall and CPU seconds: (of rclone, of s5cmd) with 32 streams each
MOST = {
    (plan.TLS, "put"): (0.8, 0.9), (plan.TLS, "get"): (1.1, 0.8), (plan.TLS, "get one file"): (1.3, 1.6),
    (plan.SAME, "put"): (0.8, 1.0), (plan.SAME, "get"): (1.0, 1.3), (plan.SAME, "get one file"): (1.6, 1.6),
    (plan.WARM_TLS, "put"): (0.7, 0.7), (plan.WARM_TLS, "get"): (0.9, 0.9),
    (plan.WARM, "put"): (0.7, 0.7), (plan.WARM, "get"): (0.9, 0.9),
}


def ratio_bars(row):
    way = "get one file" if (row.route, row.scenario) == ("get", "a") else row.route
    if row.peer in plan.TUNED and (row.label, way) in MOST:
        most = MOST[row.label, way][plan.TUNED.index(row.peer)]
        for key, unit in (("wall", "wall"), ("cpu", "CPU")):
            yield f"{row.label}: {way}, {unit} ≤ {most} of {row.peer.partition('+')[0]}", key, 2, most
    if row.label == plan.SLOW and row.peer in ("flytekit", "hadoop-fs"):
        yield "wall ≤ 0.2 of flytekit and `hadoop fs`, 20 ms added", "wall", 2, 0.2
    if row.label not in (plan.SAME, plan.SLOW_SAME):
        yield f"peak memory ≤ {PEAK_MIB} MiB", "rss", 0, PEAK_MIB


def bar_lines(results, shown):
    met, missed = collections.defaultdict(list), collections.defaultdict(list)
    for row in shown:
        entry = results.of(row)
        for name, value, most in bars_of(row, entry):
            where = f"{row.route} ({row.scenario}) {row.peer.partition('+')[0]} {value:.{0 if value > 100 else 2}f}"
            (met if value <= most else missed)[name].append(where)
    lines = ["## Bars", "", "| bar | met by | missed by |", "|---|---|---|"]
    for name in dict.fromkeys([*met, *missed]):
        good = ", ".join(met[name]) if "MiB" not in name else f"{len(met[name])} rows"
        lines.append(f"| {name} | {good or 'none'} | {', '.join(missed[name]) or 'none'} |")
    return lines + [""] if met or missed else []


def ceiling_lines(results, shown):
    """The most that the servers were seen to do, and how busy they were."""
    best = {}
    for row in shown:
        entry = results.of(row)
        for tool, at in (("flyte-data", 0), (row.peer, 1)) if "server" in entry and "20 ms" not in row.label else ():
            key = f"{row.route} ({row.scenario})"
            if key not in best or entry["wall"][at] < best[key][1]:
                best[key] = (tool, entry["wall"][at], entry["server"][at])
    lines = ["## The server's ceiling", "", "The fastest of all runs above, and the part of its core that the servers used meanwhile. Near 1, the server is what was measured.",
             "", "| what | fastest | wall s | servers' share of core 0 |", "|---|---|---|---|"]
    return lines + [f"| {key} | {tool} | {wall:.2f} | {share:.2f} |" for key, (tool, wall, share) in best.items()] + [""] if best else []


def short(row, found):
    """A row in one line of the terminal."""
    if "failed" in found:
        return f"{row}: FAILED: {found['failed']}"
    if "wall" not in found:
        return f"{row}: {found.get('requests') or found.get('start')}"
    (wall, peer, ratio), cpu = found["wall"], found["cpu"]
    memory = f", memory {found['rss'][0]:.0f} / {found['rss'][1]:.0f} MiB" if "rss" in found else ""
    return f"{row.route} ({row.scenario}) beside {row.peer}: wall {wall:.2f} / {peer:.2f} s = {ratio:.2f}, cpu {cpu[2]:.2f}{memory}, others {found['others']:.2f}"
