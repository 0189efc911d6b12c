"""``python -m flyte_hadoop link`` puts the jars among Spark's own; ``python -m flyte_hadoop jar`` prints what ``--jars`` takes."""

import sys

from flyte_hadoop import UnsupportedSparkError, _jars


def main(arguments) -> int:
    commands = {"jar": lambda: print(_jars.jar()), "link": lambda: print("\n".join(_jars.link()))}
    if len(arguments) != 1 or arguments[0] not in commands:
        print("usage: python -m flyte_hadoop jar|link", file=sys.stderr)
        return 2
    try:
        commands[arguments[0]]()
    except UnsupportedSparkError as failure:
        print(f"flyte_hadoop: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
