"""List the links to other sites that lead nowhere today, as Markdown; nothing when all lead somewhere. Needs the internet.

It asks each host gently, so it takes some minutes. Look at each link before you change it: a host may only be down for a
day, or may not answer machines. The site must have been built: python3 scripts/build.py
"""

import argparse
import sys

from coproduction import environment, progress


def main():
    """Read the command line and ask; return 0, whatever the answers, or 1 when there is no site."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    environment.enter("requirements.txt")
    from coproduction import outside, settings

    site = environment.ROOT / "site"
    if not site.is_dir():
        progress.say("There is no site yet. Run: python3 scripts/build.py")
        return 1
    given = settings.read(environment.ROOT)
    # Each page leads to the editor and the forms of the code host: to ask for all of them would be a load, and prove nothing.
    ours = (
        address.partition("{")[0] for address in (given.site_url, given.extra.edit_page, given.extra.edit_line, given.extra.forms)
    )
    found = outside.lost(outside.links(site), tuple(filter(None, ours)))
    if found:
        progress.say(outside.in_a_list(found).rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(environment.run(main))
