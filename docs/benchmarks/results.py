"""What was measured so far, with the date and the commit of each row, in results.json."""
import json, os, pathlib, subprocess, time

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parent.parent
FILE = HERE / "results.json"
MEASURED = ["persistence-hadoop/src/main", "persistence-hadoop/pom.xml", "pom.xml", "bin", "conf"]


def commit():
    """The last commit of what is measured, with a + when the checkout has more."""
    def git(*words):
        return subprocess.run(["git", "-C", HOME, *words, "--", *MEASURED], capture_output=True, text=True, check=True).stdout.strip()
    return git("log", "-1", "--format=%h") + ("+" if git("status", "--porcelain") else "")


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown processor")
    return f"{os.cpu_count()} cores, {model}, Linux {os.uname().release}"


class Results:
    def __init__(self, keep):
        self.keep, self.commit, self.skipped, self.failed = keep, commit(), {}, {}
        self.rows = json.loads(FILE.read_text()) if FILE.exists() else {}

    def add(self, row, found):
        """Keeps a row at once: whatever ends the run later, it stays."""
        entry = {"date": time.strftime("%Y-%m-%d %H:%M:%S"), "commit": self.commit, "machine": machine(), "pairs": row.pairs, **found}
        self.rows[str(row)] = entry
        if "failed" in found:
            self.failed[str(row)] = found["failed"]
        self.save()

    def skip(self, row, why):
        """A row without a result says why; an older result stays."""
        self.skipped[str(row)] = why
        if not self.measured(row):
            self.rows[str(row)] = {"skipped": why}
            self.save()

    def save(self):
        if self.keep:
            new = FILE.with_suffix(".new")
            new.write_text(json.dumps(self.rows, indent=1) + "\n")
            new.replace(FILE)

    def of(self, row):
        return self.rows.get(str(row), {"skipped": "not run yet"})

    def measured(self, row):
        return "date" in self.of(row)

    def has(self, row):
        entry = self.of(row)
        return entry.get("commit") == self.commit and "failed" not in entry

    def took(self, row):
        seconds = self.of(row).get("seconds")
        return "" if seconds is None else f", {seconds:.0f} s last time"

    def summary(self):
        for what, rows in (("FAILED", self.failed), ("SKIPPED", self.skipped)):
            for row, why in rows.items():
                print(what, f"{row}: {why}")
        return 1 if self.failed else 0
