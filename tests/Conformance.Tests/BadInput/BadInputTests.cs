using System.Text.Json;
using GeminiBalance.Conformance.Tests.Hosts;

namespace GeminiBalance.Conformance.Tests.BadInput;

/// <summary>Malformed requests on every route: the client is told, in its own shape; nobody else notices.</summary>
public sealed class BadInputTests : ConformanceTest
{
    private const int RequestsPerSeed = 250;
    private const int RequestsBetweenChecks = 10;

    private static readonly BadRequest Good = new(
        Dialect.OpenAI, "good", "POST", "/v1/chat/completions", [$"Authorization: Bearer {ComposedGateway.ClientToken}", "Content-Type: application/json"],
        """{"model":"gemini-2.5-flash","messages":[{"role":"user","content":"still there?"}]}"""u8.ToArray());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task ClientRoutes_MalformedRequests_AreAnsweredInShapeAndBlameNoKey(int seed) => await RunAsync(seed, Route.Clients);

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task AdminRoutes_MalformedRequests_AreAnsweredInShapeAndBlameNoKey(int seed)
    {
        await RunAsync(seed, Route.Administration);
    }

    /// <summary>What is wrong with an answer; null when nothing is.</summary>
    private static string? Complain(BadRequest request, RawAnswer? answer)
    {
        if (answer is null)
        {
            return request.IsBelowHttp ? null : "no answer";
        }

        if (answer.Status >= 500)
        {
            return $"{answer.Status} {answer.Text}";
        }

        var needsNoBody = request.Verb == "HEAD" || (request.IsBelowHttp && !answer.IsOfCall);
        return answer.Status < 400 || (answer.Body.Length == 0 && needsNoBody) || IsUpstreamsPage(answer) || HasShape(request, answer)
            ? null
            : $"{answer.Status} in another shape: {answer.Text}";
    }

    // Google's front end answers a path it does not know with a page, and native answers pass as they are.
    private static bool IsUpstreamsPage(RawAnswer answer) =>
        answer.IsOfCall && answer.Headers.TryGetValue("Content-Type", out var type) && type.StartsWith("text/html", StringComparison.Ordinal);

    private static bool HasShape(BadRequest request, RawAnswer answer)
    {
        try
        {
            using var body = JsonDocument.Parse(answer.Body);
            var root = body.RootElement.ValueKind == JsonValueKind.Array && body.RootElement.GetArrayLength() == 1 ? body.RootElement[0] : body.RootElement;
            var error = root.GetProperty("error");
            var isGoogle = error.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String && error.GetProperty("code").GetInt32() == answer.Status;
            var isInteractions = error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String && error.EnumerateObject().Count() == 2;
            var isOpenAI = error.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && error.TryGetProperty("code", out _);
            var isAnthropic = root.TryGetProperty("type", out var kind) && kind.ValueEquals("error"u8) && error.TryGetProperty("type", out type) && type.ValueKind == JsonValueKind.String;
            return error.GetProperty("message").ValueKind == JsonValueKind.String && request.Dialect switch
            {
                // Another path, verb or header can mean another face; its answers are well-formed all the same.
                _ when request.MayChangeFace || answer.IsOfCall => isGoogle || isOpenAI || isAnthropic || isInteractions,
                Dialect.Google => isGoogle,
                Dialect.Anthropic => isAnthropic,
                Dialect.Interactions => isInteractions,
                _ => isOpenAI,
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    private async Task RunAsync(int seed, IReadOnlyList<Route> routes)
    {
        var requests = new BadRequests(new Random(seed), routes);
        var complaints = new List<string>();
        var own = (await Gateway.Keys.ListAsync(CancellationToken.None)).Select(key => key.Id).ToHashSet();
        for (var number = 1; number <= RequestsPerSeed; number++)
        {
            var request = requests.Next();
            var context = $"Seed {seed}, request {number}: {request}";
            complaints.AddRange(Complain(request, await SendAsync(request)) is { } complaint ? [$"{context}\n  => {complaint}"] : []);
            foreach (var added in (await Gateway.Keys.ListAsync(CancellationToken.None)).Where(key => !own.Contains(key.Id)))
            {
                // An odd text that the admin API took for a key: it must not serve the next call.
                await Gateway.Keys.RemoveAsync(added.Id, CancellationToken.None);
            }

            if (number % RequestsBetweenChecks == 0)
            {
                var good = await SendAsync(Good);
                Assert.True(good?.Status == 200, $"{context}, then a good one: {good?.Status} {good?.Text}\n{string.Join('\n', complaints)}");
                await Gateway.AssertNoKeyIsBlamedAsync(context);
            }
        }

        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
        Assert.Equal(0, Upstream.Stats.Statuses.Where(status => status.Key[0] == '5').Sum(status => status.Value));
        Assert.DoesNotContain(Gateway.Logs.Lines, line => line.Contains("failed by a fault of the gateway", StringComparison.Ordinal));
    }

    private Task<RawAnswer?> SendAsync(BadRequest request) =>
        RawConnection.AskAsync(Gateway.Address, request.ToBytes(), request.Missing > 0, Gateway.Watch.NewConnection());
}
