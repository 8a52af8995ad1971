using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Settings;

public sealed class SettingsReaderTests
{
    private const string KeyA = "AIzaSyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-a1";
    private const string KeyB = "AQ.Ab8BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB_b2";

    [Theory]
    [InlineData("[\"" + KeyA + "\",\"" + KeyB + "\"]")]
    [InlineData("['" + KeyA + "', '" + KeyB + "',]")]
    [InlineData("'[\"" + KeyA + "\",\"" + KeyB + "\"]'")]
    [InlineData(KeyA + "," + KeyB)]
    [InlineData(KeyA + "\n" + KeyB + "\n")]
    [InlineData(" \"" + KeyA + "\" , \"" + KeyB + "\" ")]
    public void Read_ApiKeys_UnderstandsWhatPeopleWrite(string text)
    {
        var reading = Read(("API_KEYS", text));

        Assert.Empty(reading.Errors);
        Assert.Equal([new ApiKey(KeyA), new ApiKey(KeyB)], reading.Settings.ApiKeys);
    }

    [Fact]
    public void Read_RepeatedApiKey_IsDroppedAndReportedMasked()
    {
        var reading = Read(("API_KEYS", $"{KeyA},{KeyB},{KeyA}"));

        Assert.Equal(2, reading.Settings.ApiKeys.Count);
        Assert.Equal(["API_KEYS: 1 repeated key(s) dropped: AIza…A-a1"], reading.Notes);
    }

    [Fact]
    public void Read_ValueThatAStoredOneHides_IsNamed()
    {
        var environment = Read(("MAX_RETRIES", "6"), ("TIME_OUT", "60"), ("DEFAULT_RPM", "5")).Environment;
        var stored = new Dictionary<string, string> { ["MAX_RETRIES"] = "4", ["TIME_OUT"] = "60", ["DEFAULT_TPM"] = "7" };

        var reading = SettingsReader.Read(environment, stored, SettingCatalog.Standalone);

        Assert.Equal(4, reading.Settings.MaxRetries);
        Assert.Equal(["Stored values count, and not those of the environment or .env: MAX_RETRIES (DELETE /api/settings/NAME returns to the environment's)"], reading.Notes);
    }

