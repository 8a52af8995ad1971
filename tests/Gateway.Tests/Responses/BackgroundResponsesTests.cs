using System.Net;
using GeminiBalance.Gateway.Responses;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Responses;

/// <summary>Responses that are made while nobody waits.</summary>
public sealed class BackgroundResponsesTests
{
    private const string Ask = """{"model":"m","input":"One","background":true}""";
    private readonly TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Response_IsAnsweredAtOnce_AndFoundWhenItIsMade()
    {
        await using var client = await HeldAsync();

        var made = await client.CreateAsync(Ask);
        var path = $"/v1/responses/{made["id"]}";
        var (_, before) = await client.SendAsync("GET", path);
        var (tooEarly, _) = await client.SendAsync("POST", "/v1/responses", $$"""{"model":"m","input":"Two","previous_response_id":"{{made["id"]}}"}""");
        release.SetResult();
        await RunsOf(client).Completion;
        var (_, after) = await client.SendAsync("GET", path);

        Assert.Equal(("in_progress", true, true, 0), ((string)made["status"]!, (bool)made["background"]!, (bool)made["store"]!, made["output"]!.AsArray().Count));
        Assert.Equal((made.ToJsonString(), HttpStatusCode.BadRequest), (before.ToJsonString(), tooEarly));
        Assert.Equal(("completed", "Hello", true), ((string)after["status"]!, (string)after["output"]![0]!["content"]![0]!["text"]!, (bool)after["background"]!));
        Assert.Equal(((string)made["id"]!, (int)made["created_at"]!), ((string)after["id"]!, (int)after["created_at"]!));
        Assert.Equal("One", (string)(await client.SendAsync("GET", path + "/input_items")).Body["data"]![0]!["content"]![0]!["text"]!);
        await client.CreateAsync($$"""{"model":"m","input":"Two","previous_response_id":"{{made["id"]}}"}""");
        Assert.Equal(["user: One", "model: Hello", "user: Two"], client.SentTexts());
    }

    [Fact]
    public async Task Cancelled_StaysCancelled_AndTheUpstreamIsLeft()
    {
        await using var client = await HeldAsync();
        var path = $"/v1/responses/{(await client.CreateAsync(Ask))["id"]}";
        await asked.Task;

        var (status, cancelled) = await client.SendAsync("POST", path + "/cancel");
        await RunsOf(client).Completion;

        Assert.Equal((HttpStatusCode.OK, "cancelled"), (status, (string)cancelled["status"]!));
        Assert.Equal("cancelled", (string)(await client.SendAsync("GET", path)).Body["status"]!);
        Assert.Equal("cancelled", (string)(await client.SendAsync("POST", path + "/cancel")).Body["status"]!);
        Assert.Equal([KeyPool.CallOutcomeKind.ClientLeft], client.Gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Deleted_IsNotWrittenAgain()
    {
        await using var client = await HeldAsync();
        var path = $"/v1/responses/{(await client.CreateAsync(Ask))["id"]}";

        await client.SendAsync("DELETE", path);
        await RunsOf(client).Completion;

        Assert.Empty(client.Store.Kept);
        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync("GET", path)).Status);
    }

