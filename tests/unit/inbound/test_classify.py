"""Every rule of the table, and the mails of people that must not fall under one (MM-1 to MM-9)."""

import pytest

from service.domain.mail import Kind
from service.inbound import bounce, classify, kind_of
from service.inbound.classify import RULES
from service.message import parse


def mail(
    *headers: str, text: str = "Thanks!", sender: str = "Ada <ada@town.example>", subject: str = "Re: hi"
) -> bytes:
    head = [f"From: {sender}", "To: thread@town.example", f"Subject: {subject}", *headers]
    return ("\r\n".join(head) + "\r\n\r\n" + text).encode()


def report(report_type: str, part: str, fields: str = "x: y") -> bytes:
    text = f"--b\r\n\r\nwords\r\n--b\r\nContent-Type: {part}\r\n\r\n{fields}\r\n--b--"
    return mail(f"Content-Type: multipart/report; report-type={report_type}; boundary=b", text=text)


def mixed(
    part: str, content: str, *headers: str, sender: str = "Ada <ada@town.example>", subject: str = "Re: hi"
) -> bytes:
    text = f"--b\r\n\r\nwords\r\n--b\r\nContent-Type: {part}\r\n\r\n{content}\r\n--b--"
    return mail(
        *headers, "Content-Type: multipart/mixed; boundary=b", text=text, sender=sender, subject=subject
    )


FAILED = "The following address failed: <grace@town.example>: user unknown"
SES = '{"notificationType":"%s","mail":{"source":"thread@town.example"}}'

