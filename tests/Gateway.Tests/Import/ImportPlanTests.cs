using GeminiBalance.Gateway.Import;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Import;

public sealed class ImportPlanTests
{
    private const string KeyA = "AIzaSyPlan-0000000000000000000000000001";

    private static readonly ImportState Empty = new(SettingCatalog.Standalone, new Dictionary<string, string>(), new Dictionary<string, string>(), []);

    [Theory]
    [InlineData("MAX_RETRIES", "5", nameof(ImportVerdict.Taken))]
    [InlineData("MAX_RETRIES", "3", nameof(ImportVerdict.Default))]
    [InlineData("MAX_RETRIES", "", nameof(ImportVerdict.Default))]
    [InlineData("MAX_RETRIES", "99", nameof(ImportVerdict.Invalid))]
    [InlineData("MAX_RETRIES", "None", nameof(ImportVerdict.Invalid))]
    [InlineData("SEARCH_MODELS", "['gemini-2.5-pro', 'gemini-2.5-flash']", nameof(ImportVerdict.Default))]
    [InlineData("SEARCH_MODELS", "[]", nameof(ImportVerdict.Taken))]
    [InlineData("CREATE_IMAGE_MODEL", "imagen-3.0-generate-002", nameof(ImportVerdict.OtherDefault))]
    [InlineData("CREATE_IMAGE_MODEL", "imagen-4.0-generate-001", nameof(ImportVerdict.Taken))]
    [InlineData("CREATE_IMAGE_MODEL", "gemini-3.1-flash-image", nameof(ImportVerdict.Default))]
    [InlineData("DATABASE_TYPE", "sqlite", nameof(ImportVerdict.Replaced))]
    [InlineData("SQLITE_DATABASE", "default_db", nameof(ImportVerdict.Replaced))]
    [InlineData("TIMEZONE", "UTC", nameof(ImportVerdict.Refused))]
    [InlineData("DEFAULT_RPM", "5", nameof(ImportVerdict.Taken))]
    [InlineData("TZ", "UTC", nameof(ImportVerdict.Unknown))]
    public void Setting_IsJudged(string name, string text, string expected)
    {
        var plan = Plan(Empty, (name, text));

        Assert.Equal((name, expected), (Assert.Single(plan.Lines).Name, plan.Lines[0].Verdict.ToString()));
        Assert.Equal(expected == nameof(ImportVerdict.Taken), plan.Settings.ContainsKey(name));
        Assert.Equal(expected != nameof(ImportVerdict.Taken), plan.ChangesNothing);
    }

