"""Measures the pages of an organisation of 10,000 people with 8 clients, on SQLite and on PostgreSQL. See README.md."""

import argparse
import contextlib
import csv
import html
import http.client
import json
import os
import pathlib
import pwd
import random
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

PEOPLE, CLIENTS, LONGEST_IMPORT_S, MOST_MS = 10_000, 8, 10.0, 25.0
PASSWORD = "veleros-de-la-isla-91"

GIVEN = (
    "Álvaro Begoña Carla Diego Elena Fermín Gracia Hugo Inés Íñigo Jimena Kepa Lucía Martín Nerea Óscar Pilar "
    "Rocío Sara Tomás Úrsula Víctor Xabier Yolanda"
).split()
FAMILY = (
    "Núñez Sáez Rey Paz Ibáñez Gil Sanz Ñíguez Zubiri Moreno Aguirre Cano Domínguez Esteve Ferrer Garmendia "
    "Herrero Izquierdo Jáuregui León Muñoz Ortega Peña Quiroga"
).split()
TITLES = (
    "Directora de Riesgos|Técnico de Datos|Analista sénior|Jefa de Proyecto|Socia|Gerente de Operaciones|"
    "Ingeniero de Redes|Responsable de Personas"
).split("|")
UNITS = (
    "Riesgos|Legal|Tecnología|Operaciones|Personas y Cultura|Finanzas|Comercial|Auditoría Interna|Innovación"
).split("|")
PLACES = "Bilbao|Vitoria|Madrid|Barcelona|Sevilla|Valencia|A Coruña|Las Palmas|Ciudad de México|Bogotá".split("|")
SKILLS = (
    "Negociación|Oratoria|Gestión del cambio|Finanzas para directivos|Estrategia|Liderazgo de equipos|Inglés|"
    "Analítica de datos|Gestión de crisis|Innovación|Derecho laboral|Ciberseguridad|Ventas|Diplomacia|"
    "Escucha activa|Planificación|Producto|Compras|Sostenibilidad|Gobierno corporativo"
).split("|")

HEADINGS = [
    "Name", "Email", "Role", "Job title", "Unit", "City", "Languages", "Capacity", "Skills", "Skills wanted",
    "Nominated for", "Line manager", "Employee id", "Biography",
]
BIOGRAPHY = "Veinte años de experiencia en equipos que crecen y en tiempos difíciles".split()


def some_skills(dice):
    return "; ".join(f"{skill}: {dice.randint(1, 5)}" for skill in dice.sample(SKILLS, dice.randint(2, 5)))


