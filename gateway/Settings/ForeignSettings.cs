namespace GeminiBalance.Gateway.Settings;

/// <summary>Settings of gemini-balance that mean nothing here yet. Found, they are named in one line, so that nobody wonders.</summary>
internal static class ForeignSettings
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "DATABASE_TYPE", "MYSQL_HOST", "MYSQL_PORT", "MYSQL_USER", "MYSQL_PASSWORD", "MYSQL_DATABASE", "MYSQL_SOCKET",
        "ENABLE_TTS", "OSS_ENDPOINT_INNER",
        "STREAM_OPTIMIZER_ENABLED", "STREAM_MIN_DELAY", "STREAM_MAX_DELAY", "STREAM_SHORT_TEXT_THRESHOLD", "STREAM_LONG_TEXT_THRESHOLD", "STREAM_CHUNK_SIZE",
        "FAKE_STREAM_ENABLED", "FAKE_STREAM_EMPTY_DATA_INTERVAL_SECONDS", "TIMEZONE",
        "ADMIN_SESSION_EXPIRE",
        "GITHUB_REPO_OWNER", "GITHUB_REPO_NAME",
    ];
}
