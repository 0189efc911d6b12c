"""The servers beside which all is measured: MinIO, a proxy that adds latency, HDFS. Each starts when a row needs it."""
import os, pathlib, re, shutil, socket, subprocess, time, urllib.request

from measuring import SERVER_CORE, WORK, Failed, pinned

HERE = pathlib.Path(__file__).resolve().parent
CLI = HERE.parent.parent / "persistence-hadoop" / "target" / "cli"
S3, CONSOLE, SLOW, HDFS, HDFS_HTTP, S3_TLS, CONSOLE_TLS = 19290, 19292, 19291, 19294, 19295, 19296, 19297
DATA = {S3: "minio", SLOW: "minio", S3_TLS: "minio-tls"}
CERTIFICATES, TRUST, PASSWORD = WORK / "certificates", WORK / "trust.p12", "benchbench"
LATENCY_MILLIS = 20
# of all clients; by default one that closes a file before the data node has told of its block waits 400 ms, on one core mostly
HDFS_CLIENT = {"dfs.replication": 1, "dfs.client.block.write.locateFollowingBlock.initial.delay.ms": 5}


class Servers:
    """Starts what is asked for, once; what is started is pinned to the core of the servers."""

    def __init__(self, minio):
        self.minio, self.started, self.hdfs = minio, [], None

    def serve(self, port, command, env=None):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise Failed(f"port {port} is in use")
        process = subprocess.Popen(command, env={**os.environ, **(env or {})}, preexec_fn=pinned(SERVER_CORE),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.started.append(process)
        for _ in range(900):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            if process.poll() is not None:
                raise Failed(f"{command[0]} ended with {process.returncode} before it answered")
            time.sleep(0.1)
        raise Failed(f"nothing answers on port {port}")

    def start_s3(self):
        self.start_minio(S3, CONSOLE)
        self.serve(SLOW, ["java", str(HERE / "LatencyProxy.java"), str(SLOW), str(S3), str(LATENCY_MILLIS)])
        make_certificate()
        self.start_minio(S3_TLS, CONSOLE_TLS, "--certs-dir", str(CERTIFICATES))

    def start_minio(self, port, console, *options):
        data = WORK / DATA[port]
        (data / "bench").mkdir(parents=True)
        self.serve(port, [self.minio, "server", *options, "--address", f"127.0.0.1:{port}", "--console-address", f"127.0.0.1:{console}", str(data)],
                   {"MINIO_ROOT_USER": "bench", "MINIO_ROOT_PASSWORD": "benchbench", "MINIO_BROWSER": "off", "MINIO_UPDATE": "off",
                    "MINIO_PROMETHEUS_AUTH_TYPE": "public"})
        time.sleep(3)

    def start_hdfs(self):
        """One data node in a JVM of its own, beside the S3 server."""
        (WORK / "hdfs").mkdir()
        properties = "".join(f"<property><name>{name}</name><value>{value}</value></property>" for name, value in HDFS_CLIENT.items())
        (WORK / "conf" / "hdfs-site.xml").write_text(f"<configuration>{properties}</configuration>")
        jars = [*(CLI / "lib").glob("*.jar"), *(CLI / "lib-quickstart").glob("*.jar")]
        if not any(jar.name.startswith("hadoop-client-minicluster") for jar in jars):
            raise Failed("there is no hadoop-client-minicluster in target/cli/lib-quickstart")
        self.serve(HDFS, ["java", "-Xmx1g", "-cp", ":".join(map(str, jars)), str(HERE / "HdfsServer.java"), str(WORK / "hdfs"), str(HDFS), str(HDFS_HTTP)])
        time.sleep(5)

    def require_hdfs(self):
        if self.hdfs is None:
            try:
                self.start_hdfs()
                self.hdfs = "started"
            except Failed as why:
                self.hdfs = f"HDFS did not start: {why}"
        if self.hdfs != "started":
            raise Failed(self.hdfs)

    def stop(self):
        for process in self.started:
            process.kill()
            process.wait()

    def counters(self):
        """How often the S3 server was asked for what, so far."""
        time.sleep(3)  # it counts a request when the answer has gone
        page = ask(urllib.request.Request(f"http://127.0.0.1:{S3}/minio/metrics/v3/api/requests")).decode()
        found = re.findall(r'^minio_api_requests_total\{name="(\w+)".*type="s3"\} (\S+)$', page, re.M)
        return {api: int(float(count)) for api, count in found}

    @staticmethod
    def webhdfs(method, path, operation):
        return ask(urllib.request.Request(f"http://127.0.0.1:{HDFS_HTTP}/webhdfs/v1{path}?op={operation}", method=method))


def ask(request):
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()
    except OSError as why:
        raise Failed(f"{request.full_url}: {why}") from why


def tree(root):
    """How many files of how many bytes are below a directory; what Hadoop adds for itself is none."""
    files = size = 0
    for directory, _, names in os.walk(root):
        for name in names:
            if not (name.startswith(".") and name.endswith(".crc")) and name != "_SUCCESS":
                files, size = files + 1, size + os.path.getsize(os.path.join(directory, name))
    return files, size


def make_certificate():
    """For MinIO, and as all clients trust it."""
    CERTIFICATES.mkdir()
    certificate, key = CERTIFICATES / "public.crt", CERTIFICATES / "private.key"
    for command in (["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                     "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
                    ["keytool", "-importcert", "-noprompt", "-alias", "minio", "-file", certificate, "-keystore", TRUST, "-storetype", "PKCS12",
                     # as the JDK's own trust store is: one that is encrypted costs a start 10,000 rounds of SHA-256
                     "-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE", "-J-Dkeystore.pkcs12.macAlgorithm=NONE", "-storepass", PASSWORD]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise Failed(f"{command[0]}: {(done.stderr or done.stdout).strip()[-200:]}")


def objects(port, prefix):
    """How many objects MinIO keeps below a key, markers of directories aside."""
    below = WORK / DATA[port] / "bench" / prefix
    return sum("xl.meta" in names and not directory.endswith("__XLDIR__") for directory, _, names in os.walk(below))


def remove(place):
    shutil.rmtree(place, ignore_errors=True)
