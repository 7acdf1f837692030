"""Measures an edition of 10,000 mentees and 2,000 mentors: the run, sending, publishing, and every page. See README.md."""

import contextlib
import csv
import html
import http.client
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "people"))
import measure as common  # noqa: E402

MENTEES, MENTORS = 10_000, 2_000
LONGEST_RUN_S, LONGEST_WAIT_S, MOST_MS = 15.0, 1.0, 25.0
UUID = "[0-9a-f-]{36}"


class Sqlite:
    """What a bench may do that nobody does through the product: thousands of answers in a moment."""

    def __init__(self, folder):
        self.file = folder / "telemaco.db"
        if not self.file.exists():
            self.file = next(folder.glob("*.db"))

    new_id, truth = "randomblob(16)", "1"

    def sql(self, text):
        with contextlib.closing(sqlite3.connect(self.file, timeout=60)) as connection:
            rows = connection.execute(text).fetchall()
            connection.commit()
            return rows


class Postgres:
    new_id, truth = "gen_random_uuid()", "TRUE"

    def __init__(self, address):
        self.address = address

    def sql(self, text):
        command = ["psql", self.address, "-X", "-q", "-A", "-t", "-F", "\t", "-c", text]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return [tuple(line.split("\t")) for line in told.splitlines() if line]


def whole(database, text):
    return int(database.sql(text)[0][0])


class Browser:
    """Somebody who is signed in at the server."""

    def __init__(self, port, cookie):
        self.port, self.cookie = port, cookie

    def get(self, path):
        answer, body = common.ask(self.port, "GET", path, self.cookie)
        assert answer.status == 200, f"{path}: {answer.status}"
        return body

    def post(self, path, form):
        answer, body = common.ask(self.port, "POST", path, self.cookie, form)
        assert answer.status == 303, f"{path}: {answer.status} {body[:2000]}"
        return answer.getheader("Location").split("#")[0]

    def upload(self, path, form):
        """A form as one that could bring a file is sent."""
        part = '--telemaco\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        body = "".join(part.format(name, value) for name, value in form.items()) + "--telemaco--\r\n"
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        kind = {"Cookie": self.cookie, "Content-Type": "multipart/form-data; boundary=telemaco"}
        connection.request("POST", path, body.encode(), kind)
        answer = connection.getresponse()
        assert answer.status == 303, f"{path}: {answer.status} {answer.read().decode()[:2000]}"

    def link(self, path, pattern):
        return html.unescape(re.search(pattern, self.get(path)).group(1))

    def field(self, path, name):
        return re.search(rf'name="{name}" value="([^"]*)"', self.get(path)).group(1)


def until(ready, what, seconds=300):
    began = time.monotonic()
    while not ready():
        assert time.monotonic() - began < seconds, f"{what} takes too long"
        time.sleep(0.05)
    return time.monotonic() - began


def mailed(folder, address, path):
    """The link of the newest mail to somebody that leads there."""
    mails = sorted((folder / "mail").iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
    for mail in mails:
        text = mail.read_text(errors="replace")
        found = re.search(rf"https?://[^/\s]+({path}/[\w=-]+)", text.replace("=\n", ""))
        if f"<{address}>" in text and found:
            return found.group(1)
    return None


def sign_in(port, folder, address):
    """Signs somebody in with the link of a mail."""
    common.ask(port, "POST", "/sign-in/link", form={"address": address})
    until(lambda: mailed(folder, address, "/link"), "the mail with the link", 60)
    answer, body = common.ask(port, "POST", mailed(folder, address, "/link"), form={})
    assert answer.status == 303, body
    return Browser(port, answer.getheader("Set-Cookie").split(";")[0])


def give_names(sheet):
    """Names as people bear them, so that mentors stand among mentees in the order of names."""
    dice = random.Random(sheet.name)
    with sheet.open(newline="", encoding="utf-8") as file:
        heads, *rows = csv.reader(file)
    for row in rows:
        row[0] = f"{dice.choice(common.GIVEN)} {dice.choice(common.FAMILY)} {dice.choice(common.FAMILY)}"
    with sheet.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heads, *rows])


def take_in(program, settings, sheets):
    for sheet in sheets:
        command = [program, "import", "people", sheet, "--organisation", "banco-del-norte", *settings]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def set_up(ana):
    """A programme as its form proposes it, opened, with everybody on record in it."""
    form = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', ana.get("/programmes/new")))
    edition = ana.post("/programmes/new", {name: html.unescape(value) for name, value in form.items()})
    ana.post(f"{edition}/open", {"version": ana.field(edition, "version")})
    began = time.monotonic()
    ana.post(f"{edition}/enrolments/group", {"which": "both"})
    print(f"{MENTEES + MENTORS:,} enrolled in {time.monotonic() - began:.1f} s", flush=True)
    return edition


