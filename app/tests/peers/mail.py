"""What `dkimpy` and the standard library's `email` make of a mail. Reads JSON from the standard input, prints JSON."""

import email
import email.policy
import json
import sys

import dkim

given = json.load(sys.stdin)
raw = given["letter"].encode()


def holds(raw):
    return dkim.verify(raw, dnsfunc=lambda name, timeout=5: given["records"].get(name.decode().rstrip("."), "").encode())


letter = email.message_from_bytes(raw, policy=email.policy.default)
signature = letter["DKIM-Signature"] or ""
tags = dict(part.strip().split("=", 1) for part in signature.split(";") if "=" in part)
plain = letter.get_body(("plain",))
json.dump(
    {
        "holds": holds(raw),
        "changed": [holds(raw.replace(old.encode(), new.encode(), 1)) for old, new in given.get("changes", [])],
        "signed": [name.strip().lower() for name in tags.get("h", "").split(":")],
        "defects": [str(defect) for part in letter.walk() for defect in part.defects],
        "kinds": [part.get_content_type() for part in letter.walk()],
        "plain": plain.get_content().replace("\r\n", "\n") if plain else None,
        "unsubscribe": letter["List-Unsubscribe"],
        "post": letter["List-Unsubscribe-Post"],
    },
    sys.stdout,
)
