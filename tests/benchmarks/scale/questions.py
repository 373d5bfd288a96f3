"""The fixed questions: one of each kind that people ask."""

from dataclasses import dataclass, field

from cases.generating.dutch import all_nouns


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. `typo` is the word that is one letter off."""

    kind: str
    text: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    page: int = 1
    typo: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        """The query string of its page."""
        page = {"pagina": str(self.page)} if self.page > 1 else {}
        return {"q": self.text, **self.choices, **page}


#: A compound deep in the list of words: a handful of cases in a hundred thousand.
RARE = all_nouns().ranked[9_000].one
ASKED = (
    Asked("broad", "gemeente"),
    Asked("common", "vergunning"),
    Asked("rare", RARE),
    Asked("two words", "digitale begroting"),
    Asked("inflected", "patiënten"),
    Asked("typo", "vergunnnig", typo="vergunnnig"),
    Asked("compound", "zorginnovatie"),
    Asked("phrase", '"samen met de gemeente"'),
    Asked("one choice", "water", {"sector": "waterschappen"}),
    Asked("two choices", "sensor", {"sector": "waterschappen", "uitkomst": "geslaagd"}),
    Asked("no words"),
    Asked("deep page", "gemeente", page=4),
)
