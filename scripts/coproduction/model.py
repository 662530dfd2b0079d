"""What the site knows: the records, and the rules that hold them together.

A record that breaks a rule cannot exist: :class:`Facts` refuses it. Nothing here
knows where a record is stored or how it looks on a page.

Two kinds of rule stand here. The shape of one record (keys, kinds of value) is
declared in its class and checked by pydantic. The rules between records (an id
that exists, words that stand in a quotation) are the functions that
:func:`faults` runs; each yields one :class:`Fault` for each thing that is wrong.
The words of each such rule stand above the function that checks it.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, NonNegativeInt, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from coproduction import wording
from coproduction.findings import Fault, Rule, short

# --------------------------------------------------------------- kinds of value


LONGEST_TEXT = 2_000  # characters


def _one_line(text: str) -> str:
    """Fold white space to single spaces; refuse text that is empty or endless, and unseen characters."""
    folded = " ".join(text.split())
    if not folded:
        raise PydanticCustomError("empty", "it is empty")
    if len(folded) > LONGEST_TEXT:
        raise PydanticCustomError("endless", "it has {count} characters", {"count": len(folded)})
    _refuse_unseen(folded)
    return folded


def unseen(text: str) -> str:
    """The names of the characters in a text that nobody can see, or that end a line without looking so; "" for none."""
    if text.isprintable():  # so is nearly all, and this is quickly told
        return ""
    # The last two of each plane are no characters at all, and no feed may hold them.
    found = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") or ord(c) & 0xFFFE == 0xFFFE} - {"\t", "\n"}
    return ", ".join(sorted(unicodedata.name(c, f"U+{ord(c):04X}") for c in found))


def _refuse_unseen(text: str) -> None:
    if names := unseen(text):
        raise PydanticCustomError("unseen", "it holds a character that nobody can see: {names}", {"names": names})


def _of_form(kind: str, pattern: str) -> Any:
    """Text of this form alone. Other text is refused with an error of type ``kind``; editors are told the pattern."""
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        _refuse_unseen(text)
        if not compiled.fullmatch(text):
            raise PydanticCustomError(kind, "'{text}' is not of the right form", {"text": text})
        return text

    return Annotated[str, AfterValidator(check), WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})]


def first_day(checked: str) -> date:
    """The day that a value of ``checked`` names, or the first of its month.

    :raises ValueError: where the month has no such day.
    """
    return date.fromisoformat(checked if len(checked) > len("2026-11") else f"{checked}-01")


def _real_day(text: str) -> str:
    try:
        first_day(text)
    except ValueError:
        raise PydanticCustomError("month", "'{text}' is not of the right form", {"text": text}) from None
    return text


Text = Annotated[str, AfterValidator(_one_line)]
LONGEST_ID, LONGEST_PATH = 60, 100  # characters: both become names of folders, and no system takes endless ones
_ID = rf"(?!.{{{LONGEST_ID + 1}}})[a-z]+(-[a-z0-9]+)+"
Id = _of_form("id", _ID)
Url = _of_form("url", r"https?://[a-z0-9.-]+(:[0-9]+)?(/[^\s<>\"']*)?")
Checked = Annotated[_of_form("month", r"20[0-9]{2}-(0[1-9]|1[0-2])(-[0-3][0-9])?"), AfterValidator(_real_day)]
Criterion = _of_form("criterion", r"[1-4]\.[1-5]\.[1-9][0-9]?")
Picture = _of_form("picture", r"[a-z]+(-[a-z]+)*")
Fingerprint = _of_form("fingerprint", r"[0-9a-f]{8}")
Page = _of_form("page", rf"(?!.{{{LONGEST_PATH + 1}}})[a-z0-9-]+(/[a-z0-9-]+)*\.md")
Grade = Annotated[
    Literal["A", "B", "C", "D"],
    Field(
        description="A: read in a stored copy of the original. B: read in a document that quotes it. "
        "C: read only in one of the five documents this project began from. D: from memory, not seen."
    ),
]
Status = Annotated[
    Literal["quoted", "paraphrased", "ours"],
    Field(description="Whose words the reader sees: exact words of the source, its ideas in our words, or our own."),
]
Nation = Literal["england", "england-and-wales", "wales", "scotland", "northern-ireland", "great-britain", "uk"]
# What a statement asks people about: all of it, so that nothing is left out which might not work.
OnlyPeople = Literal[
    "screen reader", "keyboard", "voice control", "bigger text", "easy words", "listening", "sheets", "your own way"
]  # fmt: skip
Verdict = Literal["works", "works in part", "does not work"]  # from the best to the worst


class Part(BaseModel):
    """A piece of a record. Frozen; unknown keys and look-alike kinds of value are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Citation(Part):
    """Where an idea comes from."""

    source: Id = Field(description="Id of a record in sources.yml.")
    where: Text = Field(description="Page, section or paragraph, so that a reader can find it.")


class Quotation(Part):
    """Somebody's exact words, with all that is needed to say whose."""

    words: Text = Field(description="The exact words, unchanged, slips included.")
    source: Id = Field(description="Id of the record in sources.yml that holds these words.")
    where: Text = Field(description="Page, section or paragraph.")
    checked: Checked = Field(description="When somebody last compared the words with the source: 2026-11, or 2026-11-22.")
    locked: Text | None = Field(None, description="The lock of these words. python3 scripts/check.py --lock writes it.")
    grade: Grade
    as_printed_by: Text | None = Field(None, description="Who prints the words, when that is not their owner.")
    sic: Text | None = Field(None, description="A slip in the source that must stay, and why it stays.")


class Record(Part):
    """What every record says of itself."""

    kinds: ClassVar[tuple[str, ...]] = ()

    id: Id = Field(description="Permanent, never reused. Begins with its kind: word-, ladder-, definition- ...")
    formerly: tuple[Id, ...] = Field((), description="Ids this record had before. Old links still work.")
    status: Status
    sources: tuple[Citation, ...] = Field((), description="Where the ideas come from.")
    grade: Grade | None = Field(None, description="How well the sources were seen. Leave out when there is no source.")
    reviewed: date = Field(description="When somebody last read this record from end to end.")
    review_by: date = Field(description="When somebody must read it again.")
    owner: Text = Field("The editors", description="Who looks after it.")
    home: Page = Field(description="The one page, inside docs/, that prints this record's anchor.")
    also: tuple[Text, ...] = Field((), description="Other words people use for it. Search finds them.")
    also_welsh: tuple[Text, ...] = Field((), description="Welsh words for it. Search finds them, and says that they are Welsh.")

    @property
    def title(self) -> str:
        """What a reader calls this record."""
        return getattr(self, "name", self.id)

    def quotations(self) -> Iterator[tuple[tuple[Any, ...], Quotation]]:
        """Every quotation in this record, with the path of keys that leads to it.

        Those of a record nested in it are that record's own.
        """
        for key in type(self).model_fields:
            value = getattr(self, key)
            if isinstance(value, Quotation):
                yield (key,), value
            elif isinstance(value, tuple):
                yield from (((key, i), child) for i, child in enumerate(value) if isinstance(child, Quotation))


# ---------------------------------------------------------------------- records


class Source(Record):
    """A document that the site leans on or points to."""

    kinds = ("source",)

    name: Text = Field(description="Title of the document.")
    body: Text = Field(description="Who published it: the name at the time, then the name today.")
    author: Text | None = None
    year: Text | None = Field(None, description='Year, in quotes: "2013". Leave out when nobody knows.')
    year_grade: Grade | None = Field(None, description="How sure the year is, when that differs from the grade.")
    url: Url | None = Field(None, description="Address to link to. Leave out rather than guess.")
    checked: Checked = Field(description="When we last read our copy: 2026-11, or 2026-11-22.")
    seen: Text = Field(description="What was read: the page itself, a stored copy, another document that quotes it.")
    rights: Text = Field(description="What may be done with its words.")
    notes: tuple[Text, ...] = ()


class Question(Record):
    """A question that the comparison asks of every definition."""

    kinds = ("question",)

    name: Text = Field(description="The question, as a column or row heading.")
    plain: Text = Field(description="What counts as a yes.")


class Answer(Part):
    """A question that a definition answers, wholly or in part. No answer means no."""

    question: Id
    earned_by: tuple[Text, ...] = Field(min_length=1, description="Words of the quotation that earn it.")
    only_part: Text | None = Field(None, description="Why it is only a part answer. Leave out for a full one.")


class Descent(Part):
    """Which older wording a definition grew from."""

    wording: Id = Field(description="Id of the older definition.")
    change: Text = Field(description="What changed between the two.")
    sure: Literal["known", "likely"] = Field(description="known: a source says so. likely: our reading of the words.")


