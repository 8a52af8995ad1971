-- Whether a key left the pool, was added anew, and its ledger does not know yet.
ALTER TABLE api_keys ADD COLUMN is_back BOOLEAN NOT NULL DEFAULT FALSE;
