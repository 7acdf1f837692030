"""Measures 10,000 running mentorships: the look at all clocks, the coordinator's pages and the mentor's month. See README.md."""

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

SPEC = importlib.util.spec_from_file_location("pairing", HERE.parent / "pairing" / "measure.py")
pairing = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(pairing)

LONGEST_LOOK_S = 2.0
UUID = pairing.UUID
DAY = 24 * 3600 * 1_000_000


def blob(database):
    return "x'00'" if isinstance(database, pairing.Sqlite) else "'\\x00'::bytea"


def this(database, edition):
    return f"x'{edition.replace('-', '')}'" if isinstance(database, pairing.Sqlite) else f"'{edition}'"


def fill(database, edition):
    """Pairs of every kind: most of them meet and look at their goals, some are quiet, some never met, some wait for an answer."""
    edition, new, now = this(database, edition), database.new_id, int(time.time() * 1_000_000)
    false = "0" if isinstance(database, pairing.Sqlite) else "FALSE"
    words, yes = blob(database), database.truth
    today = time.strftime("%Y-%m-%d")
    side = f"(SELECT person, row_number() OVER (ORDER BY person) - 1 AS place FROM enrolments WHERE edition = {edition} AND side = '%s')"
    mentors = pairing.whole(database, f"SELECT count(*) FROM enrolments WHERE edition = {edition} AND side = 'mentor'")
    database.sql(f"""INSERT INTO mentorships (id, organisation, edition, mentee, mentor, began_at, another, mentee_sort, version)
                     SELECT {new}, persons.organisation, {edition}, mentee.person, mentor.person, {now} - {DAY} * (40 + mentee.place % 60),
                     {false}, persons.name_sort, 1 FROM {side % 'mentee'} AS mentee
                     JOIN {side % 'mentor'} AS mentor ON mentor.place = mentee.place % {mentors}
                     JOIN persons ON persons.id = mentee.person""")
    for part in ["mentee", "mentor"]:
        database.sql(f"""INSERT INTO parts (id, organisation, person, part, scope, scope_id, granted_at)
                         SELECT {new}, organisation, {part}, '{part}', 'mentorship', id, {now} FROM mentorships""")
    pairs = "(SELECT mentorships.*, row_number() OVER (ORDER BY id) AS place FROM mentorships WHERE edition = " + edition + ") AS pair"
    # Nine of ten have met, some of them long ago; three have a date for the next time.
    for ago, which in [(70, "place % 10 > 0"), (40, "place % 10 > 1"), (12, "place % 10 > 2"), (-9, "place % 10 > 6")]:
        state = "agreed" if ago < 0 else "held"
        database.sql(f"""INSERT INTO meetings (id, organisation, mentorship, state, starts_at, zone, minutes, way, sequence, created_by,
                         created_at, changed_at, version) SELECT {new}, organisation, id, '{state}', {now} - {DAY} * {ago}, 'Europe/Madrid', 60,
                         'online', 0, mentee, {now}, {now}, 1 FROM {pairs} WHERE {which}""")
    database.sql(f"""INSERT INTO meetings (id, organisation, mentorship, state, zone, minutes, way, asked_by, sequence, created_by, created_at,
                     changed_at, version) SELECT {new}, organisation, id, 'proposed', 'Europe/Madrid', 60, 'online', 'mentee', 0, mentee, {now},
                     {now} - {DAY} * 20, 1 FROM {pairs} WHERE place % 40 = 1""")
    for person in ["mentee", "mentor"]:
        database.sql(f"""INSERT INTO meeting_asks (id, organisation, mentorship, person, about, asked_at, answered_at, met)
                         SELECT {new}, organisation, id, {person}, {now} - {DAY} * 12, {now}, {now}, {yes} FROM {pairs} WHERE place % 2 = 0""")
    database.sql(f"""INSERT INTO meeting_promises (id, organisation, mentorship, meeting, author, owed_by, due_on, words, written_at)
                     SELECT {new}, meetings.organisation, mentorship, meetings.id, created_by, 'mentor', '{today}', {words}, {now}
                     FROM meetings WHERE state = 'held'""")
    database.sql(f"""INSERT INTO agreement_versions (id, organisation, mentorship, number, author, lang, break_glass, words, proposed_at, hash,
                     settled_at, changed_at, version) SELECT {new}, organisation, id, 1, mentor, 'es', {false}, {words}, {now} - {DAY} * 30, '0',
                     CASE WHEN place % 20 = 3 THEN NULL ELSE {now} - {DAY} * 29 END, {now}, 1 FROM {pairs} WHERE place % 10 > 0""")
    for goal in range(3):
        database.sql(f"""INSERT INTO goals (id, organisation, mentorship, owner, author, visibility, kind, term, for_objective, words, due,
                         created_at, changed_at, version) SELECT {new}, organisation, id, mentee, mentee, 'pair', 'professional', 'short', {false},
                         {words}, '{today}', {now}, {now}, 1 FROM {pairs} WHERE place % 10 > 1""")
    database.sql(f"""INSERT INTO goal_check_ins (id, organisation, goal, author, on_day, words, written_at)
                     SELECT {new}, organisation, id, owner, '{today}', {words}, {now} FROM goals WHERE for_objective = {false}""")
    for activity in range(6):
        state = "done" if activity < 3 else "planned"
        database.sql(f"""INSERT INTO activities (id, organisation, mentorship, author, kind, planned_on, is_month, words, state, ended_at, minutes,
                         changed_at) SELECT {new}, organisation, id, mentor, 'teaching', '{today}', {false}, {words}, '{state}', {now}, 60, {now}
                         FROM {pairs} WHERE place % 10 > 1""")
    database.sql("ANALYZE")
    return pairing.whole(database, f"SELECT count(*) FROM mentorships WHERE edition = {edition}")


