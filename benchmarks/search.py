"""Ask our search and its rivals the same questions over the same pages: how often the answer comes, and what it costs to fetch.

Takes some minutes. The first run installs the rivals.
"""

import argparse
import shutil
import sys

import measuring
from coproduction import environment, progress


def main():
    """Read the command line, measure and print; return 0, or 1 when the site cannot be built."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markdown", action="store_true", help="print the tables as a page of the site has them")
    parser.add_argument("--only", metavar="NAME", help="ask only those with this in their name")
    arguments = parser.parse_args()
    environment.enter(*measuring.REQUIREMENTS)
    from coproduction import findings, pipeline
    from measuring import comparing, contenders, host

    work = measuring.WORK / "search"
    shutil.rmtree(work, ignore_errors=True)
    with progress.step("Building the site"):
        found = pipeline.build(environment.ROOT, work / "site")
    if found:
        progress.say(findings.report(found))
        return 1
    results = []
    chosen = [one for one in contenders.all_of_them() if (arguments.only or "").lower() in one.name.lower()]
    with host.browsing() as browser:
        for contender in chosen:
            with progress.step(f"Making {contender.name} ready"):
                contender.prepare(environment.ROOT, work / "site", work / contender.name)
            with progress.step(f"Asking {contender.name}"):
                results.append(comparing.measure(contender, work / contender.name, browser))
        progress.say(comparing.report(results, host.machine(browser), arguments.markdown))
    return 0


if __name__ == "__main__":
    sys.exit(environment.run(main))
