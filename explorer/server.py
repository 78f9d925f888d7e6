"""Starting the server from the command: Streamlit's options, the address, and then the app."""

import errno
import os
import socket
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from explorer import paths, runtime
from explorer.settings import PREFIX, Settings, database_file, shown
from explorer.store import DatabaseError, place

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Addresses that no other machine reaches."""


class CannotServe(Exception):
    """The server cannot start like this; the message is one line for the user."""


def serve(
    settings: Settings, *, drafts: bool = False, starting: Callable[[], None] | None = None
) -> None:
    """Run the server until it is stopped.

    Args:
        settings: the settings in force.
        drafts: show drafts too, on this machine only, and read content again when it is saved.
        starting: called once the address can be used, before the content is read.

    Raises:
        CannotServe: nothing can listen on the address, or Streamlit's options cannot be read.
        SystemExit: with code 1 where the content has errors, 2 where the database cannot be used;
            otherwise with the server's own code.
    """
    if drafts and settings.host not in LOOPBACK:
        raise CannotServe(
            f"host ({PREFIX}HOST): drafts are shown on this machine only, and "
            f"{settings.host[:80]!r} can be reached from others; leave the host out"
        )
    if not settings.data.is_dir():
        raise CannotServe(f"data ({PREFIX}DATA): there is no such folder{shown(settings.data)}")
    refuse_unusable_settings(settings)
    refuse_unusable_address(settings)
    flags = streamlit_flags(settings)
    if starting is not None:
        starting()
    runtime.start(settings, drafts=drafts, meanwhile=import_the_server)

    from streamlit.web import cli

    cli.main(["run", str(paths.PACKAGE / "asgi.py"), *flags], prog_name=runtime.PROGRAM)


def import_the_server() -> None:
    """Import what the server takes longest to import, while the content is checked."""
    for name in (
        "streamlit.web.cli",
        "streamlit.web.bootstrap",
        "explorer.reading",
        "explorer.store.sql",
        "explorer.ui.frame",
        "explorer.web.connections",
        "explorer.web.join",
    ):
        import_module(name)


def streamlit_flags(settings: Settings, config: Path = paths.CONFIG) -> list[str]:
    """Turn the one file of options into flags of ``streamlit run``.

    Streamlit looks for the file in the working folder, which may be any; flags hold everywhere.

    Args:
        settings: for the address and the port.
        config: the file.

    Returns:
        One flag for each option, without those that the operator has set in an environment
        variable of Streamlit's own (``STREAMLIT_…``), and then address and port.

    Raises:
        CannotServe: the file cannot be read.
    """
    try:
        sections = tomllib.loads(config.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CannotServe(f"cannot read {config}: {error}") from None
    options = {
        f"{section}.{name}": value
        for section, entries in sections.items()
        for name, value in entries.items()
    }
    options |= {"server.address": settings.host, "server.port": settings.port}
    return [
        f"--{name}={str(value).lower() if isinstance(value, bool) else value}"
        for name, value in options.items()
        if name in {"server.address", "server.port"} or _variable(name) not in os.environ
    ]


def refuse_unusable_settings(settings: Settings) -> None:
    """Report what is wrong with the database's address and the jurisdiction, before all is read.

    Args:
        settings: the settings in force.

    Raises:
        CannotServe: one of them can never be used; the message names it.
    """
    try:
        place(settings.database.get_secret_value(), database_file())
    except DatabaseError as error:
        raise CannotServe(str(error)) from None
    try:
        text = (settings.data / "contacts.toml").read_text(encoding="utf-8")
        entries = [name for name, item in tomllib.loads(text).items() if isinstance(item, dict)]
    except (OSError, ValueError):  # the check of the content says it better
        return
    if settings.jurisdiction not in entries:
        raise CannotServe(
            f"jurisdiction ({PREFIX}JURISDICTION): contacts.toml has no entry "
            f"{settings.jurisdiction[:40]!r}; it may be: {', '.join(entries)}"
        )


def refuse_unusable_address(settings: Settings) -> None:
    """Report in one line what is wrong with the address, before the server does so in many.

    That the port is in use is left to the server, which reports it well.

    Args:
        settings: for the address and the port.

    Raises:
        CannotServe: nothing can listen there.
    """
    try:
        found = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.bind(address)
    except (OSError, ValueError) as error:  # ValueError: no name can be written like this
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            return
        named = repr(settings.host[:80]) if shown(settings.host) else "this"
        why = error.strerror if isinstance(error, OSError) else "it is no name of a host"
        raise CannotServe(
            f"host ({PREFIX}HOST): cannot listen on {named}, port {settings.port}: {why}"
        ) from None


def _variable(option: str) -> str:
    """Name Streamlit's environment variable for an option: server.maxUploadSize and so on."""
    words = "".join(f"_{letter}" if letter.isupper() else letter for letter in option)
    return f"STREAMLIT_{words.replace('.', '_').upper()}"
