"""A table for a terminal, and the same in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

Row = Sequence[str]


def aligned(rows: Sequence[Row]) -> str:
    """Columns that stand under each other; the first row is the head."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = [[f"{cell:>{width}}" for cell, width in zip(row, widths)] for row in rows]
    return "\n".join("  ".join([f"{row[0]:<{widths[0]}}", *line[1:]]) for row, line in zip(rows, lines))


def markdown(rows: Sequence[Row]) -> str:
    """The same as a page has it, where all columns begin on the left: others would need a style of their own."""
    head, *rest = rows
    lines = [head, ["---" for _ in head], *rest]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
