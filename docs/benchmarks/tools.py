"""Ours and its peers: where each is, and what it is told for a put, a get or a copy of a directory."""
import json, os, pathlib, random, shutil, subprocess, time

import servers
from measuring import WORK, Failed, measure

HERE, CLI = servers.HERE, servers.CLI
FLYTE = str(HERE.parent.parent / "bin" / "flyte-data")
HDFS_URI = f"hdfs://127.0.0.1:{servers.HDFS}"
DISTCP_JARS = ("org/apache/hadoop/hadoop-distcp/3.5.0/hadoop-distcp-3.5.0.jar", "commons-cli/commons-cli/1.9.0/commons-cli-1.9.0.jar")
HOW_TO_GET = {
    "rclone": "apt-get install rclone",
    "s5cmd": "go build github.com/peak/s5cmd/v2, in a module that requires v2.3.0",
    "minio": "GOBIN=DIR go install github.com/minio/minio@latest",
    "aws": "pip install awscli",
    "flytekit": "pip install flytekit s3fs",
    "distcp": "./mvnw dependency:get -Dartifact=org.apache.hadoop:hadoop-distcp:3.5.0, and the same with commons-cli:commons-cli:1.9.0",
}


SIZES = {"a": [1 << 30], "b": [100 << 10] * 2000, "c": [1 << 10] * 20000,
         "d": [1 << 10] * 1000 + [100 << 10] * 300 + [5 << 20] * 20 + [200 << 20], "one": [1 << 10]}
SMALL = {"a": [40 << 20], "b": [100 << 10] * 20, "c": [1 << 10] * 50, "d": [1 << 10] * 10 + [100 << 10] * 3 + [6 << 20], "one": [1 << 10]}


class Tools:
    """The programs by name, and why a program is missing."""

    def __init__(self, directories, sizes):
        self.sizes = sizes
        path = os.pathsep.join([directories, os.environ["PATH"]])
        self.paths = {name: shutil.which(name, path=path) for name in ("minio", "rclone", "s5cmd", "aws")}
        pyflyte = shutil.which("pyflyte", path=path)
        self.paths["flytekit"] = str(pathlib.Path(pyflyte).parent / "python3") if pyflyte else None
        jars = [pathlib.Path.home() / ".m2" / "repository" / jar for jar in DISTCP_JARS]
        self.paths["distcp"] = ":".join(map(str, jars)) if all(jar.exists() for jar in jars) else None
        self.hadoop = None

    def missing(self, tool):
        """Why a tool cannot run, or nothing."""
        name = tool.partition("+")[0]
        if self.paths.get(name, name) is not None:
            return None
        return f"there is no {name}; get it by: {HOW_TO_GET[name]}"

    def compile(self):
        """What runs Hadoop's own tools, in a jar: a compilation is no part of what they take."""
        jars = ":".join(sorted(str(jar) for jar in (CLI / "lib").glob("*.jar")))
        subprocess.run(["javac", "-d", WORK / "peers", "-cp", jars, HERE / "HadoopPeers.java", HERE / "Empty.java"], check=True)
        subprocess.run(["jar", "cf", WORK / "peers.jar", "-C", WORK / "peers", "."], check=True)
        self.hadoop = f"{jars}:{WORK / 'peers.jar'}"


