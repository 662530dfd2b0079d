"""Run all the tests. Words after the options go to pytest: a file, or -k and a name."""

import argparse
import os
import sys

from coproduction import environment


def main():
    """Read the command line and run the tests; return what pytest returns, or 1 without a browser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out the tests that need a browser")
    arguments, for_pytest = parser.parse_known_args()
    environment.enter("requirements.txt", "tests/requirements.txt")
    import pytest

    os.chdir(environment.ROOT)
    if arguments.quick:
        for_pytest = ["-m", "not browser", *for_pytest]
    else:
        os.environ["COPRODUCTION_BROWSER"] = environment.find_browser().path
    return pytest.main(["--rootdir=.", "--strict-markers", "-ra", "-o", "testpaths=tests", *for_pytest])


if __name__ == "__main__":
    sys.exit(environment.run(main))
