"""How a check of an upload says no."""


class RefusedError(Exception):
    """The message is for the editor: what is wrong and what to do."""
