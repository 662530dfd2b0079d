"""What the site knows: the records, and the rules that hold them together.

A record that breaks a rule cannot exist: :class:`Facts` refuses it. Nothing here
knows where a record is stored or how it looks on a page.

Two kinds of rule stand here. The shape of one record (keys, kinds of value) is
declared in its class and checked by pydantic. The rules between records (an id
that exists, words that stand in a quotation) are the functions that
:func:`faults` runs; each yields one :class:`Fault` for each thing that is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

# --------------------------------------------------------------- kinds of value


def _one_line(text: str) -> str:
    """Fold white space to single spaces; refuse empty text and unseen characters."""
    folded = " ".join(text.split())
    if not folded:
        raise PydanticCustomError("empty", "it is empty")
    _refuse_unseen(folded)
    return folded


def _refuse_unseen(text: str) -> None:
    unseen = [c for c in text if unicodedata.category(c) in ("Cc", "Cf") and not c.isspace()]
    if unseen:
        names = ", ".join(sorted({unicodedata.name(c, f"U+{ord(c):04X}") for c in unseen}))
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


Text = Annotated[str, AfterValidator(_one_line)]
_ID = r"[a-z]+(-[a-z0-9]+)+"
Id = _of_form("id", _ID)
Url = _of_form("url", r"https?://[a-z0-9.-]+(:[0-9]+)?(/[^\s<>\"']*)?")
Month = _of_form("month", r"20[0-9]{2}-(0[1-9]|1[0-2])")
Page = _of_form("page", r"[a-z0-9-]+(/[a-z0-9-]+)*\.md")
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
    checked: Month = Field(description="Month in which somebody last compared the words with the source: 2026-11.")
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
    home: Page = Field(description="The one page, inside docs/, that prints this record's anchor.")
    also: tuple[Text, ...] = Field((), description="Other words people use for it. Search finds them.")

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
    checked: Month = Field(description="Month in which we last read our copy: 2026-11.")
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

    def get(self, id: str) -> Record:
        """The record with this id.

        :raises UnknownId: naming the ids that are near.
        """
        if id not in self.by_id:
            raise UnknownId(id, nearest(id, self.by_id))
        return self.by_id[id]

    def title(self, id: str) -> str:
        """What a reader calls the record with this id."""
        record = self.get(id)
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


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Up to ``count`` of the ``known`` names that look most like ``name``, best first."""
    return get_close_matches(name, list(known), n=count, cutoff=0.6)


class UnknownId(LookupError):
    """An id that no record has."""

    def __init__(self, id: str, near: list[str]) -> None:
        self.id, self.near = id, near
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"No record has the id '{id}'.{hint}")


# ------------------------------------------------------- rules between records


class Fault(NamedTuple):
    """One broken rule.

    ``path`` leads to the value: the file's name without its ending, the number of
    the record, then keys and numbers inside it.
    """

    path: tuple[Any, ...]
    what: str
    why: str
    fix: str


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
    yield from _unsupported(records)
    yield from _bad_dates(records)
    yield from _bad_quotations(records)
    yield from _unearned_answers(facts)
    if "themes" not in partly:
        yield from _missing_themes(facts)
    yield from _going_round(facts)
    yield from _half_withdrawn_pages(facts)


def _wrong_kinds(records: list[tuple[tuple, Record]]) -> Iterator[Fault]:
    for path, record in records:
        if kind_of(record.id) not in record.kinds:
            wanted = " or ".join(f"{kind}-" for kind in record.kinds)
            yield Fault(
                (*path, "id"),
                f"the id '{record.id}' does not begin with {wanted}",
                "The kind in front keeps ids unique and tells a reader what a link leads to.",
                f"Rename it, for example to '{record.kinds[0]}-{record.id}'.",
            )


