"""The schemes of the vocabulary that the pages of cases know by name."""

PATTERN = "patroon"
#: Schemes that say what a case is about, the most telling first. Sharing a country or a phase makes nobody curious.
TELLING_SCHEMES = (PATTERN, "strategie", "factor", "aanpak", "knelpunt", "thema")
