from django.db import migrations

# Nobody had declared anything; what was checked was checked when the shop opened, at the latest.
UNDECLARED = """
UPDATE shop_shop SET level = CASE level WHEN 'individual' THEN 'none' ELSE level END,
       level_at = CASE level WHEN 'registered' THEN opened_at END"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0008_sellers")]
    operations = [migrations.RunSQL(UNDECLARED, migrations.RunSQL.noop)]