class Definition(Record):
    """One wording of what co-production is."""

    kinds = ("definition",)

    name: Text = Field(description="Short label: NCAG.")
    body: Text = Field(description="Whose definition it is.")
    year: Text | None = None
    year_grade: Grade | None = None
    main: bool = Field(description="true for the one best wording of each body on the first page; false for its family.")
    quote: Quotation | None = None
    plain: Text = Field(description="The same in plain words of ours.")
    use_when: Text | None = Field(None, description="When this is the one to quote.")
    answers: tuple[Answer, ...] = ()
    descends_from: tuple[Descent, ...] = ()
    notes: tuple[Text, ...] = Field((), description="Notes on the wording: other printed forms, slips, doubts.")


class Event(Record):
    """A moment in the history of the idea."""

    kinds = ("history",)

    when: Text
    name: Text = Field(description="Who.")
    plain: Text = Field(description="What they did.")


class Item(Record):
    """One principle, value, behaviour or step of a framework."""

    kinds = ("principle", "value", "behaviour", "step", "standard", "tip")

    name: Text
    short: Text | None = Field(None, description="One-word label.")
    plain: Text = Field(description="What it means, in our words.")
    looks_like: Text | None = Field(None, description="What you would see when it is there.")
    warning_sign: Text | None = Field(None, description="What you would see when it is not.")
    example: Text | None = None
    printed: Quotation | None = Field(None, description="A published wording that may be quoted.")


class Variant(Part):
    """Another published set of names for the same framework."""

    name: Text
    year: Text | None = None
    grade: Grade
    source: Id
    names: tuple[Text, ...] = Field(min_length=1)
    locked: Text | None = Field(None, description="The lock of these names. python3 scripts/check.py --lock writes it.")
    note: Text | None = None


class Framework(Record):
    """A named set of principles, values, behaviours or steps."""

    kinds = ("framework",)

    name: Text
    short: Text = Field(description="Label for a table column: SCIE.")
    body: Text
    year: Text | None = None
    year_grade: Grade | None = None
    plain: Text = Field(description="What it is and what it is good for.")
    names: Status = Field(description="Whether the items' names are the publisher's own words.")
    names_note: Text | None = Field(None, description="Where the names were read, when that needs saying.")
    locked: Text | None = Field(None, description="The lock of names that are quoted. python3 scripts/check.py --lock writes it.")
    emblem: Literal["petals", "hexagon", "page", "three"] | None = Field(None, description="Drawing that marks it.")
    compared: bool = Field(description="true when the crosswalk compares its items.")
    items: tuple[Item, ...] = ()
    variants: tuple[Variant, ...] = ()
    says: tuple[Quotation, ...] = ()
    notes: tuple[Text, ...] = ()

    def of(self, *kinds: str) -> tuple[Item, ...]:
        """The items whose id begins with one of ``kinds``."""
        return tuple(item for item in self.items if kind_of(item.id) in kinds)


class Link(Part):
    """One cell of the crosswalk: an item that carries a theme, and why we say so."""

    item: Id
    why: Text


class Theme(Record):
    """A plain idea that runs through several frameworks."""

    kinds = ("theme",)

    name: Text
    plain: Text
    links: tuple[Link, ...] = Field(min_length=1)


class Rung(Record):
    """One rung of the ladder."""

    kinds = ("ladder",)

    name: Text
    group: Literal["doing to", "doing for", "doing with"]
    plain: Text
    sounds_like: Text
    example: Text
    ever_right: Text = Field(description="When an honest team may stand here.")
    move_up: Text = Field(description="One next step up.")
    quote: Quotation | None = None


class Criticism(Part):
    """A fair point against a framework, with the one who makes it."""

    plain: Text
    source: Id


class Ladder(Record):
    """The ladder of co-production, bottom rung first."""

    kinds = ("framework",)

    name: Text
    body: Text
    year: Text
    plain: Text
    rungs: tuple[Rung, ...] = Field(min_length=2)
    grouping_note: Text
    uses: tuple[Text, ...] = Field(min_length=1, description="Ways to use it.")
    criticisms: tuple[Criticism, ...] = ()
    notes: tuple[Text, ...] = ()


class Degree(Part):
    """One step of another scale."""

    name: Text
    group: Text | None = None
    nearest: Text | None = Field(None, description="The nearest rung of the ladder, in our view.")


class Scale(Record):
    """Another way to show how much power is shared."""

    kinds = ("scale",)

    name: Text
    body: Text
    year: Text | None = None
    plain: Text
    degrees: tuple[Degree, ...] = Field(min_length=2)


class PracticeStep(Record):
    """One of the practical steps for an assessment, a plan or a review."""

    kinds = ("practice",)

    name: Text
    plain: Text
    do: tuple[Text, ...] = Field(min_length=1, description="Things you could do.")
    sounds_like: Text
    urgent: Text | None = Field(None, description="What is still possible when there is no time. Our judgement.")


class NeedToKnow(Record):
    """A short piece of guidance that stands beside the practice steps."""

    kinds = ("practice",)

    name: Text
    plain: tuple[Text, ...] = Field(min_length=1, description="One paragraph an entry.")


class Ask(Record):
    """Something that a person who is invited can ask for."""

    kinds = ("ask",)

    name: Text
    plain: Text
    say: Text = Field(description="Words a person could use.")


class Promise(Record):
    """One thing that makes an invitation good, seen from both sides."""

    kinds = ("involve",)

    name: Text
    stage: Literal["invite", "prepare", "meet", "after"]
    check: Text = Field(description="The inviter's check before pressing send.")
    how: Text = Field(description="How the inviter can do it well.")
    ask: Ask


class Benefit(Record):
    """Some good that co-production can do."""

    kinds = ("benefit",)

    name: Text
    to: Literal["people", "staff", "organisations", "communities"]
    plain: Text


class Reason(Record):
    """A reason to co-produce, or one writer's idea about how."""

    kinds = ("reason", "idea")

    name: Text
    plain: Text


class Law(Record):
    """A law or a piece of official guidance. A pointer, not legal advice."""

    kinds = ("law",)

    name: Text
    nation: Nation
    force: Literal["must", "should", "neither"] = Field(description="must: law. should: guidance. neither: worth knowing.")
    who: Text = Field(description="Whom it binds.")
    plain: Text
    for_you: Text | None = Field(None, description="What it means for somebody who draws on support, or their carer.")
    section: Text | None = Field(None, description="Section number, only where the grade is A or B.")
    caution: Text | None = Field(None, description="What may have changed, or was not seen.")


class Example(Record):
    """A real case, in our words."""

    kinds = ("example",)

    name: Text
    sector: Literal["health", "social care", "children and families", "housing", "criminal justice", "research"]
    place: Text
    year: Text | None = None
    story: tuple[Text, ...] = Field(min_length=1, description="One paragraph an entry.")
    hard_parts: Text | None = None
    told_by: Text = Field(description="Whose account this is.")


class Word(Record):
    """A word explained."""

    kinds = ("word",)

    name: Text
    meaning: Text
    use: Literal["preferred", "neutral", "old", "legal"]
    short: Text | None = Field(None, description="Its initials.")
    welsh: Text | None = None
    old: tuple[Text, ...] = Field((), description="Older or disliked terms. Search finds them; we do not use them.")
    unshown: tuple[Text, ...] = Field((), description="Terms that hurt people. Search finds them; no page prints them.")
    why: Text | None = Field(None, description="Why the word changed, or why many people dislike it.")
    see: tuple[Id, ...] = Field((), description="Ids of records that say more.")
    caution: Text | None = None


class Help(Record):
    """Help that this site cannot give, and where it is."""

    kinds = ("help",)

    name: Text
    urgent: bool = Field(description="true when somebody may be in danger: search then shows it before anything else.")
    plain: Text = Field(description="What to do, or where to turn.")
    see: tuple[Id, ...] = Field((), description="Ids of records that say more.")


class Resource(Record):
    """Somewhere else worth going. Title, body, year and address come from its source."""

    kinds = ("resource",)

    source: Id
    good_for: Text
    readers: tuple[Text, ...] = Field(min_length=1)
    format: Text
    topics: tuple[Text, ...] = Field(min_length=1)
    caution: Text | None = None

    @property
    def title(self) -> str:
        """A resource has no name of its own; :meth:`Facts.title` gives its source's."""
        return self.source


class EasyLine(Part):
    """One idea, with the picture that stands left of it."""

    words: Text = Field(description="One idea in one sentence, of at most 15 words.")
    picture: Picture = Field(description="Name of a drawing in docs/assets/easy/, without its ending.")
    alt: Text | None = Field(None, description="What the picture tells that the words do not. Leave out for most.")
    hard: Text | None = Field(None, description="The hard word of this line, as it stands in 'words'. It is set bold.")
    means: Text | None = Field(None, description="One sentence, of at most 15 words, that explains the hard word.")
    _drawing: str = ""

    def model_post_init(self, context: Mapping[str, str] | None) -> None:
        """Take up how the picture is drawn, where whoever reads the record brings the text of each drawing by its name."""
        self._drawing = (context or {}).get(self.picture, "")

    @property
    def shown(self) -> tuple[str | None, ...]:
        """All that a reader meets in it."""
        return self.words, self.picture, self._drawing, self.alt, self.hard, self.means