CASES: dict[str, list[bytes]] = {
    "an abuse report in the standard format": [
        report("feedback-report", "message/feedback-report", "Feedback-Type: abuse"),
        report('"Feedback-Report"', "text/plain"),
        mixed("message/feedback-report", "Feedback-Type: abuse"),
    ],
    "an abuse report with the mail complained about": [
        mixed(
            "message/rfc822",
            "X-HmXmrOriginalRecipient: ada@town.example\r\n\r\nx",
            subject="complaint about message from 192.0.2.1",
        )
    ],
    "a notice of complaint as JSON": [mail(text=SES % "Complaint")],
    "a delivery report in the standard format": [
        report("delivery-status", "message/delivery-status", "Action: failed"),
        report("Delivery-Status", "message/delivery-status", "Action: failed"),
        mail("Content-Type: multipart/report; boundary=b", text="--b\r\n\r\nx\r\n--b--"),
        mail("Content-Type: message/delivery-status", text="Action: failed"),
        mixed("message/delivery-status", "Action: failed", "Return-Path: <>"),
        mixed("message/delivery-status", "Action: failed", sender="postmaster@town.example"),
    ],
    "X-Failed-Recipients": [mail("X-Failed-Recipients: grace@town.example", "Auto-Submitted: auto-replied")],
    "sent by a mailer daemon": [
        mail(sender="Mail Delivery System <MAILER-DAEMON@town.example>"),
        mail(sender="MAILER-DAEMON"),
        mail(sender="MAILER-DAEMON <>"),
        mail(sender="MDaemon@town.example"),
    ],
    "a failure notice without a return path": [
        mail("Return-Path: <>", subject="Undeliverable: hello"),
        mail("Return-Path: <>", subject="Mail", text="It could not be delivered to grace@town.example"),
        mail("Return-Path: < >", subject="Недоставленное сообщение"),
        mail("Return-Path: <>", subject="hi", text="550 no such user\r\n\r\nYour message is returned"),
    ],
    "a failure notice from a postmaster": [
        mail(sender="postmaster@town.example", subject="Undeliverable Mail"),
        mail(sender="System Administrator <x@town.example>", subject="Undeliverable: hello"),
        mail(sender="<>", subject="failure notice"),
        mail(
            sender='"Postmaster" <postmaster@town.example>',
            subject="?",
            text="   ----- The following addresses had permanent fatal errors -----\r\n"
            "<grace@town.example>\r\n\r\n   ----- Transcript of session follows -----\r\n",
        ),
    ],
    "a notice of bounce as JSON": [mail(text=SES % "Bounce")],
    "a failure notice by subject and first lines": [
        mail(
            subject="Mail could not be delivered",
            text="*****\r\nYour message could not be delivered to\r\ngrace@town.example",
        )
    ],
    "a read receipt": [
        report("disposition-notification", "message/disposition-notification", "Disposition: x"),
        mixed("message/disposition-notification", "Disposition: automatic-action"),
    ],
    "an answer of a calendar": [
        mixed("text/calendar; method=REPLY", "BEGIN:VCALENDAR"),
        mixed('text/calendar; method="counter"', "BEGIN:VCALENDAR"),
        mixed("text/calendar", "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n"),
    ],
    "a reaction": [mixed("text/vnd.google.email-reaction+json", '{"emoji":"+1"}')],
    "a header that says automatic": [
        mail(header)
        for header in (
            "Auto-Submitted: auto-replied",
            "auto-submitted: AUTO-GENERATED",
            "Auto-Submitted: auto-replied (vacation); x=y",
            "Auto-Submitted: (no) auto-notified",
            "Auto-Submitted: no\r\nAuto-Submitted: auto-replied",
            "X-Auto-Submitted: auto-replied",
            "X-Autoreply: yes",
            "X-Auto-Reply: 1",
            "X-Autoreply-From: ada@town.example",
            "X-Auto-Reply-From: ada@town.example",
            "X-Mail-Autoreply: ada@town.example",
            "X-Autorespond: thread",
            "X-Autoresponder: x",
            "X-Autogenerated: Reply",
            "X-Vacation: yes",
            "X-FC-MachineGenerated: true",
            "X-POST-MessageClass: 9; Autoresponder",
            "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
            "X-Apple-Action: VACATION",
            "X-BoxTrapper: 1",
            "X-ChoiceMail-Registration-Request: 1",
            "Content-Class: voice-uc",
            "Content-Class: fax",
            "Delivered-To: Autoresponder",
            "Precedence: auto_reply",
            "X-Precedence: auto-reply",
            "Precedence: bulk",
            "Precedence: Junk",
            "List-Id: <x.town.example>\r\nPrecedence: auto_reply",
        )
    ],
    "a null return path": [mail("Return-Path: <>", subject="Away", text="I am away")],
    "more than 50 servers on the way: a loop": [mail(*["Received: by a.example"] * 51)],
    "a subject that says automatic, and no answer": [
        mail(subject=subject)
        for subject in (
            "Automatic reply: Check-in",
            "AUTOMATIC REPLY: Check-in",
            "[EXTERNAL] Automatic reply: Check-in",
            "External: [SPAM?] Out of Office: [Trail, wk 48] Check-in",
            "Auto reply",
            "Abwesenheitsnotiz: Check-in",
            "Automatische Antwort: Check-in",
            "Réponse automatique : Check-in",
            "=?utf-8?q?R=C3=A9ponse_automatique_=3A_Check-in?=",
            "Respuesta automática: Check-in",
            "Resposta automática: Check-in",
            "Risposta automatica: Check-in",
            "Automatisch antwoord: Check-in",
            "Automatiskt svar: Check-in",
            "Automatisk svar: Check-in",
            "Automaattinen vastaus: Check-in",
            "Odpowiedź automatyczna: Check-in",
            "Automatická odpověď: Check-in",
            "Automatikus válasz: Check-in",
            "Автоматический ответ: Check-in",
            "Αυτόματη απάντηση: Check-in",
            "Otomatik yanıt: Check-in",
            "自動応答: Check-in",
            "自动答复： Check-in",
            "자동 회신: Check-in",
            "תשובה אוטומטית: Check-in",
            "رد تلقائي: Check-in",
        )
    ]
    + [
        mail("In-Reply-To: <1@town.example>", subject="OOO: Check-in"),
        mail("In-Reply-To: <1@town.example>", subject="Out of Office: Check-in"),
        mail("References: <1@town.example>", subject="Fravær: Check-in"),
        mail("References: <1@town.example>", subject="OOO Re: Check-in"),
        mail(subject="[Auto-Reply] Check-in"),
        mail(subject="【自動返信】Check-in"),
        mail(subject="Parental leave - Automatic reply"),
        mail(subject="Automatic reply: hi", text="07.12.2026 - 18.12.2026: away\r\n10:30 is best to call"),
        mail(subject="Automatic reply: hi", text="I am away.\r\n\r\n> 1: what moved?\r\n> need: a van"),
        mail(subject="Automatic reply: hi", text="I am away.\r\n-----Original Message-----\r\nneed: a van"),
        mail(subject="Automatic reply: hi", text="I am away.\r\n1. Moved forward: What moved forward?"),
        mail(subject="Automatic reply: hi", text="Call 555: it rings"),
    ],
    "an automatic notice by subject and words": [
        mail(subject="Read: Check-in", text="Your message\r\nTo: Ada\r\nwas read on Monday"),
        mail(subject="Gelesen: Check-in", text="Ihre Nachricht wurde gelesen"),
        mail(subject="Recall: Check-in", text="Grace would like to recall the message, Check-in."),
        mail(subject="Your email requires verification verify#1", text="Please verify that you are human"),
    ],
    "an automatic reply's words and no others": [
        mail(text="This is an automated response. I paint on Mondays."),
        mail(text="Thank you for your email. I am out of the office until Monday."),
        mail(text="I am on leave. I will reply when I return.\r\n\r\nBest,\r\nAda\r\nCity Library, room 12"),
        mail(text="I am on leave, please contact Grace Fielding.\r\n\r\nBest,\r\n\r\nAda Byron\r\nLibrary"),
        mail(
            text="I am on leave, please contact Grace Fielding.\r\n-- \r\nSecond floor\r\n\r\nMill Street 7"
        ),
        mail(
            text="I am on leave and not reading my mail.\r\n\r\nOn 30 November thread wrote:\r\n> need: a van"
        ),
        mail(
            text="I am on leave and not reading my mail.\r\n"
            "On 30 November thread at 08:30\r\n<a@b.example> wrote:\r\n\r\n> x"
        ),
        mail("In-Reply-To: <1@town.example>", subject="Fravær", text="Jeg er på ferie."),
    ],
}


