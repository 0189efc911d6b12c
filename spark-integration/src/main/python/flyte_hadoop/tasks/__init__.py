"""Declares tasks that are written in Java, or in another language of the JVM.

For flytekit (Flyte 1): ``JvmTask`` and ``JvmSparkTask``. For the flyte SDK (Flyte 2): ``JvmTaskTemplate`` and
``JvmSparkTaskTemplate``. Each is imported when it is asked for, so that one SDK is enough.
"""

from importlib import import_module

_MODULES = {
    "JvmTask": ("flyte_hadoop.tasks._flytekit", "flytekit"),
    "JvmSparkTask": ("flyte_hadoop.tasks._flytekit", "flytekit"),
    "JvmTaskTemplate": ("flyte_hadoop.tasks._flyte", "flyte"),
    "JvmSparkTaskTemplate": ("flyte_hadoop.tasks._flyte", "flyte"),
}

__all__ = ["JvmSparkTask", "JvmSparkTaskTemplate", "JvmTask", "JvmTaskTemplate"]


def __getattr__(name):
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, package = _MODULES[name]
    try:
        return getattr(import_module(module), name)
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] != package:
            raise
        raise ImportError(f"{name} needs the package {package}. Install it: pip install {package}") from missing


def __dir__():
    return sorted([*globals(), *__all__])
