"""Check the facts and the pages: say how easy each page is to read, and what to put right. Takes a few seconds.

With the file of a page, such as docs/ladder.md, it says more of that page, and of that page only. With --late it
only lists the dates that have passed, as Markdown.
"""

import argparse
import sys
import textwrap
from pathlib import Path

from coproduction import environment, progress


def main():
    """Read the command line and check; return 0, or 1 when there is something to put right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", nargs="?", help="the file of one page: docs/ladder.md")
    parser.add_argument(
        "--write-schemas", action="store_true", help="write the files that help editors with the facts again, then check"
    )
    parser.add_argument("--late", action="store_true", help="list what is to be read again or mended, and check nothing")
    arguments = parser.parse_args()
    environment.enter("requirements.txt")
    from coproduction import dates, findings, pipeline, published, reading

    late = pipeline.late_dates(environment.ROOT)
    if arguments.late:
        if late:
            progress.say(dates.in_a_list(late).rstrip())
        return 0
    if arguments.write_schemas:
        reading.write_schemas(environment.ROOT / "docs" / "data")
    with progress.step("Checking the facts and the pages"):
        found, reports = pipeline.check(environment.ROOT)
        taken_off, unproved = published.check_growth(environment.ROOT)
        found += taken_off
    if arguments.page:
        return one_page(arguments.page, found, reports)
    if reports:
        progress.say(reading_table(reports))
    progress.say(findings.report(found))
    for line in (unproved, dates.in_a_line(late, pipeline.today(environment.ROOT)), pipeline.before_launch(environment.ROOT)):
        if line:
            progress.say(line)
    return 1 if found else 0


def reading_table(reports):
    """Return one line for each page: its reading level (ARI), the highest it may have, and its long sentences.

    Below stand the pages that say why they are harder to read.
    """
    lines = ["level  limit  words  long sentences  page"]
    ordered = sorted(reports, key=lambda report: report.file)
    for report in ordered:
        read = report.reading
        lines.append(
            f"{read.ari:5.1f}  {report.limit:5}  {read.words:5}  {read.long_sentences:5} of {read.sentences:<5}  {report.file}"
        )
    harder = [f"  {report.file}: {report.reason}" for report in ordered if report.reason]
    said = "Harder to read, and why:" if harder else "No page is harder to read than its limit."
    return "\n".join([*lines, "", said, *harder]) + "\n"


def one_page(name, found, reports):
    """Say how one page reads and what to put right in it; return 1 when there is something, or no such page."""
    from coproduction import findings, reading
    from coproduction.model import nearest

    root = environment.ROOT
    file = inside(root, name)
    if not (root / file).is_file() or not file.startswith("docs/") or not file.endswith(".md"):
        pages = [path.relative_to(root).as_posix() for path in (root / "docs").rglob("*.md")]
        near = nearest(file, pages) or nearest(f"docs/{file}", pages)
        progress.say(f"There is no page {name}. {f'Did you mean {near[0]}?' if near else 'Name its file: docs/ladder.md'}")
        return 1
    own = [finding for finding in found if finding.file == file]
    for report in reports:
        if report.file == file:
            progress.say(page_report(root, report, reading.read(root / "docs" / "data")))
    if not reports:
        progress.say("How it reads can be said when the facts are put right: run check.py without a page.")
    progress.say(findings.report(own))
    return 1 if own else 0


def inside(root, name):
    """Return the path of a file as findings show it: from the project's folder, with slashes."""
    path = Path(name).resolve()
    return path.relative_to(root.resolve()).as_posix() if path.is_relative_to(root.resolve()) else Path(name).as_posix()


def page_report(root, report, library):
    """Return how one page reads: its level and limit, its longest sentences and words, and its dates."""
    from coproduction import pages, wording
    from coproduction.tables import day

    read, meta = report.reading, report.meta
    share = 100 * read.long_sentences / max(read.sentences, 1)
    facts = {
        "Page": f"{report.file}: {meta.title}",
        "Reading level": f"{read.ari} (ARI). A page for these readers ({meta.reading}) may have {report.limit}.",
        "Harder, because": report.reason,
        "Words": f"{read.words} in {read.sentences} sentences: {read.words / max(read.sentences, 1):.1f} a sentence.",
        "Long sentences": f"{read.long_sentences} have more than {wording.LONG_SENTENCE} words: {share:.0f} in 100. "
        f"The most is {100 * wording.LONG_SHARE:.0f} in 100, and one more.",
        "Longest words": ", ".join(wording.longest_words(passage.text for passage in report.passages)),
        "Words changed": day(meta.updated),
        "Read through": f"{day(meta.reviewed)}. To be read again by {day(meta.review_by)}.",
    }
    lines = [told(f"{name:<17}", said) for name, said in facts.items() if said]
    lines += ["", "The longest sentences, and where their words stand:"]
    for sentence in pages.longest_sentences(root, report, library, 5):
        lines += [f"  {sentence.words} words, {sentence.place.file}, line {sentence.place.line}", told("    ", sentence.text)]
    return "\n".join(lines) + "\n"


def told(before, text):
    """Return ``text`` after ``before``, in lines that fit."""
    from coproduction.findings import WIDTH

    return textwrap.fill(text, WIDTH, initial_indent=before, subsequent_indent=" " * len(before), break_on_hyphens=False)


if __name__ == "__main__":
    sys.exit(environment.run(main))
