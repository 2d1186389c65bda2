"""How a seal is made and checked: Ed25519, and whatever else a centre plugs in, such as SM2 with SM3.

A package offers another method under the entry point ``poc_eval.seals``; the algorithm's name stands in the
key's file and in the seal, so that both kinds live side by side.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Final, Protocol

from poc_eval.errors import Fault, SealError
from poc_eval.i18n import _

GROUP: Final = "poc_eval.seals"
STANDARD: Final = "Ed25519"


class SealMethod(Protocol):
    """One way to seal; keys and signatures are bytes, each public key and signature in one spelling only."""

    name: str
    """What stands in the seal, such as ``SM2-SM3``."""

    def generate(self) -> bytes:
        """Return a new private key."""

    def public(self, private: bytes) -> bytes:
        """Return the public key to a private one."""

    def sign(self, private: bytes, message: bytes) -> bytes:
        """Return the signature of ``message``; the same message gives the same signature."""

    def holds(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Return whether the signature is this key's of this message; never raises for what it is given."""


class Ed25519:
    """RFC 8032, by the ``cryptography`` package."""

    name = STANDARD

    def generate(self) -> bytes:
        """Return 32 random bytes."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 only a seal needs it
            Ed25519PrivateKey,
        )

        return Ed25519PrivateKey.generate().private_bytes_raw()

    def public(self, private: bytes) -> bytes:
        """Return the 32 bytes of the public key."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 only a seal needs it
            Ed25519PrivateKey,
        )

        return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()

    def sign(self, private: bytes, message: bytes) -> bytes:
        """Return the 64 bytes of the signature."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 only a seal needs it
            Ed25519PrivateKey,
        )

        return Ed25519PrivateKey.from_private_bytes(private).sign(message)

    def holds(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Return whether the signature is this key's of this message."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 only a seal needs it
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 only a seal needs it
            Ed25519PublicKey,
        )

        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


_known: dict[str, SealMethod] = {STANDARD: Ed25519()}


def register_method(method: SealMethod) -> None:
    """Make a method known under its name for the time that the program runs."""
    _known[method.name] = method


def method_named(name: str) -> SealMethod | None:
    """Return the method, looked for among the installed packages too; None where nobody offers it."""
    if name not in _known:
        for offered in entry_points(group=GROUP, name=name):
            register_method(offered.load()())
    return _known.get(name)


def needed_method(name: str) -> SealMethod:
    """Return the method; raises ``SealError`` where nobody offers it."""
    method = method_named(name)
    if method is None:
        raise SealError(
            Fault(
                _("no seal by {name} is installed here", name=name),
                _("install the package that offers it, or use {name}", name=STANDARD),
            )
        )
    return method
