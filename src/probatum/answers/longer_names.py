"""Diseases that only held texts name, and that hold a known name within theirs.

"Lassa fever" is no fever to be treated as such: where a held text is titled so, the longer name is
what the question is on. Without this, records on the shorter name would answer.
"""

from probatum.library.library import Library
from probatum.library.search import Request
from probatum.questions.need import Need

# Texts looked at: a title that is in the question is among the best found for it.
_LOOKED_AT = 10


def longer_name(need: Need, library: Library) -> str | None:
    """The title in the question that goes beyond the conditions recognised.

    It must hold a word that was not understood, so that "recurrent cervical cancer" stays one.
    """
    if not need.conditions or not need.not_understood or library.documents.content is None:
        return None
    stems = library.search.stems
    asked = set(stems(need.question))
    unknown = [set(stems(word)) for word in need.not_understood]
    known = [
        set(stems(name))
        for id in need.conditions
        if id in library.vocabulary
        for term in (library.vocabulary.get(id),)
        for name in (term.name, *term.synonyms)
    ]
    request = Request(need.question, _LOOKED_AT, plain=True, meaning=False)
    for hit in library.search.search(request):
        title = hit.passage.document.title
        words = set(stems(title))
        if (
            words <= asked
            and any(each < words for each in known)
            and any(each and each <= words for each in unknown)
        ):
            return title
    return None
