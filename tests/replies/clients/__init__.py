"""Mail programs: each as a function from what was answered and typed to the parts of the mail."""

from tests.replies.clients.apple import APPLE
from tests.replies.clients.desktop import DESKTOP
from tests.replies.clients.outlook import OUTLOOK
from tests.replies.clients.phones import PHONES
from tests.replies.clients.webmail import WEBMAIL
from tests.replies.paper import Client

CLIENTS: tuple[Client, ...] = (*WEBMAIL, *OUTLOOK, *APPLE, *DESKTOP, *PHONES)
