"""Certificates for Dask's processes, who then hear nobody else: ``python -m deploy.certificates``.

Whoever reaches a scheduler can run code on it, so it must know whom it talks to. One authority,
made for this alone, signs one certificate, which scheduler, workers and servers all have.
"""

import argparse
import datetime as dt
import ipaddress
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

YEARS = 3
"""How long they are valid, if nobody says otherwise."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Write ca.pem, cert.pem and key.pem into a folder."""
    parser = argparse.ArgumentParser(prog="python -m deploy.certificates", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("folder", type=Path, help="made if there is none")
    parser.add_argument("--hosts", nargs="+", default=["localhost", "127.0.0.1"])
    parser.add_argument("--years", type=int, default=YEARS)
    options = parser.parse_args(arguments)
    write(options.folder, options.hosts, options.years)


def write(folder: Path, hosts: Sequence[str], years: int = YEARS) -> None:
    """Make an authority and a certificate, and write them so that their owner alone reads the key.

    Parameters
    ----------
    folder : Path
    hosts : sequence of str
        Names and addresses for which the certificate stands.
    years : int
        How long it is valid.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _named("Neuron Ladder's own authority")
    signed = _builder(authority, authority, authority_key.public_key(), years)
    signed = signed.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    ca = signed.sign(authority_key, hashes.SHA256())
    names = x509.SubjectAlternativeName([_place(host) for host in hosts])
    asked = _builder(_named(hosts[0]), authority, key.public_key(), years)
    certificate = asked.add_extension(names, critical=False).sign(authority_key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "ca.pem").write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").touch(mode=0o600)
    (folder / "key.pem").write_bytes(private)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, years: int
) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))  # clocks differ
        .not_valid_after(now + dt.timedelta(days=365 * years))
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _place(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


if __name__ == "__main__":
    main()
