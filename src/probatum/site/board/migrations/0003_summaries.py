"""Summaries for lists, and what was taken out of a draft. The next start fills the summaries."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table and one field; both can be lost without harm."""

    dependencies = [("board", "0002_kept")]
    operations = [
        migrations.AddField(
            model_name="working", name="undo", field=models.JSONField(default=list)
        ),
        migrations.CreateModel(
            name="Summary",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="summary",
                        serialize=False,
                        to="board.article",
                    ),
                ),
                ("entries", models.PositiveIntegerField()),
                ("last", models.CharField(max_length=64)),
                ("basis", models.CharField(max_length=64)),
                ("until", models.DateTimeField(null=True)),
                ("damaged", models.BooleanField(default=False)),
                ("waiting", models.BooleanField(db_index=True, default=False)),
                ("words", models.TextField()),
                ("listing", models.JSONField(default=dict)),
                ("detail", models.JSONField(default=dict)),
            ],
        ),
    ]
