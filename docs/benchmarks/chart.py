"""Draws docs/benchmarks/benchmarks.svg: what a put and a get over TLS take, beside the two tools that users would pick."""
import html

import rows as plan
from results import HERE

COLOURS = {"flyte-data": "#7652a2", "rclone": "#9aa5b1", "s5cmd": "#c9ced6"}
SHAPES = {"a": "1 file of 1 GiB", "b": "2,000 files of 100 KiB", "c": "20,000 files of 1 KiB", "d": "1,321 mixed files"}
LEFT, BAR, GAP, WIDTH, SCALE_WIDTH = 190, 13, 12, 760, 480


def write(measured):
    """Nothing is drawn before all its rows are measured."""
    seconds = {}
    for row, entry in measured:
        if row.label == plan.TLS and "wall" in entry:
            bars = seconds.setdefault((row.route, row.scenario), {})
            bars["flyte-data"] = entry["wall"][0]
            bars[row.peer.partition("+")[0]] = entry["wall"][1]
    if seconds:
        (HERE / "benchmarks.svg").write_text(drawing(seconds))


def drawing(seconds):
    longest = max(max(bars.values()) for bars in seconds.values())
    parts, y = [], 56
    for route in ("put", "get"):
        for scenario in "abcd":
            bars = seconds.get((route, scenario), {})
            if bars:
                parts.append(text(LEFT - 10, y + BAR * len(bars) / 2 + 4, f"{route}: {SHAPES[scenario]}", "end"))
            for name in (name for name in COLOURS if name in bars):
                length = max(1, bars[name] / longest * SCALE_WIDTH)
                parts.append(f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="{BAR - 2}" fill="{COLOURS[name]}"/>')
                parts.append(text(LEFT + length + 5, y + BAR - 4, f"{bars[name]:.1f} s"))
                y += BAR
            y += GAP if bars else 0
    legend = []
    for place, (name, colour) in enumerate(COLOURS.items()):
        legend += [f'<rect x="{LEFT + place * 110}" y="32" width="11" height="11" fill="{colour}"/>', text(LEFT + place * 110 + 16, 42, name)]
    title = "Wall seconds over TLS, start included, 32 streams each, one core for the client"
    body = "\n".join([text(LEFT, 20, title, weight="bold"), *legend, *parts])
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}" role="img" '
            f'aria-label="{html.escape(title)}" font-family="sans-serif" font-size="12">\n'
            f'<rect width="{WIDTH}" height="{y}" fill="white"/>\n{body}\n</svg>\n')


def text(x, y, words, anchor="start", weight="normal"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" fill="#222">{html.escape(words)}</text>'
