"""What can go wrong with the embedded server, each as one sentence for the operator."""


class PostgresError(Exception):
    """The embedded PostgreSQL cannot do what was asked; the text says what to do next."""


class BinariesMissing(PostgresError):
    """The wheel with the PostgreSQL binaries is absent or cannot run here."""


class ClusterDown(PostgresError):
    """Somebody wanted to attach to a server that is not running."""


class NotWritable(PostgresError):
    """The data folder, or the place that stands in for it, cannot be written or reached."""


class NoSpace(PostgresError):
    """The disk that holds the cluster is full."""


class WrongVersion(PostgresError):
    """The data folder was written by another major version of PostgreSQL."""


class ClusterMissing(PostgresError):
    """The data folder remembers a cluster which is no longer where it was put."""


class StartFailed(PostgresError):
    """initdb or the server gave up; the text quotes the last lines of its log."""


class InUse(PostgresError):
    """Processes that this one cannot see or end still work in the cluster's files."""


class StopFailed(PostgresError):
    """The server did not go away when asked to."""
