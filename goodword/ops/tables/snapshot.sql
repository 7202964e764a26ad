-- Every table as the migrations below make them of an empty database, so that a new house need not
-- run them. Written by script/snapshot, never by hand. docs/decisions/0087-snapshot.md
-- made with PostgreSQL 18, Django 5.2.19, django-allauth 65.21.1, django-pgtrigger 4.17.0, procrastinate 3.10.0
-- holds account 0001_initial 6f27ff6bdf57
-- holds account 0002_email_max_length c956ab7a3c36
-- holds account 0003_alter_emailaddress_create_unique_verified_email 66b6f1939621
-- holds account 0004_alter_emailaddress_drop_unique_email ebc6317e90c4
-- holds account 0005_emailaddress_idx_upper_email e7569f1662da
-- holds account 0006_emailaddress_lower 54adb08cb3fb
-- holds account 0007_emailaddress_idx_email 87fad70bfde8
-- holds account 0008_emailaddress_unique_primary_email_fixup 794bf875bdbe
-- holds account 0009_emailaddress_unique_primary_email 79762cfa7b1e
-- holds auth 0001_initial 845cff319606
-- holds auth 0002_alter_permission_name_max_length feaf97e0e8f7
-- holds auth 0003_alter_user_email_max_length 9d5657b4db98
-- holds auth 0004_alter_user_username_opts 9538db342c9a
-- holds auth 0005_alter_user_last_login_null 79f60a35dc00
-- holds auth 0006_require_contenttypes_0002 00cb16e3405f
-- holds auth 0007_alter_validators_add_error_messages 115db87dc327
-- holds auth 0008_alter_user_username_max_length 02857f65f7d6
-- holds auth 0009_alter_user_last_name_max_length 19a89500e7f1
-- holds auth 0010_alter_group_name_max_length 0963ed6498ac
-- holds auth 0011_update_proxy_permissions 85a5dde708dc
-- holds auth 0012_alter_user_first_name_max_length 6cefbc9f8090
-- holds care 0001_initial 1a7da225b5e7
-- holds care 0002_claims cf5b466fb1ad
-- holds circle 0001_initial 689f65da83bb
-- holds circle 0002_invitations_and_notes 99a6fd2cd6ec
-- holds circle 0003_edits eed946b74e05
-- holds circle 0004_voice d1e18b3f7f5d
-- holds circle 0005_words db73d89abe0a
-- holds circle 0006_links 2fb653f3d859
-- holds circle 0007_friendship_circle_digested bd5f1f9b7765
-- holds circle 0008_by_listing bac4a2edc64f
-- holds circle 0009_liked_listing 98364926c09f
-- holds circle 0010_taken_back c9c98a6e51c5
-- holds circle 0011_former_groups 1d2dcf5eaffd
-- holds contenttypes 0001_initial 35ed8489a147
-- holds contenttypes 0002_remove_content_type_name 7d3649407575
-- holds journal 0001_initial 5e39cd425f08
-- holds kit 0001_initial 5c99ed1f6ca3
-- holds kit 0002_quiet_jobs 10ce20069b5d
-- holds kit 0003_rules_by 9aa8588eef5c
-- holds mfa 0001_initial a42b6353f2ed
-- holds mfa 0002_authenticator_timestamps b6566eb07301
-- holds mfa 0003_authenticator_type_uniq 88550a456154
-- holds money 0001_initial a7d53605c8b8
-- holds money 0002_guards 9ec157e6170e
-- holds money 0003_post 43eea0e1355c
-- holds money 0004_look e30e0def9816
-- holds money 0005_refunds_by_hand 7d4b3e189bc0
-- holds money 0006_gateways 5e2f43b95337
-- holds money 0007_line_holds a39a77973cac
-- holds money 0008_post_holds 4d0aa784c5fc
-- holds money 0009_payouts 1aacc4c8bd0a
-- holds money 0010_outside 647c26b7bb62
-- holds money 0011_transfers 5e6a798f1772
-- holds money 0012_fees eacf02be854d
-- holds money 0013_papers 0c5b5efd51ed
-- holds money 0014_post_by_key b8d33c01e8d4
-- holds money 0015_claims 381f6a261328
-- holds money 0016_reports 8fe957ce8778
-- holds money 0017_sharing c7ff64f9c38f
-- holds money 0018_paper_head a186facc2bab
-- holds money 0019_bills 83519c4ea0f2
-- holds money 0020_last_look a24ca62b63c2
-- holds money 0021_quick_moves 4673ac65bd0d
-- holds money 0022_known_accounts ad9a0bc15fe2
-- holds notices 0001_initial b82b5db41ad5
-- holds notices 0002_wishes ebaf8c88d290
-- holds notices 0003_subject b9e98388d0f7
-- holds ops 0001_initial 8fd5a3cc1e4e
-- holds ops 0002_archive c2b0794ffbba
-- holds orders 0001_initial 7fc0651a0a1b
-- holds orders 0002_former_buyers ee6e3bc6b92b
-- holds orders 0003_signatures 8eba941284bd
-- holds orders 0004_line_holds 9a4408518d8c
-- holds orders 0005_address_book 214842d6cd22
-- holds orders 0006_by_hand 55794817b203
-- holds orders 0007_gateway_chosen 4fae8ab17497
-- holds orders 0008_tracking 8da36d87622d
-- holds orders 0009_digital c656d9259a9e
-- holds orders 0010_corrected 8719661e44d7
-- holds orders 0011_one_sum 9d834b6ac093
-- holds people 0001_initial 3a389976246c
-- holds people 0002_seal_second_steps 056c3ae843ad
-- holds people 0003_findable a628106aee4d
-- holds people 0004_leaving 08b8bb580a29
-- holds procrastinate 0001_initial be81516c79d0
-- holds procrastinate 0002_drop_started_at_column 2ead163c1ce2
-- holds procrastinate 0003_drop_started_at_column 740f2d8ff02c
-- holds procrastinate 0004_drop_procrastinate_version_table 9f48b76f59a9
-- holds procrastinate 0005_fix_procrastinate_fetch_job 6a8e4055ab8e
-- holds procrastinate 0006_fix_trigger_status_events_insert d9d2f532a094
-- holds procrastinate 0007_add_queueing_lock_column dc12645a882f
-- holds procrastinate 0008_close_fetch_job_race_condition 74c7c44a68d3
-- holds procrastinate 0009_add_defer_job_function b9d529f1bb14
-- holds procrastinate 0010_add_procrastinate_periodic_defers bd1aa56a04f8
-- holds procrastinate 0011_add_foreign_key_index 25cc09144811
-- holds procrastinate 0012_add_locks_to_periodic_defer 7cf8863ace39
-- holds procrastinate 0013_fix_procrastinate_defer_periodic_job 4d5072911b8c
-- holds procrastinate 0014_add_finish_job_and_retry_job_functions 20ebed9ca302
-- holds procrastinate 0015_add_trigger_on_job_deletion 41bec3a5111f
-- holds procrastinate 0016_delete_finished_jobs aa4d841aae25
-- holds procrastinate 0017_add_checks_to_finish_job fa9f208ddf33
-- holds procrastinate 0018_add_checks_to_retry_job 893bfc867f15
-- holds procrastinate 0019_fix_finish_job_compat_issue 4c85f00a990b
-- holds procrastinate 0020_add_index_on_procrastinate_jobs 5a93c4ea92b8
-- holds procrastinate 0021_add_kwargs_to_defer_periodic_job 88dd3371cbde
-- holds procrastinate 0022_null_locks_excluded 2d5b088f88e8
-- holds procrastinate 0023_remove_old_finish_job_function 89267383eac7
-- holds procrastinate 0024_job_id_bigint 27108dc62abe
-- holds procrastinate 0025_add_models 29580ceb9d30
-- holds procrastinate 0026_add_job_priority 4f7746b8edef
-- holds procrastinate 0027_add_periodic_job_priority 17e24782e5f4
-- holds procrastinate 0028_add_cancel_states 2831656624aa
-- holds procrastinate 0029_add_additional_params_to_retry_job 50d48f155234
-- holds procrastinate 0030_alter_procrastinateevent_options 94486414b944
-- holds procrastinate 0031_add_indexes_for_fetch_job c7235c71c0c0
-- holds procrastinate 0032_pre_cancel_notification 42c97f730f7f
-- holds procrastinate 0033_post_cancel_notification 8bd0e84d1e45
-- holds procrastinate 0034_pre_add_heartbeat 844ed448222b
-- holds procrastinate 0035_post_add_heartbeat 0cbd71b8406c
-- holds procrastinate 0036_add_worker_model f996e8059968
-- holds procrastinate 0037_pre_batch_defer_jobs 0d7d4294e8aa
-- holds procrastinate 0038_post_batch_defer_jobs 503152d687e3
-- holds procrastinate 0039_pre_priority_lock_fetch_job aba2087cb2b6
-- holds procrastinate 0040_pre_retry_failed_job f6d2a552fbbc
-- holds procrastinate 0041_post_retry_failed_job 2c8dc359b303
-- holds reach 0001_initial 26227d902f57
-- holds reach 0002_visits 3fd5f8807870
-- holds reach 0003_digest 700a647a0b96
-- holds reach 0004_pace 21037e280b60
-- holds reach 0005_learning a736276ba820
-- holds reach 0006_interests 05a13cdf0a60
-- holds reach 0007_selling 4a143df10290
-- holds reach 0008_seen 26330139ddbb
-- holds reach 0009_laid b4f644aa277a
-- holds reach 0010_leanings 1ac854fcfb0d
-- holds reach 0011_weights 8f90b75da899
-- holds sessions 0001_initial 2aa438e2393e
-- holds shop 0001_initial e77727578edf
-- holds shop 0002_import_running 57562bcf01a9
-- holds shop 0003_words 61e3e4d3308f
-- holds shop 0004_shipping_templates 4902167d5522
-- holds shop 0005_import_formats ac5f8f8dac40
-- holds shop 0006_quotes 0c8bff99a54c
-- holds shop 0007_interests ebd911bed0b4
-- holds shop 0008_sellers c952d38a1592
-- holds shop 0009_undeclared 8d5e4cd3e500
-- holds shop 0010_plans_and_papers b96f28f04535
-- holds shop 0011_digital 52c7bfd43191
-- holds shop 0012_keys 7de8582e2f66
-- holds shop 0013_applied_prices 9e94ff82b1f5
-- holds shop 0014_hidden_papers 1461ee21147e
-- holds usersessions 0001_initial b5d23c8ce064

CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);


CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);


CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);


CREATE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
                DECLARE
                    _pgtrigger_ignore TEXT[];
                    _result BOOLEAN;
                BEGIN
                    BEGIN
                        SELECT INTO _pgtrigger_ignore
                            CURRENT_SETTING('pgtrigger.ignore');
                        EXCEPTION WHEN OTHERS THEN
                    END;
                    IF _pgtrigger_ignore IS NOT NULL THEN
                        SELECT trigger_name = ANY(_pgtrigger_ignore)
                        INTO _result;
                        RETURN _result;
                    ELSE
                        RETURN FALSE;
                    END IF;
                END;
            $$;


CREATE FUNCTION public.money_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: no % on %', lower(TG_OP), TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;


CREATE FUNCTION public.money_entry_admit() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    AS $$
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


CREATE FUNCTION public.money_post(transfers jsonb, entries jsonb, holds jsonb) RETURNS integer
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    AS $$
DECLARE
    posted int;
    part record;
BEGIN
    INSERT INTO money_transfer (
        id, owner, key, digest, kind, "order", lines, reason, corrects, created_at)
    SELECT t.id, t.owner, t.key, decode(t.digest, 'hex'), t.kind, t."order", t.lines, t.reason,
           t.corrects, t.created_at
      FROM jsonb_to_recordset(transfers) AS t(
           id uuid, owner uuid, key text, digest text, kind text, "order" uuid, lines int,
           reason text, corrects uuid, created_at timestamptz)
        ON CONFLICT (owner, key) DO NOTHING;
    GET DIAGNOSTICS posted = ROW_COUNT;
    IF posted = 0 THEN
        RETURN 0;
    END IF;
    IF posted < jsonb_array_length(transfers) THEN
        RAISE EXCEPTION 'some of these keys were used before' USING ERRCODE = 'unique_violation';
    END IF;

    INSERT INTO money_account (id, holder_id, kind, currency, "order", gateway)
    SELECT e.account, e.holder, e.kind, e.currency, e."order", e.gateway
      FROM jsonb_to_recordset(entries) AS e(
           account uuid, holder uuid, kind text, currency text, "order" uuid, gateway text)
     WHERE (SELECT true FROM money_account a WHERE a.id = e.account) IS NULL
     ORDER BY e.account
        ON CONFLICT (id) DO NOTHING;

    INSERT INTO money_entry (transfer_id, line, owner, account_id, direction, amount, currency)
    SELECT e.transfer, e.line, e.owner, e.account, e.direction, e.amount, e.currency
      FROM jsonb_to_recordset(entries) AS e(
           transfer uuid, line int, owner uuid, account uuid, direction int, amount bigint,
           currency text);

    IF holds -> 0 ? 'captured' THEN
        INSERT INTO money_hold (
            id, "order", buyer_id, seller_id, payment_id, currency, fee, captured, released,
            refunded, state, held_at)
        SELECT h.id, h."order", h.buyer, h.seller, h.payment, h.currency, h.fee, h.captured, 0, 0,
               h.state, h.held_at
          FROM jsonb_to_recordset(holds) AS h(
               id uuid, "order" uuid, buyer uuid, seller uuid, payment uuid, currency text,
               fee bigint, captured bigint, state text, held_at timestamptz);
    ELSIF holds IS NOT NULL THEN
        FOR part IN
            SELECT * FROM jsonb_to_recordset(holds) AS h(
                id uuid, released bigint, refunded bigint, state text, resolved_at timestamptz,
                release_transfer uuid)
             ORDER BY id
        LOOP
            UPDATE money_hold AS m
               SET released = m.released + part.released, refunded = m.refunded + part.refunded,
                   state = part.state, resolved_at = coalesce(m.resolved_at, part.resolved_at),
                   release_transfer = coalesce(m.release_transfer, part.release_transfer)
             WHERE m.id = part.id;
        END LOOP;
    END IF;
    RETURN posted;
END $$;


CREATE FUNCTION public.money_transfer_balanced() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    AS $$
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


CREATE FUNCTION public.pgtrigger_address_0c7be() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_append_only_6d2d9() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_append_only_894f1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_append_only_a8d2c() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_kept_060f1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_kept_940a2() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_link_c7449() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
PERFORM pg_advisory_xact_lock(hashtextextended(NEW.owner::text, 0));
SELECT e.seq, e.digest INTO NEW.seq, NEW.previous
  FROM journal_entry e WHERE e.owner = NEW.owner ORDER BY e.seq DESC LIMIT 1;
NEW.seq := coalesce(NEW.seq, 0) + 1;
NEW.previous := coalesce(NEW.previous, '\x'::bytea);
NEW.digest := sha256(NEW.previous || convert_to(concat_ws(E'\x1f',
    NEW.owner, NEW.seq, coalesce(NEW.actor::text, '-'), NEW.verb, NEW.subject,
    to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), NEW.body), 'UTF8'));
RETURN NEW;

                END;
            $$;


CREATE FUNCTION public.pgtrigger_moves_038ed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_moves_046bb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_moves_26e98() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_moves_6e838() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_moves_8fe17() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                DECLARE _is_valid_transition BOOLEAN;
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    SELECT CONCAT(OLD."state", ':', NEW."state") = ANY('{awaiting_payment:cancelled,awaiting_payment:expired,awaiting_payment:held,awaiting_payment:refunded,handed_over:received,handed_over:refunded,handed_over:released,held:cancelled,held:handed_over,held:refunded,held:shipped,received:refunded,received:released,released:completed,released:refunded,shipped:received,shipped:refunded,shipped:released}'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION 'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_moves_93c7f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                DECLARE _is_valid_transition BOOLEAN;
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    SELECT CONCAT(OLD."state", ':', NEW."state") = ANY('{asked:closed,asked:decided,asked:evidence,asked:operator,asked:panel,asked:refunded,asked:refused,asked:settled,asked:short,asked:talking,asked:to_ship_back,coming_back:closed,coming_back:decided,coming_back:evidence,coming_back:operator,coming_back:panel,coming_back:refunded,coming_back:settled,coming_back:short,coming_back:talking,coming_back:to_ship_back,decided:closed,decided:evidence,decided:operator,decided:panel,decided:refunded,decided:settled,decided:short,decided:talking,decided:to_ship_back,evidence:closed,evidence:decided,evidence:operator,evidence:panel,evidence:refunded,evidence:settled,evidence:short,evidence:talking,evidence:to_ship_back,operator:closed,operator:decided,operator:evidence,operator:panel,operator:refunded,operator:settled,operator:short,operator:talking,operator:to_ship_back,panel:closed,panel:decided,panel:evidence,panel:operator,panel:refunded,panel:settled,panel:short,panel:talking,panel:to_ship_back,refused:closed,refused:decided,refused:evidence,refused:operator,refused:panel,refused:refunded,refused:settled,refused:short,refused:talking,refused:to_ship_back,short:closed,short:decided,short:evidence,short:operator,short:panel,short:refunded,short:settled,short:talking,short:to_ship_back,talking:closed,talking:decided,talking:evidence,talking:operator,talking:panel,talking:refunded,talking:settled,talking:short,talking:to_ship_back,to_ship_back:closed,to_ship_back:coming_back,to_ship_back:decided,to_ship_back:evidence,to_ship_back:operator,to_ship_back:panel,to_ship_back:refunded,to_ship_back:settled,to_ship_back:short,to_ship_back:talking}'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION 'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_moves_a6efe() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_moves_ad5ac() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_parts_18c09() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_promise_460c3() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_promise_912ce() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_said_27e0b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_said_63b42() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_said_b1f2c() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_sold_once_f35c9() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_taken_once_0a1d3() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_terms_1923b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_terms_47630() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_terms_6cdd4() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_terms_91519() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_terms_ac021() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_terms_c138a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_terms_ceaa7() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_terms_e712f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.pgtrigger_votes_once_d602b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;


CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;


CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;


CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;


CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);


CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;


CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;


CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;


CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;


CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;


CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;


CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;


CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;


CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;


CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);


ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);


ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);


ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);


ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);


ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.care_case (
    id uuid NOT NULL,
    reason character varying(16) NOT NULL,
    words character varying(500) NOT NULL,
    state character varying(14) NOT NULL,
    asked_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    terms jsonb NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    ended_at timestamp with time zone,
    no character varying(500) NOT NULL,
    return_address character varying(300) NOT NULL,
    carrier character varying(10) NOT NULL,
    number character varying(30) NOT NULL,
    offer_minor bigint,
    offer_by character varying(8) NOT NULL,
    secret character varying(64) NOT NULL,
    seed character varying(64) NOT NULL,
    drawn_from jsonb NOT NULL,
    decision_minor bigint,
    decision character varying(1000) NOT NULL,
    decided_by character varying(8) NOT NULL,
    appealed boolean NOT NULL,
    back_minor bigint,
    buyer_id uuid NOT NULL,
    line_id uuid NOT NULL,
    order_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    compensation_minor bigint NOT NULL,
    given_minor bigint NOT NULL,
    CONSTRAINT care_asked CHECK ((asked_minor > 0)),
    CONSTRAINT care_ended CHECK ((((ended_at IS NOT NULL) AND ((state)::text = ANY (ARRAY[('closed'::character varying)::text, ('refunded'::character varying)::text, ('settled'::character varying)::text]))) OR ((ended_at IS NULL) AND (NOT ((state)::text = ANY (ARRAY[('closed'::character varying)::text, ('refunded'::character varying)::text, ('settled'::character varying)::text])))))),
    CONSTRAINT care_state CHECK (((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('to_ship_back'::character varying)::text, ('coming_back'::character varying)::text, ('refused'::character varying)::text, ('talking'::character varying)::text, ('evidence'::character varying)::text, ('panel'::character varying)::text, ('operator'::character varying)::text, ('decided'::character varying)::text, ('short'::character varying)::text, ('closed'::character varying)::text, ('refunded'::character varying)::text, ('settled'::character varying)::text])))
);


