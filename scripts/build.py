"""Build the whole site into the folder "site". While anything is to be put right, the last good site stays there."""

import argparse
import sys

from coproduction import environment, progress


def main():
    """Read the command line and build; return 0, or 1 when there is something to put right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--release",
        action="store_true",
        help="refuse to build with settings that are not fit to publish; add the new addresses to the list",
    )
    parser.add_argument(
        "--record-addresses", action="store_true", help="add the new addresses to the list of those that must go on working"
    )
    arguments = parser.parse_args()
    environment.enter("requirements.txt")
    from coproduction import findings, pipeline, published

    site = environment.ROOT / "site"
    with progress.step("Building the site"):
        found = pipeline.release_findings(environment.ROOT) if arguments.release else []
        found = found or pipeline.build(environment.ROOT, site)
    if found:
        progress.say(findings.report(found))
        return 1
    progress.say("The site is in the folder “site”.")
    if arguments.release or arguments.record_addresses:
        progress.say(f"New addresses added to {published.LIST}: {published.record(environment.ROOT, site)}.")
    if waiting := pipeline.before_launch(environment.ROOT):
        progress.say(waiting)
    return 0


if __name__ == "__main__":
    sys.exit(environment.run(main))
