"""Run all the tests. Words after the options go to pytest: a file, or -k and a name."""

import argparse
import os
import sys

from coproduction import environment

# One process for each processor, but not so many browsers that memory runs out. Each takes tests that stand together,
# because they share what was built for them; the one that ends first helps the others.
ON_ALL_PROCESSORS = ("-n", "logical", "--maxprocesses", "4", "--dist", "worksteal")


def main():
    """Read the command line and run the tests; return what pytest returns, or 1 without a browser.

    A whole run, without options or words, also compares what it looked at and found with docs/data/tested.yml,
    which the accessibility page prints, and fails when they disagree. The versions of the machine's browsers
    are not compared, and the number of checks need only be near: both differ from machine to machine.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--quick", action="store_true", help="leave out the tests that need a browser or take long")
    which.add_argument(
        "--record", action="store_true", help="run everything; when nothing fails, write what was tested to docs/data/tested.yml"
    )
    arguments, for_pytest = parser.parse_known_args()
    if arguments.record and for_pytest:
        parser.error("--record runs everything: it takes no other words")
    environment.enter("requirements.txt", "tests/requirements.txt")
    import pytest

    os.chdir(environment.ROOT)
    options = [] if for_pytest else [*ON_ALL_PROCESSORS]
    if arguments.quick:
        options += ["-m", "not browser and not long"]
    else:
        os.environ["COPRODUCTION_BROWSER"] = environment.find_browser().path
        if not for_pytest:
            os.environ.pop("PYTEST_ADDOPTS", None)  # a whole run leaves nothing out
            options.append("--tested=write" if arguments.record else "--tested=compare")
    return pytest.main(["--rootdir=.", "--strict-markers", "-ra", "-o", "testpaths=tests", *options, *for_pytest])


if __name__ == "__main__":
    sys.exit(environment.run(main))
