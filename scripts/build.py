"""Build the whole site into the folder "site". While anything is to be put right, the last good site stays there.

A release looks at the list of addresses last, when the new site is there: it may be read, and not be published yet.
"""

import argparse
import sys

from coproduction import environment, progress


def main():
    """Read the command line and build; return 0, or 1 when there is something to put right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--release",
        action="store_true",
        help="refuse what is not fit to publish: a made-up address, or a page that is not in the list of addresses",
    )
    parser.add_argument(
        "--record-addresses", action="store_true", help="add the new addresses to the list of those that must go on working"
    )
    environment.add_format(parser)
    parser.add_argument("--for-disk", action="store_true", help="let the pages open from a disk, without a host")
    arguments = parser.parse_args()
    environment.enter("requirements.txt")
    from coproduction import findings, pipeline, published, settings

    site = environment.ROOT / "site"
    with progress.step("Building the site"):
        found = settings.release_findings(environment.ROOT) if arguments.release else []
        found = found or pipeline.build(environment.ROOT, site, for_disk=arguments.for_disk)
        more_to_come = bool(found)  # a build stops at the first stage that finds something
        if arguments.release and not found and not arguments.record_addresses:
            found = published.unrecorded(environment.ROOT, site)
    form = arguments.format
    if found or form != progress.FORMATS[0]:
        progress.result(findings.report(found, form), form)
    if more_to_come:
        progress.aside(pipeline.MORE_TO_COME, form)
    if found:
        return 1
    progress.aside("The site is in the folder “site”.", form)
    if arguments.record_addresses:
        progress.aside(f"New addresses added to {published.LIST}: {published.record(environment.ROOT, site)}.", form)
    if waiting := settings.before_launch(environment.ROOT):
        progress.aside(waiting, form)
    return 0


if __name__ == "__main__":
    sys.exit(environment.run(main))
