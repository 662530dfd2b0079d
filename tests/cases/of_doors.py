"""Rules on the ways to tell us of a mistake."""

from cases import Case

PAGE = """\
---
title: Tell
description: How to tell.
reading: practice
updated: 2026-11-22
reviewed: 2026-11-22
review_by: 2027-11-22
owner: The editors
---

Tell us.
"""

CASES = [
    Case("page-in-the-way", "docs/tell/spade.md", "", PAGE, at=""),
    Case("email-wrong", "mkdocs.yml", 'email: ""', 'email: "dig at garden"'),
]
