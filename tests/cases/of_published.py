"""Rules on addresses that must stay, for a list of five."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from cases import Case
from coproduction import pages, published, reading
from coproduction.findings import Finding
from coproduction.published import LIST
from tiny import without_engine

ADDRESSES = ["ladder/", "ladder/#criticisms", "r/word-gardener/", "words/", "words/#word-gardener"]
LISTED = {LIST: "".join(f"{address}\n" for address in ADDRESSES)}
GLOSSARY = "docs/data/glossary.yml"


def asked(site: Path) -> list[Finding]:
    """What is said of the list when the site is asked for each address."""
    with TemporaryDirectory() as folder:
        facts = reading.read(site / "docs" / "data").facts
        return published.check(site, without_engine(site, Path(folder)), facts, pages.metas(site))


def remembered(site: Path) -> list[Finding]:
    """What is missed by a history in which all five addresses were added to the list."""
    with patch.object(published, "git", return_value="".join(f"+{address}\n" for address in ADDRESSES)):
        return published.check_growth(site)[0]


def unlisted(site: Path) -> list[Finding]:
    """What a release says, when only the five addresses of the list would be published."""
    with TemporaryDirectory() as folder, patch.object(published, "of_site", return_value=iter(ADDRESSES)):
        return published.unrecorded(site, Path(folder))


def listed(rule: str, good: str, bad: str, at: str) -> Case:
    """The list itself says something that is wrong."""
    return Case(rule, LIST, good, bad, at=at, given=LISTED, seen_by=asked)


def lost(rule: str, file: str, good: str, bad: str, address: str) -> Case:
    """A change by which one address of the list answers no longer."""
    return Case(rule, file, good, bad, at=f"{address}\n", found_in=LIST, given=LISTED, seen_by=asked)


CASES = [
    listed("address-impossible", "r/word-gardener/", "/r/word-gardener/", at="/r/word-gardener/"),
    listed("address-impossible", "criticisms\nr/word-gardener/", "criticisms\f\n/r/word-gardener/", at="/r/word-gardener/"),
    listed("two-versions", "words/\n", "<<<<<<< HEAD\nwords/\n=======\n>>>>>>> theirs\n", at="<<<<<<<"),
    listed("address-listed-twice", "r/word-gardener/\n", "r/word-gardener/\nr/word-gardener/\n", at="r/word-gardener/\nwords/"),
    listed("address-out-of-order", "r/word-gardener/\n", "words/#word-spade\nr/word-gardener/\n", at="r/word-gardener/"),
    listed("address-of-page-gone", "words/\n", "wordbook/\nwords/\n", at="wordbook/"),
    listed("address-of-page-gone", "words/\n", "veg/\nveg/#beans\nveg/#kale\nwords/\n", at="veg/"),
    lost("address-of-record-gone", GLOSSARY, "- id: word-gardener", "- id: word-gardeners", "r/word-gardener/"),
    lost("address-of-part-moved", GLOSSARY, "- id: word-gardener", "- id: word-gardener\n    home: training.md", "words/#word-gardener"),
    lost("address-of-part-gone", "docs/ladder.md", "{: #criticisms }", "{: #critics }", "ladder/#criticisms"),
    Case("address-not-recorded", LIST, "words/#word-gardener\n", "", at="", given=LISTED, seen_by=unlisted),
    Case("address-taken-off", LIST, "r/word-gardener/\n", "", at="", given=LISTED, seen_by=remembered),
]
