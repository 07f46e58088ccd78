"""Words that machines write, in the languages they write them. Compared in casefolded form.

Kept as data, so that a language can be added without touching a rule. Phrases stand between
commas; each language or family of languages starts on a new line.
"""


def _phrases(table: str) -> tuple[str, ...]:
    return tuple(phrase.strip().casefold() for phrase in " ".join(table.split()).split(","))


AUTOMATIC_SUBJECTS = _phrases(
    """
    automatic reply, automated reply, automatic response, automated response, auto reply,
    auto-reply, autoreply, auto response, auto-response, autoresponse, auto-responder,
    autoresponder, out of office, out-of-office, out of the office, vacation reply,
    out of office autoreply, out of office reply, vacation message, automatic out of office
    reply,
    automatische antwort, abwesenheitsnotiz, abwesenheitsnachricht, abwesenheitsmeldung,
    automatische abwesenheitsnotiz,
    réponse automatique, reponse automatique, absence du bureau, message d'absence, notification
    d'absence,
    respuesta automática, respuesta automatica, fuera de oficina,
    resposta automática, resposta automatica, ausência temporária,
    risposta automatica, fuori sede,
    automatisch antwoord, afwezigheidsbericht, afwezigheidsassistent,
    automatiskt svar, autosvar, frånvaromeddelande, automatisk svar, fraværsmelding, automatisk
    svarmeddelelse, fraværsbesked, automaattinen vastaus, poissaoloilmoitus,
    odpowiedź automatyczna, automatyczna odpowiedź, nieobecność w biurze, automatická odpověď,
    automatická odpoveď, automatikus válasz, samodejni odgovor, automatski odgovor, răspuns
    automat,
    автоматический ответ, автоответ, автоматична відповідь, автоматичен отговор, αυτόματη
    απάντηση,
    otomatik yanıt, otomatik cevap, תשובה אוטומטית, מענה אוטומטי, رد تلقائي,
    自動応答, 自動返信, 自动答复, 自动回复, 自動回覆, 自動回應, 자동 회신, trả lời tự động, ตอบกลับอัตโนมัติ
    """
)
"""Subjects of Exchange, Outlook, Gmail and common autoresponders, up to the colon."""

AWAY_SUBJECTS = _phrases(
    """
    ooo, on vacation, away from my mail, away from office, abwesend, abwesenheit, absent du
    bureau, fuera de la oficina, fora do escritório, ausente do escritório, fuori ufficio, niet
    aanwezig, frånvaro, fravær, ikke til stede, poissa, poissa toimistosta, нет на месте, 不在, 부재
    중, mimo kancelář, házon kívül
    """
)
"""Words for being away that people write over their own mail too."""

FAILURE_SUBJECTS = _phrases(
    """
    undeliver, non-delivery, nondeliver, not delivered, delivery failure, delivery failed,
    delivery fail, failure delivery, delivery problem, delivery error, delivery status, delivery
    notification, delivery warning, delivery has failed, failure notice, failed delivery, mail
    failed, failed mail, returned mail, returning message, returned to sender, mail error, mail
    system error, could not be delivered, couldn't be delivered, cannot be delivered, can't be
    delivered, delayed mail, message delayed, user unknown, rejected mail, not yet been
    delivered, non remis, non distribu, non délivr, échec de la remise, unzustellbar, nicht
    zugestellt, no se puede entregar, no entregado, no se pudo entregar, não
    entregue, não é possível entregar, falha na entrega, mancato recapito, non recapitabile,
    onbestelbaar, niet bezorgd, kan inte levereras, olevererbart, kan ikke leveres, ei voitu
    toimittaa, nie można dostarczyć, niedostarczon, nedoruč, kézbesíthetetlen, не доставлен,
    недоставлен, teslim edilemedi, 配信不能, 配信できません, 无法投递, 無法傳遞, 退信, 배달되지 않음
    """
)
"""Words in the subject of a bounce."""

FAILURE_WORDS = _phrases(
    """
    could not be delivered, couldn't be delivered, cannot be delivered, can't be delivered, was
    not delivered, were not delivered, has not been delivered, not yet been delivered, wasn't
    delivered, undeliverable, unable to deliver, failed to deliver, delivery failed, delivery
    has failed, delivery to the following, failed recipient, did not reach, delivery failure,
    following recipients, user unknown, unknown user, mailbox unavailable, mailbox is full,
    mailbox full, no such user, unknown address, returned to sender, wasn't able to deliver, not
    able to deliver, undelivered, rejected your message, message was rejected, address not
    found, does not exist, addresses had permanent fatal errors, n'a pas pu, konnte nicht
    zugestellt, nicht zugestellt werden, no se ha podido entregar, no se pudo entregar, não pôde
    ser entregue, non è stato possibile recapitare, kon niet worden bezorgd, kunde inte
    levereras, не может быть доставлен, не было доставлено, не удалось доставить, 配信できません, 无法投递
    """
)
"""Words in the first lines of a bounce."""

NOTICES = (
    ("read:", "was read on"),
    ("gelesen:", "wurde gelesen"),
    ("lu :", "a été lu"),
    ("leído:", "se ha leído"),
    ("not read:", "was deleted without being read"),
    ("recall:", "would like to recall the message"),
    ("message recall", "would like to recall the message"),
    ("your email requires verification", "verif"),
    ("please verify your", "click"),
    ("please confirm your message", "click"),
    ("sender verification", "verif"),
    ("you have a new voicemail", "voice"),
    ("voicemail from", "voice"),
    ("fax received", "fax"),
)
"""How the subject of a notice starts, with words that its text has too."""

ANSWER_WORDS = frozenset({"need", "needs", "offer", "offers", "private"})
"""Words that start a line question's answer (``need: a van``)."""
