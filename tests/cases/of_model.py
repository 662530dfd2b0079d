"""Rules on records, and between them."""

from pathlib import Path
from textwrap import dedent

from cases import Case, checked
from coproduction.findings import Finding
from tiny import REVIEW, STATEMENT, WITHDRAWN, change

DATA = "docs/data/"
GLOSSARY, DEFINITIONS, FRAMEWORKS, THEMES, LADDER = (
    f"{DATA}{name}.yml" for name in ("glossary", "definitions", "frameworks", "themes", "ladder")
)
EASY, REVIEWS, ACCESS, GONE = (f"{DATA}{name}.yml" for name in ("easy_read", "reviews", "accessibility", "withdrawn"))
LONG = "They dig and plant and rest and talk and eat and sing. " * 9
REVIEWED = {REVIEWS: REVIEW}
LEADS = "      - ladder-co-production\n"

QUOTE_GRADE = 'checked: "2026-11"\n      grade: '
LINKED = """\
      - item: value-garden-patience
        why: It is about time by name.
"""
EXPLAINED = "            means: Rungs are steps.\n"
VARIANT = "compared: true\n    variants: [{name: Slides, grade: D, source: source-garden, names: [Trust]}]"
FITS = "plain: Does a wheelchair fit?"
JUDGED = f"{FITS}\n        judged: [{{who: Nobody, when: 2026-11-22, verdict: works, found: It fits.}}]"
NAMED = dedent(STATEMENT).replace(FITS, JUDGED.replace("Nobody", "Josephine Spade, consent_kept: In the tin with the treasurer"))
VOICE = "      - {about: voice control, name: Voice, plain: Does it open when told?}\n"
SECOND_STATEMENT = dedent(STATEMENT).partition("records:\n")[2]
for first, second in {"-garden": "-shed", "-latch": "-bolt", "How open": "How shut"}.items():
    SECOND_STATEMENT = SECOND_STATEMENT.replace(first, second)


def explained(words: str, hard: str) -> str:
    return f"words: {words}\n            hard: {hard}\n            means: Steps."


def listed(site: Path) -> list[Finding]:
    """What is found when a page prints what was taken out, as a page must."""
    change(site / "docs" / "words.md", "{{ glossary() }}", "{{ glossary() }}\n\n{{ withdrawn() }}")
    return checked(site)


def gone(rule: str, good: str, bad: str) -> Case:
    return Case(rule, GONE, good, bad, given={GONE: WITHDRAWN}, seen_by=listed)


