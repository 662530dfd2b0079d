"""Rules on quotations."""

from cases import Case

WORDS = "      words: People dig the garden together as equal partners.\n"
SEEN = '      source: source-garden\n      where: Page 2\n      checked: "2026-11"\n'
LOCK = "      locked: 1e1b683b-7b6c750c\n"
DEFINITIONS = "docs/data/definitions.yml"

CASES = [
    Case("quotation-changed", DEFINITIONS, WORDS, WORDS.replace("garden", "gardens"), at="words: People dig"),
    Case("quotation-not-locked", DEFINITIONS, LOCK, "", at="words: People dig"),
    Case(
        "quotation-not-locked",
        DEFINITIONS,
        WORDS + SEEN,
        (WORDS + SEEN).replace("garden together", "garden, together").replace("Page 2", "Page 2, line 3"),
        at="locked: 1e1b683b",
    ),
]
