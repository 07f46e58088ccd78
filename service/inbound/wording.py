"""Words that machines and people write, in the languages they write them. Compared in lower case.

Kept as data, so that a language can be added without touching a rule; phrases stand between commas.
What belongs to one language only stands in ``languages``.
"""


def _phrases(table: str) -> tuple[str, ...]:
    return tuple(phrase.strip().lower() for phrase in " ".join(table.split()).split(","))


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

REPLY_MARKS = frozenset(
    _phrases(
        """
        re, aw, antw, sv, vs, vl, ref, réf, rép, rif, r, res, resp, odp, pd, ynt, ilt, ang,
        απ, σχετ, vá, továbbítva, atb, hiv, bls, trs, eb, fwd, fw, wg, tr, rv, enc, i, doorst,
        vb, 回复, 回覆, 答复, 答覆, 转发, 轉寄, 返信, 転送, 회신, 전달, השב, הועבר, رد, إعادة توجيه,
        ответ, отв, пересл, відп, fs, fsl, vor
        """
    )
)
"""What mail programs put before the subject of the mail that a person answers or passes on."""

GREETINGS = frozenset(
    _phrases(
        """
        hi, hello, hey, g'day, dear, greetings, good morning, good afternoon, good day,
        hallo, guten tag,
        guten morgen, liebe, lieber, sehr geehrte, damen, herren, grüß gott, grüezi,
        moin, servus, bonjour,
        bonsoir, madame, monsieur, cher, chère, salut, hola, estimado, estimada,
        estimados, buenos
        días, buenas tardes, olá, ola, caro, cara, caros, prezado, prezada, prezados,
        bom dia, boa
        tarde, ciao, salve, buongiorno, buonasera, gentile, gentili, spettabile, beste, geachte,
        goedendag, dag, hej, hei, kære, kjære, bästa, god dag, goddag, hyvä, terve, dzień dobry,
        witam, szanowni, szanowna, szanowny, dobrý den, dobrý deň, ahoj, vážená, vážený, vážení,
        здравствуйте, добрый день, уважаемые, уважаемый, уважаемая, добрий день, доброго дня,
        вітаю, шановні, здравейте, уважаеми, poštovani, pozdrav, dobar dan, spoštovani,
        pozdravljeni,
        jó napot, tisztelt, kedves, szia, merhaba, sayın, iyi günler, γεια σας, καλημέρα,
        καλησπέρα, αγαπητέ, αγαπητή, αξιότιμε, bună ziua, bună, stimate, stimată, bon
        dia, benvolgut,
        tere, sveiki, laba diena, labdien, laba, gerbiami,
        halo, yth, xin chào, kính gửi, 您好, 你好,
        各位, 안녕하세요, שלום, مرحبا, السلام عليكم, تحية, عزيزي, สวัสดี
        """
    )
)
"""First words of a greeting."""

CLOSINGS = _phrases(
    """
    best, best regards, kind regards, warm regards, regards, many thanks, thanks, thank you,
    sincerely, yours sincerely, cheers, best wishes, all the best, take care, mit freundlichen
    grüßen, mit besten grüßen, mit lieben grüßen, mit freundlichem gruß, schöne grüße,
    herzliche grüße, freundliche grüße, viele grüße, beste grüße, liebe grüße, mfg,
    gruß, grüße, cordialement, bien cordialement, bien à vous, salutations, meilleures
    salutations, sincères salutations, avec mes meilleures salutations, mes salutations,
    bien à toi, amicalement, un saludo, saludos, saludos cordiales, atentamente,
    atenciosamente, cumprimentos, com os melhores cumprimentos, melhores cumprimentos, abraço,
    cordiali saluti, distinti saluti, saluti, un saluto, met vriendelijke groet, vriendelijke
    groet, met vriendelijke groeten, groet, groeten, mvg, venlig hilsen, med venlig hilsen, mvh,
    hilsen, vänliga hälsningar, med vänliga hälsningar, med vänlig hälsning, hälsningar, vennlig
    hilsen, med vennlig hilsen, ystävällisin terveisin, terveisin, yt, pozdrawiam, z poważaniem,
    z wyrazami szacunku, s pozdravem, s přáním, s pozdravom, с уважением, з повагою, с уважение,
    lijep pozdrav, srdačan pozdrav, s poštovanjem, lep pozdrav, üdvözlettel, tisztelettel,
    saygılarımla, iyi çalışmalar, με εκτίμηση, cu stimă, cu respect, o zi bună, cordialment,
    lugupidamisega, pagarbiai, ar cieņu, bestu kveðjur, kveðja, salam, trân trọng, 敬具, 以上,
    よろしくお願いいたします, 此致, 敬上, 祝好, 감사합니다, 드림, בברכה, تحياتي, مع تحياتي, مع أطيب التحيات
    """
)
"""How a line starts that ends a mail."""

NOISE = frozenset(
    _phrases(
        """
        currently, presently, now, also, still, momentarily, unfortunately, both,
        leider, derzeit,
        zurzeit, momentan, aktuell, gerade, actuellement, présentement, malheureusement,
        actualmente, momentáneamente, temporalmente, atualmente, temporariamente, attualmente,
        temporaneamente, momenteel, tijdelijk, helaas, nu, pt, för, närvarande, tällä, hetkellä,
        parhaillaan, obecnie, aktualnie, momentálně, momentálne, сейчас, временно, зараз,
        тимчасово, jelenleg, şu, anda, αυτή, στιγμή, momentan, trenutno, trenutačno
        """
    )
)
"""Words that come between the words of a phrase and change nothing."""

MAIL_WORDS = _phrases(
    """
    repl, respon, messag, mail, notif, inbox, answer, antwort, nachricht, benachricht, réponse,
    courriel, mensaje, respuesta, correo, mensagem, resposta, messaggi, rispo, antwoord,
    bericht,
    besked, meddel, svar, mejl, melding, post, vastau, viesti, wiadomo, odpow, zpráv, odpov,
    správ,
    odpoveď, сообщ, ответ, письм, повідомл, відпов, лист, отговор, съобщ, odgovor, poruk,
    sporoč,
    válasz, üzenet, level, yanıt, cevap, mesaj, απάντησ, απαντ, μήνυμα, răspuns, missatge,
    vastus,
    kiri, atsakym, laišk, atbild, vēstul, póst, balas,
    pesan, thư, 返信, メール, 応答, 送信, システム, 邮件, 郵件,
    回复, 回覆, 系统, 系統, 메일, 메시지, 회신, 응답, 발송, הודע, תשובה, מענה, رسالة, رد, ข้อความ, อีเมล, ตอบกลับ
    """
)
"""What a sentence speaks of that calls its own mail automatic."""

ANSWER_WORDS = frozenset({"need", "needs", "offer", "offers", "private"})
"""Words that start a line question's answer (``need: a van``)."""
