"""Rules on the ways to tell us of a mistake."""

from cases import Case
from tiny import front_matter

CASES = [
    Case("page-in-the-way", "docs/tell/spade.md", "", front_matter("Tell") + "Tell us.\n", at=""),
    Case("email-wrong", "mkdocs.yml", 'email: ""', 'email: "dig at garden"'),
]
