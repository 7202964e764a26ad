"""The server's settings, all on its command line so that every start has the current ones."""

from goodword.kit.postgres.place import Place

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def server_settings(place: Place, *, durable: bool, connections: int) -> dict[str, str]:
    """Name and value of every setting that differs from PostgreSQL's own choice, or must not."""
    return {
        **(DURABLE if durable else FORGETFUL),
        "cluster_name": "goodword",
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": str(place.socket),
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": str(connections),
        "shared_buffers": "128MB",
        "work_mem": "8MB",
        "random_page_cost": "1.1",
        "jit": "off",
        # A young house's tables fill within minutes; sessions keep plans made while they were empty
        # until the next ANALYZE.
        "autovacuum_naptime": "10s",
        "timezone": "UTC",
        "logging_collector": "on",
        "log_directory": str(place.log),
        # A week of files, each emptied when its day comes round again.
        "log_filename": "postgresql-%a.log",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_truncate_on_rotation": "on",
        "log_timezone": "UTC",
        # Statements and the details of errors carry members' words: they stay out of the log.
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
    }
