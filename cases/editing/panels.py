"""The form of a case: what is asked, in which order, with which words of help.

Headings and help stand here and nowhere else; the rules behind them stand in `forms`.
"""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    Panel,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from .choosers import organisation_chooser, publication_chooser
from .comparing import ProsePanel
from .concept_chooser import concept_chooser
from .likeness_panel import LikenessPanel
from .row_panels import LinksPanel, SourcesPanel

CONDITIONS_HEADING = "De vier voorwaarden"
STOPPED_INSTEAD = (
    "Alleen voor een briljante mislukking. Ontbreekt er een? Dan is het een gestopte casus: zet de uitkomst op ‘Gestopt’. "
    "Mislukt door slordig werk, of niets van geleerd? Dat is niet briljant, maar het verhaal kan nog steeds nuttig zijn. "
    "Weet je het nog niet? Een concept bewaren kan altijd."
)
CONDITION_HELP = {
    "meant_well": (
        "Goed bedoeld",
        "Het doel was iets goeds voor inwoners, bedrijven of collega’s. "
        "Voorbeeld: ‘Ouderen moesten langer veilig thuis kunnen wonen.’",
    ),
    "prepared_well": (
        "Goed voorbereid",
        "Het team deed zijn werk: het zocht uit wat bekend was en maakte geen fouten die te voorkomen waren. "
        "Voorbeeld: ‘Er was eerst een proef met twintig huishoudens.’",
    ),
    "ended_otherwise": (
        "Anders gelopen dan bedoeld",
        "Het doel werd niet gehaald, of er gebeurde iets anders. "
        "Voorbeeld: ‘Na een jaar gebruikten drie van de twintig het nog.’",
    ),
    "shared_lessons": (
        "Ervan geleerd, en dat gedeeld",
        "Er is een les die anderen helpt, en de organisatie wil die vertellen. "
        "Voorbeeld: ‘Vraag eerst aan de gebruikers wat zij missen.’",
    ),
}


class AdvicePanel(Panel):
    """Advice on the draft as it is: computed when the form is shown, and anew by script while somebody writes."""

    def __init__(self, part: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part

    def clone_kwargs(self) -> dict[str, Any]:
        """What a copy needs."""
        return super().clone_kwargs() | {"part": self.part}

    class BoundPanel(Panel.BoundPanel):
        """The panel with the draft at hand."""

        template_name = "cases/editing/advice_panel.html"

        @property
        def media(self) -> forms.Media:
            """What makes the form follow the writer; without it everything is shown."""
            return forms.Media(
                js=["js/editing-case.js", "js/editing-chooser.js"], css={"all": ["css/editing-case.css"]}
            )


def _area(rows: int = 2, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


def _example(text: str, example: str) -> SafeString:
    return format_html('{} <span class="form-example">Voorbeeld: {}</span>', text, example)


LINK_PANELS = [
    FieldPanel("concept", widget=concept_chooser.widget_class),
    FieldPanel(
        "evidence",
        heading="Waaraan zie je dit?",
        widget=_area(),
    ),
    FieldPanel("basis", heading="Waar komt dit vandaan?", widget=forms.RadioSelect),
    FieldPanel("effect", heading="Hielp of hinderde het?", widget=forms.RadioSelect),
]

SOURCE_PANELS = [
    FieldPanel("title", heading="Titel", help_text="Zoals de bron zelf heet."),
    FieldPanel("url", heading="Webadres", help_text="Begint met https://"),
    FieldPanel("publisher", heading="Wie gaf het uit?"),
    FieldPanel("date_text", heading="Datum"),
    FieldPanel("publication", heading="Of: een van onze publicaties", widget=publication_chooser.widget_class),
    FieldPanel("locator", heading="Plaats in de bron", help_text="Bijvoorbeeld: bladzijde 12."),
    FieldPanel("remark", heading="Opmerking"),
]

RELATION_PANELS = [
    PageChooserPanel("other"),
    FieldPanel("reason", help_text="Eén zin: waarom is die casus ook goed om te lezen?"),
]

REFUSED_PANELS = [FieldPanel("other", widget=forms.HiddenInput), FieldPanel("reason")]


def _concept_list(name: str, **kwargs: Any) -> FieldPanel:
    """A list to choose from: the concepts of one scheme are few."""
    return FieldPanel(name, widget=forms.Select, **kwargs)


def _who() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldPanel(
                "organisation",
                widget=organisation_chooser.widget_class,
                help_text="Staat ze er niet bij? Maak haar in hetzelfde venster, onder ‘Nieuwe organisatie’. "
                "Kan dat niet met jouw account? Noem haar dan in de samenvatting; een redacteur voegt haar toe.",
            ),
            _concept_list("own_sector", heading="Sector", classname="without-organisation"),
            _concept_list("own_cluster", heading="Cluster", classname="without-organisation"),
            _concept_list("own_country", heading="Land", classname="without-organisation"),
        ],
        heading="Wie",
        help_text="Kies de organisatie. Blijft zij liever onbekend? Laat haar dan leeg en kies alleen sector, cluster en land.",
    )


