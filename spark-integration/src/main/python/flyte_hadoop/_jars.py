"""Chooses the jars that fit a Spark: by its Scala and its Hadoop, which are in the names of its own jars."""

import importlib.util
import os
import re
from pathlib import Path
from typing import List, Optional

_HERE = Path(__file__).resolve().parent / "jars"

# by Scala and Hadoop; the first is in each
_JARS = {
    ("2.12", "3.3"): ["flyte-hadoop-common.jar", "flyte-hadoop-2.12-hadoop-3.3.jar"],
    ("2.13", "3.4"): ["flyte-hadoop-common.jar", "flyte-hadoop-2.13.jar", "hadoop-aws-3.4.*.jar", "hadoop-azure-3.4.*.jar"],
    ("2.13", "3.5"): ["flyte-hadoop-common.jar", "flyte-hadoop-2.13.jar", "flyte-hadoop-hadoop-3.5.jar"],
}


class UnsupportedSparkError(RuntimeError):
    """There is no Spark, or none that these jars work with."""


def spark_jars() -> Path:
    """The directory of Spark's own jars."""
    home = os.environ.get("SPARK_HOME")
    if not home:
        package = importlib.util.find_spec("pyspark")
        if package is None or not package.submodule_search_locations:
            raise UnsupportedSparkError("Cannot find Spark: PySpark is not installed. Install pyspark, or set SPARK_HOME.")
        home = list(package.submodule_search_locations)[0]
    directory = Path(home) / "jars"
    if not directory.is_dir():
        raise UnsupportedSparkError(f"Cannot find Spark: there is no {directory}. Correct SPARK_HOME.")
    return directory


def _version(directory: Path, artifact: str) -> Optional[str]:
    for file in sorted(directory.glob(f"{artifact}-*.jar")):
        match = re.fullmatch(re.escape(artifact) + r"-(\d+\.\d+).*\.jar", file.name)
        if match:
            return match.group(1)
    return None


def jars() -> List[str]:
    """The paths of the jars for the Spark in ``SPARK_HOME``, or for the installed PySpark."""
    directory = spark_jars()
    scala = _version(directory, "scala-library")
    hadoop = _version(directory, "hadoop-client-api") or _version(directory, "hadoop-common")
    names = _JARS.get((scala or "", hadoop or ""))
    if names is None:
        known = ", ".join(f"Scala {known_scala} with Hadoop {known_hadoop}" for known_scala, known_hadoop in _JARS)
        raise UnsupportedSparkError(
            f"Cannot use the Spark in {directory.parent}: it has Scala {scala} and Hadoop {hadoop}. Use one with {known}."
        )
    return [str(file) for name in names for file in sorted(_HERE.glob(name))]


def jar() -> str:
    """The jars, as ``--jars`` and ``spark.jars`` take them: paths with commas between them."""
    return ",".join(jars())


def _is_ours(file: Path) -> bool:
    return file.is_symlink() and Path(os.readlink(file)).parts[-3:-1] == _HERE.parts[-2:]


def _has_own(directory: Path, name: str) -> bool:
    """Whether Spark has a connector of its own where ours would be: two of them are a mixture, even of one minor release."""
    match = re.match(r"(hadoop-(?:aws|azure)-)(\d+\.\d+)", name)
    if match is None:
        return False
    module, minor = match.groups()
    own = [file for file in sorted(directory.glob(f"{module}[0-9]*.jar")) if file.name != name and not _is_ours(file)]
    for file in own:
        if not file.name.startswith(f"{module}{minor}."):
            raise UnsupportedSparkError(f"Cannot use {file}: the Hadoop beside it is {minor}. Replace it by one of that.")
    return bool(own)


def _wanted(directory: Path) -> List[str]:
    return [source for source in jars() if not _has_own(directory, Path(source).name)]


def linked() -> bool:
    """Whether all the jars are among Spark's own, where ``python -m flyte_hadoop link`` puts them."""
    try:
        directory = spark_jars()
        return all((directory / Path(source).name).exists() for source in _wanted(directory))
    except UnsupportedSparkError:
        return False


def link() -> List[str]:
    """Puts the jars among Spark's own, as an image has them. Returns where they are.

    Only links that this made before are replaced. A connector that Spark has of its own stays, and ours is left away.
    """
    directory = spark_jars()
    wanted = _wanted(directory)
    targets = [directory / Path(source).name for source in wanted]
    for target in targets:
        if os.path.lexists(target) and not _is_ours(target):
            raise UnsupportedSparkError(f"Cannot link {target}: something else has that name. Move it away first.")
    try:
        for file in directory.glob("*.jar"):
            if _is_ours(file):
                file.unlink()
        for source, target in zip(wanted, targets):
            target.symlink_to(source)
    except OSError as failure:
        raise UnsupportedSparkError(f"Cannot link the jars in {directory}: {failure}. Run it as who may write there.") from failure
    return [str(target) for target in targets]
