"""`money_post` opens only accounts that are not there: a release, whose all are, tries none.

Each is looked up by its key. As a join to the list of entries, whose length is unknown, it could be
planned as a walk through all accounts (see 0014).
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("goodword.money.migrations.0014_post_by_key").POST.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
POST = BEFORE.replace(
    "     ORDER BY e.account\n",
    """     WHERE (SELECT true FROM money_account a WHERE a.id = e.account) IS NULL
     ORDER BY e.account
""",
)


class Migration(migrations.Migration):
    dependencies = [("money", "0021_quick_moves")]
    operations = [migrations.RunSQL(POST, BEFORE)]
