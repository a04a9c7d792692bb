"""The database itself refuses to change or delete versions and log entries; roles become groups."""

from django.db import migrations

TABLES = ("board_version", "board_logentry")
ROLES = ("author", "reviewer", "editor", "administrator")


def keep(apps, schema_editor):
    """One trigger a table and kind of change."""
    del apps
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION board_kept() RETURNS trigger AS $$ "
            "BEGIN RAISE EXCEPTION 'this is never changed'; END $$ LANGUAGE plpgsql"
        )
    for table in TABLES:
        for change in ("UPDATE", "DELETE"):
            head = f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
            if vendor == "postgresql":
                schema_editor.execute(head + "FOR EACH ROW EXECUTE FUNCTION board_kept()")
            elif vendor == "sqlite":
                schema_editor.execute(
                    head + "BEGIN SELECT RAISE(ABORT, 'this is never changed'); END"
                )
        if vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION board_kept()"
            )


def release(apps, schema_editor):
    """Take the triggers away, so that the tables can be dropped."""
    del apps
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        for change in ("update", "delete"):
            place = f" ON {table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{change}{place}")
        if vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")


def groups(apps, schema_editor):
    """A group for each role that an account can have."""
    del schema_editor
    group = apps.get_model("auth", "Group")
    for role in ROLES:
        group.objects.get_or_create(name=role)


def leave(apps, schema_editor):
    """Groups may be in use for other things: they stay."""
    del apps, schema_editor


class Migration(migrations.Migration):
    """Triggers and groups."""

    dependencies = [("board", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [
        migrations.RunPython(keep, release),
        migrations.RunPython(groups, leave),
    ]
