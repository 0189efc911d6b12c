"""Sessions of PySpark with Flyte's stores."""

import os
from typing import Dict, List

from flyte_hadoop import _jars

_PLUGIN = "io.github.flytehadoop.spark.FlyteSparkPlugin"
_ENTRY = "io.github.flytehadoop.spark.FlyteSpark"

# the jars that this process added to the class loader of its JVM, which stay there for as long as it runs
_loaded: List[str] = []


def spark_conf(*, installed: bool = False) -> Dict[str, str]:
    """The settings for a new session, such as for ``Spark(spark_conf=...)`` of flytekit.

    :param installed: whether the jars are among Spark's own where the session will run, as in an image that was made with
        ``python -m flyte_hadoop link``. Then nothing here needs a Spark, and no path of this machine is in the settings.
    """
    conf = {"spark.plugins": _PLUGIN}
    if not installed and not _jars.linked():
        conf["spark.jars"] = _jars.jar()
    return conf


def configure(spark) -> None:
    """Lets a session that exists open Flyte's stores: ``s3://``, ``gs://``, ``abfs://``, ``hdfs://``.

    Call it before a store is first used. The jars are added when the session has been started without them.
    """
    jvm = spark._jvm
    if not _is_known(jvm):
        _load(jvm)
    _send(spark)
    getattr(jvm, _ENTRY).configure(spark._jsparkSession)


def _is_known(jvm) -> bool:
    # py4j takes a name that no class has for a package
    return type(getattr(jvm, _ENTRY)).__name__ == "JavaClass"


def _load(jvm) -> None:
    loader = jvm.java.lang.Thread.currentThread().getContextClassLoader()
    while loader is not None and not loader.getClass().getName().endswith("MutableURLClassLoader"):
        loader = loader.getParent()
    if loader is None:
        raise _jars.UnsupportedSparkError(
            "Cannot add jars to this session: its JVM was started by something else than Spark. Start it with spark_conf()."
        )
    for path in _jars.jars():
        loader.addURL(jvm.java.io.File(path).toURI().toURL())
        _loaded.append(path)


def _send(spark) -> None:
    """Executors belong to one context, and the JVM outlives it: each context is given the jars that were loaded here."""
    context = spark.sparkContext._jsc
    known = {jar.rsplit("/", 1)[-1] for jar in _of(context.sc().listJars())}
    for path in _loaded:
        if os.path.basename(path) not in known:
            context.addJar(path)


def _of(jars) -> List[str]:
    return [jars.apply(index) for index in range(jars.size())]
