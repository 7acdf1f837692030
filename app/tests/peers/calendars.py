"""What others make of our calendars: `icalendar` and `vobject`, both strictly, `email`, and `dateutil` as an oracle.

Reads from the standard input, prints JSON. A fault ends it with a traceback, which fails the story.
"""

import base64
import email
import email.policy
import json
import sys
import urllib.request
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar
import vobject
from dateutil.rrule import rrulestr

UTC = timezone.utc


def in_utc(moment):
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def strictly(text):
    """Parses a calendar with both libraries; gives its events with their times, expanded by the zones that it brings along."""
    raw = text.encode()
    lines = raw.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in b"".join(lines), "lines end in CR LF"
    assert all(len(line) <= 75 for line in lines), "lines are folded"
    calendar = icalendar.Calendar.from_ical(raw)
    for component in calendar.walk():
        assert not component.errors, component.errors
        missing = [name for name in component.required if name not in component]
        assert not missing, (component.name, missing)
        twice = [name for name in component.singletons if isinstance(component.get(name), list)]
        assert not twice, (component.name, twice)
    # Nothing is lost on the way through.
    assert icalendar.Calendar.from_ical(calendar.to_ical()) == calendar
    book = vobject.readOne(text)
    book.validate(raiseException=True)
    events = []
    for event in book.contents.get("vevent", []):
        starts = event.getrruleset(addRDate=True)
        start = event.dtstart.value
        if starts is None or not isinstance(start, datetime):
            starts = [start]
        seen = {
            "uid": event.uid.value,
            "sequence": int(event.sequence.value),
            "summary": event.summary.value,
            "location": event.location.value if hasattr(event, "location") else None,
            "status": event.status.value,
            "recurrence_id": in_utc(event.recurrence_id.value) if hasattr(event, "recurrence_id") else None,
            "starts": [in_utc(at) if isinstance(at, datetime) else at.isoformat() for at in starts],
            "attendees": [
                {"to": who.value, "name": who.params.get("CN", [""])[0], "rsvp": who.params.get("RSVP", [""])[0]}
                for who in event.contents.get("attendee", [])
            ],
            "organizer": event.organizer.value if hasattr(event, "organizer") else None,
        }
        if isinstance(start, datetime):
            seen["minutes"] = (event.dtend.value - start).total_seconds() / 60
        events.append(seen)
    names = {name.lower(): str(calendar[name]) for name in ("METHOD", "NAME", "COLOR", "PRODID", "VERSION") if name in calendar}
    if "REFRESH-INTERVAL" in calendar:
        names["refresh_seconds"] = calendar["REFRESH-INTERVAL"].dt.total_seconds()
    return {"calendar": names, "zones": len(book.contents.get("vtimezone", [])), "events": events}


def letter(text):
    """A mail as a program takes it apart."""
    message = email.message_from_string(text, policy=email.policy.default)
    assert not message.defects, message.defects
    parts = []
    for part in message.walk():
        assert not part.defects, part.defects
        seen = {"type": part.get_content_type(), "disposition": part.get_content_disposition()}
        if part.get_content_type() in ("text/calendar", "application/ics"):
            seen["method"] = part["Content-Type"].params.get("method")
            seen["name"] = part.get_filename()
            seen["read"] = strictly(part.get_payload(decode=True).decode())
        elif not part.is_multipart():
            seen["text"] = part.get_content()
        parts.append(seen)
    return {"subject": message["Subject"], "parts": parts}


def busy(asked):
    """When somebody is busy by a calendar whose zones are all known, each rule reckoned by dateutil on the civil clock."""
    home, window = ZoneInfo(asked["home"]), [datetime.fromisoformat(at) for at in (asked["from"], asked["to"])]
    found = []
    for event in icalendar.Calendar.from_ical(asked["calendar"]).walk("VEVENT"):
        start = event["DTSTART"].dt
        length = event["DTEND"].dt - start
        if not isinstance(start, datetime):
            start = datetime(start.year, start.month, start.day)
        zone = start.tzinfo or home
        civil = start.replace(tzinfo=None)
        begins = [civil]
        if "RRULE" in event:
            rule = event["RRULE"].to_ical().decode()
            last = (window[1].astimezone(zone) + timedelta(days=1)).replace(tzinfo=None)
            first = (window[0].astimezone(zone) - timedelta(days=1) - length).replace(tzinfo=None)
            begins = rrulestr(rule, dtstart=civil).between(first, last, inc=True)
        for begin in begins:
            at = begin.replace(tzinfo=zone).astimezone(UTC)
            end = (begin + length).replace(tzinfo=zone).astimezone(UTC)
            at, end = max(at, window[0]), min(end, window[1])
            if at < end:
                found.append((at, end))
    merged = []
    for at, end in sorted(found):
        if merged and at <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([at, end])
    return [[in_utc(at), in_utc(end)] for at, end in merged]


def fill(asked):
    """Makes a collection on a CalDAV server and puts events into it."""
    login = base64.b64encode(asked.get("login", "ana:x").encode()).decode()

    def send(method, path, body, kind):
        headers = {"Content-Type": kind, "Authorization": "Basic " + login}
        request = urllib.request.Request(asked["server"] + path, body.encode(), headers, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status

    made = [send("MKCALENDAR", asked["path"], "", "application/xml")]
    for number, event in enumerate(asked["events"]):
        made.append(send("PUT", f"{asked['path']}{number}.ics", event, "text/calendar; charset=utf-8"))
    return made


MODES = {"strictly": strictly, "letter": letter, "busy": lambda text: busy(json.loads(text)), "fill": lambda text: fill(json.loads(text))}

if __name__ == "__main__":
    given = sys.stdin.buffer.read().decode()
    json.dump(MODES[sys.argv[1]](given), sys.stdout)