CREATE TABLE public.care_casepicture (
    id uuid NOT NULL,
    key character varying(32) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    colour character varying(7) NOT NULL,
    sha256 bytea NOT NULL,
    dhash bigint NOT NULL,
    total_bytes integer NOT NULL,
    alt character varying(500) NOT NULL,
    "position" smallint NOT NULL,
    by character varying(8) NOT NULL,
    buyer_id uuid NOT NULL,
    case_id uuid NOT NULL,
    CONSTRAINT care_casepicture_has_pixels CHECK (((height > 0) AND (total_bytes > 0) AND (width > 0))),
    CONSTRAINT care_casepicture_height_check CHECK ((height >= 0)),
    CONSTRAINT care_casepicture_position_check CHECK (("position" >= 0)),
    CONSTRAINT care_casepicture_total_bytes_check CHECK ((total_bytes >= 0)),
    CONSTRAINT care_casepicture_width_check CHECK ((width >= 0))
);


CREATE TABLE public.care_juror (
    id uuid NOT NULL,
    vote character varying(8) NOT NULL,
    voted_at timestamp with time zone,
    case_id uuid NOT NULL,
    member_id uuid NOT NULL
);


CREATE TABLE public.care_statement (
    id uuid NOT NULL,
    by character varying(8) NOT NULL,
    words character varying(2000) NOT NULL,
    at timestamp with time zone NOT NULL,
    is_appeal boolean NOT NULL,
    buyer_id uuid NOT NULL,
    case_id uuid NOT NULL
);


CREATE TABLE public.circle_block (
    id uuid NOT NULL,
    since timestamp with time zone NOT NULL,
    blocked_id uuid NOT NULL,
    owner_id uuid NOT NULL
);


CREATE TABLE public.circle_comment (
    id uuid NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    member_id uuid NOT NULL,
    reply_to_id uuid,
    moment_id uuid NOT NULL
);


CREATE TABLE public.circle_friendrequest (
    id uuid NOT NULL,
    message character varying(200) NOT NULL,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    asked_id uuid NOT NULL,
    asker_id uuid NOT NULL,
    CONSTRAINT circle_no_self_request CHECK ((NOT (asker_id = asked_id))),
    CONSTRAINT circle_request_state CHECK (((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('accepted'::character varying)::text, ('declined'::character varying)::text, ('withdrawn'::character varying)::text, ('taken_back'::character varying)::text])))
);


CREATE TABLE public.circle_friendship (
    id uuid NOT NULL,
    since timestamp with time zone NOT NULL,
    nickname character varying(60) NOT NULL,
    groups uuid[] NOT NULL,
    life boolean NOT NULL,
    market character varying(10) NOT NULL,
    snoozed_until timestamp with time zone,
    hides_mine boolean NOT NULL,
    friend_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    note character varying(500) DEFAULT ''::character varying NOT NULL,
    former_groups uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT circle_market_dial CHECK (((market)::text = ANY (ARRAY[('on'::character varying)::text, ('digest'::character varying)::text, ('off'::character varying)::text]))),
    CONSTRAINT circle_no_self_friend CHECK ((NOT (owner_id = friend_id)))
);


CREATE TABLE public.circle_group (
    id uuid NOT NULL,
    name character varying(40) NOT NULL,
    owner_id uuid NOT NULL
);


CREATE TABLE public.circle_invitation (
    id uuid NOT NULL,
    groups uuid[] NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    taken_at timestamp with time zone,
    owner_id uuid NOT NULL,
    taken_by_id uuid
);


CREATE TABLE public.circle_like (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    member_id uuid NOT NULL,
    moment_id uuid NOT NULL,
    listing uuid
);


CREATE TABLE public.circle_linkcard (
    id uuid NOT NULL,
    url character varying(2048) NOT NULL,
    goal character varying(2048) NOT NULL,
    title character varying(200) NOT NULL,
    description character varying(500) NOT NULL,
    site_name character varying(80) NOT NULL,
    state character varying(10) NOT NULL,
    fetched timestamp with time zone,
    author_id uuid NOT NULL,
    moment_id uuid NOT NULL,
    CONSTRAINT circle_link_state CHECK (((state)::text = ANY (ARRAY[('waiting'::character varying)::text, ('shown'::character varying)::text, ('none'::character varying)::text, ('removed'::character varying)::text]))),
    CONSTRAINT circle_shown_link_says_something CHECK (((NOT ((state)::text = 'shown'::text)) OR ((NOT ((title)::text = ''::text)) AND (NOT ((goal)::text = ''::text)))))
);


CREATE TABLE public.circle_linkpicture (
    id uuid NOT NULL,
    key character varying(32) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    colour character varying(7) NOT NULL,
    sha256 bytea NOT NULL,
    dhash bigint NOT NULL,
    total_bytes integer NOT NULL,
    alt character varying(500) NOT NULL,
    "position" smallint NOT NULL,
    author_id uuid NOT NULL,
    card_id uuid NOT NULL,
    CONSTRAINT circle_linkpicture_has_pixels CHECK (((height > 0) AND (total_bytes > 0) AND (width > 0))),
    CONSTRAINT circle_linkpicture_height_check CHECK ((height >= 0)),
    CONSTRAINT circle_linkpicture_position_check CHECK (("position" >= 0)),
    CONSTRAINT circle_linkpicture_total_bytes_check CHECK ((total_bytes >= 0)),
    CONSTRAINT circle_linkpicture_width_check CHECK ((width >= 0))
);


CREATE TABLE public.circle_moment (
    id uuid NOT NULL,
    face character varying(6) NOT NULL,
    text text NOT NULL,
    state character varying(10) NOT NULL,
    audience_kind character varying(10) NOT NULL,
    audience_groups uuid[] NOT NULL,
    audience_people uuid[] NOT NULL,
    listing uuid,
    from_listing uuid,
    published_at timestamp with time zone NOT NULL,
    key character varying(64) NOT NULL,
    author_id uuid NOT NULL,
    edited_at timestamp with time zone,
    CONSTRAINT circle_audience_kind CHECK (((audience_kind)::text = ANY (ARRAY[('everyone'::character varying)::text, ('chosen'::character varying)::text, ('except'::character varying)::text, ('only_me'::character varying)::text]))),
    CONSTRAINT circle_market_sells_one CHECK (((((face)::text = 'market'::text) AND (from_listing IS NULL) AND (listing IS NOT NULL)) OR (((face)::text = 'life'::text) AND (listing IS NULL)))),
    CONSTRAINT circle_moment_state CHECK (((state)::text = ANY (ARRAY[('published'::character varying)::text, ('deleted'::character varying)::text])))
);


CREATE TABLE public.circle_momentedit (
    id uuid NOT NULL,
    text text NOT NULL,
    until timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    moment_id uuid NOT NULL
);


CREATE TABLE public.circle_momentpicture (
    id uuid NOT NULL,
    key character varying(32) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    colour character varying(7) NOT NULL,
    sha256 bytea NOT NULL,
    dhash bigint NOT NULL,
    total_bytes integer NOT NULL,
    alt character varying(500) NOT NULL,
    "position" smallint NOT NULL,
    author_id uuid NOT NULL,
    moment_id uuid NOT NULL,
    CONSTRAINT circle_momentpicture_has_pixels CHECK (((height > 0) AND (total_bytes > 0) AND (width > 0))),
    CONSTRAINT circle_momentpicture_height_check CHECK ((height >= 0)),
    CONSTRAINT circle_momentpicture_position_check CHECK (("position" >= 0)),
    CONSTRAINT circle_momentpicture_total_bytes_check CHECK ((total_bytes >= 0)),
    CONSTRAINT circle_momentpicture_width_check CHECK ((width >= 0))
);


CREATE TABLE public.circle_momentwords (
    moment_id uuid NOT NULL,
    published_at timestamp with time zone NOT NULL,
    words tsvector NOT NULL,
    author_id uuid NOT NULL
);


CREATE TABLE public.circle_settings (
    owner_id uuid NOT NULL,
    "window" interval,
    introduces boolean DEFAULT true NOT NULL
);


CREATE TABLE public.circle_voice (
    id uuid NOT NULL,
    key character varying(32) NOT NULL,
    duration interval NOT NULL,
    peaks bytea NOT NULL,
    sha256 bytea NOT NULL,
    total_bytes integer NOT NULL,
    author_id uuid NOT NULL,
    moment_id uuid NOT NULL,
    CONSTRAINT circle_voice_has_sound CHECK (((duration > '00:00:00'::interval) AND (total_bytes > 0))),
    CONSTRAINT circle_voice_total_bytes_check CHECK ((total_bytes >= 0))
);


CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);


ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


CREATE TABLE public.journal_entry (
    id uuid NOT NULL,
    owner uuid NOT NULL,
    seq bigint NOT NULL,
    actor uuid,
    verb character varying(60) NOT NULL,
    subject uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    body text NOT NULL,
    previous bytea NOT NULL,
    digest bytea NOT NULL
);


CREATE TABLE public.kit_houserule (
    id uuid NOT NULL,
    name character varying(60) NOT NULL,
    value bigint,
    since timestamp with time zone NOT NULL,
    actor uuid
);


CREATE TABLE public.kit_ratebucket (
    key character varying(200) NOT NULL,
    full_until timestamp with time zone NOT NULL
);


CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);


ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.money_account (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    currency character varying(3) NOT NULL,
    "order" uuid,
    gateway character varying(20) NOT NULL,
    holder_id uuid,
    CONSTRAINT money_account_chart CHECK (((((kind)::text = ANY (ARRAY[('fees'::character varying)::text, ('reversed'::character varying)::text, ('own'::character varying)::text])) AND ((gateway)::text = ''::text) AND (holder_id IS NULL) AND ("order" IS NULL)) OR (((kind)::text = 'gateway'::text) AND (holder_id IS NULL) AND ("order" IS NULL) AND (NOT ((gateway)::text = ''::text))) OR (((kind)::text = ANY (ARRAY[('payable'::character varying)::text, ('payout'::character varying)::text, ('reserve'::character varying)::text, ('refund'::character varying)::text, ('deposit'::character varying)::text])) AND ((gateway)::text = ''::text) AND (holder_id IS NOT NULL) AND ("order" IS NULL)) OR (((kind)::text = 'escrow'::text) AND ((gateway)::text = ''::text) AND (holder_id IS NOT NULL) AND ("order" = id))))
);


CREATE TABLE public.money_awaitedtransfer (
    key character varying(120) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    reference character varying(25) NOT NULL,
    state character varying(10) NOT NULL,
    taken bigint NOT NULL,
    arrived bigint NOT NULL,
    payer character varying(140) NOT NULL,
    account character varying(140) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT money_transfer_in_state CHECK (((state)::text = ANY (ARRAY[('awaited'::character varying)::text, ('cancelled'::character varying)::text, ('arrived'::character varying)::text])))
);


CREATE TABLE public.money_bankdetails (
    id uuid NOT NULL,
    currency character varying(3) NOT NULL,
    kind character varying(4) NOT NULL,
    sealed text NOT NULL,
    hint character varying(4) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    member_id uuid NOT NULL,
    CONSTRAINT money_details_kind CHECK (((kind)::text = ANY (ARRAY[('iban'::character varying)::text, ('card'::character varying)::text])))
);


CREATE TABLE public.money_bankline (
    id uuid NOT NULL,
    key character varying(64) NOT NULL,
    booked_on date NOT NULL,
    direction character varying(3) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    counterparty character varying(140) NOT NULL,
    account character varying(140) NOT NULL,
    text character varying(1000) NOT NULL,
    reference character varying(140) NOT NULL,
    bank_id character varying(140) NOT NULL,
    reversal boolean NOT NULL,
    taken character varying(10) NOT NULL,
    subject uuid,
    actor_id uuid,
    statement_id uuid NOT NULL,
    CONSTRAINT money_line_direction CHECK (((direction)::text = ANY (ARRAY[('in'::character varying)::text, ('out'::character varying)::text]))),
    CONSTRAINT money_line_positive CHECK ((amount > 0)),
    CONSTRAINT money_line_taken CHECK (((taken)::text = ANY (ARRAY[('open'::character varying)::text, ('payment'::character varying)::text, ('payout'::character varying)::text, ('settled'::character varying)::text, ('own'::character varying)::text])))
);


CREATE TABLE public.money_bankstatement (
    id uuid NOT NULL,
    currency character varying(3) NOT NULL,
    account character varying(140) NOT NULL,
    number character varying(140) NOT NULL,
    digest character varying(64) NOT NULL,
    opened bigint,
    closed bigint,
    opened_on date,
    closed_on date,
    lines integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    actor_id uuid NOT NULL
);


CREATE TABLE public.money_claim (
    id uuid NOT NULL,
    "order" uuid NOT NULL,
    kind character varying(12) NOT NULL,
    state character varying(6) NOT NULL,
    key character varying(120) NOT NULL,
    amount bigint NOT NULL,
    paid bigint NOT NULL,
    currency character varying(3) NOT NULL,
    reason character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    buyer_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    CONSTRAINT money_claim_kind CHECK (((kind)::text = ANY (ARRAY[('compensation'::character varying)::text, ('refund'::character varying)::text]))),
    CONSTRAINT money_claim_paid CHECK (((NOT ((state)::text = 'paid'::text)) OR (paid = amount))),
    CONSTRAINT money_claim_state CHECK (((state)::text = ANY (ARRAY[('frozen'::character varying)::text, ('due'::character varying)::text, ('paid'::character varying)::text, ('lifted'::character varying)::text]))),
    CONSTRAINT money_claim_within CHECK (((amount > 0) AND (paid >= 0) AND (paid <= amount)))
);


CREATE TABLE public.money_entry (
    owner uuid,
    line smallint NOT NULL,
    direction smallint NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    txid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    account_id uuid NOT NULL,
    transfer_id uuid NOT NULL,
    CONSTRAINT money_entry_positive CHECK ((amount > 0)),
    CONSTRAINT money_entry_side CHECK ((direction = ANY (ARRAY[1, '-1'::integer])))
);


CREATE TABLE public.money_feeband (
    id uuid NOT NULL,
    currency character varying(3) NOT NULL,
    above bigint NOT NULL,
    basis_points integer NOT NULL,
    fixed bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    actor_id uuid NOT NULL,
    CONSTRAINT money_feeband_range CHECK (((above >= 0) AND ((basis_points >= 0) AND (basis_points <= 10000)) AND (fixed >= 0)))
);


CREATE TABLE public.money_heard (
    key character varying(160) NOT NULL,
    at timestamp with time zone NOT NULL
);


CREATE TABLE public.money_hold (
    id uuid CONSTRAINT money_hold_order_not_null NOT NULL,
    currency character varying(3) NOT NULL,
    captured bigint NOT NULL,
    released bigint NOT NULL,
    refunded bigint NOT NULL,
    state character varying(10) NOT NULL,
    release_transfer uuid,
    held_at timestamp with time zone NOT NULL,
    resolved_at timestamp with time zone,
    buyer_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    "order" uuid CONSTRAINT money_hold_order_not_null1 NOT NULL,
    fee bigint NOT NULL,
    CONSTRAINT money_hold_fee CHECK (((fee >= 0) AND (fee <= captured))),
    CONSTRAINT money_hold_never_below_zero CHECK (((captured > 0) AND (refunded >= 0) AND (released >= 0) AND (captured >= (released + refunded)))),
    CONSTRAINT money_hold_resolved_whole CHECK ((((captured > refunded) AND (released = 0) AND ((state)::text = 'held'::text)) OR ((captured = (released + refunded)) AND ((state)::text = 'released'::text)) OR ((captured = refunded) AND (released = 0) AND ((state)::text = 'refunded'::text))))
);


CREATE TABLE public.money_houseaccount (
    currency character varying(3) NOT NULL,
    holder character varying(70) NOT NULL,
    number character varying(34) NOT NULL,
    bic character varying(11) NOT NULL,
    bank character varying(70) NOT NULL,
    changed_at timestamp with time zone NOT NULL
);


CREATE TABLE public.money_issuedpaper (
    id uuid NOT NULL,
    "order" uuid NOT NULL,
    number integer NOT NULL,
    reference character varying(30) NOT NULL,
    kind character varying(10) NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    currency character varying(3) NOT NULL,
    total bigint NOT NULL,
    content jsonb NOT NULL,
    digest character varying(64) NOT NULL,
    buyer_id uuid NOT NULL,
    of_id uuid,
    seller_id uuid NOT NULL,
    CONSTRAINT money_issuedpaper_number_check CHECK ((number >= 0)),
    CONSTRAINT money_paper_kind CHECK (((kind)::text = ANY (ARRAY[('invoice'::character varying)::text, ('receipt'::character varying)::text, ('credit'::character varying)::text]))),
    CONSTRAINT money_paper_of CHECK (((((kind)::text = 'credit'::text) AND (of_id IS NOT NULL)) OR ((NOT ((kind)::text = 'credit'::text)) AND (of_id IS NULL)))),
    CONSTRAINT money_paper_total CHECK ((total > 0))
);


CREATE TABLE public.money_lastlook (
    id smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    differences integer NOT NULL,
    CONSTRAINT money_lastlook_differences_check CHECK ((differences >= 0))
);


CREATE TABLE public.money_outsidecharge (
    key character varying(120) NOT NULL,
    gateway character varying(20) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    method character varying(40) NOT NULL,
    return_url character varying(300) NOT NULL,
    number character varying(120) NOT NULL,
    reference character varying(120) NOT NULL,
    page character varying(4000) NOT NULL,
    created_at timestamp with time zone NOT NULL
);


CREATE TABLE public.money_outsideday (
    id uuid NOT NULL,
    gateway character varying(20) NOT NULL,
    day date NOT NULL,
    read_at timestamp with time zone NOT NULL,
    stands jsonb NOT NULL,
    strange jsonb NOT NULL
);


CREATE TABLE public.money_outsidemove (
    key character varying(120) NOT NULL,
    amount bigint NOT NULL,
    number character varying(120) NOT NULL,
    tries smallint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    charge_id character varying(120) NOT NULL
);


CREATE TABLE public.money_outsidereport (
    gateway character varying(20) NOT NULL,
    since timestamp with time zone NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    stands jsonb NOT NULL,
    strange jsonb NOT NULL
);


CREATE TABLE public.money_papercounter (
    seller uuid NOT NULL,
    last integer NOT NULL,
    CONSTRAINT money_papercounter_last_check CHECK ((last >= 0))
);


CREATE TABLE public.money_paperfile (
    id uuid NOT NULL,
    language character varying(10) NOT NULL,
    key character varying(60) NOT NULL,
    sha256 character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    paper_id uuid NOT NULL,
    seller_id uuid NOT NULL
);


CREATE TABLE public.money_paperhead (
    id uuid NOT NULL,
    address character varying(300) NOT NULL,
    country character varying(2) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    seller_id uuid NOT NULL
);


CREATE TABLE public.money_paperline (
    id uuid NOT NULL,
    line uuid NOT NULL,
    credit boolean NOT NULL,
    minor bigint NOT NULL,
    paper_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    CONSTRAINT money_paper_line_some CHECK ((minor > 0))
);


CREATE TABLE public.money_payment (
    id uuid NOT NULL,
    "order" uuid NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    fee_percent smallint NOT NULL,
    gateway character varying(20) NOT NULL,
    method character varying(40) NOT NULL,
    key character varying(120) NOT NULL,
    digest bytea NOT NULL,
    return_url character varying(300) NOT NULL,
    state character varying(10) NOT NULL,
    reference character varying(80) NOT NULL,
    next_url character varying(4000) NOT NULL,
    reason character varying(40) NOT NULL,
    final boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    buyer_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    look bigint,
    parts jsonb NOT NULL,
    fee bigint,
    CONSTRAINT money_payment_fee CHECK (((fee_percent >= 0) AND (fee_percent <= 100))),
    CONSTRAINT money_payment_positive CHECK ((amount > 0))
);


