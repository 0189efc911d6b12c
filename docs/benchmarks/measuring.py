"""Runs one command on a core of its own, and says what it took."""
import os, pathlib, signal, subprocess, threading, time

CLIENT_CORE, SERVER_CORE = 1, 0
MOST_SECONDS = 1200
WORK = pathlib.Path("/dev/shm" if os.path.isdir("/dev/shm") else "/tmp") / f"flyte-benchmarks-{os.getpid()}"


class Failed(Exception):
    """A command that failed, or did not do its work; the message is for the page."""


def pinned(core):
    return lambda: os.sched_setaffinity(0, {core})


def cpu_of(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cpu_of_all():
    """Seconds that anything on this machine worked, and that the machine was taken away."""
    user, nice, system, _, _, irq, softirq, steal = map(int, pathlib.Path("/proc/stat").read_text().split("\n")[0].split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def end_group(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def measure(command, env, servers):
    """Wall and CPU seconds, peak MiB, the servers' share of their core, and how many cores others kept busy meanwhile."""
    before, all_before = [cpu_of(server) for server in servers], cpu_of_all()
    with open(WORK / "log", "w+b") as log:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=env, preexec_fn=pinned(CLIENT_CORE),
                                   start_new_session=True)
        late = threading.Timer(MOST_SECONDS, end_group, [process])
        late.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            end_group(process)
            raise
        finally:
            late.cancel()
        wall = time.monotonic() - start
        process.returncode = status
        if status:
            raise Failed(f"took more than {MOST_SECONDS} s" if wall >= MOST_SECONDS else reason(status, log))
    cpu, served = used.ru_utime + used.ru_stime, sum(cpu_of(server) - b for server, b in zip(servers, before))
    others = max(0.0, cpu_of_all() - all_before - cpu - served) / wall
    return {"wall": wall, "cpu": cpu, "rss": used.ru_maxrss / 1024, "server": served / wall, "others": others}


def reason(status, log):
    log.seek(0)
    lines = [line.strip() for line in log.read().decode(errors="replace").splitlines() if line.strip()]
    code = os.waitstatus_to_exitcode(status)
    # a stack trace is not the reason, what stands above it is
    said = [line for line in lines if not line.startswith(("at ", "..."))] or ["it said nothing"]
    return f"exit {code}: {said[-1][:200]}"
