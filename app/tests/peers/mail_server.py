"""An SMTP server that others wrote (aiosmtpd). It refuses for now whom `later` in its folder names, and for ever whom `never` does;
what it takes it keeps as files. Prints its port.

Given `starttls` or `tls`, and the files of a certificate and of its key, it speaks to nobody without TLS, and takes mails from whoever
knows the password (`telemaco`, `secret`) alone. What it is told of passwords stands in `passwords`, each line with whether it was told
under TLS.
"""

import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

FOLDER = pathlib.Path(sys.argv[1])


def named(list_name, address):
    path = FOLDER / list_name
    return path.exists() and address in path.read_text().split()


def note(list_name, line):
    with open(FOLDER / list_name, "a") as noted:
        noted.write(line + "\n")


class Handler:
    def __init__(self):
        self.taken = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        note("asked", address)
        if named("later", address):
            return f"451 4.7.1 {address}: come back later"
        if named("never", address):
            return f"550 5.1.1 {address}: no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken += 1
        note("senders", envelope.mail_from)
        arriving = FOLDER / "arriving"
        arriving.write_bytes(envelope.content)
        arriving.rename(FOLDER / f"{self.taken:04}.{envelope.rcpt_tos[0]}.eml")
        return "250 taken"


def check(server, session, envelope, mechanism, given):
    is_sealed = server.transport.get_extra_info("sslcontext") is not None
    note("passwords", f"{'sealed' if is_sealed else 'open'} {given.login.decode()} {given.password.decode()}")
    is_right = (given.login, given.password) == (b"telemaco", b"secret")
    # A refusal that is said to be handled is not told to the client, which waits for it.
    return AuthResult(success=is_right, handled=is_right)


def guarded(how, certificate, key):
    """How a server is made that wants TLS and a password, and what its port is wrapped in."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    asks = {"authenticator": check, "auth_required": True}
    if how == "tls":
        # It does not know that its port is wrapped already.
        return asks | {"auth_require_tls": False}, context
    return asks | {"tls_context": context, "require_starttls": True}, None


async def serve(handler):
    asks, wrapped = guarded(*sys.argv[2:]) if len(sys.argv) > 2 else ({}, None)
    loop = asyncio.get_running_loop()
    made = lambda: SMTP(handler, hostname="localhost", **asks)  # noqa: E731
    server = await loop.create_server(made, "127.0.0.1", 0, ssl=wrapped)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve(Handler()))
