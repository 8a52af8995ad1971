-- Thought signatures that clients drop, for all gateways. Hashes: 16 bytes of SHA-256, of the call's id, of client and call, of the signature.
CREATE TABLE IF NOT EXISTS thought_signatures (
    id_hash BINARY(16) NOT NULL PRIMARY KEY,
    call_hash BINARY(16) NOT NULL,
    signature_hash BINARY(16) NOT NULL,
    kept_at DATETIME(6) NOT NULL,
    signature BLOB NOT NULL,
    KEY by_call (call_hash, signature_hash),
    KEY by_age (kept_at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
