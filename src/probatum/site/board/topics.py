"""Approved articles by what they are about."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from probatum.site.board.published import Published, Topic, published
from probatum.site.board.summary import next_ages_at
from probatum.site.kept_responses import shared


@dataclass(frozen=True)
class TopicRow:
    """A condition, with its articles."""

    topic: Topic
    articles: tuple[Published, ...]


def rows() -> tuple[TopicRow, ...]:
    """Every condition that an approved article is about, by name."""
    found: dict[Topic, list[Published]] = {}
    for article in published():
        for topic in article.topics:
            found.setdefault(topic, []).append(article)
    ordered = sorted(found.items(), key=lambda item: (item[0].name.casefold(), item[0].id))
    return tuple(TopicRow(topic, tuple(articles)) for topic, articles in ordered)


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """The conditions that approved articles are about."""
    response = render(request, "topics.html", {"rows": rows(), "here": "articles"})
    return shared(request, response, next_ages_at)


@require_safe
def topic(request: HttpRequest, id: str) -> HttpResponse:
    """The approved articles about one condition."""
    row = next((each for each in rows() if each.topic.id == id), None)
    if row is None:
        raise Http404
    response = render(request, "topic.html", {"row": row, "here": "articles"})
    return shared(request, response, next_ages_at)
