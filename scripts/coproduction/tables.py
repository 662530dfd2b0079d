"""From the model to accessible HTML.

Each public method of :class:`Tables` is a macro: it prints one block, and takes ids.
A block is one ``<div markdown="block">`` without a blank line inside, the form
whose headings reach the page's contents list while its text stays untouched by
Markdown. A record's anchor is printed on its home page only; elsewhere its title
links there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from coproduction import linked_data, model
from coproduction.addresses import EASY, FEED, page_address, permanent, sheet, way_on_the_site, whole
from coproduction.dates import Due, is_late
from coproduction.findings import sentence
from coproduction.model import Record, UnknownId, first_day, nearest, nearest_id
from coproduction.reading import Library, Place

if TYPE_CHECKING:  # they ask for us
    from coproduction.doors import Door
    from coproduction.forwarding import Forward

Kind = TypeVar("Kind", bound=Record)
Way = Callable[[str, str], str]

NATIONS = {
    "england": "England only",
    "england-and-wales": "England and Wales",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
    "great-britain": "England, Wales and Scotland",
    "uk": "Across the UK",
}
FORCES = {"must": "Must: law", "should": "Should: guidance", "neither": "Worth knowing"}
GRADES = {
    "A": "We read a stored copy of the original.",
    "B": "We read it in a document that quotes the original.",
    "C": "We read it only in one of the five documents this site began from.",
    "D": "From memory. Nobody has confirmed it yet.",
}
NAMES = {
    "quoted": "The names are quoted as published.",
    "paraphrased": "The names are in our words.",
    "ours": "The names are ours.",
}
STATUSES = {
    "quoted": "Quoted: what stands in quotation marks is exact. The plain words and notes around it are ours.",
    "paraphrased": "Paraphrased: ideas from the sources below, in our words.",
    "ours": "Ours: our own words and ideas.",
}
BENEFITS_TO = {
    "people": "For people and carers",
    "staff": "For staff",
    "organisations": "For organisations",
    "communities": "For communities",
}
# What stands on top of a page in easy words until the people it is for have checked it. The question leads to the kit.
DRAFT = ("Draft.", "People with learning disabilities have not checked this yet.", "Can your group help?")
OUTCOMES = {"done": "We did it.", "partly": "We did a part of it.", "not done": "We did not do it."}
STAGES = {
    "invite": "Before you press send",
    "prepare": "Before the day",
    "meet": "On the day",
    "after": "Afterwards",
}


class NothingToShow(LookupError):
    """A macro was asked for records that the data does not hold."""


@dataclass(frozen=True)
class Said:
    """Where the words of a block come from, ready to print."""

    statuses: list[str]
    citations: list[tuple[model.Source, list[str], str | None]]
    reviewed: date
    review_by: date
    place: Place
    edit: str


@dataclass(frozen=True)
class Harder:
    """A page that is harder to read than it should be, and says why."""

    page: str  # its path inside docs/
    title: str
    why: str


@dataclass(frozen=True)
class Around:
    """What a block may say that stands in no data file."""

    today: date | None = None  # the day of the build; None when nobody has told it
    email: str = ""  # of whoever answers for the site
    harder: tuple[Harder, ...] = ()
    late: tuple[Due, ...] = ()  # what should have been read again or mended before today
    soon: tuple[Due, ...] = ()  # what comes next
    forms: bool = False  # whether there is one at the code host
    edit: bool = False  # whether pages can be edited there


class Tables:
    """The macros, as seen from one page.

    :param library: the facts and their places.
    :param page: the page, inside ``docs/``, that asks: ``models/scie.md``.
    :param edit_line: address of the code host's editor with ``{path}`` and ``{line}``, or empty.
    :param site_url: where the site will be published, for the addresses that people copy.
    :param way: the link from a page to another or to an address of the site, as the engine wants it.
    :param about: what the page says of itself, for machines.
    :param around: what a block may say that stands in no data file.
    """

    MACROS: tuple[str, ...]  # their names, in order

    def __init__(
        self,
        library: Library,
        page: str,
        edit_line: str = "",
        site_url: str = "",
        way: Way = way_on_the_site,
        about: linked_data.About = linked_data.NOTHING_SAID,
        around: Around = Around(),
    ) -> None:
        self.facts, self.places, self.tested = library.facts, library.places, library.tested
        self.page, self.edit_line, self.site_url, self.way, self.about = page, edit_line, site_url, way, about
        self.around = around

    # ---------------------------------------------------------------- definitions

    def definition(self, id: str) -> Markup:
        """One definition, with its quotation and who said it."""
        found = self._get(model.Definition, id)
        return self._block("definitions.html", [found], definitions=[found], level=3)

    def definitions(self) -> Markup:
        """The one best wording of each body."""
        main = self._some((d for d in self.facts.definitions if d.main), "definitions with 'main: true'")
        shown = self._block("definitions.html", main, definitions=main, level=2)
        return shown + self._for_machines(main)

    def definitions_family(self) -> Markup:
        """Every other wording."""
        family = self._some((d for d in self.facts.definitions if not d.main), "definitions with 'main: false'")
        shown = self._block("definitions.html", family, definitions=family, level=3)
        return shown + self._for_machines(family)

    def family_tree(self) -> Markup:
        """Which wording grew from which."""
        children: dict[str, list[tuple[model.Definition, model.Descent]]] = {}
        for definition in self.facts.definitions:
            for descent in definition.descends_from:
                children.setdefault(descent.wording, []).append((definition, descent))
        roots = self._some(
            (d for d in self.facts.definitions if d.id in children and not d.descends_from),
            "definitions that others descend from",
        )
        return self._block("family_tree.html", roots, roots=roots, children=children)

    def history(self) -> Markup:
        """Who said it when."""
        events = self._some(self.facts.history, "events")
        return self._block("history.html", events, events=events)

    def definitions_matrix(self) -> Markup:
        """Which definition answers which question, with the words that earn it."""
        main = self._some((d for d in self.facts.definitions if d.main), "definitions with 'main: true'")
        questions = self._some(self.facts.questions, "questions")
        answers = {(d.id, answer.question): answer for d in main for answer in d.answers}
        return self._block("definitions_matrix.html", [*questions, *main], definitions=main, questions=questions, answers=answers)

    # ----------------------------------------------------------------- frameworks

    def framework(self, id: str) -> Markup:
        """What a framework is, who made it and when."""
        found = self._get(model.Framework, id)
        return self._block("framework.html", [found], found.names, framework=found)

    def values_table(self, id: str) -> Markup:
        """The principles or values of a framework."""
        return self._items(id, "principle", "value")

    def behaviours_table(self, id: str) -> Markup:
        """The behaviours of a framework."""
        return self._items(id, "behaviour")

    def steps(self, id: str) -> Markup:
        """The steps of a framework, in order."""
        framework = self._get(model.Framework, id)
        steps = self._some(framework.of("step"), f"steps in '{id}'")
        return self._block("steps.html", steps, framework.names, framework=framework, steps=steps)

    def other_names(self, id: str) -> Markup:
        """Other published names for the items of a framework."""
        framework = self._get(model.Framework, id)
        self._some(framework.variants, f"variants in '{id}'")
        return self._block("other_names.html", [framework], framework=framework)

    def other_frameworks(self) -> Markup:
        """Every framework at home on this page, but for those that a table of its own shows."""
        others = [f for f in self.facts.frameworks if f.home == self.page and f.emblem is None]
        self._some(others, f"frameworks with 'home: {self.page}'")
        return self._block("other_frameworks.html", others, frameworks=others)

    def crosswalk(self) -> Markup:
        """Frameworks against plain themes, each link with its reason, empty cells shown."""
        themes = self._some(self.facts.themes, "themes")
        frameworks = self._some((f for f in self.facts.frameworks if f.compared), "frameworks with 'compared: true'")
        owner = {item.id: framework.id for framework in frameworks for item in framework.items}
        cells: dict[tuple[str, str], list[model.Link]] = {}
        for theme in themes:
            for link in theme.links:
                if link.item in owner:
                    cells.setdefault((theme.id, owner[link.item]), []).append(link)
        return self._block("crosswalk.html", themes, themes=themes, frameworks=frameworks, cells=cells)

    # --------------------------------------------------------------------- ladder

    def ladder(self) -> Markup:
        """The ladder drawn, and its rungs in words from the top."""
        ladder = self._ladder()
        return self._block("ladder.html", [ladder, *ladder.rungs], ladder=ladder)

    def ladder_uses(self) -> Markup:
        """Ways to use the ladder."""
        return self._block("list.html", [self._ladder()], lines=self._ladder().uses)

    def ladder_criticisms(self) -> Markup:
        """Fair points against the ladder, and who makes them."""
        ladder = self._ladder()
        self._some(ladder.criticisms, "criticisms of the ladder")
        return self._block("criticisms.html", [ladder], ladder=ladder)

    def scales(self) -> Markup:
        """Other ways to show how much power is shared."""
        scales = self._some(self.facts.scales, "scales")
        return self._block("scales.html", scales, scales=scales)

    # ------------------------------------------------------------------- practice

    def practice_steps(self) -> Markup:
        """The practical steps for assessments, plans and reviews."""
        steps = self._some(self.facts.practice, "practice steps")
        return self._block("practice_steps.html", steps, steps=steps)

    def practice_urgent(self) -> Markup:
        """What is usually still possible when a decision is urgent."""
        urgent = self._some((s for s in self.facts.practice if s.urgent), "practice steps with 'urgent'")
        return self._block("practice_urgent.html", urgent, steps=urgent)

    def need_to_know(self, id: str) -> Markup:
        """One short piece of guidance."""
        found = self._get(model.NeedToKnow, id)
        return self._block("need_to_know.html", [found], record=found)

    def invitation_checks(self) -> Markup:
        """The inviter's checks, in order of time."""
        promises = self._some(self.facts.involve, "promises")
        return self._block("invitation_checks.html", promises, stages=self._by(promises, "stage", STAGES))

    def invitation_asks(self) -> Markup:
        """What a person who is invited can ask for: one for each of the inviter's checks."""
        promises = self._some(self.facts.involve, "promises")
        return self._block("invitation_asks.html", [promise.ask for promise in promises], promises=promises)

    def benefits(self, to: str | None = None) -> Markup:
        """The good that co-production can do, for everybody or for one group."""
        if to is not None and to not in BENEFITS_TO:
            raise NothingToShow(f"Nobody is called '{to}' here. Use one of these: {', '.join(BENEFITS_TO)}.")
        chosen = self._some((b for b in self.facts.benefits if to in (None, b.to)), "benefits")
        return self._block("benefits.html", chosen, groups=self._by(chosen, "to", BENEFITS_TO))

    def reasons(self) -> Markup:
        """The reasons to co-produce."""
        reasons = self._some((r for r in self.facts.reasons if model.kind_of(r.id) == "reason"), "reasons")
        return self._block("cards.html", reasons, cards=reasons)

    def ideas(self) -> Markup:
        """Ideas about how to go about it, each with whose it is."""
        ideas = self._some((r for r in self.facts.reasons if model.kind_of(r.id) == "idea"), "ideas")
        return self._block("cards.html", ideas, cards=ideas)

    def idea(self, id: str) -> Markup:
        """One idea."""
        found = self._get(model.Reason, id)
        return self._block("cards.html", [found], cards=[found])

    # ------------------------------------------------------------------ easy words

    def easy_read(self, id: str) -> Markup:
        """A page in easy words, a picture beside each line, and on top whether the people it is for have checked it."""
        return self._twin(id, pictures=True)

    def simple_words(self, id: str) -> Markup:
        """The same words without pictures, for those who do not want them."""
        return self._twin(id, pictures=False)

    def review_kit(self, id: str) -> Markup:
        """What a group needs to check a page in easy words, one question a screen."""
        twin = self._get(model.EasyRead, id)
        return self._block("review_kit.html", [twin], twin=twin, around=self.around)

    def easy_read_list(self) -> Markup:
        """Every page in easy words, in each form that there is, and who has checked them."""
        twins = self._some(self.facts.easy_read, "pages in easy words")
        return self._block("easy_read_list.html", [*twins, *self.facts.reviews], twins=twins, reviews=self.facts.reviews)

    # ----------------------------------------------------------- looking things up

    def law(self, nation: str) -> Markup:
        """Law and official guidance of one nation, or ``great-britain``, or ``uk``."""
        if nation not in NATIONS:
            near = nearest(nation, NATIONS) or list(NATIONS)
            raise NothingToShow(f"No nation is called '{nation}' here. Did you mean {' or '.join(near)}?")
        laws = self._some((law for law in self.facts.law if law.nation == nation), f"laws for {nation}")
        return self._block("law.html", laws, laws=laws)

    def examples(self) -> Markup:
        """Every example."""
        examples = self._some(self.facts.examples, "examples")
        return self._block("examples.html", examples, examples=examples)

    def example(self, id: str) -> Markup:
        """One example."""
        found = self._get(model.Example, id)
        return self._block("examples.html", [found], examples=[found])

    def glossary(self) -> Markup:
        """Every word explained, by letter, and where every other id of the site leads."""
        words = self._some(sorted(self.facts.glossary, key=lambda word: word.name.casefold()), "words")
        letters = [(letter, list(group)) for letter, group in groupby(words, key=lambda word: word.name[0].upper())]
        others = [
            (heading, [record for _, record in self.facts.records if isinstance(record, kinds)])
            for heading, kinds in _INDEX.items()
        ]
        shown = self._block("glossary.html", words, letters=letters, others=[(h, rs) for h, rs in others if rs])
        return shown + self._for_machines(words)

    def resources(self, topic: str | None = None) -> Markup:
        """Places to look, by topic, or for one topic."""
        topics = list(dict.fromkeys(topic for resource in self.facts.resources for topic in resource.topics))
        if topic is not None and topic not in topics:
            near = nearest(topic, topics) or topics
            raise NothingToShow(f"No resource has the topic '{topic}'. Did you mean {' or '.join(near)}?")
        groups = []
        listed: set[str] = set()
        for name in [topic] if topic else topics:
            # Under all topics a resource stands once, beneath the first of its own.
            chosen = [
                r for r in self.facts.resources if (name in r.topics if topic else name == r.topics[0]) and r.id not in listed
            ]
            listed |= {resource.id for resource in chosen}
            if chosen:
                groups.append((name, chosen))
        records = self._some((resource for _, group in groups for resource in group), "resources")
        return self._block("resources.html", records, groups=groups)

    def urgent_help(self) -> Markup:
        """Where to turn when somebody may be in danger."""
        return self._help(urgent=True)

    def help_elsewhere(self) -> Markup:
        """Where to turn for help that this site cannot give."""
        return self._help(urgent=False)

    def sources(self) -> Markup:
        """Every document that the site leans on or points to."""
        sources = self._some(sorted(self.facts.sources, key=lambda source: source.body.casefold()), "sources")
        return self._block("sources.html", sources, sources=sources)

    def statement(self) -> Markup:
        """The accessibility statement: how far the site meets its standard, what was tested, and whom to turn to."""
        statement = self._some(self.facts.accessibility, "accessibility statements")[0]
        tested = self._some([self.tested] if self.tested else [], "records of tests")[0]
        return self._block(
            "statement.html",
            [statement, *statement.failings],
            statement=statement,
            meets=statement.meets(tested, self.around.today),
            tested=tested,
            around=self.around,
        )

    def checks(self) -> Markup:
        """Every message that the checks can give: what is wrong, why it matters, what to do, and a good example."""
        from coproduction import catalogue  # late: it gathers the rules of rooms that need this one

        files = [f"scripts/{room.__name__.replace('.', '/')}.py" for rooms in catalogue.ROOMS.values() for room in rooms]
        edits = {file: self.edit_line.replace("{path}", file).replace("{line}", "1") for file in files}
        shown = _templates().get_template("checks.html").render(groups=catalogue.messages(), edits=edits, block_kind="checks")
        return Markup(_flat(shown))

    def changes(self) -> Markup:
        """What people asked for and what came of it, and what else has changed, the newest first."""
        changes = self._some(sorted(self.facts.changes, key=lambda change: change.when, reverse=True), "changes")
        feed = self.way(self.page, FEED) if whole(self.site_url) else ""
        return self._block("changes.html", changes, changes=changes, feed=feed)

    def needs_a_look(self) -> Markup:
        """What should have been read again or mended, and what comes next."""
        return self._of_the_site("needs_a_look.html", "late")

    def ways_now(self) -> Markup:
        """Which of the ways to tell us of a mistake work now."""
        return self._of_the_site("ways_now.html", "ways-now")

    def _of_the_site(self, template: str, kind: str) -> Markup:
        """A block that says nothing from the facts."""
        rendered = (
            _templates().get_template(template).render(around=self.around, way=partial(self.way, self.page), block_kind=kind)
        )
        return Markup(_flat(rendered))

    def withdrawn(self) -> Markup:
        """What was taken out of this page, so that old links to it still find a word about it."""
        gone = self._some((w for w in self.facts.withdrawn if w.home == self.page), f"things withdrawn with 'home: {self.page}'")
        return self._block("withdrawn.html", gone, withdrawn=gone)

    # ------------------------------------------------------------ what they share

    def _items(self, id: str, *kinds: str) -> Markup:
        framework = self._get(model.Framework, id)
        named = f"{' or '.join(kinds)} in '{id}'"
        items = self._some(framework.of(*kinds), named)
        spotted = self._some(
            (i for i in items if i.looks_like and i.warning_sign), f"'looks_like' with a 'warning_sign' for a {named}"
        )
        return self._block(
            "items.html",
            items,
            framework.names,
            framework=framework,
            items=items,
            spotted=spotted,
            kind=model.kind_of(items[0].id),
        )

    def _help(self, urgent: bool) -> Markup:
        helps = self._some((h for h in self.facts.help if h.urgent == urgent), f"helps with 'urgent: {str(urgent).lower()}'")
        return self._block("help.html", helps, helps=helps)

    def _twin(self, id: str, pictures: bool) -> Markup:
        twin = self._get(model.EasyRead, id)
        return self._block("easy_read.html", [twin], twin=twin, pictures=pictures)

    def _ladder(self) -> model.Ladder:
        return self._some(self.facts.ladder, "ladders")[0]

    def _by(self, records: Sequence[Kind], key: str, names: dict[str, str]) -> list[tuple[str, str, list[Kind]]]:
        """``records`` in groups: key, what the group is called, its records."""
        groups = ((value, name, [r for r in records if getattr(r, key) == value]) for value, name in names.items())
        return [group for group in groups if group[2]]

    def _get(self, kind: type[Kind], id: str) -> Kind:
        """The record ``id``, which must be of this kind.

        :raises UnknownId: naming the nearest ids of this kind.
        :raises NothingToShow: when the record is of another kind.
        """
        known = {record.id: record for _, record in self.facts.records if isinstance(record, kind)}
        if id in known:
            return known[id]
        near = nearest_id(str(id), known) or sorted(known)[:3]
        if id in self.facts.by_id:
            raise NothingToShow(f"'{id}' is a record of another kind. This macro takes one like {' or '.join(near)}.")
        raise UnknownId(str(id), near)

    def _some(self, records: Iterable[Any], what: str) -> Sequence[Any]:
        """``records`` as a list.

        :raises NothingToShow: when there are none, since an empty block would look like a finished page.
        """
        found = list(records)
        if not found:
            raise NothingToShow(f"There are no {what} in docs/data/.")
        return found

    def _block(self, template: str, records: Sequence[Record], names: str | None = None, **content: Any) -> Markup:
        """The template's HTML as one block.

        :param records: those whose words it shows.
        :param names: whose words their names are, where a framework says so.
        """
        html = (
            _templates()
            .get_template(template)
            .render(
                **content,
                facts=self.facts,
                at_home=lambda record: record.home == self.page,
                link=self._link,
                permanent_link=self._permanent_link,
                permanent_address=self._permanent_address,
                way=lambda there: self.way(self.page, there),
                block_said=self._said(records, names),
                block_kind=Path(template).stem.replace("_", "-"),
            )
        )
        return Markup(_flat(html))

    def _for_machines(self, terms: Sequence[Any]) -> Markup:
        """What a block says once more, as linked data; nothing while the site has no address to be known by."""
        if not whole(self.site_url):
            return Markup()
        return Markup("\n") + as_script(linked_data.term_set(self.about, terms, self.facts, self.site_url))

    def _link(self, id: str) -> str:
        """The way from this page to the home of the record ``id``."""
        return self.way(self.page, f"{self.facts.get(id).home}#{id}")

    def _permanent_link(self, id: str) -> str:
        """The way from this page to the permanent address of the record ``id``."""
        return self.way(self.page, permanent(id))

    def _permanent_address(self, id: str) -> str:
        """The same in full, to be copied; empty while nobody has said where the site will be."""
        return whole(self.site_url, permanent(id))

    def _statuses(self, records: Sequence[Record], cited: bool) -> list[str]:
        """Whose words a block shows: what holds for most of it, then each exception by name."""
        named = {status: [r for r in records if r.status == status] for status in STATUSES}
        usual = max(named, key=lambda status: len(named[status]))
        lines = [STATUSES[usual] + (" They lean on the sources below." if usual == "ours" and cited else "")]
        for status, others in named.items():
            if others and status != usual:
                titles = "; ".join(self.facts.title(record.id) for record in others)
                lines.append(f"But {status}: {titles}.")
        return lines

    def _said(self, records: Sequence[Record], names: str | None) -> Said:
        cited: dict[str, tuple[list[str], str | None]] = {}
        for record in records:
            quotations = [quote for _, quote in record.quotations()]
            for citation in [*quotations, *record.sources]:
                places, _ = cited.setdefault(citation.source, ([], getattr(citation, "grade", record.grade)))
                if citation.where not in places:
                    places.append(citation.where)
        place = self.places[records[0].id]
        return Said(
            statuses=[*([NAMES[names]] if names else []), *self._statuses(records, bool(cited))],
            citations=[(self.facts.get(id), places, grade) for id, (places, grade) in cited.items()],
            reviewed=min(record.reviewed for record in records),
            review_by=min(record.review_by for record in records),
            place=place,
            edit=self.edit_line.replace("{path}", place.file).replace("{line}", str(place.line)),
        )


