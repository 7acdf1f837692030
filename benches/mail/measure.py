#!/usr/bin/env python3
"""Hands reminders to an SMTP server on this machine and says how many a second: a new installation, as many people, a notice for each,
its mail due at once.

    cargo build --release && python3 benches/mail/measure.py target/release/telemaco --people 10000
    … --kind meetings.agreed     invitations with their calendar, to pairs of a meeting
    … --kind meetings.asked      "did you meet?", each with a link that acts
    … --kind health.clock        a clock's reminder, each with a link that proposes times
    … --engine postgres          on a cluster of its own; wants PostgreSQL's server programs and psql

The server that takes the mails is a process of its own which answers as soon as it can and keeps nothing: what is measured is
how fast they are handed over. On SQLite it needs nothing but Python.
"""

import argparse
import asyncio
import contextlib
import datetime
import json
import multiprocessing
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "people"))
import measure as common  # noqa: E402

PLAIN = "identity.unreachable"
KINDS = [PLAIN, "meetings.agreed", "meetings.asked", "health.clock"]


async def converse(reader, writer, counts):
    counts["connections"] += 1
    writer.write(b"220 here\r\n")
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"EHLO":
            writer.write(b"250-here\r\n250 8BITMIME\r\n")
        elif verb == b"DATA":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
            now = time.monotonic()
            counts["first"] = counts["first"] or now
            counts["last"] = now
            counts["taken"] += 1
            writer.write(b"250 taken\r\n")
        elif verb == b"QUIT":
            writer.write(b"221 bye\r\n")
            break
        else:
            writer.write(b"250 fine\r\n")
    writer.close()


def post_office(pipe):
    async def run():
        counts = {"taken": 0, "connections": 0, "first": None, "last": None}
        server = await asyncio.start_server(lambda r, w: converse(r, w, counts), "127.0.0.1", 0, limit=2**20)
        pipe.send(server.sockets[0].getsockname()[1])
        while True:
            await asyncio.sleep(0.2)
            pipe.send(dict(counts))

    asyncio.run(run())


class Sqlite:
    def __init__(self, file):
        self.connection = sqlite3.connect(file)

    def put(self, table, **row):
        marks = ", ".join("?" * len(row))
        values = [value.bytes if isinstance(value, uuid.UUID) else value for value in row.values()]
        self.connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", values)

    def done(self):
        self.connection.commit()
        self.connection.close()


class Postgres:
    """The rows as a script for psql, written in one transaction."""

    def __init__(self, address):
        self.address, self.script = address, ["BEGIN;"]

    @staticmethod
    def literal(value):
        if value is None:
            return "NULL"
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, bytes):
            return f"'\\x{value.hex()}'::bytea"
        return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"

    def put(self, table, **row):
        values = ", ".join(map(self.literal, row.values()))
        self.script.append(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values});")

    def done(self):
        script = "\n".join([*self.script, "COMMIT;", "ANALYZE;"])
        command = ["psql", self.address, "-X", "-q", "-v", "ON_ERROR_STOP=1"]
        subprocess.run(command, input=script, check=True, text=True, stdout=subprocess.DEVNULL)