CREATE TABLE public.money_payout (
    id uuid NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    number character varying(16) NOT NULL,
    state character varying(10) NOT NULL,
    key character varying(120) NOT NULL,
    kind character varying(4) NOT NULL,
    sealed text NOT NULL,
    hint character varying(4) NOT NULL,
    reference character varying(140) NOT NULL,
    reason character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    seller_id uuid NOT NULL,
    file_id uuid,
    CONSTRAINT money_payout_positive CHECK ((amount > 0))
);


CREATE TABLE public.money_payoutfile (
    id uuid NOT NULL,
    currency character varying(3) NOT NULL,
    house jsonb NOT NULL,
    count integer NOT NULL,
    total bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    actor_id uuid NOT NULL
);


CREATE TABLE public.money_refund (
    id uuid NOT NULL,
    transfer uuid NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    state character varying(10) NOT NULL,
    reference character varying(80) NOT NULL,
    reason character varying(40) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    buyer_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    bounces smallint NOT NULL,
    CONSTRAINT money_refund_positive CHECK ((amount > 0))
);


CREATE TABLE public.money_sandboxaccount (
    key character varying(120) NOT NULL,
    number character varying(40) NOT NULL,
    ready boolean NOT NULL
);


CREATE TABLE public.money_sandboxcharge (
    key character varying(120) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    method character varying(40) NOT NULL,
    return_url character varying(300) NOT NULL,
    state character varying(10) NOT NULL,
    refunded bigint NOT NULL,
    settles_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    calls jsonb NOT NULL,
    reversed bigint NOT NULL,
    taken bigint NOT NULL,
    CONSTRAINT money_sandbox_refunds CHECK (((refunded >= 0) AND (reversed >= 0) AND (refunded <= (taken - reversed)))),
    CONSTRAINT money_sandbox_state CHECK (((state)::text = ANY (ARRAY[(''::character varying)::text, ('captured'::character varying)::text, ('pending'::character varying)::text, ('step_up'::character varying)::text, ('declined'::character varying)::text, ('cancelled'::character varying)::text, ('reversed'::character varying)::text])))
);


CREATE TABLE public.money_sandboxrefund (
    key character varying(120) NOT NULL,
    amount bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    charge_id character varying(120) NOT NULL,
    ends_at timestamp with time zone,
    reason character varying(40) NOT NULL,
    state character varying(10) NOT NULL
);


CREATE TABLE public.money_sandboxshare (
    key character varying(120) NOT NULL,
    account character varying(40) NOT NULL,
    amount bigint NOT NULL,
    returns jsonb NOT NULL,
    charge_id character varying(120) NOT NULL
);


CREATE TABLE public.money_selleraccount (
    id uuid NOT NULL,
    gateway character varying(20) NOT NULL,
    number character varying(80) NOT NULL,
    ready boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    member_id uuid NOT NULL
);


CREATE TABLE public.money_share (
    id uuid NOT NULL,
    release uuid NOT NULL,
    "order" uuid NOT NULL,
    payment uuid NOT NULL,
    gateway character varying(20) NOT NULL,
    account character varying(80) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    state character varying(6) NOT NULL,
    back bigint NOT NULL,
    reference character varying(80) NOT NULL,
    reason character varying(40) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    seller_id uuid NOT NULL,
    CONSTRAINT money_share_state CHECK (((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('done'::character varying)::text, ('failed'::character varying)::text]))),
    CONSTRAINT money_share_within CHECK (((amount > 0) AND (back >= 0) AND (back <= amount)))
);


CREATE TABLE public.money_snapshot (
    account_id uuid NOT NULL,
    debits numeric(30,0) NOT NULL,
    credits numeric(30,0) NOT NULL,
    horizon xid8 NOT NULL,
    server bigint NOT NULL,
    rolled_at timestamp with time zone NOT NULL
);


CREATE TABLE public.money_transfer (
    id uuid NOT NULL,
    owner uuid,
    key character varying(120) NOT NULL,
    digest bytea NOT NULL,
    kind character varying(12) NOT NULL,
    "order" uuid,
    lines smallint NOT NULL,
    reason character varying(300) NOT NULL,
    corrects uuid,
    created_at timestamp with time zone NOT NULL
);


CREATE TABLE public.money_transferrefund (
    key character varying(120) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    number character varying(16) NOT NULL,
    state character varying(10) NOT NULL,
    holder character varying(140) NOT NULL,
    account character varying(140) NOT NULL,
    file uuid,
    filed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    transfer_id character varying(120) NOT NULL,
    house jsonb NOT NULL,
    CONSTRAINT money_transfer_back_state CHECK (((state)::text = ANY (ARRAY[('waits'::character varying)::text, ('sent'::character varying)::text, ('done'::character varying)::text, ('failed'::character varying)::text])))
);


CREATE TABLE public.notices_letter (
    owner uuid NOT NULL,
    at timestamp with time zone NOT NULL
);


CREATE TABLE public.notices_notice (
    id uuid NOT NULL,
    owner uuid NOT NULL,
    kind character varying(60) NOT NULL,
    subject uuid NOT NULL,
    actor uuid,
    facts jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    quiet boolean DEFAULT false NOT NULL,
    to_mail boolean DEFAULT false NOT NULL
);


CREATE TABLE public.notices_wish (
    id uuid NOT NULL,
    owner uuid NOT NULL,
    "group" character varying(40) NOT NULL,
    told character varying(5) NOT NULL,
    mail boolean NOT NULL,
    CONSTRAINT notices_told CHECK (((told)::text = ANY (ARRAY[('on'::character varying)::text, ('quiet'::character varying)::text, ('off'::character varying)::text])))
);


CREATE TABLE public.ops_archive (
    id uuid NOT NULL,
    state character varying(5) NOT NULL,
    language character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    done smallint NOT NULL,
    size bigint NOT NULL,
    ready_at timestamp with time zone,
    expires_at timestamp with time zone,
    owner_id uuid NOT NULL,
    CONSTRAINT ops_archive_done_check CHECK ((done >= 0)),
    CONSTRAINT ops_archive_state CHECK (((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('ready'::character varying)::text])))
);


CREATE TABLE public.ops_town (
    id uuid NOT NULL,
    language character varying(10) NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    built_at timestamp with time zone,
    "cast" uuid[] NOT NULL
);


CREATE TABLE public.orders_cartline (
    id uuid NOT NULL,
    quantity integer NOT NULL,
    seen_minor bigint NOT NULL,
    seen_currency character varying(3) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    buyer_id uuid NOT NULL,
    variant_id uuid NOT NULL,
    CONSTRAINT orders_cart_some CHECK ((quantity > 0)),
    CONSTRAINT orders_cartline_quantity_check CHECK ((quantity >= 0))
);


CREATE TABLE public.orders_delivereditem (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    downloads integer NOT NULL,
    fetched_at timestamp with time zone,
    buyer_id uuid NOT NULL,
    item_id uuid NOT NULL,
    line_id uuid NOT NULL,
    order_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    corrects_id uuid,
    CONSTRAINT orders_delivereditem_downloads_check CHECK ((downloads >= 0))
);


CREATE TABLE public.orders_handover (
    order_id uuid NOT NULL,
    code character varying(6) NOT NULL,
    until timestamp with time zone NOT NULL,
    wrong smallint NOT NULL,
    used_at timestamp with time zone,
    buyer_id uuid NOT NULL
);


CREATE TABLE public.orders_order (
    id uuid NOT NULL,
    key character varying(64) NOT NULL,
    digest bytea NOT NULL,
    goods_minor bigint NOT NULL,
    shipping_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    gateway character varying(20) NOT NULL,
    custodian character varying(80) NOT NULL,
    address jsonb NOT NULL,
    note character varying(300) NOT NULL,
    terms jsonb NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    completed_at timestamp with time zone,
    buyer_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    shop_id uuid NOT NULL,
    CONSTRAINT orders_sum CHECK (((goods_minor > 0) AND (shipping_minor >= 0)))
);


CREATE TABLE public.orders_orderline (
    id uuid NOT NULL,
    state character varying(16) NOT NULL,
    quantity integer NOT NULL,
    unit_minor bigint NOT NULL,
    shipping_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    snapshot jsonb NOT NULL,
    digest character varying(64) NOT NULL,
    ship_within interval NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    paid_at timestamp with time zone,
    shipped_at timestamp with time zone,
    received_at timestamp with time zone,
    released_at timestamp with time zone,
    ended_at timestamp with time zone,
    delivery character varying(10) NOT NULL,
    extended boolean NOT NULL,
    cancel_asked_at timestamp with time zone,
    buyer_id uuid NOT NULL,
    listing_id uuid NOT NULL,
    order_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    variant_id uuid NOT NULL,
    shipment_id uuid,
    signature text NOT NULL,
    kept_at timestamp with time zone,
    paused_at timestamp with time zone,
    paused_for interval NOT NULL,
    delivered_at timestamp with time zone,
    CONSTRAINT orders_ended CHECK ((((ended_at IS NOT NULL) AND ((state)::text = ANY (ARRAY[('cancelled'::character varying)::text, ('completed'::character varying)::text, ('expired'::character varying)::text, ('refunded'::character varying)::text]))) OR ((ended_at IS NULL) AND (NOT ((state)::text = ANY (ARRAY[('cancelled'::character varying)::text, ('completed'::character varying)::text, ('expired'::character varying)::text, ('refunded'::character varying)::text])))))),
    CONSTRAINT orders_line_sum CHECK (((quantity > 0) AND (shipping_minor >= 0) AND (unit_minor > 0))),
    CONSTRAINT orders_orderline_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT orders_state CHECK (((state)::text = ANY (ARRAY[('awaiting_payment'::character varying)::text, ('held'::character varying)::text, ('shipped'::character varying)::text, ('handed_over'::character varying)::text, ('received'::character varying)::text, ('released'::character varying)::text, ('completed'::character varying)::text, ('expired'::character varying)::text, ('cancelled'::character varying)::text, ('refunded'::character varying)::text])))
);


CREATE TABLE public.orders_savedaddress (
    id uuid NOT NULL,
    address jsonb NOT NULL,
    is_default boolean NOT NULL,
    used_at timestamp with time zone NOT NULL,
    owner_id uuid NOT NULL
);


CREATE TABLE public.orders_scan (
    id uuid NOT NULL,
    number character varying(30) NOT NULL,
    kind character varying(10) NOT NULL,
    said_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    place character varying(200) NOT NULL,
    words character varying(200) NOT NULL,
    read_at timestamp with time zone NOT NULL,
    buyer_id uuid NOT NULL,
    order_id uuid NOT NULL,
    shipment_id uuid NOT NULL,
    CONSTRAINT orders_scan_kind CHECK (((kind)::text = ANY (ARRAY[('accepted'::character varying)::text, ('moving'::character varying)::text, ('customs'::character varying)::text, ('out'::character varying)::text, ('delivered'::character varying)::text, ('failed'::character varying)::text, ('returning'::character varying)::text])))
);


CREATE TABLE public.orders_shipment (
    id uuid NOT NULL,
    carrier character varying(10) NOT NULL,
    number character varying(30) NOT NULL,
    at timestamp with time zone NOT NULL,
    buyer_id uuid NOT NULL,
    order_id uuid NOT NULL,
    seller_id uuid NOT NULL
);


CREATE TABLE public.orders_strayscan (
    id uuid NOT NULL,
    why character varying(10) NOT NULL,
    unread character varying(12) NOT NULL,
    source character varying(200) NOT NULL,
    "row" integer NOT NULL,
    digest bytea NOT NULL,
    carrier character varying(10) NOT NULL,
    number character varying(30) NOT NULL,
    kind character varying(10) NOT NULL,
    said_at timestamp with time zone,
    place character varying(200) NOT NULL,
    text character varying(200) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT orders_stray_why CHECK (((why)::text = ANY (ARRAY[('unknown'::character varying)::text, ('several'::character varying)::text, ('before'::character varying)::text, ('unread'::character varying)::text]))),
    CONSTRAINT orders_strayscan_row_check CHECK (("row" >= 0))
);


CREATE TABLE public.orders_timer (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    job bigint,
    done_at timestamp with time zone,
    rang boolean NOT NULL,
    buyer_id uuid NOT NULL,
    line_id uuid NOT NULL,
    order_id uuid NOT NULL
);


CREATE TABLE public.orders_trackingsource (
    name character varying(240) NOT NULL,
    mark character varying(80) NOT NULL,
    whole boolean NOT NULL,
    read_at timestamp with time zone NOT NULL,
    said integer NOT NULL,
    strays integer NOT NULL,
    CONSTRAINT orders_trackingsource_said_check CHECK ((said >= 0)),
    CONSTRAINT orders_trackingsource_strays_check CHECK ((strays >= 0))
);


CREATE TABLE public.people_apitoken (
    id uuid NOT NULL,
    name character varying(60) NOT NULL,
    digest bytea NOT NULL,
    hint character varying(8) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_on date,
    revoked_at timestamp with time zone,
    owner_id uuid NOT NULL
);


CREATE TABLE public.people_claim (
    value character varying(300) NOT NULL,
    claimed_at timestamp with time zone NOT NULL,
    member_id uuid NOT NULL
);


CREATE TABLE public.people_face (
    id uuid NOT NULL,
    key character varying(32) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    colour character varying(7) NOT NULL,
    sha256 bytea NOT NULL,
    dhash bigint NOT NULL,
    total_bytes integer NOT NULL,
    alt character varying(500) NOT NULL,
    "position" smallint NOT NULL,
    owner_id uuid NOT NULL,
    CONSTRAINT people_face_has_pixels CHECK (((height > 0) AND (total_bytes > 0) AND (width > 0))),
    CONSTRAINT people_face_height_check CHECK ((height >= 0)),
    CONSTRAINT people_face_position_check CHECK (("position" >= 0)),
    CONSTRAINT people_face_total_bytes_check CHECK ((total_bytes >= 0)),
    CONSTRAINT people_face_width_check CHECK ((width >= 0))
);


CREATE TABLE public.people_findable (
    member_id uuid NOT NULL,
    name text NOT NULL,
    by_name boolean DEFAULT true NOT NULL
);


CREATE TABLE public.people_member (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    id uuid NOT NULL,
    handle character varying(30) NOT NULL,
    email character varying(254) NOT NULL,
    display_name character varying(60) NOT NULL,
    bio character varying(300) NOT NULL,
    language character varying(10) NOT NULL,
    region character varying(2) NOT NULL,
    theme character varying(5) NOT NULL,
    is_operator boolean NOT NULL,
    is_active boolean NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    avatar_version character varying(12) NOT NULL,
    leaving_at timestamp with time zone,
    left_at timestamp with time zone
);


CREATE TABLE public.people_shelved (
    key character varying(255) NOT NULL,
    value jsonb,
    until timestamp with time zone
);


CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);


CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;


CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;


CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);


CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;


CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.reach_digest (
    id uuid NOT NULL,
    day date NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    reader_id uuid NOT NULL
);


CREATE TABLE public.reach_entry (
    face character varying(6) NOT NULL,
    published_at timestamp with time zone NOT NULL,
    moment uuid NOT NULL,
    author uuid NOT NULL,
    reader_id uuid NOT NULL
);


CREATE TABLE public.reach_forecast (
    moment uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    start integer NOT NULL,
    audience integer NOT NULL,
    expected jsonb NOT NULL,
    looks double precision NOT NULL,
    turns double precision NOT NULL,
    seen jsonb NOT NULL,
    opened integer NOT NULL,
    settled_at timestamp with time zone,
    seller_id uuid NOT NULL,
    CONSTRAINT reach_forecast_audience_check CHECK ((audience >= 0)),
    CONSTRAINT reach_forecast_opened_check CHECK ((opened >= 0))
);


CREATE TABLE public.reach_impression (
    moment uuid NOT NULL,
    seller uuid NOT NULL,
    after_at timestamp with time zone,
    after_moment uuid,
    seen_at timestamp with time zone,
    opened_at timestamp with time zone,
    dismissed_at timestamp with time zone,
    reader_id uuid NOT NULL,
    rest uuid[] NOT NULL,
    CONSTRAINT reach_card_or_elsewhere CHECK ((((after_at IS NULL) AND (after_moment IS NULL) AND (rest = '{}'::uuid[])) OR ((after_at IS NOT NULL) AND (after_moment IS NOT NULL)))),
    CONSTRAINT reach_laid_or_seen CHECK (((seen_at IS NOT NULL) OR ((after_at IS NOT NULL) AND (dismissed_at IS NULL) AND (opened_at IS NULL))))
);


CREATE TABLE public.reach_interest (
    interest character varying(20) NOT NULL,
    owner_id uuid NOT NULL
);


CREATE TABLE public.reach_leaning (
    listing uuid NOT NULL,
    tastes double precision[] NOT NULL,
    lift double precision NOT NULL
);


CREATE TABLE public.reach_learning (
    owner_id uuid NOT NULL,
    since timestamp with time zone NOT NULL
);


CREATE TABLE public.reach_lesson (
    id uuid NOT NULL,
    taught_at timestamp with time zone NOT NULL,
    people integer NOT NULL,
    listings integer NOT NULL,
    person double precision NOT NULL,
    friends double precision NOT NULL,
    crowd double precision NOT NULL,
    said double precision NOT NULL,
    CONSTRAINT reach_lesson_listings_check CHECK ((listings >= 0)),
    CONSTRAINT reach_lesson_people_check CHECK ((people >= 0))
);


CREATE TABLE public.reach_near (
    listing uuid NOT NULL,
    other uuid NOT NULL,
    weight double precision NOT NULL,
    rest double precision NOT NULL,
    people integer NOT NULL,
    CONSTRAINT reach_near_people_check CHECK ((people >= 0))
);


CREATE TABLE public.reach_reader (
    member_id uuid NOT NULL,
    every smallint,
    read_in integer,
    CONSTRAINT reach_reader_every_check CHECK ((every >= 0))
);


CREATE TABLE public.reach_reading (
    hour integer NOT NULL,
    reader_id uuid NOT NULL
);


CREATE TABLE public.reach_rhythm (
    seller_id uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    friends integer NOT NULL,
    means jsonb NOT NULL,
    widths jsonb NOT NULL,
    slots jsonb NOT NULL,
    tallies jsonb NOT NULL,
    CONSTRAINT reach_rhythm_friends_check CHECK ((friends >= 0))
);


CREATE TABLE public.reach_slot (
    moment uuid NOT NULL,
    "position" smallint NOT NULL,
    since timestamp with time zone,
    "out" boolean NOT NULL,
    seller_id uuid NOT NULL,
    CONSTRAINT reach_out_or_since CHECK (((NOT "out") OR (since IS NULL))),
    CONSTRAINT reach_slot_position_check CHECK (("position" >= 0))
);


CREATE TABLE public.reach_visit (
    lens character varying(6) NOT NULL,
    line_at timestamp with time zone,
    line_moment uuid,
    top_at timestamp with time zone,
    top_moment uuid,
    looked_at timestamp with time zone NOT NULL,
    reader_id uuid NOT NULL
);


CREATE TABLE public.reach_week (
    start date NOT NULL,
    readers integer NOT NULL,
    sellers integer NOT NULL,
    cards integer NOT NULL,
    shown integer NOT NULL,
    opened integer NOT NULL,
    opened_by integer NOT NULL,
    waved integer NOT NULL,
    waved_by integer NOT NULL,
    turned integer NOT NULL,
    turned_by integer NOT NULL,
    sold integer NOT NULL,
    sold_by integer NOT NULL,
    CONSTRAINT reach_week_cards_check CHECK ((cards >= 0)),
    CONSTRAINT reach_week_opened_by_check CHECK ((opened_by >= 0)),
    CONSTRAINT reach_week_opened_check CHECK ((opened >= 0)),
    CONSTRAINT reach_week_readers_check CHECK ((readers >= 0)),
    CONSTRAINT reach_week_sellers_check CHECK ((sellers >= 0)),
    CONSTRAINT reach_week_shown_check CHECK ((shown >= 0)),
    CONSTRAINT reach_week_sold_by_check CHECK ((sold_by >= 0)),
    CONSTRAINT reach_week_sold_check CHECK ((sold >= 0)),
    CONSTRAINT reach_week_turned_by_check CHECK ((turned_by >= 0)),
    CONSTRAINT reach_week_turned_check CHECK ((turned >= 0)),
    CONSTRAINT reach_week_waved_by_check CHECK ((waved_by >= 0)),
    CONSTRAINT reach_week_waved_check CHECK ((waved >= 0))
);