# Every public method is a macro.
Tables.MACROS = tuple(name for name in vars(Tables) if not name.startswith("_"))


_INDEX: dict[str, tuple[type[Record], ...]] = {
    "Definitions": (model.Definition,),
    "Sets of principles and values": (model.Framework, model.Ladder),
    "Principles, values, behaviours and steps": (model.Item,),
    "Rungs of the ladder, and other scales": (model.Rung, model.Scale),
    "Themes and questions": (model.Theme, model.Question),
    "Assessments, plans and reviews": (model.PracticeStep, model.NeedToKnow),
    "Inviting people": (model.Promise,),
    "If you are asked to take part": (model.Ask,),
    "Reasons, benefits and ideas": (model.Reason, model.Benefit),
    "Law and guidance": (model.Law,),
    "Examples": (model.Example,),
    "Other places to look": (model.Resource,),
    "Help that we cannot give": (model.Help,),
    "History": (model.Event,),
    "In easy words": (model.EasyRead,),
    "Who has checked them": (model.Review,),
    "How accessible this site is": (model.Statement, model.Failing),
    "Sources": (model.Source,),
    "No longer here": (model.Withdrawn,),
}


# -------------------------------------------------------------------- templates


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    filters = (bold, count_of, day, month, marked, number, sentence, sure_year, typed)
    environment.filters.update({filter.__name__: filter for filter in filters})
    environment.globals.update(
        EASY=EASY,
        GRADES=GRADES,
        NATIONS=NATIONS,
        FORCES=FORCES,
        OUTCOMES=OUTCOMES,
        easy_label=easy_label,
        is_late=is_late,
        sheet=sheet,
    )
    return environment


