"""Words that mail clients print around what a person writes, by language. Data only, all lower case.

Nothing is recognised by one of these words alone: each is one piece of evidence (IN-10).
"""

from enum import Enum

from service.reading.tables import phrases


class Header(Enum):
    """Fields of the header block that a client prints above an original."""

    FROM = "from"
    DATE = "date"
    TO = "to"
    SUBJECT = "subject"
    OTHER = "other"


_HEADER_WORDS = {
    Header.FROM: """
    from|von|de|da|fra|från|van|od|odesílatel|odosielateľ|lähettäjä|feladó|от|от кого|від|від кого
    |kimden|gönderen|差出人|送信者|发件人|发送人|寄件者|寄件人|보낸 사람|보낸사람|de la|dari|από|מאת|من
    |expéditeur|mittente|remitente|absender|afzender|avsändare|nadawca|pošiljatelj|šalje|expeditor
    |saatja|nuo|từ|người gửi|จาก|frá|remetente|od koga|mailed by|reply-to|répondre à|antwort an
    |responder a|rispondi a|svar til|odpovědět
    """,
    Header.DATE: """
    sent|date|gesendet|datum|envoyé|envoyé le|enviado|enviado el|enviado em|enviada em|enviada|inviato
    |data|data e ora|sendt|dato|skickat|verzonden|wysłano|odesláno|odoslané|dátum|lähetetty|päivämäärä
    |päiväys|küldve|elküldve|küldés ideje|отправлено|дата|надіслано|tarih|gönderme tarihi|gönderildi
    |gönderilme tarihi|送信日時|日時|日付|发送时间|发送日期|日期|時間|时间|傳送時間|寄件日期|보낸 날짜
    |날짜|fecha|trimis|poslano|poslane|ημερομηνία|στάλθηκε|תאריך|נשלח|التاريخ|تاريخ|ngày|đã gửi
    |dátum odoslania|tanggal|dikirim|saadetud|kuupäev|išsiųsta|วันที่|dags|sendt den
    """,
    Header.TO: """
    to|an|à|a|para|til|till|aan|do|komu|pro|címzett|vastaanottaja|кому|alıcı|kime|宛先|收件人|收件者
    |받는 사람|받는사람|către|catre|pentru|prima|za|προς|אל|إلى|destinataire|destinatario|destinatário
    |empfänger|đến|tới|kepada|kam|saaja|kellele|ถึง|primatelj|do koho|reçu par|mottagare|modtager
    |ontvanger|adresat|příjemce
    """,
    Header.SUBJECT: """
    subject|betreff|betr|objet|sujet|asunto|assunto|oggetto|emne|ämne|onderwerp|temat|předmět|predmet
    |tárgy|aihe|тема|konu|件名|主题|主旨|主題|제목|subiect|θέμα|נושא|الموضوع|chủ đề|tiêu đề|subjek
    |perihal|teema|tema|เรื่อง|efni
    """,
    Header.OTHER: """
    cc|bcc|kopie|copia|cópia|kopia|kópia|kopio|kopi|másolat|másolatot kap|копия|копія|bilgi|karbonkopya
    |참조|抄送|副本|importance|attachments|attachment|priority|reply to|wichtigkeit|anlagen|cc n|kopija
    |κοιν|עותק|نسخة|organization|pièces jointes|adjuntos|anexos|allegati|bijlagen|bilagor
    |vedhæftede filer|załączniki|přílohy|liitteet|in-reply-to|message-id|newsgroups|liste|mailing list
    |sag|ämnesrad|dk|copy|dw|udw|ukryte do|cópia para|c/c|kopi til|kopie an|x-mailer
    """,
}
HEADERS = {word: kind for kind, words in _HEADER_WORDS.items() for word in phrases(words)}

