"""Nobody may empty a table whose rows a trigger keeps: TRUNCATE passes such triggers by.

Not in migrations, since a privilege belongs to whoever owns the tables there: the snapshot names no
role, and a dump may be restored without its privileges. So it is looked at after each migrating.
"""

from django.db import connections

# A table's owner may do everything with it until that is taken away, too. `tgtype`: 1 for each row,
# 2 before, 8 on delete, 16 on update.
FORBID = """
DO $$
DECLARE one record;
BEGIN
    FOR one IN
        SELECT c.oid::regclass AS rows,
               CASE may.grantee WHEN 0 THEN 'PUBLIC' ELSE may.grantee::regrole::text END AS role
          FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) may
         WHERE c.relnamespace = to_regnamespace(current_schema()) AND c.relkind = 'r'
           AND may.privilege_type = 'TRUNCATE' AND pg_has_role(c.relowner, 'MEMBER')
           AND EXISTS (
               SELECT FROM pg_trigger t
                WHERE t.tgrelid = c.oid AND NOT t.tgisinternal
                  AND t.tgtype & 3 = 3 AND t.tgtype & 24 <> 0)
    LOOP
        EXECUTE format('REVOKE TRUNCATE ON %s FROM %s', one.rows, one.role);
    END LOOP;
END $$
"""


def forbid_emptying(using: str = "default") -> None:
    """Take TRUNCATE of each guarded table from every role that has it, its owner first.

    Nothing is written where it was done before. A superuser passes every privilege, which is why
    the house's own role is none.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(FORBID)
