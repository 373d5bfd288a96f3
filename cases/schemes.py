"""The schemes of the vocabulary that the pages of cases know by name."""

PATTERN = "patroon"
#: Schemes that say what a case is about, the most telling first. Sharing a country or a phase makes nobody curious.
TELLING_SCHEMES = (PATTERN, "strategie", "factor", "aanpak", "knelpunt", "thema")
#: Schemes of things that can help or hinder; of the others a case can only say that they are there.
EFFECT_SCHEMES = ("factor", "strategie", "aanpak", "partner", "aanleiding")
#: Schemes that are fields of a case or of its organisation: nobody links them a second time.
FIELD_SCHEMES = ("sector", "cluster", "omvang", "land", "fase")