class EasyPart(Part):
    """A few lines under one heading."""

    name: Text
    lines: tuple[EasyLine, ...] = Field(min_length=1)


class EasyRead(Record):
    """A page in easy words with pictures: the twin of a fuller page."""

    kinds = ("easy",)

    name: Text = Field(description="Its heading, and the title of its page.")
    lead: Text = Field(description="What stands below the heading, and the description of its page: as short as a line.")
    twin_of: Page = Field(description="The fuller page.")
    simple_words: Page = Field(description="The page with the same words and no pictures.")
    kit: Page = Field(description="The page with which a group checks it.")
    state: Literal["draft", "checked"] = Field(
        description="draft until people with learning disabilities have checked it. 'checked' needs a record in reviews.yml."
    )
    parts: tuple[EasyPart, ...] = Field(min_length=1)

    def lines(self) -> Iterator[tuple[tuple[Any, ...], EasyLine]]:
        """Every line, with the path of keys that leads to it."""
        for p, part in enumerate(self.parts):
            yield from ((("parts", p, "lines", n), line) for n, line in enumerate(part.lines))

    @property
    def fingerprint(self) -> str:
        """Eight characters that change with any word, picture or place of it, so that a check of older words is known for one."""
        parts = [(part.name, [line.shown for line in part.lines]) for part in self.parts]
        return hashlib.sha256(json.dumps((self.name, self.lead, parts)).encode()).hexdigest()[:8]


class Review(Record):
    """A check of a twin by the people it is for."""

    kinds = ("review",)

    of: Id = Field(description="Id of the twin that they checked.")
    who: Text = Field(description="Who checked it, in the words they chose for themselves.")
    how: Text = Field(description="How they did it, and what they found.")
    when: date = Field(description="The day on which they finished.")
    paid: Text = Field(description="Whether they were paid, and by whom.")
    consent_kept: Text = Field(
        description="Where their consent is kept. Never here: it names people. Say the place and who looks after it."
    )
    words: Fingerprint = Field(description="The version of the twin that they saw: eight characters, printed on the kit.")
    simple_words_too: bool = Field(False, description="true when they checked the page without pictures as well.")

    @property
    def title(self) -> str:
        """A review has no name of its own; :meth:`Facts.title` names the twin. One group may check several on one day."""
        return f"{self.who}, {self.when}, {self.of}"


class Suggestion(Part):
    """What somebody asked us to change."""

    who: Text = Field(description="Who, in words that they chose: 'a carer', or initials. A name needs 'consent_kept'.")
    said: Text = Field(description="What they asked for, in our words.")
    words: Text | None = Field(None, description="What they wrote, if they agree that we print it. Needs 'consent_kept'.")
    consent_kept: Text | None = Field(
        None, description="Where their consent is kept. Never here: it names people. Say the place and who looks after it."
    )
    locked: Text | None = Field(None, description="The lock of these words. python3 scripts/check.py --lock writes it.")
    outcome: Literal["done", "partly", "not done"] = Field(description="What came of it.")

    @property
    def from_whom(self) -> str:
        """Who, as a sentence begins."""
        return self.who[:1].upper() + self.who[1:]


class Change(Record):
    """What has changed on the site, or was asked for and has not."""

    kinds = ("change",)

    name: Text = Field(description="What it is about, as a heading.")
    when: date = Field(description="The day on which we changed it, or decided not to.")
    changed_again: date | None = Field(
        None, description="When this record itself changed later on, such as a name taken off it. Feed readers then look again."
    )
    plain: Text = Field(description="What we did, or why we did not.")
    suggested: Suggestion | None = Field(None, description="Who asked for it. Leave out when nobody did.")
    at: Page | None = Field(None, description="The page, inside docs/, where readers can see it.")

    @property
    def last_changed(self) -> date:
        """The day of its newest words."""
        return max(self.when, self.changed_again or self.when)


class Failing(Record):
    """Where the site is known to fall short of the standard that it aims at."""

    kinds = ("failing",)

    name: Text = Field(description="The fault in a few words, as a heading.")
    criterion: Criterion = Field(description='Number of the WCAG criterion that it fails: "1.4.10".')
    criterion_name: Text = Field(description="Name of that criterion, as WCAG has it: Reflow.")
    plain: Text = Field(description="What a reader meets.")
    why: Text = Field(description="Why it is so.")
    mend_by: date = Field(description="The day by which it should be mended.")
    way_round: Text = Field(description="What a reader can do until then.")


class Lack(Part):
    """Something that many readers need, which no criterion asks for and the site does not have."""

    name: Text
    plain: Text = Field(description="How it is now.")
    way_round: Text | None = Field(None, description="What a reader can do until then.")
    at: Page | None = Field(None, description="The page, inside docs/, where a reader can do that.")


class OtherForm(Part):
    """Another form in which our words are there already."""

    name: Text
    plain: Text = Field(description="What it is, or how to get it.")
    at: Page | None = Field(None, description="The page, inside docs/, that has it or leads to it.")


class Judgement(Part):
    """What a person found who tried the site."""

    who: Text = Field(description="Who they are, in the words they chose for themselves. A name needs 'consent_kept'.")
    when: date
    verdict: Verdict = Field(description="What it comes to. The latest counts, and that it works counts for a year.")
    found: Text = Field(description="What they found, in a few words.")
    consent_kept: Text | None = Field(
        None, description="Where their consent is kept. Never here: it names people. Say the place and who looks after it."
    )


class PeopleCheck(Part):
    """What no machine can tell: people must try it."""

    about: OnlyPeople = Field(description="What it is about. A statement asks about each of these once.")
    name: Text = Field(description="What to try.")
    plain: Text = Field(description="What we want to know.")
    judged: tuple[Judgement, ...] = Field((), description="Who has tried it. Leave out until somebody has.")

    def answer(self, today: date | None) -> Verdict | None:
        """The latest verdict, the worst of its day. That it worked more than a year ago is no answer: it may have changed."""
        latest = max(self.judged, key=lambda one: (one.when, get_args(Verdict).index(one.verdict)), default=None)
        if latest is None or (latest.verdict == "works" and today and today > latest.when + LONGEST_WITHOUT_READING):
            return None
        return latest.verdict


class Enforcer(Part):
    """A body that looks after the law, or helps people to use it."""

    name: Text
    short: Text = Field(description="Its initials.")
    nation: Nation
    plain: Text = Field(description="What it does.")
    grade: Grade


class Statement(Record):
    """The accessibility statement. How far the site meets the standard is worked out and never written here."""

    kinds = ("statement",)

    name: Text
    plain: Text = Field(description="What it is, in one sentence.")
    standard: Literal["WCAG 2.2, level AA"] = Field(description="What the site aims at. It may not be less.")
    covers: tuple[Text, ...] = Field(min_length=1, description="What it speaks for.")
    leaves_out: tuple[Text, ...] = Field((), description="What it does not speak for.")
    prepared: date = Field(description="When it was first written.")
    failings: tuple[Failing, ...] = Field((), description="Each known failing. Leave out when none is known.")
    lacks: tuple[Lack, ...] = Field((), description="What is missing, although no criterion asks for it.")
    only_people: tuple[PeopleCheck, ...] = Field(min_length=1, description="What only people can test.")
    forms: tuple[OtherForm, ...] = Field(min_length=1, description="The forms that are there already.")
    other_format: tuple[Text, ...] = Field(min_length=1, description="How to get the words in a form that is not there.")
    heard_within: Text | None = Field(
        None, description="In one easy line, when somebody who asks will hear from us. Leave out until an owner has agreed to it."
    )
    paid: Text | None = Field(
        None, description="In one easy line, what people who check a page are paid. Leave out until an owner has agreed to it."
    )
    law: tuple[Text, ...] = Field(min_length=1, description="What the law asks, and whom.")
    see: tuple[Id, ...] = Field((), description="Ids of the records that say more of the law.")
    enforcers: tuple[Enforcer, ...] = Field(min_length=1)

    def meets(self, tested: Tested, today: date | None = None) -> Literal["not", "partly", "unknown", "fully"]:
        """How far the site meets its standard, as far as anybody knows. While people have not tried it, nobody knows."""
        answers = {check.answer(today) for check in self.only_people}
        if "does not work" in answers:
            return "not"
        if self.failings or "works in part" in answers or any(run.faults for run in tested.runs):
            return "partly"
        return "fully" if tested.runs and answers == {"works"} else "unknown"

    def untried(self, today: date | None) -> tuple[PeopleCheck, ...]:
        """What nobody has tried yet, or not for a year."""
        return tuple(check for check in self.only_people if check.answer(today) is None)


