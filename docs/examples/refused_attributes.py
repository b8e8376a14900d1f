"""An N-SET response with the failure 0106H brings the attributes that are wrong (PS3.7 C.5.11).

Run this file

    python -m dimse_primitives.contrib.pynetdicom docs/examples/refused_attributes.py

and the caller gets them. Without the first part of the command he gets None.
"""

from pydicom.dataset import Dataset
from pynetdicom import AE, evt
from pynetdicom.dimse_primitives import N_SET
from pynetdicom.sop_class import BasicFilmBox

INSTANCE = "1.2.3.4"


def refuse(event: evt.Event) -> tuple[int, None]:
    """Say that the attributes are wrong, with a response that pynetdicom would not send."""
    response = N_SET()
    response.MessageIDBeingRespondedTo = event.request.MessageID
    response.Status = 0x0106
    response.AttributeList = event.request.ModificationList
    event.assoc.dimse.send_msg(response, event.context.context_id)
    return 0x0106, None


printer = AE(ae_title="PRINTER")
printer.add_supported_context(BasicFilmBox)
server = printer.start_server(("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_N_SET, refuse)])

modality = AE(ae_title="MODALITY")
modality.add_requested_context(BasicFilmBox)
assoc = modality.associate("127.0.0.1", server.socket.getsockname()[1])

wanted = Dataset()
wanted.MaxDensity = 700
status, attributes = assoc.send_n_set(wanted, BasicFilmBox, INSTANCE)
print(f"{status.Status:04X}H")
print(attributes)
assoc.abort()
server.shutdown()