CASES = [
    Case("id-of-no-kind", GLOSSARY, "id: word-gardener", "id: gardener-word"),
    Case("id-of-no-kind", FRAMEWORKS, "id: value-garden-trust", "id: trust-in-the-garden"),
    gone("id-of-no-kind", "id: word-hoe", "id: hoe-word"),
    Case("id-twice", FRAMEWORKS, "[value-garden-waiting]", "[value-garden-trust]"),
    gone("id-twice", "id: word-hoe", "id: word-spade"),
    Case("name-twice", GLOSSARY, "name: Gardener", "name: Spade"),
    Case("no-such-record", GLOSSARY, "- ladder-co-production", "- ladder-co-prod"),
    Case("no-such-record", LADDER, "source: source-letter", "source: word-spade"),
    Case("no-such-record", REVIEWS, "of: easy-garden", "of: easy-gardn", given=REVIEWED),
    Case("source-missing", GLOSSARY, "use: neutral", "use: neutral\n    status: paraphrased", at="- id: word-gardener"),
    Case("grade-missing", GLOSSARY, "use: neutral", "sources: [{source: source-garden, where: Page 2}]\n    use: neutral"),
    Case("review-too-early", LADDER, "review_by: 2027-11-22", "review_by: 2026-11-22"),
    Case("review-too-late", LADDER, "review_by: 2027-11-22", "review_by: 2028-11-25"),
    Case("review-too-late", "docs/training.md", "review_by: 2027-11-22", "review_by: 2999-11-22"),
    Case("quoted-from-memory", DEFINITIONS, f"{QUOTE_GRADE}A", f"{QUOTE_GRADE}D", at="grade: D"),
    Case("printed-by-missing", DEFINITIONS, f"{QUOTE_GRADE}A", f"{QUOTE_GRADE}B", at="grade: B"),
    Case("status-of-other-words", DEFINITIONS, "status: paraphrased", "status: quoted"),
    Case("status-of-other-words", DEFINITIONS, "name: The Club", "status: ours\n    name: The Club"),
    Case("names-from-memory", FRAMEWORKS, "names: ours", "names: quoted\n    grade: D", at="grade: D"),
    Case("names-from-memory", FRAMEWORKS, "compared: true", VARIANT, at="grade: D"),
    Case("answer-twice", DEFINITIONS, "- equal partners", "- equal\n      - {question: question-equal, earned_by: [dig]}", at="earned_by: [dig]"),
    Case("answer-unearned", DEFINITIONS, "- equal partners", "- equal friends"),
    Case("answer-unearned", DEFINITIONS, "- equal partners", f"- {LONG}"),
    Case("theme-missing", THEMES, LINKED, "", at="- id: value-garden-patience", found_in=FRAMEWORKS),
    Case("family-goes-round", DEFINITIONS, "wording: definition-letter", "wording: definition-club", at="descends_from:"),
    Case("hard-word-alone", EASY, EXPLAINED, "", at="hard: rungs"),
    Case("hard-word-not-said", EASY, "hard: rungs", "hard: rung"),
    Case("hard-word-not-said", EASY, "hard: rungs", f"hard: {LONG}"),
    Case("hard-word-twice", EASY, "words: We dig together.", explained("Rungs help.", "Rungs"), at="hard: Rungs"),
    Case("hard-word-too-late", EASY, "words: We dig together.", explained("The ladder helps.", "ladder"), at="hard: ladder"),
    Case("hard-word-too-late", EASY, "lead: This page is about", "lead: Rungs are in", at="hard: rungs"),
    Case("line-too-long", EASY, "lead: This page is about", f"lead: We dig. {LONG}"),
    Case("line-too-long", EASY, "We dig together.", "We dig and plant and rest and talk and eat and sing and then we go home."),
    Case("line-too-long", ACCESS, "law: [", f"heard_within: {' '.join(['soon'] * 16)}\n    law: ["),
    Case("line-of-two-ideas", EASY, "We dig together.", "We dig. We rest."),
    Case("line-of-two-ideas", ACCESS, "law: [", "paid: You get ten pounds. You get tea.\n    law: ["),
    Case("checked-by-nobody", EASY, "state: draft", "state: checked"),
    Case("checked-by-nobody", EASY, "state: draft", "state: checked", given=REVIEWED),
    Case("day-cannot-be", REVIEWS, "when: 2026-11-20", "when: 2026-11-23", given=REVIEWED),
    Case("says-nothing", REVIEWS, "how: They read it out in the shed.", "how: None.", given=REVIEWED),
    Case("says-nothing", ACCESS, FITS, JUDGED, at="judged:"),
    Case("name-unagreed", ACCESS, ", consent_kept: In the tin with the treasurer", "", at="judged:", given={ACCESS: NAMED}),
    Case("contact-given", ACCESS, "In the tin with", "In the tin of jane@garden.example with", at="judged:", given={ACCESS: NAMED}),
    Case("people-check-missing", ACCESS, VOICE, "", at="only_people:"),
    Case("people-check-twice", ACCESS, "about: listening", "about: your own way", at="about: your own way\n        name: Ears"),
    Case("statement-twice", ACCESS, "grade: B\n", f"grade: B\n{SECOND_STATEMENT}", at="- id: statement-shed"),
    Case("prepared-too-late", ACCESS, "prepared: 2026-11-20", "prepared: 2026-11-23"),
    Case("statement-read-too-late", ACCESS, "review_by: 2027-05-22", "review_by: 2027-11-24"),
    Case("mended-too-late", ACCESS, "mend_by: 2027-03-01", "mend_by: 2026-11-22"),
    Case("gap", GLOSSARY, "meaning: A tool to dig with.", "meaning: A tool, TBC."),
    Case("gap", GLOSSARY, "meaning: A tool to dig with.", f"meaning: A tool [{LONG}]."),
    Case("gap", ACCESS, "plain: Does a wheelchair fit?", "plain: Does a [size] wheelchair fit?"),
    Case("seen-in-vain", GLOSSARY, LEADS, f"{LEADS}      - word-spade\n", at="      - word-spade"),
    Case("seen-in-vain", GLOSSARY, "use: neutral", "use: neutral\n    see: [\n      word-spade,\n      ladder-informing,\n      word-spade]", at="      word-spade]"),
    Case("marks-in-text", GLOSSARY, "meaning: A tool", "meaning: A **tool**"),
    Case("marks-in-text", GLOSSARY, "meaning: A tool", "meaning: A _tool_ or two"),
    Case("marks-in-text", GLOSSARY, "meaning: A tool", "meaning: A \\`tool\\`"),
    Case("marks-in-text", GLOSSARY, "meaning: A tool", "meaning: A tool &amp; more"),
    Case("marks-in-text", GLOSSARY, "meaning: A tool", "meaning: A <b>tool</b>"),
    Case("marks-in-text", GLOSSARY, "meaning: A tool", "meaning: A [tool](ladder.md)"),
    Case("name-in-quotes", GLOSSARY, "name: Spade", "name: “Spade”"),
    gone("old-path-missing", "id: word-hoe", "id: page-hoe"),
    gone("old-path-of-no-page", "name: Hoe", "was: hoe.md\n    name: Hoe"),
]