def _doubled_ids(records: list[tuple[tuple, Record]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, record in records:
        for key, id in [(("id",), record.id), *((("formerly", i), old) for i, old in enumerate(record.formerly))]:
            if id in seen:
                yield Fault(
                    path + key,
                    f"the id '{id}' is used twice",
                    "Two records with one id share one address, so one of them could never be linked to.",
                    "Give the newer record an id of its own.",
                )
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
                yield from _twice(((*path, key, i, "name"), child.name) for i, child in enumerate(value) if hasattr(child, "name"))


def _twice(titles: Iterable[tuple[tuple[Any, ...], str]]) -> Iterator[Fault]:
    """A fault for each of these titles, which readers meet side by side, that another one has already."""
    seen: set[str] = set()
    for path, title in titles:
        if title.casefold() in seen:
            yield Fault(
                path,
                f"the title '{title}' is used twice",
                "A reader who meets two things with one title cannot tell which is which.",
                "Change one title so that it says what is different.",
            )
        seen.add(title.casefold())


# The keys that hold an id, each with the class that its record must be of.
LEADS_TO: dict[str, type[Record]] = {"source": Source, "question": Question, "wording": Definition, "item": Item}


def _dangling(records: list[tuple[tuple, Record]], known: frozenset[str]) -> Iterator[Fault]:
    for path, record in records:
        for inner, id in _references(record):
            if fault := dead_reference(path + inner, id, known):
                yield fault


def dead_reference(path: tuple[Any, ...], id: str, known: frozenset[str]) -> Fault | None:
    """What is wrong with the reference ``id`` at ``path``, if it leads to no record or to one of the wrong kind."""
    wanted = LEADS_TO.get(path[-1])
    if id in known and (wanted is None or kind_of(id) in wanted.kinds):
        return None
    near = nearest(id, [other for other in known if wanted is None or kind_of(other) in wanted.kinds])
    return Fault(
        path,
        f"'{id}' is not the id of any {wanted.__name__.lower() if wanted else 'record'}",
        "A link to something that is not there would leave the reader nowhere.",
        f"Did you mean {' or '.join(near)}?" if near else "Add the record, or take this line out.",
    )


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


def _unsupported(records: list[tuple[tuple, Record]]) -> Iterator[Fault]:
    for path, record in records:
        if isinstance(record, Source):
            continue
        if record.status != "ours" and not record.sources:
            yield Fault(
                (*path, "id"),
                f"'{record.id}' says '{record.status}' but names no source",
                "Readers must be able to see whose words or ideas these are.",
                "Add 'sources:' with a source id and a place, or set 'status: ours' if the idea is ours.",
            )
        if record.sources and record.grade is None:
            yield Fault(
                (*path, "sources"),
                f"'{record.id}' names a source but no grade",
                "The grade tells readers how sure we are of what the source says.",
                "Add 'grade:' with A, B, C or D. The README says what each means.",
            )


def _bad_dates(records: list[tuple[tuple, Record]]) -> Iterator[Fault]:
    for path, record in records:
        if record.review_by <= record.reviewed:
            yield Fault(
                (*path, "review_by"),
                f"the next review of '{record.id}' ({record.review_by}) is not after the last one ({record.reviewed})",
                "A review date that has passed already can never be met.",
                "Set 'review_by' to a day after 'reviewed': a year later, or six months for money, law and contacts.",
            )


def _bad_quotations(records: list[tuple[tuple, Record]]) -> Iterator[Fault]:
    for path, record in records:
        for inner, quote in record.quotations():
            if quote.grade == "D":
                yield Fault(
                    (*path, *inner, "grade"),
                    "these words have grade D and stand as a quotation",
                    "Grade D means from memory: nobody saw the words, so we may not print them as somebody's own.",
                    "Find the words in a source and raise the grade, or put the idea in our words under 'plain'.",
                )
            if quote.grade == "B" and quote.as_printed_by is None:
                yield Fault(
                    (*path, *inner, "grade"),
                    "these words have grade B but do not say who prints them",
                    "Grade B words were read in somebody else's document. Readers must be told whose.",
                    "Add 'as_printed_by:' with the name of the document or body that prints the words.",
                )
        if record.status == "quoted" and not any(record.quotations()):
            yield Fault(
                (*path, "status"),
                f"'{record.id}' says 'quoted' but has no quotation",
                "The label would tell readers the wrong thing about whose words they read.",
                "Add the quotation, or set 'status: paraphrased' or 'status: ours'.",
            )
        if isinstance(record, Definition) and record.status != "quoted" and record.quote:
            yield Fault(
                (*path, "status"),
                f"'{record.id}' says '{record.status}' but has a quotation",
                "The label would tell readers the wrong thing about whose words they read.",
                "Set 'status: quoted'.",
            )
        if isinstance(record, Framework):
            yield from _names_from_memory(path, record)


def _names_from_memory(path: tuple, framework: Framework) -> Iterator[Fault]:
    why = "Grade D means from memory: nobody saw the names, so we may not print them as somebody's own."
    if framework.names == "quoted" and framework.grade == "D":
        yield Fault(
            (*path, "grade"),
            f"'{framework.id}' has grade D and 'names: quoted'",
            why,
            "Find the names in a source and raise the grade, or set 'names: paraphrased' or 'names: ours'.",
        )
    for v, variant in enumerate(framework.variants):
        if variant.grade == "D":
            yield Fault(
                (*path, "variants", v, "grade"),
                f"the published names '{variant.name}' have grade D",
                why,
                "Find the names in a source and raise the grade, or take this set of names out.",
            )


def _unearned_answers(facts: Facts) -> Iterator[Fault]:
    for d, definition in enumerate(facts.definitions):
        asked: set[str] = set()
        for a, answer in enumerate(definition.answers):
            path = ("definitions", d, "answers", a)
            if answer.question in asked:
                yield Fault(
                    (*path, "question"),
                    f"'{answer.question}' is answered twice",
                    "Two answers to one question cannot both be shown.",
                    "Keep one of them.",
                )
            asked.add(answer.question)
            for w, words in enumerate(answer.earned_by):
                if definition.quote is None or not re.search(rf"(?<!\w){re.escape(words)}(?!\w)", definition.quote.words):
                    yield Fault(
                        (*path, "earned_by", w),
                        f"the words '{words}' are not in the quotation",
                        "A yes must be earned by words that are really there. Otherwise we would put words in somebody's mouth.",
                        "Copy whole words letter for letter from 'quote', or take this answer out.",
                    )


def _missing_themes(facts: Facts) -> Iterator[Fault]:
    linked = {link.item for theme in facts.themes for link in theme.links}
    for f, framework in enumerate(facts.frameworks):
        for i, item in enumerate(framework.items):
            if framework.compared and item.id not in linked:
                yield Fault(
                    ("frameworks", f, "items", i, "id"),
                    f"'{item.id}' stands under no theme",
                    "The crosswalk promises every item of this framework, so this one would be missing from it.",
                    "Add a link to it, with a reason, under a theme in themes.yml.",
                )


def _going_round(facts: Facts) -> Iterator[Fault]:
    parents = {d.id: [descent.wording for descent in d.descends_from] for d in facts.definitions}
    for index, definition in enumerate(facts.definitions):
        waiting, seen = list(parents[definition.id]), set()
        while waiting:
            older = waiting.pop()
            if older == definition.id:
                yield Fault(
                    ("definitions", index, "descends_from"),
                    f"'{definition.id}' descends from itself",
                    "A family tree that goes round in a circle cannot be drawn.",
                    "Take out the line that points to a younger wording.",
                )
                break
            if older not in seen:
                seen.add(older)
                waiting.extend(parents.get(older, ()))


def _half_withdrawn_pages(facts: Facts) -> Iterator[Fault]:
    for index, record in enumerate(facts.withdrawn):
        if kind_of(record.id) == "page" and record.was is None:
            yield Fault(
                ("withdrawn", index, "id"),
                f"'{record.id}' is a page that was taken out, and nothing says which",
                "Its old address could not answer.",
                "Add 'was:' with the path that it had inside docs/, such as was: quorum.md.",
            )
        if kind_of(record.id) != "page" and record.was is not None:
            yield Fault(
                ("withdrawn", index, "was"),
                f"'{record.id}' says 'was', the path of a page, and is no page",
                "Only a page that was taken out whole has an address to answer for.",
                "Begin its id with page-, or take 'was' out.",
            )
