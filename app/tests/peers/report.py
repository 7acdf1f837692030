"""A report that a mail did not arrive (RFC 3464), as the standard library's `email` writes it. Reads JSON from the standard input:
whom the report goes to, the mail, and what is said of its recipient; prints the report as JSON."""

import email
import json
import sys
from email.message import Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText

given = json.load(sys.stdin)


def group(fields):
    written = Message()
    for name, value in fields.items():
        written[name] = value
    return written


status = MIMENonMultipart("message", "delivery-status")
status.set_payload([group({"Reporting-MTA": "dns; mx.example"}), group(given["recipient"])])
report = MIMEMultipart("report", report_type="delivery-status")
report["From"] = "Mail Delivery System <MAILER-DAEMON@mx.example>"
report["To"] = given["to"]
report["Subject"] = "Undelivered Mail Returned to Sender"
report["Auto-Submitted"] = "auto-replied"
report.attach(MIMEText("Lo sentimos: el correo no ha llegado.\n", "plain", "utf-8"))
report.attach(status)
report.attach(MIMEMessage(email.message_from_string(given["letter"])))
json.dump({"report": report.as_string()}, sys.stdout)
