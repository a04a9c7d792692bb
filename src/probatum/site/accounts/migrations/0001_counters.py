"""The table of short-lived counters: failed tries and codes that were used, for all processes."""

from django.core.management import call_command
from django.db import migrations

TABLE = "accounts_counter"


def make(apps, schema_editor):
    """Django's own cache table."""
    del apps
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    """Take it away again."""
    del apps
    schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}")


class Migration(migrations.Migration):
    """One table."""

    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunPython(make, drop)]
