-- Files, caches and jobs of the upstream, and the key each belongs to. Times are in milliseconds since 1970.
CREATE TABLE IF NOT EXISTS resources (
    name VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    client_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    collection VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    key_id CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NULL,
    json MEDIUMBLOB NULL,
    is_settled BOOLEAN NOT NULL,
    PRIMARY KEY (name, client_id),
    KEY by_owner (client_id, collection, created_at),
    KEY by_collection (collection, created_at),
    KEY by_end (expires_at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
