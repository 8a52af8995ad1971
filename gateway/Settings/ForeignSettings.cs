namespace GeminiBalance.Gateway.Settings;

/// <summary>Settings of gemini-balance that mean nothing here yet. Found, they are named in one line, so that nobody wonders.</summary>
internal static class ForeignSettings
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "DATABASE_TYPE", "MYSQL_HOST", "MYSQL_PORT", "MYSQL_USER", "MYSQL_PASSWORD", "MYSQL_DATABASE", "MYSQL_SOCKET",
        "ENABLE_TTS", "OSS_ENDPOINT_INNER",
        "TIMEZONE",
        "ADMIN_SESSION_EXPIRE",
        "GITHUB_REPO_OWNER", "GITHUB_REPO_NAME",
    ];
}
