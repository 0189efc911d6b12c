"""Flyte Hadoop Persistence for Python: brings its jars to Spark, and ``flyte_hadoop.tasks`` declares tasks that run on the JVM.

``spark_conf()`` returns the settings of a new session, ``configure(spark)`` configures one that exists, and ``jar()`` returns what
``--jars`` takes. The jars are those of the Spark in ``SPARK_HOME``, or of the installed PySpark.
"""

from flyte_hadoop._jars import UnsupportedSparkError, jar, jars
from flyte_hadoop._session import configure, spark_conf

__all__ = ["UnsupportedSparkError", "configure", "jar", "jars", "spark_conf"]