def run(ana, edition, database, name):
    """Runs the pairing, and says how long it took from the press to the stored result with its proof."""
    done = "SELECT count(*) FROM pairing_runs JOIN pairing_proofs ON run = id WHERE state = 'done'"
    before, began = whole(database, done), time.monotonic()
    ana.post(f"{edition}/pairing/runs", {"name": name})
    until(lambda: whole(database, done) > before, "the run")
    took = time.monotonic() - began
    print(f"a run, from the press to the stored result with its proof: {took:.1f} s", flush=True)
    return took


class Writer(threading.Thread):
    """Somebody who writes all the while, and how long the slowest of their requests took."""

    def __init__(self, ana, path):
        super().__init__(daemon=True)
        self.ana, self.path, self.slowest, self.count, self.ends = ana, path, 0.0, 0, False
        self.version = int(ana.field(path, "version"))

    def run(self):
        while not self.ends:
            began = time.monotonic()
            self.ana.post(f"{self.path}/name", {"version": self.version, "name": f"{self.version}"})
            self.version += 1
            self.count += 1
            self.slowest = max(self.slowest, time.monotonic() - began)
            time.sleep(0.02)

    def end(self):
        self.ends = True
        self.join()
        return self.slowest


def in_batches(ana, edition, database, run_path, path, form, counts, all_of_them, what):
    """Presses a button that makes thousands of rows, while somebody else writes. Whether nobody waited for long."""
    writer = Writer(ana, run_path)
    writer.start()
    began = time.monotonic()
    ana.post(f"{edition}/{path}", form)
    answered = time.monotonic() - began
    until(lambda: whole(database, counts) >= all_of_them, what)
    took, slowest = time.monotonic() - began, writer.end()
    print(f"{what}: answered in {answered:.2f} s, all done in {took:.1f} s; of {writer.count} others who wrote meanwhile the "
          f"slowest waited {slowest:.2f} s", flush=True)
    return max(answered, slowest) < LONGEST_WAIT_S


def no_mails(database):
    """The mails are written one after the other for minutes; the pages are measured without them."""
    database.sql("DELETE FROM jobs WHERE name LIKE '%.mail-%' OR name = 'programmes.tell'")


def fill(database, edition):
    """Half have read their orientation and given their baseline; a thousand pairs are forbidden."""
    edition = edition.rsplit("/", 1)[1]
    this = f"x'{edition.replace('-', '')}'" if isinstance(database, Sqlite) else f"'{edition}'"
    half = f"""(SELECT organisation, edition, person, side, row_number() OVER (ORDER BY person) AS place FROM enrolments
               WHERE edition = {this}) AS half WHERE place % 2 = 0"""
    database.sql(f"""INSERT INTO orientations (id, organisation, edition, person, part, words, read_at)
                     SELECT {database.new_id}, organisation, edition, person, side, 'x', 1700000000000000 FROM {half}""")
    framework = f"(SELECT framework FROM editions WHERE id = {this})"
    database.sql(f"""INSERT INTO baselines (id, organisation, edition, mentee, rater, side, number, framework, content, given_at)
                     SELECT {database.new_id}, organisation, edition, person, person, 'own', 1, {framework}, '{{}}',
                     1700000000000000 FROM {half} AND side = 'mentee'""")
    mentee = f"(SELECT person, row_number() OVER (ORDER BY person) AS place FROM enrolments WHERE edition = {this} AND side = 'mentee')"
    mentor = mentee.replace("'mentee'", "'mentor'")
    database.sql(f"""INSERT INTO pairing_marks
                     (edition, organisation, mentee, mentor, mark, marked_by, marked_at, mentee_sort, mentor_sort)
                     SELECT {this}, persons.organisation, mentee.person, mentor.person, 'forbid', mentee.person, 1,
                     persons.name_sort, other.name_sort
                     FROM {mentee} AS mentee JOIN {mentor} AS mentor ON mentor.place = mentee.place
                     JOIN persons ON persons.id = mentee.person JOIN persons AS other ON other.id = mentor.person
                     WHERE mentee.place <= 1000""")