WROTE = phrases(
    """
    wrote|writes|schrieb|geschrieben|écrit|ecrit|escribió|escribio|escreveu|scritto|scrive|skrev|schreef
    |geschreven|napisał|napisała|napisao|napisala|napsal|napsala|napísal|napísala|kirjoitti|írta|írtad
    |написал|написала|пишет|написав|пише|yazdı|書きました|のメール|写道|寫道|写了|작성|썼습니다|a scris
    |έγραψε|כתב|כתבה|كتب|đã viết|viết|menulis|ditulis|skrifaði|kirjutas|rašė|rakstīja|napisal|zapsal
    |va escriure|idatzi|เขียน|har skrevet|a dit|użytkownik|pisze|написа|wrote the following
    """
)
OPENERS = tuple(
    f"{word} "
    for word in phrases(
        """
        on|am|le|el|il|em|op|den|på|dnia|w dniu|dne|dňa|il giorno|pada|a|on.|în|la|в|у|из|vào|den.|ti.
        |ma|ke|to|pe|su|no dia|στις|from|von|de|fra
        """
    )
)

ORIGINAL = phrases(
    """
    original message|forwarded message|forwarded by|begin forwarded|original appointment
    |ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|urspr. nachricht
    |originale nachricht|anfang der weitergeleiteten|message original|message d'origine
    |message transféré|message transmis|message initial|début du message|début du courriel
    |mensaje original|mensaje reenviado|mensaje transmitido|inicio del mensaje|mensagem original
    |mensagem encaminhada|mensagem reencaminhada|início da mensagem|messaggio originale
    |messaggio inoltrato|inizio messaggio|oorspronkelijk bericht|originele bericht|doorgestuurd bericht
    |begin doorgestuurd|oprindelig meddelelse|oprindelig besked|videresendt|original meddelelse
    |ursprungligt meddelande|originalmeddelande|vidarebefordrat|opprinnelig melding|videresendt melding
    |wiadomość oryginalna|oryginalna wiadomość|wiadomość przekazana|przekazana wiadomość
    |początek przekaz|původní zpráva|přeposlaná zpráva|pôvodná správa|preposlaná správa
    |alkuperäinen viesti|edelleenlähetetty|välitetty viesti|eredeti üzenet|továbbított
    |исходное сообщение|пересылаемое сообщение|пересланное сообщение|пересланное|оригинальное сообщение
    |оригинал|переслане повідомлення|початкове повідомлення|orijinal mesaj|orjinal mesaj|özgün ileti
    |iletilen ileti|yönlendirilmiş|iletilmiş|元のメッセージ|転送メッセージ|転送された|原始邮件|原始郵件
    |转发的邮件|轉寄的|转发邮件|邮件原件|원본 메시지|원본 메일|전달된|mesaj original|mesajul original
    |mesaj redirecționat|mesaj redirecţionat|izvorna poruka|originalna poruka|proslijeđena poruka
    |αρχικό μήνυμα|προωθημένο|הודעה מקורית|הודעה שהועברה|الرسالة الأصلية|رسالة معاد توجيهها|tin nhắn gốc
    |thư gốc|thư được chuyển tiếp|algne kiri|pesan asli|pesan terusan|posredovano|začátek přeposílané
    |začiatok preposlanej|začetek|počnite proslijeđenu|videresendt besked|begynnelse|inledning|start på
    """
)
MESSAGE = phrases(
    """
    message|nachricht|mensaje|mensagem|messaggio|bericht|besked|meddelelse|meddelande|melding|wiadomość
    |wiadomości|zpráva|správa|viesti|üzenet|сообщение|письмо|повідомлення|mesaj|ileti|メッセージ|邮件
    |郵件|메시지|poruka|μήνυμα|הודעה|رسالة|thư|mail|courriel|sporočilo|pesan|bejelentés|email
    """
)
REPLY_ABOVE = phrases(
    """
    reply above|reply above this line|above this line|write above|type your reply|oberhalb dieser
    |über dieser zeile|au-dessus de|por encima de esta|acima desta linha|sopra questa|boven deze regel
    |ovanför denna|over denne linje|powyżej tej
    """
)
DEVICE = phrases(
    """
    sent from|sent via|sent using|sent with|sent wirelessly|get outlook for
    |get the outlook|gesendet von|gesendet mit|diese nachricht wurde von
    |outlook für|envoyé de|envoyé depuis|envoyé par|envoyé sans|envoyé à partir|envoyé avec
    |obtenez outlook|télécharger outlook|provenance : courrier|enviado desde|enviado do|enviado de
    |enviado a partir|enviado com|enviado via|obtener outlook|obter o outlook|outlook para|inviato da
    |inviato dal|inviato con|ottieni outlook|scarica outlook|verzonden van|verzonden vanaf|verzonden met
    |verstuurd vanaf|verstuurd met|outlook voor|download outlook|skickat från|skickades från
    |hämta outlook|sendt fra|sendt med|sendt via|hent outlook|få outlook|wysłano z|wysłane z
    |pobierz outlook|odesláno z|odesláno ze|odoslané z|získat outlook|získajte outlook|stiahnuť outlook
    |lähetetty|hanki outlook|elküldve|küldve|outlook beszerzése|trimis de|trimis din|obțineți outlook
    |отправлено с|отправлено из|скачайте outlook|получить outlook|надіслано з|відправлено з|أرسلت من
    |أُرسلت من|تم الإرسال من|发自我的|发自|從我的|从我的|傳送自|iphoneから送信|androidから|ipadから送信
    |から送信|나의 iphone에서|내 iphone에서|에서 보냄|i̇phone'umdan|iphone'umdan|ipad'imden|poslano s
    |poslano iz|poslané z|poslano z|na mojega|nosūtīts no|išsiųsta iš|saadetud minu|στάλθηκε από
    |εστάλη από|נשלח מ|dikirim dari|được gửi từ|đã gửi từ|envoyer de|yahoo mail|typed on
    |typed with|excuse the brevity|please excuse any typos|written on my phone|written on my mobile
    |written on my iphone|written on my ipad|written on my tablet
    """
)
DEVICES = phrases(
    """
    iphone|ipad|android|galaxy|samsung|huawei|xiaomi|小米|华为|honor|blackberry|pixel|nokia|motorola|oneplus
    |smart
    |phone|handy|mobil|tablet|telefon|téléphone|teléfono|celular|móvil|cellulare|komórk|gerät|device
    |puhelim
    |手机|手機|携帯|스마트폰|휴대|телефон|смартфон|windows|mail|outlook|app|laptop|computer
    """
)
OWN_DEVICE = ("von meinem", "von meiner", "vom ", "mit der ", "mit dem ", "mit meinem ")
SENT = ("gesendet", "gesendet.", "geschickt", "verschickt")
FROM_DEVICE = (
    *("dan gönderildi", "den gönderildi", "tan gönderildi", "ten gönderildi", "ról küldve", "ről küldve"),
    *("から送信", "から送信されました", "에서 보냄", "에서 보냈습니다", "에서 발송"),
)
FOR_DEVICE = (" for android", " for ios", " for iphone", " for ipad", " for windows")
EXCUSES = phrases(
    """
    brevity|typos|typing errors|autocorrect|tippfehler|kürze|fautes de frappe|brièveté|erratas|brevedad
    |errori di battitura|brevità|erros de digitação|brevidade|typefouten|tikfouten|skrivfel|tastefejl
    """
)

