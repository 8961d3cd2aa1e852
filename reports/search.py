"""The index of the site's search, made when the site is built, in the form in which MiniSearch takes it.

A behaviour is found by its sentence, by everyday words, by the words of the documents that demand it and of the causes
of its failures, and by its code. Words are stemmed here by the package ``snowballstemmer``, and in the page by
Snowball's own JavaScript.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

import snowballstemmer

from conformance.behaviour import NEWEST, RELEASED, Behaviour
from conformance.catalogue import load
from conformance.program import body
from conformance.requirements import demands, quotes, shown_by
from conformance.sources import documents
from reports.model import Report
from reports.words import everyday, phrases

#: The parts of a behaviour that are searched. The page gives each a weight.
FIELDS = ("sentence", "words", "documents", "code")
#: Words that every text has, and that tell nothing.
STOP_WORDS = frozenset(
    word
    for line in (
        "a an and are as at be been but by can could did do does doing don for from get gets had has have how i if in",
        "into is isn it its itself just let like make me my no of on or our s should so some t than that the their",
        "them then there these they this those to too up us use using was we what when where which who why will",
        "with would you your def self pass assert python",
    )
    for word in line.split()
)
#: A word of the code in more bodies than this share tells nothing.
_COMMON = 0.25
_WORD = re.compile(r"[a-z0-9]+")


def words(text: str) -> list[str]:
    """The words of a text in lower case, without the stop words: runs of letters and digits."""
    return [
        word for word in _WORD.findall(text.lower()) if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())
    ]


@cache
def stem(word: str) -> str:
    """The stem of a word, as ``snowball.js`` makes it as well."""
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


def texts(behaviour: Behaviour, report: Report) -> tuple[str, ...]:
    """The texts of a behaviour, one for each of :data:`FIELDS`."""
    name = behaviour.function.__name__.removeprefix("test_")
    module = " ".join(part.removeprefix("test_") for part in behaviour.module.removesuffix(".py").split("/")[1:])
    said = []
    for section in behaviour.sources:
        said += [section.title, *demands(section, behaviour), *quotes(section, behaviour)]
    said += [cause.title for cause in report.causes_of(behaviour)]
    return (
        behaviour.sentence,
        f"{name} {module} {everyday(behaviour)}",
        " ".join([*said, _tutorials().get(behaviour.id, "")]),
        body(behaviour).text,
    )


@cache
def _tutorials() -> Mapping[str, str]:
    """ID → the sentences of tutorials that the behaviour shows, with their corrections."""
    found: dict[str, list[str]] = {}
    for document in documents():
        for section in document.sections if document.level is None else ():
            for behaviour in shown_by(section, load()):
                found.setdefault(behaviour.id, []).append(f"{section.title} {section.note}")
    return {id: " ".join(told) for id, told in found.items()}


def index(report: Report) -> dict[str, object]:
    """The postings, compact: ``terms`` in order, and for each a text with a part for each field, with ``|`` between.

    A part lists the behaviours that have the term: the distance to the last one in base 36, and ``*2`` where the term
    is there twice. ``lengths`` are the numbers of words, field by field. ``ids`` are the IDs, in the report's order.
    """
    behaviours = [standing.behaviour for standing in report.standings]
    counted = [[Counter(map(stem, words(text))) for text in texts(each, report)] for each in behaviours]
    code = FIELDS.index("code")
    common = {
        term
        for term, held in Counter(term for each in counted for term in each[code]).items()
        if held > _COMMON * len(behaviours)
    }
    for each in counted:
        seen = set(each[0]) | set(each[1])
        each[code] = Counter({term: 1 for term in each[code] if term not in common and term not in seen})
        each[2] = Counter({term: min(number, 3) for term, number in each[2].items()})
    postings: dict[str, list[list[tuple[int, int]]]] = {}
    for place, fields in enumerate(counted):
        for field, held in enumerate(fields):
            for term, number in held.items():
                postings.setdefault(term, [[] for _ in FIELDS])[field].append((place, number))
    terms = sorted(postings)
    places = {each.id: place for place, each in enumerate(behaviours)}
    return {
        "fields": FIELDS,
        "ids": [each.id for each in behaviours],
        "lengths": [[sum(each[field].values()) for each in counted] for field in range(len(FIELDS))],
        "unreleased": "{}.{}".format(*NEWEST) if NEWEST > RELEASED else "",
        "stops": " ".join(sorted(STOP_WORDS)),
        "phrases": [
            [sorted(set(map(stem, words(phrase)))), [places[id] for id in answers if id in places]]
            for phrase, answers in phrases().items()
        ],
        "terms": " ".join(terms),
        "postings": ["|".join(_packed(part) for part in postings[term]) for term in terms],
    }


def _packed(posting: Sequence[tuple[int, int]]) -> str:
    found, last = [], -1
    for place, number in posting:
        found.append(_base36(place - last) + (f"*{number}" if number > 1 else ""))
        last = place
    return " ".join(found)


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        if not number:
            return digits