CREATE TABLE public.shop_declaration (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    state character varying(10) NOT NULL,
    scheme character varying(10) NOT NULL,
    name character varying(120) NOT NULL,
    number character varying(24) NOT NULL,
    at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decided_by uuid,
    reason character varying(500) NOT NULL,
    ended_at timestamp with time zone,
    owner_id uuid NOT NULL,
    CONSTRAINT shop_declaration_kind CHECK (((kind)::text = ANY (ARRAY[('individual'::character varying)::text, ('registered'::character varying)::text]))),
    CONSTRAINT shop_declaration_state CHECK (((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('in_force'::character varying)::text, ('refused'::character varying)::text, ('taken_back'::character varying)::text, ('withdrawn'::character varying)::text]))),
    CONSTRAINT shop_declaration_whole CHECK (((((kind)::text = 'individual'::text) AND ((name)::text = ''::text) AND ((number)::text = ''::text) AND ((scheme)::text = ''::text)) OR (((kind)::text = 'registered'::text) AND (NOT ((scheme)::text = ''::text)) AND (NOT ((name)::text = ''::text)) AND (NOT ((number)::text = ''::text)))))
);


CREATE TABLE public.shop_declarationpage (
    id uuid NOT NULL,
    key character varying(32) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    colour character varying(7) NOT NULL,
    sha256 bytea NOT NULL,
    dhash bigint NOT NULL,
    total_bytes integer NOT NULL,
    alt character varying(500) NOT NULL,
    "position" smallint NOT NULL,
    declaration_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    CONSTRAINT shop_declarationpage_has_pixels CHECK (((height > 0) AND (total_bytes > 0) AND (width > 0))),
    CONSTRAINT shop_declarationpage_height_check CHECK ((height >= 0)),
    CONSTRAINT shop_declarationpage_position_check CHECK (("position" >= 0)),
    CONSTRAINT shop_declarationpage_total_bytes_check CHECK ((total_bytes >= 0)),
    CONSTRAINT shop_declarationpage_width_check CHECK ((width >= 0))
);


CREATE TABLE public.shop_digitalitem (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    key character varying(32) NOT NULL,
    size bigint NOT NULL,
    sha256 bytea NOT NULL,
    text character varying(2000) NOT NULL,
    line uuid,
    added_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    listing_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    CONSTRAINT shop_digitalitem_size_check CHECK ((size >= 0)),
    CONSTRAINT shop_item_file_or_text CHECK (((((key)::text = ''::text) AND ((name)::text = ''::text) AND (size = 0) AND (NOT ((text)::text = ''::text))) OR ((NOT ((key)::text = ''::text)) AND (NOT ((name)::text = ''::text)) AND (size > 0) AND ((text)::text = ''::text))))
);


CREATE TABLE public.shop_evidence (
    id uuid NOT NULL,
    key character varying(32) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    colour character varying(7) NOT NULL,
    sha256 bytea NOT NULL,
    dhash bigint NOT NULL,
    total_bytes integer NOT NULL,
    alt character varying(500) NOT NULL,
    "position" smallint NOT NULL,
    kind character varying(15) NOT NULL,
    audience character varying(10) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    seller_id uuid NOT NULL,
    listing_id uuid NOT NULL,
    looked_at timestamp with time zone,
    hidden_at timestamp with time zone,
    CONSTRAINT shop_evidence_audience CHECK (((audience)::text = ANY (ARRAY[('everyone'::character varying)::text, ('buyers'::character varying)::text, ('operators'::character varying)::text]))),
    CONSTRAINT shop_evidence_has_pixels CHECK (((height > 0) AND (total_bytes > 0) AND (width > 0))),
    CONSTRAINT shop_evidence_height_check CHECK ((height >= 0)),
    CONSTRAINT shop_evidence_kind CHECK (((kind)::text = ANY (ARRAY[('receipt'::character varying)::text, ('authorisation'::character varying)::text, ('customs'::character varying)::text, ('inspection'::character varying)::text, ('workshop'::character varying)::text]))),
    CONSTRAINT shop_evidence_position_check CHECK (("position" >= 0)),
    CONSTRAINT shop_evidence_total_bytes_check CHECK ((total_bytes >= 0)),
    CONSTRAINT shop_evidence_width_check CHECK ((width >= 0))
);


CREATE TABLE public.shop_follow (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    owner_id uuid NOT NULL,
    shop_id uuid NOT NULL
);


CREATE TABLE public.shop_importrow (
    id uuid NOT NULL,
    "position" integer NOT NULL,
    "row" integer NOT NULL,
    outcome character varying(10) NOT NULL,
    key character varying(200) NOT NULL,
    title character varying(300) NOT NULL,
    flagged boolean NOT NULL,
    messages jsonb NOT NULL,
    payload jsonb NOT NULL,
    digest character varying(64) NOT NULL,
    picture_names text[] NOT NULL,
    owner_id uuid NOT NULL,
    run_id uuid NOT NULL,
    listing_id uuid,
    before jsonb,
    changes jsonb NOT NULL,
    imprint character varying(64) NOT NULL,
    taken_back character varying(10) NOT NULL,
    CONSTRAINT shop_import_outcome CHECK (((outcome)::text = ANY (ARRAY[('create'::character varying)::text, ('update'::character varying)::text, ('unchanged'::character varying)::text, ('refused'::character varying)::text]))),
    CONSTRAINT shop_import_taken_back CHECK (((taken_back)::text = ANY (ARRAY[(''::character varying)::text, ('done'::character varying)::text, ('sold'::character varying)::text, ('edited'::character varying)::text, ('used'::character varying)::text]))),
    CONSTRAINT shop_importrow_position_check CHECK (("position" >= 0)),
    CONSTRAINT shop_importrow_row_check CHECK (("row" >= 0))
);


CREATE TABLE public.shop_importrun (
    id uuid NOT NULL,
    state character varying(10) NOT NULL,
    file_name character varying(200) NOT NULL,
    format character varying(40) NOT NULL,
    encoding character varying(40) NOT NULL,
    facts jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    owner_id uuid NOT NULL,
    shop_id uuid NOT NULL,
    trouble character varying(500) NOT NULL,
    written integer NOT NULL,
    choices jsonb NOT NULL,
    CONSTRAINT shop_import_state CHECK (((state)::text = ANY (ARRAY[('preview'::character varying)::text, ('running'::character varying)::text, ('applied'::character varying)::text, ('dropped'::character varying)::text, ('undone'::character varying)::text]))),
    CONSTRAINT shop_importrun_written_check CHECK ((written >= 0))
);


CREATE TABLE public.shop_importsource (
    run_id uuid NOT NULL,
    data bytea NOT NULL,
    owner_id uuid NOT NULL
);


CREATE TABLE public.shop_licencekey (
    id uuid NOT NULL,
    text character varying(200) NOT NULL,
    digest bytea NOT NULL,
    added_at timestamp with time zone NOT NULL,
    line uuid,
    sold_at timestamp with time zone,
    listing_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    variant_id uuid NOT NULL,
    CONSTRAINT shop_key_sold_or_not CHECK ((((line IS NULL) AND (sold_at IS NULL) AND (NOT ((text)::text = ''::text))) OR ((line IS NOT NULL) AND (sold_at IS NOT NULL) AND ((text)::text = ''::text))))
);


CREATE TABLE public.shop_listing (
    id uuid NOT NULL,
    title character varying(120) NOT NULL,
    description text NOT NULL,
    currency character varying(3) NOT NULL,
    state character varying(10) NOT NULL,
    condition character varying(10) NOT NULL,
    brand character varying(80) NOT NULL,
    origin character varying(80) NOT NULL,
    returns_days smallint NOT NULL,
    ship_within_hours smallint NOT NULL,
    shipping_minor bigint NOT NULL,
    shipping_days_min smallint NOT NULL,
    shipping_days_max smallint NOT NULL,
    made_to_order boolean NOT NULL,
    lead_days smallint NOT NULL,
    source_key character varying(200) NOT NULL,
    source_digest character varying(64) NOT NULL,
    contacts_flagged boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    listed_at timestamp with time zone,
    seller_id uuid NOT NULL,
    shop_id uuid NOT NULL,
    customs_code character varying(10) NOT NULL,
    customs_note character varying(200) NOT NULL,
    grams integer NOT NULL,
    template_id uuid,
    asks jsonb NOT NULL,
    digital character varying(10) NOT NULL,
    CONSTRAINT shop_active_is_listed CHECK (((NOT ((state)::text = 'active'::text)) OR (listed_at IS NOT NULL))),
    CONSTRAINT shop_currency CHECK (((currency)::text ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT shop_digital CHECK (((digital)::text = ANY (ARRAY[(''::character varying)::text, ('at_once'::character varying)::text, ('by_hand'::character varying)::text]))),
    CONSTRAINT shop_digital_is_not_sent CHECK ((((digital)::text = ''::text) OR (((customs_code)::text = ''::text) AND (grams = 0) AND (returns_days = 0) AND (shipping_minor = 0) AND (template_id IS NULL)))),
    CONSTRAINT shop_grams CHECK (((grams >= 0) AND (grams <= 1000000))),
    CONSTRAINT shop_lead_days CHECK (((lead_days >= 0) AND (lead_days <= 730))),
    CONSTRAINT shop_lead_when_made CHECK ((((lead_days > 0) AND made_to_order) OR ((lead_days = 0) AND (NOT made_to_order)))),
    CONSTRAINT shop_listing_condition CHECK (((condition)::text = ANY (ARRAY[('new'::character varying)::text, ('like_new'::character varying)::text, ('used'::character varying)::text]))),
    CONSTRAINT shop_listing_grams_check CHECK ((grams >= 0)),
    CONSTRAINT shop_listing_lead_days_check CHECK ((lead_days >= 0)),
    CONSTRAINT shop_listing_returns_days_check CHECK ((returns_days >= 0)),
    CONSTRAINT shop_listing_ship_within_hours_check CHECK ((ship_within_hours >= 0)),
    CONSTRAINT shop_listing_shipping_days_max_check CHECK ((shipping_days_max >= 0)),
    CONSTRAINT shop_listing_shipping_days_min_check CHECK ((shipping_days_min >= 0)),
    CONSTRAINT shop_listing_state CHECK (((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('active'::character varying)::text, ('withdrawn'::character varying)::text]))),
    CONSTRAINT shop_returns_days CHECK (((returns_days >= 0) AND (returns_days <= 365))),
    CONSTRAINT shop_ship_within CHECK (((ship_within_hours >= 1) AND (ship_within_hours <= 2160))),
    CONSTRAINT shop_shipping_cost CHECK (((shipping_minor >= 0) AND (shipping_minor <= '1000000000000'::bigint))),
    CONSTRAINT shop_shipping_days CHECK ((shipping_days_min <= shipping_days_max))
);


CREATE TABLE public.shop_listinginterests (
    listing_id uuid NOT NULL,
    keys character varying(20)[] NOT NULL,
    said boolean NOT NULL,
    seller_id uuid NOT NULL,
    CONSTRAINT shop_interests_few CHECK ((
CASE
    WHEN (keys IS NULL) THEN NULL::integer
    ELSE COALESCE(array_length(keys, 1), 0)
END <= 3))
);


CREATE TABLE public.shop_listingpicture (
    id uuid NOT NULL,
    key character varying(32) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    colour character varying(7) NOT NULL,
    sha256 bytea NOT NULL,
    dhash bigint NOT NULL,
    total_bytes integer NOT NULL,
    alt character varying(500) NOT NULL,
    "position" smallint NOT NULL,
    removed_at timestamp with time zone,
    listing_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    CONSTRAINT shop_listingpicture_has_pixels CHECK (((height > 0) AND (total_bytes > 0) AND (width > 0))),
    CONSTRAINT shop_listingpicture_height_check CHECK ((height >= 0)),
    CONSTRAINT shop_listingpicture_position_check CHECK (("position" >= 0)),
    CONSTRAINT shop_listingpicture_total_bytes_check CHECK ((total_bytes >= 0)),
    CONSTRAINT shop_listingpicture_width_check CHECK ((width >= 0))
);


CREATE TABLE public.shop_listingtimer (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    set_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    "end" character varying(10) NOT NULL,
    listing_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    CONSTRAINT shop_plan_ended CHECK ((((("end")::text = ''::text) AND (ended_at IS NULL)) OR ((ended_at IS NOT NULL) AND (NOT (("end")::text = ''::text))))),
    CONSTRAINT shop_plan_kind CHECK (((kind)::text = ANY (ARRAY[('offer'::character varying)::text, ('withdraw'::character varying)::text])))
);


CREATE TABLE public.shop_listingwords (
    listing_id uuid NOT NULL,
    words tsvector NOT NULL,
    seller_id uuid NOT NULL
);


CREATE TABLE public.shop_overrun (
    id uuid NOT NULL,
    year smallint NOT NULL,
    currency character varying(3) NOT NULL,
    limit_minor bigint NOT NULL,
    sum_minor bigint NOT NULL,
    passed_at timestamp with time zone NOT NULL,
    stops_at timestamp with time zone NOT NULL,
    stopped_at timestamp with time zone,
    lifted_at timestamp with time zone,
    owner_id uuid NOT NULL,
    CONSTRAINT shop_overrun_year_check CHECK ((year >= 0))
);


CREATE TABLE public.shop_pricechange (
    id uuid NOT NULL,
    price_minor bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    listing_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    variant_id uuid NOT NULL,
    CONSTRAINT shop_past_price CHECK ((price_minor > 0))
);


CREATE TABLE public.shop_quote (
    id uuid NOT NULL,
    state character varying(10) NOT NULL,
    wishes jsonb NOT NULL,
    quantity integer NOT NULL,
    note character varying(500) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    waits_until timestamp with time zone NOT NULL,
    price_minor bigint,
    currency character varying(3) NOT NULL,
    lead_days smallint,
    valid_until timestamp with time zone,
    answer character varying(500) NOT NULL,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    buyer_id uuid NOT NULL,
    listing_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    variant_id uuid,
    CONSTRAINT shop_quote_answered CHECK (((NOT ((state)::text = ANY (ARRAY[('answered'::character varying)::text, ('accepted'::character varying)::text]))) OR ((price_minor > 0) AND (price_minor <= '1000000000000'::bigint) AND (valid_until IS NOT NULL)))),
    CONSTRAINT shop_quote_lead_days_check CHECK ((lead_days >= 0)),
    CONSTRAINT shop_quote_pieces CHECK (((quantity >= 1) AND (quantity <= 9999))),
    CONSTRAINT shop_quote_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT shop_quote_state CHECK (((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('answered'::character varying)::text, ('accepted'::character varying)::text, ('declined'::character varying)::text, ('withdrawn'::character varying)::text, ('expired'::character varying)::text])))
);


CREATE TABLE public.shop_reservation (
    id uuid NOT NULL,
    "order" uuid NOT NULL,
    quantity integer NOT NULL,
    state character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    buyer_id uuid NOT NULL,
    listing_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    variant_id uuid NOT NULL,
    CONSTRAINT shop_reservation_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT shop_reservation_state CHECK (((state)::text = ANY (ARRAY[('held'::character varying)::text, ('sold'::character varying)::text, ('released'::character varying)::text]))),
    CONSTRAINT shop_reserved_some CHECK ((quantity > 0))
);


CREATE TABLE public.shop_sale (
    id uuid NOT NULL,
    line uuid NOT NULL,
    quantity integer NOT NULL,
    reversal boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    listing_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    variant_id uuid NOT NULL,
    CONSTRAINT shop_sale_sign CHECK ((((quantity > 0) AND (NOT reversal)) OR ((quantity < 0) AND reversal)))
);


CREATE TABLE public.shop_shippingtemplate (
    id uuid NOT NULL,
    name character varying(40) NOT NULL,
    currency character varying(3) NOT NULL,
    zones jsonb NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    seller_id uuid NOT NULL
);


CREATE TABLE public.shop_shop (
    id uuid NOT NULL,
    name character varying(60) NOT NULL,
    about text NOT NULL,
    promise character varying(300) NOT NULL,
    public boolean NOT NULL,
    level character varying(10) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    owner_id uuid NOT NULL,
    closing_at timestamp with time zone,
    followable boolean NOT NULL,
    level_at timestamp with time zone,
    stopped_at timestamp with time zone,
    CONSTRAINT shop_level CHECK (((level)::text = ANY (ARRAY[('none'::character varying)::text, ('individual'::character varying)::text, ('registered'::character varying)::text])))
);


CREATE TABLE public.shop_shopclock (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    job bigint,
    done_at timestamp with time zone,
    rang boolean NOT NULL,
    owner_id uuid NOT NULL,
    shop_id uuid,
    CONSTRAINT shop_clock_kind CHECK (((kind)::text = ANY (ARRAY[('remind'::character varying)::text, ('stop'::character varying)::text, ('close'::character varying)::text])))
);


CREATE TABLE public.shop_variant (
    id uuid NOT NULL,
    options jsonb NOT NULL,
    seller_code character varying(100) NOT NULL,
    price_minor bigint NOT NULL,
    stock integer NOT NULL,
    "position" integer NOT NULL,
    retired_at timestamp with time zone,
    listing_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    buyer_id uuid,
    lead_days smallint,
    until timestamp with time zone,
    keyed boolean NOT NULL,
    CONSTRAINT shop_price CHECK (((price_minor > 0) AND (price_minor <= '1000000000000'::bigint))),
    CONSTRAINT shop_stock CHECK (((stock >= 0) AND (stock <= 1000000))),
    CONSTRAINT shop_variant_lead_days_check CHECK ((lead_days >= 0)),
    CONSTRAINT shop_variant_position_check CHECK (("position" >= 0)),
    CONSTRAINT shop_variant_quoted CHECK ((((buyer_id IS NULL) AND (until IS NULL)) OR ((buyer_id IS NOT NULL) AND (until IS NOT NULL))))
);


CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL
);


ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);


ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);


ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);


ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);


ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);


ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);


ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.care_case
    ADD CONSTRAINT care_case_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.care_casepicture
    ADD CONSTRAINT care_casepicture_key_key UNIQUE (key);


ALTER TABLE ONLY public.care_casepicture
    ADD CONSTRAINT care_casepicture_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.care_juror
    ADD CONSTRAINT care_juror_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.care_statement
    ADD CONSTRAINT care_says_once UNIQUE (case_id, by, is_appeal);


ALTER TABLE ONLY public.care_juror
    ADD CONSTRAINT care_sits_once UNIQUE (case_id, member_id);


ALTER TABLE ONLY public.care_statement
    ADD CONSTRAINT care_statement_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.circle_block
    ADD CONSTRAINT circle_block_once UNIQUE (owner_id, blocked_id);


ALTER TABLE ONLY public.circle_block
    ADD CONSTRAINT circle_block_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.circle_comment
    ADD CONSTRAINT circle_comment_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.circle_friendrequest
    ADD CONSTRAINT circle_friendrequest_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.circle_friendship
    ADD CONSTRAINT circle_friendship_once UNIQUE (owner_id, friend_id);


ALTER TABLE ONLY public.circle_friendship
    ADD CONSTRAINT circle_friendship_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.circle_group
    ADD CONSTRAINT circle_group_name UNIQUE (owner_id, name);


ALTER TABLE ONLY public.circle_group
    ADD CONSTRAINT circle_group_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.circle_invitation
    ADD CONSTRAINT circle_invitation_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.circle_like
    ADD CONSTRAINT circle_like_once UNIQUE (moment_id, member_id);


ALTER TABLE ONLY public.circle_like
    ADD CONSTRAINT circle_like_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.circle_linkcard
    ADD CONSTRAINT circle_linkcard_moment_id_key UNIQUE (moment_id);


ALTER TABLE ONLY public.circle_linkcard
    ADD CONSTRAINT circle_linkcard_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.circle_linkpicture
    ADD CONSTRAINT circle_linkpicture_card_id_key UNIQUE (card_id);


ALTER TABLE ONLY public.circle_linkpicture
    ADD CONSTRAINT circle_linkpicture_key_key UNIQUE (key);


