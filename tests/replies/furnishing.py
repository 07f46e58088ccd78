"""What stands around a person's words: sign-offs, contact blocks, disclaimers, gateways' banners and links."""

import re
from dataclasses import replace
from html import escape
from random import Random
from urllib.parse import quote

from tests.replies.languages import Language
from tests.replies.paper import Body, Client, Ending
from tests.replies.town import Resident

DISCLAIMERS = (
    "This message and any attachments are confidential and intended solely for the addressee. If you are not the "
    "intended recipient, please notify the sender and delete it; any unauthorized use is prohibited.",
    "CONFIDENTIALITY NOTICE: This e-mail may contain privileged information for the sole use of the intended "
    "recipient(s). Any review or distribution by others is strictly prohibited.",
    "Please note that under the state's public records law most communications to or from town officials are "
    "public records. This email may be monitored. Your email may be subject to public disclosure.",
    "Please consider the environment before printing this email. The information in it is confidential.",
    "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Empfänger sind, informieren Sie "
    "bitte den Absender und vernichten Sie diese Mail. Vertraulich behandeln.",
    "Ce message et ses pièces jointes sont confidentiels et établis à l'intention exclusive de leur destinataire. "
    "Toute utilisation non autorisée est interdite.",
    "Este mensaje es confidencial y va dirigido exclusivamente a su destinatario. Si no es usted el destinatario, "
    "le rogamos que lo elimine.",
)
BANNERS = (
    "CAUTION: This email originated from outside of the organization. Do not click links or open attachments unless "
    "you recognize the sender and know the content is safe.",
    "[EXTERNAL EMAIL] This message was sent from outside your organization. Do not click on links or attachments.",
    "WARNING: External sender. Do not click links unless you trust the content.",
    "ACHTUNG: Externe E-Mail. Klicken Sie nicht auf Links, wenn Sie den Absender nicht kennen.",
    "[EXTERNAL] This e-mail originated from outside of your organization.",
)
_LINK = re.compile(r"https?://[^\s<>\"')]+")
_TOP_TAG = re.compile(r"<body[^<>]*>", re.IGNORECASE)


def signed(author: Resident, client: Client, language: Language, rng: Random) -> tuple[Ending, str]:
    """What stands below the words, and the name of its kind for reports."""
    device = _device(client, language) if rng.random() < 0.8 else ""
    kind = rng.choice(
        ("none", "name", "closing", "closing", "delimited", "delimited card", "card", "closing and card")
    )
    closing = rng.choice(language.closing) + rng.choice((",", ",", "", "!"))
    name = rng.choice((author.first_name, author.first_name, author.name))
    endings = {
        "none": Ending(device=device),
        "name": Ending((name,), device=device),
        "closing": Ending((closing, name), device=device),
        "delimited": Ending((), (author.name,), "-- ", device),
        "delimited card": Ending((closing, name), (author.name, *author.card), "-- ", device),
        "card": Ending((), (author.name, *author.card), device=device),
        "closing and card": Ending((closing,), (author.name, *author.card), device=device),
    }
    return endings[kind], kind + (" and device" if device else "")


def _device(client: Client, language: Language) -> str:
    own = {"phone": language.phone, "outlook": language.outlook, "galaxy": language.galaxy}
    return own.get(client.device, client.device)


def greeting(language: Language, rng: Random) -> str:
    return rng.choice(language.hello) + rng.choice((",", ",", "!", ""))


def disclaimed(body: Body, rng: Random) -> Body:
    """A server's paragraph at the very end."""
    words = rng.choice(DISCLAIMERS)
    html = f'<br><p style="font-size:8.0pt;color:gray">{escape(words)}</p>'
    text = f"{body.text}\n{words}\n" if body.text else ""
    return replace(body, text=text, html=_at_end(body.html, html) if body.html else "")


def _at_end(html: str, addition: str) -> str:
    at = html.lower().rfind("</body>")
    return f"{html[:at]}{addition}{html[at:]}" if at >= 0 else html + addition


def bannered(body: Body, rng: Random) -> Body:
    """A gateway's warning on top."""
    words = rng.choice(BANNERS)
    table = (
        '<table border="0" cellspacing="0" cellpadding="0" width="100%" style="background:#FFEB9C"><tr><td '
        f'style="padding:5.0pt"><p><b>{escape(words)}</b></p></td></tr></table><br>'
    )
    top = _TOP_TAG.search(body.html)
    at = top.end() if top else 0
    html = f"{body.html[:at]}{table}{body.html[at:]}" if body.html else ""
    return replace(body, text=f"{words}\n\n{body.text}" if body.text else "", html=html)


def rewritten(words: str) -> str:
    """Every link as a gateway makes it."""
    return _LINK.sub(
        lambda link: (
            f"https://eu.safelinks.gateway.example/?url={quote(link[0], safe='')}&data=05%7C02%7Cx&reserved=0"
        ),
        words,
    )
