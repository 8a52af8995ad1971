using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini.Tests;

public sealed class QuotaTests : FakeTest
{
    public QuotaTests()
    {
        Options.Limits = new FakeLimits(RequestsPerMinute: 2);
        Options.ModelLimits["gemini-2.5-flash"] = new FakeLimits(TokensPerMinute: 10);
        Options.ModelLimits["gemini-2.5-pro"] = new FakeLimits(RequestsPerDay: 1);
        Options.KeyLimits[Options.Keys[1]] = new FakeLimits(RequestsPerMinute: 1);
        Options.PairLimits[(Options.Keys[1], "gemini-3.8-flash")] = default;
    }

    [Fact]
    public async Task Rpm_WindowSlides_ATokenComesBackAfterExactly60Seconds()
    {
        Assert.Equal(200, await StatusAsync());
        Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(200, await StatusAsync());
        Time.Advance(TimeSpan.FromSeconds(40) - TimeSpan.FromTicks(10));
        Assert.Equal(429, await StatusAsync());
        Time.Advance(TimeSpan.FromTicks(10));
        Assert.Equal(200, await StatusAsync());
        Assert.Equal(429, await StatusAsync());

        Assert.Equal((5, 2, 2, 0, 0), (Server.Stats.TotalRequests, Server.Stats.Violations, Server.Stats.RequestsPerMinuteViolations, Server.Stats.TokensPerMinuteViolations, Server.Stats.RequestsPerDayViolations));
        Assert.Equal((3, 2), (Server.Stats.Served, Server.Stats.RateLimited));
    }

    [Fact]
    public async Task Rpm_Exceeded_NamesTheLimitAndTheWait()
    {
        await StatusAsync();
        await StatusAsync();
        Time.Advance(TimeSpan.FromSeconds(12.3));

        var (status, body) = await AskAsync(Prompt("x"));

        Assert.Equal(429, status);
        var details = body["error"]!["details"]!.AsArray();
        var violation = details[1]!["violations"]![0]!;
        Assert.Equal("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", (string?)violation["quotaId"]);
        Assert.Equal("2", (string?)violation["quotaValue"]);
        Assert.Equal(Flash, (string?)violation["quotaDimensions"]!["model"]);
        Assert.Equal("48s", (string?)details[2]!["retryDelay"]);
    }

    [Fact]
    public async Task Rpm_KeysOfOneProject_ShareAWindow()
    {
        Options.KeysPerProject = 2;
        Assert.Equal(200, await StatusAsync());
        Assert.Equal(200, await StatusAsync(key: Options.Keys[1]));
        Assert.Equal(429, await StatusAsync(key: Options.Keys[1]));
        Assert.Equal(200, await StatusAsync(key: Options.Keys[2]));
    }

    [Fact]
    public async Task Rpm_OtherKeyOrModel_HasItsOwnWindow()
    {
        await StatusAsync();
        await StatusAsync();

        Assert.Equal(200, await StatusAsync(model: "gemini-3.7-flash"));
        Assert.Equal(200, await StatusAsync(key: Options.Keys[2]));
        Assert.Equal(429, await StatusAsync());
    }

    [Fact]
    public async Task Limits_KeyOverModelAndPairOverKey_NarrowestWins()
    {
        Assert.Equal(200, await StatusAsync(key: Options.Keys[1]));
        Assert.Equal(429, await StatusAsync(key: Options.Keys[1]));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, await StatusAsync("gemini-3.8-flash", Options.Keys[1]));
        }
    }

    [Fact]
    public async Task Tpm_PromptThatStillFits_IsServedAndTheNextIsNot()
    {
        Assert.Equal(200, (await AskAsync(Prompt(new string('x', 24)), "gemini-2.5-flash")).Status);
        Assert.Equal(429, (await AskAsync(Prompt(new string('x', 17)), "gemini-2.5-flash")).Status);
        Assert.Equal(200, (await AskAsync(Prompt(new string('x', 16)), "gemini-2.5-flash")).Status);

        Assert.Equal(1, Server.Stats.TokensPerMinuteViolations);
        Assert.Equal(10, (await StatsAsync())["maxTokensInAny60s"]!.GetValue<int>());
    }

    [Fact]
    public async Task Rpd_DayIsUsedUp_UntilMidnightInLosAngeles()
    {
        // The clock starts on a winter's noon in Los Angeles: midnight is 08:00 UTC.
        Assert.Equal(200, await StatusAsync("gemini-2.5-pro"));
        Time.AdvanceTo(new DateTimeOffset(2026, 1, 16, 7, 59, 59, TimeSpan.Zero));
        var (status, body) = await AskAsync(Prompt("x"), "gemini-2.5-pro");
        Time.AdvanceTo(new DateTimeOffset(2026, 1, 16, 8, 0, 0, TimeSpan.Zero));

        Assert.Equal((429, "GenerateRequestsPerDayPerProjectPerModel-FreeTier"), (status, (string?)body["error"]!["details"]![1]!["violations"]![0]!["quotaId"]));
        Assert.Equal(200, await StatusAsync("gemini-2.5-pro"));
        Assert.Equal(1, Server.Stats.RequestsPerDayViolations);
    }

    [Fact]
    public async Task CountTokens_IsFree()
    {
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(200, (await AskAsync(Prompt("x"), method: "countTokens")).Status);
        }

        Assert.Equal(200, await StatusAsync());
        Assert.Equal(200, await StatusAsync());
    }

    [Fact]
    public async Task Stats_Detail_ShowsEachPairAndNoWholeKey()
    {
        await StatusAsync();
        await StatusAsync();
        await StatusAsync();
        var stats = await StatsAsync();

        Assert.Equal((3, 2), (stats["maxRequestsInAny60s"]!.GetValue<int>(), stats["maxServedInAny60s"]!.GetValue<int>()));
        var pair = Assert.Single(stats["pairs"]!.AsArray())!;
        Assert.Equal((Key[^8..], Flash, 3, 1), ((string)pair["keyTail"]!, (string)pair["model"]!, pair["requests"]!.GetValue<int>(), pair["violations"]!.GetValue<int>()));
        Assert.DoesNotContain(Key, stats.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_ForgetsEverything()
    {
        await StatusAsync();
        await StatusAsync();
        Server.Knobs.Fail(FakeErrorKind.Overloaded);
        (await PostRawAsync("/__reset", "")).EnsureSuccessStatusCode();

        Assert.Equal(200, await StatusAsync());
        Assert.Equal((1, 0), (Server.Stats.TotalRequests, Server.Stats.Violations));
        Assert.Single(Server.Requests);
    }

    private async Task<int> StatusAsync(string model = Flash, string? key = null) => (await AskAsync(Prompt("x"), model, key: key)).Status;

    private async Task<JsonNode> StatsAsync() => JsonNode.Parse(await (await GetAsync("/__stats?detail=1")).Content.ReadAsStringAsync())!;
}
