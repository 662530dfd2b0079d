"""Rules on the sheets to print."""

from cases import Case, built

EASY = "docs/data/easy_read.yml"
LAST_LINE = """\
          - words: We dig together.
            picture: do-together
            alt: Two people with one spade.
"""

CASES = [
    Case("sheet-too-long", EASY, LAST_LINE, LAST_LINE * 60, at="- id: easy-garden", seen_by=built),
    Case("sheet-not-set", EASY, "We dig together.", "We dig together 👍.", at="- id: easy-garden", seen_by=built),
]
