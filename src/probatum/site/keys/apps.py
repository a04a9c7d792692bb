"""The app as Django knows it."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Keys of programs."""

    name = "probatum.site.keys"
    label = "keys"
    default_auto_field = "django.db.models.BigAutoField"
