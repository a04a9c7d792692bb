"""The page that says why somebody was not signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from probatum.render.language import told


def refusal(request: HttpRequest, sentence: str, status: int = 403) -> HttpResponse:
    """The sentence, and the way back to the page for signing in."""
    values = {
        "title": told("You were not signed in"),
        "sentence": told(sentence),
        "status": status,
        "back": "/login",
    }
    return render(request, "error.html", values, status=status)
