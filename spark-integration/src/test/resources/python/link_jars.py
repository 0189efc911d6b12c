"""Links jars into a Spark that is a directory of empty files, and says nothing when all is as it should be."""

import contextlib
import io
import os
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from flyte_hadoop import UnsupportedSparkError, __main__, _jars, spark_conf  # noqa: E402

OURS = ["flyte-hadoop-common.jar", "flyte-hadoop-2.13.jar", "hadoop-aws-3.4.1.jar", "hadoop-azure-3.4.1.jar"]
package = Path(sys.argv[1]) / "flyte_hadoop" / "jars"
package.mkdir()
for name in [*OURS, "flyte-hadoop-hadoop-3.5.jar", "flyte-hadoop-2.12-hadoop-3.3.jar"]:
    (package / name).touch()


def spark(case: str, *own: str) -> Path:
    jars = Path(case).resolve() / "jars"
    jars.mkdir(parents=True)
    for name in ["scala-library-2.13.16.jar", "hadoop-client-api-3.4.2.jar", *own]:
        (jars / name).touch()
    os.environ["SPARK_HOME"] = str(jars.parent)
    return jars


def links(jars: Path):
    return sorted(file.name for file in jars.iterdir() if file.is_symlink())


def refusal() -> str:
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        assert __main__.main(["link"]) == 1
    return said.getvalue()


# all names, again after an older wheel
jars = spark("plain")
assert not _jars.linked() and "spark.jars" in spark_conf()
older = jars / "hadoop-aws-3.4.0.jar"
older.symlink_to("/elsewhere/site-packages/flyte_hadoop/jars/hadoop-aws-3.4.0.jar")
_jars.link()
assert links(jars) == sorted(OURS), links(jars)
assert len(_jars.link()) == 4 and links(jars) == sorted(OURS)
assert _jars.linked() and "spark.jars" not in spark_conf()
(jars / OURS[1]).unlink()
assert not _jars.linked()

# a connector of Spark's own stays, and is the only one
jars = spark("own", "hadoop-aws-3.4.2.jar")
_jars.link()
assert links(jars) == sorted(name for name in OURS if "aws" not in name), links(jars)
assert _jars.linked() and (jars / "hadoop-aws-3.4.2.jar").is_file()
spark("other", "hadoop-azure-3.3.4.jar")
assert "hadoop-azure-3.3.4.jar: the Hadoop beside it is 3.4" in refusal()
assert not _jars.linked()

# a file and a link of somebody else are refused before anything is done
jars = spark("taken", OURS[3])
assert "something else has that name. Move it away first." in refusal()
assert links(jars) == [] and (jars / OURS[3]).is_file()
jars = spark("foreign")
(jars / OURS[0]).symlink_to("/opt/other/flyte-hadoop-common.jar")
assert "something else has that name" in refusal()

# what the system refuses is a message, too
jars = spark("unwritable")
_jars.Path.symlink_to = lambda self, target: os.symlink(target, "/nonexistent/" + self.name)
assert "Cannot link the jars in" in refusal()
try:
    _jars.link()
except UnsupportedSparkError as failure:
    assert isinstance(failure.__cause__, OSError)