def day(value: date) -> str:
    """A date as a reader says it: ``22 November 2026``."""
    return f"{value.day} {value:%B %Y}"


def month(value: str) -> str:
    """A month, or a day, as a reader says it: ``November 2026`` for ``2026-11``."""
    first = first_day(value)
    return day(first) if value == first.isoformat() else f"{first:%B %Y}"


def number(value: int) -> str:
    """A number as a reader sees it: ``12,345``."""
    return f"{value:,}"


def count_of(value: int, thing: str) -> str:
    """So many things: ``no faults``, ``1 fault``, ``1,200 faults``."""
    return f"{number(value) if value else 'no'} {thing}{'' if value == 1 else 's'}"


def sure_year(record: Any) -> str:
    """The year of a record, with a word of doubt where nobody confirmed it."""
    if record.year is None:
        return "date not stated"
    return f"{record.year} (year not confirmed)" if record.year_grade == "D" else record.year


def typed(text: str) -> Markup:
    """A text of a message. What must be typed as it stands, a command or braces, is code."""
    return Markup(re.sub(r"python3 scripts/[\w.]+(?: --[\w-]+)*|\{+[^{}]*\}+", r"<code>\g<0></code>", str(escape(text))))


def bold(words: str, hard: str | None) -> Markup:
    """``words`` with the hard word set bold, where it stands first."""
    if hard is None:
        return escape(words)
    return Markup("{}<b>{}</b>{}").format(*parted(words, hard))