ALTER TABLE ONLY public.circle_linkpicture
    ADD CONSTRAINT circle_linkpicture_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.circle_moment
    ADD CONSTRAINT circle_moment_key UNIQUE (author_id, key);


ALTER TABLE ONLY public.circle_moment
    ADD CONSTRAINT circle_moment_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.circle_momentedit
    ADD CONSTRAINT circle_momentedit_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.circle_momentpicture
    ADD CONSTRAINT circle_momentpicture_key_key UNIQUE (key);


ALTER TABLE ONLY public.circle_momentpicture
    ADD CONSTRAINT circle_momentpicture_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.circle_momentwords
    ADD CONSTRAINT circle_momentwords_pkey PRIMARY KEY (moment_id);


ALTER TABLE ONLY public.circle_momentpicture
    ADD CONSTRAINT circle_picture_place UNIQUE (moment_id, "position");


ALTER TABLE ONLY public.circle_settings
    ADD CONSTRAINT circle_settings_pkey PRIMARY KEY (owner_id);


ALTER TABLE ONLY public.circle_voice
    ADD CONSTRAINT circle_voice_key_key UNIQUE (key);


ALTER TABLE ONLY public.circle_voice
    ADD CONSTRAINT circle_voice_moment_id_key UNIQUE (moment_id);


ALTER TABLE ONLY public.circle_voice
    ADD CONSTRAINT circle_voice_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);


ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT journal_entry_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT journal_seq UNIQUE (owner, seq);


ALTER TABLE ONLY public.kit_houserule
    ADD CONSTRAINT kit_houserule_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.kit_ratebucket
    ADD CONSTRAINT kit_ratebucket_pkey PRIMARY KEY (key);


ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_account
    ADD CONSTRAINT money_account_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_selleraccount
    ADD CONSTRAINT money_account_there UNIQUE (member_id, gateway);


ALTER TABLE ONLY public.money_awaitedtransfer
    ADD CONSTRAINT money_awaitedtransfer_pkey PRIMARY KEY (key);


ALTER TABLE ONLY public.money_awaitedtransfer
    ADD CONSTRAINT money_awaitedtransfer_reference_key UNIQUE (reference);


ALTER TABLE ONLY public.money_bankdetails
    ADD CONSTRAINT money_bankdetails_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_bankline
    ADD CONSTRAINT money_bankline_key_key UNIQUE (key);


ALTER TABLE ONLY public.money_bankline
    ADD CONSTRAINT money_bankline_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_bankstatement
    ADD CONSTRAINT money_bankstatement_digest_key UNIQUE (digest);


ALTER TABLE ONLY public.money_bankstatement
    ADD CONSTRAINT money_bankstatement_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_claim
    ADD CONSTRAINT money_claim_key_key UNIQUE (key);


ALTER TABLE ONLY public.money_claim
    ADD CONSTRAINT money_claim_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_bankdetails
    ADD CONSTRAINT money_details_one UNIQUE (member_id, currency);


ALTER TABLE ONLY public.money_entry
    ADD CONSTRAINT money_entry_pkey PRIMARY KEY (transfer_id, line);


ALTER TABLE ONLY public.money_feeband
    ADD CONSTRAINT money_feeband_once UNIQUE (since, currency, above);


ALTER TABLE ONLY public.money_feeband
    ADD CONSTRAINT money_feeband_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_heard
    ADD CONSTRAINT money_heard_pkey PRIMARY KEY (key);


ALTER TABLE ONLY public.money_hold
    ADD CONSTRAINT money_hold_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_houseaccount
    ADD CONSTRAINT money_houseaccount_pkey PRIMARY KEY (currency);


ALTER TABLE ONLY public.money_issuedpaper
    ADD CONSTRAINT money_issuedpaper_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_lastlook
    ADD CONSTRAINT money_lastlook_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_outsideday
    ADD CONSTRAINT money_outside_day_once UNIQUE (gateway, day);


ALTER TABLE ONLY public.money_outsidecharge
    ADD CONSTRAINT money_outsidecharge_pkey PRIMARY KEY (key);


ALTER TABLE ONLY public.money_outsideday
    ADD CONSTRAINT money_outsideday_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_outsidemove
    ADD CONSTRAINT money_outsidemove_pkey PRIMARY KEY (key);


ALTER TABLE ONLY public.money_outsidereport
    ADD CONSTRAINT money_outsidereport_pkey PRIMARY KEY (gateway);


ALTER TABLE ONLY public.money_paperfile
    ADD CONSTRAINT money_paper_file UNIQUE (paper_id, language);


ALTER TABLE ONLY public.money_issuedpaper
    ADD CONSTRAINT money_paper_number UNIQUE (seller_id, number);


ALTER TABLE ONLY public.money_papercounter
    ADD CONSTRAINT money_papercounter_pkey PRIMARY KEY (seller);


ALTER TABLE ONLY public.money_paperfile
    ADD CONSTRAINT money_paperfile_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_paperhead
    ADD CONSTRAINT money_paperhead_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_paperhead
    ADD CONSTRAINT money_paperhead_seller_id_key UNIQUE (seller_id);


ALTER TABLE ONLY public.money_paperline
    ADD CONSTRAINT money_paperline_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_payment
    ADD CONSTRAINT money_payment_key UNIQUE (buyer_id, key);


ALTER TABLE ONLY public.money_payment
    ADD CONSTRAINT money_payment_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_payout
    ADD CONSTRAINT money_payout_key UNIQUE (seller_id, key);


ALTER TABLE ONLY public.money_payout
    ADD CONSTRAINT money_payout_number_key UNIQUE (number);


ALTER TABLE ONLY public.money_payout
    ADD CONSTRAINT money_payout_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_payoutfile
    ADD CONSTRAINT money_payoutfile_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_refund
    ADD CONSTRAINT money_refund_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_refund
    ADD CONSTRAINT money_refund_transfer_key UNIQUE (transfer);


ALTER TABLE ONLY public.money_sandboxaccount
    ADD CONSTRAINT money_sandboxaccount_number_key UNIQUE (number);


ALTER TABLE ONLY public.money_sandboxaccount
    ADD CONSTRAINT money_sandboxaccount_pkey PRIMARY KEY (key);


ALTER TABLE ONLY public.money_sandboxcharge
    ADD CONSTRAINT money_sandboxcharge_pkey PRIMARY KEY (key);


ALTER TABLE ONLY public.money_sandboxrefund
    ADD CONSTRAINT money_sandboxrefund_pkey PRIMARY KEY (key);


ALTER TABLE ONLY public.money_sandboxshare
    ADD CONSTRAINT money_sandboxshare_pkey PRIMARY KEY (key);


ALTER TABLE ONLY public.money_selleraccount
    ADD CONSTRAINT money_selleraccount_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_share
    ADD CONSTRAINT money_share_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_share
    ADD CONSTRAINT money_share_release_key UNIQUE (release);


ALTER TABLE ONLY public.money_snapshot
    ADD CONSTRAINT money_snapshot_pkey PRIMARY KEY (account_id);


ALTER TABLE ONLY public.money_transfer
    ADD CONSTRAINT money_transfer_key UNIQUE NULLS NOT DISTINCT (owner, key);


ALTER TABLE ONLY public.money_transfer
    ADD CONSTRAINT money_transfer_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.money_transferrefund
    ADD CONSTRAINT money_transferrefund_number_key UNIQUE (number);


ALTER TABLE ONLY public.money_transferrefund
    ADD CONSTRAINT money_transferrefund_pkey PRIMARY KEY (key);


ALTER TABLE ONLY public.notices_letter
    ADD CONSTRAINT notices_letter_pkey PRIMARY KEY (owner);


ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.notices_wish
    ADD CONSTRAINT notices_wish_once UNIQUE (owner, "group");


ALTER TABLE ONLY public.notices_wish
    ADD CONSTRAINT notices_wish_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ops_archive
    ADD CONSTRAINT ops_archive_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ops_town
    ADD CONSTRAINT ops_town_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.orders_cartline
    ADD CONSTRAINT orders_cart_once UNIQUE (buyer_id, variant_id);


ALTER TABLE ONLY public.orders_cartline
    ADD CONSTRAINT orders_cartline_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.orders_delivereditem
    ADD CONSTRAINT orders_delivered_once UNIQUE (line_id, item_id);


ALTER TABLE ONLY public.orders_delivereditem
    ADD CONSTRAINT orders_delivereditem_corrects_id_key UNIQUE (corrects_id);


ALTER TABLE ONLY public.orders_delivereditem
    ADD CONSTRAINT orders_delivereditem_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.orders_handover
    ADD CONSTRAINT orders_handover_pkey PRIMARY KEY (order_id);


ALTER TABLE ONLY public.orders_order
    ADD CONSTRAINT orders_once UNIQUE (buyer_id, key, seller_id, currency);


ALTER TABLE ONLY public.orders_order
    ADD CONSTRAINT orders_order_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.orders_orderline
    ADD CONSTRAINT orders_orderline_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.orders_scan
    ADD CONSTRAINT orders_said_once UNIQUE (shipment_id, number, kind, said_at, place);


ALTER TABLE ONLY public.orders_savedaddress
    ADD CONSTRAINT orders_savedaddress_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.orders_scan
    ADD CONSTRAINT orders_scan_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.orders_shipment
    ADD CONSTRAINT orders_shipment_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.orders_strayscan
    ADD CONSTRAINT orders_strayscan_digest_key UNIQUE (digest);


ALTER TABLE ONLY public.orders_strayscan
    ADD CONSTRAINT orders_strayscan_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.orders_timer
    ADD CONSTRAINT orders_timer_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.orders_trackingsource
    ADD CONSTRAINT orders_trackingsource_pkey PRIMARY KEY (name);


ALTER TABLE ONLY public.people_apitoken
    ADD CONSTRAINT people_apitoken_digest_key UNIQUE (digest);


ALTER TABLE ONLY public.people_apitoken
    ADD CONSTRAINT people_apitoken_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.people_claim
    ADD CONSTRAINT people_claim_pkey PRIMARY KEY (value);


ALTER TABLE ONLY public.people_face
    ADD CONSTRAINT people_face_key_key UNIQUE (key);


ALTER TABLE ONLY public.people_face
    ADD CONSTRAINT people_face_owner_id_key UNIQUE (owner_id);


ALTER TABLE ONLY public.people_face
    ADD CONSTRAINT people_face_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.people_findable
    ADD CONSTRAINT people_findable_pkey PRIMARY KEY (member_id);


ALTER TABLE ONLY public.people_member
    ADD CONSTRAINT people_member_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.people_shelved
    ADD CONSTRAINT people_shelved_pkey PRIMARY KEY (key);


ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);


ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.reach_digest
    ADD CONSTRAINT reach_digest_daily UNIQUE (reader_id, day);


ALTER TABLE ONLY public.reach_digest
    ADD CONSTRAINT reach_digest_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.reach_entry
    ADD CONSTRAINT reach_entry_pkey PRIMARY KEY (reader_id, face, published_at, moment);


ALTER TABLE ONLY public.reach_forecast
    ADD CONSTRAINT reach_forecast_pkey PRIMARY KEY (moment);


ALTER TABLE ONLY public.reach_impression
    ADD CONSTRAINT reach_impression_pkey PRIMARY KEY (reader_id, moment);


ALTER TABLE ONLY public.reach_interest
    ADD CONSTRAINT reach_interest_pkey PRIMARY KEY (owner_id, interest);


ALTER TABLE ONLY public.reach_leaning
    ADD CONSTRAINT reach_leaning_pkey PRIMARY KEY (listing);


ALTER TABLE ONLY public.reach_learning
    ADD CONSTRAINT reach_learning_pkey PRIMARY KEY (owner_id);


ALTER TABLE ONLY public.reach_lesson
    ADD CONSTRAINT reach_lesson_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.reach_near
    ADD CONSTRAINT reach_near_pkey PRIMARY KEY (listing, other);


ALTER TABLE ONLY public.reach_reader
    ADD CONSTRAINT reach_reader_pkey PRIMARY KEY (member_id);


ALTER TABLE ONLY public.reach_reading
    ADD CONSTRAINT reach_reading_pkey PRIMARY KEY (reader_id, hour);


ALTER TABLE ONLY public.reach_rhythm
    ADD CONSTRAINT reach_rhythm_pkey PRIMARY KEY (seller_id);


ALTER TABLE ONLY public.reach_slot
    ADD CONSTRAINT reach_slot_pkey PRIMARY KEY (moment);


ALTER TABLE ONLY public.reach_visit
    ADD CONSTRAINT reach_visit_pkey PRIMARY KEY (reader_id, lens);


ALTER TABLE ONLY public.reach_week
    ADD CONSTRAINT reach_week_pkey PRIMARY KEY (start);


ALTER TABLE ONLY public.shop_declaration
    ADD CONSTRAINT shop_declaration_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_declarationpage
    ADD CONSTRAINT shop_declarationpage_key_key UNIQUE (key);


ALTER TABLE ONLY public.shop_declarationpage
    ADD CONSTRAINT shop_declarationpage_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_digitalitem
    ADD CONSTRAINT shop_digitalitem_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_evidence
    ADD CONSTRAINT shop_evidence_key_key UNIQUE (key);


ALTER TABLE ONLY public.shop_evidence
    ADD CONSTRAINT shop_evidence_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_follow
    ADD CONSTRAINT shop_follow_once UNIQUE (owner_id, shop_id);


ALTER TABLE ONLY public.shop_follow
    ADD CONSTRAINT shop_follow_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_importrow
    ADD CONSTRAINT shop_import_place UNIQUE (run_id, "position");


ALTER TABLE ONLY public.shop_importrow
    ADD CONSTRAINT shop_importrow_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_importrun
    ADD CONSTRAINT shop_importrun_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_importsource
    ADD CONSTRAINT shop_importsource_pkey PRIMARY KEY (run_id);


ALTER TABLE ONLY public.shop_licencekey
    ADD CONSTRAINT shop_key_once UNIQUE (seller_id, digest);


ALTER TABLE ONLY public.shop_licencekey
    ADD CONSTRAINT shop_licencekey_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_sale
    ADD CONSTRAINT shop_line_once UNIQUE (line, reversal);


ALTER TABLE ONLY public.shop_listing
    ADD CONSTRAINT shop_listing_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_listinginterests
    ADD CONSTRAINT shop_listinginterests_pkey PRIMARY KEY (listing_id);


ALTER TABLE ONLY public.shop_listingpicture
    ADD CONSTRAINT shop_listingpicture_key_key UNIQUE (key);


ALTER TABLE ONLY public.shop_listingpicture
    ADD CONSTRAINT shop_listingpicture_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_listingtimer
    ADD CONSTRAINT shop_listingtimer_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_listingwords
    ADD CONSTRAINT shop_listingwords_pkey PRIMARY KEY (listing_id);


ALTER TABLE ONLY public.shop_overrun
    ADD CONSTRAINT shop_one_overrun_a_year UNIQUE (owner_id, year);


ALTER TABLE ONLY public.shop_overrun
    ADD CONSTRAINT shop_overrun_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_listingpicture
    ADD CONSTRAINT shop_picture_place UNIQUE (listing_id, "position") DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_pricechange
    ADD CONSTRAINT shop_pricechange_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_quote
    ADD CONSTRAINT shop_quote_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_quote
    ADD CONSTRAINT shop_quote_variant_id_key UNIQUE (variant_id);


ALTER TABLE ONLY public.shop_reservation
    ADD CONSTRAINT shop_reservation_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_reservation
    ADD CONSTRAINT shop_reserved_once UNIQUE ("order", variant_id);


ALTER TABLE ONLY public.shop_sale
    ADD CONSTRAINT shop_sale_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_shippingtemplate
    ADD CONSTRAINT shop_shippingtemplate_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_shop
    ADD CONSTRAINT shop_shop_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_shopclock
    ADD CONSTRAINT shop_shopclock_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.shop_variant
    ADD CONSTRAINT shop_variant_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);


CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);


CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);


CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);


CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);


CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);


CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);


CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);


CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);


CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);


CREATE INDEX care_buyer ON public.care_case USING btree (buyer_id);


CREATE INDEX care_case_line_id_cac945aa ON public.care_case USING btree (line_id);


CREATE INDEX care_case_order_id_32ee8110 ON public.care_case USING btree (order_id);


CREATE INDEX care_casepicture_case_id_05a40f53 ON public.care_casepicture USING btree (case_id);


CREATE INDEX care_casepicture_key_dcf3417d_like ON public.care_casepicture USING btree (key varchar_pattern_ops);


CREATE INDEX care_juror_case_id_10c38d72 ON public.care_juror USING btree (case_id);


CREATE INDEX care_juror_member_id_4bf433b5 ON public.care_juror USING btree (member_id);


CREATE UNIQUE INDEX care_one_at_a_time ON public.care_case USING btree (line_id) WHERE (ended_at IS NULL);


CREATE INDEX care_operators ON public.care_case USING btree (due_at) WHERE ((state)::text = ANY (ARRAY[('operator'::character varying)::text, ('short'::character varying)::text]));


CREATE INDEX care_seller ON public.care_case USING btree (seller_id);


CREATE INDEX care_statement_case_id_8dd123df ON public.care_statement USING btree (case_id);


CREATE UNIQUE INDEX circle_asked_once ON public.circle_friendrequest USING btree (asker_id, asked_id) WHERE ((state)::text = 'asked'::text);


CREATE INDEX circle_block_blocked_id_328b6bfd ON public.circle_block USING btree (blocked_id);


CREATE INDEX circle_block_owner_id_fd27308b ON public.circle_block USING btree (owner_id);


CREATE INDEX circle_by_author ON public.circle_moment USING btree (author_id, published_at DESC, id DESC);


CREATE INDEX circle_comment_author_id_d9bda3ff ON public.circle_comment USING btree (author_id);


CREATE INDEX circle_comment_member_id_0fc159b9 ON public.circle_comment USING btree (member_id);


CREATE INDEX circle_comment_moment_id_0dc0d862 ON public.circle_comment USING btree (moment_id);


CREATE INDEX circle_comment_order ON public.circle_comment USING btree (moment_id, at, id);


CREATE INDEX circle_comment_reply_to_id_980b055f ON public.circle_comment USING btree (reply_to_id);


CREATE INDEX circle_digested ON public.circle_friendship USING btree (owner_id) WHERE ((market)::text = 'digest'::text);


CREATE INDEX circle_edit_order ON public.circle_momentedit USING btree (moment_id, until, id);


CREATE INDEX circle_friendrequest_asked_id_e6d9db28 ON public.circle_friendrequest USING btree (asked_id);


CREATE INDEX circle_friendrequest_asker_id_372f3337 ON public.circle_friendrequest USING btree (asker_id);


CREATE INDEX circle_friendship_friend_id_23f48d3b ON public.circle_friendship USING btree (friend_id);


CREATE INDEX circle_friendship_owner_id_af6fb6e3 ON public.circle_friendship USING btree (owner_id);


CREATE INDEX circle_group_owner_id_5acd6870 ON public.circle_group USING btree (owner_id);


CREATE INDEX circle_invitation_owner_id_70214522 ON public.circle_invitation USING btree (owner_id);


CREATE INDEX circle_invitation_taken_by_id_57b5dac4 ON public.circle_invitation USING btree (taken_by_id);


CREATE INDEX circle_invitations ON public.circle_invitation USING btree (owner_id, made_at DESC);


CREATE INDEX circle_like_author_id_cdff8fbb ON public.circle_like USING btree (author_id);


CREATE INDEX circle_like_member_id_1d977c93 ON public.circle_like USING btree (member_id);


CREATE INDEX circle_like_moment_id_de709bd8 ON public.circle_like USING btree (moment_id);


CREATE INDEX circle_liked_by ON public.circle_like USING btree (member_id, listing) WHERE (listing IS NOT NULL);


CREATE INDEX circle_liked_listing ON public.circle_like USING btree (listing, member_id) WHERE (listing IS NOT NULL);


CREATE INDEX circle_linkcard_author_id_266a05a5 ON public.circle_linkcard USING btree (author_id);


CREATE INDEX circle_linkpicture_author_id_2fa9ab7c ON public.circle_linkpicture USING btree (author_id);


