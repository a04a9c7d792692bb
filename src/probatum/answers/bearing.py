"""How much of a question's meaning some words carry, by the words that they share with it.

Each word of the question weighs by its rarity in the library, so that "cancer" in a library on
cancer says little. Other names of the same thing count as the thing, a label counts only with its
noun, and words that ask for a kind of answer ("how is it treated?") are met by any word that such
an answer is given in.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from probatum.answers.labelled import Label, labels
from probatum.library.analysis import analysis
from probatum.library.expansion import same_names
from probatum.library.library import Library
from probatum.library.query_types import answer_terms, asked
from probatum.questions.need import Need
from probatum.terms.words import STOPWORDS

# Words in headings and title say what a sentence is about, but less surely than its own.
_BESIDE = 0.7
# What the kind of answer asked for counts beside the subject.
_KIND = 0.4
# "What are the options": several things are asked for.
_SEVERAL = re.compile(
    r"\b(?:what|which) (?:[\w-]+ )?(?:are|were|drugs|treatments|options)\b", re.IGNORECASE
)
# A sentence that opens with the subject and says what it is defines it.
_DEFINES = 0.15
_DEFINING = re.compile(
    r"(?:^|\s)(?:is|are) (?:an?|the|any|one of|cancers?|abnormal|non|tumou?rs?|[a-z]+ (?:that|"
    r"which|in which|of|type|form|group|kind))\b|\b(?:is called|are called|is defined as|refers? "
    r"to|means that|is the name)\b"
)
# What a study set out to do or did is no answer; what it found is.
_FINDING = 0.1
_AIM = re.compile(
    r"^(?:OBJECTIVES?|AIMS?|PURPOSE|BACKGROUND|CONTEXT|INTRODUCTION|METHODS?|METHODOLOGY|DESIGN|"
    r"SETTINGS?|PATIENTS|SUBJECTS|PARTICIPANTS|MATERIALS?|DATA SOURCES|STUDY SELECTION|RATIONALE)\b"
    r"|^To (?:\w+ly )?(?:determine|investigate|assess|evaluate|examine|compare|identify|explore|"
    r"test|study|address|analy[sz]e|measure|define|confirm|understand|clarify|establish|validate)\b"
    r"|\b(?:[Ww]e|authors) (?:\w+ly )?(?:aimed|sought|set out|hypothesi[sz]ed|wished|"
    r"asked (?:if|whether)|(?:investigated|examined|tested|assessed|evaluated|explored) "
    r"(?:if|whether|the hypothesis))\b"
    r"|\b(?:was|were) (?:designed|conducted|performed|undertaken|carried out) to\b"
    r"|\b(?:aim|objective|purpose|goal) of th(?:is|e|ese)\b"
)
_FINDS = re.compile(
    r"^(?:CONCLUSIONS?|RESULTS?|FINDINGS|INTERPRETATION)\b"
    r"|\b(?:[Ww]e|authors|investigators) (?:\w+ly )?(?:also )?(?:found|conclude[ds]?)\b"
    r"|\b(?:[Rr]esults?|[Ff]indings|[Dd]ata|observations|[Ee]vidence|study|[Ss]tudies|"
    r"[Tt]rials?|review|analys[ei]s) "
    r"(?:\w+ly )?(?:\w+ )?(?:shows?|showed|shown|suggests?|suggested|demonstrates?|demonstrated|"
    r"indicates?|indicated|supports?|supported|reveals?|revealed|confirms?|confirmed|found)\b"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# Words that ask and state nothing; the rest of the question is its subject.
_ASKING = frozenset(
    Path(__file__).with_name("asking_words.txt").read_text("utf-8").split("\n\n", 1)[1].split()
)


@dataclass(frozen=True)
class Bearing:
    """What some words carry of a question.

    `alone` is the share of its subject in the words themselves, `subject` that with what stands
    above them, `worth` that with how far they are the kind of answer asked for; each from 0 to 1
    or a little above. `words` counts the question's words found; `rarest` is whether the one that
    fewest passages hold is among them, `kind` whether they are of a kind of answer asked for.
    """

    alone: float
    subject: float
    worth: float
    words: int
    rarest: bool
    kind: bool


@dataclass(frozen=True)
class Question:
    """A question's subject, in index terms with their weights, and the kinds of answer asked for.

    `same` has other names of the same things with the terms that each stands for; `kinds` the words
    of each kind of answer asked for, with how much each shows it (one of usual rarity 1).
    """

    weights: Mapping[str, float]
    same: tuple[tuple[frozenset[str], frozenset[str]], ...]
    kinds: tuple[Mapping[str, float], ...]
    definition: bool
    statement: bool
    several: bool
    labels: tuple[Label, ...]

    def carried(self, terms: AbstractSet[str]) -> frozenset[str]:
        """The question's terms that a text with these terms has, by whatever name."""
        found = set(terms & self.weights.keys())
        for name, stands_for in self.same:
            if name <= terms:
                found |= stands_for
        return frozenset(found)

    def bearing(self, words: str, terms: Sequence[str], above: AbstractSet[str]) -> Bearing:
        """What words carry, given their index terms and those of what stands above them."""
        held = set(terms)
        own = self.carried(held)
        beside = self.carried(above) - own
        total = sum(self.weights.values())
        alone = sum(self.weights[term] for term in own) / total
        subject = alone + _BESIDE * sum(self.weights[term] for term in beside) / total
        worth = subject
        met = [_met(kind, held, above) for kind in self.kinds]
        if met:
            worth += _KIND * sum(met) / len(met)
        if self.definition and alone > 0.0 and _DEFINING.search(words):
            worth += _DEFINES
        if _AIM.search(words):
            worth -= _FINDING
        elif _FINDS.search(words):
            worth += _FINDING
        rarest = max(self.weights, key=self.weights.__getitem__)
        found = own | beside
        return Bearing(alone, subject, worth, len(found), rarest in found, not met or any(met))


