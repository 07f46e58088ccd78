"""Words beside the answers: lines that point to them or lead to them, and afterthoughts."""

from service.reading.tables import phrases, table
from service.reading.words import normal

LONGEST = 60
MOST_POINTING = 9
POINTING = table(
    """
    see look please pls my the answers answer replies reply comments responses response notes are is in
    inline within at to it them find you ll will and all marked red blue green bold text mail email quote
    above line here siehe bitte meine antworten antwort kommentare sind im text blau rot voir voici mes
    réponses commentaires en rouge bleu dans le texte ver vea véase mis respuestas rojo azul vedi le mie
    risposte rosso zie mijn antwoorden rood blauw se mina svar mine rött blått rødt blått veja minhas
    respostas vermelho patrz moje odpowiedzi viz moje odpovědi
    """
)
PLACES = table(
    """
    below inline unten unterhalb dessous abajo sotto hieronder onder nedan nedenfor abaixo poniżej níže
    alla ниже
    """
)
LEADS = frozenset(
    phrases(
        """
        hope you are well|hope you re well|i hope you are well|i hope you re well|hope all is well
        |hope you are doing well|hope this finds you well|hope you had a good weekend
        |hope you had a nice weekend|hope you had a great weekend|sorry for the late reply
        |sorry for the late answer|sorry for the delay|sorry for being late|sorry i am late|sorry i m late
        |sorry this is late|apologies for the delay|apologies for the late reply|better late than never
        |thanks for asking|thank you for asking|thanks for the reminder|thank you for the reminder
        |thanks for checking in|thank you for checking in|thanks for writing|thanks for your mail
        |thanks for your email|thanks for the mail|happy monday|happy tuesday|happy wednesday
        |happy thursday|happy friday|here goes|here you go|here we go|here it is|here they are|as asked
        |as requested|as promised|quick update|a quick update|short update|just a quick update|in short
        |a quick one|quick one|quick answers|from my side|from our side|danke der nachfrage
        |danke für die erinnerung|sorry für die späte antwort|entschuldigung für die späte antwort
        |ich hoffe es geht dir gut|ich hoffe es geht ihnen gut|hier meine antworten|kurz und knapp
        |merci pour le rappel|désolé pour le retard|désolée pour le retard|j espère que vous allez bien
        |j espère que tu vas bien|gracias por preguntar|gracias por el recordatorio|perdón por la demora
        |espero que estés bien|obrigado pela lembrança|obrigada pela lembrança|desculpe a demora
        |grazie per il promemoria|scusa il ritardo|scusate il ritardo|bedankt voor de herinnering
        |sorry voor de late reactie|tack för påminnelsen|förlåt att det dröjde|tak for påmindelsen
        |beklager sent svar|takk for påminnelsen|przepraszam za opóźnienie|děkuji za připomenutí
        """
    )
)
_AFTERTHOUGHTS = ("ps", "pps", "ppps")
_SENTENCE = 5
"""Words from which on a line that ends like a sentence is one."""


def points_elsewhere(line: str) -> bool:
    """A line such as "See my answers below in red" says where answers are, and is none."""
    words = normal(line[:LONGEST]).split()
    points = all(word in POINTING or word in PLACES for word in words) and not PLACES.isdisjoint(words)
    return points and len(words) <= MOST_POINTING and len(line) <= LONGEST


def leads_in(line: str) -> bool:
    """A line such as "Hope you are well." or "Here you go:" says nothing yet."""
    return len(line) <= LONGEST and normal(line) in LEADS


def is_afterthought(line: str) -> bool:
    """A "P.S. …" behind everything else."""
    mark, _, rest = line.strip().partition(" ")
    return bool(rest.strip()) and mark.replace(".", "").rstrip(":,-–").lower() in _AFTERTHOUGHTS


def is_sentence(line: str) -> bool:
    """Words below a sign-off that are neither a name nor an address."""
    bare = line.strip()
    return bare.endswith((".", "!", "?")) and len(bare.split()) >= _SENTENCE
