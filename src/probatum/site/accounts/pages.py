"""The page that says why somebody was not signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refusal(request: HttpRequest, sentence: str, status: int = 403) -> HttpResponse:
    """The sentence, and the way back to the page for signing in."""
    values = {
        "title": "You were not signed in",
        "sentence": sentence,
        "status": status,
        "back": "/login",
    }
    return render(request, "error.html", values, status=status)
