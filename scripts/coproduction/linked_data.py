"""From the model to linked data: what a machine is told of definitions and words.

Types and properties are those of https://schema.org/. A set of terms is a page of them, and a term is
known by its permanent address.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from coproduction.addresses import page_address, permanent, whole
from coproduction.model import Definition, Facts, Word

Node = dict[str, Any]

CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DEFINED = "Co-production"  # the term that every definition defines


class About(NamedTuple):
    """What a page says of itself in its front matter."""

    title: str
    description: str


NOTHING_SAID = About("", "")


def term_set(about: About, records: Sequence[Definition | Word], facts: Facts, site_url: str) -> Node:
    """The definitions or the words at home on one page, as one set of terms, which is called what the page is."""
    address = _set_address(records[0], site_url)
    return {
        "@context": CONTEXT,
        "@type": "DefinedTermSet",
        "@id": address,
        "name": about.title,
        "description": about.description,
        "url": address,
        "inLanguage": "en-GB",
        "license": LICENCE,
        "hasDefinedTerm": [_term(record, facts, site_url) for record in records],
    }


def term(record: Definition | Word, facts: Facts, site_url: str) -> Node:
    """A definition or a word by itself, for a page of its own."""
    return {"@context": CONTEXT, **_term(record, facts, site_url), "inDefinedTermSet": _set_address(record, site_url)}


def _term(record: Definition | Word, facts: Facts, site_url: str) -> Node:
    """Other words for it are left out: many are there for search alone, mean something near, or hurt people."""
    home = _set_address(record, site_url)
    said = _definition(record, facts) if isinstance(record, Definition) else _word(record)
    return {
        "@type": "DefinedTerm",
        "@id": whole(site_url, permanent(record.id)),
        **said,
        "url": f"{home}#{record.id}",
    }


def _set_address(record: Definition | Word, site_url: str) -> str:
    return whole(site_url, page_address(record.home))


def _word(word: Word) -> Node:
    return {"name": word.name, "description": word.meaning, **({"termCode": word.short} if word.short else {})}


def _definition(definition: Definition, facts: Facts) -> Node:
    """Its short label tells it from others of its set: the name of the term is the same in all."""
    told = {
        "name": DEFINED,
        "termCode": definition.name,
        "disambiguatingDescription": definition.body,
        "description": definition.plain,
    }
    return {**told, "subjectOf": _quotation(definition, facts)} if definition.quote else told


def _quotation(definition: Definition, facts: Facts) -> Node:
    """The exact words, with whose they are: they are not ours, nor under our licence."""
    quote = definition.quote
    source = facts.get(quote.source)
    printed_by = f", as printed by {quote.as_printed_by}" if quote.as_printed_by else ""
    return {
        "@type": "Quotation",
        "text": quote.words,
        "creditText": definition.body + printed_by,
        "copyrightNotice": source.rights,
        "citation": {"@type": "CreativeWork", "name": source.name, **({"url": source.url} if source.url else {})},
    }
