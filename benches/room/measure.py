"""Measures how long a thousand wishes for two hundred seats take to be shared out with their reasons. See README.md."""

import argparse
import contextlib
import importlib.util
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "people"))
import measure as common  # noqa: E402

SPEC = importlib.util.spec_from_file_location("journey", HERE.parent / "journey" / "measure.py")
journey = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(journey)
pairing = journey.pairing

MENTEES, MENTORS, SITTINGS, SEATS = 500, 100, 40, 5
LONGEST_S = 1.0
OUTCOME = "SELECT id, state, reason, had, wishes, places FROM seats ORDER BY id"


def fill(database, edition):
    """Forty sittings of five seats, and two wishes of each of five hundred mentees to which host and secretary agreed."""
    edition, new, now = journey.this(database, edition), database.new_id, int(time.time() * 1_000_000)
    false = "0" if isinstance(database, pairing.Sqlite) else "FALSE"
    ana = "(SELECT id FROM persons WHERE address = 'ana@example.org')"
    side = f"(SELECT person, row_number() OVER (ORDER BY person) - 1 AS place FROM enrolments WHERE edition = {edition} AND side = '%s')"
    database.sql(f"""INSERT INTO mentorships (id, organisation, edition, mentee, mentor, began_at, another, mentee_sort, version)
                     SELECT {new}, persons.organisation, {edition}, mentee.person, mentor.person, {now}, {false}, persons.name_sort, 1
                     FROM {side % 'mentee'} AS mentee JOIN {side % 'mentor'} AS mentor ON mentor.place = mentee.place % {MENTORS}
                     JOIN persons ON persons.id = mentee.person""")
    for number in range(SITTINGS):
        starts = now + journey.DAY * (number + 1)
        database.sql(f"""INSERT INTO sittings (id, organisation, edition, number, kind, starts_at, ends_at, zone, place, link, seats, host_name,
                         host_address, chair_name, chair_address, opened_by, state, created_at, changed_at, version)
                         SELECT {new}, organisation, id, {number + 1}, 'meeting', {starts}, {starts} + {journey.DAY // 24}, 'Europe/Madrid', '',
                         '', {SEATS}, '', '', '', '', {ana}, 'open', {now}, {now}, 1 FROM editions WHERE id = {edition}""")
    pairs = f"(SELECT mentorships.*, row_number() OVER (ORDER BY id) - 1 AS place FROM mentorships WHERE edition = {edition}) AS pair"
    for wish in [f"pair.place % {SITTINGS}", f"(pair.place * 7 + 1) % {SITTINGS}"]:
        database.sql(f"""INSERT INTO seats (id, organisation, sitting, mentorship, observer, asked_by, asked_at, state, host_answer,
                         secretary_answer, conflict, sequence, changed_at, version)
                         SELECT {new}, pair.organisation, sittings.id, pair.id, mentee, mentee, {now} + pair.place, 'asked', 'agreed', 'agreed',
                         'not-asked', 0, {now}, 1 FROM {pairs} JOIN sittings ON sittings.number = {wish} + 1""")


def forget(database):
    """As if nothing had been shared out yet."""
    database.sql("""UPDATE seats SET state = 'asked', shared_at = NULL, reason = NULL, had = NULL, still = NULL, wishes = NULL,
                    places = NULL""")


def on(engine, program, settings, folder, sheets, database_of):
    """Everything on one engine; whether it was fast enough and the same each time."""
    with common.served(program, settings, folder) as (port, _):
        cookie = common.found(port, folder / "out")
    pairing.take_in(program, settings, sheets)
    with common.served(program, settings, folder) as (port, _):
        database, ana = database_of(), pairing.Browser(port, cookie)
        edition = pairing.set_up(ana)
        pairing.no_mails(database)
        fill(database, edition.rsplit("/", 1)[1])
        wishes, took, outcomes = pairing.whole(database, "SELECT count(*) FROM seats"), [], []
        for _ in range(3):
            forget(database)
            began = time.monotonic()
            ana.post(f"{edition}/sittings/share", {})
            took.append(time.monotonic() - began)
            outcomes.append(database.sql(OUTCOME))
        given = pairing.whole(database, "SELECT count(*) FROM seats WHERE state = 'held'")
    is_same = all(outcome == outcomes[0] for outcome in outcomes)
    times = ", ".join(f"{one:.2f}" for one in took)
    print(f"{engine}: {wishes:,} wishes, {given} seats given; press by press {times} s; the same each time: {is_same}", flush=True)
    return is_same and max(took) < LONGEST_S


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=pathlib.Path, help="target/release/telemaco")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], help="only this one")
    parser.add_argument("--keep", type=pathlib.Path, help="an empty folder for the data, which stay")
    given = parser.parse_args()
    program, is_good = given.program.resolve(), True
    with contextlib.ExitStack() as stack:
        folder = common.folder_for(given, stack)
        maker = HERE.parent / "pairing" / "people.py"
        pairing.MENTEES, pairing.MENTORS = MENTEES, MENTORS
        subprocess.run([sys.executable, maker, str(MENTEES), str(MENTORS), folder], check=True)
        sheets = [folder / "mentors.csv", folder / "mentees.csv"]
        for sheet in sheets:
            pairing.give_names(sheet)
        for engine in ["sqlite", "postgres"]:
            if given.engine not in (None, engine):
                continue
            home = folder / engine
            home.mkdir()
            settings, database_of = ["--set", f"data={home}"], lambda: pairing.Sqlite(home)  # noqa: E731
            with contextlib.ExitStack() as server:
                if engine == "postgres":
                    address, _ = server.enter_context(common.postgres(home))
                    settings += ["--set", f"database={address}"]
                    database_of = lambda: pairing.Postgres(address)  # noqa: E731
                is_good &= on(engine, program, settings, home, sheets, database_of)
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