CLOSINGS = phrases(
    """
    thanks|thank you|many thanks|thx|ty|cheers|regards|kind regards|best regards|warm regards|best
    |best wishes|all the best|sincerely|yours|yours truly|yours sincerely|respectfully|cordially
    |take care|greetings|talk soon|see you|with regards|rgds|br|kr|lg|mfg|vg|gruß|grüße|gruss
    |viele grüße|liebe grüße|beste grüße|schöne grüße|herzliche grüße|freundliche grüße
    |mit freundlichen grüßen|mit besten grüßen|danke|vielen dank|cordialement|bien cordialement
    |bien à vous|merci|cdt|salutations|bonne journée|amicalement|saludos|un saludo|saludos cordiales
    |gracias|muchas gracias|atentamente|atenciosamente|cumprimentos|obrigado|obrigada|abraço|abraços
    |cordiali saluti|saluti|grazie|met vriendelijke groet|vriendelijke groet|groet|groeten|groetjes|mvh
    |med vänlig hälsning|med vänliga hälsningar|hälsningar|med venlig hilsen|venlig hilsen|hilsen
    |med vennlig hilsen|vennlig hilsen|vh|kh|tack|tak|takk|pozdrawiam|z poważaniem|dziękuję|s pozdravem
    |děkuji|ďakujem|terveisin|ystävällisin terveisin|kiitos|üdvözlettel|köszönöm|с уважением|спасибо
    |з повагою|дякую|saygılarımla|teşekkürler|よろしくお願いします|谢谢|此致|감사합니다|cu stimă
    |mulțumesc|με εκτίμηση|ευχαριστώ|בברכה|תודה|مع تحياتي|شكرا|trân trọng|cảm ơn|lijep pozdrav|warmly
    |with thanks|thanks again|thanks in advance|thanks so much|with love|hugs|xo|xoxo|yours faithfully
    |cheers all|have a good one|have a great day|have a nice day|have a good day|have a good week
    |have a nice week|have a good weekend|have a great weekend|until then|bis bald|tschüss|schönen tag
    |schönen tag noch|einen schönen tag|dankeschön|besten dank|danke schön|freundliche grüsse
    |mit freundlichem gruß|bien amicalement|bonne soirée|bonne semaine|à bientôt|bien à toi
    |merci beaucoup|merci d'avance|un abrazo|abrazos|hasta pronto|besos|un cordial saludo|até breve
    |beijos|muito obrigado|muito obrigada|um abraço|com os melhores cumprimentos|un saluto|tanti saluti
    |a presto|distinti saluti|buona giornata|un abbraccio|hartelijke groet|hartelijke groeten|fijne dag
    |bedankt|dank je wel|alvast bedankt|vänliga hälsningar|bästa hälsningar|ha det bra|ha det|vi ses
    |kram|mange tak|de bedste hilsner|bedste hilsner|knus|mange hilsner|beste hilsen|mange takk|klem
    |parhain terveisin|terv|mukavaa päivää|pozdrowienia|serdecznie pozdrawiam|miłego dnia
    |z pozdrowieniami|dzięki|zdravím|hezký den|pěkný den|díky|s pozdravom|ďakujem pekne|üdv|tisztelettel
    |szép napot|köszi|с наилучшими пожеланиями|всего доброго|всего хорошего|благодарю
    |з найкращими побажаннями|гарного дня|sevgiler|sevgilerimle|iyi günler|iyi çalışmalar|selamlar
    |toate cele bune|cu drag|o zi bună|cu respect|φιλικά|χαιρετισμούς|καλή συνέχεια|以上|敬具
    |よろしくお願いいたします|祝好|祝商祺|수고하세요|고맙습니다|srdačan pozdrav|lep pozdrav
    """
)
GREETINGS = phrases(
    """
    hi|hello|hey|dear|good morning|good afternoon|good evening|morning|greetings|hallo|guten tag
    |guten morgen|liebe|lieber|moin|servus|bonjour|bonsoir|salut|cher|chère|hola|buenos días
    |buenas tardes|estimado|estimada|querido|querida|olá|bom dia|boa tarde|caro|cara|ciao|buongiorno
    |salve|beste|goedemorgen|goedendag|hej|hejsan|god morgon|god dag|hei|kære|kära|cześć|dzień dobry
    |witam|ahoj|dobrý den|moi|terve|szia|üdv|kedves|здравствуйте|привет|добрый день|вітаю|добрий день
    |merhaba|selam|sayın|こんにちは|你好|您好|안녕하세요|bună|bună ziua|γεια|καλημέρα|שלום|مرحبا
    |xin chào|chào|bok|poštovani|hoi|dag|beste allemaal|kjære|god kveld|hyvää huomenta|hyvää päivää
    |buona sera|buonasera|bonjour à tous|buenas|buenas noches|estimados|olá a todos|boa noite|hallå
    |szép napot|jó napot|dobré ráno|доброе утро|доброго дня|вітання|günaydın|iyi günler|bună dimineața
    |γεια σας|καλησπέρα|早上好|大家好|おはようございます|お世話になっております
    """
)
BANNERS = phrases(
    """
    originated from outside|external email.|external email:|external email -|external email]
    |external email,
    |external email!|external email *|external sender|external message:|external message.
    |externen absender
    |externer absender|außerhalb der organisation|außerhalb unserer|außerhalb ihrer
    |learnaboutsenderidentification|sent from outside
    |outside of your organization|outside your organization|do not click link|do not click on
    |do not click any|do not click or|externe e-mail
    |e-mail von extern|expéditeur externe|correo externo|remitente externo|e-mail externo
    |mittente esterno|externe afzender|came from outside|van buiten de organisatie|buiten uw organisatie
    |klik niet op|klicken sie nicht|ne cliquez pas|l'extérieur de l'organisation
    |fuera de la organización|no haga clic|fora da organização|não clique|dall'esterno|non cliccare
    |utanför organisationen|klicka inte|utenfor organisasjonen|klikk ikke|uden for organisationen
    |klik ikke|spoza organizacji|nie klikaj|mimo organizaci|neklikejte|извне организации
    |не переходите по|kuruluş dışından|tıklamayın|组织外部|請勿點擊|请勿点击|社外|외부에서
    """
)
STRANGERS = phrases(
    """
    often get email|nicht häufig e-mail|nicht oft e-mail|nicht oft eine e-mail|pas souvent d'e-mail
    |pas souvent d’e-mail
    |pas souvent de courrier|no suele recibir correo|non si ricevono spesso|non ricevi spesso
    |não costuma receber|niet vaak e-mail|inte ofta e-post|ikke ofte mail|ikke ofte e-post
    |saa usein sähköposti
    |nie otrzymujesz często|nedostáváte často|nedostávate často|nem gyakran kap|nu primiți des
    |не часто получаете|нечасто получаете|не часто отримуєте|нечасто отримуєте|sık sık e-posta almıyor
    |受け取ることはあまり|通常不会收到|通常不會收到|자주 받지 못|δεν λαμβάνετε συχνά
    |אינך מקבל לעתים קרובות|لا تتلقى البريد الإلكتروني
    """
)
"""Microsoft's hint at a first mail of somebody."""
WARNINGS = phrases(
    """
    caution|warning|extern|achtung|attention|vorsicht|warnung|let op|avertissement|expéditeur externe
    |atención|advertencia|correo externo|remitente externo|atenção|aviso|e-mail externo|attenzione
    |mittente|precaución|precaução|prudence|cuidado|varning|advarsel|uwaga|upozornění|внимание|увага
    |dikkat|注意|警告|주의|this message came
    |this message is from an external|this email came|this email originated|diese e-mail stammt
    """
)
DISCLAIMERS = phrases(
    """
    confidential|privileged|intended recipient|intended only|intended solely|sole use|disclaimer
    |unauthorized|virus|monitored|vertraulich|empfänger bestimmt|confidentiel|destinataire|confidencial
    |destinatario|destinatário|riservat|vertrouwelijk|geadresseerde|fortrolig|konfidentiell|poufn|důvěrn
    |luottamuksellinen|bizalmas|конфиденциальн|gizli|機密|机密|public records|records law
    |consider the environment|before printing|think before you print|external email
    |originated from outside|legally binding|notify the sender|strictly prohibited|public disclosure
    |unintended recipient|received in error|received this message in error|enthält vertrauliche
    |vernichten sie|irrtümlich erhalten|nicht der richtige|rechtlich geschützt|intention exclusive
    |pièces jointes|par erreur|utilisation non autorisée|dirigido exclusivamente
    |no es usted el destinatario|por error|por engano|per errore|uitsluitend bestemd|abusievelijk
    |av misstag|ved en feil|ved en fejl|adresat|omylem|omyłk|erehdyksessä|tévedésből|по ошибке|помилково
    |yanlışlıkla|din greșeală|機密情報|誤って受信|削除してください|误发|立即删除|기밀|잘못 수신
    |scanned for viruses|by mailscanner|scanned by the
    """
)

FORWARDS = tuple(
    f"{prefix}:"
    for prefix in phrases("fw|fwd|wg|tr|rv|enc|i|doorst|vb|vs|pd|továbbítás|ilt|转发|轉寄|転送|전달")
)
"""How the subject of a forwarded mail begins."""
