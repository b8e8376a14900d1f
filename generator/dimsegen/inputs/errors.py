"""What keeps an input from being read."""


class InputError(Exception):
    """What was asked for cannot be compared; the text says why and what to do."""
