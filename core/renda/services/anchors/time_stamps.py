"""Time stamps of a server that others keep (RFC 3161): that an anchor was there at a moment, whoever runs this host."""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime

from rfc3161_client import HashAlgorithm, PKIStatus, TimestampRequestBuilder, decode_timestamp_response

from renda.errors import RendaError, declare

TimeStamper = Callable[[bytes], bytes]
"""Takes the digest of an anchor and answers with the server's response (DER)."""

SECONDS = 20
LARGEST = 1_000_000

declare({"anchors.stamp": "时间戳服务 {url} 没有给出有效的时间戳:{reason}。这次没有锚定,请稍后再运行。"}, status=502)
declare({"anchors.url": "RENDA_TIMESTAMP_URL 应为 http 或 https 地址,现为“{url}”。"}, status=500)


def server_at(url: str) -> TimeStamper:
    """Who asks the server at ``url``; raises ``anchors.url``."""
    if not url.startswith(("http://", "https://")):
        raise RendaError("anchors.url", url=url)

    def stamp(digest: bytes) -> bytes:
        asked = TimestampRequestBuilder().data(digest).hash_algorithm(HashAlgorithm.SHA256).build()
        request = urllib.request.Request(  # noqa: S310  (the scheme was checked)
            url, asked.as_bytes(), {"Content-Type": "application/timestamp-query"}
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answered:  # noqa: S310
                response: bytes = answered.read(LARGEST)
            stamped_at(response, digest)
        except (urllib.error.URLError, OSError, ValueError) as error:
            raise RendaError("anchors.stamp", url=url, reason=str(error)) from error
        return response

    return stamp


def stamped_at(response: bytes, digest: bytes) -> datetime:
    """The moment at which a response confirms a digest; raises ``ValueError`` where it does not.

    Whether the server is who it says is proved with its certificate (``openssl ts -verify``, ``docs/hosting.md``).
    """
    read = decode_timestamp_response(response)
    if read.status not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
        raise ValueError(", ".join(read.status_string) or f"status {read.status}")
    if read.tst_info.message_imprint.message != hashlib.sha256(digest).digest():
        raise ValueError("another imprint")
    return read.tst_info.gen_time