def measured(server, postmaster, log, browser, pages, seconds, only):
    """Asks for each page with eight clients; whether all were fast enough."""
    is_fast = True
    for name, path in pages.items():
        if only and name not in only:
            continue
        count = common.statements(log, browser.port, path, browser.cookie)
        common.measure(browser.port, path, browser.cookie, 1)
        before = common.cpu_ms(server, postmaster)
        told = common.measure(browser.port, path, browser.cookie, seconds)
        cpu = (common.cpu_ms(server, postmaster) - before) / (told["rate"] * seconds)
        assert told["errors"] == 0, f"{path}: {told}"
        is_fast &= told["p95"] < MOST_MS
        mark = "" if told["p95"] < MOST_MS else " **slow**"
        figures = [f"{told['p50']:.1f}", f"{told['p95']:.1f}{mark}", f"{cpu:.1f}", f"{told['rate']:.0f}", str(count)]
        print(f"| {name} | {' | '.join(figures)} |", flush=True)
    return is_fast


def more(browser, path):
    """The next page of a list, as its link says."""
    return browser.link(path, r'class="button plain" href="([^"]*after=[^"]*)"')


def boards(ana, edition, runs):
    """The pages of the board: each by what it is."""
    board, (newest, before) = f"{edition}/pairing", [run.rsplit("/", 1)[1] for run in runs]
    run_page, compare = f"{board}/runs/{newest}", f"{board}/compare?before={before}&after={newest}"
    pair = ana.link(run_page, rf'href="({run_page}/pairs/{UUID})"')
    pages = {
        "board": board, "board, second page": more(ana, run_page), "board, a name": f"{run_page}?q=alvaro+nunez",
        "board, no such name": f"{run_page}?q=zzz", "one pair": pair, "left out": f"{run_page}/left-out",
        "runs": f"{board}/runs", "compare": compare, "marks": f"{board}/marks", "marks, second page": more(ana, f"{board}/marks"),
        "marks, a name": f"{board}/marks?q=alvaro+nunez", "rules": f"{board}/rules", "criteria": f"{board}/criteria",
    }
    with contextlib.suppress(AttributeError):
        pages["compare, second page"] = ana.link(compare, r'class="button plain" href="([^"]*place=[^"]*)"')
    return pages


def editions(ana, edition):
    """The pages around the board."""
    lists = f"{edition}/enrolments"
    return {
        "what needs me today": "/", "programmes": "/programmes", "edition": edition, "enrolments": lists,
        "enrolments, second page": more(ana, lists), "enrolments, a name": f"{lists}?q=alvaro+nunez",
        "enrolments, mentors": f"{lists}?side=mentor", "enrolments, who waits": f"{lists}?standing=waiting",
        "group of mentees": f"{lists}/group?side=mentee", "group of mentors": f"{lists}/group?side=mentor",
        "orientation readers": f"{edition}/orientation/readers",
        "orientation readers, second page": more(ana, f"{edition}/orientation/readers"),
        "baselines": f"{edition}/baselines", "baselines, second page": more(ana, f"{edition}/baselines"),
        "overview": edition.replace("/editions/", "/overview/"), "onlookers": f"{edition}/onlookers",
    }


def consents(ana, edition):
    consent = f"{edition}/consent"
    return {
        "answers": consent, "answers, second page": more(ana, consent), "answers, a name": f"{consent}?q=alvaro+nunez",
        "answers, no such name": f"{consent}?q=zzz", "answers, waiting": f"{consent}?state=waiting",
        "answers, declined": f"{consent}?state=declined",
    }


def published(ana, edition):
    lists = f"{edition}/mentorships"
    return {
        "mentorships": lists, "mentorships, second page": more(ana, lists), "mentorships, a name": f"{lists}?q=alvaro+nunez",
        "mentorships, no such name": f"{lists}?q=zzz", "mentorships that ended": f"{lists}?shown=ended",
        "one mentorship": ana.link(lists, rf'href="(/mentorships/{UUID})"'), "edition, published": edition,
        "overview, published": edition.replace("/editions/", "/overview/"), "baselines, published": f"{edition}/baselines",
    }


