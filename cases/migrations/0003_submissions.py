import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_editing"),
        ("survey", "0003_care_and_links"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SenderAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("sender", models.CharField(max_length=64, verbose_name="versleutelde herkomst")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="moment")),
            ],
            options={
                "verbose_name": "handeling van een inzender",
                "verbose_name_plural": "handelingen van inzenders",
                "indexes": [models.Index(fields=["kind", "at"], name="sender_action_lately")],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=500, verbose_name="pagina")),
                ("page_title", models.CharField(blank=True, max_length=255, verbose_name="titel van de pagina")),
                ("message", models.TextField(max_length=2000, verbose_name="wat klopt er niet?")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres")),
                ("email_removed_at", models.DateTimeField(blank=True, null=True, verbose_name="e-mailadres gewist")),
                (
                    "suspicion",
                    models.CharField(blank=True, max_length=200, verbose_name="waarschijnlijk spam, want"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "nog niet bekeken"),
                            ("verbeterd", "verbeterd"),
                            ("gelaten", "niet veranderd"),
                            ("spam", "spam"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="stand",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="wat we ermee deden")),
                ("handled_at", models.DateTimeField(blank=True, null=True, verbose_name="afgehandeld")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="gemeld")),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="cases.casepage",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "melding",
                "verbose_name_plural": "meldingen",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("concept", "nog niet verstuurd"),
                            ("verstuurd", "verstuurd"),
                            ("bewerkt", "in bewerking bij de redactie"),
                            ("afgewezen", "niet opgenomen"),
                            ("ingetrokken", "door de inzender ingetrokken"),
                        ],
                        default="concept",
                        max_length=12,
                        verbose_name="stand",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=160, verbose_name="waar gaat het over?")),
                ("organisation_name", models.CharField(blank=True, max_length=200, verbose_name="organisatie")),
                ("is_anonymous", models.BooleanField(default=False, verbose_name="zonder naam van de organisatie")),
                (
                    "from_organisation",
                    models.BooleanField(default=False, verbose_name="verteld door de organisatie zelf"),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("geslaagd", "Geslaagd"),
                            ("lopend", "Lopend"),
                            ("gestopt", "Gestopt"),
                            ("briljante-mislukking", "Briljante mislukking"),
                        ],
                        max_length=24,
                        verbose_name="uitkomst",
                    ),
                ),
                (
                    "start_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1850),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="begonnen in",
                    ),
                ),
                (
                    "end_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1850),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="geëindigd in",
                    ),
                ),
                ("introduction", models.TextField(blank=True, max_length=300, verbose_name="samenvatting")),
                ("intention", models.TextField(blank=True, verbose_name="wat was de bedoeling?")),
                ("approach", models.TextField(blank=True, verbose_name="hoe is het aangepakt?")),
                ("result", models.TextField(blank=True, verbose_name="wat kwam ervan?")),
                ("lessons", models.TextField(blank=True, verbose_name="wat kunnen anderen leren?")),
                ("meant_well", models.BooleanField(default=False, verbose_name="goed bedoeld")),
                ("prepared_well", models.BooleanField(default=False, verbose_name="goed voorbereid")),
                ("ended_otherwise", models.BooleanField(default=False, verbose_name="anders gelopen")),
                ("shared_lessons", models.BooleanField(default=False, verbose_name="van geleerd en gedeeld")),
                ("sources", models.TextField(blank=True, verbose_name="bronnen")),
                ("embargo_until", models.DateField(blank=True, null=True, verbose_name="niet openbaar vóór")),
                ("addition", models.TextField(blank=True, verbose_name="aanvulling na het versturen")),
                (
                    "suspicion",
                    models.CharField(blank=True, max_length=200, verbose_name="waarschijnlijk spam, want"),
                ),
                ("contact_name", models.CharField(blank=True, max_length=120, verbose_name="naam")),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres")),
                (
                    "contact_consent",
                    models.BooleanField(default=False, verbose_name="toestemming om contact op te nemen"),
                ),
                (
                    "contact_removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="contactgegevens gewist"),
                ),
                ("decision", models.TextField(blank=True, verbose_name="bericht aan de inzender")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="besloten")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="begonnen")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="gewijzigd")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="verstuurd")),
                (
                    "case",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="submission",
                        to="cases.casepage",
                        verbose_name="casus",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"scheme__slug": "cluster"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="survey.concept",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"scheme__slug": "sector"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="survey.concept",
                        verbose_name="sector",
                    ),
                ),
            ],
            options={
                "verbose_name": "inzending",
                "verbose_name_plural": "inzendingen",
                "ordering": ("-sent_at", "-created_at"),
            },
        ),
        migrations.CreateModel(
            name="YearlyCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("gevraagd", "gevraagd"), ("beantwoord", "beantwoord"), ("verwerkt", "verwerkt")],
                        default="gevraagd",
                        max_length=12,
                        verbose_name="stand",
                    ),
                ),
                ("still_right", models.BooleanField(null=True, verbose_name="het verhaal klopt nog")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("geslaagd", "Geslaagd"),
                            ("lopend", "Lopend"),
                            ("gestopt", "Gestopt"),
                            ("briljante-mislukking", "Briljante mislukking"),
                        ],
                        max_length=24,
                        verbose_name="uitkomst nu",
                    ),
                ),
                ("message", models.TextField(blank=True, max_length=2000, verbose_name="wat is er veranderd?")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gevraagd")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="herinnerd")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="beantwoord")),
                ("handled_at", models.DateTimeField(blank=True, null=True, verbose_name="verwerkt")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="yearly_checks",
                        to="cases.casepage",
                        verbose_name="casus",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "jaarlijkse vraag",
                "verbose_name_plural": "jaarlijkse vragen",
                "ordering": ("-asked_at",),
            },
        ),
        migrations.CreateModel(
            name="SubmissionLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("evidence", models.TextField(blank=True, verbose_name="waaraan zie je dit?")),
                (
                    "concept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="survey.concept",
                        verbose_name="begrip",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="cases.submission"
                    ),
                ),
            ],
            options={
                "verbose_name": "koppeling van een inzending",
                "verbose_name_plural": "koppelingen van een inzending",
                "constraints": [models.UniqueConstraint(fields=("submission", "concept"), name="one_submission_link")],
            },
        ),
    ]
