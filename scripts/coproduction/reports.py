"""How the pages read, as an editor sees it: one line for each page, or all of one page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path

from coproduction import pages, wording
from coproduction.findings import WIDTH
from coproduction.pages import ReadingReport
from coproduction.reading import Library
from coproduction.tables import day


def of_all(reports: Iterable[ReadingReport]) -> str:
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


def of_one(root: Path, report: ReadingReport, library: Library) -> str:
    """Return how one page reads: its level and limit, its longest sentences and words, and its dates."""
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
    lines = [_told(f"{name:<17}", said) for name, said in facts.items() if said]
    lines += ["", "The longest sentences, and where their words stand:"]
    for sentence in pages.longest_sentences(root, report, library, 5):
        lines += [f"  {sentence.words} words, {sentence.place.file}, line {sentence.place.line}", _told("    ", sentence.text)]
    return "\n".join(lines) + "\n"


def _told(before: str, text: str) -> str:
    """Return ``text`` after ``before``, in lines that fit."""
    return textwrap.fill(text, WIDTH, initial_indent=before, subsequent_indent=" " * len(before), break_on_hyphens=False)