CREATE INDEX circle_linkpicture_key_eada5c55_like ON public.circle_linkpicture USING btree (key varchar_pattern_ops);


CREATE INDEX circle_moment_author_id_44876835 ON public.circle_moment USING btree (author_id);


CREATE INDEX circle_momentedit_author_id_67b9237f ON public.circle_momentedit USING btree (author_id);


CREATE INDEX circle_momentedit_moment_id_02756f72 ON public.circle_momentedit USING btree (moment_id);


CREATE INDEX circle_momentpicture_author_id_d3a2c2a9 ON public.circle_momentpicture USING btree (author_id);


CREATE INDEX circle_momentpicture_key_b6b9ef83_like ON public.circle_momentpicture USING btree (key varchar_pattern_ops);


CREATE INDEX circle_momentpicture_moment_id_4f3074d0 ON public.circle_momentpicture USING btree (moment_id);


CREATE INDEX circle_momentwords_author_id_6d712fd1 ON public.circle_momentwords USING btree (author_id);


CREATE INDEX circle_request_asked ON public.circle_friendrequest USING btree (asked_id, state);


CREATE INDEX circle_voice_author_id_d4e646b3 ON public.circle_voice USING btree (author_id);


CREATE INDEX circle_voice_key_2239b512_like ON public.circle_voice USING btree (key varchar_pattern_ops);


CREATE INDEX circle_words ON public.circle_momentwords USING gin (words);


CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);


CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);


CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));


CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);


CREATE INDEX journal_subject ON public.journal_entry USING btree (subject, at);


CREATE INDEX kit_houseru_name_722eb4_idx ON public.kit_houserule USING btree (name, since DESC);


CREATE INDEX kit_ratebucket_key_57ec7f4f_like ON public.kit_ratebucket USING btree (key varchar_pattern_ops);


CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);


CREATE INDEX money_account_holder ON public.money_account USING btree (holder_id, kind) WHERE ("order" IS NULL);


CREATE INDEX money_account_holder_id_441e0702 ON public.money_account USING btree (holder_id);


CREATE INDEX money_awaitedtransfer_key_f412bb52_like ON public.money_awaitedtransfer USING btree (key varchar_pattern_ops);


CREATE INDEX money_awaitedtransfer_reference_48308b79_like ON public.money_awaitedtransfer USING btree (reference varchar_pattern_ops);


CREATE INDEX money_bankdetails_member_id_4dde6195 ON public.money_bankdetails USING btree (member_id);


CREATE INDEX money_bankline_actor_id_022aa531 ON public.money_bankline USING btree (actor_id);


CREATE INDEX money_bankline_key_f913c369_like ON public.money_bankline USING btree (key varchar_pattern_ops);


CREATE INDEX money_bankline_statement_id_33400c71 ON public.money_bankline USING btree (statement_id);


CREATE INDEX money_bankstatement_actor_id_0a4baf8a ON public.money_bankstatement USING btree (actor_id);


CREATE INDEX money_bankstatement_digest_cd5baf94_like ON public.money_bankstatement USING btree (digest varchar_pattern_ops);


CREATE INDEX money_claim_buyer ON public.money_claim USING btree (buyer_id);


CREATE INDEX money_claim_buyer_id_7289d993 ON public.money_claim USING btree (buyer_id);


CREATE INDEX money_claim_key_944088ee_like ON public.money_claim USING btree (key varchar_pattern_ops);


CREATE INDEX money_claim_open ON public.money_claim USING btree (seller_id, currency) WHERE ((state)::text = ANY (ARRAY[('due'::character varying)::text, ('frozen'::character varying)::text]));


CREATE INDEX money_claim_seller_id_b4c7875b ON public.money_claim USING btree (seller_id);


CREATE INDEX money_entry_balance ON public.money_entry USING btree (account_id, txid) INCLUDE (direction, amount);


CREATE INDEX money_feeband_actor_id_0ac8a7b5 ON public.money_feeband USING btree (actor_id);


CREATE INDEX money_feeband_since_052a822d ON public.money_feeband USING btree (since);


CREATE INDEX money_heard_at_a3f7dbd1 ON public.money_heard USING btree (at);


CREATE INDEX money_heard_key_3eca3a4d_like ON public.money_heard USING btree (key varchar_pattern_ops);


CREATE INDEX money_hold_order ON public.money_hold USING btree ("order");


CREATE INDEX money_hold_sales ON public.money_hold USING btree (seller_id, "order" DESC);


CREATE INDEX money_hold_waiting ON public.money_hold USING btree (seller_id, currency) INCLUDE (captured, refunded) WHERE ((state)::text = 'held'::text);


CREATE INDEX money_houseaccount_currency_dc3b2f29_like ON public.money_houseaccount USING btree (currency varchar_pattern_ops);


CREATE INDEX money_issuedpaper_of_id_5c6d22d9 ON public.money_issuedpaper USING btree (of_id);


CREATE UNIQUE INDEX money_line_invoiced_once ON public.money_paperline USING btree (line) WHERE (NOT credit);


CREATE INDEX money_line_open ON public.money_bankline USING btree (currency, booked_on) WHERE ((taken)::text = 'open'::text);


CREATE INDEX money_outside_reference ON public.money_outsidecharge USING btree (gateway, reference) WHERE (NOT ((reference)::text = ''::text));


CREATE INDEX money_outsidecharge_key_759723ff_like ON public.money_outsidecharge USING btree (key varchar_pattern_ops);


CREATE INDEX money_outsidemove_charge_id_4c601298 ON public.money_outsidemove USING btree (charge_id);


CREATE INDEX money_outsidemove_charge_id_4c601298_like ON public.money_outsidemove USING btree (charge_id varchar_pattern_ops);


CREATE INDEX money_outsidemove_key_a6be7de7_like ON public.money_outsidemove USING btree (key varchar_pattern_ops);


CREATE INDEX money_outsidereport_gateway_f9addd13_like ON public.money_outsidereport USING btree (gateway varchar_pattern_ops);


CREATE INDEX money_paper_lines ON public.money_paperline USING btree (line);


CREATE INDEX money_paperline_paper_id_519e3a77 ON public.money_paperline USING btree (paper_id);


CREATE INDEX money_papers_of_buyer ON public.money_issuedpaper USING btree (buyer_id, issued_at DESC);


CREATE INDEX money_papers_of_order ON public.money_issuedpaper USING btree ("order");


CREATE INDEX money_payment_buyer_id_e37f5514 ON public.money_payment USING btree (buyer_id);


CREATE UNIQUE INDEX money_payment_live ON public.money_payment USING btree ("order") WHERE (NOT ((state)::text = ANY (ARRAY[('declined'::character varying)::text, ('expired'::character varying)::text, ('returned'::character varying)::text, ('reversed'::character varying)::text])));


CREATE INDEX money_payment_order ON public.money_payment USING btree ("order");


CREATE INDEX money_payment_unsettled ON public.money_payment USING btree (created_at) WHERE (NOT final);


CREATE INDEX money_payout_file_id_ca719854 ON public.money_payout USING btree (file_id);


CREATE INDEX money_payout_number_6c9395fc_like ON public.money_payout USING btree (number varchar_pattern_ops);


CREATE INDEX money_payout_open ON public.money_payout USING btree (created_at) WHERE ((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('sent'::character varying)::text]));


CREATE INDEX money_payout_seller ON public.money_payout USING btree (seller_id, id DESC);


CREATE INDEX money_payout_seller_id_941f881f ON public.money_payout USING btree (seller_id);


CREATE INDEX money_payoutfile_actor_id_9d0434e8 ON public.money_payoutfile USING btree (actor_id);


CREATE INDEX money_refund_buyer_id_ae7c6bc8 ON public.money_refund USING btree (buyer_id);


CREATE INDEX money_refund_payment_id_84cb2120 ON public.money_refund USING btree (payment_id);


CREATE INDEX money_refund_unsettled ON public.money_refund USING btree (created_at) WHERE ((state)::text = ANY (ARRAY[('created'::character varying)::text, ('sent'::character varying)::text]));


CREATE INDEX money_sandboxaccount_key_10b77999_like ON public.money_sandboxaccount USING btree (key varchar_pattern_ops);


CREATE INDEX money_sandboxaccount_number_6b450b45_like ON public.money_sandboxaccount USING btree (number varchar_pattern_ops);


CREATE INDEX money_sandboxcharge_key_8208a934_like ON public.money_sandboxcharge USING btree (key varchar_pattern_ops);


CREATE INDEX money_sandboxrefund_charge_id_6f1a50c3 ON public.money_sandboxrefund USING btree (charge_id);


CREATE INDEX money_sandboxrefund_charge_id_6f1a50c3_like ON public.money_sandboxrefund USING btree (charge_id varchar_pattern_ops);


CREATE INDEX money_sandboxrefund_key_b462a6c5_like ON public.money_sandboxrefund USING btree (key varchar_pattern_ops);


CREATE INDEX money_sandboxshare_charge_id_5273e044 ON public.money_sandboxshare USING btree (charge_id);


CREATE INDEX money_sandboxshare_charge_id_5273e044_like ON public.money_sandboxshare USING btree (charge_id varchar_pattern_ops);


CREATE INDEX money_sandboxshare_key_d44f7f5c_like ON public.money_sandboxshare USING btree (key varchar_pattern_ops);


CREATE INDEX money_selleraccount_member_id_cae92bcb ON public.money_selleraccount USING btree (member_id);


CREATE INDEX money_share_open ON public.money_share USING btree (created_at) WHERE ((state)::text = 'asked'::text);


CREATE INDEX money_share_order ON public.money_share USING btree ("order");


CREATE INDEX money_share_seller ON public.money_share USING btree (seller_id, id DESC);


CREATE INDEX money_share_seller_id_fbda54f3 ON public.money_share USING btree (seller_id);


CREATE INDEX money_statement_latest ON public.money_bankstatement USING btree (currency, closed_on);


CREATE INDEX money_transfer_back_waits ON public.money_transferrefund USING btree (currency, created_at) WHERE ((state)::text = 'waits'::text);


CREATE INDEX money_transfer_order ON public.money_transfer USING btree ("order") WHERE ("order" IS NOT NULL);


CREATE INDEX money_transferrefund_key_9fd9fd71_like ON public.money_transferrefund USING btree (key varchar_pattern_ops);


CREATE INDEX money_transferrefund_number_ab712d36_like ON public.money_transferrefund USING btree (number varchar_pattern_ops);


CREATE INDEX money_transferrefund_transfer_id_40693a0c ON public.money_transferrefund USING btree (transfer_id);


CREATE INDEX money_transferrefund_transfer_id_40693a0c_like ON public.money_transferrefund USING btree (transfer_id varchar_pattern_ops);


CREATE INDEX notices_fold ON public.notices_notice USING btree (owner, subject, kind);


CREATE INDEX notices_list ON public.notices_notice USING btree (owner, at DESC, id DESC);


CREATE INDEX notices_subject ON public.notices_notice USING btree (subject);


CREATE INDEX notices_to_mail ON public.notices_notice USING btree (owner, at) WHERE ((read_at IS NULL) AND to_mail);


CREATE INDEX notices_unread ON public.notices_notice USING btree (owner, subject) WHERE (read_at IS NULL);


CREATE INDEX ops_archive_owner_id_635e0c71 ON public.ops_archive USING btree (owner_id);


CREATE INDEX orders_cartline_variant_id_88b6307b ON public.orders_cartline USING btree (variant_id);


CREATE INDEX orders_delivereditem_line_id_462e79d7 ON public.orders_delivereditem USING btree (line_id);


CREATE INDEX orders_delivereditem_order_id_05e3326f ON public.orders_delivereditem USING btree (order_id);


CREATE INDEX orders_mine ON public.orders_orderline USING btree (buyer_id, order_id DESC);


CREATE UNIQUE INDEX orders_one_default_address ON public.orders_savedaddress USING btree (owner_id) WHERE is_default;


CREATE INDEX orders_orderline_order_id_17f8f3ef ON public.orders_orderline USING btree (order_id);


CREATE INDEX orders_orderline_shipment_id_e9602223 ON public.orders_orderline USING btree (shipment_id);


CREATE INDEX orders_parcel_number ON public.orders_shipment USING btree (number);


CREATE INDEX orders_savedaddress_owner_id_38abed43 ON public.orders_savedaddress USING btree (owner_id);


CREATE INDEX orders_scan_shipment_id_c30c55e5 ON public.orders_scan USING btree (shipment_id);


CREATE INDEX orders_seller_completed ON public.orders_order USING btree (seller_id) WHERE (completed_at IS NOT NULL);


CREATE INDEX orders_shipment_order_id_661ed8ed ON public.orders_shipment USING btree (order_id);


CREATE INDEX orders_sold ON public.orders_orderline USING btree (seller_id, order_id DESC);


CREATE INDEX orders_strays_open ON public.orders_strayscan USING btree (number) WHERE (ended_at IS NULL);


CREATE INDEX orders_timer_order_id_8ee97e8a ON public.orders_timer USING btree (order_id);


CREATE INDEX orders_timers_due ON public.orders_timer USING btree (due_at) WHERE (done_at IS NULL);


CREATE INDEX orders_trackingsource_name_f73f335c_like ON public.orders_trackingsource USING btree (name varchar_pattern_ops);


CREATE INDEX people_apitoken_owner_id_9b8d901c ON public.people_apitoken USING btree (owner_id);


CREATE INDEX people_by_name ON public.people_findable USING btree (name) WHERE by_name;


CREATE INDEX people_claim_member_id_b379a897 ON public.people_claim USING btree (member_id);


CREATE INDEX people_claim_value_6b24f715_like ON public.people_claim USING btree (value varchar_pattern_ops);


CREATE INDEX people_face_key_cf76ecfd_like ON public.people_face USING btree (key varchar_pattern_ops);


CREATE INDEX people_leaving ON public.people_member USING btree (leaving_at) WHERE (leaving_at IS NOT NULL);


CREATE INDEX people_memb_email_dd7a0a_idx ON public.people_member USING btree (email);


CREATE INDEX people_memb_handle_74a100_idx ON public.people_member USING btree (handle);


CREATE INDEX people_shel_until_274f8d_idx ON public.people_shelved USING btree (until);


CREATE INDEX people_shelved_key_535ffee5_like ON public.people_shelved USING btree (key varchar_pattern_ops);


CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);


CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));


CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);


CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);


CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);


CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);


CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);


CREATE INDEX reach_forecasts ON public.reach_forecast USING btree (seller_id, made_at DESC);


CREATE INDEX reach_laid ON public.reach_impression USING btree (reader_id) WHERE (seen_at IS NULL);


CREATE INDEX reach_measured ON public.reach_impression USING btree (seller, moment);


CREATE INDEX reach_read_in ON public.reach_reading USING btree (hour);


CREATE INDEX reach_seen ON public.reach_impression USING btree (reader_id, seller, seen_at) WHERE (seen_at IS NOT NULL);


CREATE INDEX reach_settled ON public.reach_forecast USING btree (settled_at DESC) WHERE (settled_at IS NOT NULL);


CREATE INDEX reach_slot_seller_id_e447b882 ON public.reach_slot USING btree (seller_id);


CREATE INDEX reach_turns ON public.reach_impression USING btree (reader_id, after_at DESC, after_moment DESC) WHERE (after_at IS NOT NULL);


CREATE INDEX reach_unsettled ON public.reach_forecast USING btree (seller_id) WHERE (settled_at IS NULL);


CREATE INDEX shop_bought ON public.shop_reservation USING btree (buyer_id, listing_id) WHERE ((state)::text = 'sold'::text);


CREATE INDEX shop_by_licence ON public.shop_declaration USING btree (number) WHERE ((state)::text = 'in_force'::text);


CREATE INDEX shop_by_name ON public.shop_shop USING btree (name);


CREATE INDEX shop_by_template ON public.shop_listing USING btree (template_id) WHERE (template_id IS NOT NULL);


CREATE INDEX shop_clocks_due ON public.shop_shopclock USING btree (due_at) WHERE (done_at IS NULL);


CREATE INDEX shop_declarationpage_declaration_id_9700b75f ON public.shop_declarationpage USING btree (declaration_id);


CREATE INDEX shop_declarationpage_key_d4feda72_like ON public.shop_declarationpage USING btree (key varchar_pattern_ops);


CREATE INDEX shop_declarations ON public.shop_declaration USING btree (owner_id, at DESC);


CREATE INDEX shop_evidence_key_1e20d05a_like ON public.shop_evidence USING btree (key varchar_pattern_ops);


CREATE INDEX shop_evidence_of ON public.shop_evidence USING btree (listing_id);


CREATE INDEX shop_follow_shop_id_63e8f67c ON public.shop_follow USING btree (shop_id);


CREATE INDEX shop_import_rows ON public.shop_importrow USING btree (run_id, outcome, "position");


CREATE INDEX shop_imports ON public.shop_importrun USING btree (owner_id, created_at DESC);


CREATE INDEX shop_items_of ON public.shop_digitalitem USING btree (listing_id);


CREATE INDEX shop_keys_left ON public.shop_licencekey USING btree (variant_id, id) WHERE (line IS NULL);


CREATE INDEX shop_keys_of ON public.shop_licencekey USING btree (listing_id);


CREATE INDEX shop_listingpicture_key_d99cce4d_like ON public.shop_listingpicture USING btree (key varchar_pattern_ops);


CREATE INDEX shop_market ON public.shop_listing USING btree (listed_at DESC, id DESC) WHERE ((state)::text = 'active'::text);


CREATE INDEX shop_mine ON public.shop_listing USING btree (seller_id, changed_at DESC);


CREATE UNIQUE INDEX shop_one_asked ON public.shop_declaration USING btree (owner_id) WHERE ((state)::text = 'asked'::text);


CREATE UNIQUE INDEX shop_one_clock ON public.shop_shopclock USING btree (owner_id, kind) WHERE (done_at IS NULL);


CREATE UNIQUE INDEX shop_one_in_force ON public.shop_declaration USING btree (owner_id) WHERE ((state)::text = 'in_force'::text);


CREATE UNIQUE INDEX shop_one_open ON public.shop_shop USING btree (owner_id) WHERE (closed_at IS NULL);


CREATE INDEX shop_papers_for_house ON public.shop_evidence USING btree (added_at DESC) WHERE ((audience)::text = 'operators'::text);


CREATE UNIQUE INDEX shop_plan_once ON public.shop_listingtimer USING btree (listing_id, kind) WHERE (ended_at IS NULL);


CREATE INDEX shop_plans_due ON public.shop_listingtimer USING btree (due_at) WHERE (ended_at IS NULL);


CREATE INDEX shop_plans_of ON public.shop_listingtimer USING btree (listing_id, set_at DESC);


CREATE INDEX shop_price_history ON public.shop_pricechange USING btree (listing_id, at);


CREATE INDEX shop_quotes_asked ON public.shop_quote USING btree (buyer_id, asked_at DESC);


CREATE INDEX shop_quotes_to_answer ON public.shop_quote USING btree (seller_id, state, asked_at DESC);


CREATE INDEX shop_reserved_until ON public.shop_reservation USING btree (until) WHERE ((state)::text = 'held'::text);


CREATE UNIQUE INDEX shop_source_once ON public.shop_listing USING btree (seller_id, source_key) WHERE (NOT ((source_key)::text = ''::text));


CREATE INDEX shop_templates ON public.shop_shippingtemplate USING btree (seller_id, name);


CREATE INDEX shop_to_check ON public.shop_declaration USING btree (at) WHERE ((state)::text = 'asked'::text);


CREATE INDEX shop_units_sold ON public.shop_sale USING btree (listing_id) INCLUDE (quantity);


CREATE UNIQUE INDEX shop_variant_once ON public.shop_variant USING btree (listing_id, options) WHERE ((buyer_id IS NULL) AND (retired_at IS NULL));


CREATE INDEX shop_variant_order ON public.shop_variant USING btree (listing_id, "position");


CREATE INDEX shop_window ON public.shop_listing USING btree (shop_id, state, listed_at DESC);


CREATE INDEX shop_words ON public.shop_listingwords USING gin (words);


CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY (ARRAY[('totp'::character varying)::text, ('recovery_codes'::character varying)::text]));


CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";


CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;


CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);


CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);


CREATE TRIGGER money_append_only BEFORE DELETE OR UPDATE ON public.money_account FOR EACH ROW EXECUTE FUNCTION public.money_append_only();


CREATE TRIGGER money_append_only BEFORE DELETE OR UPDATE ON public.money_entry FOR EACH ROW EXECUTE FUNCTION public.money_append_only();


CREATE TRIGGER money_append_only BEFORE DELETE OR UPDATE ON public.money_issuedpaper FOR EACH ROW EXECUTE FUNCTION public.money_append_only();


CREATE TRIGGER money_append_only BEFORE DELETE OR UPDATE ON public.money_paperfile FOR EACH ROW EXECUTE FUNCTION public.money_append_only();


CREATE TRIGGER money_append_only BEFORE DELETE OR UPDATE ON public.money_paperline FOR EACH ROW EXECUTE FUNCTION public.money_append_only();


CREATE TRIGGER money_append_only BEFORE DELETE OR UPDATE ON public.money_transfer FOR EACH ROW EXECUTE FUNCTION public.money_append_only();


CREATE TRIGGER money_entry_admit BEFORE INSERT ON public.money_entry FOR EACH ROW EXECUTE FUNCTION public.money_entry_admit();


CREATE CONSTRAINT TRIGGER money_transfer_balanced AFTER INSERT ON public.money_transfer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.money_transfer_balanced();


CREATE TRIGGER pgtrigger_address_0c7be BEFORE UPDATE ON public.orders_order FOR EACH ROW WHEN ((((new.address IS DISTINCT FROM old.address) AND (new.address <> '{}'::jsonb)) OR (((new.note)::text IS DISTINCT FROM (old.note)::text) AND ((new.note)::text <> ''::text)))) EXECUTE FUNCTION public.pgtrigger_address_0c7be();


COMMENT ON TRIGGER pgtrigger_address_0c7be ON public.orders_order IS 'b1d2ddbbc97fb42652e2c6f25140679062342b3b';


CREATE TRIGGER pgtrigger_append_only_6d2d9 BEFORE DELETE OR UPDATE ON public.journal_entry FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_6d2d9();


COMMENT ON TRIGGER pgtrigger_append_only_6d2d9 ON public.journal_entry IS '4e2357730d0621f5305f59f950d1d9c44e23f9e8';


CREATE TRIGGER pgtrigger_append_only_894f1 BEFORE DELETE OR UPDATE ON public.shop_pricechange FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_894f1();


COMMENT ON TRIGGER pgtrigger_append_only_894f1 ON public.shop_pricechange IS '6574442888da73f09a55ed0364339fbbe3e44c0d';


CREATE TRIGGER pgtrigger_append_only_a8d2c BEFORE DELETE OR UPDATE ON public.shop_sale FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_a8d2c();


COMMENT ON TRIGGER pgtrigger_append_only_a8d2c ON public.shop_sale IS 'fcf300f4fedb9e40d309b97a26beac3b3acf0622';


CREATE TRIGGER pgtrigger_kept_060f1 BEFORE DELETE OR UPDATE ON public.money_feeband FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_kept_060f1();


COMMENT ON TRIGGER pgtrigger_kept_060f1 ON public.money_feeband IS 'd7ada7932880463c9bdb68084f437bbed724a348';


CREATE TRIGGER pgtrigger_kept_940a2 BEFORE DELETE ON public.money_bankline FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_kept_940a2();


COMMENT ON TRIGGER pgtrigger_kept_940a2 ON public.money_bankline IS '4ee204b9e4d0ec19ec85cf8962b2841a7f147495';


CREATE TRIGGER pgtrigger_link_c7449 BEFORE INSERT ON public.journal_entry FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_link_c7449();


COMMENT ON TRIGGER pgtrigger_link_c7449 ON public.journal_entry IS 'fb7e7cce5718dcbc5c1201249d35f21cc7d64efe';


CREATE TRIGGER pgtrigger_moves_038ed BEFORE UPDATE ON public.money_claim FOR EACH ROW WHEN ((((old.state)::text <> (new.state)::text) AND ((((old.state)::text || ' '::text) || (new.state)::text) <> ALL ('{"due paid","frozen due","frozen lifted"}'::text[])))) EXECUTE FUNCTION public.pgtrigger_moves_038ed();


COMMENT ON TRIGGER pgtrigger_moves_038ed ON public.money_claim IS '6476ce4dc59ea8635ac2fad7b996911d48ab9799';


CREATE TRIGGER pgtrigger_moves_046bb BEFORE UPDATE ON public.money_payout FOR EACH ROW WHEN ((((old.state)::text <> (new.state)::text) AND ((((old.state)::text || ' '::text) || (new.state)::text) <> ALL ('{"asked cancelled","asked paid","asked returned","asked sent","paid returned","sent paid","sent returned"}'::text[])))) EXECUTE FUNCTION public.pgtrigger_moves_046bb();


COMMENT ON TRIGGER pgtrigger_moves_046bb ON public.money_payout IS '88e2052142dcb6b5b343cc2ba3f5d920a316ef1a';


CREATE TRIGGER pgtrigger_moves_26e98 BEFORE UPDATE ON public.money_hold FOR EACH ROW WHEN ((((old.state)::text <> (new.state)::text) AND ((((old.state)::text || ' '::text) || (new.state)::text) <> ALL ('{"held refunded","held released"}'::text[])))) EXECUTE FUNCTION public.pgtrigger_moves_26e98();


COMMENT ON TRIGGER pgtrigger_moves_26e98 ON public.money_hold IS '4d5b72dbc40a7cd45d4821b0353117a512b30cf9';


CREATE TRIGGER pgtrigger_moves_6e838 BEFORE UPDATE ON public.money_refund FOR EACH ROW WHEN ((((old.state)::text <> (new.state)::text) AND ((((old.state)::text || ' '::text) || (new.state)::text) <> ALL ('{"created sent","done failed","failed done","failed sent","sent done","sent failed"}'::text[])))) EXECUTE FUNCTION public.pgtrigger_moves_6e838();


COMMENT ON TRIGGER pgtrigger_moves_6e838 ON public.money_refund IS '91b3ea77ff6ca45e0e4653760772fd8a3a176432';


CREATE TRIGGER pgtrigger_moves_8fe17 BEFORE UPDATE ON public.orders_orderline FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_moves_8fe17();


COMMENT ON TRIGGER pgtrigger_moves_8fe17 ON public.orders_orderline IS '8719b6a948d9e8b1072f380c6aa965c8bce24340';


CREATE TRIGGER pgtrigger_moves_93c7f BEFORE UPDATE ON public.care_case FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_moves_93c7f();


COMMENT ON TRIGGER pgtrigger_moves_93c7f ON public.care_case IS 'faf62909f38e00e54a49f6e3dc5ff40a39461faf';


CREATE TRIGGER pgtrigger_moves_a6efe BEFORE UPDATE ON public.money_share FOR EACH ROW WHEN ((((old.state)::text <> (new.state)::text) AND ((((old.state)::text || ' '::text) || (new.state)::text) <> ALL ('{"asked done","asked failed"}'::text[])))) EXECUTE FUNCTION public.pgtrigger_moves_a6efe();


COMMENT ON TRIGGER pgtrigger_moves_a6efe ON public.money_share IS '5ca2a30c1d7851aa6189ae10ce9b0565866022b9';


CREATE TRIGGER pgtrigger_moves_ad5ac BEFORE UPDATE ON public.money_payment FOR EACH ROW WHEN ((((old.state)::text <> (new.state)::text) AND ((((old.state)::text || ' '::text) || (new.state)::text) <> ALL ('{"captured refunded","captured reversed","created captured","created declined","created expired","created pending","created returned","created reversed","created sent","created step_up","declined returned","declined reversed","expired returned","expired reversed","pending captured","pending declined","pending expired","pending returned","pending reversed","refunded reversed","returned reversed","reversed refunded","sent captured","sent declined","sent expired","sent pending","sent returned","sent reversed","sent step_up","step_up captured","step_up declined","step_up expired","step_up pending","step_up returned","step_up reversed"}'::text[])))) EXECUTE FUNCTION public.pgtrigger_moves_ad5ac();


COMMENT ON TRIGGER pgtrigger_moves_ad5ac ON public.money_payment IS '72053a54704c98b0aa96c1e0a1851220f6a9432f';


CREATE TRIGGER pgtrigger_parts_18c09 BEFORE UPDATE ON public.money_payment FOR EACH ROW WHEN (((old.parts <> new.parts) AND (old.parts <> '[]'::jsonb))) EXECUTE FUNCTION public.pgtrigger_parts_18c09();


COMMENT ON TRIGGER pgtrigger_parts_18c09 ON public.money_payment IS '81b0bfe78a039302b5c6b80f4d3d8f9b05fcdaba';


CREATE TRIGGER pgtrigger_promise_460c3 BEFORE UPDATE ON public.orders_order FOR EACH ROW WHEN (((old.buyer_id IS DISTINCT FROM new.buyer_id) OR (old.seller_id IS DISTINCT FROM new.seller_id) OR (old.shop_id IS DISTINCT FROM new.shop_id) OR ((old.key)::text IS DISTINCT FROM (new.key)::text) OR (old.goods_minor IS DISTINCT FROM new.goods_minor) OR (old.shipping_minor IS DISTINCT FROM new.shipping_minor) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text) OR (old.placed_at IS DISTINCT FROM new.placed_at))) EXECUTE FUNCTION public.pgtrigger_promise_460c3();


COMMENT ON TRIGGER pgtrigger_promise_460c3 ON public.orders_order IS '3b77d9e10f3bcd0e468fff15d8a91c5d8bd53dde';


CREATE TRIGGER pgtrigger_promise_912ce BEFORE UPDATE ON public.orders_orderline FOR EACH ROW WHEN (((old.order_id IS DISTINCT FROM new.order_id) OR (old.buyer_id IS DISTINCT FROM new.buyer_id) OR (old.seller_id IS DISTINCT FROM new.seller_id) OR (old.listing_id IS DISTINCT FROM new.listing_id) OR (old.variant_id IS DISTINCT FROM new.variant_id) OR (old.quantity IS DISTINCT FROM new.quantity) OR (old.unit_minor IS DISTINCT FROM new.unit_minor) OR (old.shipping_minor IS DISTINCT FROM new.shipping_minor) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text) OR (old.snapshot IS DISTINCT FROM new.snapshot) OR ((old.digest)::text IS DISTINCT FROM (new.digest)::text) OR (old.signature IS DISTINCT FROM new.signature) OR (old.ship_within IS DISTINCT FROM new.ship_within))) EXECUTE FUNCTION public.pgtrigger_promise_912ce();


COMMENT ON TRIGGER pgtrigger_promise_912ce ON public.orders_orderline IS 'a56dad40d7c2c0e29e601670cb6bbbc666448244';


CREATE TRIGGER pgtrigger_said_27e0b BEFORE UPDATE ON public.orders_scan FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_said_27e0b();


COMMENT ON TRIGGER pgtrigger_said_27e0b ON public.orders_scan IS 'b2403b3ab335fb97cba237e967575c932b218e3a';


CREATE TRIGGER pgtrigger_said_63b42 BEFORE UPDATE ON public.money_bankline FOR EACH ROW WHEN ((((old.key)::text IS DISTINCT FROM (new.key)::text) OR (old.booked_on IS DISTINCT FROM new.booked_on) OR ((old.direction)::text IS DISTINCT FROM (new.direction)::text) OR (old.amount IS DISTINCT FROM new.amount) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text) OR ((old.text)::text IS DISTINCT FROM (new.text)::text) OR ((old.reference)::text IS DISTINCT FROM (new.reference)::text) OR ((old.counterparty)::text IS DISTINCT FROM (new.counterparty)::text) OR ((old.account)::text IS DISTINCT FROM (new.account)::text) OR ((old.bank_id)::text IS DISTINCT FROM (new.bank_id)::text))) EXECUTE FUNCTION public.pgtrigger_said_63b42();


COMMENT ON TRIGGER pgtrigger_said_63b42 ON public.money_bankline IS '07f893c5bef5c449c694addcfd6bef9b4bbf55d6';


CREATE TRIGGER pgtrigger_said_b1f2c BEFORE DELETE OR UPDATE ON public.care_statement FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_said_b1f2c();


COMMENT ON TRIGGER pgtrigger_said_b1f2c ON public.care_statement IS '8f7cf2ba810b233476ef73b458e6133afe1b73d4';


CREATE TRIGGER pgtrigger_sold_once_f35c9 BEFORE DELETE OR UPDATE ON public.shop_licencekey FOR EACH ROW WHEN ((old.line IS NOT NULL)) EXECUTE FUNCTION public.pgtrigger_sold_once_f35c9();


COMMENT ON TRIGGER pgtrigger_sold_once_f35c9 ON public.shop_licencekey IS '55d844478e76b4ea8d6f2bc8dbf160dd8dc48865';


CREATE TRIGGER pgtrigger_taken_once_0a1d3 BEFORE UPDATE ON public.money_bankline FOR EACH ROW WHEN ((((old.taken)::text <> 'open'::text) AND ((old.taken)::text <> (new.taken)::text))) EXECUTE FUNCTION public.pgtrigger_taken_once_0a1d3();


COMMENT ON TRIGGER pgtrigger_taken_once_0a1d3 ON public.money_bankline IS 'f442f55cacbd2d11b8113fff0f5b9c2eb8536d46';


CREATE TRIGGER pgtrigger_terms_1923b BEFORE UPDATE ON public.money_share FOR EACH ROW WHEN (((old.seller_id IS DISTINCT FROM new.seller_id) OR (old.release IS DISTINCT FROM new.release) OR (old."order" IS DISTINCT FROM new."order") OR (old.payment IS DISTINCT FROM new.payment) OR ((old.account)::text IS DISTINCT FROM (new.account)::text) OR (old.amount IS DISTINCT FROM new.amount) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text))) EXECUTE FUNCTION public.pgtrigger_terms_1923b();


COMMENT ON TRIGGER pgtrigger_terms_1923b ON public.money_share IS '2300f83760fb66a48f8f368a7a651df34736a5e8';


CREATE TRIGGER pgtrigger_terms_47630 BEFORE UPDATE ON public.money_refund FOR EACH ROW WHEN (((old.payment_id IS DISTINCT FROM new.payment_id) OR (old.buyer_id IS DISTINCT FROM new.buyer_id) OR (old.amount IS DISTINCT FROM new.amount) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text))) EXECUTE FUNCTION public.pgtrigger_terms_47630();


COMMENT ON TRIGGER pgtrigger_terms_47630 ON public.money_refund IS 'ddfc5ea9a64bb62dc3daaf3983b36822eed831e8';


CREATE TRIGGER pgtrigger_terms_6cdd4 BEFORE UPDATE ON public.orders_order FOR EACH ROW WHEN (((new.terms - 'pay_within'::text) IS DISTINCT FROM (old.terms - 'pay_within'::text))) EXECUTE FUNCTION public.pgtrigger_terms_6cdd4();


COMMENT ON TRIGGER pgtrigger_terms_6cdd4 ON public.orders_order IS 'dee0e24d08c69f13914307fcb163e02f6e27d183';


CREATE TRIGGER pgtrigger_terms_91519 BEFORE UPDATE ON public.money_payout FOR EACH ROW WHEN (((old.seller_id IS DISTINCT FROM new.seller_id) OR (old.amount IS DISTINCT FROM new.amount) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text) OR ((old.number)::text IS DISTINCT FROM (new.number)::text) OR ((old.kind)::text IS DISTINCT FROM (new.kind)::text) OR ((old.hint)::text IS DISTINCT FROM (new.hint)::text))) EXECUTE FUNCTION public.pgtrigger_terms_91519();


COMMENT ON TRIGGER pgtrigger_terms_91519 ON public.money_payout IS 'ef8591e308c9c92fa38ad6a39a30c04fe00522a0';


CREATE TRIGGER pgtrigger_terms_ac021 BEFORE UPDATE ON public.money_hold FOR EACH ROW WHEN (((old."order" IS DISTINCT FROM new."order") OR (old.buyer_id IS DISTINCT FROM new.buyer_id) OR (old.seller_id IS DISTINCT FROM new.seller_id) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text) OR (old.captured IS DISTINCT FROM new.captured) OR (old.fee IS DISTINCT FROM new.fee))) EXECUTE FUNCTION public.pgtrigger_terms_ac021();


COMMENT ON TRIGGER pgtrigger_terms_ac021 ON public.money_hold IS 'c52cec420d8c51f4a462690aedc164db5ef00345';


CREATE TRIGGER pgtrigger_terms_c138a BEFORE UPDATE ON public.money_payment FOR EACH ROW WHEN (((old."order" IS DISTINCT FROM new."order") OR (old.buyer_id IS DISTINCT FROM new.buyer_id) OR (old.seller_id IS DISTINCT FROM new.seller_id) OR (old.amount IS DISTINCT FROM new.amount) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text) OR (old.fee_percent IS DISTINCT FROM new.fee_percent) OR (old.fee IS DISTINCT FROM new.fee) OR ((old.gateway)::text IS DISTINCT FROM (new.gateway)::text))) EXECUTE FUNCTION public.pgtrigger_terms_c138a();


COMMENT ON TRIGGER pgtrigger_terms_c138a ON public.money_payment IS '9a9a825211e00dfc348f4d253bbdda60a0b5e4e7';


CREATE TRIGGER pgtrigger_terms_ceaa7 BEFORE UPDATE ON public.money_claim FOR EACH ROW WHEN (((old.seller_id IS DISTINCT FROM new.seller_id) OR (old.buyer_id IS DISTINCT FROM new.buyer_id) OR (old."order" IS DISTINCT FROM new."order") OR ((old.kind)::text IS DISTINCT FROM (new.kind)::text) OR ((old.key)::text IS DISTINCT FROM (new.key)::text) OR (old.amount IS DISTINCT FROM new.amount) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text))) EXECUTE FUNCTION public.pgtrigger_terms_ceaa7();


COMMENT ON TRIGGER pgtrigger_terms_ceaa7 ON public.money_claim IS 'a8acda83eb7aa29784d9deabc14d741b074d1966';


CREATE TRIGGER pgtrigger_terms_e712f BEFORE UPDATE ON public.care_case FOR EACH ROW WHEN (((old.order_id IS DISTINCT FROM new.order_id) OR (old.line_id IS DISTINCT FROM new.line_id) OR (old.buyer_id IS DISTINCT FROM new.buyer_id) OR (old.seller_id IS DISTINCT FROM new.seller_id) OR (old.asked_minor IS DISTINCT FROM new.asked_minor) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text) OR ((old.secret)::text IS DISTINCT FROM (new.secret)::text))) EXECUTE FUNCTION public.pgtrigger_terms_e712f();


COMMENT ON TRIGGER pgtrigger_terms_e712f ON public.care_case IS 'a040c44a33231f148832e665fd30a31c4c3ff1e4';


CREATE TRIGGER pgtrigger_votes_once_d602b BEFORE UPDATE ON public.care_juror FOR EACH ROW WHEN (((old.vote)::text <> ''::text)) EXECUTE FUNCTION public.pgtrigger_votes_once_d602b();


COMMENT ON TRIGGER pgtrigger_votes_once_d602b ON public.care_juror IS '0c944861d05e56dd35c5d0b5edac7295763799dc';


CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();


CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.status = 'todo'::public.procrastinate_job_status) AND (new.scheduled_at IS NULL))) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();


CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();


CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();


CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();


CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();


CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();


ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_people_member_id FOREIGN KEY (user_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.care_case
    ADD CONSTRAINT care_case_buyer_id_0a831a1e_fk_people_member_id FOREIGN KEY (buyer_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.care_case
    ADD CONSTRAINT care_case_line_id_cac945aa_fk_orders_orderline_id FOREIGN KEY (line_id) REFERENCES public.orders_orderline(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.care_case
    ADD CONSTRAINT care_case_order_id_32ee8110_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.care_case
    ADD CONSTRAINT care_case_seller_id_7e86e098_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.care_casepicture
    ADD CONSTRAINT care_casepicture_buyer_id_85551dce_fk_people_member_id FOREIGN KEY (buyer_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.care_casepicture
    ADD CONSTRAINT care_casepicture_case_id_05a40f53_fk_care_case_id FOREIGN KEY (case_id) REFERENCES public.care_case(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.care_juror
    ADD CONSTRAINT care_juror_case_id_10c38d72_fk_care_case_id FOREIGN KEY (case_id) REFERENCES public.care_case(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.care_juror
    ADD CONSTRAINT care_juror_member_id_4bf433b5_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.care_statement
    ADD CONSTRAINT care_statement_buyer_id_98e0705c_fk_people_member_id FOREIGN KEY (buyer_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.care_statement
    ADD CONSTRAINT care_statement_case_id_8dd123df_fk_care_case_id FOREIGN KEY (case_id) REFERENCES public.care_case(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_block
    ADD CONSTRAINT circle_block_blocked_id_328b6bfd_fk_people_member_id FOREIGN KEY (blocked_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_block
    ADD CONSTRAINT circle_block_owner_id_fd27308b_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_comment
    ADD CONSTRAINT circle_comment_author_id_d9bda3ff_fk_people_member_id FOREIGN KEY (author_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_comment
    ADD CONSTRAINT circle_comment_member_id_0fc159b9_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_comment
    ADD CONSTRAINT circle_comment_moment_id_0dc0d862_fk_circle_moment_id FOREIGN KEY (moment_id) REFERENCES public.circle_moment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_comment
    ADD CONSTRAINT circle_comment_reply_to_id_980b055f_fk_circle_comment_id FOREIGN KEY (reply_to_id) REFERENCES public.circle_comment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_friendrequest
    ADD CONSTRAINT circle_friendrequest_asked_id_e6d9db28_fk_people_member_id FOREIGN KEY (asked_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_friendrequest
    ADD CONSTRAINT circle_friendrequest_asker_id_372f3337_fk_people_member_id FOREIGN KEY (asker_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_friendship
    ADD CONSTRAINT circle_friendship_friend_id_23f48d3b_fk_people_member_id FOREIGN KEY (friend_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_friendship
    ADD CONSTRAINT circle_friendship_owner_id_af6fb6e3_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_group
    ADD CONSTRAINT circle_group_owner_id_5acd6870_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_invitation
    ADD CONSTRAINT circle_invitation_owner_id_70214522_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_invitation
    ADD CONSTRAINT circle_invitation_taken_by_id_57b5dac4_fk_people_member_id FOREIGN KEY (taken_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_like
    ADD CONSTRAINT circle_like_author_id_cdff8fbb_fk_people_member_id FOREIGN KEY (author_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_like
    ADD CONSTRAINT circle_like_member_id_1d977c93_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_like
    ADD CONSTRAINT circle_like_moment_id_de709bd8_fk_circle_moment_id FOREIGN KEY (moment_id) REFERENCES public.circle_moment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_linkcard
    ADD CONSTRAINT circle_linkcard_author_id_266a05a5_fk_people_member_id FOREIGN KEY (author_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_linkcard
    ADD CONSTRAINT circle_linkcard_moment_id_1cd20e21_fk_circle_moment_id FOREIGN KEY (moment_id) REFERENCES public.circle_moment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_linkpicture
    ADD CONSTRAINT circle_linkpicture_author_id_2fa9ab7c_fk_people_member_id FOREIGN KEY (author_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_linkpicture
    ADD CONSTRAINT circle_linkpicture_card_id_5dc8128a_fk_circle_linkcard_id FOREIGN KEY (card_id) REFERENCES public.circle_linkcard(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_moment
    ADD CONSTRAINT circle_moment_author_id_44876835_fk_people_member_id FOREIGN KEY (author_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_momentedit
    ADD CONSTRAINT circle_momentedit_author_id_67b9237f_fk_people_member_id FOREIGN KEY (author_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_momentedit
    ADD CONSTRAINT circle_momentedit_moment_id_02756f72_fk_circle_moment_id FOREIGN KEY (moment_id) REFERENCES public.circle_moment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_momentpicture
    ADD CONSTRAINT circle_momentpicture_author_id_d3a2c2a9_fk_people_member_id FOREIGN KEY (author_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_momentpicture
    ADD CONSTRAINT circle_momentpicture_moment_id_4f3074d0_fk_circle_moment_id FOREIGN KEY (moment_id) REFERENCES public.circle_moment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_momentwords
    ADD CONSTRAINT circle_momentwords_author_id_6d712fd1_fk_people_member_id FOREIGN KEY (author_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_momentwords
    ADD CONSTRAINT circle_momentwords_moment_id_e4fcfa79_fk_circle_moment_id FOREIGN KEY (moment_id) REFERENCES public.circle_moment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_settings
    ADD CONSTRAINT circle_settings_owner_id_9e68d634_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_voice
    ADD CONSTRAINT circle_voice_author_id_d4e646b3_fk_people_member_id FOREIGN KEY (author_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.circle_voice
    ADD CONSTRAINT circle_voice_moment_id_2c43f202_fk_circle_moment_id FOREIGN KEY (moment_id) REFERENCES public.circle_moment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_people_member_id FOREIGN KEY (user_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_account
    ADD CONSTRAINT money_account_holder_id_441e0702_fk_people_member_id FOREIGN KEY (holder_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_bankdetails
    ADD CONSTRAINT money_bankdetails_member_id_4dde6195_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_bankline
    ADD CONSTRAINT money_bankline_actor_id_022aa531_fk_people_member_id FOREIGN KEY (actor_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_bankline
    ADD CONSTRAINT money_bankline_statement_id_33400c71_fk_money_bankstatement_id FOREIGN KEY (statement_id) REFERENCES public.money_bankstatement(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_bankstatement
    ADD CONSTRAINT money_bankstatement_actor_id_0a4baf8a_fk_people_member_id FOREIGN KEY (actor_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_claim
    ADD CONSTRAINT money_claim_buyer_id_7289d993_fk_people_member_id FOREIGN KEY (buyer_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_claim
    ADD CONSTRAINT money_claim_seller_id_b4c7875b_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_feeband
    ADD CONSTRAINT money_feeband_actor_id_0ac8a7b5_fk_people_member_id FOREIGN KEY (actor_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_hold
    ADD CONSTRAINT money_hold_payment_id_f464d01b_fk_money_payment_id FOREIGN KEY (payment_id) REFERENCES public.money_payment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_issuedpaper
    ADD CONSTRAINT money_issuedpaper_of_id_5c6d22d9_fk_money_issuedpaper_id FOREIGN KEY (of_id) REFERENCES public.money_issuedpaper(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_outsidemove
    ADD CONSTRAINT money_outsidemove_charge_id_4c601298_fk_money_outsidecharge_key FOREIGN KEY (charge_id) REFERENCES public.money_outsidecharge(key) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_paperfile
    ADD CONSTRAINT money_paperfile_paper_id_01c8940a_fk_money_issuedpaper_id FOREIGN KEY (paper_id) REFERENCES public.money_issuedpaper(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_paperhead
    ADD CONSTRAINT money_paperhead_seller_id_d29abed3_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_paperline
    ADD CONSTRAINT money_paperline_paper_id_519e3a77_fk_money_issuedpaper_id FOREIGN KEY (paper_id) REFERENCES public.money_issuedpaper(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_payment
    ADD CONSTRAINT money_payment_buyer_id_e37f5514_fk_people_member_id FOREIGN KEY (buyer_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_payout
    ADD CONSTRAINT money_payout_file_id_ca719854_fk_money_payoutfile_id FOREIGN KEY (file_id) REFERENCES public.money_payoutfile(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_payout
    ADD CONSTRAINT money_payout_seller_id_941f881f_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_payoutfile
    ADD CONSTRAINT money_payoutfile_actor_id_9d0434e8_fk_people_member_id FOREIGN KEY (actor_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_refund
    ADD CONSTRAINT money_refund_buyer_id_ae7c6bc8_fk_people_member_id FOREIGN KEY (buyer_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_refund
    ADD CONSTRAINT money_refund_payment_id_84cb2120_fk_money_payment_id FOREIGN KEY (payment_id) REFERENCES public.money_payment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_sandboxrefund
    ADD CONSTRAINT money_sandboxrefund_charge_id_6f1a50c3_fk_money_san FOREIGN KEY (charge_id) REFERENCES public.money_sandboxcharge(key) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_sandboxshare
    ADD CONSTRAINT money_sandboxshare_charge_id_5273e044_fk_money_san FOREIGN KEY (charge_id) REFERENCES public.money_sandboxcharge(key) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_selleraccount
    ADD CONSTRAINT money_selleraccount_member_id_cae92bcb_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_share
    ADD CONSTRAINT money_share_seller_id_fbda54f3_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_snapshot
    ADD CONSTRAINT money_snapshot_account_id_7b27275b_fk_money_account_id FOREIGN KEY (account_id) REFERENCES public.money_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.money_transferrefund
    ADD CONSTRAINT money_transferrefund_transfer_id_40693a0c_fk_money_awa FOREIGN KEY (transfer_id) REFERENCES public.money_awaitedtransfer(key) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.ops_archive
    ADD CONSTRAINT ops_archive_owner_id_635e0c71_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.orders_cartline
    ADD CONSTRAINT orders_cartline_buyer_id_71d46cc2_fk_people_member_id FOREIGN KEY (buyer_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.orders_cartline
    ADD CONSTRAINT orders_cartline_variant_id_88b6307b_fk_shop_variant_id FOREIGN KEY (variant_id) REFERENCES public.shop_variant(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.orders_delivereditem
    ADD CONSTRAINT orders_delivereditem_corrects_id_9d39fa8e_fk_orders_de FOREIGN KEY (corrects_id) REFERENCES public.orders_delivereditem(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.orders_delivereditem
    ADD CONSTRAINT orders_delivereditem_line_id_462e79d7_fk_orders_orderline_id FOREIGN KEY (line_id) REFERENCES public.orders_orderline(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.orders_delivereditem
    ADD CONSTRAINT orders_delivereditem_order_id_05e3326f_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.orders_handover
    ADD CONSTRAINT orders_handover_order_id_4638d95d_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.orders_orderline
    ADD CONSTRAINT orders_orderline_order_id_17f8f3ef_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.orders_orderline
    ADD CONSTRAINT orders_orderline_shipment_id_e9602223_fk_orders_shipment_id FOREIGN KEY (shipment_id) REFERENCES public.orders_shipment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.orders_savedaddress
    ADD CONSTRAINT orders_savedaddress_owner_id_38abed43_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.orders_scan
    ADD CONSTRAINT orders_scan_order_id_0dc6e60b_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.orders_scan
    ADD CONSTRAINT orders_scan_shipment_id_c30c55e5_fk_orders_shipment_id FOREIGN KEY (shipment_id) REFERENCES public.orders_shipment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.orders_shipment
    ADD CONSTRAINT orders_shipment_order_id_661ed8ed_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.orders_timer
    ADD CONSTRAINT orders_timer_line_id_7ce1b37e_fk_orders_orderline_id FOREIGN KEY (line_id) REFERENCES public.orders_orderline(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.orders_timer
    ADD CONSTRAINT orders_timer_order_id_8ee97e8a_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.people_apitoken
    ADD CONSTRAINT people_apitoken_owner_id_9b8d901c_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.people_claim
    ADD CONSTRAINT people_claim_member_id_b379a897_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.people_face
    ADD CONSTRAINT people_face_owner_id_dc98915b_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.people_findable
    ADD CONSTRAINT people_findable_member_id_6c8ebc32_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;


ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;


ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);


ALTER TABLE ONLY public.reach_digest
    ADD CONSTRAINT reach_digest_reader_id_bee546a0_fk_people_member_id FOREIGN KEY (reader_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.reach_forecast
    ADD CONSTRAINT reach_forecast_seller_id_2328ce8e_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.reach_interest
    ADD CONSTRAINT reach_interest_owner_id_56029062_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.reach_learning
    ADD CONSTRAINT reach_learning_owner_id_8992cf87_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.reach_reader
    ADD CONSTRAINT reach_reader_member_id_e3596b87_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.reach_reading
    ADD CONSTRAINT reach_reading_reader_id_1cd29a16_fk_people_member_id FOREIGN KEY (reader_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.reach_rhythm
    ADD CONSTRAINT reach_rhythm_seller_id_be8f2b5a_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.reach_slot
    ADD CONSTRAINT reach_slot_seller_id_e447b882_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.reach_visit
    ADD CONSTRAINT reach_visit_reader_id_20f40503_fk_people_member_id FOREIGN KEY (reader_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_declaration
    ADD CONSTRAINT shop_declaration_owner_id_b467a74e_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_declarationpage
    ADD CONSTRAINT shop_declarationpage_declaration_id_9700b75f_fk_shop_decl FOREIGN KEY (declaration_id) REFERENCES public.shop_declaration(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_declarationpage
    ADD CONSTRAINT shop_declarationpage_owner_id_816d70b6_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_digitalitem
    ADD CONSTRAINT shop_digitalitem_listing_id_6e0032f5_fk_shop_listing_id FOREIGN KEY (listing_id) REFERENCES public.shop_listing(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_digitalitem
    ADD CONSTRAINT shop_digitalitem_seller_id_5ddd5fc5_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_evidence
    ADD CONSTRAINT shop_evidence_listing_id_5e28d0b6_fk_shop_listing_id FOREIGN KEY (listing_id) REFERENCES public.shop_listing(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_evidence
    ADD CONSTRAINT shop_evidence_seller_id_972edb7c_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_follow
    ADD CONSTRAINT shop_follow_owner_id_8ee5844e_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_follow
    ADD CONSTRAINT shop_follow_shop_id_63e8f67c_fk_shop_shop_id FOREIGN KEY (shop_id) REFERENCES public.shop_shop(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_importrow
    ADD CONSTRAINT shop_importrow_listing_id_e128bfe6_fk_shop_listing_id FOREIGN KEY (listing_id) REFERENCES public.shop_listing(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_importrow
    ADD CONSTRAINT shop_importrow_owner_id_44d7a371_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_importrow
    ADD CONSTRAINT shop_importrow_run_id_e2a108b8_fk_shop_importrun_id FOREIGN KEY (run_id) REFERENCES public.shop_importrun(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_importrun
    ADD CONSTRAINT shop_importrun_owner_id_86872b94_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_importrun
    ADD CONSTRAINT shop_importrun_shop_id_f80423c7_fk_shop_shop_id FOREIGN KEY (shop_id) REFERENCES public.shop_shop(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_importsource
    ADD CONSTRAINT shop_importsource_owner_id_fe3ef09b_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_importsource
    ADD CONSTRAINT shop_importsource_run_id_6f0459ff_fk_shop_importrun_id FOREIGN KEY (run_id) REFERENCES public.shop_importrun(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_licencekey
    ADD CONSTRAINT shop_licencekey_listing_id_38b088c5_fk_shop_listing_id FOREIGN KEY (listing_id) REFERENCES public.shop_listing(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_licencekey
    ADD CONSTRAINT shop_licencekey_seller_id_81beef1b_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_licencekey
    ADD CONSTRAINT shop_licencekey_variant_id_66ebec72_fk_shop_variant_id FOREIGN KEY (variant_id) REFERENCES public.shop_variant(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_listing
    ADD CONSTRAINT shop_listing_seller_id_db376bf4_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_listing
    ADD CONSTRAINT shop_listing_shop_id_6d0ef7bd_fk_shop_shop_id FOREIGN KEY (shop_id) REFERENCES public.shop_shop(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_listing
    ADD CONSTRAINT shop_listing_template_id_ec1108af_fk_shop_shippingtemplate_id FOREIGN KEY (template_id) REFERENCES public.shop_shippingtemplate(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_listinginterests
    ADD CONSTRAINT shop_listinginterests_listing_id_21ba5b6a_fk_shop_listing_id FOREIGN KEY (listing_id) REFERENCES public.shop_listing(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_listinginterests
    ADD CONSTRAINT shop_listinginterests_seller_id_da571a5d_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_listingpicture
    ADD CONSTRAINT shop_listingpicture_listing_id_ba36f0ff_fk_shop_listing_id FOREIGN KEY (listing_id) REFERENCES public.shop_listing(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_listingpicture
    ADD CONSTRAINT shop_listingpicture_seller_id_f54ba25b_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_listingtimer
    ADD CONSTRAINT shop_listingtimer_listing_id_5c552f8c_fk_shop_listing_id FOREIGN KEY (listing_id) REFERENCES public.shop_listing(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_listingtimer
    ADD CONSTRAINT shop_listingtimer_seller_id_128e2411_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_listingwords
    ADD CONSTRAINT shop_listingwords_listing_id_2269bc1d_fk_shop_listing_id FOREIGN KEY (listing_id) REFERENCES public.shop_listing(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_listingwords
    ADD CONSTRAINT shop_listingwords_seller_id_385f56ec_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_overrun
    ADD CONSTRAINT shop_overrun_owner_id_b92db534_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_pricechange
    ADD CONSTRAINT shop_pricechange_listing_id_c52013cb_fk_shop_listing_id FOREIGN KEY (listing_id) REFERENCES public.shop_listing(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_pricechange
    ADD CONSTRAINT shop_pricechange_seller_id_aa41261b_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_pricechange
    ADD CONSTRAINT shop_pricechange_variant_id_066aec12_fk_shop_variant_id FOREIGN KEY (variant_id) REFERENCES public.shop_variant(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_quote
    ADD CONSTRAINT shop_quote_buyer_id_f4268991_fk_people_member_id FOREIGN KEY (buyer_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_quote
    ADD CONSTRAINT shop_quote_listing_id_3e25a2cd_fk_shop_listing_id FOREIGN KEY (listing_id) REFERENCES public.shop_listing(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_quote
    ADD CONSTRAINT shop_quote_seller_id_73eba919_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_quote
    ADD CONSTRAINT shop_quote_variant_id_0d73fad8_fk_shop_variant_id FOREIGN KEY (variant_id) REFERENCES public.shop_variant(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_reservation
    ADD CONSTRAINT shop_reservation_buyer_id_76068c8a_fk_people_member_id FOREIGN KEY (buyer_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_reservation
    ADD CONSTRAINT shop_reservation_listing_id_2a49bdcb_fk_shop_listing_id FOREIGN KEY (listing_id) REFERENCES public.shop_listing(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_reservation
    ADD CONSTRAINT shop_reservation_seller_id_7c1d7490_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_reservation
    ADD CONSTRAINT shop_reservation_variant_id_8e3aab92_fk_shop_variant_id FOREIGN KEY (variant_id) REFERENCES public.shop_variant(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_sale
    ADD CONSTRAINT shop_sale_listing_id_989125a3_fk_shop_listing_id FOREIGN KEY (listing_id) REFERENCES public.shop_listing(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_sale
    ADD CONSTRAINT shop_sale_seller_id_b158b5c9_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_sale
    ADD CONSTRAINT shop_sale_variant_id_c516cac0_fk_shop_variant_id FOREIGN KEY (variant_id) REFERENCES public.shop_variant(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_shippingtemplate
    ADD CONSTRAINT shop_shippingtemplate_seller_id_c491aeea_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_shop
    ADD CONSTRAINT shop_shop_owner_id_b851bb8d_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_shopclock
    ADD CONSTRAINT shop_shopclock_owner_id_1e70f7ba_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_shopclock
    ADD CONSTRAINT shop_shopclock_shop_id_6a4888f0_fk_shop_shop_id FOREIGN KEY (shop_id) REFERENCES public.shop_shop(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_variant
    ADD CONSTRAINT shop_variant_buyer_id_91e6dbf9_fk_people_member_id FOREIGN KEY (buyer_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_variant
    ADD CONSTRAINT shop_variant_listing_id_98037da3_fk_shop_listing_id FOREIGN KEY (listing_id) REFERENCES public.shop_listing(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.shop_variant
    ADD CONSTRAINT shop_variant_seller_id_1187371f_fk_people_member_id FOREIGN KEY (seller_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_user_id_af5e0a6d_fk_people_member_id FOREIGN KEY (user_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;
