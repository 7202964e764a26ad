"""What the database itself holds about the ledger, against any SQL.

Written by hand instead of by django-pgtrigger, whose wrapper opens a subtransaction at each row and
can be switched off by a setting. See docs/decisions/0005-ledger.md.
"""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION money_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: no % on %', lower(TG_OP), TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER money_append_only BEFORE UPDATE OR DELETE ON money_account
    FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER money_append_only BEFORE UPDATE OR DELETE ON money_transfer
    FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER money_append_only BEFORE UPDATE OR DELETE ON money_entry
    FOR EACH ROW EXECUTE FUNCTION money_append_only();
"""

# A session keeps the plans of its functions. One made while the tables were empty would read them
# whole at each posting until the next ANALYZE: hence `enable_seqscan = off`, here and below.
#
# Accounts and transfers never change nor go, so reading one without a lock is as good as a foreign
# key, and does not make every sale of one seller write to her account's row. Nobody chooses a txid:
# a forged one could hide an entry behind a snapshot.
ADMIT = """
CREATE FUNCTION money_entry_admit() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
    taken text := (SELECT currency FROM money_account WHERE id = NEW.account_id);
    declared int := (SELECT lines FROM money_transfer WHERE id = NEW.transfer_id);
BEGIN
    IF taken IS NULL THEN
        RAISE EXCEPTION 'there is no account %', NEW.account_id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    IF declared IS NULL THEN
        RAISE EXCEPTION 'there is no transfer %', NEW.transfer_id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    IF taken <> NEW.currency THEN
        RAISE EXCEPTION 'account % takes %, not %', NEW.account_id, taken, NEW.currency
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.line NOT BETWEEN 1 AND declared THEN
        RAISE EXCEPTION 'transfer % has % entries, no number %', NEW.transfer_id, declared, NEW.line
            USING ERRCODE = 'check_violation';
    END IF;
    NEW.txid := pg_current_xact_id();
    RETURN NEW;
END $$;

CREATE TRIGGER money_entry_admit BEFORE INSERT ON money_entry
    FOR EACH ROW EXECUTE FUNCTION money_entry_admit();
"""

# One check for each transfer, when it commits. It finds all the entries that the transfer declared;
# their numbers are then taken for good, so none can be added after it.
BALANCED = """
CREATE FUNCTION money_transfer_balanced() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
    found bigint;
    uneven text;
BEGIN
    SELECT sum(c.entries), string_agg(c.currency || ' ' || c.rest, ', ') FILTER (WHERE c.rest <> 0)
      INTO found, uneven
      FROM (SELECT currency, count(*) AS entries, sum(direction * amount) AS rest
              FROM money_entry WHERE transfer_id = NEW.id GROUP BY currency) AS c;
    IF NEW.lines < 2 OR found IS DISTINCT FROM NEW.lines THEN
        RAISE EXCEPTION 'transfer % needs two entries or more; it declares % and has %',
            NEW.id, NEW.lines, coalesce(found, 0)
            USING ERRCODE = 'check_violation';
    END IF;
    IF uneven IS NOT NULL THEN
        RAISE EXCEPTION 'transfer % does not sum to zero: %', NEW.id, uneven
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER money_transfer_balanced AFTER INSERT ON money_transfer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION money_transfer_balanced();
"""

UNDO = """
DROP TRIGGER money_append_only ON money_account;
DROP TRIGGER money_append_only ON money_transfer;
DROP TRIGGER money_append_only ON money_entry;
DROP TRIGGER money_entry_admit ON money_entry;
DROP TRIGGER money_transfer_balanced ON money_transfer;
DROP FUNCTION money_append_only, money_entry_admit, money_transfer_balanced;
"""


class Migration(migrations.Migration):
    dependencies = [("money", "0001_initial")]
    operations = [migrations.RunSQL([APPEND_ONLY, ADMIT, BALANCED], UNDO)]
