"""Build sites of 1,000 and 3,000 pages, and measure our search and the theme's own: its size, and how long a reader waits.

Takes about ten minutes. The words of the new pages are those of ours, mixed. Fails when a part of our index is too large.
"""

import argparse
import shutil
import sys

import measuring
from coproduction import environment, progress


def main():
    """Read the command line, measure and print; return 0, or 1 when a site cannot be built or a part is too large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markdown", action="store_true", help="print the tables as a page of the site has them")
    parser.add_argument("--pages", type=int, nargs="*", default=[1000, 3000], help="how many pages to add (1000 3000)")
    arguments = parser.parse_args()
    environment.enter(*measuring.REQUIREMENTS)
    from coproduction import findings, pipeline
    from measuring import generated, growing, host
    from measuring.contenders import Material

    work = measuring.WORK / "growth"
    shutil.rmtree(work, ignore_errors=True)
    results = []
    words = None
    with host.browsing() as browser:
        for count in (0, *arguments.pages):
            name = f"{count:,} more pages" if count else "the site as it is"
            root, folder = generated.copy_tree(environment.ROOT, work / f"{count}" / "tree"), work / f"{count}"
            if count:
                generated.grow(root, words, count)
            with progress.step(f"Building {name}"):
                found = pipeline.build(root, folder / "ours")
            if found:
                progress.say(findings.report(found))
                return 1
            words = words or generated.words_of(folder / "ours")
            with progress.step(f"Building {name} with stock Material"):
                Material().prepare(root, folder / "ours", folder / "material")
            for contender in (growing.OURS, growing.MATERIAL):
                with progress.step(f"Typing into {contender.name}, {name}"):
                    results.append(growing.measure(contender, folder, name, browser))
        progress.say(growing.report(results, host.machine(browser), arguments.markdown))
    too_large = [line for result in results for line in result.too_large]
    if too_large:
        progress.say("\n".join(too_large))
    return int(bool(too_large))


if __name__ == "__main__":
    sys.exit(environment.run(main))
