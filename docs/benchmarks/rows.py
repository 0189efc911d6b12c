"""The rows of the tables, by importance: a run that is short of time leaves out the last."""
import dataclasses

DEFAULTS, SAME, TLS = "S3, each with its defaults", "S3, 32 streams each", "S3 over TLS, 32 streams each"
SLOW, SLOW_SAME = "S3, 20 ms added to each request", "S3, 20 ms added to each request, 32 streams each"
WARM, WARM_TLS = "In a warm JVM, 32 streams each", "In a warm JVM over TLS, 32 streams each"
HDFS, COPY, LOCAL = "HDFS", "Copy", "Local"
REQUESTS, START = "Requests", "Start"
NATIVE, TUNED = ("rclone", "s5cmd"), ("rclone+32", "s5cmd+32")


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of a table: ours beside a peer, where PEER+32 has 32 streams. A route is VERB, or VERB and the kinds of both ends."""
    label: str
    route: str
    scenario: str
    peer: str
    pairs: int

    def __str__(self):
        return f"{self.label}: {self.route} ({self.scenario}) {'by' if self.label == REQUESTS else 'beside'} {self.peer}"

    def group(self):
        """Rows of one group share the runs of ours, which has 32 streams whether it is told so or not."""
        where = {SAME: DEFAULTS, SLOW_SAME: SLOW}.get(self.label, self.label)
        return where, "put copy get" if where in (WARM, WARM_TLS) else self.route, self.scenario, self.pairs

    def of_pairs(self, pairs):
        return dataclasses.replace(self, pairs=pairs or self.pairs)

    def verb(self):
        return self.route.split()[0]

    def ends(self):
        return self.route.split()[1:] or {"put": ["local", "s3"], "get": ["s3", "local"], "copy": ["s3", "s3"]}[self.verb()]


def table(labels_and_peers, routes, scenarios, pairs):
    return [Row(label, route, scenario, peer, pairs)
            for scenario in scenarios for route in routes for label, peers in labels_and_peers for peer in peers]


def all_rows():
    ways = ("put", "get")
    rows = table([(TLS, TUNED)], ways, "badc", 5)
    rows += table([(DEFAULTS, NATIVE), (SAME, TUNED)], ways, "badc", 5)
    rows += [Row(START, "start", "one", "a JVM", 7)]
    for warm in (WARM_TLS, WARM):
        rows += table([(warm, TUNED)], ("put", "copy", "get"), "bad", 5)
    rows += table([(SLOW, ("flytekit",) + NATIVE), (SLOW_SAME, TUNED)], ways, "b", 5)
    rows += table([(SLOW, ("hadoop-fs",))], ways, "b", 1)
    for warm in (WARM_TLS, WARM):
        rows += table([(warm, TUNED)], ("put", "copy", "get"), "c", 5)
    rows += [Row(REQUESTS, verb, "b", tool, 1) for verb in ("put", "get", "copy")
             for tool in ("flyte-data",) + NATIVE + ("aws", "hadoop-fs", "S3A-copy", "distcp") if (verb, tool) != ("copy", "S3A-copy")]
    rows += table([(DEFAULTS, ("aws",)), (SAME, ("aws+32",))], ways, "b", 5)
    rows += table([(HDFS, ("hadoop-fs", "distcp"))], ("put local hdfs", "get hdfs local"), "b", 5)
    rows += table([(COPY, NATIVE + ("aws",))], ("copy",), "b", 5)
    rows += table([(COPY, ("hadoop-fs", "distcp"))], ("copy", "copy hdfs s3"), "b", 3)
    rows += table([(LOCAL, ("cp", "rclone"))], ("copy local local",), "b", 5)
    rows += table([(DEFAULTS, ("flytekit", "hadoop-fs", "S3A-copy", "distcp"))], ways, "b", 3)
    rows += table([(DEFAULTS, ("aws", "flytekit", "hadoop-fs", "S3A-copy"))], ways, "a", 3)
    rows += table([(HDFS, ("hadoop-fs",))], ("put local hdfs", "get hdfs local"), "ad", 3)
    rows += table([(LOCAL, ("cp", "rclone"))], ("copy local local",), "ad", 3)
    rows += table([(COPY, NATIVE)], ("copy",), "ad", 3)
    rows += table([(DEFAULTS, ("aws", "hadoop-fs", "S3A-copy"))], ways, "d", 1)
    rows += table([(COPY, NATIVE)], ("copy",), "c", 1)
    rows += table([(LOCAL, ("cp", "rclone"))], ("copy local local",), "c", 1)
    return rows + table([(HDFS, ("hadoop-fs",))], ("put local hdfs", "get hdfs local"), "c", 1)
