"""The app as Django knows it."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """The queue of background work."""

    name = "probatum.site.work"
    label = "work"
    default_auto_field = "django.db.models.BigAutoField"
