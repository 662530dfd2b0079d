"""Check the facts and the pages, and say what to put right. Takes a few seconds."""

import argparse
import sys

from coproduction import environment, progress


def main():
    """Read the command line and check; return 0, or 1 when there is something to put right."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    environment.enter("requirements.txt")
    from coproduction import findings, pipeline

    with progress.step("Checking the facts and the pages"):
        found, _ = pipeline.check(environment.ROOT)
    progress.say(findings.report(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(environment.run(main))
