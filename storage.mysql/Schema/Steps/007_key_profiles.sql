-- What people decide about a key. kind: 1 the Gemini API, 2 Vertex AI in express mode. tags: words with commas between them.
ALTER TABLE api_keys
    ADD COLUMN kind TINYINT NOT NULL DEFAULT 1,
    ADD COLUMN tags VARCHAR(600) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    ADD COLUMN is_reserved BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN project VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