def fill(db, people, kind):
    """As many people, each of whom wants such notices at once, and the notices with their jobs. For all but the plain kind two and two are a
    pair, with a meeting of tomorrow, or of yesterday where they are asked about it; with none where a clock reminds them."""
    hour = datetime.datetime.now(datetime.timezone.utc).hour
    zone = f"Etc/GMT{hour - 12:+d}"  # It is about noon there: nobody is mailed at night.
    now = time.time_ns() // 1000
    day = 86_400_000_000
    organisation, programme, edition = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    text = json.dumps({"key": "identity-notice-unreachable", "arguments": [["name", "Marta Soler"]]})
    db.put("organisations", id=organisation, name="Banco", slug="banco", language="es", zone=zone, created_at=now)
    db.put(
        "programmes", id=programme, organisation=organisation, name="Programa", name_sort=b"p", track="promotion",
        created_at=now, version=1,
    )
    db.put(
        "editions", id=edition, organisation=organisation, programme=programme, name="Edición", starts_on="2026-01-01",
        ends_on="2036-01-01", settings="{}", opened_at=now, created_at=now, version=1,
    )
    everybody = [uuid.uuid4() for _ in range(people)]
    for number, person in enumerate(everybody):
        name = f"Persona {number}"
        db.put(
            "persons", id=person, organisation=organisation, address=f"p{number}@example.org", name=name,
            name_sort=name.encode(), search=name.lower(), language="es", zone=zone, created_at=now, version=1,
        )
        db.put("notice_choices", person=person, kind=kind, organisation=organisation, way="at-once")
    for mentee, mentor in zip(everybody[0::2], everybody[1::2]):
        pair, meeting = uuid.uuid4(), uuid.uuid4()
        if kind != PLAIN:
            starts = now - day if kind == "meetings.asked" else now + day
            db.put(
                "mentorships", id=pair, organisation=organisation, edition=edition, mentee=mentee, mentor=mentor,
                began_at=now - 9 * day, another=False, mentee_sort=b"p", version=1,
            )
        if kind.startswith("meetings."):
            db.put(
                "meetings", id=meeting, organisation=organisation, mentorship=pair, state="agreed", starts_at=starts,
                zone="Europe/Madrid", minutes=60, way="online", sequence=0, created_by=mentee, created_at=now, changed_at=now,
                version=1,
            )
        for person in (mentee, mentor):
            notice, about, key, href = uuid.uuid4(), None, None, "/people"
            if kind == "health.clock":
                # Of the first meeting: its link proposes times.
                about, href = pair, f"/mentorships/{pair}/meetings"
            elif kind == "meetings.agreed":
                about, key = meeting, f"{meeting}:0"
            elif kind == "meetings.asked":
                about = uuid.uuid4()
                db.put(
                    "meeting_asks", id=about, organisation=organisation, mentorship=pair, meeting=meeting, person=person,
                    about=starts, asked_at=now,
                )
            db.put(
                "notices", id=notice, organisation=organisation, person=person, kind=kind, text=text, href=href,
                about=about, key=key, told_at=now,
            )
            db.put(
                "jobs", id=uuid.uuid4(), organisation=organisation, name="notices.mail-one",
                payload=json.dumps({"notice": str(notice)}), run_at=now, tries=0, created_at=now,
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--kind", choices=KINDS, default=PLAIN)
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--dkim", type=pathlib.Path, help="sign with this key")
    asked = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    office = multiprocessing.Process(target=post_office, args=(theirs,), daemon=True)
    office.start()
    port = ours.recv()
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o711)  # PostgreSQL runs as somebody else.
        data, address = folder / "data", None
        settings = [f"data={data}", f"smtp=smtp://127.0.0.1:{port}", "listen=127.0.0.1:0", "log=warn"]
        settings += ["mail_from=Telémaco <no-reply@mentoring.example>"]
        if asked.engine == "postgres":
            address, _ = stack.enter_context(common.postgres(folder))
            settings.append(f"database={address}")
        if asked.dkim:
            settings.append(f"dkim_key_file={asked.dkim}")
        command = [str(asked.program)] + [part for setting in settings for part in ("--set", setting)]
        subprocess.run(command + ["migrate"], check=True, stdout=subprocess.DEVNULL)
        database = Postgres(address) if address else Sqlite(data / "telemaco.db")
        fill(database, asked.people, asked.kind)
        database.done()
        load = os.getloadavg()[0]
        server = subprocess.Popen(command + ["serve"], stdout=subprocess.DEVNULL)
        try:
            counts = {"taken": 0}
            while counts["taken"] < asked.people:
                counts = ours.recv()
                if server.poll() is not None:
                    raise SystemExit("the server ended")
            processor = sum(map(int, re.findall(r"\d+", pathlib.Path(f"/proc/{server.pid}/stat").read_text().rsplit(")")[1])[10:12]))
        finally:
            server.terminate()
            server.wait()
    seconds = counts["last"] - counts["first"]
    print(
        f"{asked.engine}, {asked.kind}: {counts['taken']} mails in {seconds:.1f} s: {counts['taken'] / seconds:.0f} a second, over {counts['connections']} "
        f"connections, {processor / os.sysconf('SC_CLK_TCK'):.1f} s of processor; load {load:.1f} before, {os.getloadavg()[0]:.1f} after"
    )


if __name__ == "__main__":
    main()
