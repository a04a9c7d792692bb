"""The app as Django knows it."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """Articles and their review."""

    name = "probatum.site.board"
    label = "board"
    default_auto_field = "django.db.models.BigAutoField"