def parted(words: str, hard: str) -> list[str]:
    """What stands in ``words`` before the hard word, the hard word itself, and what stands after it."""
    return re.split(rf"(?<!\w)({re.escape(hard)})(?!\w)", words, maxsplit=1, flags=re.I)


def easy_label(facts: model.Facts, twin: model.EasyRead, pictures: bool = True) -> tuple[str, str, str]:
    """Whether the people it is for have checked a page in easy words: its state, who did, and a question while nobody has.

    Nobody types this. It comes from ``state`` in ``easy_read.yml``, which ``reviews.yml`` must back.
    A group that saw the pictures has not yet checked the words alone.

    :param pictures: whether the page is shown with its pictures.
    """
    checks = facts.checks_of(twin) if twin.state == "checked" else []
    whole = [check for check in checks if pictures or check.simple_words_too]
    if whole:
        return "Checked", _by(whole[0]), ""
    if checks:
        with_pictures = f"With pictures they were checked {_by(checks[0])}"
        return DRAFT[0], f"Nobody has checked these words without pictures yet. {with_pictures}", ""
    return DRAFT


def _by(check: model.Review) -> str:
    return f"by {check.who} on {day(check.when)}."


def easy_labels(facts: model.Facts) -> dict[str, str]:
    """What must stand on top of each page in easy words, by its address."""
    return {
        page_address(page): " ".join(easy_label(facts, twin, pictures=page != twin.simple_words)).rstrip()
        for twin in facts.easy_read
        for page in (twin.home, twin.simple_words, twin.kit)
    }