class Side:
    """Runs of the tools against one address of the S3 server."""

    def __init__(self, port, tools, started, loader=None):
        tls = port == servers.S3_TLS
        url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
        self.tools, self.servers, self.count, self.url, self.port = tools, started, 0, url, port
        self.env = {k: v for k, v in os.environ.items() if not k.endswith("CA_BUNDLE") and k != "HADOOP_CONF_DIR"}
        self.env.update({
            "AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "benchbench", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": url, "S3_ENDPOINT_URL": url, "FLYTE_AWS_ENDPOINT": url, "FLYTE_AWS_ACCESS_KEY_ID": "bench",
            "FLYTE_AWS_SECRET_ACCESS_KEY": "benchbench", "RCLONE_CONFIG_S_TYPE": "s3", "RCLONE_CONFIG_S_PROVIDER": "Minio",
            "RCLONE_CONFIG_S_ENV_AUTH": "true", "RCLONE_CONFIG_S_REGION": "us-east-1", "RCLONE_CONFIG_S_ENDPOINT": url,
            "AWS_CONFIG_FILE": str(WORK / "aws-config")})
        self.of_aws = {}
        if tls:
            certificate = str(servers.CERTIFICATES / "public.crt")
            trust = f"-Djavax.net.ssl.trustStore={servers.TRUST} -Djavax.net.ssl.trustStorePassword={servers.PASSWORD}"
            self.of_aws = {"AWS_CA_BUNDLE": certificate}  # which rclone cannot run with
            self.env.update({"SSL_CERT_FILE": certificate, "RCLONE_CA_CERT": certificate, "FLYTE_DATA_JAVA_OPTS": trust})
        self.hdfs_env = {**self.env, "HADOOP_CONF_DIR": str(WORK / "conf")}
        self.loaded, self.loader = set(), loader or self

    def command(self, tool, verb, source, target):
        """Source and target are s3://bench/KEY, hdfs://HOST:PORT/PATH or local."""
        name, _, tuned = tool.partition("+")
        path = self.tools.paths.get(name)
        s3a = [x.replace("s3://", "s3a://") for x in (source, target)]
        java = ["java", "-cp", f"{self.tools.hadoop}:{WORK / 'conf'}", "HadoopPeers"]
        if name == "flyte-data":
            return [FLYTE, "-q", "cp" if verb == "copy" else verb, "-r", source, target]
        if name == "rclone":
            many = ["--transfers", "32", "--checkers", "32"] if tuned else []
            return [path, "copy", *many, *(x.replace("s3://", "S:") for x in (source, target))]
        if name == "s5cmd":
            return [path, *(["--numworkers", "32"] if tuned else []), "cp", source + ("/*" if "://" in source else "/"), target + "/"]
        if name == "aws":
            return [path, "s3", "cp", "--recursive", "--only-show-errors", source, target]
        if name == "flytekit":
            return [path, str(HERE / "fsspec_peer.py"), verb, source, target] + (["--directory"] if verb == "get" else [])
        if name == "hadoop-fs":
            return [*java, "shell", "-cp" if verb == "copy" else "-" + verb, *s3a]
        if name == "S3A-copy":
            return [*java, "copyFromLocal" if verb == "put" else "copyToLocal", *s3a]
        if name == "distcp":
            own = [f"-Dfs.s3a.endpoint={self.url}", "-Dfs.s3a.endpoint.region=us-east-1", "-Dfs.s3a.path.style.access=true",
                   "-Dfs.s3a.connection.ssl.enabled=false", f"-Dhadoop.tmp.dir={WORK / 'tmp'}"]
            whole = [x if "://" in x else "file://" + x for x in s3a]
            return ["java", "-cp", f"{self.tools.hadoop}:{path}:{WORK / 'conf'}", "org.apache.hadoop.tools.DistCp", *own, *whole]
        return ["cp", "-r", source, target]

    def load(self, scenario, kind):
        """Makes the files of a shape where a row reads them from, once; returns the place."""
        local = WORK / "data" / scenario
        if not local.exists():
            print(f"  making ({scenario})", flush=True)
            make_data(scenario, self.tools.sizes[scenario])
        if kind == "local":
            return str(local)
        place = {"s3": "s3://bench/", "hdfs": HDFS_URI + "/"}[kind] + "source-" + scenario
        if place not in self.loaded:
            print(f"  loading ({scenario}) to {kind}", flush=True)
            measure(self.command("flyte-data", "put", str(local), place), self.hdfs_env if kind == "hdfs" else self.env, [])
            self.loaded.add(place)
        return place

    def run(self, tool, row):
        """One run, measured, its outcome checked and removed again."""
        why = self.tools.missing(tool)
        if why:
            raise Failed(why)
        if "hdfs" in row.ends():
            self.servers.require_hdfs()
        source = self.loader.load(row.scenario, row.ends()[0])
        self.count += 1
        kind, place = row.ends()[1], str(self.count)
        (WORK / "got").mkdir(exist_ok=True)
        (WORK / "aws-config").write_text("[default]\n" + ("s3 =\n  max_concurrent_requests = 32\n" if "+" in tool else ""))
        target = {"s3": "s3://bench/", "hdfs": HDFS_URI + "/", "local": str(WORK / "got") + "/"}[kind] + place
        try:
            command = self.command(tool, row.verb(), source, target)
            env = self.hdfs_env if "hdfs" in row.ends() else self.env
            result = measure(command, {**env, **self.of_aws} if tool.startswith("aws") else env, self.servers.started)
            self.check(kind, place, self.tools.sizes[row.scenario])
        finally:
            self.clean(kind, place)
        return result

    def clean(self, kind, place):
        if kind == "hdfs":
            self.servers.webhdfs("DELETE", "/" + place, "DELETE&recursive=true")
            time.sleep(2)  # until the data node gives the memory back
        else:
            servers.remove((WORK / servers.DATA[self.port] / "bench" if kind == "s3" else WORK / "got") / place)

    def check(self, kind, place, expected):
        """That a tool did its work: a fast one that lost a file is no peer."""
        wanted = len(expected), sum(expected)
        if kind == "s3":
            found = servers.objects(self.port, place), wanted[1]
        elif kind == "hdfs":
            summary = json.loads(self.servers.webhdfs("GET", "/" + place, "GETCONTENTSUMMARY"))["ContentSummary"]
            found = summary["fileCount"], summary["length"]
        else:
            found = servers.tree(WORK / "got" / place)
        if found != wanted:
            raise Failed(f"left {found[0]} files of {found[1]} bytes at the target, not {wanted[0]} of {wanted[1]}")


def make_data(scenario, sizes):
    block = random.Random(1).randbytes(1 << 20)
    for number, size in enumerate(sizes):
        directory = WORK / "data" / scenario / f"d{number // 1000:02d}"
        directory.mkdir(parents=True, exist_ok=True)
        with open(directory / f"f{number:05d}", "wb") as out:
            for at in range(0, size, 1 << 20):
                shift = (number + (at >> 20)) % 1000
                out.write((block[shift:] + block[:shift])[:min(1 << 20, size - at)])