def question(need: Need, library: Library) -> Question:
    """What a need's question is about; without weights when it has no word that says so."""
    search, text = library.search, need.in_full
    kinds = asked(text)
    definition = any(kind.id == "definition" for kind in kinds)
    definite = tuple(kind for kind in kinds if kind.id != "definition")
    asking = {term for kind in definite for words in kind.asking for term in _terms([words])}
    words = [word for word in _WORD.findall(text) if _says(word)]
    terms = dict.fromkeys(_terms(words))
    subject = [term for term in terms if term not in asking]
    # "Why do people get sick?": everything asks. A lone word that does is no subject, though.
    if not subject and len(terms) > 1:
        subject = list(terms)
    count = max(1, search.count)

    def rarity(term: str) -> float:
        return math.log(1 + (count + 0.5) / (search.frequency(term) + 0.5))

    weights = {term: rarity(term) for term in subject}
    return Question(
        weights=weights,
        same=tuple(_same(text, weights, library)),
        kinds=tuple(_shown(kind, rarity) for kind in answer_terms(definite, analysis())),
        definition=definition and not definite,
        several=bool(_SEVERAL.search(text)),
        statement=not text.rstrip().endswith("?"),
        labels=labels(text),
    )


def subject_words(need: Need, library: Library) -> tuple[str, ...]:
    """The words of the question that name its subject, in order, without those that ask."""
    weights = question(need, library).weights
    return tuple(
        word
        for word in _WORD.findall(need.in_full)
        if _says(word) and weights.keys() & set(_terms([word]))
    )


def _shown(kind: Iterable[str], rarity: Callable[[str], float]) -> Mapping[str, float]:
    values = {term: rarity(term) for term in kind}
    usual = sum(values.values()) / max(1, len(values))
    return {term: value / usual for term, value in values.items()}


def _met(kind: Mapping[str, float], held: AbstractSet[str], above: AbstractSet[str]) -> float:
    own = sum(kind[term] for term in held & kind.keys())
    return min(1.0, own + _BESIDE * sum(kind[term] for term in (above - held) & kind.keys()))


def _says(word: str) -> bool:
    return len(word) > 1 and word.casefold() not in STOPWORDS and word.casefold() not in _ASKING


def _terms(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        yield from (term for term in analysis().terms(word) if term not in STOPWORDS)


def _same(
    text: str, weights: Mapping[str, float], library: Library
) -> Iterable[tuple[frozenset[str], frozenset[str]]]:
    for said, name in same_names(text, library.vocabulary, library.documents):
        stands_for = frozenset(_terms([said])) & weights.keys()
        form = frozenset(_terms([name]))
        if stands_for and form:
            yield form, stands_for
