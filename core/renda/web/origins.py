"""Where somebody signs in from, as coarsely as their own list of sessions needs it."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_of(agent: str) -> str:
    """Browser and system of a User-Agent, such as ``Chrome · Windows``; nothing where neither is known."""
    names = (next((name for sign, name in known if sign in agent), "") for known in (_BROWSERS, _SYSTEMS))
    return " · ".join(name for name in names if name)


def coarse_network(address: str) -> str:
    """A network that many share: the first three parts of an IPv4 address, the first 48 bits of an IPv6 one."""
    try:
        read = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(read, IPv6Address):
        if read.ipv4_mapped is None:
            return f"{':'.join(read.exploded.split(':')[:3])}:*"
        read = read.ipv4_mapped
    return f"{str(read).rpartition('.')[0]}.*"