def _outcome() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldPanel("outcome"),
            MultiFieldPanel(
                [
                    FieldPanel(
                        name,
                        heading=heading,
                        help_text=help_text,
                    )
                    for name, (heading, help_text) in CONDITION_HELP.items()
                ],
                heading=CONDITIONS_HEADING,
                classname="brilliant-conditions",
                help_text=STOPPED_INSTEAD,
            ),
            FieldPanel("start_year", help_text="Een jaartal, zoals 2021."),
            FieldPanel("end_year", help_text="Leeg zolang het nog loopt."),
            FieldPanel("period_note", help_text="Alleen als jaartallen niet genoeg zeggen, zoals ‘voorjaar 2020’."),
            _concept_list("phase", help_text="Hoe ver kwam het? Van eerste vraag tot gewoon gebruik."),
            FieldPanel("certainty", help_text="Wie vertelt dit verhaal?"),
        ],
        heading="Uitkomst en periode",
    )


def _questions() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            ProsePanel(
                "intention",
                help_text=_example(
                    "Welk probleem moest kleiner worden, en voor wie?",
                    "‘Inwoners wachtten acht weken op een vergunning. Dat moest in twee weken kunnen.’",
                ),
            ),
            ProsePanel(
                "approach",
                help_text=_example(
                    "Wie deed wat, in welke stappen?", "‘Vier ambtenaren bouwden in drie maanden een formulier.’"
                ),
            ),
            ProsePanel(
                "result",
                help_text=_example(
                    "Wat gebeurde er, en waarin verschilde dat van de bedoeling?",
                    "‘Het formulier werkte, maar aannemers bleven bellen.’",
                ),
            ),
            ProsePanel(
                "lessons",
                help_text=_example(
                    "Wat zou je een collega elders aanraden?",
                    "‘Bouw pas als de mensen die het gaan gebruiken meepraten.’",
                ),
            ),
        ],
        heading="De vier vragen",
        help_text="Een paar korte zinnen per vraag is genoeg. Schrijf zonder schuldigen en zonder namen van personen.",
    )


def case_panels() -> list[Panel]:
    """Everything, in the order in which it is asked; what may wait is folded at the end."""
    return [
        AdvicePanel("overview"),
        TitleFieldPanel(
            "title",
            widget=AdminAutoHeightTextInput,
            placeholder="Titel: een volle zin die zegt wat het is",
            help_text=_example(
                "Een volledige zin die zegt wat het is, hooguit 90 tekens.",
                "‘Buurtbus zonder chauffeur bleef leeg omdat niemand hem vertrouwde’",
            ),
        ),
        ProsePanel(
            "introduction",
            widget=_area(3, **{"data-count-to": "300"}),
            help_text=_example(
                "Eén tot drie zinnen, hooguit 300 tekens. Lezers zien dit in de lijst.",
                "‘Een gemeente reed een jaar met een bus zonder chauffeur. Bewoners stapten niet in. "
                "De gemeente leerde dat uitleg vooraf meer telt dan techniek.’",
            ),
        ),
        _who(),
        _outcome(),
        _questions(),
        AdvicePanel("suggestions"),
        LinksPanel(
            "links",
            chooser_field_name="concept",
            heading="Koppelingen",
            label="koppeling",
            classname="case-links",
            help_text=_example(
                "Waar gaat deze casus over? Zoek in alle lijsten tegelijk en kruis er zoveel aan als je wilt. "
                "Schrijf bij elk begrip één volle zin die zegt waaraan je het ziet. Geen zin? Dan geen koppeling.",
                "‘Het team mocht een half jaar proberen zonder verantwoording.’",
            ),
        ),
        SourcesPanel(
            "sources",
            heading="Bronnen",
            label="bron",
            classname="case-sources",
            help_text="Minstens één. Waar staat dit verhaal, of wie vertelde het?",
        ),
        ProsePanel(
            "contact",
            widget=_area(),
            help_text="Wie mag een lezer bellen of mailen? Alleen met toestemming van wie je noemt.",
        ),
        MultiFieldPanel(
            [
                ProsePanel(
                    "in_brief", widget=_area(3), help_text="Drie regels: wat het is, wat ervan kwam, en de les."
                ),
                ProsePanel("transfer", help_text="Wat heeft een andere organisatie nodig om dit ook te doen?"),
                ProsePanel("early_signals", help_text="Waaraan had je het eerder kunnen zien?"),
                ProsePanel("do_differently", help_text="Wat zou je nu anders doen?"),
            ],
            heading="Meer over dit verhaal (mag later)",
            classname="collapsed",
        ),
        FieldPanel("body", heading="Citaten, beelden en documenten (mag later)", classname="collapsed"),
        InlinePanel(
            "relations", heading="Verwante casussen (mag later)", label="verwante casus", classname="collapsed"
        ),
        LikenessPanel("refused_likenesses", heading="Wat er vanzelf bij staat (mag later)", classname="collapsed"),
        MultiFieldPanel(
            [
                FieldPanel("change_note"),
                FieldPanel(
                    "slug", help_text="Het laatste stuk van het webadres. Verander het niet meer na publicatie."
                ),
            ],
            heading="Adres en wijziging",
            classname="collapsed",
        ),
    ]
