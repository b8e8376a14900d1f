"""A printer that answers N-GET with Success and no attributes, seen at the level DEBUG.

Run this file

    python -m dimse_primitives.contrib.pynetdicom docs/examples/every_violation.py

and each end says what PS3.7 forbids in what it receives, whether pynetdicom can go on or not.
"""

import logging

from pynetdicom import AE, evt
from pynetdicom.sop_class import Printer, PrinterInstance

logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
logging.getLogger("dimse_primitives").setLevel(logging.DEBUG)


def tell_nothing(event: evt.Event) -> tuple[int, None]:
    """Answer an N-GET request."""
    return 0x0000, None


printer = AE(ae_title="PRINTER")
printer.add_supported_context(Printer)
server = printer.start_server(
    ("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_N_GET, tell_nothing)]
)
modality = AE(ae_title="MODALITY")
modality.add_requested_context(Printer)
association = modality.associate("127.0.0.1", server.socket.getsockname()[1])
status, _ = association.send_n_get([], Printer, PrinterInstance)
association.release()
server.shutdown()
