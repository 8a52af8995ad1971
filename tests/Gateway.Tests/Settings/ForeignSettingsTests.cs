using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Tests.Settings;

public sealed class ForeignSettingsTests
{
    /// <summary>Every setting of gemini-balance 2.2.8.</summary>
    private const string Known =
        """
        DATABASE_TYPE SQLITE_DATABASE MYSQL_HOST MYSQL_PORT MYSQL_USER MYSQL_PASSWORD MYSQL_DATABASE MYSQL_SOCKET
        API_KEYS ALLOWED_TOKENS AUTH_TOKEN BASE_URL VERTEX_API_KEYS VERTEX_EXPRESS_BASE_URL CUSTOM_HEADERS URL_NORMALIZATION_ENABLED
        MAX_FAILURES MAX_RETRIES TIME_OUT PROXIES PROXIES_USE_CONSISTENCY_HASH_BY_API_KEY
        TEST_MODEL IMAGE_MODELS SEARCH_MODELS FILTERED_MODELS TOOLS_CODE_EXECUTION_ENABLED URL_CONTEXT_ENABLED URL_CONTEXT_MODELS
        SHOW_SEARCH_LINK SHOW_THINKING_PROCESS THINKING_MODELS THINKING_BUDGET_MAP SAFETY_SETTINGS
        TTS_MODEL TTS_VOICE_NAME TTS_SPEED PAID_KEY CREATE_IMAGE_MODEL UPLOAD_PROVIDER SMMS_SECRET_TOKEN PICGO_API_KEY PICGO_API_URL
        CLOUDFLARE_IMGBED_URL CLOUDFLARE_IMGBED_AUTH_CODE CLOUDFLARE_IMGBED_UPLOAD_FOLDER
        OSS_ENDPOINT OSS_ENDPOINT_INNER OSS_ACCESS_KEY OSS_ACCESS_KEY_SECRET OSS_BUCKET_NAME OSS_REGION
        STREAM_OPTIMIZER_ENABLED STREAM_MIN_DELAY STREAM_MAX_DELAY STREAM_SHORT_TEXT_THRESHOLD STREAM_LONG_TEXT_THRESHOLD STREAM_CHUNK_SIZE
        FAKE_STREAM_ENABLED FAKE_STREAM_EMPTY_DATA_INTERVAL_SECONDS CHECK_INTERVAL_HOURS TIMEZONE LOG_LEVEL
        ERROR_LOG_RECORD_REQUEST_BODY AUTO_DELETE_ERROR_LOGS_ENABLED AUTO_DELETE_ERROR_LOGS_DAYS
        AUTO_DELETE_REQUEST_LOGS_ENABLED AUTO_DELETE_REQUEST_LOGS_DAYS
        FILES_CLEANUP_ENABLED FILES_CLEANUP_INTERVAL_HOURS FILES_USER_ISOLATION_ENABLED
        ADMIN_SESSION_EXPIRE GITHUB_REPO_OWNER GITHUB_REPO_NAME ENABLE_TTS
        """;

    public static TheoryData<string> Supported => [.. ForeignSettings.All.Where(setting => setting.Status == ForeignStatus.Supported).Select(setting => setting.Name)];

    [Fact]
    public void Table_HasEverySettingOnce() =>
        Assert.Equal(Known.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Order(), ForeignSettings.All.Select(setting => setting.Name).Order());

    [Fact]
    public void Table_MarksAsSupported_WhatIsASettingHere() => Assert.Equal(
        ForeignSettings.All.Select(setting => setting.Name).Intersect(SettingTable.All.Select(line => line.Name)).Order(),
        ForeignSettings.All.Where(setting => setting.Status == ForeignStatus.Supported).Select(setting => setting.Name).Order());

    [Theory]
    [MemberData(nameof(Supported))]
    public void Supported_HasTheSameDefault_OrSaysWhyNot(string name)
    {
        var foreign = ForeignSettings.Find(name)!;
        var definition = SettingTable.All.Single(line => line.Name == name);

        Assert.True(
            foreign.Note.Length > 0 || (foreign.Default is { } there && definition.IsSame(there, definition.Default)),
            $"{name} is '{definition.Default}' here and '{foreign.Default}' in gemini-balance: take its default, or say in ForeignSettings why not.");
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Supported_TakesTheDefaultOfGeminiBalance(string name)
    {
        if (ForeignSettings.Find(name)!.Default is { Length: > 0 } there)
        {
            var applied = SettingTable.All.Single(line => line.Name == name).Apply(new GatewaySettings(), there);
            Assert.True(applied.IsGood, applied.Problem);
        }
        else
        {
            Assert.True(SettingTable.All.Single(line => line.Name == name).Default is "" or "[]" or "{}" or "gateway.db");
        }
    }

    [Fact]
    public void WhatIsNotSupported_SaysWhatTakesItsPlaceOrWhy() =>
        Assert.DoesNotContain(ForeignSettings.All, setting => setting.Status != ForeignStatus.Supported && setting.Note.Length < 20);

    [Theory]
    [InlineData("SEARCH_MODELS", "['b', 'a']", "a, b", true)]
    [InlineData("SEARCH_MODELS", "[]", "", true)]
    [InlineData("SEARCH_MODELS", "a", "a,b", false)]
    [InlineData("URL_CONTEXT_ENABLED", "True", "1", true)]
    [InlineData("URL_CONTEXT_ENABLED", "False", "1", false)]
    [InlineData("TIME_OUT", "300", "300.0", true)]
    [InlineData("LOG_LEVEL", "info", "INFO", true)]
    [InlineData("BASE_URL", "https://x.example/v1beta/", "https://x.example/v1beta", true)]
    [InlineData("THINKING_BUDGET_MAP", "{'a': 1.0, 'b': 2}", """{"b": 2, "a": 1}""", true)]
    [InlineData("THINKING_BUDGET_MAP", "{'a': 1}", "{'a': 2}", false)]
    [InlineData("TEST_MODEL", "a", "A", false)]
    public void Same_IsWhatMeansTheSame(string name, string one, string other, bool isSame) =>
        Assert.Equal(isSame, SettingTable.All.Single(line => line.Name == name).IsSame(one, other));
}
