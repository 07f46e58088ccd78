"""What its author did not want everybody to read, though they wrote it outside of a private line."""

from service.reading.tables import phrases
from service.reading.words import normal

LONGEST = 4000
CONFIDED = phrases(
    """
    just between us|only between us|strictly between us|this between us|it between us|that between us
    |stays between us|between you and me|between ourselves|off the record|strictly confidential
    |not for the team|not the team|not the others|just for you|only for you|only for the champion
    |just for the champion|not for everyone|not for everybody|not for the others|not for the group
    |not for the digest|not in the digest|keep this private|keep it private|keep that private
    |keep this quiet|keep it quiet|keep this to yourself|keep it to yourself|do not share this
    |don t share this|please do not share|please don t share|do not tell|don t tell|do not pass this on
    |don t pass this on|do not forward|don t forward|this is private|this is confidential
    |for your eyes only|for your ears only|unter uns gesagt|bleibt unter uns|vertraulich|nicht weitersagen
    |entre nous|confidentiel|entre nosotros|confidencial|en confianza|in via confidenziale|tra noi
    |mellan oss|mellem os|między nami
    """
)
BEGINNINGS = tuple(f"{phrase} " for phrase in phrases("between us|in confidence|confidentially|privately"))
"""In the middle of a sentence they may say something else: "we met privately"."""


def is_confided(words: str) -> bool:
    """Whether ``words`` say that they are for few ears."""
    said = f"{normal(words[:LONGEST])} "
    return said.startswith(BEGINNINGS) or any(f" {phrase} " in f" {said}" for phrase in CONFIDED)
