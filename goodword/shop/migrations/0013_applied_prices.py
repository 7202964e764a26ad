"""Past prices are those that somebody could have paid: what a draft cost is forgotten.

Of what was written down before the first sale only the last one held when the sale began.
"""

from django.db import migrations

FORGET = """
ALTER TABLE shop_pricechange DISABLE TRIGGER USER;
DELETE FROM shop_pricechange h USING shop_listing l
 WHERE l.id = h.listing_id
   AND (l.listed_at IS NULL OR EXISTS (
     SELECT FROM shop_pricechange later
      WHERE later.variant_id = h.variant_id AND later.at <= l.listed_at
        AND (later.at, later.id) > (h.at, h.id)));
ALTER TABLE shop_pricechange ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0012_keys")]
    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