def write_people(path):
    """A fifth are mentors; one in twenty is nominated for a post. The same people each time."""
    dice = random.Random(2)
    with path.open("w", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(HEADINGS)
        for number in range(PEOPLE):
            is_mentor = number % 5 == 0
            sheet.writerow([
                f"{dice.choice(GIVEN)} {dice.choice(FAMILY)} {dice.choice(FAMILY)}",
                f"persona.{number}@example.org",
                "mentor" if is_mentor else "mentee",
                dice.choice(TITLES),
                dice.choice(UNITS),
                dice.choice(PLACES),
                "es; en",
                dice.randint(1, 4) if is_mentor else "",
                some_skills(dice) if is_mentor else "",
                "" if is_mentor else some_skills(dice),
                f"Dirección de {dice.choice(UNITS)}" if number % 20 == 1 else "",
                f"persona.{number - number % 50}@example.org" if number % 50 else "",
                f"E{number:05}",
                " ".join(dice.choices(BIOGRAPHY, k=60)),
            ])


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until(ready, what):
    for _ in range(600):
        if ready():
            return
        time.sleep(0.05)
    sys.exit(f"{what} did not start")


@contextlib.contextmanager
def running(command, end=signal.SIGTERM, **options):
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        process.send_signal(end)
        process.wait()


@contextlib.contextmanager
def postgres(folder):
    """A cluster of its own with PostgreSQL's own settings, durable ones included. It refuses to run as root."""
    home = folder / "postgres"
    home.mkdir()
    become = []
    if os.geteuid() == 0:
        users = {user.pw_name: user for user in pwd.getpwall()}
        owner = users.get("postgres") or users["nobody"]
        os.chown(home, owner.pw_uid, owner.pw_gid)
        become = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    bin = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: int(bin.parent.name))
    password, port, data = secrets.token_hex(16), free_port(), home / "data"
    secret = home / "secret"
    secret.write_text(password)
    if become:
        os.chown(secret, owner.pw_uid, owner.pw_gid)
    initdb = [*become, bin / "initdb", "--username=telemaco", "--auth=password", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run([*initdb, "--pwfile", secret, "--pgdata", data], check=True, cwd=home, stdout=subprocess.DEVNULL)
    command = [*become, bin / "postgres", "-D", data, "-c", "listen_addresses=127.0.0.1", "-c", f"port={port}",
               "-c", f"unix_socket_directories={home}"]
    with (home / "log").open("w") as log, running(command, signal.SIGINT, cwd=home, stdout=log, stderr=log):
        status = data / "postmaster.pid"
        wait_until(lambda: status.exists() and "ready" in status.read_text(), "PostgreSQL")
        yield f"postgres://telemaco:{password}@127.0.0.1:{port}/postgres", int(status.read_text().split()[0])


@contextlib.contextmanager
def served(program, settings, folder):
    """The server with its usual log; gives its port and process."""
    port, out = free_port(), folder / "out"
    command = [program, "serve", *settings, "--listen", f"127.0.0.1:{port}", "--set", "log_format=json"]
    with out.open("a") as told, (folder / "log").open("a") as log, running(command, stdout=told, stderr=log) as server:
        wait_until(lambda: f"http://127.0.0.1:{port}\n" in out.read_text(), "the server")
        yield port, server.pid


def ask(port, method, path, cookie="", form=None):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Cookie": cookie, "Accept-Language": "es"}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, urllib.parse.urlencode(form) if form is not None else None, headers)
    answer = connection.getresponse()
    return answer, answer.read().decode()


def found(port, out):
    """Founds the organisation with the first start's link; gives the coordinator's cookie."""
    path = re.search(r"/first/\S+", out.read_text()).group()
    answer, body = ask(port, "POST", path, form={
        "organisation": "Banco del Norte", "name": "Ana Pérez", "address": "ana@example.org", "zone": "Europe/Madrid",
        "password": PASSWORD,
    })
    assert answer.status == 303, body
    return answer.getheader("Set-Cookie").split(";")[0]


def pages(port, cookie):
    """Each page by what it is. The next page of the directory is the one that its link leads to."""
    _, directory = ask(port, "GET", "/mentors", cookie)
    profile = re.search(r'href="(/people/[0-9a-f-]{36})"', directory).group(1)
    further = html.unescape(re.search(r'href="(/mentors\?[^"]*after=[^"]*)"', directory).group(1))
    lists = [
        "/", "/mentors", "/mentors?q=alvaro", "/mentors?q=persona.9995@", "/mentors?q=zzz", "/people", "/people?q=alvaro",
        "/people?q=persona.9999@", "/people?q=zzz", "/people?part=supervisor", "/people?part=sponsor", "/nominations",
    ]
    return {path: path for path in lists} | {"/mentors, second page": further, "a profile": profile}


def statements(log, port, path, cookie):
    """What the log says of the last request: the release build tells the number nowhere else."""
    answer, _ = ask(port, "GET", path, cookie)
    assert answer.status == 200, f"{path}: {answer.status}"
    time.sleep(0.05)
    lines = [line for line in log.read_text().splitlines() if '"request"' in line]
    return json.loads(lines[-1])["fields"]["statements"]


def cpu_ms(server, postmaster):
    """What the server has used so far, and all of PostgreSQL's processes."""
    ticks = 0
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rsplit(")", 1)[1].split()
            if int(stat.parent.name) == server or int(fields[1]) == postmaster:
                ticks += int(fields[11]) + int(fields[12])
    return 1000 * ticks / os.sysconf("SC_CLK_TCK")


def measure(port, path, cookie, seconds):
    command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "-s", pathlib.Path(__file__).with_name("tell.lua"),
               "-H", f"Cookie: {cookie}", f"http://127.0.0.1:{port}{path}"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(told.splitlines()[-1])


def on(engine, program, settings, postmaster, folder, sheet, seconds, only):
    """Imports and measures on one engine; whether everything was fast enough."""
    log, out = folder / "log", folder / "out"
    with served(program, settings, folder) as (port, _):
        cookie = found(port, out)
    began = time.monotonic()
    command = [program, "import", "people", sheet, "--organisation", "banco-del-norte", *settings]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    took = time.monotonic() - began
    print(f"\n{engine}: {PEOPLE:,} people imported in {took:.1f} s\n", flush=True)
    is_fast = took < LONGEST_IMPORT_S
    print("| page | p50 ms | p95 ms | CPU ms a request | requests/s | statements |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    with served(program, settings, folder) as (port, server):
        for name, path in pages(port, cookie).items():
            if only and name not in only:
                continue
            count = statements(log, port, path, cookie)
            measure(port, path, cookie, 1)
            before = cpu_ms(server, postmaster)
            told = measure(port, path, cookie, seconds)
            cpu = (cpu_ms(server, postmaster) - before) / (told["rate"] * seconds)
            assert told["errors"] == 0, f"{path}: {told}"
            is_fast &= told["p95"] < MOST_MS
            figures = [f"{told['p50']:.1f}", f"{told['p95']:.1f}", f"{cpu:.1f}", f"{told['rate']:.0f}", str(count)]
            print(f"| `{name}` | {' | '.join(figures)} |", flush=True)
    return is_fast


def asked_for(what, seconds):
    """What the command line says; `what` is the measure in words."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("program", type=pathlib.Path, help="target/release/telemaco")
    parser.add_argument("--seconds", type=int, default=seconds, help="how long each page is asked for")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], help="only this one")
    parser.add_argument("--page", action="append", help="only this page; may be given several times")
    parser.add_argument("--keep", type=pathlib.Path, help="an empty folder for the data, which stay")
    return parser.parse_args()


def folder_for(given, stack):
    """A folder for the data, into which PostgreSQL's user gets."""
    folder = given.keep or pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    return folder


def main():
    given = asked_for(__doc__, seconds=8)
    program = given.program.resolve()
    with contextlib.ExitStack() as stack:
        folder = folder_for(given, stack)
        sheet = folder / "people.csv"
        write_people(sheet)
        is_fast = True
        for engine in ["sqlite", "postgres"]:
            if given.engine not in (None, engine):
                continue
            home = folder / engine
            home.mkdir()
            settings, postmaster = ["--set", f"data={home}"], None
            with contextlib.ExitStack() as server:
                if engine == "postgres":
                    address, postmaster = server.enter_context(postgres(home))
                    settings += ["--set", f"database={address}"]
                is_fast &= on(engine, program, settings, postmaster, home, sheet, given.seconds, given.page)
    sys.exit(0 if is_fast else 1)


if __name__ == "__main__":
    main()
