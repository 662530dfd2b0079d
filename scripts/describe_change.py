"""Say what a change does to the words, for reviewers who cannot read a diff. Prints Markdown; nothing when nothing changes.

BASE is what the change is compared with, a branch or a commit: main
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from coproduction import environment, progress


def main():
    """Read the command line and compare; return 0, or 1 when there is nothing to compare with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", metavar="BASE", help="the branch or commit that the change is to go into: main")
    arguments = parser.parse_args()
    environment.enter("requirements.txt")
    from coproduction import changes

    with TemporaryDirectory() as folder:
        try:
            changes.before(environment.ROOT, arguments.base, Path(folder))
            outside = changes.beyond_words(environment.ROOT, arguments.base)
        except changes.UnknownBase as unknown:
            progress.fail(str(unknown))
            return 1
        reasons = changes.reasons(environment.ROOT, arguments.base)
        said = changes.describe(changes.read(Path(folder)), changes.read(environment.ROOT), reasons, outside)
    if said:
        progress.say(said.rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(environment.run(main))
