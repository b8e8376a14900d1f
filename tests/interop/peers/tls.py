"""TLS on loopback: one certificate, which both ends have and trust."""

from __future__ import annotations

import ssl
from pathlib import Path

import pynetdicom

_FOLDER = Path(pynetdicom.__file__).parent / "tests" / "cert_files"
CERTIFICATE, KEY = _FOLDER / "server.crt", _FOLDER / "server.key"
#: The options of Orthanc for both of its roles.
ORTHANC = {
    "DicomTlsEnabled": True,
    "DicomTlsCertificate": str(CERTIFICATE),
    "DicomTlsPrivateKey": str(KEY),
    "DicomTlsTrustedCertificates": str(CERTIFICATE),
}


def as_server() -> ssl.SSLContext:
    """Return what a server of ours takes connections with."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, KEY)
    return context


def as_client() -> ssl.SSLContext:
    """Return what a client of ours connects with; the name on the certificate is no host."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(CERTIFICATE)
    # Orthanc asks for a certificate of ours, too.
    context.load_cert_chain(CERTIFICATE, KEY)
    return context
