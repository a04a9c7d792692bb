"""The program's one door: open a library, ask a question, get the answer document."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from probatum.answers.ask import Voice, answer
from probatum.answers.gather import gather
from probatum.answers.related import related
from probatum.answers.scope import in_scope
from probatum.evidence.answer import Answer, LibraryState, ReaderName
from probatum.evidence.base import Frozen
from probatum.evidence.claim import Anchor
from probatum.evidence.record import Record
from probatum.library.documents import HeldDocuments
from probatum.library.held import HeldPassage
from probatum.library.library import Library
from probatum.library.source_rows import SourceRow, Texts, curated_rows, in_order, text_rows
from probatum.llm.chosen import Chosen
from probatum.questions.facts.known import with_patient
from probatum.questions.facts.patient import Patient, PatientError
from probatum.questions.follow_up import need_of, token_of
from probatum.questions.need import Need
from probatum.questions.switches import patient_facts_on
from probatum.questions.text import MAX_CHARACTERS, ForeignLanguageError, QuestionError
from probatum.questions.understand import understand
from probatum.readers.fidelity import differences
from probatum.readers.profiles import profile
from probatum.readers.reword import reword


class Ask(Frozen):
    """One question with its options. `context` is the token of an earlier answer (follow-up).

    `looked_up` are sentences for the limits on a look-up that was made for it (see `live.asking`).
    `patient` holds facts about one patient; no token for a follow-up ever does.
    """

    question: str
    reader: ReaderName = ReaderName.CLINICIAN
    region: str | None = None
    as_of: date | None = None
    context: str | None = None
    question_id: str | None = None
    looked_up: tuple[str, ...] = ()
    patient: Patient | None = None


class Engine:
    """Answers questions from one library. Holds no state between questions."""

    def __init__(self, library: Library) -> None:
        """Answer from the given library."""
        self.library = library
        self._state = library.documents.state

    @classmethod
    def open(cls, folder: Path | None = None) -> "Engine":
        """An engine on the library in `folder`, which is built from the shipped packs if new."""
        return cls(Library.open(folder))

    @property
    def outdated(self) -> bool:
        """Whether another process has changed what the library holds since this engine opened."""
        folder = self.library.folder
        if folder is None:
            return False
        documents = HeldDocuments.open(folder)
        try:
            return documents.state != self._state
        finally:
            documents.close()

    def close(self) -> None:
        """Give the library's files back; nothing can be asked afterwards."""
        search = vars(self.library).get("search")
        if search is not None and search.index is not None:
            search.index.close()
        self.library.documents.close()

    def need(self, ask: Ask) -> Need:
        """What was understood of the question and of the patient's facts.

        Raises QuestionError for text that is no question, and PatientError for facts that cannot be
        used or that this installation does not take.
        """
        earlier = need_of(ask.context, self.library) if ask.context else None
        need = understand(ask.question, self.library, earlier)
        if ask.patient is None:
            return need
        if not patient_facts_on():
            raise PatientError("Facts about a patient are switched off on this installation.")
        if ask.reader is ReaderName.PATIENT:
            raise PatientError(
                "Facts about one patient are taken for a clinician or a trainee only: an answer in "
                "words for a patient is general and no advice for one person."
            )
        return with_patient(need, ask.patient, self.library)

    def ask(self, ask: Ask, model: Chosen | None = None) -> Answer:
        """The answer document; a model, where one is given, may word and order what is there.

        Raises QuestionError when the text is empty or too long; a question in another language is
        declined.
        """
        voice = self._voice(ask.reader, model)
        if ask.region and not self._is_a(ask.region, "region"):
            known = ", ".join(self.regions())
            raise QuestionError(
                "The region %(region)s is not known; use one of %(known)s.",
                region=repr(ask.region),
                known=known,
            )
        try:
            need = self.need(ask)
        except ForeignLanguageError as error:
            return self.declined(ask, str(error))
        made = answer(need, self.library, voice, ask.region, ask.as_of, ask.looked_up)
        if ask.question_id is not None:
            made = made.model_copy(update={"question_id": ask.question_id})
        return made

    def related(self, ask: Ask) -> tuple[str, ...]:
        """Questions on the same disease, drug or marker that can be answered here; may be empty.

        Raises QuestionError for text that is no question.
        """
        scope = in_scope(self.need(ask), self.library)
        if scope.declined:
            return ()
        return related(gather(scope.need, self.library, ask.as_of))

    def declined(self, ask: Ask, reason: str) -> Answer:
        """The answer document of a text that cannot be taken as a question."""
        need = Need(
            question=" ".join(ask.question.split())[:MAX_CHARACTERS],
            intent="explanation",
            declined=reason,
            confidence=0.0,
        )
        made = answer(need, self.library, self._voice(ask.reader), ask.region, ask.as_of)
        return made.model_copy(update={"question_id": ask.question_id})

    def _voice(self, reader: ReaderName, model: Chosen | None = None) -> Voice:
        words = profile(reader)
        voice = Voice(
            reader=reader,
            notice=words.notice,
            title=words.heading,
            reword=lambda draft: reword(draft, self.library, reader),
        )
        if model is None:
            return voice
        from probatum.answers.phrasing import phrased

        def differing(before: str, after: str) -> tuple[str, ...]:
            return differences(before, after, self.library.vocabulary)

        return replace(voice, phrase=lambda made, view: phrased(made, view, model, differing))

    def context(self, ask: Ask) -> str:
        """An opaque token of what was understood, for follow-ups; it holds names and no text.

        Facts of a patient file are left out: a token stands in addresses and in files.
        """
        need = self.need(ask.model_copy(update={"patient": None}))
        return token_of(need)

    def _is_a(self, term: str, kind: str) -> bool:
        vocabulary = self.library.vocabulary
        return term in vocabulary and vocabulary.get(term).kind == kind

    def chips(self, context: str) -> tuple[str, ...]:
        """The names of the terms that a follow-up keeps, for showing them."""
        need = need_of(context, self.library)
        line = (need.line,) if need.line else ()
        terms = (*need.conditions, *need.settings, *line, *need.interventions)
        named = (*map(self.library.name, terms), *(each.name for each in need.filed))
        return tuple(named)

    def regions(self) -> tuple[str, ...]:
        """The ids of the regions that a question may be asked for."""
        return tuple(sorted(term.id for term in self.library.vocabulary.terms("region")))

    def examples(self) -> tuple[str, ...]:
        """Questions that the held packs can answer."""
        return tuple(q for manifest in self.library.manifests for q in manifest.examples)

    def sources(self) -> tuple[SourceRow, ...]:
        """Every held edition, by title."""
        rows = [*curated_rows(self.library), *text_rows(self.library, self.library.documents.all())]
        return in_order(rows)

    def curated(self) -> tuple[SourceRow, ...]:
        """The editions that packs describe, by title."""
        return in_order(curated_rows(self.library))

    def texts(self, words: Sequence[str] = (), most: int = 200) -> Texts:
        """Editions that are held with their text and have all these words, some of a million.

        The last added come first.
        """
        documents, found = self.library.documents.listed(words, most)
        held = self.library.documents.editions() if words else found
        return Texts(tuple(text_rows(self.library, documents)), found, held)

    def source(self, id: str) -> tuple[SourceRow, ...]:
        """The held editions that an id names: one edition, or all of a source."""
        documents = self.library.documents
        one = documents.document(id)
        texts = (one,) if one else documents.of_source(id)
        rows = [row for row in curated_rows(self.library) if id in (row.edition, row.source)]
        return (*rows, *text_rows(self.library, texts))

    def around(self, anchor: Anchor) -> HeldPassage | None:
        """The passage that a quote of a held text stands in; None when it is held no more."""
        return self.library.documents.around(anchor.edition, anchor.start, anchor.end)

    def note(self, edition: str) -> str | None:
        """Why the operator marked an edition, in the operator's words."""
        return self.library.documents.note(edition)

    def record(self, record_id: str) -> Record | None:
        """A record by id."""
        return self.library.records.get(record_id)

    def statement(self, record_id: str) -> str:
        """A record's statement."""
        return self.library.statement(record_id)

    def name(self, term: str) -> str:
        """A term's display name."""
        return self.library.name(term)

    def plain(self, term: str) -> str | None:
        """A term in words for a patient."""
        vocabulary = self.library.vocabulary
        return vocabulary.get(term).plain if term in vocabulary else None

    def definition(self, term: str) -> str | None:
        """What a term means."""
        vocabulary = self.library.vocabulary
        return vocabulary.get(term).definition if term in vocabulary else None

    @property
    def library_state(self) -> LibraryState:
        """What is held, for the answer document and the site."""
        return self.library.state
