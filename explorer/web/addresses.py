"""The address at which the phones in a room reach this server."""

import ipaddress
import socket
from urllib.parse import urlsplit

NOWHERE = ("192.0.2.1", 9)
"""An address kept for documentation (RFC 5737). Nothing is sent to it."""


def join_base(
    public_url: str,
    host: str,
    port: int,
    lan: str | None = None,
    base: str = "",
    reached: str = "",
) -> str:
    """Return the address under which participants reach this server, without a closing slash.

    Args:
        public_url: what the operator says it is; it wins.
        host: address that the server listens on.
        port: port that the server listens on.
        lan: address of this machine in the local network, where it is known.
        base: path under which the site is reached, where the operator's address has none.
        reached: origin by which a trusted proxy says that the asking browser came.
    """
    if public_url:
        address = public_url.rstrip("/")
        return address if urlsplit(address).path else f"{address}{base}"
    if reached:
        return f"{reached}{base}"
    if host in ("", "0.0.0.0", "::"):  # noqa: S104 - it is read here, not listened on
        host = lan or "localhost"
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}{base}"


def only_this_machine(base: str) -> bool:
    """Return whether an address works on this machine only."""
    host = base.split("://", 1)[-1].split("/", 1)[0]
    host = host[1:].split("]")[0] if host.startswith("[") else host.split(":")[0]
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def lan_address() -> str | None:
    """Find this machine's address in the local network, or None without one.

    Naming a target of a datagram makes the system choose the way out; no datagram is sent.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(NOWHERE)
        except OSError:
            return None
        found = str(probe.getsockname()[0])
    return None if found.startswith(("127.", "0.")) else found
