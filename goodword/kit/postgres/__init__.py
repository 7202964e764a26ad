"""The embedded PostgreSQL: one cluster inside an instance's data folder.

It owns the cluster's files, its passwords and its server process, from initdb
to a clean stop. It never opens a network port, never runs the server as root,
never loosens the mode of a folder it finds, and knows nothing of Django.
"""

from goodword.kit.postgres.cluster import Cluster, ClusterStatus
from goodword.kit.postgres.errors import (
    BinariesMissing,
    ClusterDown,
    ClusterMissing,
    InUse,
    NoSpace,
    NotWritable,
    PostgresError,
    StartFailed,
    StopFailed,
    WrongVersion,
)

__all__ = [
    "BinariesMissing",
    "Cluster",
    "ClusterDown",
    "ClusterMissing",
    "ClusterStatus",
    "InUse",
    "NoSpace",
    "NotWritable",
    "PostgresError",
    "StartFailed",
    "StopFailed",
    "WrongVersion",
]