    [Fact]
    public async Task Failed_SaysWhy_AndCannotBeCancelled()
    {
        await using var client = await ResponsesClient.StartAsync();
        client.Gateway.Upstream.Always(400, """{"error":{"code":400,"message":"No such thing","status":"INVALID_ARGUMENT"}}""");

        var path = $"/v1/responses/{(await client.CreateAsync(Ask))["id"]}";
        await RunsOf(client).Completion;
        var (_, failed) = await client.SendAsync("GET", path);

        Assert.Equal(("failed", "server_error"), ((string)failed["status"]!, (string)failed["error"]!["code"]!));
        Assert.Contains("No such thing", (string)failed["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync("POST", path + "/cancel")).Status);
    }

    [Fact]
    public async Task AnotherGateway_ReadsIt_CancelsIt_AndWhoeverMakesItGivesItUp()
    {
        await using var first = await HeldAsync();
        await using var second = await ResponsesClient.StartAsync();
        var id = (string)(await first.CreateAsync(Ask))["id"]!;
        var ((owner, _), row) = first.Store.Kept.Single();
        second.Store.Kept[(owner, id)] = row;

        Assert.Equal("in_progress", (string)(await second.SendAsync("GET", $"/v1/responses/{id}")).Body["status"]!);
        Assert.Equal("cancelled", (string)(await second.SendAsync("POST", $"/v1/responses/{id}/cancel")).Body["status"]!);
        first.Store.Kept[(owner, id)] = second.Store.Kept[(owner, id)];
        await RunsOf(first).SignAsync();
        await RunsOf(first).Completion;

        Assert.Equal("cancelled", (string)(await first.SendAsync("GET", $"/v1/responses/{id}")).Body["status"]!);
    }

    [Fact]
    public async Task Lost_HasFailed_OnceNobodyHasSignedForItForTooLong()
    {
        var time = new ManualTimeProvider();
        await using var client = await HeldAsync(time);
        var id = (string)(await client.CreateAsync(Ask))["id"]!;
        var row = client.Store.Kept.Values.Single();
        client.Store.Kept[(row.Owner, id)] = row with { UsedAt = row.UsedAt - TimeSpan.FromMilliseconds(1) };

        time.Advance(BackgroundLimits.SignLifetime - TimeSpan.FromMilliseconds(1));
        Assert.Equal("in_progress", (string)(await client.SendAsync("GET", $"/v1/responses/{id}")).Body["status"]!);
        time.Advance(TimeSpan.FromMilliseconds(1));
        var (_, lost) = await client.SendAsync("GET", $"/v1/responses/{id}");

        Assert.Equal("failed", (string)lost["status"]!);
        Assert.Contains("has ended before it was done", (string)lost["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signed_IsBelieved_ForAsLongAsItIsMade()
    {
        var time = new ManualTimeProvider();
        await using var client = await HeldAsync(time);
        var id = (string)(await client.CreateAsync(Ask))["id"]!;

        for (var i = 0; i < 2; i++)
        {
            time.Advance(BackgroundLimits.SignLifetime);
            await RunsOf(client).SignAsync();
            Assert.Equal("in_progress", (string)(await client.SendAsync("GET", $"/v1/responses/{id}")).Body["status"]!);
        }

        release.SetResult();
        await RunsOf(client).Completion;
        Assert.Equal("completed", (string)(await client.SendAsync("GET", $"/v1/responses/{id}")).Body["status"]!);
    }

    [Fact]
    public async Task Stop_EndsWhatIsBeingMade_AndSaysSo()
    {
        await using var client = await HeldAsync();
        var id = (string)(await client.CreateAsync(Ask))["id"]!;

        await RunsOf(client).StopAsync(CancellationToken.None);

        var (_, stopped) = await client.SendAsync("GET", $"/v1/responses/{id}");
        Assert.Equal("failed", (string)stopped["status"]!);
        Assert.Contains("was stopped", (string)stopped["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoreThatFails_IsTheClients503_AndNothingIsAsked()
    {
        await using var client = await HeldAsync();
        client.Store.Failure = new IOException("gone");

        var (status, _) = await client.SendAsync("POST", "/v1/responses", Ask);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Empty(client.Gateway.Upstream.Calls);
        Assert.True(RunsOf(client).TryEnter("client", BackgroundLimits.BytesMax)); // The place was given back.
    }

    [Fact]
    public async Task Places_AreBounded_ForAllAndForEach()
    {
        await using var client = await ResponsesClient.StartAsync();
        var runs = RunsOf(client);

        Assert.All(Enumerable.Range(0, BackgroundLimits.RunsPerClientMax), _ => Assert.True(runs.TryEnter("a", 1)));
        Assert.False(runs.TryEnter("a", 1));
        Assert.All(Enumerable.Range(0, BackgroundLimits.RunsMax - BackgroundLimits.RunsPerClientMax), _ => Assert.True(runs.TryEnter("b", 1)));
        Assert.False(runs.TryEnter("c", 1));
        runs.Leave("a", 1);
        Assert.False(runs.TryEnter("c", BackgroundLimits.BytesMax));
        Assert.True(runs.TryEnter("a", 1));
    }

    private static BackgroundRuns RunsOf(ResponsesClient client) => client.Gateway.Services.GetRequiredService<BackgroundRuns>();

    // An upstream that answers when the test says so.
    private async Task<ResponsesClient> HeldAsync(TimeProvider? time = null)
    {
        var client = await ResponsesClient.StartAsync(time);
        client.Gateway.Upstream.Answer = async (context, _) =>
        {
            asked.TrySetResult();
            await release.Task.WaitAsync(context.RequestAborted);
            await ScriptedUpstream.WriteAsync(context, 200, Answers.Ok);
        };
        return client;
    }
}
