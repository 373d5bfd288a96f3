import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("survey", "0002_barometer_results"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckedLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.URLField(max_length=500, unique=True, verbose_name="adres")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("goed", "antwoordt"),
                            ("verhuisd", "verhuisd"),
                            ("hapert", "antwoordde de laatste keer niet"),
                            ("dood", "antwoordt niet meer"),
                            ("niet-bekeken", "niet bekeken"),
                        ],
                        blank=True,
                        max_length=12,
                        verbose_name="stand",
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="antwoord")),
                ("problem", models.CharField(blank=True, max_length=255, verbose_name="wat er misgaat")),
                ("moved_to", models.CharField(blank=True, max_length=500, verbose_name="nieuw adres")),
                (
                    "checked_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Leeg: de eerstvolgende keer het eerst.",
                        null=True,
                        verbose_name="bekeken",
                    ),
                ),
                ("failing_since", models.DateTimeField(blank=True, null=True, verbose_name="sinds")),
                ("failures", models.PositiveSmallIntegerField(default=0, verbose_name="keer achter elkaar")),
                ("used_in", models.JSONField(default=list, verbose_name="staat in")),
            ],
            options={
                "verbose_name": "bekeken link",
                "verbose_name_plural": "bekeken links",
                "ordering": ("url",),
            },
        ),
        migrations.AddField(
            model_name="concept",
            name="retired_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="vervallen op"),
        ),
        migrations.CreateModel(
            name="VocabularyChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("toegevoegd", "toegevoegd"),
                            ("hernoemd", "hernoemd"),
                            ("omschrijving", "omschrijving veranderd"),
                            ("samengevoegd", "samengevoegd"),
                            ("gesplitst", "gesplitst"),
                            ("vervallen", "vervallen"),
                        ],
                        max_length=16,
                        verbose_name="soort",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="naam toen")),
                ("before", models.TextField(blank=True, verbose_name="was")),
                ("after", models.TextField(blank=True, verbose_name="werd")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="waarom")),
                ("changed_at", models.DateTimeField(auto_now_add=True, verbose_name="veranderd")),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "concept",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="changes",
                        to="survey.concept",
                        verbose_name="begrip",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="survey.conceptscheme",
                        verbose_name="lijst",
                    ),
                ),
            ],
            options={
                "verbose_name": "wijziging van een begrip",
                "verbose_name_plural": "wijzigingen van begrippen",
                "ordering": ("-changed_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="FormerConcept",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, verbose_name="oude code")),
                (
                    "concept",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former",
                        to="survey.concept",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_concepts",
                        to="survey.conceptscheme",
                    ),
                ),
            ],
            options={
                "verbose_name": "vroegere code",
                "verbose_name_plural": "vroegere codes",
                "constraints": [models.UniqueConstraint(fields=("scheme", "slug"), name="one_former_concept")],
            },
        ),
        migrations.AlterModelOptions(
            name="conceptrelation",
            options={
                "ordering": ["sort_order"],
                "verbose_name": "verwant begrip",
                "verbose_name_plural": "verwante begrippen",
            },
        ),
        migrations.AlterModelOptions(
            name="conceptsource",
            options={"ordering": ["sort_order"], "verbose_name": "bron", "verbose_name_plural": "bronnen"},
        ),
        migrations.AlterModelOptions(
            name="guidance",
            options={"ordering": ["sort_order"], "verbose_name": "uitleg", "verbose_name_plural": "regels uitleg"},
        ),
    ]
