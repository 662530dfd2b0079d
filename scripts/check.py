"""Check the facts and the pages: say how easy each page is to read, and what to put right. Takes a few seconds."""

import argparse
import sys

from coproduction import environment, progress


def main():
    """Read the command line and check; return 0, or 1 when there is something to put right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--write-schemas", action="store_true", help="write the files that help editors with the facts again, then check"
    )
    arguments = parser.parse_args()
    environment.enter("requirements.txt")
    from coproduction import findings, pipeline, published, reading

    if arguments.write_schemas:
        reading.write_schemas(environment.ROOT / "docs" / "data")
    with progress.step("Checking the facts and the pages"):
        found, reports = pipeline.check(environment.ROOT)
        taken_off, unproved = published.check_growth(environment.ROOT)
        found += taken_off
    if reports:
        progress.say(reading_table(reports))
    progress.say(findings.report(found))
    if unproved:
        progress.say(unproved)
    if waiting := pipeline.before_launch(environment.ROOT):
        progress.say(waiting)
    return 1 if found else 0


def reading_table(reports):
    """Return one line for each page: its reading level (ARI), the highest it may have, and its long sentences."""
    lines = ["level  limit  words  long sentences  page"]
    for report in sorted(reports, key=lambda report: report.file):
        read = report.reading
        lines.append(
            f"{read.ari:5.1f}  {report.limit:5}  {read.words:5}  {read.long_sentences:5} of {read.sentences:<5}  {report.file}"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(environment.run(main))
