import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_collections"),
        ("survey", "0003_care_and_links"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=255, verbose_name="bestand")),
                ("file_digest", models.CharField(blank=True, max_length=64, verbose_name="vingerafdruk")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("wacht", "wacht op controle"),
                            ("controle", "wordt gecontroleerd"),
                            ("voorbeeld", "wacht op bevestiging"),
                            ("bezig", "wordt overgenomen"),
                            ("klaar", "overgenomen"),
                            ("geweigerd", "geweigerd"),
                            ("afgebroken", "afgebroken"),
                        ],
                        default="wacht",
                        max_length=12,
                        verbose_name="stand",
                    ),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="voortgang in procenten")),
                ("report", models.JSONField(default=dict, verbose_name="verslag")),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="begonnen")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="klaar")),
                ("only_good_rows", models.BooleanField(default=False, verbose_name="alleen de goede rijen")),
                ("publish", models.BooleanField(default=False, verbose_name="meteen publiceren")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="door",
                    ),
                ),
            ],
            options={
                "verbose_name": "invoer van casussen",
                "verbose_name_plural": "ingevoerde casussen",
                "ordering": ("-started_at",),
                "abstract": False,
            },
        ),
    ]
