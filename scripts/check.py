"""Check the facts and the pages: say how easy each page is to read, and what to put right. Takes a few seconds.

With the file of a page, such as docs/ladder.md, it says more of that page, and of that page only. With --late it
only lists the dates that have passed, as Markdown. With --format github or json, the output holds what to put right
and nothing else: the rest goes where progress goes.
"""

import argparse
import sys
from pathlib import Path

from coproduction import environment, progress


def main():
    """Read the command line and check; return 0, or 1 when there is something to put right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", nargs="?", help="the file of one page: docs/ladder.md")
    parser.add_argument(
        "--write-schemas", action="store_true", help="write the files that help editors with the facts again, then check"
    )
    parser.add_argument(
        "--lock", action="store_true", help="lock each quotation that is new or was compared with its source again, then check"
    )
    parser.add_argument("--late", action="store_true", help="list what is to be read again or mended, and check nothing")
    environment.add_format(parser)
    arguments = parser.parse_args()
    environment.enter("requirements.txt")
    from coproduction import dates, drift, findings, pipeline, published, reading, reports, settings

    if none := reading.no_files(environment.ROOT):  # nothing else can be read before that is put right
        progress.result(findings.report(none, arguments.format), arguments.format)
        return 1
    late = pipeline.late_dates(environment.ROOT)
    if arguments.late:
        if late:
            progress.say(dates.in_a_list(late).rstrip())
        return 0
    if arguments.write_schemas:
        reading.write_schemas(environment.ROOT / "docs" / "data")
    if arguments.lock:
        progress.aside(f"Quotations locked: {drift.lock(environment.ROOT)}.", arguments.format)
    with progress.step("Checking the facts and the pages"):
        found, levels = pipeline.check(environment.ROOT)
        taken_off, unproved = published.check_growth(environment.ROOT)
        found = drift.check(environment.ROOT, found + taken_off)
    if arguments.page:
        return one_page(arguments.page, found, levels, arguments.format)
    if levels:
        progress.aside(reports.of_all(levels), arguments.format)
    progress.result(findings.report(found, arguments.format), arguments.format)
    more, passed = pipeline.more_to_come(environment.ROOT, found, levels), dates.in_a_line(late, pipeline.today(environment.ROOT))
    for line in (more, unproved, passed, pipeline.unused_facts(environment.ROOT), settings.before_launch(environment.ROOT)):
        if line:
            progress.aside(line, arguments.format)
    return 1 if found else 0


def one_page(name, found, levels, form):
    """Say how one page reads and what to put right in it; return 1 when there is something.

    Raises Trouble when there is no such page.
    """
    from coproduction import findings, pages, reading, reports
    from coproduction.model import nearest

    root = environment.ROOT
    file = inside(root, name)
    if (root / file).is_dir():
        raise environment.Trouble(f"{name} is a folder, not a page. Name the file of one page: docs/ladder.md")
    if not (root / file).is_file() or not file.startswith("docs/") or not file.endswith(".md"):
        known = [f"docs/{name}" for name in pages.files(root / "docs")]
        near = nearest(file, known) or nearest(f"docs/{file}", known)
        meant = f"Did you mean {near[0]}?" if near else "Name its file: docs/ladder.md"
        raise environment.Trouble(f"There is no page {name}. {meant}")
    own = [finding for finding in found if finding.file == file]
    for level in levels:
        if level.file == file:
            progress.aside(reports.of_one(root, level, reading.read(root / "docs" / "data")), form)
    if not levels:
        progress.aside("How it reads can be said when the facts are put right: run check.py without a page.", form)
    progress.result(findings.report(own, form), form)
    return 1 if own else 0


def inside(root, name):
    """Return the path of a file as findings show it: from the project's folder, with slashes."""
    path = Path(name).resolve()
    return path.relative_to(root.resolve()).as_posix() if path.is_relative_to(root.resolve()) else Path(name).as_posix()


if __name__ == "__main__":
    sys.exit(environment.run(main))
