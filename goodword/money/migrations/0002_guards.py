"""What the database itself holds about the ledger, against any SQL.

Written by hand instead of by django-pgtrigger: its wrapper opens a subtransaction at each row and
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

# Accounts never change nor go, so reading one without a lock is as good as a foreign key, and does
# not make every sale of one seller write to her account's row. Nobody chooses a txid: a forged one
# could hide an entry behind a snapshot.
ADMIT = """
CREATE FUNCTION money_entry_admit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    taken text := (SELECT currency FROM money_account WHERE id = NEW.account_id);
BEGIN
    IF taken IS NULL THEN
        RAISE EXCEPTION 'there is no account %', NEW.account_id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    IF taken <> NEW.currency THEN
        RAISE EXCEPTION 'account % takes %, not %', NEW.account_id, taken, NEW.currency
            USING ERRCODE = 'check_violation';
    END IF;
    NEW.txid := pg_current_xact_id();
    RETURN NEW;
END $$;

CREATE TRIGGER money_entry_admit BEFORE INSERT ON money_entry
    FOR EACH ROW EXECUTE FUNCTION money_entry_admit();
"""

BALANCED = """
CREATE FUNCTION money_assert_balanced(which uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    entries bigint;
    uneven text;
BEGIN
    SELECT sum(c.entries), string_agg(c.currency || ' ' || c.rest, ', ') FILTER (WHERE c.rest <> 0)
      INTO entries, uneven
      FROM (SELECT currency, count(*) AS entries, sum(direction * amount) AS rest
              FROM money_entry WHERE transfer_id = which GROUP BY currency) AS c;
    IF coalesce(entries, 0) < 2 THEN
        RAISE EXCEPTION 'transfer % has fewer than two entries', which
            USING ERRCODE = 'check_violation';
    END IF;
    IF uneven IS NOT NULL THEN
        RAISE EXCEPTION 'transfer % does not sum to zero: %', which, uneven
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION money_transfer_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM money_assert_balanced(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION money_entry_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM money_transfer WHERE id = NEW.transfer_id) THEN
        RAISE EXCEPTION 'there is no transfer %', NEW.transfer_id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    PERFORM money_assert_balanced(NEW.transfer_id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER money_transfer_balanced AFTER INSERT ON money_transfer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION money_transfer_balanced();
CREATE CONSTRAINT TRIGGER money_entry_balanced AFTER INSERT ON money_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION money_entry_balanced();
"""

UNDO = """
DROP TRIGGER money_append_only ON money_account;
DROP TRIGGER money_append_only ON money_transfer;
DROP TRIGGER money_append_only ON money_entry;
DROP TRIGGER money_entry_admit ON money_entry;
DROP TRIGGER money_transfer_balanced ON money_transfer;
DROP TRIGGER money_entry_balanced ON money_entry;
DROP FUNCTION money_append_only, money_entry_admit, money_transfer_balanced, money_entry_balanced,
    money_assert_balanced;
"""


class Migration(migrations.Migration):
    dependencies = [("money", "0001_initial")]
    operations = [migrations.RunSQL([APPEND_ONLY, ADMIT, BALANCED], UNDO)]
