"""What `standardwebhooks` makes of a request. Reads JSON from the standard input, prints JSON."""

import datetime
import json
import sys
from unittest import mock

import standardwebhooks.webhooks as peer

given = json.load(sys.stdin)


class Then(datetime.datetime):
    """The instant at which the request was sent: the story has a clock of its own."""

    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(given["at"], tz)


def holds(secret, body):
    try:
        with mock.patch.object(peer, "datetime", Then):
            peer.Webhook(secret).verify(body, given["headers"])
        return True
    except peer.WebhookVerificationError:
        return False


json.dump(
    {
        "holds": holds(given["secret"], given["body"]),
        "changed": holds(given["secret"], given["body"].replace("Una", "Otra")),
        "other": holds("whsec_" + "A" * 43 + "=", given["body"]),
    },
    sys.stdout,
)