def look(database):
    """Has the clocks be looked at, and says how long it took until that was done."""
    database.sql("DELETE FROM jobs")
    began = time.monotonic()
    database.sql("""INSERT INTO jobs (id, organisation, name, payload, run_at, tries, created_at)
                    SELECT id, id, 'health.sweep', '{}', 0, 0, 0 FROM organisations""")
    due = "SELECT count(*) FROM jobs WHERE name = 'health.sweep' AND run_at = 0"
    pairing.until(lambda: pairing.whole(database, due) == 0, "the look at all clocks")
    return time.monotonic() - began


def on(engine, program, settings, postmaster, folder, sheets, database_of, given):
    """Everything on one engine; whether all of it was fast enough."""
    log, out = folder / "log", folder / "out"
    print(f"\n{engine}\n", flush=True)
    with common.served(program, settings, folder) as (port, _):
        cookie = common.found(port, out)
    pairing.take_in(program, settings, sheets)
    with common.served(program, settings, folder) as (port, server):
        database, ana = database_of(), pairing.Browser(port, cookie)
        edition = pairing.set_up(ana)
        pairing.no_mails(database)
        pairs = fill(database, edition.rsplit("/", 1)[1])
        first, second = look(database), look(database)
        told = pairing.whole(database, "SELECT count(*) FROM notices WHERE kind = 'health.clock'")
        # The runner looks for work every half second, which counts here as well.
        print(f"{pairs:,} pairs\n\n| look at all clocks | told | seconds | under {LONGEST_LOOK_S:.0f} s |\n| --- | ---: | ---: | --- |")
        for name, count, took in [("the first, which writes what it tells", told, first), ("the next, which evaluates alone", 0, second)]:
            print(f"| {name} | {count:,} | {took:.2f} | {'yes' if took < LONGEST_LOOK_S else 'no'} |")
        print(flush=True)
        pairing.no_mails(database)
        database.sql("ANALYZE")
        print("| page | p50 ms | p95 ms | CPU ms a request | requests/s | statements |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |", flush=True)
        health = f"{edition}/health"
        pages = {
            "health": health, "health, second page": pairing.more(ana, f"{health}?state=all"), "health, all": f"{health}?state=all",
            "health, a name": f"{health}?state=all&q=alvaro+nunez", "health, no such name": f"{health}?q=zzz",
            "health, silent": f"{health}?state=silent", "one pair": ana.link(health, rf'href="(/health/{UUID})"'),
            "edition": edition, "what needs me today": "/", "overview": edition.replace("/editions/", "/overview/"),
        }
        is_fast = second < LONGEST_LOOK_S
        is_fast &= pairing.measured(server, postmaster, log, ana, pages, given.seconds, given.page)
        busy = database.sql("SELECT persons.address FROM mentorships JOIN persons ON persons.id = mentorships.mentor LIMIT 1")[0][0]
        mentor = pairing.sign_in(port, folder, busy)
        is_fast &= pairing.measured(server, postmaster, log, mentor, {"a mentor's month": "/month", "a mentor's first page": "/"},
                                    given.seconds, given.page)
    return is_fast


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=pathlib.Path, help="target/release/telemaco")
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=5, help="how long each page is asked for")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], help="only this one")
    parser.add_argument("--page", action="append", help="only this page; may be given several times")
    parser.add_argument("--keep", type=pathlib.Path, help="an empty folder for the data, which stay")
    given = parser.parse_args()
    program, is_fast = given.program.resolve(), True
    with contextlib.ExitStack() as stack:
        folder = common.folder_for(given, stack)
        maker = HERE.parent / "pairing" / "people.py"
        pairing.MENTEES, pairing.MENTORS = given.pairs, max(given.pairs // 5, 1)
        subprocess.run([sys.executable, maker, str(pairing.MENTEES), str(pairing.MENTORS), folder], check=True)
        sheets = [folder / "mentors.csv", folder / "mentees.csv"]
        for sheet in sheets:
            pairing.give_names(sheet)
        for engine in ["sqlite", "postgres"]:
            if given.engine not in (None, engine):
                continue
            home = folder / engine
            home.mkdir()
            settings, postmaster = ["--set", f"data={home}"], None
            with contextlib.ExitStack() as server:
                database_of = lambda: pairing.Sqlite(home)  # noqa: E731
                if engine == "postgres":
                    address, postmaster = server.enter_context(common.postgres(home))
                    settings += ["--set", f"database={address}"]
                    database_of = lambda: pairing.Postgres(address)  # noqa: E731
                is_fast &= on(engine, program, settings, postmaster, home, sheets, database_of, given)
    sys.exit(0 if is_fast else 1)


if __name__ == "__main__":
    main()
