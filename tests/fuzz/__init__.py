"""Whatever bytes come in: a message, or a `DecodeError`. Nothing here is collected by pytest."""
