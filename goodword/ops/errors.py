"""What can keep a command from doing its work, as one sentence for whoever typed it."""

import click


class Stop(click.ClickException):
    """The command ends here with exit code 1; the text says what to do."""


class Silent(Stop):
    """The database server that somebody else runs cannot be reached."""


class PortTaken(Stop):
    """Another program listens on an address that we need."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Port {port} on {host} is in use by another program. Choose another with --port."
        )


class AlreadyUp(Stop):
    """Two supervisors on one data folder would fight over everything in it."""

    def __init__(self, data: object, pid: str) -> None:
        super().__init__(f"Goodword is already running on {data} (process {pid}). Stop that first.")
