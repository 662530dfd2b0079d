"""Rules on dates."""

from cases import Case

CASES = [Case("tested-too-soon", "docs/data/tested.yml", "date: 2026-11-21", "date: 2999-01-01", at="")]