    [Theory]
    [InlineData("ALLOWED_TOKENS", """["sk-a","sk b","sk-b"]""", """["sk-a","sk-b"]""", "left out: 2.", "get 401")]
    [InlineData("PROXIES", """["http://u:p@1.2.3.4:80","1.2.3.5:80"]""", """["http://u:p@1.2.3.4:80"]""", "left out: 2.", "proxies that are left")]
    [InlineData("CUSTOM_HEADERS", """{"X-A":"1","Host":"x"}""", """{"X-A":"1"}""", "left out: Host.", "without the headers")]
    [InlineData("THINKING_BUDGET_MAP", """{"gemini-2.5-pro":50000,"gemini-2.5-flash":100}""", """{"gemini-2.5-flash":100}""", "left out: gemini-2.5-pro.", null)]
    public void AWrongEntry_IsLeftOutAlone(string name, string text, string stored, string note, string? warning)
    {
        var plan = Plan(Empty, (name, text), ("AUTH_TOKEN", "sk-admin"));

        var line = plan.Lines.Single(line => line.Name == name);
        Assert.Equal((ImportVerdict.Partly, stored), (line.Verdict, plan.Settings[name]));
        Assert.Contains(note, line.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("sk b", line.Note, StringComparison.Ordinal);
        Assert.Equal(warning is not null, plan.Warnings.Any(one => one.StartsWith(name, StringComparison.Ordinal) && one.Contains(warning!, StringComparison.Ordinal)));
    }

    [Fact]
    public void AListAroundAnAddress_IsTheAddress()
    {
        var plan = Plan(Empty, ("BASE_URL", """["https://gateway.example/v1beta"]"""));

        Assert.Equal((ImportVerdict.Taken, "https://gateway.example/v1beta"), (plan.Lines[0].Verdict, plan.Settings["BASE_URL"]));
        Assert.Contains("calls go to Google", Assert.Single(Plan(Empty, ("BASE_URL", "nonsense")).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void DefaultOfGeminiBalance_ForSafety_IsNotWritten_SoThatNativeCallsPassAsTheyAre() =>
        Assert.Equal(ImportVerdict.OtherDefault, Plan(Empty, ("SAFETY_SETTINGS", SafetySetting.UsualText)).Lines[0].Verdict);

    [Fact]
    public void StoredAndEnvironment_Decide()
    {
        var state = Empty with
        {
            Environment = new Dictionary<string, string> { ["MAX_RETRIES"] = "7", ["TIME_OUT"] = "60" },
            Stored = new Dictionary<string, string> { ["TTS_SPEED"] = "slow", ["LOG_LEVEL"] = "DEBUG" },
        };

        var plan = Plan(state, ("MAX_RETRIES", "3"), ("TIME_OUT", "60"), ("TTS_SPEED", "SLOW"), ("LOG_LEVEL", "INFO"));

        Assert.Equal(
            [("MAX_RETRIES", ImportVerdict.Taken), ("TIME_OUT", ImportVerdict.Taken), ("TTS_SPEED", ImportVerdict.There), ("LOG_LEVEL", ImportVerdict.Taken)],
            plan.Lines.Select(line => (line.Name, line.Verdict)));
        Assert.EndsWith("over '7' of the environment", plan.Lines[0].Note, StringComparison.Ordinal);
        Assert.EndsWith("over 'DEBUG' that was stored", plan.Lines[3].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyOfThePool_ThatIsThePaidOneThere_IsMarked()
    {
        var state = Empty with { Keys = [new RosterKey(new ApiKey(KeyA), new KeyProfile { Note = "mine" })] };

        var plan = Plan(state, ("API_KEYS", KeyA), ("PAID_KEY", KeyA));

        var (key, change) = Assert.Single(plan.Keys.Marked);
        Assert.Equal(("mine", "paid", false), (change.Apply(key.Profile).Note, change.Apply(key.Profile).Tags.Text, change.Apply(key.Profile).IsReserved));
        Assert.Empty(plan.Keys.Added);
        Assert.False(plan.ChangesNothing);
        Assert.True(Plan(state with { Keys = [new RosterKey(new ApiKey(KeyA), change.Apply(key.Profile))] }, ("API_KEYS", KeyA), ("PAID_KEY", KeyA)).ChangesNothing);
    }

    [Fact]
    public void SampleKeys_AreLeftOut()
    {
        var keys = Plan(Empty, ("API_KEYS", $"""["AIzaSyxxxxxxxxxxxxxxxxxxx","{KeyA}"]"""), ("PAID_KEY", "AIzaSyxxxxxxxxxxxxxxxxxxx")).Keys;

        Assert.Equal([KeyA], keys.Added.Select(key => key.Key.Reveal()));
        Assert.Equal(["AIzaSyxxxxxxxxxxxxxxxxxxx", "AIzaSyxxxxxxxxxxxxxxxxxxx"], keys.Invalid);
    }

    [Theory]
    [InlineData("sk-a", "sk-a", "clients that have it are administrators")]
    [InlineData("your_token_1", "sk-b", "everybody knows it")]
    [InlineData("sk-a", "", "shows it once")]
    public void Tokens_ThatNeedALook_AreNamed(string token, string admin, string expected) =>
        Assert.Contains(expected, Assert.Single(Plan(Empty, ("ALLOWED_TOKENS", token), ("AUTH_TOKEN", admin)).Warnings), StringComparison.Ordinal);

    [Fact]
    public void AdminTokenOfTheEnvironment_ThatLosesItsEffect_IsNamed() => Assert.Contains(
        "that of the environment does nothing",
        Assert.Single(Plan(Empty with { Environment = new Dictionary<string, string> { ["AUTH_TOKEN"] = "sk-mine" } }, ("AUTH_TOKEN", "sk-theirs")).Warnings),
        StringComparison.Ordinal);

    [Fact]
    public void NameThatLooksLikeAKey_IsHidden() => Assert.Equal("(hidden)", Assert.Single(Plan(Empty, (KeyA, "x")).Lines).Name);

    private static ImportPlan Plan(ImportState state, params (string Name, string Text)[] values) =>
        ImportPlan.Make(values.ToDictionary(value => value.Name, value => value.Text), [], state);
}