class Tool(Part):
    """A browser or a tool that a test ran with."""

    name: Text
    version: Text


class TestRun(Part):
    """What the tests looked at for one purpose, and what they found."""

    id: Text
    what: Text = Field(description="What was looked at, and for what, in plain words.")
    browser: str = Field(description="Its name; empty when none was needed.")
    pages: NonNegativeInt
    states: NonNegativeInt = Field(
        description="How often a page was looked at in one state, such as one width in one set of colours."
    )
    checks: NonNegativeInt
    faults: NonNegativeInt
    explained: NonNegativeInt = Field(description="What a person must judge and for which we have a written reason.")


class Tested(Part):
    """The record of the last whole run of the tests, which the tests themselves write."""

    date: date
    browsers: tuple[Tool, ...]
    tools: tuple[Tool, ...]
    runs: tuple[TestRun, ...]

    @property
    def run_by(self) -> date:
        """The day by which everything should be tested again: six months later."""
        return self.date + timedelta(days=184)


class Term(Part):
    """What we say today, and words that we leave out for it."""

    say: Text = Field(description="What we say today.")
    instead_of: tuple[Text, ...] = Field(
        min_length=1, description="Words that we leave out. Plurals are seen too. A star stands for any ending."
    )
    why: Text = Field(description="Why, in a short sentence or two. Whoever writes one of the words is told.")


class Terms(Part):
    """Today's terms, for our own words. No page prints them."""

    terms: tuple[Term, ...]


class Withdrawn(Record):
    """What was taken out: a record, which keeps its id here, or a whole page.

    Its permanent address goes on to answer, and says what happened and where to go.
    """

    # Any kind: it keeps the id that it had. So every other record stands above it.
    kinds = (*dict.fromkeys(kind for record in Record.__subclasses__() for kind in record.kinds), "page")

    name: Text = Field(description="What it was called.")
    plain: Text = Field(description="What happened to it, when and why. The reader meets these words at its old address.")
    see: tuple[Id, ...] = Field((), description="Ids of records to read instead.")
    was: Page | None = Field(
        None, description="For a page that was taken out whole: its path inside docs/. Its id begins with page-."
    )


# ------------------------------------------------------------------------ facts


