"""A table for a terminal, and the same for a page of the site."""

from __future__ import annotations

from collections.abc import Sequence

Row = Sequence[str]


def aligned(rows: Sequence[Row]) -> str:
    """Columns that stand under each other; the first row is the head."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = [[f"{cell:>{width}}" for cell, width in zip(row, widths)] for row in rows]
    return "\n".join("  ".join([f"{row[0]:<{widths[0]}}", *line[1:]]) for row, line in zip(rows, lines))


def for_a_page(rows: Sequence[Row]) -> str:
    """The same as a page has it: a screen reader says which column and which row each number is of.

    Whoever puts it on a page writes in its caption what it shows. The table signs of Markdown have room for neither.
    """
    head, *rest = rows
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    lines = [f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>' for name, *cells in rest]
    return "\n".join(["<table>", "<caption></caption>", f"<thead><tr>{top}</tr></thead>", "<tbody>", *lines, "</tbody>", "</table>"])
