"""The queue."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The first table of background work."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("subject", models.CharField(blank=True, default="", max_length=80)),
                ("due", models.DateTimeField(null=True)),
                ("holder", models.CharField(blank=True, default="", max_length=32)),
                ("until", models.DateTimeField(null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, default="", max_length=120)),
                ("finished", models.DateTimeField(null=True)),
                ("failed", models.DateTimeField(null=True)),
                ("seen", models.CharField(blank=True, default="", max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["due"], name="job_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "subject"), name="one_job_a_subject")
                ],
            },
        ),
    ]