    [Fact]
    public void Read_MistypedNames_AreToldOnlyWhereTheNamesAreOurs()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, ".env");
        File.WriteAllText(file, "MAX_FALIURES=5\nTHINKING_BUGDET_MAP={}\nMAX_RETRIES=2\nCOMPOSE_PROJECT_NAME=x\nTIMEZONE=UTC\n");
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>("MAX_RETRYS", "1")])
            .Add(new DotEnvSource(file))
            .AddCommandLine(["--DEFUALT_RPM=5"])
            .Build();

        Assert.Equal(
            [("MAX_FALIURES", "MAX_FAILURES"), ("THINKING_BUGDET_MAP", "THINKING_BUDGET_MAP"), ("DEFUALT_RPM", "DEFAULT_RPM")],
            SettingsReader.Read(configuration, SettingCatalog.Standalone).Environment.Mistyped);
    }

    [Fact]
    public void Read_Nothing_GivesDefaults()
    {
        var reading = Read();

        Assert.Empty(reading.Errors);
        Assert.Equivalent(new GatewaySettings(), reading.Settings, strict: true);
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("1", 1)]
    [InlineData("10", 10)]
    public void Read_MaxRetries_CountsAttempts(string text, int attempts) => Assert.Equal(attempts, Read(("MAX_RETRIES", text)).Settings.MaxRetries);

    [Fact]
    public void Read_Limits_FromThreeSettings()
    {
        var limits = Read(
            ("DEFAULT_RPM", "10"),
            ("DEFAULT_TPM", "250000"),
            ("DEFAULT_RPD", "0"),
            ("MODEL_RATE_LIMITS", "{'gemini-2.5-pro': {'rpm': 5, 'rpd': 100}, 'gemini-2.5-*': 7, 'gemini-2.0-flash': [15, 200]}"),
            ("KEY_RATE_LIMITS", """{"AAAAA-a1": {"tpm": 1}}""")).Settings.Limits;

        Assert.Equal(new KeyLimits(10, 250_000, 0), limits.Default);
        Assert.Equal(new LimitRule(5, null, 100), limits.ByModel["gemini-2.5-pro"]);
        Assert.Equal(new LimitRule(7), limits.ByModel["gemini-2.5-*"]);
        Assert.Equal(new LimitRule(15, null, 200), limits.ByModel["gemini-2.0-flash"]);
        Assert.Equal(new KeyLimits(5, 1, 100), limits.Resolve(new ApiKey(KeyA), "gemini-2.5-pro"));
    }

    [Fact]
    public void Read_StructuresOfAppSettings_AreReadLikeText()
    {
        using var json = new MemoryStream("""
            {
              "API_KEYS": ["AIzaSyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-a1"],
              "ALLOWED_TOKENS": ["123456"],
              "MODEL_RATE_LIMITS": { "gemini-2.5-flash": { "rpm": 9 }, "gemini-3*": 4 },
              "CUSTOM_HEADERS": { "x-team": "7" },
              "SHOW_THINKING_PROCESS": false
            }
            """u8.ToArray());
        var reading = SettingsReader.Read(new ConfigurationBuilder().AddJsonStream(json).Build(), SettingCatalog.Standalone);

        Assert.Empty(reading.Errors);
        Assert.Equal([new ApiKey(KeyA)], reading.Settings.ApiKeys);
        Assert.Equal([new Secret("123456")], reading.Settings.AllowedTokens);
        Assert.Equal(new LimitRule(9), reading.Settings.Limits.ByModel["gemini-2.5-flash"]);
        Assert.Equal(new LimitRule(4), reading.Settings.Limits.ByModel["gemini-3*"]);
        Assert.Equal("7", reading.Settings.CustomHeaders["X-Team"]);
        Assert.False(reading.Settings.ShowThinkingProcess);
    }

    [Fact]
    public void Read_SafetySettings_AsGeminiBalanceWritesThem()
    {
        var reading = Read(("SAFETY_SETTINGS", """[{"category": "HARM_CATEGORY_HARASSMENT", "threshold": "OFF"}, {"category": "HARM_CATEGORY_CIVIC_INTEGRITY", "threshold": "BLOCK_NONE"}]"""));

        Assert.Equal([new("HARM_CATEGORY_HARASSMENT", "OFF"), new("HARM_CATEGORY_CIVIC_INTEGRITY", "BLOCK_NONE")], reading.Settings.SafetySettings);
    }

    [Fact]
    public void Read_ManyWrongValues_NamesEveryOneAtOnce()
    {
        var reading = Read(
            ("MAX_RETRIES", "11"),
            ("TIME_OUT", "soon"),
            ("AUTH_TOKEN", "two words"),
            ("API_KEYS", "AIzaSyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA a1"),
            ("BASE_URL", "ftp://example.test"),
            ("MODEL_RATE_LIMITS", """{"gemini-2.5-pro": {"rpm": -5}}"""),
            ("SHOW_THINKING_PROCESS", "maybe"));

        Assert.Equal(7, reading.Errors.Count);
        Assert.Contains("MAX_RETRIES = '11': must be a whole number from 0 to 10.", reading.Errors);
        Assert.Contains("TIME_OUT = 'soon': must be a number of seconds from 1 to 3600.", reading.Errors);
        Assert.Contains("AUTH_TOKEN = (hidden, 9 characters): must be 1 to 512 printable ASCII characters without spaces.", reading.Errors);
        Assert.Contains("SHOW_THINKING_PROCESS = 'maybe': must be `true` or `false`.", reading.Errors);
    }

    public static TheoryData<string, string> WrongValues => new()
    {
        { "API_KEYS", "[\"short\"]" },
        { "API_KEYS", "[1, 2]" },
        { "API_KEYS", "[\"open" },
        { "ALLOWED_TOKENS", "[{}]" },
        { "ENCRYPTION_KEY", "tooshort" },
        { "DEFAULT_RPM", "-1" },
        { "DEFAULT_RPM", "1.5" },
        { "MODEL_RATE_LIMITS", "[]" },
        { "MODEL_RATE_LIMITS", """{"a": [5]}""" },
        { "MODEL_RATE_LIMITS", """{"a": [5, 100, 1000]}""" },
        { "MODEL_RATE_LIMITS", """{"a*b": 1}""" },
        { "MODEL_RATE_LIMITS", """{"a": {"rps": 1}}""" },
        { "KEY_RATE_LIMITS", """{"1234567": 1}""" },
        { "MAX_FAILURES", "0" },
        { "BASE_URL", "https://user:pass@example.test/v1beta" },
        { "BASE_URL", "https://example.test/v1beta?key=x" },
        { "CUSTOM_HEADERS", """{"x-goog-api-key": "k"}""" },
        { "CUSTOM_HEADERS", """{"bad name": "k"}""" },
        { "CUSTOM_HEADERS", """{"x": "a\r\nb: c"}""" },
        { "FILTERED_MODELS", "[\"two words\"]" },
        { "SAFETY_SETTINGS", """[{"category": "HARM_CATEGORY_HARASSMENT", "threshold": "SOMETIMES"}]""" },
        { "CHECK_INTERVAL_HOURS", "-1" },
        { "HOST", "my-machine" },
        { "PORT", "65536" },
        { "SQLITE_DATABASE", "../other.db" },
        { "LOG_LEVEL", "LOUD" },
    };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public void Read_WrongValue_IsOneErrorThatNamesTheSetting(string name, string text) =>
        Assert.StartsWith($"{name} = ", Assert.Single(Read((name, text)).Errors), StringComparison.Ordinal);

    [Fact]
    public void Read_WrongSecretValues_AreNeverShown()
    {
        foreach (var definition in SettingTable.All.Where(definition => definition.IsSecret && definition.Name != "ENCRYPTION_KEY"))
        {
            const string Text = "{ s3cr3t \u0001 value-that-must-stay-hidden";
            var error = Assert.Single(Read((definition.Name, Text)).Errors);
            Assert.DoesNotContain("s3cr3t", error, StringComparison.Ordinal);
            Assert.DoesNotContain("must-stay", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_KeyInTheWrongLine_IsNotShown() =>
        Assert.DoesNotContain(KeyA, Assert.Single(Read(("TIME_OUT", KeyA)).Errors), StringComparison.Ordinal);

    [Fact]
    public void Read_SettingsOfGeminiBalance_AreNamedInOneNote()
    {
        var reading = Read(("MYSQL_HOST", "db"), ("GITHUB_REPO_OWNER", "x"), ("UNKNOWN_THING", "x"), ("TTS_MODEL", ""));

        Assert.Empty(reading.Errors);
        Assert.Equal(["Known from gemini-balance, without effect here (docs/settings.md says why): MYSQL_HOST, GITHUB_REPO_OWNER"], reading.Notes);
    }

    [Fact]
    public void Print_SettingsWithSecrets_ShowsNone()
    {
        var settings = Read(("API_KEYS", KeyA), ("ALLOWED_TOKENS", "sk-s3cr3t"), ("AUTH_TOKEN", "s3cr3t"), ("ENCRYPTION_KEY", "s3cr3t-s3cr3t")).Settings;

        Assert.DoesNotContain("s3cr3t", settings.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(KeyA, settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithoutARequiredSetting_IsAnErrorThatNamesIt()
    {
        var token = SettingTable.All.Single(definition => definition.Name == "AUTH_TOKEN") with { Traits = SettingTraits.Secret | SettingTraits.Required };
        var catalog = new SettingCatalog([token], [], new GatewaySettings());

        var reading = SettingsReader.Read(new ConfigurationBuilder().Build(), catalog);

        Assert.Equal($"AUTH_TOKEN is missing: must be {token.Allowed}.", Assert.Single(reading.Errors));
    }

    private static SettingsReading Read(params (string Name, string Text)[] settings) => SettingsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Text))).Build(),
        SettingCatalog.Standalone);
}
