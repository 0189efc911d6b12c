"""Notes every warning, also one that the SDK itself catches: each is a failure of the script."""

import logging
import sys
import warnings

LOGGERS = ("", "flytekit", "user_space", "developer", "flyte", "flyte.user")
OF_OTHERS = (DeprecationWarning, PendingDeprecationWarning, FutureWarning, ResourceWarning)

seen = []


class Noting(logging.Handler):
    def emit(self, record):
        seen.append(f"{record.name}: {record.getMessage()}")


def note(message, category, filename, lineno, file=None, line=None):
    # how a library uses another one is no matter of what it reads
    if "flyte" in filename.rsplit("site-packages", 1)[-1] or not issubclass(category, OF_OTHERS):
        seen.append(f"{category.__name__}: {message} ({filename}:{lineno})")


def watch():
    handler = Noting(level=logging.WARNING)
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.setLevel(logging.WARNING)
        logger.addHandler(handler)
    warnings.simplefilter("always")
    warnings.showwarning = note
    # what is watched is seen
    logging.getLogger("flytekit").warning("probe")
    logging.getLogger("flyte").warning("probe")
    warnings.warn("probe")
    assert len({text.split(":")[0] for text in seen}) == 3, seen
    seen.clear()


def check():
    if seen:
        sys.exit("The SDK warned:\n" + "\n".join(seen))
