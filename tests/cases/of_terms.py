"""Rules on words: today's terms, spelling, and the words of headings, links and pictures."""

from cases import Case

PAGE, WORDS = "docs/practice/index.md", "Dig with care."  # a page whose words may be any others
FRONT, TITLE = "docs/training.md", "title: Training"
DATA, MEANING = "docs/data/glossary.yml", "meaning: A tool to dig with."
EASY, DRAWN = "docs/data/easy_read.yml", "alt: Two people with one spade."
LIST = "docs/data/words/spelling.txt"
TERMS = {
    "docs/data/words/terms.yml": """\
        # yaml-language-server: $schema=../schemas/terms.json
        terms:
          - say: people who draw on care and support
            instead_of: [service user]
            why: No one’s whole life is a service.
        """
}


def page(rule: str, words: str, at: str | None = None) -> Case:
    """A page that says ``words``, and so breaks the rule at its first line, or where it says ``at``."""
    return Case(rule, PAGE, WORDS, words, at)


CASES = [
    Case("todays-terms", PAGE, WORDS, "Dig with care.\nAsk the service\nusers first.", at="users first", given=TERMS),
    Case("todays-terms", PAGE, WORDS, "The Service Users came.", given=TERMS),
    Case("todays-terms", PAGE, WORDS, "SERVICE USERS CAME.", given=TERMS),
    page("spelling", "Dig with a laddder.\n\nWe dig.", at="laddder"),
    page("spelling", "We all dig.\nDigginng zzyzzva.", at="zzyzzva"),
    page("spelling", "We dig in Londn."),
    page("spelling-american", "We dig in the center."),
    Case("spelling", FRONT, TITLE, "title: Trainning"),
    Case("spelling", DATA, MEANING, "meaning: >-\n      A tool to dig\n      with, and to lifft.", at="lifft"),
    Case("spelling-list-order", LIST, "", "zzyzzva\nmulchery\n", at="mulchery"),
    Case("unseen-character", LIST, "", "# Ours\nmulch\fery\n", at="mulch"),
    Case("unseen-character", LIST, "", "# Ours\nmulch\x85ery\n", at="mulch"),
    Case("two-versions", LIST, "", "# Ours\n<<<<<<< HEAD\nmulchery\n=======\n>>>>>>> theirs\n", at="<<<<<<<"),
    Case("spelling-list-needless", LIST, "", "# Ours\nladder\n", at="ladder"),
    Case("spelling-list-needless", LIST, "", "# Ours\nmulchery\n", at="mulchery"),
    page("heading-with-stop", "## We dig. {: #we-dig }"),
    page("heading-in-capitals", "## WE ALL DIG {: #we-all-dig }"),
    Case("heading-with-stop", FRONT, TITLE, "title: Training."),
    page("link-is-address", "Go to [https://garden.example/](https://garden.example/)."),
    page("link-is-address", "Go to [garden.example](https://garden.example/)."),
    page("link-says-nothing", "Click [here](../ladder.md)."),
    page("link-says-nothing", "[Click here for the ladder](../ladder.md)"),
    page("link-says-nothing", "To dig, [learn\nmore.](../ladder.md)"),
    page("picture-of", "![Drawing: a tree](../assets/icon.svg)"),
    page("picture-of", "![Image of a tree](../assets/icon.svg)"),
    page("picture-file-name", "![icon.svg](../assets/icon.svg)"),
    Case("picture-of", EASY, DRAWN, "alt: A picture of two people with one spade."),
]
