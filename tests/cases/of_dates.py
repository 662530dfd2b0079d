"""Rules on dates."""

from cases import Case

CASES = [
    Case("tested-too-soon", "docs/data/tested.yml", "date: 2026-11-21", "date: 2999-01-01", at=""),
    Case("looked-too-soon", "docs/data/sources.yml", 'checked: "2026-11"', 'checked: "2099-11-22"'),
    Case(
        "read-too-soon",
        "docs/data/glossary.yml",
        "reviewed: 2026-11-22\n  review_by: 2027-11-22",
        "reviewed: 2098-01-01\n  review_by: 2098-11-22",
        at="  reviewed:",
    ),
    Case("read-too-soon", "docs/training.md", "updated: 2026-11-22", "updated: 2098-01-01"),
    Case("read-too-soon", "docs/training.md", "reviewed: 2026-11-22\nreview_by: 2027", "reviewed: 2098-01-01\nreview_by: 2098"),
]
