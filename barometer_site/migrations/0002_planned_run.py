from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("barometer_site", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlannedRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("command", models.CharField(max_length=80, unique=True, verbose_name="opdracht")),
                ("due_at", models.DateTimeField(verbose_name="weer aan de beurt")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="laatst begonnen")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="laatst klaar")),
                ("problem", models.CharField(blank=True, max_length=255, verbose_name="wat er misging")),
            ],
            options={
                "verbose_name": "gepland werk",
                "verbose_name_plural": "gepland werk",
                "ordering": ("command",),
            },
        ),
    ]
