"""A mail with which somebody forwards an invitation, as the standard library's `email` and the package `icalendar` write it. Reads JSON from
the standard input: to whom, under which Message-ID, the event, and in which way it is forwarded (the mode); prints the mail as JSON."""

import datetime
import json
import sys
import zoneinfo
from email.message import EmailMessage
from email.policy import SMTP

import icalendar

given = json.load(sys.stdin)
mode = sys.argv[1]


def calendar():
    event = icalendar.Event()
    event.add("uid", given["uid"])
    event.add("dtstamp", datetime.datetime(2026, 12, 1, 9, 0, tzinfo=datetime.timezone.utc))
    event.add("summary", given["title"])
    event.add("location", given["title"])
    zone = zoneinfo.ZoneInfo("Europe/Madrid")
    event.add("dtstart", datetime.datetime.fromisoformat(given["start"]).replace(tzinfo=zone))
    event.add("dtend", datetime.datetime.fromisoformat(given["end"]).replace(tzinfo=zone))
    whole = icalendar.Calendar()
    whole.add("prodid", "-//Example//Calendar//EN")
    whole.add("version", "2.0")
    whole.add("method", "REQUEST")
    whole.add_component(event)
    return whole.to_ical()


def mail(to, subject):
    message = EmailMessage(policy=SMTP)
    message["From"] = "Quien Sea <quien.sea@elsewhere.example>"
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = given["id"]
    message.set_content(given["title"] + "\n")
    return message


message = mail(given["to"], "Fwd: " + given["title"])
if mode == "inline":
    # As calendar programs send it on: another form of the text.
    message.add_alternative(calendar().decode(), subtype="calendar", params={"method": "REQUEST"})
elif mode == "attached":
    message.add_attachment(calendar(), maintype="application", subtype="octet-stream", filename="invite.ics")
elif mode == "within":
    inner = mail("somebody@example.org", given["title"])
    inner.add_alternative(calendar().decode(), subtype="calendar", params={"method": "REQUEST"})
    message.add_attachment(inner)
elif mode != "nothing":
    raise SystemExit(f"no mode {mode}")
json.dump({"mail": message.as_string()}, sys.stdout)
