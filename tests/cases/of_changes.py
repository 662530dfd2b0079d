"""Rules on the list of changes, and on who agreed to be named in it."""

from cases import Case
from test_changes import CHANGES, PAGE

FILE = "docs/data/changes.yml"
# In the place of a page that the tiny site has, because the menu must know each.
GIVEN = {FILE: CHANGES.replace("home: changes.md", "home: search.md"), "docs/search.md": PAGE.lstrip("\n")}

CASES = [
    Case("name-unagreed", FILE, "who: a digger", "who: Josephine", given=GIVEN),
    Case("name-unagreed", FILE, "who: a digger", "who: jane smith", given=GIVEN),
    Case("contact-given", FILE, "In the tin, with", "In the tin, 07700 900123, with", at="consent_kept: In", given=GIVEN),
    Case("contact-given", FILE, "said: The shed is dark.", "said: Write to jane@garden.example.", given=GIVEN),
    Case("words-unagreed", FILE, "said: The shed is dark.", "said: Dark.\n      words: I see nothing.", at="words: I", given=GIVEN),
    Case("changed-again-too-early", FILE, "when: 2026-11-21", "when: 2026-11-21\n    changed_again: 2026-01-22", at="changed_again", given=GIVEN),
    Case("changed-too-soon", FILE, "when: 2026-11-21", "when: 2026-11-21\n    changed_again: 2999-01-01", at="- id: change-gate", given=GIVEN),
    Case("changed-too-soon", FILE, "when: 2026-11-22", "when: 2999-01-01", at="- id: change-beans", given=GIVEN),
]