def on(engine, program, settings, postmaster, folder, sheets, database_of, seconds, only):
    """Everything on one engine; whether all of it was fast enough."""
    log, out = folder / "log", folder / "out"
    print(f"\n{engine}\n", flush=True)
    with common.served(program, settings, folder) as (port, _):
        cookie = common.found(port, out)
    take_in(program, settings, sheets)
    with common.served(program, settings, folder) as (port, server):
        database, ana = database_of(), Browser(port, cookie)

        def pages(browser, found):
            return measured(server, postmaster, log, browser, found, seconds, only)

        edition = set_up(ana)
        no_mails(database)
        is_fast = run(ana, edition, database, "first") < LONGEST_RUN_S
        rules = ana.get(f"{edition}/pairing/rules.toml")
        other = re.sub(r"weight = (\d+)", lambda found: f"weight = {int(found.group(1)) * 3}", rules, count=1)
        assert other != rules
        ana.upload(f"{edition}/pairing/rules/text", {"text": other, "version": ana.field(f"{edition}/pairing/rules", "version")})
        fill(database, edition)
        is_fast &= run(ana, edition, database, "second") < LONGEST_RUN_S
        runs = re.findall(rf'href="({edition}/pairing/runs/{UUID})"', ana.get(f"{edition}/pairing/runs"))
        runs = list(dict.fromkeys(runs))[:2]
        database.sql("ANALYZE")
        pairs = whole(database, "SELECT count(*) FROM pairing_results WHERE mentor IS NOT NULL AND run = "
                                "(SELECT id FROM pairing_runs ORDER BY number DESC LIMIT 1)")
        print(f"{pairs:,} pairs\n\n| page | p50 ms | p95 ms | CPU ms a request | requests/s | statements |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |", flush=True)
        is_fast &= pages(ana, boards(ana, edition, runs)) & pages(ana, editions(ana, edition))
        mentee = sign_in(port, folder, "mentee7@example.org")
        is_fast &= pages(mentee, {"wishes": f"{edition}/wishes", "a mentee's first page": "/"})
        asked = "SELECT count(*) FROM proposals WHERE state = 'mentor-asked'"
        print()
        is_fast &= in_batches(ana, edition, database, runs[1], "consent/send", {"run": runs[0].rsplit("/", 1)[1]}, asked, pairs,
                              f"{pairs:,} proposals sent")
        print()
        until(lambda: any("/answer/" in mail.read_text(errors="replace") for mail in (folder / "mail").iterdir()), "a mail")
        no_mails(database)
        is_fast &= pages(ana, consents(ana, edition))
        asks = [mail.read_text(errors="replace") for mail in (folder / "mail").iterdir()]
        asks = next(text for text in asks if "/answer/" in text)
        address = re.search(r"To: [^\n]*<([^>]+)>", asks).group(1)
        stranger, link = Browser(port, ""), mailed(folder, address, "/answer")
        mentor = sign_in(port, folder, address)
        one = mentor.link("/proposals", rf'href="(/proposals/{UUID})"')
        is_fast &= pages(stranger, {"a mail's link": link})
        is_fast &= pages(mentor, {"a mentor's proposals": "/proposals", "a mentor's proposal": one, "a mentor's first page": "/"})
        database.sql("UPDATE proposals SET state = 'mentee-asked', mentor_answered_at = created_at, mentee_until = 4000000000000000")
        paired = database.sql("SELECT persons.address FROM proposals JOIN persons ON persons.id = proposals.mentee LIMIT 1")[0][0]
        mentee = sign_in(port, folder, paired)
        one = mentee.link("/proposals", rf'href="(/proposals/{UUID})"')
        is_fast &= pages(mentee, {"a mentee's proposals": "/proposals", "a mentee's proposal": one})
        database.sql("UPDATE proposals SET state = 'accepted', mentee_answered_at = created_at")
        print()
        is_fast &= in_batches(ana, edition, database, runs[1], "publish", {}, "SELECT count(*) FROM mentorships", pairs,
                              f"{pairs:,} mentorships published")
        print()
        no_mails(database)
        database.sql("ANALYZE")
        is_fast &= pages(ana, published(ana, edition))
        is_fast &= pages(mentee, {"a mentee's own": "/mentorships"}) & pages(mentor, {
            "a mentor's own": "/mentorships", "a mentor's baselines": f"{edition}/baseline",
            "a mentor's orientation": f"{edition}/orientation",
        })
    return is_fast


def main():
    given = common.asked_for(__doc__, seconds=5)
    program = given.program.resolve()
    with contextlib.ExitStack() as stack:
        folder = common.folder_for(given, stack)
        maker = pathlib.Path(__file__).with_name("people.py")
        subprocess.run([sys.executable, maker, str(MENTEES), str(MENTORS), folder], check=True)
        sheets = [folder / "mentors.csv", folder / "mentees.csv"]
        for sheet in sheets:
            give_names(sheet)
        is_fast = True
        for engine in ["sqlite", "postgres"]:
            if given.engine not in (None, engine):
                continue
            home = folder / engine
            home.mkdir()
            settings, postmaster = ["--set", f"data={home}"], None
            with contextlib.ExitStack() as server:
                database_of = lambda: Sqlite(home)  # noqa: E731
                if engine == "postgres":
                    address, postmaster = server.enter_context(common.postgres(home))
                    settings += ["--set", f"database={address}"]
                    database_of = lambda: Postgres(address)  # noqa: E731
                is_fast &= on(engine, program, settings, postmaster, home, sheets, database_of, given.seconds, given.page)
    sys.exit(0 if is_fast else 1)


if __name__ == "__main__":
    main()
