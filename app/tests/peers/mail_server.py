"""An SMTP server that others wrote (aiosmtpd). It refuses for now whom `later` in its folder names, and for ever whom `never` does;
what it takes it keeps as files. Prints its port.
"""

import asyncio
import pathlib
import sys

from aiosmtpd.smtp import SMTP

FOLDER = pathlib.Path(sys.argv[1])


def named(list_name, address):
    path = FOLDER / list_name
    return path.exists() and address in path.read_text().split()


class Handler:
    def __init__(self):
        self.taken = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        with open(FOLDER / "asked", "a") as asked:
            asked.write(address + "\n")
        if named("later", address):
            return f"451 4.7.1 {address}: come back later"
        if named("never", address):
            return f"550 5.1.1 {address}: no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken += 1
        with open(FOLDER / "senders", "a") as senders:
            senders.write(envelope.mail_from + "\n")
        arriving = FOLDER / "arriving"
        arriving.write_bytes(envelope.content)
        arriving.rename(FOLDER / f"{self.taken:04}.{envelope.rcpt_tos[0]}.eml")
        return "250 taken"


async def serve(handler):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, hostname="localhost"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve(Handler()))
