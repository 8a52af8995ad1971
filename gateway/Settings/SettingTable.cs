using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Settings;

/// <summary>Every setting. Parsing, validation, error texts, the admin API's list and <c>docs/settings.md</c> derive from here.</summary>
internal static partial class SettingTable
{
    private static readonly SettingKind<TimeSpan> Days = SettingKinds.Duration(TimeSpan.FromDays(1), "days", 1, 3650);

    public static IReadOnlyList<SettingDefinition> All { get; } =
    [
        .. Group(
            "Keys and tokens",
            Line("API_KEYS", StructuredSettingKinds.Keys, "", nameof(GatewaySettings.ApiKeys), SettingTraits.Secret, (s, v) => s with { ApiKeys = v },
                "The Gemini API keys. Keys new here are added at the start; keys taken out here leave the pool; keys added through the admin API stay."),
            Line("ALLOWED_TOKENS", SettingKinds.Tokens, "", nameof(GatewaySettings.AllowedTokens), SettingTraits.Secret, (s, v) => s with { AllowedTokens = v },
                "The access tokens of clients. Without any, the admin token alone is accepted."),
            Line("AUTH_TOKEN", SettingKinds.Token, "", nameof(GatewaySettings.AuthToken), SettingTraits.Secret, (s, v) => s with { AuthToken = v },
                "The admin token, also valid for calls. Without it, one is generated at the first start and shown once."),
            Line("ENCRYPTION_KEY", SettingKinds.Passphrase, "", nameof(GatewaySettings.EncryptionKey), SettingTraits.Secret | SettingTraits.Restart | SettingTraits.Fixed,
                (s, v) => s with { EncryptionKey = v },
                "What stored keys are encrypted with. Without it, a key is generated in `DATA_DIR`. Data written with one key cannot be read with another.")),
        .. Group("Keys of particular uses", ParticularKeys),
        .. Group(
            "Limits",
            Line("DEFAULT_RPM", SettingKinds.Count(0), "0", nameof(GatewaySettings.Limits), SettingTraits.None,
                (s, v) => WithDefault(s, s.Limits.Default with { RequestsPerMinute = v }),
                "Requests per key and model in any 60 seconds; 0 is unlimited."),
            Line("DEFAULT_TPM", SettingKinds.Count(0), "0", nameof(GatewaySettings.Limits), SettingTraits.None,
                (s, v) => WithDefault(s, s.Limits.Default with { TokensPerMinute = v }),
                "Input tokens per key and model in any 60 seconds; 0 is unlimited."),
            Line("DEFAULT_RPD", SettingKinds.Count(0), "0", nameof(GatewaySettings.Limits), SettingTraits.None,
                (s, v) => WithDefault(s, s.Limits.Default with { RequestsPerDay = v }),
                "Requests per key and model in a day of America/Los_Angeles; 0 is unlimited."),
            Line("MODEL_RATE_LIMITS", StructuredSettingKinds.ModelRules, "{}", nameof(GatewaySettings.Limits), SettingTraits.None,
                (s, v) => s with { Limits = s.Limits with { ByModel = v } },
                "Limits per model. What a rule leaves out falls through to the defaults above; the longest beginning wins."),
            Line("KEY_RATE_LIMITS", StructuredSettingKinds.KeyRules, "{}", nameof(GatewaySettings.Limits), SettingTraits.Secret,
                (s, v) => s with { Limits = s.Limits with { ByKeyTail = v } },
                "Limits per key, for all its models. They win over `MODEL_RATE_LIMITS`."),
            Line("MAX_FAILURES", SettingKinds.WholeNumber(1, 100), "3", nameof(GatewaySettings.MaxFailures), SettingTraits.Restart,
                (s, v) => s with { MaxFailures = v },
                "Consecutive failures by a key's own fault, none of them conclusive, after which the key counts as rejected.")),
        .. Group(
            "Calls",
            Line("BASE_URL", SettingKinds.HttpAddress, "https://generativelanguage.googleapis.com/v1beta", nameof(GatewaySettings.BaseUrl), SettingTraits.None,
                (s, v) => s with { BaseUrl = v },
                "The upstream's address up to and including the version."),
            Line("MAX_RETRIES", SettingKinds.WholeNumber(0, 10), "3", nameof(GatewaySettings.MaxRetries), SettingTraits.None,
                (s, v) => s with { MaxRetries = Math.Max(1, v) },
                "Attempts for one call in total, the first included; 0 counts as 1."),
            Line("TIME_OUT", SettingKinds.Duration(TimeSpan.FromSeconds(1), "seconds", 1, 3600), "300", nameof(GatewaySettings.TimeOut), SettingTraits.None,
                (s, v) => s with { TimeOut = v },
                "The longest silence of the upstream, and the longest wait for its first byte."),
            Line("QUEUE_TIMEOUT_SECONDS", SettingKinds.Duration(TimeSpan.FromSeconds(1), "seconds", 0, 600), "10", nameof(GatewaySettings.QueueTimeOut), SettingTraits.None,
                (s, v) => s with { QueueTimeOut = v },
                "The longest wait for a key that has quota; 0 answers at once."),
            Line("KEEP_ALIVE_SECONDS", SettingKinds.Duration(TimeSpan.FromSeconds(1), "seconds", 0, 600), "15", nameof(GatewaySettings.KeepAliveInterval), SettingTraits.None,
                (s, v) => s with { KeepAliveInterval = v },
                "Silence of the model after which a stream gets a comment, so that proxies keep the connection; 0 is never. Before the answer has begun: `KEEP_ALIVE_BEFORE_ANSWER`."),
            Line("CUSTOM_HEADERS", StructuredSettingKinds.Headers, "{}", nameof(GatewaySettings.CustomHeaders), SettingTraits.Secret,
                (s, v) => s with { CustomHeaders = v },
                "Headers added to every upstream call. `Authorization`, for a reverse proxy in front of the upstream, goes where the key travels as `x-goog-api-key`: everywhere but with `/openai/v1`.")),
        .. Group(
            "Models and answers",
            Line("FILTERED_MODELS", SettingKinds.Models, "gemini-1.0-pro-vision-latest,gemini-pro-vision,chat-bison-001,text-bison-001,embedding-gecko-001", nameof(GatewaySettings.FilteredModels), SettingTraits.None,
                (s, v) => s with { FilteredModels = v },
                "Models that are neither listed nor served."),
            Line("SAFETY_SETTINGS", StructuredSettingKinds.Safety, "", nameof(GatewaySettings.SafetySettings), SettingTraits.None,
                (s, v) => s with { SafetySettings = v },
                "Safety settings for calls that bring none of their own. Without it, translated chats (OpenAI, Anthropic) get four categories `OFF` and `CIVIC_INTEGRITY` `BLOCK_NONE`, and calls of Gemini's own face pass as they are. With `[]`, Google's defaults apply to all."),
            Line("SHOW_THINKING_PROCESS", SettingKinds.Switch, "true", nameof(GatewaySettings.ShowThinkingProcess), SettingTraits.None,
                (s, v) => s with { ShowThinkingProcess = v },
                "Whether thoughts are asked for and passed on as `reasoning_content`."),
            Line("TEST_MODEL", SettingKinds.Model, "gemini-2.5-flash-lite", nameof(GatewaySettings.TestModel), SettingTraits.None,
                (s, v) => s with { TestModel = v },
                "The model that keys are verified with."),
            Line("CHECK_INTERVAL_HOURS", SettingKinds.Duration(TimeSpan.FromHours(1), "hours", 0, 720), "1", nameof(GatewaySettings.CheckInterval), SettingTraits.None,
                (s, v) => s with { CheckInterval = v },
                "How often rejected keys are verified again; 0 is never.")),
        .. Speech,
        .. ModelLines,
        .. Images,
        .. Anthropic,
        .. ResponseLines,
        .. StreamLines,
        .. Group(
            "Logs",
            Line("ERROR_LOG_RECORD_REQUEST_BODY", SettingKinds.Switch, "false", nameof(GatewaySettings.RecordsRequestBodies), SettingTraits.None,
                (s, v) => s with { RecordsRequestBodies = v },
                "Whether the error log keeps the beginning of failed requests (16 KiB, keys and tokens taken out). What people wrote is then in the database."),
            Line("AUTO_DELETE_ERROR_LOGS_ENABLED", SettingKinds.Switch, "true", nameof(GatewaySettings.DeletesErrorLogs), SettingTraits.None,
                (s, v) => s with { DeletesErrorLogs = v },
                "Whether old rows of the error log are deleted."),
            Line("AUTO_DELETE_ERROR_LOGS_DAYS", Days, "7", nameof(GatewaySettings.ErrorLogAge), SettingTraits.None, (s, v) => s with { ErrorLogAge = v },
                "The age at which rows of the error log are deleted."),
            Line("AUTO_DELETE_REQUEST_LOGS_ENABLED", SettingKinds.Switch, "false", nameof(GatewaySettings.DeletesRequestLogs), SettingTraits.None,
                (s, v) => s with { DeletesRequestLogs = v },
                "Whether old rows of the request log are deleted. Without it, the database grows with every call. Statistics stay."),
            Line("AUTO_DELETE_REQUEST_LOGS_DAYS", Days, "30", nameof(GatewaySettings.RequestLogAge), SettingTraits.None, (s, v) => s with { RequestLogAge = v },
                "The age at which rows of the request log are deleted.")),
        .. ResourceLines,
        .. Group(
            "Process",
            Line("HOST", SettingKinds.ListenHost, "localhost", nameof(GatewaySettings.Host), SettingTraits.Restart | SettingTraits.Fixed, (s, v) => s with { Host = v },
                "The address to listen on. `ASPNETCORE_URLS` wins over `HOST` and `PORT`."),
            Line("PORT", SettingKinds.WholeNumber(0, 65535), "8000", nameof(GatewaySettings.Port), SettingTraits.Restart | SettingTraits.Fixed, (s, v) => s with { Port = v },
                "The port to listen on; 0 takes a free one."),
            Line("DATA_DIR", SettingKinds.Folder, "data", nameof(GatewaySettings.DataDirectory), SettingTraits.Restart | SettingTraits.Fixed, (s, v) => s with { DataDirectory = v },
                "The folder of the database, its lock and the generated encryption key. Created with access for its owner only."),
            Line("SQLITE_DATABASE", SettingKinds.FileName, "gateway.db", nameof(GatewaySettings.DatabaseFile), SettingTraits.Restart | SettingTraits.Fixed,
                (s, v) => s with { DatabaseFile = v },
                "The database's file in `DATA_DIR`."),
            Line("GRANT_WITHOUT_DATABASE", SettingKinds.Switch, "false", nameof(GatewaySettings.GrantWithoutDatabase), SettingTraits.Restart,
                (s, v) => s with { GrantWithoutDatabase = v },
                "Whether keys stay in use while the database cannot be written. Limits per day may then be exceeded after a crash. With `false`, calls are refused until it can be written."),
            Line("LOG_LEVEL", SettingKinds.Level, "INFO", nameof(GatewaySettings.LogLevel), SettingTraits.None, (s, v) => s with { LogLevel = v },
                "The least severe messages that are logged.")),
        .. PathLines,
        .. LiveLines,
        .. Group("Proxies", EgressLines),
        .. VertexLines,
    ];

    private static GatewaySettings WithDefault(GatewaySettings settings, KeyLimits limits) => settings with { Limits = settings.Limits with { Default = limits } };

    private static IEnumerable<SettingDefinition> Group(string name, params SettingDefinition[] lines) => lines.Select(line => line with { Group = name });

    private static SettingDefinition Line<T>(
        string name, SettingKind<T> kind, string defaultText, string property, SettingTraits traits, Func<GatewaySettings, T, GatewaySettings> set, string meaning) =>
        new("", name, kind.Type, kind.Allowed, defaultText, property, traits, meaning, (settings, text) =>
        {
            var parsed = kind.Parse(text);
            return parsed.IsGood ? new(set(settings, parsed.Value), null, parsed.Note) : new(null, parsed.Problem, null);
        });
}
