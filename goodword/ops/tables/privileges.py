"""Nobody may empty a table whose rows a trigger keeps: TRUNCATE passes such triggers by.

Not in migrations, since a privilege belongs to whoever owns the tables there: the snapshot names no
role, and a dump may be restored without its privileges. So it is looked at after each migrating.
"""

import re

import pgtrigger
from django.db import connections

from .snapshot import present

# Tables of which a trigger keeps the rows, and the roles that may empty them all the same.
# A table's owner may do everything with it until that is taken away, too. `tgtype`: 1 for each row,
# 2 before, 8 on delete, 16 on update.
EMPTIABLE = """
        SELECT c.oid::regclass AS rows,
               CASE may.grantee WHEN 0 THEN 'PUBLIC' ELSE may.grantee::regrole::text END AS role
          FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) may
         WHERE c.relnamespace = to_regnamespace(current_schema()) AND c.relkind = 'r'
           AND may.privilege_type = 'TRUNCATE'
           AND EXISTS (
               SELECT FROM pg_trigger t
                WHERE t.tgrelid = c.oid AND NOT t.tgisinternal
                  AND t.tgtype & 3 = 3 AND t.tgtype & 24 <> 0)"""
FORBID = f"""
DO $$
DECLARE one record;
BEGIN
    FOR one IN {EMPTIABLE} AND pg_has_role(c.relowner, 'MEMBER')
    LOOP
        EXECUTE format('REVOKE TRUNCATE ON %s FROM %s', one.rows, one.role);
    END LOOP;
END $$
"""


WRITTEN = re.compile(
    r"^CREATE (?:CONSTRAINT )?TRIGGER (money_\w+) .*? ON public\.(\w+)", re.MULTILINE
)
STANDING = """
SELECT c.relname::text, t.tgname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE c.relnamespace = to_regnamespace(current_schema()) AND NOT t.tgisinternal
   AND t.tgenabled IN ('O', 'A')"""


def forbid_emptying(using: str = "default") -> None:
    """Take TRUNCATE of each guarded table from every role that has it, its owner first.

    Nothing is written where it was done before. A superuser passes every privilege, which is why
    the house's own role is none.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(FORBID)


def emptiable(using: str = "default") -> list[tuple[str, str]]:
    """Each table that must keep its rows with each role that may empty it; changes nothing."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT rows::text, role FROM ({EMPTIABLE}) found ORDER BY 1, 2")
        return [(table, role) for table, role in cursor.fetchall()]


def unguarded(using: str = "default") -> list[str]:
    """The tables of which a trigger that this release has is missing, or switched off."""
    with connections[using].cursor() as cursor:
        cursor.execute(STANDING)
        there = set(cursor.fetchall())
    declared = {
        (model._meta.db_table, trigger.get_pgid(model)) for model, trigger in pgtrigger.registered()
    }
    # The ledger's are written in its migrations, whose outcome the snapshot has.
    declared |= {(table, name) for name, table in WRITTEN.findall(present().tables)}
    return sorted({table for table, _name in declared - there})
