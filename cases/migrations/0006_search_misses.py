from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_imports"),
        ("survey", "0003_care_and_links"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchMiss",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("words", models.CharField(blank=True, max_length=100, verbose_name="gezocht op")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="keer")),
                ("first_on", models.DateField(auto_now_add=True, verbose_name="eerste keer")),
                ("last_on", models.DateField(auto_now=True, verbose_name="laatste keer")),
            ],
            options={
                "verbose_name": "zoekvraag zonder resultaat",
                "verbose_name_plural": "zoekvragen zonder resultaat",
                "ordering": ("-count",),
            },
        ),
    ]
