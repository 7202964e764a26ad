"""What somebody who needs no more than speed would write as functions: the ledger's other sides.

`bench_escrow` is the bare one: an order, two transfers, four entries and four balances.
`bench_sale` writes what our code writes for a sale into our own tables, under their guards: the
payment's new state, a hold that is opened and resolved, both transfers with key and digest, their
accounts and five entries (the fee is one more).
"""

BARE = """
CREATE TABLE bench_order (id uuid PRIMARY KEY, buyer uuid, seller uuid, amount bigint,
                          at timestamptz);
CREATE TABLE bench_transfer (id uuid PRIMARY KEY, "order" uuid, kind text, at timestamptz);
CREATE TABLE bench_entry (transfer uuid, line int, account uuid, amount bigint,
                          PRIMARY KEY (transfer, line));
CREATE TABLE bench_balance (account uuid PRIMARY KEY, amount bigint);
CREATE FUNCTION bench_add(account uuid, amount bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO bench_balance VALUES (account, amount)
    ON CONFLICT (account) DO UPDATE SET amount = bench_balance.amount + EXCLUDED.amount;
$$;
CREATE FUNCTION bench_escrow(number uuid, buyer uuid, seller uuid, amount bigint,
                             one uuid, two uuid)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO bench_order VALUES (number, buyer, seller, amount, now());
    INSERT INTO bench_transfer VALUES (one, number, 'capture', now()),
                                      (two, number, 'release', now());
    INSERT INTO bench_entry VALUES (one, 1, buyer, -amount), (one, 2, number, amount),
                                   (two, 1, number, -amount), (two, 2, seller, amount);
    PERFORM bench_add(buyer, -amount);
    PERFORM bench_add(number, amount);
    PERFORM bench_add(number, -amount);
    PERFORM bench_add(seller, amount);
END $$;
"""

SAME = """
CREATE FUNCTION bench_sale(number uuid, one uuid, two uuid, gateway uuid, payable uuid, fees uuid)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    p money_payment;
    fee bigint;
BEGIN
    SELECT * INTO p FROM money_payment WHERE id = number FOR UPDATE;
    fee := p.amount * p.fee_percent / 100;
    INSERT INTO money_transfer (id, owner, key, digest, kind, "order", lines, reason, created_at)
    VALUES (one, p.buyer_id, 'capture/' || p.id, sha256(uuid_send(p.id)), 'capture', p."order", 2,
            '', now()),
           (two, p.buyer_id, 'release/' || p."order", sha256(uuid_send(p."order")), 'release',
            p."order", 3, '', now());
    INSERT INTO money_account (id, holder_id, kind, currency, "order", gateway)
    VALUES (gateway, NULL, 'gateway', p.currency, NULL, p.gateway),
           (p."order", p.buyer_id, 'escrow', p.currency, p."order", ''),
           (payable, p.seller_id, 'payable', p.currency, NULL, ''),
           (fees, NULL, 'fees', p.currency, NULL, '')
        ON CONFLICT (id) DO NOTHING;
    INSERT INTO money_entry (transfer_id, line, owner, account_id, direction, amount, currency)
    VALUES (one, 1, p.buyer_id, gateway, 1, p.amount, p.currency),
           (one, 2, p.buyer_id, p."order", -1, p.amount, p.currency),
           (two, 1, p.buyer_id, p."order", 1, p.amount, p.currency),
           (two, 2, p.buyer_id, payable, -1, p.amount - fee, p.currency),
           (two, 3, p.buyer_id, fees, -1, fee, p.currency);
    INSERT INTO money_hold (id, "order", buyer_id, seller_id, payment_id, currency, fee, captured,
                            released, refunded, state, held_at)
    VALUES (p."order", p."order", p.buyer_id, p.seller_id, p.id, p.currency, fee, p.amount,
            0, 0, 'held', now());
    UPDATE money_payment SET state = 'captured', final = true, changed_at = now()
     WHERE id = number;
    UPDATE money_hold SET released = captured, state = 'released', resolved_at = now(),
                          release_transfer = two
     WHERE id = p."order";
END $$;
"""
