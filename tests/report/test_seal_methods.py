"""Another kind of seal, as a centre would plug one in: a stand-in for SM2 with SM3."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from resealing import said, verified

from poc_eval.errors import SealError
from poc_eval.report import seal_methods
from poc_eval.report.seal_keys import new_key
from poc_eval.report.seal_methods import STANDARD, method_named, needed_method, register_method
from poc_eval.report.write import write_report


class Stamp:
    """A keyed hash in the shape of a seal; it protects nothing and exists in this test only."""

    name = "test-stamp"

    def generate(self):
        return b"p" * 16

    def public(self, private):
        return hashlib.sha256(private).digest()

    def sign(self, private, message):
        return hmac.new(self.public(private), message, hashlib.sha256).digest()

    def holds(self, public, message, signature):
        return hmac.compare_digest(hmac.new(public, message, hashlib.sha256).digest(), signature)


@pytest.fixture
def stamp(monkeypatch):
    monkeypatch.setattr(seal_methods, "_known", dict(seal_methods._known))  # noqa: SLF001 put back afterwards
    register_method(Stamp())


@pytest.mark.usefixtures("stamp")
def test_a_plugged_in_seal_is_made_and_checked(submitted):
    new_key(submitted.workspace, method="test-stamp")
    data = write_report(submitted.notebook).path.read_bytes()
    assert b'"algorithm":"test-stamp"' in data
    assert verified(data).verified
    assert not verified(data.replace(b"font-size", b"font-sizf", 1)).verified


@pytest.mark.usefixtures("stamp")
def test_a_seal_of_a_kind_that_is_not_installed_is_named(submitted, monkeypatch):
    new_key(submitted.workspace, method="test-stamp")
    data = write_report(submitted.notebook).path.read_bytes()
    monkeypatch.delitem(seal_methods._known, "test-stamp")  # noqa: SLF001 as where it is not installed
    assert said(verified(data)) == ["the report is sealed by test-stamp, which is not installed here"]


def test_a_key_of_an_unknown_kind_is_not_made(submitted):
    with pytest.raises(SealError, match="no seal by SM9"):
        new_key(submitted.workspace, method="SM9")


def test_ed25519_signs_as_rfc_8032_test_1():
    method = needed_method(STANDARD)
    private = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b"
    )
    assert method.public(private) == public
    assert method.sign(private, b"") == signature
    assert method.holds(public, b"", signature)
    assert not method.holds(public, b"x", signature)


@pytest.mark.parametrize(
    ("public", "signature"), [(b"", b""), (b"x" * 32, b"y" * 64), (b"x" * 31, b"y" * 64)]
)
def test_what_is_no_key_or_no_signature_holds_nothing(public, signature):
    assert not needed_method(STANDARD).holds(public, b"message", signature)


def test_s_plus_the_order_of_the_group_is_no_second_signature():
    method = method_named(STANDARD)
    private = method.generate()
    signature = method.sign(private, b"message")
    order = 2**252 + 27742317777372353535851937790883648493
    other = signature[:32] + (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    assert not method.holds(method.public(private), b"message", other)
