"""The tables of PS3.7: services, messages, command elements and statuses."""