def marked(words: str, earned: Iterable[str]) -> Markup:
    """``words`` with each of the ``earned`` runs of words marked."""
    runs = sorted(set(earned), key=len, reverse=True)
    if not runs:
        return escape(words)
    pieces = re.split("(" + "|".join(re.escape(run) for run in runs) + ")", words)
    return Markup("").join(
        Markup('<mark class="cp-earned">{}</mark>').format(piece) if piece in runs else escape(piece) for piece in pieces
    )


def _flat(html: str) -> str:
    """HTML in the form that Markdown leaves alone: no blank or indented line, no brace."""
    lines = (line.strip() for line in html.splitlines())
    return "\n".join(line for line in lines if line).replace("{", "&#123;").replace("}", "&#125;")


def as_script(data: linked_data.Node) -> Markup:
    """Linked data in the form that a page holds: on one line, with nothing in it that could end the script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(f'<script type="application/ld+json">{text}</script>')


def forward(small: Forward, root: str, facts: model.Facts) -> str:
    """The whole HTML of a small page that leads on.

    :param small: what is on it.
    :param root: the address of the site with a slash at its end, or empty.
    """
    is_term = isinstance(small.record, (model.Definition, model.Word))
    data = as_script(linked_data.term(small.record, facts, root)) if root and is_term else ""
    return _templates().get_template("forward.html").render(small=small, root=root, data=data)


def door_page(door: Door) -> str:
    """The whole HTML of a page for telling us of a mistake."""
    return _templates().get_template("door.html").render(small=door)


@cache
def printed(
    library: Library,
    page: str,
    macro: str,
    ids: tuple[str, ...],
    edit_line: str = "",
    site_url: str = "",
    way: Way = way_on_the_site,
    about: linked_data.About = linked_data.NOTHING_SAID,
    around: Around = Around(),
) -> Markup:
    """What a macro prints on a page. Kept, because the check and the engine both ask.

    :raises UnknownId: when an id does not exist.
    :raises NothingToShow: when there is nothing to print.
    """
    return getattr(Tables(library, page, edit_line, site_url, way, about, around), macro)(*ids)
