namespace GeminiBalance.Gateway.Settings;

/// <summary>Every setting of gemini-balance 2.2.8, and what has become of it. The importer, the note at the start and the reference page derive from here.</summary>
internal static class ForeignSettings
{
    private const string OwnDatabase = "`gateway.cluster` reads it, under the same name, for its own database; the stand-alone gateway has none.";
    private const string NoUpdateCheck = "There is no update check: nothing here calls anybody but the upstream and what settings name.";

    /// <summary>In the order of gemini-balance's own list.</summary>
    public static IReadOnlyList<ForeignSetting> All { get; } =
    [
        Replaced("DATABASE_TYPE", "mysql", "The program decides: `gateway` keeps everything in SQLite, `gateway.cluster` in MySQL."),
        Supported("SQLITE_DATABASE", "default_db", "It names this gateway's own file, and another one by default, so that gemini-balance's is never taken for it."),
        Replaced("MYSQL_HOST", "", OwnDatabase),
        Replaced("MYSQL_PORT", "3306", OwnDatabase),
        Replaced("MYSQL_USER", "", OwnDatabase),
        Replaced("MYSQL_PASSWORD", "", OwnDatabase),
        Replaced("MYSQL_DATABASE", "", OwnDatabase),
        Replaced("MYSQL_SOCKET", "", "`MYSQL_CONNECTION` of `gateway.cluster`: `Server=/run/mysqld/mysqld.sock;Protocol=Unix;…`."),
        Supported("API_KEYS", "", "Here keys also come and go through the admin API, where the importer puts them."),
        Supported("ALLOWED_TOKENS", ""),
        Supported("AUTH_TOKEN", "", "Without one, the first of `ALLOWED_TOKENS` administered there. Here a token is generated and shown once, so that no client is an administrator."),
        Supported("BASE_URL", "https://generativelanguage.googleapis.com/v1beta"),
        Supported("VERTEX_API_KEYS", ""),
        Supported("VERTEX_EXPRESS_BASE_URL", "https://aiplatform.googleapis.com/v1beta1/publishers/google"),
        Supported("CUSTOM_HEADERS", "{}", "Headers by which the pool's key or the connection is told cannot be replaced."),
        Supported("URL_NORMALIZATION_ENABLED", "false", "It never changes what a method of Gemini means: there, `:countTokens` became `:generateContent`."),
        Supported("MAX_FAILURES", "3", "Only a key's own fault counts, and a success counts from zero again; limits and bad requests never disable a key."),
        Supported("MAX_RETRIES", "3", "0 counts as 1; there it failed every call."),
        Supported("TIME_OUT", "300"),
        Supported("PROXIES", "", "One that fails is left out until it works again. They serve every call, files and pictures included."),
        Supported("PROXIES_USE_CONSISTENCY_HASH_BY_API_KEY", "true", "A key keeps its proxy through restarts, and when others come and go."),
        Supported("TEST_MODEL", "gemini-2.5-flash-lite"),
        Supported("IMAGE_MODELS", "gemini-2.0-flash-exp,gemini-2.5-flash-image-preview"),
        Supported("SEARCH_MODELS", "gemini-2.5-flash,gemini-2.5-pro"),
        Supported("FILTERED_MODELS", "gemini-1.0-pro-vision-latest,gemini-pro-vision,chat-bison-001,text-bison-001,embedding-gecko-001"),
        Supported("TOOLS_CODE_EXECUTION_ENABLED", "false"),
        Supported("URL_CONTEXT_ENABLED", "false"),
        Supported("URL_CONTEXT_MODELS", "gemini-2.5-pro,gemini-2.5-flash,gemini-2.5-flash-lite,gemini-2.0-flash,gemini-2.0-flash-live-001"),
        Supported("SHOW_SEARCH_LINK", "true"),
        Supported("SHOW_THINKING_PROCESS", "true"),
        Supported("THINKING_MODELS", "[]"),
        Supported("THINKING_BUDGET_MAP", "{}"),
        Supported(
            "SAFETY_SETTINGS",
            SafetySetting.UsualText,
            "Without one, it holds for translated chats (OpenAI, Anthropic) alone, and calls of Gemini's own face pass as they are. Written, it holds for all. A client's own settings win; there, they were replaced."),
        Supported("TTS_MODEL", "gemini-2.5-flash-preview-tts"),
        Supported("TTS_VOICE_NAME", "Zephyr"),
        Supported("TTS_SPEED", "normal"),
        Supported("PAID_KEY", "", "A key with the tag `paid`, for whatever draws or films by any route. It serves nothing else unless `API_KEYS` has it too, or the other keys have no quota for a model."),
        Supported("CREATE_IMAGE_MODEL", "imagen-3.0-generate-002", "Google has switched Imagen 3 off, so the default is a model that there is."),
        Supported("UPLOAD_PROVIDER", "smms"),
        Supported("SMMS_SECRET_TOKEN", ""),
        Supported("PICGO_API_KEY", ""),
        Supported("PICGO_API_URL", "https://www.picgo.net/api/1/upload"),
        Supported("CLOUDFLARE_IMGBED_URL", ""),
        Supported("CLOUDFLARE_IMGBED_AUTH_CODE", ""),
        Supported("CLOUDFLARE_IMGBED_UPLOAD_FOLDER", ""),
        Supported("OSS_ENDPOINT", ""),
        Refused("OSS_ENDPOINT_INNER", "", "gemini-balance itself never used it. Where only the inner endpoint can be reached, it is `OSS_ENDPOINT`."),
        Supported("OSS_ACCESS_KEY", ""),
        Supported("OSS_ACCESS_KEY_SECRET", ""),
        Supported("OSS_BUCKET_NAME", ""),
        Supported("OSS_REGION", ""),
        Supported("STREAM_OPTIMIZER_ENABLED", "false"),
        Supported("STREAM_MIN_DELAY", "0.016", "It changes while the gateway runs, as do the four below; there, what was stored had no effect."),
        Supported("STREAM_MAX_DELAY", "0.024"),
        Supported("STREAM_SHORT_TEXT_THRESHOLD", "10"),
        Supported("STREAM_LONG_TEXT_THRESHOLD", "50"),
        Supported("STREAM_CHUNK_SIZE", "5"),
        Supported("FAKE_STREAM_ENABLED", "false"),
        Supported("FAKE_STREAM_EMPTY_DATA_INTERVAL_SECONDS", "5"),
        Supported("CHECK_INTERVAL_HOURS", "1"),
        Refused("TIMEZONE", "Asia/Shanghai", "Nothing here runs at a local time of day: clean-up goes by age, days of quotas are Google's (America/Los_Angeles), and answers give times in UTC."),
        Supported("LOG_LEVEL", "INFO"),
        Supported("ERROR_LOG_RECORD_REQUEST_BODY", "false", "The first 16 KiB, with keys and tokens taken out; there, everything in clear."),
        Supported("AUTO_DELETE_ERROR_LOGS_ENABLED", "true"),
        Supported("AUTO_DELETE_ERROR_LOGS_DAYS", "7"),
        Supported("AUTO_DELETE_REQUEST_LOGS_ENABLED", "false"),
        Supported("AUTO_DELETE_REQUEST_LOGS_DAYS", "30", "Statistics stay when rows go."),
        Supported("FILES_CLEANUP_ENABLED", "true"),
        Supported("FILES_CLEANUP_INTERVAL_HOURS", "1"),
        Supported("FILES_USER_ISOLATION_ENABLED", "true", "It holds for every use of a file; there, for the list alone."),
        Refused("ADMIN_SESSION_EXPIRE", "3600", "There are no sessions: every call of the admin API brings the admin token, and no cookie holds it."),
        Refused("GITHUB_REPO_OWNER", "snailyp", NoUpdateCheck),
        Refused("GITHUB_REPO_NAME", "gemini-balance", NoUpdateCheck),
        Refused("ENABLE_TTS", null, "No living code of gemini-balance read it either. `/v1/audio/speech` is always there."),
    ];

    /// <summary>Those that have no effect here.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Where(setting => setting.Status != ForeignStatus.Supported).Select(setting => setting.Name)];

    /// <returns>Null for a name that gemini-balance does not know either.</returns>
    public static ForeignSetting? Find(string name) => All.FirstOrDefault(setting => setting.Name == name);

    private static ForeignSetting Supported(string name, string? defaultText, string note = "") => new(name, defaultText, ForeignStatus.Supported, note);

    private static ForeignSetting Replaced(string name, string? defaultText, string note) => new(name, defaultText, ForeignStatus.Replaced, note);

    private static ForeignSetting Refused(string name, string? defaultText, string note) => new(name, defaultText, ForeignStatus.Refused, note);
}
