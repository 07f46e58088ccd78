"""Mail providers whose domains anybody may have an address at: their people have nothing in common."""

_NAMES = """
    gmail googlemail yahoo ymail rocketmail hotmail outlook live msn passport aol aim icloud me mac gmx
    web t-online freenet arcor mailbox posteo proton protonmail pm tutanota tutamail tuta zoho fastmail
    hushmail mail email yandex rambler inbox bk list qq foxmail 163 126 sina sohu naver daum hanmail nate
    orange wanadoo free laposte sfr neuf bbox libero virgilio alice tin tiscali terra uol bol ig globo
    telefonica ziggo kpnmail planet telenet skynet bluewin sunrise hispeed aon chello wp o2 onet interia
    seznam centrum azet citromail freemail abv telia comhem online bredband comcast verizon att
    sbcglobal bellsouth cox charter spectrum earthlink juno optonline rogers shaw sympatico telus
    btinternet virginmedia blueyonder ntlworld talktalk sky bigpond optusnet xtra rediffmail duck hey
"""
PROVIDERS = frozenset(_NAMES.split())
"""First labels of their domains: the provider has the same name under many a country's top level."""


def is_provider(domain: str) -> bool:
    """Whether ``domain`` is a public mail provider's, as in yahoo.co.uk. A school of the same name only
    learns less."""
    name, *suffix = domain.lower().split(".")
    return name in PROVIDERS and (len(suffix) == 1 or (len(suffix) == 2 and len(suffix[0]) <= 3))
