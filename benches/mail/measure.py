#!/usr/bin/env python3
"""Hands reminders to an SMTP server on this machine and says how many a second: a new installation on SQLite, as many people,
a notice for each, its mail due at once.

    cargo build --release && python3 benches/mail/measure.py target/release/telemaco --people 10000

The server that takes the mails is a process of its own which answers as soon as it can and keeps nothing: what is measured is
how fast they are handed over. Needs nothing but Python.
"""

import argparse
import asyncio
import datetime
import json
import multiprocessing
import os
import pathlib
import re
import sqlite3
import subprocess
import tempfile
import time
import uuid

KIND = "identity.unreachable"


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


def fill(database, people):
    """As many people, each of whom wants such notices at once, and the notices with their jobs."""
    hour = datetime.datetime.now(datetime.timezone.utc).hour
    zone = f"Etc/GMT{hour - 12:+d}"  # It is about noon there: nobody is mailed at night.
    now = time.time_ns() // 1000
    organisation = uuid.uuid4().bytes
    text = json.dumps({"key": "identity-notice-unreachable", "arguments": [["name", "Marta Soler"]]})
    with sqlite3.connect(database) as db:
        db.execute(
            "INSERT INTO organisations (id, name, slug, language, zone, created_at) VALUES (?, 'Banco', 'banco', 'es', ?, ?)",
            (organisation, zone, now),
        )
        for number in range(people):
            person, notice = uuid.uuid4().bytes, uuid.uuid4()
            name = f"Persona {number}"
            db.execute(
                "INSERT INTO persons (id, organisation, address, name, name_sort, search, language, zone, created_at, version) "
                "VALUES (?, ?, ?, ?, ?, ?, 'es', ?, ?, 1)",
                (person, organisation, f"p{number}@example.org", name, name.encode(), name.lower(), zone, now),
            )
            db.execute(
                "INSERT INTO notice_choices (person, kind, organisation, way) VALUES (?, ?, ?, 'at-once')",
                (person, KIND, organisation),
            )
            db.execute(
                "INSERT INTO notices (id, organisation, person, kind, text, href, told_at) VALUES (?, ?, ?, ?, ?, '/people', ?)",
                (notice.bytes, organisation, person, KIND, text, now),
            )
            db.execute(
                "INSERT INTO jobs (id, organisation, name, payload, run_at, tries, created_at) VALUES (?, ?, 'notices.mail-one', ?, ?, 0, ?)",
                (uuid.uuid4().bytes, organisation, json.dumps({"notice": str(notice)}), now, now),
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--dkim", type=pathlib.Path, help="sign with this key")
    asked = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    office = multiprocessing.Process(target=post_office, args=(theirs,), daemon=True)
    office.start()
    port = ours.recv()
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / "data"
        settings = [f"data={data}", f"smtp=smtp://127.0.0.1:{port}", "listen=127.0.0.1:0", "log=warn"]
        settings += ["mail_from=Telémaco <no-reply@mentoring.example>"]
        if asked.dkim:
            settings.append(f"dkim_key_file={asked.dkim}")
        command = [str(asked.program)] + [part for setting in settings for part in ("--set", setting)]
        subprocess.run(command + ["migrate"], check=True, stdout=subprocess.DEVNULL)
        fill(data / "telemaco.db", asked.people)
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
        f"{counts['taken']} mails in {seconds:.1f} s: {counts['taken'] / seconds:.0f} a second, over {counts['connections']} "
        f"connections, {processor / os.sysconf('SC_CLK_TCK'):.1f} s of processor; load {load:.1f} before, {os.getloadavg()[0]:.1f} after"
    )


if __name__ == "__main__":
    main()
