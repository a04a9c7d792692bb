"""Windows of a passage: what a small model is given to read at a time.

A model trained on short texts makes one vector of a long one and loses what only a part of it says.
So a passage is embedded window by window, each under its title, and is as near to a question as its
nearest window.
"""

from probatum.terms.sentences import sentences

# English biomedical prose has about four characters to a word piece.
_CHARACTERS_A_TOKEN = 4
_LONGEST_TITLE = 300


def windows(title: str, text: str, tokens: int) -> list[str]:
    """Stretches of whole sentences of about `tokens` tokens, in order, each with the title before.

    A longer sentence is a window of its own. No sentence is left out or stands in two windows; a
    passage without any is its title.
    """
    most = tokens * _CHARACTERS_A_TOKEN
    spans: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if spans and end - spans[-1][0] <= most:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    head = title.strip()[:_LONGEST_TITLE]
    return [f"{head} {text[start:end]}".strip() for start, end in spans] or [head]
