"""Forms of one word come together, other words stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.search.inflection import forms_of, stem

TOGETHER = """
schuld schulden | kaart kaarten | blind blinde blinden | gemeente gemeenten gemeentes | overheid overheden
patroon patronen | proces processen | probleem problemen | advies adviezen | brief brieven | huis huizen | lid leden
stad steden | kind kinderen | idee ideeen | innovatie innovaties | innovatief innovatieve | digitaal digitale
samenwerken samenwerking | vergunning vergunningen | digitaliseren digitalisering digitaliseert | drone drones
mislukt mislukte mislukken mislukking mislukkingen | grens grenzen | wet wetten | waterschap waterschappen
mogelijkheid mogelijkheden | burger burgers | robot robots | deepfake deepfakes | regel regels | deel delen | app apps
oudere ouderen | ouder ouders | kiezen koos kozen gekozen | schrijven schreef geschreven | helpen hielp geholpen
"""
APART = [
    ("overheid", "over"),
    ("gemeente", "mening"),
    ("gezond", "zon"),
    ("wet", "weten"),
    ("mens", "men"),
    ("plaats", "plaat"),
    ("ouderen", "ouders"),
    ("baas", "base"),
]


@pytest.mark.parametrize(
    "group", [group.split() for line in TOGETHER.strip().splitlines() for group in line.split("|")]
)
def test_every_form_leads_to_every_other(group: list[str]) -> None:
    for word in group:
        assert set(group) <= set(forms_of(word))


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)
    assert other not in forms_of(one)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", max_size=30))
def test_every_word_is_a_form_of_itself(word: str) -> None:
    assert forms_of(word)[0] == word
    assert len(set(forms_of(word))) == len(forms_of(word))
