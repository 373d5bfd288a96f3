"""Words of Dutch public service, to make invented texts with. A star marks a noun that takes *het*.

The most used come first: their order is their rank.
"""

_NOUNS = """
gemeente inwoner project* organisatie medewerker aanpak proces* team* innovatie samenwerking dienst overheid resultaat*
proef beleid* uitvoering systeem* wijk burger ontwikkeling onderzoek* tijd ervaring kennis experiment* ruimte vraag
probleem* doel* effect* partner markt bedrijf* waarde kwaliteit dienstverlening provincie ministerie* oplossing
veiligheid energie klimaat* water* zorg onderwijs* jeugd oudere woning werk* inkomen* schuld verkeer* mobiliteit natuur
landbouw cultuur sport bestuur* participatie data algoritme* sensor platform* app loket* formulier* vergunning toezicht*
inspectie handhaving belasting subsidie inkoop aanbesteding contract* begroting monitor evaluatie meting barometer
enquete score sector thema* techniek methode ontwerp* gebruiker test prototype* opschaling invoering verandering
leiding mandaat* netwerk* gemeenschap vrijwilliger vereniging stichting universiteit hogeschool student leerling docent
school patiënt cliënt arts verpleegkundige ziekenhuis* huisarts wijkteam* buurt straat plein* park* gebouw* huur
corporatie warmte gas* stroom zon wind batterij isolatie uitstoot stikstof bodem rivier dijk polder kust haven weg fiets
trein bus auto laadpaal politie brandweer crisis ramp melding overlast rechter wet regel recht* plicht privacy ethiek
vertrouwen* openheid verantwoording toekomst visie strategie ambitie koers agenda programma* budget* investering
besparing opbrengst risico* kans knelpunt* succes* fout les inzicht* voorbeeld* praktijk casus verhaal* gesprek*
bijeenkomst werkplaats atelier* laboratorium* campus regio stad dorp* eiland* grens wereld afval* grondstof hergebruik*
voedsel* gezondheid beweging preventie eenzaamheid armoede taal integratie migratie opvang diversiteit inclusie
toegankelijkheid duurzaamheid robot drone camera kaart model* simulatie koppeling standaard register* archief*
informatie document* bericht* telefoon website vertaling spraak beeld* herkenning voorspelling planning rooster*
personeel* werving opleiding vaardigheid werkdruk verzuim* loopbaan vakbond directie bestuurder wethouder burgemeester
raad commissie kamer minister ambtenaar adviseur ontwerper ontwikkelaar onderzoeker ondernemer bewoner eigenaar huurder
reiziger bezoeker ouder kind* jongere volwassene mantelzorger leverancier opdrachtgever brug sluis gemaal* peil*
droogte riool* tunnel station* bibliotheek museum* theater* festival* erfgoed* toeslag uitkering aangifte rekening
afspraak balie brief dossier* klacht bezwaar* besluit* advies* rapport* plan* kader* akkoord* convenant* overleg*
panel* prijs fonds* lening garantie kosten planbureau* waterschap* veiligheidsregio omgevingsdienst rechtbank
gevangenis school zwembad* begraafplaats markthal speeltuin boom vleermuis mug olie asbest* glasvezel antenne satelliet
"""
NOUNS = tuple(dict.fromkeys(word.removesuffix("*") for word in _NOUNS.split()))
HET = frozenset(word.removesuffix("*") for word in _NOUNS.split() if word.endswith("*"))
_UNCOUNTED = """
tijd kennis beleid water zorg onderwijs jeugd verkeer natuur landbouw data klimaat huur warmte gas zon wind stikstof
privacy ethiek vertrouwen openheid toekomst afval hergebruik voedsel gezondheid eenzaamheid armoede personeel verzuim
kosten droogte erfgoed olie asbest glasvezel duurzaamheid toegankelijkheid politie overlast brandweer opvang
"""
#: Words that exist in one number only.
UNCOUNTED = frozenset(_UNCOUNTED.split())
#: Plurals that no rule gives.
PLURALS = {
    "stad": "steden",
    "kind": "kinderen",
    "museum": "musea",
    "weg": "wegen",
    "model": "modellen",
    "robot": "robots",
    "drone": "drones",
    "website": "websites",
    "dossier": "dossiers",
    "laboratorium": "laboratoria",
    "strategie": "strategieën",
    "energie": "energieën",
    "batterij": "batterijen",
    "casus": "casussen",
    "campus": "campussen",
    "cultuur": "culturen",
    "archief": "archieven",
    "panel": "panels",
    "team": "teams",
    "wijkteam": "wijkteams",
    "standaard": "standaarden",
    "festival": "festivals",
    "station": "stations",
    "prototype": "prototypes",
    "enquete": "enquetes",
    "test": "tests",
    "bus": "bussen",
    "crisis": "crises",
    "overheid": "overheden",
    "advies": "adviezen",
    "meting": "metingen",
    "begraafplaats": "begraafplaatsen",
    "leverancier": "leveranciers",
    "adviseur": "adviseurs",
    "trein": "treinen",
    "tunnel": "tunnels",
    "atelier": "ateliers",
    "score": "scores",
    "telefoon": "telefoons",
    "toeslag": "toeslagen",
    "grens": "grenzen",
    "ontwikkelaar": "ontwikkelaars",
    "planbureau": "planbureaus",
    "app": "apps",
}
_VERBS = """
gebruiken gebruikt gebruikt; maken maakt gemaakt; helpen helpt geholpen; testen test getest; bouwen bouwt gebouwd;
leren leert geleerd; delen deelt gedeeld; meten meet gemeten; bieden biedt geboden; vragen vraagt gevraagd; starten
start gestart; stoppen stopt gestopt; verbeteren verbetert verbeterd; vernieuwen vernieuwt vernieuwd; ontwikkelen
ontwikkelt ontwikkeld; ontwerpen ontwerpt ontworpen; onderzoeken onderzoekt onderzocht; kiezen kiest gekozen; betalen
betaalt betaald; organiseren organiseert georganiseerd; ondersteunen ondersteunt ondersteund; voorkomen voorkomt
voorkomen; bereiken bereikt bereikt; behandelen behandelt behandeld; beoordelen beoordeelt beoordeeld; versnellen
versnelt versneld; vergroten vergroot vergroot; verminderen vermindert verminderd; betrekken betrekt betrokken;
evalueren evalueert geëvalueerd; financieren financiert gefinancierd; sturen stuurt gestuurd; krijgen krijgt gekregen;
zoeken zoekt gezocht; vinden vindt gevonden; schrijven schrijft geschreven; bespreken bespreekt besproken; regelen
regelt geregeld; koppelen koppelt gekoppeld; digitaliseren digitaliseert gedigitaliseerd; beschermen beschermt
beschermd; controleren controleert gecontroleerd; publiceren publiceert gepubliceerd; vertalen vertaalt vertaald;
voorspellen voorspelt voorspeld; herstellen herstelt hersteld; vervangen vervangt vervangen; verkopen verkoopt verkocht;
plannen plant gepland; trainen traint getraind
"""
#: Whole verb, third person, participle.
VERBS = tuple(tuple(forms.split()) for forms in _VERBS.split(";"))
_ADJECTIVES = """
nieuwe goede grote kleine snelle digitale duurzame publieke lokale regionale landelijke sociale technische slimme
veilige open gezamenlijke integrale praktische eenvoudige toegankelijke betrouwbare creatieve bestuurlijke juridische
financiële maatschappelijke tijdelijke structurele belangrijke concrete directe actieve eigen moeilijke oude dure
goedkope langzame zichtbare onverwachte mobiele circulaire collectieve vrijwillige jaarlijkse ernstige ambtelijke
wettelijke
"""
ADJECTIVES = tuple(_ADJECTIVES.split())
#: Code of a theme or a sector -> nouns that go with it.
TOPICS = {
    code: tuple(words.split())
    for code, words in {
        "ai": "algoritme model voorspelling herkenning vertaling spraak robot data",
        "blockchain": "register koppeling contract standaard archief document",
        "digitaal-en-data": "data platform dashboard website app formulier koppeling informatie",
        "drones-en-robots": "drone robot camera sensor inspectie dijk brug",
        "duurzaamheid": "energie warmte isolatie afval hergebruik grondstof uitstoot batterij klimaat",
        "thuiswerken-en-overleg": "rooster overleg bijeenkomst personeel werkdruk telefoon",
        "veiligheid": "veiligheid politie brandweer crisis melding camera overlast handhaving",
        "water": "water dijk polder rivier gemaal peil droogte sluis riool",
        "zorg": "zorg patiënt cliënt arts ziekenhuis huisarts preventie mantelzorger eenzaamheid gezondheid",
        "gemeenten": "gemeente inwoner wijk buurt loket wethouder burgemeester wijkteam afspraak balie",
        "provincies": "provincie regio natuur landbouw stikstof dorp bodem subsidie",
        "rijksoverheid": "ministerie minister wet inspectie toezicht belasting toeslag aangifte",
        "waterschappen": "waterschap dijk polder gemaal peil sensor droogte riool",
        "rechtswezen": "rechter rechtbank gevangenis dossier bezwaar besluit recht",
        "zelfstandige-bestuursorganen": "uitkering register aanvraag vergunning klacht besluit rekening",
        "gemeenschappelijke-regelingen": "veiligheidsregio omgevingsdienst vergunning brandweer handhaving regio",
        "privaatrechtelijke-publieke-organisaties": "stichting vereniging fonds museum bibliotheek theater bezoeker",
        "hoge-colleges-van-staat": "kamer commissie verantwoording rapport begroting wet",
    }.items()
}
