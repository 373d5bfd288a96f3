import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

CONDITIONS = ("meant_well", "prepared_well", "ended_otherwise", "shared_lessons")


def judge_earlier_failures(apps, schema_editor):
    """Editors called these brilliant failures before the four conditions were asked one by one."""
    pages = apps.get_model("cases", "CasePage").objects.filter(outcome="briljante-mislukking")
    keys = [str(pk) for pk in pages.values_list("pk", flat=True)]
    pages.update(**dict.fromkeys(CONDITIONS, True))
    content_types = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="cases", model="casepage")
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for revision in revisions.filter(content_type__in=content_types, object_id__in=keys).iterator():
        if revision.content.get("outcome") == "briljante-mislukking":
            revision.content |= dict.fromkeys(CONDITIONS, True)
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("survey", "0003_care_and_links"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="casepage",
            name="checked_on",
            field=models.DateField(blank=True, null=True, verbose_name="laatst nagekeken op"),
        ),
        migrations.AddField(
            model_name="casepage",
            name="ended_otherwise",
            field=models.BooleanField(default=False, verbose_name="anders gelopen dan bedoeld"),
        ),
        migrations.AddField(
            model_name="casepage",
            name="meant_well",
            field=models.BooleanField(default=False, verbose_name="goed bedoeld"),
        ),
        migrations.AddField(
            model_name="casepage",
            name="prepared_well",
            field=models.BooleanField(default=False, verbose_name="goed voorbereid"),
        ),
        migrations.AddField(
            model_name="casepage",
            name="shared_lessons",
            field=models.BooleanField(default=False, verbose_name="van geleerd en gedeeld"),
        ),
        # RunPython is safe because it only fills the columns that were added just before.
        migrations.RunPython(judge_earlier_failures, migrations.RunPython.noop, elidable=True),
        migrations.CreateModel(
            name="CaseKeeper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="naam")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mailadres")),
                (
                    "consent_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="toestemming gegeven op"),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keeper",
                        to="cases.casepage",
                        verbose_name="casus",
                    ),
                ),
            ],
            options={
                "verbose_name": "contactpersoon van een casus",
                "verbose_name_plural": "contactpersonen van casussen",
            },
        ),
        migrations.CreateModel(
            name="CaseWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        help_text="Lezers die het oude adres openen, lezen dit.", max_length=300, verbose_name="reden"
                    ),
                ),
                (
                    "forward_to",
                    models.CharField(
                        blank=True,
                        help_text="Een adres op deze site, zoals /casussen/een-andere/.",
                        max_length=255,
                        verbose_name="doorsturen naar",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(auto_now_add=True, verbose_name="ingetrokken")),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="withdrawal",
                        to="cases.casepage",
                        verbose_name="casus",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "intrekking",
                "verbose_name_plural": "intrekkingen",
            },
        ),
        migrations.CreateModel(
            name="PreviewLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="gemaakt")),
                ("expires_at", models.DateTimeField(verbose_name="geldig tot")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="ingetrokken")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preview_links",
                        to="cases.casepage",
                        verbose_name="casus",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "voorbeeldlink",
                "verbose_name_plural": "voorbeeldlinks",
                "ordering": ("-created_at",),
            },
        ),
    ]
