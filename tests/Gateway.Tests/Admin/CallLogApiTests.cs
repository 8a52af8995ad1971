using System.Net;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Tests.Hosting;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Admin;

/// <summary>Logs and statistics as the admin API tells them, of ten attempts, two seconds apart: KeyA fails with 429 three times and is left once, else all goes well.</summary>
public sealed class CallLogApiTests : IAsyncLifetime
{
    private const string KeyA = "AIzaSyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-a1";
    private const string KeyB = "AQ.Ab8BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB_b2";
    private static readonly string IdA = new ApiKey(KeyA).Id.Value;
    private static readonly string IdB = new ApiKey(KeyB).Id.Value;
    private readonly ManualTimeProvider time = new(new DateTimeOffset(2026, 1, 15, 20, 0, 30, TimeSpan.Zero));
    private readonly TemporaryFolder folder = new();
    private StandaloneGateway gateway = null!;

    public async Task InitializeAsync()
    {
        gateway = await StandaloneGateway.StartAsync(folder.Path, time, $"--API_KEYS={KeyA}");
        var tally = new CallTally();
        var attempts = new List<LoggedAttempt>();
        var errors = new List<LoggedError>();
        for (var i = 0; i < 10; i++)
        {
            var outcome = i is 2 or 4 or 6 ? CallOutcomeKind.KeyRateLimited : i == 8 ? CallOutcomeKind.ClientLeft : CallOutcomeKind.Succeeded;
            var attempt = new LoggedAttempt
            {
                Time = time.GetUtcNow().AddSeconds(-2 * i),
                KeyId = new KeyId(i % 2 == 0 ? IdA : IdB),
                Model = i < 6 ? "gemini-a" : "<b>gemini</b>",
                Face = CallFace.Gemini,
                ClientId = "client-1",
                Number = 1,
                IsStream = true,
                Outcome = outcome,
                Status = outcome switch { CallOutcomeKind.Succeeded => 200, CallOutcomeKind.KeyRateLimited => 429, _ => null },
                LatencyMs = 100,
                PromptTokens = 3,
                OutputTokens = 5,
            };
            attempts.Add(attempt);
            tally.Add(attempt);
            if (outcome == CallOutcomeKind.KeyRateLimited)
            {
                errors.Add(new LoggedError(attempt, "429 RESOURCE_EXHAUSTED", "Slow down.", "{}"));
            }
        }

        await gateway.Services.GetRequiredService<ICallLogStore>().WriteAsync(
            new CallLogBatch("test", 1, attempts, errors, tally.Minutes, tally.Hours), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await gateway.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Requests_TellEverythingOfARow()
    {
        var answer = await GetAsync("/api/logs/requests?limit=1");

        Assert.Equal(10, answer.GetProperty("total").GetInt32());
        Assert.Equal(
            $$"""{"id":1,"time":"2026-01-15T20:00:30+00:00","key_id":"{{IdA}}","key":"AIza…A-a1","model":"gemini-a","face":"gemini","client_id":"client-1","attempt":1,"is_stream":true,"outcome":"succeeded","status":200,"latency_ms":100,"prompt_tokens":3,"output_tokens":5}""",
            answer.GetProperty("logs")[0].GetRawText());
        Assert.Equal(JsonValueKind.Null, (await GetAsync("/api/logs/requests?offset=1&limit=1")).GetProperty("logs")[0].GetProperty("key").ValueKind);
        Assert.DoesNotContain("<b>", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 10)]
    [InlineData("?outcome=failed", 3)]
    [InlineData("?outcome=client_left", 1)]
    [InlineData("?status=200", 6)]
    [InlineData("?key=aiza", 5)]
    [InlineData("?key=zz", 0)]
    [InlineData("?model=gemini-a", 6)]
    [InlineData("?client=client-2", 0)]
    [InlineData("?from=2026-01-15T20:00:28Z", 2)]
    [InlineData("?from=2026-01-15T20:00:28", 2)]
    [InlineData("?from=2026-01-15T21:00:28%2B01:00&until=2026-01-15T20:00:30Z", 1)]
    [InlineData("?limit=1&offset=9&order=asc", 10)]
    public async Task Requests_Filter(string query, int total) => Assert.Equal(total, (await GetAsync("/api/logs/requests" + query)).GetProperty("total").GetInt32());

    [Fact]
    public async Task Requests_ByIdOfAKeyThatHasLeft_AreFound() =>
        Assert.Equal(5, (await GetAsync($"/api/logs/requests?key={IdB}")).GetProperty("total").GetInt32());

    [Theory]
    [InlineData("", 3)]
    [InlineData("?key_search=a-a1&error_search=exhausted&error_code_search=429&start_date=2026-01-15&end_date=2026-01-16&sort_by=id&sort_order=desc", 3)]
    [InlineData("?error_search=SLOW&limit=1", 3)]
    [InlineData("?error_search=nothing", 0)]
    [InlineData("?error_code_search=403", 0)]
    [InlineData("?error_code_search=all", 3)]
    public async Task Errors_TakeGeminiBalancesParametersAndHaveItsShape(string query, int total)
    {
        var answer = await GetAsync("/api/logs/errors" + query);

        Assert.Equal(total, answer.GetProperty("total").GetInt32());
        Assert.All(answer.GetProperty("logs").EnumerateArray(), log =>
        {
            Assert.Equal(
                ("AIza…A-a1", "key_rate_limited", 429, "Slow down."),
                (log.GetProperty("gemini_key").GetString(), log.GetProperty("error_type").GetString(), log.GetProperty("error_code").GetInt32(), log.GetProperty("error_log").GetString()));
            Assert.Equal((JsonValueKind.String, JsonValueKind.Null), (log.GetProperty("request_time").ValueKind, log.GetProperty("request_msg").ValueKind));
        });
    }

    [Theory]
    [InlineData("/api/logs/errors/2")]
    [InlineData("/api/logs/errors/2/details")]
    [InlineData("/api/logs/errors/lookup?gemini_key=AIza&timestamp=2026-01-15T20:00:21Z&status_code=429")]
    [InlineData("/api/logs/errors/lookup?gemini_key=AIza&timestamp=2026-01-15T20:00:21Z&status_code=500&window_seconds=2")]
    public async Task Error_OneByItsIdOrByWhatFitsBest(string path)
    {
        var error = await GetAsync(path);

        Assert.Equal((2, "{}", "429 RESOURCE_EXHAUSTED"), (error.GetProperty("id").GetInt32(), error.GetProperty("request_msg").GetString(), error.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Errors_AreDeleted_OneSomeOrAll()
    {
        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync("/api/logs/errors/1"));
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.SendAsync("DELETE", "/api/logs/errors/1")).Status);
        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync("/api/logs/errors", """{"ids":[2, 77]}"""));
        Assert.Equal(1, (await GetAsync("/api/logs/errors")).GetProperty("total").GetInt32());

        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync("/api/logs/errors/all"));
        Assert.Equal(0, (await GetAsync("/api/logs/errors")).GetProperty("total").GetInt32());
        Assert.Equal(10, (await GetAsync("/api/logs/requests")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("GET", "/api/logs/requests?limit=0", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("GET", "/api/logs/requests?limit=1001", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("GET", "/api/logs/requests?offset=10001", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("GET", "/api/logs/requests?from=yesterday", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("GET", "/api/logs/requests?outcome=bad", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("GET", "/api/logs/errors?limit=x", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("GET", "/api/logs/errors/77", null, HttpStatusCode.NotFound, "unknown_error")]
    [InlineData("GET", "/api/logs/errors/x", null, HttpStatusCode.NotFound, "unknown_error")]
    [InlineData("GET", "/api/logs/errors/lookup?gemini_key=AIza", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("GET", "/api/logs/errors/lookup?gemini_key=AIza&timestamp=2020-01-15T20:00:30Z", null, HttpStatusCode.NotFound, "unknown_error")]
    [InlineData("DELETE", "/api/logs/errors", "{\"ids\":[]}", HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("DELETE", "/api/logs/errors", "{", HttpStatusCode.BadRequest, "invalid_json")]
    [InlineData("GET", "/api/stats/models?period=2h", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("GET", "/api/stats/models?limit=1001", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("GET", "/api/stats/calls?key=nothing", null, HttpStatusCode.NotFound, "unknown_key")]
    [InlineData("GET", "/api/stats/details?period=1y", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("GET", "/api/stats/key-details", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("GET", "/api/stats/attention-keys?status_code=1", null, HttpStatusCode.BadRequest, "invalid_query")]
    [InlineData("GET", "/api/key-usage-details/nothing", null, HttpStatusCode.NotFound, "unknown_key")]
    public async Task Mistake_IsToldAsJson(string method, string path, string? body, HttpStatusCode status, string code)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await gateway.SendAsync(method, path, content: content);

        Assert.Equal((status, code), (answer.Status, answer.Body.GetProperty("error").GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("", 10, 6, 3, 1)]
    [InlineData("?key=AIza", 5, 1, 3, 1)]
    public async Task Calls_SumUpEveryPeriod(string query, int total, int success, int failure, int cancelled)
    {
        var answer = await GetAsync("/api/stats/calls" + query);

        Assert.Equal(["1m", "1h", "24h", "30d"], answer.EnumerateObject().Select(period => period.Name));
        Assert.All(answer.EnumerateObject(), period => Assert.Equal(
            $$"""{"total":{{total}},"success":{{success}},"failure":{{failure}},"cancelled":{{cancelled}},"prompt_tokens":{{3 * total}},"output_tokens":{{5 * total}},"average_latency_ms":100}""",
            period.Value.GetRawText()));
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(0, (await GetAsync("/api/stats/calls" + query)).GetProperty("1m").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Sums_ByModelKeyOutcomeAndTime()
    {
        Assert.Equal(
            [("gemini-a", 6), ("<b>gemini</b>", 4)],
            (await GetAsync("/api/stats/models?period=1h")).EnumerateArray().Select(sum => (sum.GetProperty("model").GetString()!, Total(sum))));
        Assert.Equal(
            [(IdA, "AIza…A-a1", 5), (IdB, null, 5)],
            (await GetAsync("/api/stats/keys")).EnumerateArray().Select(sum => (sum.GetProperty("key_id").GetString()!, sum.GetProperty("key").GetString(), Total(sum))).OrderBy(sum => sum.Item2 is null));
        Assert.Single((await GetAsync("/api/stats/keys?limit=1&period=30d")).EnumerateArray());
        Assert.Equal(
            """[{"outcome":"succeeded","calls":6},{"outcome":"key_rate_limited","calls":3},{"outcome":"client_left","calls":1}]""",
            (await GetAsync("/api/stats/outcomes?period=8h")).GetRawText());
        Assert.Equal(
            [("2026-01-15T20:00:00+00:00", 10)],
            (await GetAsync("/api/stats/trend?period=1h")).EnumerateArray().Select(point => (point.GetProperty("start").GetString()!, Total(point))));
        Assert.Equal(
            [("2026-01-15T20:00:00+00:00", 5)],
            (await GetAsync($"/api/stats/trend?period=24h&key={IdB}")).EnumerateArray().Select(point => (point.GetProperty("start").GetString()!, Total(point))));
    }

    [Fact]
    public async Task GeminiBalancesLists_HaveItsShapes()
    {
        var details = (await GetAsync("/api/stats/details?period=1m")).EnumerateArray().ToList();
        Assert.Equal(10, details.Count);
        Assert.Equal(
            $$"""{"timestamp":"2026-01-15T20:00:26+00:00","key":"AIza…A-a1","key_id":"{{IdA}}","model":"gemini-a","status":"failure","status_code":429,"latency_ms":100}""",
            details[2].GetRawText());
        Assert.Equal(["success", "failure", "failure", "failure", "cancelled"], (await GetAsync("/api/stats/key-details?key=AIza&period=8h")).EnumerateArray().Select(call => call.GetProperty("status").GetString()));
        Assert.Equal(3, (await GetAsync("/api/stats/details?limit=3")).GetArrayLength());
        Assert.Equal($$"""[{"key":"AIza…A-a1","key_id":"{{IdA}}","count":3,"status_code":429}]""", (await GetAsync("/api/stats/attention-keys?limit=20&status_code=429")).GetRawText());
        Assert.Equal("""{"gemini-a":3,"<b>gemini</b>":2}""", (await GetAsync($"/api/key-usage-details/{IdA}")).GetRawText());
    }

    [Fact]
    public async Task Status_TellsHowTheLogKeepsUp() =>
        Assert.Equal(
            """{"queued":0,"queued_max":65536,"written":0,"dropped":0,"uncounted":0,"write_failures":0,"failing_since":null}""", (await GetAsync("/api/logs/status")).GetRawText());

    private static int Total(JsonElement sum) => sum.GetProperty("calls").GetProperty("total").GetInt32();

    private async Task<JsonElement> GetAsync(string path)
    {
        var (status, body) = await gateway.SendAsync("GET", path);
        Assert.Equal(HttpStatusCode.OK, status);
        return body;
    }

    private async Task<HttpStatusCode> DeleteAsync(string path, string? body = null)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await gateway.SendForStatusAsync("DELETE", path, content);
    }
}
