import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_search_synonyms"),
    ]

    operations = [
        migrations.CreateModel(
            name="RefusedLikeness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(blank=True, max_length=255, verbose_name="waarom niet?")),
                (
                    "case",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refused_likenesses",
                        to="cases.casepage",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refused_at",
                        to="cases.casepage",
                        verbose_name="andere casus",
                    ),
                ),
            ],
            options={
                "verbose_name": "weggelaten casus",
                "verbose_name_plural": "weggelaten casussen",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("case", "other"), name="one_refusal_per_case"),
                ],
            },
        ),
    ]
