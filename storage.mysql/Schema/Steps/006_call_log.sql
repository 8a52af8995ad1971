-- One row per attempt to call the upstream.
CREATE TABLE IF NOT EXISTS request_log (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    time DATETIME(3) NOT NULL,
    key_id CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    model VARCHAR(200) NOT NULL,
    face SMALLINT NOT NULL,
    client_id VARCHAR(100) NOT NULL,
    number INT NOT NULL,
    is_stream BOOLEAN NOT NULL,
    outcome SMALLINT NOT NULL,
    status INT NULL,
    latency_ms INT NOT NULL,
    prompt_tokens BIGINT NULL,
    output_tokens BIGINT NULL,
    KEY by_time (time),
    KEY by_key (key_id, time)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
-- next
-- One row per failed attempt.
CREATE TABLE IF NOT EXISTS error_log (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    time DATETIME(3) NOT NULL,
    key_id CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    model VARCHAR(200) NOT NULL,
    face SMALLINT NOT NULL,
    client_id VARCHAR(100) NOT NULL,
    number INT NOT NULL,
    is_stream BOOLEAN NOT NULL,
    outcome SMALLINT NOT NULL,
    status INT NULL,
    latency_ms INT NOT NULL,
    prompt_tokens BIGINT NULL,
    output_tokens BIGINT NULL,
    detail VARCHAR(400) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NULL,
    message TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NULL,
    request_body MEDIUMTEXT NULL,
    KEY by_time (time),
    KEY by_key (key_id, time)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
-- next
-- Counters. start is in seconds since 1970; an empty key_id stands for all keys together.
CREATE TABLE IF NOT EXISTS call_minutes (
    start BIGINT NOT NULL,
    key_id CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    model VARCHAR(200) NOT NULL,
    outcome SMALLINT NOT NULL,
    calls BIGINT NOT NULL,
    prompt_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    latency_ms BIGINT NOT NULL,
    PRIMARY KEY (start, key_id, model, outcome),
    KEY by_key (key_id, start)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
-- next
CREATE TABLE IF NOT EXISTS call_hours (
    start BIGINT NOT NULL,
    key_id CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    model VARCHAR(200) NOT NULL,
    outcome SMALLINT NOT NULL,
    calls BIGINT NOT NULL,
    prompt_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    latency_ms BIGINT NOT NULL,
    PRIMARY KEY (start, key_id, model, outcome),
    KEY by_key (key_id, start)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
-- next
-- The last batch of each process that writes the log, so that one whose answer was lost is not written twice.
CREATE TABLE IF NOT EXISTS log_writers (
    writer VARCHAR(100) NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    written_at DATETIME(6) NOT NULL,
    KEY by_age (written_at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
