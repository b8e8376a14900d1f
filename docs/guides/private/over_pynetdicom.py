"""Bolt a door over an association of pynetdicom."""

from doors import X_BOLT
from doors.contrib import pynetdicom as primitives
from pynetdicom import AE

LOCKS = "1.2.826.0.1.3680043.10.1"

primitives.install(codec=True)
primitives.serve(X_BOLT, lambda request: request.respond(Status=0x0000))

server = AE()
server.add_supported_context(LOCKS)
scp = server.start_server(("localhost", 0), block=False)

client = AE()
client.add_requested_context(LOCKS)
association = client.associate("localhost", scp.socket.getsockname()[1])
request = X_BOLT.request(MessageID=1, AffectedSOPClassUID=LOCKS, Door="WARD 3")
print(primitives.exchange(association, request))
association.release()
scp.shutdown()
