import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_submissions"),
        ("survey", "0003_care_and_links"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CollectionIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("introduction", models.TextField(blank=True, verbose_name="inleiding")),
            ],
            options={
                "verbose_name": "overzicht van verzamelingen",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="CollectionPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("introduction", models.TextField(max_length=300, verbose_name="inleiding")),
                ("body", wagtail.fields.RichTextField(blank=True, verbose_name="tekst")),
            ],
            options={
                "verbose_name": "verzameling",
                "verbose_name_plural": "verzamelingen",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="CollectionItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("remark", models.CharField(blank=True, max_length=255, verbose_name="waarom hierbij?")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collection_items",
                        to="cases.casepage",
                        verbose_name="casus",
                    ),
                ),
                (
                    "collection",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="cases.collectionpage"
                    ),
                ),
            ],
            options={
                "verbose_name": "casus in een verzameling",
                "verbose_name_plural": "casussen in een verzameling",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="collectionitem",
            constraint=models.UniqueConstraint(fields=("collection", "case"), name="one_item_per_case"),
        ),
    ]
