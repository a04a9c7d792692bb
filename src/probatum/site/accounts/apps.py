"""The app as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Signing in; its tables are Django's and django-allauth's, but for the counters of tries."""

    name = "probatum.site.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
