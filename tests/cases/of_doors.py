"""Rules on the ways to tell us of a mistake."""

from pathlib import Path

from cases import Case
from coproduction import doors
from coproduction.findings import Finding
from tiny import front_matter

BUILT = "site/spade/index.html"
FRAMED = {BUILT: '<header class="cp-header"><a class="cp-brand">Garden</a></header><main>Dig.</main>'}


def framed(site: Path) -> list[Finding]:
    """What is missing around the words of one built page."""
    return doors.lost_frames(site / "site", ["spade.md"])


CASES = [
    Case("frame-lost", BUILT, "<main>Dig.</main>", "Dig.", at="", given=FRAMED, seen_by=framed),
    Case("frame-lost", BUILT, "<header", "<script><header", at="", given=FRAMED, seen_by=framed),
    Case("page-in-the-way", "docs/tell/spade.md", "", front_matter("Tell") + "Tell us.\n", at=""),
    Case("email-wrong", "mkdocs.yml", 'email: ""', 'email: "dig at garden"'),
]
