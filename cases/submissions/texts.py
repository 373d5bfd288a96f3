"""The words at each field of the sender's form: label, help, and what to say when an answer can't be read."""

LABELS = {
    "title": "Titel van je casus",
    "organisation_name": "Naam van de organisatie",
    "is_anonymous": "Lezers mogen de naam niet zien",
    "from_organisation": "Ik werk bij deze organisatie of vertel dit namens haar",
    "sector": "Sector",
    "cluster": "Groep binnen de overheid",
    "outcome": "Uitkomst",
    "start_year": "Begonnen in",
    "end_year": "Geëindigd in",
    "intention": "Wat was de bedoeling?",
    "approach": "Hoe is het aangepakt?",
    "result": "Wat kwam ervan?",
    "lessons": "Wat kunnen anderen leren?",
    "meant_well": "Goed bedoeld",
    "prepared_well": "Goed voorbereid",
    "ended_otherwise": "Anders gelopen",
    "shared_lessons": "Van geleerd, en de les is te delen",
    "patterns": "Patronen die je herkent",
    "introduction": "Samenvatting",
    "sources": "Bronnen",
    "embargo_until": "Niet op de site vóór",
    "contact_name": "Je naam",
    "contact_email": "Je e-mailadres",
    "contact_consent": "Jullie mogen mij mailen over deze casus, en bewaren daarvoor mijn naam en e-mailadres",
}
HELP = {
    "title": "Bijvoorbeeld: Waterschap telt planten met een drone.",
    "organisation_name": "Schrijf de naam voluit.",
    "cluster": "Dit mag leeg blijven.",
    "start_year": "Vier cijfers, bijvoorbeeld 2021. Dit mag leeg blijven.",
    "end_year": "Loopt het nog? Laat dit dan leeg.",
    "meant_well": "Jullie wilden iets beter maken voor mensen of de samenleving.",
    "prepared_well": "Jullie gebruikten de kennis die er toen was.",
    "ended_otherwise": "Het doel is niet gehaald, of de uitkomst was anders dan bedoeld.",
    "shared_lessons": "Jullie weten nu iets wat een ander verder helpt.",
    "introduction": "Hooguit 300 tekens: dat zijn twee of drie zinnen.",
    "sources": "Eén bron op een regel: een titel, een webadres, of allebei.",
    "embargo_until": "Bijvoorbeeld de dag waarop een rapport uitkomt. Laat dit leeg als het meteen mag.",
    "contact_email": "Bijvoorbeeld naam@voorbeeld.nl.",
}
_YEAR = "Schrijf het jaar met vier cijfers, bijvoorbeeld 2021."
_YEAR_MESSAGES = dict.fromkeys(("invalid", "min_value", "max_value"), _YEAR)
_CHOICE_MESSAGES = {"invalid_choice": "Maak een keuze uit de lijst."}
MESSAGES: dict[str, dict[str, str]] = {
    "title": {"required": "Zeg in één zin waar je casus over gaat."},
    "start_year": _YEAR_MESSAGES,
    "end_year": _YEAR_MESSAGES,
    "outcome": _CHOICE_MESSAGES,
    "sector": _CHOICE_MESSAGES,
    "cluster": _CHOICE_MESSAGES,
    "embargo_until": {"invalid": "Kies een dag, of schrijf hem als 31-12-2030."},
    "contact_email": {"invalid": "Dit is geen e-mailadres. Schrijf het zoals naam@voorbeeld.nl."},
}
#: Code of an outcome -> one line that explains it.
OUTCOMES = {
    "geslaagd": "Het werkt, en de organisatie gebruikt het.",
    "lopend": "Het is nog bezig.",
    "gestopt": "De organisatie is ermee opgehouden.",
    "briljante-mislukking": "Goed bedoeld en goed voorbereid. Het liep anders, en anderen kunnen ervan leren.",
}
