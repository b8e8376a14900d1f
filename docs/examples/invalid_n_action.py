"""An N-ACTION request without Requested SOP Instance UID, as in issue 993 of pynetdicom.

Its author put print() into pynetdicom to find out why his handler was not called. Run this file

    python -m dimse_primitives.contrib.pynetdicom docs/examples/invalid_n_action.py

and the server says which parameter is missing, by which rule and clause. Without the first part of
the command, pynetdicom says "Received unexpected N-ACTION service message".
"""

import logging

from pynetdicom import AE, evt
from pynetdicom.dimse_primitives import N_ACTION
from pynetdicom.sop_class import BasicFilmBox

logging.basicConfig(format="%(name)s: %(message)s")


def print_film_box(event: evt.Event) -> tuple[int, None]:
    """Answer an N-ACTION request; it is not called."""
    print("printing")
    return 0x0000, None


printer = AE(ae_title="PRINTER")
printer.add_supported_context(BasicFilmBox)
server = printer.start_server(
    ("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_N_ACTION, print_film_box)]
)

modality = AE(ae_title="MODALITY")
modality.add_requested_context(BasicFilmBox)
modality.dimse_timeout = 1
assoc = modality.associate("127.0.0.1", server.socket.getsockname()[1])

request = N_ACTION()
request.MessageID = 5
request.RequestedSOPClassUID = BasicFilmBox
request.ActionTypeID = 1
assoc._reactor_checkpoint.clear()  # as its own senders do: what comes is for this thread
assoc.dimse.send_msg(request, assoc.accepted_contexts[0].context_id)

assoc.dimse.get_msg(block=True)  # pynetdicom does not answer it, and this waits for a second
assoc.abort()
server.shutdown()