@pytest.mark.parametrize(("reason", "raw"), [(name, raw) for name, mails in CASES.items() for raw in mails])
def test_each_rule_decides_its_mails(reason: str, raw: bytes) -> None:
    kinds = {name: kind for name, _, kind in RULES}

    found = classify(parse(raw))

    assert (found.reason, found.kind) == (reason, kinds[reason])


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {name for name, _, _ in RULES}


HUMAN: dict[str, bytes] = {
    "an ordinary reply": mail(),
    "Auto-Submitted: no": mail("Auto-Submitted: no"),
    "Auto-Submitted: No with a comment": mail("Auto-Submitted: No (typed by hand)"),
    "an empty Auto-Submitted": mail("Auto-Submitted:"),
    "X-Autoreply: no": mail("X-Autoreply: no"),
    "X-Auto-Response-Suppress alone": mail("X-Auto-Response-Suppress: All"),
    "a person's mail through a list": mail(
        "List-Id: <x.town.example>", "List-Unsubscribe: <mailto:x@town.example>", "Precedence: list"
    ),
    "a person's mail through an old list": mail("List-Id: <x.town.example>", "Precedence: bulk"),
    "a person's mail through a sending service": mail("Feedback-ID: 1:x:ses"),
    "redirected by an inbox rule": mail("X-MS-Exchange-Inbox-Rules-Loop: ada@town.example"),
    "an answer to an automatic reply": mail(subject="Re: Automatic reply: Check-in"),
    "out of office in the text": mail(text="I was out of office last week, sorry. 1: all well"),
    "out of office further on in the subject": mail(subject="Out of office days are a problem"),
    "a new mail about being away": mail(subject="On vacation", text="I am away until 5 December."),
    "an answer under an automatic subject": mail(
        subject="Automatic reply: Check-in", text="1: we met\r\n2) 4"
    ),
    "a numbered answer with a dot": mail(subject="Out of Office", text="\r\n 1. we met"),
    "a figure without a blank": mail(subject="Automatic reply: Check-in", text="1:4\r\n2.5"),
    "a need under an automatic subject": mail(subject="Out of Office: Check-in", text="Need: a van"),
    "an answer in HTML only": mail(
        "Content-Type: text/html", subject="Out of Office: Check-in", text="<div>hi<br><b>1</b>: we met</div>"
    ),
    "a postmaster who answers": mail(
        "In-Reply-To: <1@town.example>", sender="postmaster@town.example", text="1: mails were not delivered"
    ),
    "a forwarded bounce": mail(subject="Fwd: Undeliverable: hello", text="Look:\r\n" + FAILED),
    "an answered bounce": mail("In-Reply-To: <1@a.example>", subject="Re: Undeliverable: hello", text=FAILED),
    "a mail about deliveries": mail(subject="Returned mail piles up", text="Can somebody help with it?"),
    "a bounce attached by a person": mixed("message/delivery-status", "Action: failed"),
    "an attached automatic mail": mixed("message/rfc822", "Auto-Submitted: auto-replied\r\n\r\nx"),
    "an invitation from a person": mixed("text/calendar; method=REQUEST", "METHOD:REQUEST"),
    "JSON from a person": mail(text='{"notificationType": "Bounce"}'),
    "JSON that never closes": mail(text='{"mail":' + "[" * 5000),
    "a list as JSON": mail(text='{"notificationType": [], "mail": {}}'),
    "a complaint in words": mail(subject="complaint about message from the mayor"),
    "a subject read: with an answer": mail(subject="Read: the plan", text="I did."),
    "a digit too many": mail(subject="Re: Automatic reply: x", text="2026: good"),
    "fifty servers": mail(*["Received: by a.example"] * 50),
    "a word for being away over a reply": mail("References: <1@town.example>", subject="Fravær", text="Ja."),
    "a subject of one's own": mail(subject="Out of office: who takes Thursday?", text="Can Grace?"),
    "an absence as the subject": mail(subject="Out of the office", text="Linus takes Thursday."),
    "an absence behind a dash": mail(subject="Thursday - out of office", text="Can Grace take it?"),
    "no more than being away": mail(text="I am out of the office until Monday."),
    "a scale's figure below an absence": mail(text="I am on leave, will reply when I return.\r\n\r\n4"),
    "a word of one's own": mail(text="Yes. I am on leave and will reply when I return."),
    "what is over": mail(text="Thank you for your email. I was out of the office."),
    "a PS": mail(text="I am on leave, will reply when I return.\r\nBest,\r\nAda\r\n\r\nPS The sign is up."),
    "thanks to somebody": mail(text="I am on leave, will reply when I return.\r\nThanks to Grace"),
    "words about a quote": mail(text="I am on leave, will reply when I return. Grace says:\r\n> Paint it"),
    "words below a quote": mail(text="I am on leave, will reply when I return.\r\n> 2. Next?\r\nPaint."),
    "words in a quote without marks": mail(
        text="I am on leave, will reply when I return.\r\n-----Original Message-----\r\n2. Next?\r\nPaint."
    ),
    "automatic, but no mail": mail(text="This is an automatic door."),
    "too long for an automatic reply": mail(text="I am on leave. I will reply when I return.\r\n\r\n" * 25),
    "too many clauses for an automatic reply": mail(text="I am on leave, will reply when I return. " * 25),
    "nothing": b"",
}


@pytest.mark.parametrize("name", HUMAN)
def test_doubt_is_human(name: str) -> None:
    """Somebody's answer taken for a machine's mail is the worst mistake."""
    found = classify(parse(HUMAN[name]))

    assert found.kind is Kind.HUMAN, found.reason


def test_the_first_rule_that_holds_decides() -> None:
    """Bounces are Auto-Submitted too, and say so in their own way first."""
    raw = mail(
        "Auto-Submitted: auto-replied",
        "Return-Path: <>",
        sender="mailer-daemon@town.example",
        subject="Out of Office",
    )

    assert kind_of(raw) == "bounce"


def test_an_absence_without_a_return_path_is_no_bounce() -> None:
    raw = mail("Return-Path: <>", subject="Automatic reply: hi", text="This mailbox does not exist any more")

    assert kind_of(raw) == "auto_reply"


def test_what_flufl_bounce_cannot_read_is_no_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    def surprised(_: object) -> None:
        raise UnicodeDecodeError("ascii", b"\xff", 0, 1, "as it did on real mails")

    monkeypatch.setattr(bounce, "all_failures", surprised)

    assert kind_of(mail("Return-Path: <>", subject="hi", text="words")) == "auto_reply"