class Facts(Part):
    """Everything the site knows. Each field is one file of ``docs/data/``.

    :raises InvalidFacts: when the records break a rule between them.
    """

    sources: tuple[Source, ...] = ()
    questions: tuple[Question, ...] = ()
    definitions: tuple[Definition, ...] = ()
    history: tuple[Event, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    themes: tuple[Theme, ...] = ()
    ladder: tuple[Ladder, ...] = ()
    scales: tuple[Scale, ...] = ()
    practice: tuple[PracticeStep, ...] = ()
    need_to_know: tuple[NeedToKnow, ...] = ()
    involve: tuple[Promise, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    reasons: tuple[Reason, ...] = ()
    law: tuple[Law, ...] = ()
    examples: tuple[Example, ...] = ()
    glossary: tuple[Word, ...] = ()
    resources: tuple[Resource, ...] = ()
    help: tuple[Help, ...] = ()
    easy_read: tuple[EasyRead, ...] = ()
    reviews: tuple[Review, ...] = ()
    changes: tuple[Change, ...] = ()
    accessibility: tuple[Statement, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()

    @model_validator(mode="after")
    def _refuse_faults(self) -> Facts:
        found = list(faults(self))
        if found:
            raise InvalidFacts(found)
        return self

    @cached_property
    def records(self) -> tuple[tuple[tuple[Any, ...], Record], ...]:
        """Every record, nested ones too, each with the path of keys that leads to it."""
        return tuple(
            found
            for name in type(self).model_fields
            for index, record in enumerate(getattr(self, name))
            for found in _nested((name, index), record)
        )

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """Every record by its id."""
        return {record.id: record for _, record in self.records}

    @cached_property
    def welsh(self) -> list[str]:
        """Every Welsh word, so that pages and answers can name their language to a screen reader."""
        printed = {word.welsh for word in self.glossary if word.welsh}
        return sorted(printed | {word for _, record in self.records for word in record.also_welsh})

    def agreed(self, key: Literal["heard_within", "paid"]) -> str:
        """What the owner has agreed to, as the statement says it; empty until then. All that promises it asks here."""
        return next(filter(None, (getattr(statement, key) for statement in self.accessibility)), "")

    def get(self, id: str) -> Record:
        """The record with this id.

        :raises UnknownId: naming the ids that are near.
        """
        if id not in self.by_id:
            raise UnknownId(id, nearest_id(id, self.by_id))
        return self.by_id[id]

    def checks_of(self, twin: EasyRead) -> list[Review]:
        """Each review of a twin as it is now, the newest first. Those of older words do not count."""
        count = [review for review in self.reviews if review.of == twin.id and review.words == twin.fingerprint]
        return sorted(count, key=lambda review: review.when, reverse=True)

    def title(self, id: str) -> str:
        """What a reader calls the record with this id."""
        record = self.get(id)
        if isinstance(record, Review):
            return f"{record.who}, {record.when}: {self.title(record.of)}"
        return self.title(record.source) if isinstance(record, Resource) else record.title


def _nested(path: tuple[Any, ...], record: Record) -> Iterator[tuple[tuple[Any, ...], Record]]:
    yield path, record
    for key in type(record).model_fields:
        value = getattr(record, key)
        if isinstance(value, Record):
            yield from _nested((*path, key), value)
        elif isinstance(value, tuple):
            for index, child in enumerate(value):
                if isinstance(child, Record):
                    yield from _nested((*path, key, index), child)


def kind_of(id: str) -> str:
    """The kind that an id begins with: ``word`` for ``word-reciprocity``."""
    return id.partition("-")[0]


def is_id(text: str) -> bool:
    """Whether ``text`` has the form of an id."""
    return re.fullmatch(_ID, text) is not None


def nearest(name: str, known: Iterable[str], count: int = 3, cutoff: float = 0.6) -> list[str]:
    """Up to ``count`` of the ``known`` names that look most like ``name``, best first; one alone when it is nearly the same."""
    names = list(known)
    return get_close_matches(name, names, n=1, cutoff=0.93) or get_close_matches(name, names, n=count, cutoff=cutoff)


def nearest_id(id: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The ``known`` ids whose words look like those of ``id``: that two begin with one kind makes them no more alike."""
    return _nearest_by(lambda name: name.partition("-")[2] or name, id, known, count)


def nearest_page(path: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The ``known`` pages whose own name looks like that of the page ``path``, in whatever folder they stand."""
    return _nearest_by(lambda name: posixpath.basename(re.sub(r"(/index)?\.md$|/$", "", name)), path, known, count)


def _nearest_by(part: Callable[[str], str], name: str, known: Iterable[str], count: int) -> list[str]:
    """As :func:`nearest`, by one part of each name; what is less than nearly the same was most likely not meant."""
    by_part: dict[str, list[str]] = {}
    for other in known:
        by_part.setdefault(part(other), []).append(other)
    return [other for like in nearest(part(name), by_part, count, cutoff=0.7) for other in by_part[like]][:count]


class UnknownId(LookupError):
    """An id that no record has."""

    def __init__(self, id: str, near: list[str]) -> None:
        self.id, self.near = id, near
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"No record has the id '{id}'.{hint}")


# ------------------------------------------------------- rules between records


class InvalidFacts(Exception):
    """The records break rules between them. ``faults`` lists every one."""

    def __init__(self, found: list[Fault]) -> None:
        self.faults = found
        super().__init__(f"{len(found)} facts break a rule")


def faults(facts: Facts, also_known: frozenset[str] = frozenset(), partly: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """Every broken rule between the records of ``facts``.

    :param also_known: ids of records that could not be read, so that a link to one
        of them is not reported as well.
    :param partly: fields of ``facts`` some of whose records could not be read, so that
        nothing is said to be missing there.
    """
    records = list(facts.records)
    # Nothing may lead to what was taken out.
    known = also_known | {record.id for _, record in records if not isinstance(record, Withdrawn)}
    yield from _wrong_kinds(records)
    yield from _doubled_ids(records)
    yield from _doubled_names(facts)
    yield from _dangling(records, known)
    yield from _seen_in_vain(records)
    yield from _unsupported(records)
    yield from _bad_dates(records)
    yield from _bad_quotations(records)
    yield from _unearned_answers(facts)
    if "themes" not in partly:
        yield from _missing_themes(facts)
    yield from _going_round(facts)
    yield from _uneasy_lines(facts)
    if "reviews" not in partly:
        yield from _forged_checks(facts)
    yield from _hollow_reviews(facts)
    yield from _unagreed(facts)
    yield from _untrue_statements(facts)
    yield from _unfinished(records)
    yield from _unplain(records)
    yield from _half_withdrawn_pages(facts)


ID_OF_NO_KIND = Rule(
    "id-of-no-kind",
    "the id '{id}' does not begin with {kinds}",
    "The kind in front keeps ids unique and tells a reader what a link leads to.",
    "Rename it. '{better}' would do.",
    "- id: word-reciprocity",
    {"id": "reciprocity", "kinds": "word-", "better": "word-reciprocity"},
)


def _wrong_kinds(records: list[tuple[tuple, Record]]) -> Iterator[Fault]:
    for path, record in records:
        kind, _, rest = record.id.partition("-")
        if kind in record.kinds:
            continue
        if isinstance(record, Withdrawn):
            said = {"kinds": "the kind of any record", "fix": "Write the id that it had before it was taken out."}
        else:
            said = {"kinds": " or ".join(f"{known}-" for known in record.kinds), "better": f"{record.kinds[0]}-{record.id}"}
        near = [f"{known}-{rest}" for known in nearest(kind, record.kinds, count=1)]
        yield ID_OF_NO_KIND.fault((*path, "id"), near=near, id=record.id, **said)


ID_TWICE = Rule(
    "id-twice",
    "the id '{id}' is used twice",
    "Two records with one id share one address, so one of them could never be linked to.",
    "Give the newer record an id of its own.",
    "- id: word-co-design",
)


def _doubled_ids(records: list[tuple[tuple, Record]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, record in records:
        for key, id in [(("id",), record.id), *((("formerly", i), old) for i, old in enumerate(record.formerly))]:
            if id in seen:
                yield ID_TWICE.fault(path + key, id=id)
            seen.add(id)


def _doubled_names(facts: Facts) -> Iterator[Fault]:
    for field in type(facts).model_fields:
        whole = list(enumerate(getattr(facts, field)))
        yield from _twice(((field, i, "source" if isinstance(record, Resource) else "name"), record.title) for i, record in whole)
        # The one record inside each of them, an ask for one: a page lists those too.
        yield from _twice(
            ((field, i, key, "name"), child.title)
            for i, record in whole
            for key in type(record).model_fields
            if isinstance(child := getattr(record, key), Record)
        )
    for path, record in facts.records:
        for key in type(record).model_fields:
            if isinstance(value := getattr(record, key), tuple):
                yield from _twice(
                    ((*path, key, i, "name"), child.name) for i, child in enumerate(value) if hasattr(child, "name")
                )


NAME_TWICE = Rule(
    "name-twice",
    "the title '{title}' is used twice",
    "A reader who meets two things with one title cannot tell which is which.",
    "Change one title so that it says what is different.",
    "name: Care plan for children",
    {"title": "Care plan"},
)


def _twice(titles: Iterable[tuple[tuple[Any, ...], str]]) -> Iterator[Fault]:
    """A fault for each of these titles, which readers meet side by side, that another one has already."""
    seen: set[str] = set()
    for path, title in titles:
        if title.casefold() in seen:
            yield NAME_TWICE.fault(path, title=short(title))
        seen.add(title.casefold())


# The keys that hold an id, each with the class that its record must be of.
LEADS_TO: dict[str, type[Record]] = {"source": Source, "question": Question, "wording": Definition, "item": Item, "of": EasyRead}


def _dangling(records: list[tuple[tuple, Record]], known: frozenset[str]) -> Iterator[Fault]:
    leading = [(path + inner, id) for path, record in records for inner, id in _references(record)]
    count = Counter(id for _, id in leading)
    for path, id in leading:
        if fault := dead_reference(path, id, known, renamed=count[id] > 1):
            yield fault


NO_SUCH_RECORD = Rule(
    "no-such-record",
    "'{id}' is not the id of any {kind}",
    "A link to something that is not there would leave the reader nowhere.",
    "Is it new? Then add a record with this id. If not, take this line out.",
    "source: source-scie-guide",
    {"id": "source-riverside-group", "kind": "source"},
)


def dead_reference(path: tuple[Any, ...], id: str, known: frozenset[str], renamed: bool = False) -> Fault | None:
    """What is wrong with the reference ``id`` at ``path``, if it leads to no record or to one of the wrong kind.

    :param renamed: whether it is more likely that its record has a new id than that it is misspelt here.
    """
    wanted = LEADS_TO.get(path[-1])
    if id in known and (wanted is None or kind_of(id) in wanted.kinds):
        return None
    near = nearest_id(id, [other for other in known if wanted is None or kind_of(other) in wanted.kinds])
    kind = _in_plain(wanted) if wanted else "record"
    alike = [other for other in known if kind_of(other) == kind_of(id)] if renamed and id not in known else []
    if new := nearest_id(id, alike, 1):
        fix = f"Did you mean {new[0]}? If that is its new id, write it here, and 'formerly: [{id}]' in its record."
        return NO_SUCH_RECORD.fault(path, fix=fix, id=id, kind=kind)
    return NO_SUCH_RECORD.fault(path, near=near, id=id, kind=kind)


def _in_plain(kind: type[Record]) -> str:
    """``easy read`` for ``EasyRead``."""
    return re.sub(r"\B(?=[A-Z])", " ", kind.__name__).lower()


def _references(part: BaseModel) -> Iterator[tuple[tuple, str]]:
    """Every id that ``part`` points to, without those of the records nested in it."""
    for key in type(part).model_fields:
        value = getattr(part, key)
        if key in LEADS_TO and isinstance(value, str):
            yield (key,), value
        elif key == "see":
            yield from (((key, i), id) for i, id in enumerate(value))
        elif isinstance(value, BaseModel) and not isinstance(value, Record):
            yield from (((key, *inner), id) for inner, id in _references(value))
        elif isinstance(value, tuple):
            for i, child in enumerate(value):
                if isinstance(child, BaseModel) and not isinstance(child, Record):
                    yield from (((key, i, *inner), id) for inner, id in _references(child))


SEEN_IN_VAIN = Rule(
    "seen-in-vain",
    "'{id}' under 'see' is {what_it_is}",
    "A reader who goes there finds nothing new.",
    "Take it out of this list.",
    "see:\n  - word-peer\n  - word-carer",
    {"what_it_is": "the record itself"},
)


def _seen_in_vain(records: list[tuple[tuple, Record]]) -> Iterator[Fault]:
    for path, record in records:
        see = getattr(record, "see", ())
        for number, id in enumerate(see):
            if id == record.id:
                yield SEEN_IN_VAIN.fault((*path, "see", number), id=id, what_it_is="the record itself")
            elif id in see[:number]:
                yield SEEN_IN_VAIN.fault((*path, "see", number), id=id, what_it_is="in this list already")


SOURCE_MISSING = Rule(
    "source-missing",
    "'{id}' says '{status}' but names no source",
    "Readers must be able to see whose words or ideas these are.",
    "Add 'sources:' with the id of a source and the place in it. If the idea is ours, set 'status: ours'.",
    "sources:\n  - source: source-scie-guide\n    where: Page 2",
    {"status": "paraphrased"},
)
GRADE_MISSING = Rule(
    "grade-missing",
    "'{id}' names a source but no grade",
    "The grade tells readers how sure we are of what the source says.",
    "Add 'grade:' with A, B, C or D. The README says what each means.",
    "grade: B",
)


def _unsupported(records: list[tuple[tuple, Record]]) -> Iterator[Fault]:
    for path, record in records:
        if isinstance(record, Source):
            continue
        # Where words are quoted and there are none to show, that is told alone: it has the same cause.
        if record.status != "ours" and not record.sources and (record.status != "quoted" or any(record.quotations())):
            yield SOURCE_MISSING.fault((*path, "id"), id=record.id, status=record.status)
        if record.sources and record.grade is None:
            yield GRADE_MISSING.fault((*path, "sources"), id=record.id)


REVIEW_TOO_EARLY = Rule(
    "review-too-early",
    "the next review of '{id}' ({review_by}) is not after the last one ({reviewed})",
    "A review date that has passed already can never be met.",
    "Set 'review_by' to a day after 'reviewed': a year later, or six months for money, law and contacts.",
    "review_by: 2027-11-22",
)


LONGEST_UNREAD = timedelta(days=2 * 366)
REVIEW_TOO_LATE = Rule(
    "review-too-late",
    "the next review ({review_by}) is more than two years after the last one ({reviewed})",
    "Money, law and links change. Nobody would be asked to look for too long.",
    "Set 'review_by' to a day within two years of 'reviewed'. One year is usual.",
    "review_by: 2027-11-22",
    {"review_by": "2999-11-22"},
)


def _bad_dates(records: list[tuple[tuple, Record]]) -> Iterator[Fault]:
    for path, record in records:
        if record.review_by - record.reviewed > LONGEST_UNREAD:
            yield REVIEW_TOO_LATE.fault((*path, "review_by"), review_by=record.review_by, reviewed=record.reviewed)
        if record.review_by <= record.reviewed:
            dates = {"review_by": record.review_by, "reviewed": record.reviewed}
            yield REVIEW_TOO_EARLY.fault((*path, "review_by"), id=record.id, **dates)


QUOTED_FROM_MEMORY = Rule(
    "quoted-from-memory",
    "these words have grade D and stand as a quotation",
    "Grade D means from memory: nobody saw the words, so we may not print them as somebody's own.",
    "Find the words in a source and raise the grade, or put the idea in our words under 'plain'.",
    "grade: A",
)
PRINTED_BY_MISSING = Rule(
    "printed-by-missing",
    "these words have grade B but do not say who prints them",
    "Grade B words were read in somebody else's document. Readers must be told whose.",
    "Add 'as_printed_by:' with the name of the document or body that prints the words.",
    "as_printed_by: NEF’s own slides",
)
STATUS_OF_OTHER_WORDS = Rule(
    "status-of-other-words",
    "'{id}' says '{status}' but has {number} quotation",
    "Readers would be told the wrong thing about whose words they read.",
    "Set 'quoted' if there is a quotation to show. If there is none, set 'paraphrased' or 'ours'.",
    "status: quoted",
    {"id": "definition-scie", "number": "no", "status": "quoted"},
)


_QUOTE_OR_OURS = "Add 'quote:' and 'sources:' to this record. Is the idea ours? Then add 'status: ours'."


def _bad_quotations(records: list[tuple[tuple, Record]]) -> Iterator[Fault]:
    for path, record in records:
        for inner, quote in record.quotations():
            if quote.grade == "D":
                yield QUOTED_FROM_MEMORY.fault((*path, *inner, "grade"))
            if quote.grade == "B" and quote.as_printed_by is None:
                yield PRINTED_BY_MISSING.fault((*path, *inner, "grade"))
        if record.status == "quoted" and not any(record.quotations()):
            fix = _QUOTE_OR_OURS if hasattr(record, "quote") and not record.sources else ""
            said = {"id": record.id, "status": "quoted", "number": "no", "fix": fix, "example": "status: ours"}
            yield STATUS_OF_OTHER_WORDS.fault((*path, "status"), **said)
        if isinstance(record, Definition) and record.status != "quoted" and record.quote:
            yield STATUS_OF_OTHER_WORDS.fault((*path, "status"), id=record.id, status=record.status, number="a")
        if isinstance(record, Framework):
            yield from _names_from_memory(path, record)


NAMES_FROM_MEMORY = Rule(
    "names-from-memory",
    "the published names in '{of}' have grade D",
    "Grade D means from memory: nobody saw the names, so we may not print them as somebody's own.",
    "Find them in a source and raise the grade, or {instead}.",
    "grade: A",
    {"of": "framework-nef", "instead": "set 'names: paraphrased' or 'names: ours'"},
)


def _names_from_memory(path: tuple, framework: Framework) -> Iterator[Fault]:
    if framework.names == "quoted" and framework.grade == "D":
        instead = "set 'names: paraphrased' or 'names: ours'"
        yield NAMES_FROM_MEMORY.fault((*path, "grade"), of=framework.id, instead=instead)
    for v, variant in enumerate(framework.variants):
        if variant.grade == "D":
            yield NAMES_FROM_MEMORY.fault(
                (*path, "variants", v, "grade"), of=short(variant.name), instead="take this set of names out"
            )


ANSWER_TWICE = Rule(
    "answer-twice",
    "'{question}' is answered twice",
    "Two answers to one question cannot both be shown.",
    "Keep one of them.",
    "- question: question-carers",
    {"question": "question-carers"},
)
ANSWER_UNEARNED = Rule(
    "answer-unearned",
    "the words '{words}' are not in the quotation",
    "A yes must be earned by words that are really there. Otherwise we would put words in somebody's mouth.",
    "Copy whole words letter for letter from 'quote', or take this answer out.",
    "earned_by:\n  - equal partnership",
    {"words": "equal friends"},
)


def _unearned_answers(facts: Facts) -> Iterator[Fault]:
    for d, definition in enumerate(facts.definitions):
        asked: set[str] = set()
        for a, answer in enumerate(definition.answers):
            path = ("definitions", d, "answers", a)
            if answer.question in asked:
                yield ANSWER_TWICE.fault((*path, "question"), question=answer.question)
            asked.add(answer.question)
            for w, words in enumerate(answer.earned_by):
                if definition.quote is None or not re.search(rf"(?<!\w){re.escape(words)}(?!\w)", definition.quote.words):
                    yield ANSWER_UNEARNED.fault((*path, "earned_by", w), words=short(words))


THEME_MISSING = Rule(
    "theme-missing",
    "'{id}' stands under no theme",
    "The crosswalk promises every item of this framework, so this one would be missing from it.",
    "Add a link to it, with a reason, under a theme in themes.yml.",
    "links:\n  - item: principle-scie-equality\n    why: Some power has to move.",
    {"id": "principle-scie-equality"},
)


def _missing_themes(facts: Facts) -> Iterator[Fault]:
    linked = {link.item for theme in facts.themes for link in theme.links}
    for f, framework in enumerate(facts.frameworks):
        for i, item in enumerate(framework.items):
            if framework.compared and item.id not in linked:
                yield THEME_MISSING.fault(("frameworks", f, "items", i, "id"), id=item.id)


FAMILY_GOES_ROUND = Rule(
    "family-goes-round",
    "'{id}' descends from itself",
    "A family tree that goes round in a circle cannot be drawn.",
    "Take out the line that leads to a newer wording than this one.",
    "descends_from:\n  - wording: definition-ncag-early",
    {"id": "definition-ncag"},
)


def _going_round(facts: Facts) -> Iterator[Fault]:
    parents = {d.id: [descent.wording for descent in d.descends_from] for d in facts.definitions}
    for index, definition in enumerate(facts.definitions):
        waiting, seen = list(parents[definition.id]), set()
        while waiting:
            older = waiting.pop()
            if older == definition.id:
                yield FAMILY_GOES_ROUND.fault(("definitions", index, "descends_from"), id=definition.id)
                break
            if older not in seen:
                seen.add(older)
                waiting.extend(parents.get(older, ()))


LONGEST_LINE = 15  # words of a line in easy words


def _uneasy_lines(facts: Facts) -> Iterator[Fault]:
    for index, twin in enumerate(facts.easy_read):
        path = ("easy_read", index)
        whole = [twin.lead, *(line.words for _, line in twin.lines())]
        explained: set[str] = set()
        yield from _hard_to_take_in((*path, "lead"), twin.lead)
        for number, (inner, line) in enumerate(twin.lines()):
            for key in ("words", "means"):
                yield from _hard_to_take_in((*path, *inner, key), getattr(line, key))
            yield from _badly_explained((*path, *inner), line, whole[: number + 1], explained)
            if line.hard and line.means:
                explained.add(line.hard.casefold())


HARD_WORD_ALONE = Rule(
    "hard-word-alone",
    "'{said}' stands here without '{lacking}'",
    "A hard word is set bold and explained in one go, or a reader is left alone with it.",
    "Add '{lacking}:' to this line, or take '{said}' out.",
    "hard: rung\nmeans: A rung is a step.",
    {"said": "hard", "lacking": "means"},
)
HARD_WORD_NOT_SAID = Rule(
    "hard-word-not-said",
    "the hard word '{word}' is not in the words of its line",
    "Nothing on the page would be bold, and the explanation would hang in the air.",
    "Copy it letter for letter from 'words'.",
    "words: The ladder has eight rungs.\nhard: rungs",
)
HARD_WORD_TWICE = Rule(
    "hard-word-twice",
    "the hard word '{word}' is explained twice",
    "Whoever reads it again looks for a difference that is not there.",
    "Take 'hard' and 'means' out of this line.",
    "words: This is the top rung.",
)
HARD_WORD_TOO_LATE = Rule(
    "hard-word-too-late",
    "the hard word '{word}' stands in a line above, and is explained only here",
    "Readers meet it there first, and are stuck.",
    "Move 'hard' and 'means' to the first line that says it. In the lead, say it in other words.",
    "hard: rung\nmeans: A rung is a step.",
)


def _badly_explained(path: tuple[Any, ...], line: EasyLine, above: list[str], explained: set[str]) -> Iterator[Fault]:
    """What is wrong with the hard word of a line.

    :param above: the lead, and the words of the lines before it.
    :param explained: the hard words of those lines.
    """
    if line.hard is None or line.means is None:
        if line.hard or line.means:
            said, lacking = ("hard", "means") if line.hard else ("means", "hard")
            yield HARD_WORD_ALONE.fault((*path, said), said=said, lacking=lacking)
    elif not _says(line.words, line.hard):
        yield HARD_WORD_NOT_SAID.fault((*path, "hard"), word=short(line.hard))
    elif line.hard.casefold() in explained:
        yield HARD_WORD_TWICE.fault((*path, "hard"), word=short(line.hard))
    elif any(_says(words, line.hard) for words in above):
        yield HARD_WORD_TOO_LATE.fault((*path, "hard"), word=short(line.hard))


LINE_TOO_LONG = Rule(
    "line-too-long",
    "this line has {count} words; {most} is the most",
    "One short line at a time is what makes easy words easy.",
    "Split it, or leave out what is not needed.",
    "words: You can bring a friend.",
    {"count": "17", "most": "15"},
)
LINE_OF_TWO_IDEAS = Rule(
    "line-of-two-ideas",
    "this line has more than one sentence",
    "Each line holds one idea, with the one picture that goes with it.",
    "Give each sentence a line of its own.",
    "words: You can bring a friend.",
)


def _hard_to_take_in(path: tuple[Any, ...], text: str | None) -> Iterator[Fault]:
    if (count := len(wording.words(text or ""))) > LONGEST_LINE:
        yield LINE_TOO_LONG.fault(path, count=count, most=LONGEST_LINE)
    if len(wording.sentences(text or "")) > 1:
        yield LINE_OF_TWO_IDEAS.fault(path)


def _says(words: str, hard: str) -> bool:
    """Whether ``hard`` stands in ``words`` as a whole."""
    return re.search(rf"(?<!\w){re.escape(hard)}(?!\w)", words, re.I) is not None


CHECKED_BY_NOBODY = Rule(
    "checked-by-nobody",
    "'{id}' says 'checked', and {but}",
    "Readers would trust words that nobody with a learning disability has checked.",
    "Set 'state: draft'. Then ask a group to check it as it is now. CONTRIBUTING.md says how to record that in reviews.yml.",
    "state: draft",
    {"but": "no review of it is on record", "id": "easy-ladder"},
)


def _forged_checks(facts: Facts) -> Iterator[Fault]:
    for index, twin in enumerate(facts.easy_read):
        if twin.state == "draft" or facts.checks_of(twin):
            continue
        older = any(review.of == twin.id for review in facts.reviews)
        but = f"its words have changed since: they are {twin.fingerprint} now" if older else "no review of it is on record"
        yield CHECKED_BY_NOBODY.fault(("easy_read", index, "state"), id=twin.id, but=but)


# What somebody writes who has nothing to say there.
_NOTHING = re.compile(r"\W*(?:no|none|nobody|nothing|nowhere|not (?:kept|known|yet)|unknown)\W*", re.I)
FIRST_DAY = date(2026, 1, 1)  # nobody can have tried the site before there was one


def _hollow_reviews(facts: Facts) -> Iterator[Fault]:
    for index, review in enumerate(facts.reviews):
        path = ("reviews", index)
        yield from _contacts(path, review)
        yield from _not_then((*path, "when"), review.when, review.reviewed)
        for key in ("who", "how", "paid", "consent_kept"):
            # That nobody was paid is an answer.
            yield from _says_nothing((*path, key), getattr(review, key), may_be_no=key == "paid")


NAME_UNAGREED = Rule(
    "name-unagreed",
    "'{who}' may be somebody's name, and nothing says that they agreed",
    "A name on the web can be found for ever. Only they can say yes to that.",
    "Write 'a carer', or initials. Or say under 'consent_kept' who keeps their consent, and where.",
    "who: a carer",
    {"who": "The chair’s full name"},
)
WORDS_UNAGREED = Rule(
    "words-unagreed",
    "these are somebody's own words, and nothing says that they agreed",
    "What people tell us is theirs. Only they can say yes to seeing it in print.",
    "Say under 'consent_kept' who keeps their consent, and where. Or take 'words' out.",
    "consent_kept: In the office safe, with the editors.",
)


CHANGED_AGAIN_TOO_EARLY = Rule(
    "changed-again-too-early",
    "it says that it changed again on {day}, and that is before {when}",
    "Feed readers would keep the old words, and a name that was taken out of them.",
    "Write the day on which you changed these words.",
    "changed_again: 2026-11-22",
    {"day": "2026-01-22", "when": "2026-11-20"},
)


def _unagreed(facts: Facts) -> Iterator[Fault]:
    for index, change in enumerate(facts.changes):
        if change.changed_again and change.changed_again < change.when:
            path = ("changes", index, "changed_again")
            yield CHANGED_AGAIN_TOO_EARLY.fault(path, day=change.changed_again, when=change.when)
        path = ("changes", index, "suggested")
        if change.suggested is None:
            continue
        yield from _contacts(path, change.suggested)
        if _names_without_leave(change.suggested):
            yield NAME_UNAGREED.fault((*path, "who"), who=change.suggested.who)
        elif change.suggested.words and _is_hollow(change.suggested.consent_kept or ""):
            yield WORDS_UNAGREED.fault((*path, "words"))


def _names_without_leave(said: Suggestion | Judgement) -> bool:
    """Whether it may name somebody, and does not say who keeps their consent."""
    return _is_hollow(said.consent_kept or "") and _may_be_a_name(said.who)


# How people are spoken of without a name.
_SOMEBODY = re.compile(
    r"an?|the|our|one|two|three|four|five|some|many|several|some(?:body|one)|people|person|members?|readers?|carers?|parents?"
    r"|workers?|visitors?|staff|students?|tenants?|volunteers?|trainers?|nurses?|groups?",
    re.I,
)


def _may_be_a_name(who: str) -> bool:
    """Whether it has a capital letter, or no word as in 'a carer' or 'young carers'. Initials are no name: 'J. S.' or 'JS'."""
    words = [word for word in re.findall(r"[^\W\d_]+", who) if not (word.isupper() and len(word) <= 3)]
    return any(word[0].isupper() for word in words) or bool(words and not any(map(_SOMEBODY.fullmatch, words)))


CONTACT_GIVEN = Rule(
    "contact-given",
    "'{key}' holds an e-mail address, or a number that could be a phone's",
    "Anybody can read these files, and could write to that person or ring them.",
    "Take it out. Keep it where 'consent_kept' says.",
    "who: a carer",
    {"key": "consent_kept"},
)
# The numbers of a service are everybody's: 0300, 0800, 0808. Nor is a day one: 2026-01-20.
_CONTACT = re.compile(r"\S@\S|(?:\+|(?<![-\d])0(?!3|80))(?:[ ()-]?\d){8,}")


def _contacts(path: tuple[Any, ...], said: Part) -> Iterator[Fault]:
    """Each text of a part in which somebody could be reached."""
    for key, text in said:
        if key != "locked" and isinstance(text, str) and _CONTACT.search(text):
            yield CONTACT_GIVEN.fault((*path, key), key=key)


DAY_CANNOT_BE = Rule(
    "day-cannot-be",
    "the day {when} cannot be: it does not lie between {first} and {reviewed}, when the record was last read",
    "Readers would be told of a check that nobody can have made.",
    "Write the day on which they finished. Set 'reviewed' when you have read the whole record.",
    "when: 2026-11-20",
    {"when": "2026-11-23", "first": "2026-01-01"},
)


def _not_then(path: tuple[Any, ...], when: date, reviewed: date) -> Iterator[Fault]:
    if not FIRST_DAY <= when <= reviewed:
        yield DAY_CANNOT_BE.fault(path, when=when, first=FIRST_DAY, reviewed=reviewed)


SAYS_NOTHING = Rule(
    "says-nothing",
    "'{text}' says nothing under '{key}'",
    "The word of people who checked the site counts only when we know how it came about.",
    "Say it in a few words. Where you cannot, leave the whole record out until you can.",
    "how: They read it aloud, line by line.",
    {"text": "Nobody", "key": "who"},
)


def _is_hollow(text: str) -> bool:
    """Whether it has no word, or one that means nothing."""
    return not re.search(r"[^\W\d_]{2,}", text) or bool(_NOTHING.fullmatch(text))


# In place of a name, for those who like them better.
_INITIALS = re.compile(r"(?:[^\W\d_]\.? ?){2,3}")


def _says_nothing(path: tuple[Any, ...], text: str, may_be_no: bool = False) -> Iterator[Fault]:
    if path[-1] == "who" and _INITIALS.fullmatch(text) and not _NOTHING.fullmatch(text):
        return
    if _is_hollow(text) and not (may_be_no and _NOTHING.fullmatch(text)):
        yield SAYS_NOTHING.fault(path, text=short(text), key=path[-1])


LONGEST_WITHOUT_READING = timedelta(days=366)


STATEMENT_TWICE = Rule(
    "statement-twice",
    "'{id}' is a second accessibility statement",
    "The page prints one. Two could say different things of one site.",
    "Put what it says into the first.",
    "records:\n  - id: statement-site",
    {"id": "statement-second"},
)
PREPARED_TOO_LATE = Rule(
    "prepared-too-late",
    "the statement was prepared ({prepared}) after it was last read ({reviewed})",
    "Nobody can have read it before it was there.",
    "Set 'reviewed' to the day on which somebody last read it, and leave 'prepared' as it was.",
    "reviewed: 2026-11-22",
    {"prepared": "2026-11-23"},
)
STATEMENT_READ_TOO_LATE = Rule(
    "statement-read-too-late",
    "the statement would not be read again until {review_by}: more than a year after {reviewed}",
    "Sites, browsers and the law change. A statement that nobody reads for so long is no longer true.",
    "Set 'review_by' to six months after 'reviewed', or a year at most.",
    "review_by: 2027-05-22",
    {"review_by": "2027-11-24"},
)
MENDED_TOO_LATE = Rule(
    "mended-too-late",
    "the day to mend it by ({mend_by}) is not after the last review ({reviewed})",
    "Whoever read the statement that day knew that it could not be met.",
    "Set a day that can be met, or mend the fault and move its record to withdrawn.yml.",
    "mend_by: 2027-03-01",
    {"mend_by": "2026-11-22"},
)

PEOPLE_CHECK_MISSING = Rule(
    "people-check-missing",
    "nothing under 'only_people' is about '{about}'",
    "We could then say that the site meets the standard, though nobody has tried that.",
    "Put it back. Leave 'judged' out until somebody has tried it.",
    "- about: screen reader\n  name: A screen reader\n  plain: Can you find your way?",
    {"about": "voice control"},
)
PEOPLE_CHECK_TWICE = Rule(
    "people-check-twice",
    "'{about}' stands under 'only_people' twice",
    "Readers could not tell which of the two answers holds.",
    "Put all that people found under the first.",
    "- about: screen reader\n  name: A screen reader\n  plain: Can you find your way?",
    {"about": "screen reader"},
)


def _wrong_people_checks(path: tuple[Any, ...], checks: tuple[PeopleCheck, ...]) -> Iterator[Fault]:
    about = [check.about for check in checks]
    for one in get_args(OnlyPeople):
        if one not in about:
            yield PEOPLE_CHECK_MISSING.fault(path, about=one)
    for number, one in enumerate(about):
        if one in about[:number]:
            yield PEOPLE_CHECK_TWICE.fault((*path, number, "about"), about=one)


def _untold(path: tuple[Any, ...], judgement: Judgement) -> Iterator[Fault]:
    """What a judgement leaves out, and what it tells of somebody who did not say yes to that."""
    yield from _contacts(path, judgement)
    for key in ("who", "found"):
        yield from _says_nothing((*path, key), getattr(judgement, key))
    if not _is_hollow(judgement.who) and _names_without_leave(judgement):
        yield NAME_UNAGREED.fault((*path, "who"), who=judgement.who)


def _untrue_statements(facts: Facts) -> Iterator[Fault]:
    for index, statement in enumerate(facts.accessibility):
        path, reviewed = ("accessibility", index), statement.reviewed
        if index:
            yield STATEMENT_TWICE.fault((*path, "id"), id=statement.id)
        if statement.prepared > reviewed:
            yield PREPARED_TOO_LATE.fault((*path, "prepared"), prepared=statement.prepared, reviewed=reviewed)
        if statement.review_by > reviewed + LONGEST_WITHOUT_READING:
            yield STATEMENT_READ_TOO_LATE.fault((*path, "review_by"), review_by=statement.review_by, reviewed=reviewed)
        for key in ("heard_within", "paid"):  # they stand among easy words as well
            yield from _hard_to_take_in((*path, key), getattr(statement, key))
        yield from _wrong_people_checks((*path, "only_people"), statement.only_people)
        for c, check in enumerate(statement.only_people):
            for j, judgement in enumerate(check.judged):
                inner = (*path, "only_people", c, "judged", j)
                yield from _not_then((*inner, "when"), judgement.when, reviewed)
                yield from _untold(inner, judgement)
        for f, failing in enumerate(statement.failings):
            if failing.mend_by <= failing.reviewed:
                inner = (*path, "failings", f, "mend_by")
                yield MENDED_TOO_LATE.fault(inner, mend_by=failing.mend_by, reviewed=failing.reviewed)


# Pages have gaps as well: they are told in the same words.
GAP = Rule(
    "gap",
    "'{words}' looks like a gap that nobody has filled",
    "Readers would meet it on the page and trust the rest less.",
    "Write what should stand there, or take the whole line out until you know.",
    "plain: Ask what people need.",
    {"words": "[how many]"},
)


MARKS_IN_TEXT = Rule(
    "marks-in-text",
    "'{words}' would be shown just as it stands here",
    "Facts are plain words. Only pages know marks for bold text, links or signs.",
    "Take the marks out. Type a sign itself, such as &, in place of its code.",
    "meaning: The list of what we talk about.",
    {"words": "**list**"},
)
NAME_IN_QUOTES = Rule(
    "name-in-quotes",
    "the title '{title}' stands in quotation marks",
    "The marks would be a part of it. A list in order of the alphabet would put it under them.",
    "Take the quotation marks out.",
    "name: Agenda",
    {"title": "“Agenda”"},
)
_MARKS = re.compile(
    r"(\*\*?|~~)(?=\S)[^*~\n]{0,200}\S\1|(?<!\w)(__?)(?=\w)[^_\n]{0,200}\2(?!\w)"  # **bold**, *so*, _so_
    r"|\*\*|\\?`[^`]{0,200}`?|\\[*_#]"
    r"|&(?:#x?[0-9a-f]{2,6}|[a-z]{2,31}\d*);|</?[a-z][^<>]{0,200}>|\[[^\[\]]{1,200}\]\([^()\s]{1,200}\)",
    re.I,
)
_IN_QUOTES = re.compile(r"“[^“”]*”|‘[^‘’]*’|\"[^\"]*\"|'[^']*'")


def _unplain(records: list[tuple[tuple, Record]]) -> Iterator[Fault]:
    for path, record in records:
        for inner, text, ours in _all_texts(record):
            exact = not ours or inner == ("suggested", "words")
            if not exact and inner != ("url",) and (marks := _MARKS.search(text)):
                yield MARKS_IN_TEXT.fault(path + inner, words=short(marks[0]))
        name = getattr(record, "name", "")
        if not isinstance(record, Source) and _IN_QUOTES.fullmatch(name):
            yield NAME_IN_QUOTES.fault((*path, "name"), title=short(name))


def _unfinished(records: list[tuple[tuple, Record]]) -> Iterator[Fault]:
    for path, record in records:
        for inner, text, ours in _all_texts(record):
            # Somebody else's words and titles may have brackets of their own.
            gaps = wording.gaps(text) if ours and not isinstance(record, Source) else []
            for words in [*wording.unfinished(text), *gaps]:
                yield GAP.fault(path + inner, words=short(words))


def _all_texts(part: BaseModel, ours: bool = True) -> Iterator[tuple[tuple[Any, ...], str, bool]]:
    """Every text in ``part`` with its path, and whether it is ours; without those of the records nested in it."""
    for key in type(part).model_fields:
        value = getattr(part, key)
        listed = isinstance(value, tuple)
        for index, child in enumerate(value if listed else (value,)):
            path = (key, index) if listed else (key,)
            if isinstance(child, str):
                yield path, child, ours
            elif isinstance(child, BaseModel) and not isinstance(child, Record):
                yield from ((path + inner, text, own) for inner, text, own in _all_texts(child, not isinstance(child, Quotation)))


OLD_PATH_MISSING = Rule(
    "old-path-missing",
    "'{id}' is a page that was taken out, and nothing says which",
    "Its old address could not answer.",
    "Add 'was:' with the path that it had inside docs/.",
    "was: practice/meetings.md",
    {"id": "page-meetings"},
)
OLD_PATH_OF_NO_PAGE = Rule(
    "old-path-of-no-page",
    "'{id}' says 'was', the path of a page, and is no page",
    "Only a page that was taken out whole has an address to answer for.",
    "Begin its id with page-, or take 'was' out.",
    "- id: page-meetings\n  was: practice/meetings.md",
)


def _half_withdrawn_pages(facts: Facts) -> Iterator[Fault]:
    for index, record in enumerate(facts.withdrawn):
        if kind_of(record.id) == "page" and record.was is None:
            yield OLD_PATH_MISSING.fault(("withdrawn", index, "id"), id=record.id)
        if kind_of(record.id) != "page" and record.was is not None:
            yield OLD_PATH_OF_NO_PAGE.fault(("withdrawn", index, "was"), id=record.id)
