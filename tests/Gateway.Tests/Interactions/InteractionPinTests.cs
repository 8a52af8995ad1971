using System.Net;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;
using static GeminiBalance.Gateway.Tests.Interactions.Interaction;

namespace GeminiBalance.Gateway.Tests.Interactions;

/// <summary>An interaction is kept in one key's project: everything about it goes there.</summary>
public sealed class InteractionPinTests
{
    private const string Previous = $$"""{"model":"gemini-x","input":"On","previous_interaction_id":"{{Id}}"}""";

    [Theory]
    [InlineData(Request, false)]
    [InlineData(Streamed, true)]
    public async Task Interaction_IsKeptForItsClient_AndEverythingAboutItGoesToItsKey(string body, bool isStream)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, isStream ? Events : Done, isStream ? Answers.Sse : Answers.Json);
        var before = TimeProvider.System.GetUtcNow();

        await SendAsync(gateway, body);
        var row = Assert.Single(Store(gateway).Rows);
        for (var i = 0; i < 3; i++)
        {
            using var read = await gateway.Client.GetAsync($"{InteractionsPath}/{Id}?stream=true&last_event_id=evt_3&key=x");
            await SendAsync(gateway, Previous);
            using var cancelled = await gateway.Client.PostAsync($"/gemini{InteractionsPath}/{Id}/cancel", null);
        }

        using var deleted = await gateway.Client.DeleteAsync($"/v1/interactions/{Id}");

        Assert.Equal(($"interactions/{Id}", "interactions", TestTokens.ClientId), (row.Name, row.Collection, row.ClientId));
        Assert.InRange(row.ExpiresAt!.Value, before.AddDays(55), before.AddDays(55).AddMinutes(5));
        Assert.All(gateway.Pool.Requests.Skip(1), request => Assert.Equal(row.KeyId, request.Pinned));
        Assert.All(gateway.Pool.Settled, entry => Assert.Equal(row.KeyId, entry.Lease.Key.Id));
        Assert.Equal(
            [("GET", $"{InteractionsPath}/{Id}?stream=true&last_event_id=evt_3"), ("POST", InteractionsPath), ("POST", $"{InteractionsPath}/{Id}/cancel")],
            gateway.Upstream.Calls.Skip(1).Take(3).Select(call => (call.Method, call.Target)));
        Assert.Equal(("DELETE", $"{InteractionsPath}/{Id}"), (gateway.Upstream.Calls[^1].Method, gateway.Upstream.Calls[^1].Target));
        Assert.DoesNotContain(Store(gateway).Rows, kept => kept.Name == row.Name);
    }

    [Theory]
    [InlineData("""{"model":"gemini-x","input":"Hi","store":false}""", Done, Answers.Json)]
    [InlineData("""{"model":"gemini-x","input":"Hi"}""", """{"status":"completed","steps":[{"type":"model_output","content":[{"type":"text","text":"x"}]}]}""", Answers.Json)]
    public async Task Interaction_ThatIsNotStored_IsNotKept(string body, string answer, string type)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, answer, type);

        Assert.Equal((200, answer), await SendAsync(gateway, body));

        Assert.Empty(Store(gateway).Rows);
    }

    [Theory]
    [InlineData(Id, "somebody-else", false)]
    [InlineData(Id, TestTokens.ClientId, true)]
    [InlineData("v1_unheard", "somebody-else", false)]
    public async Task Interaction_UnknownExpiredOrAnothers_IsNotThere(string kept, string clientId, bool isExpired)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await KeepAsync(gateway, $"interactions/{kept}", gateway.Pool.Keys[0].Id, clientId, isExpired ? TimeProvider.System.GetUtcNow().AddSeconds(-1) : null);

        var created = await SendAsync(gateway, Previous);
        using var read = await gateway.Client.GetAsync($"{InteractionsPath}/{Id}");
        using var deleted = await gateway.Client.DeleteAsync($"{InteractionsPath}/{Id}");
        var cancelled = await SendAsync(gateway, "{}", $"{InteractionsPath}/{Id}/cancel");

        Assert.Equal((404, 404), (created.Status, cancelled.Status));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (read.StatusCode, deleted.StatusCode));
        Assert.All([created.Body, cancelled.Body, await read.Content.ReadAsStringAsync()], body => Assert.StartsWith("""{"error":{"code":"not_found","message":"There is no such interaction""", body, StringComparison.Ordinal));
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Call_WithAFileOfAnotherKey_Is400ThatNamesBoth()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await KeepAsync(gateway, $"interactions/{Id}", gateway.Pool.Keys[0].Id);
        await KeepAsync(gateway, "files/a", gateway.Pool.Keys[1].Id);
        const string File = """[{"type":"image","uri":"https://generativelanguage.googleapis.com/v1beta/files/a","mime_type":"image/png"}]""";
        gateway.Upstream.Always(200, Done);

        var both = await SendAsync(gateway, Previous.Replace("\"On\"", File, StringComparison.Ordinal));
        var one = await SendAsync(gateway, Request.Replace("\"Hi\"", File, StringComparison.Ordinal));

        Assert.Equal((400, 200), (both.Status, one.Status));
        Assert.Contains($"interactions/{Id} and files/a", both.Body, StringComparison.Ordinal);
        Assert.StartsWith("""{"error":{"code":"invalid_request",""", both.Body, StringComparison.Ordinal);
        Assert.Equal(gateway.Pool.Keys[1].Id, Assert.Single(gateway.Pool.Settled).Lease.Key.Id);
    }

    [Fact]
    public async Task Interaction_GoneUpstream_IsToldInItsWordsAndForgotten()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await KeepAsync(gateway, $"interactions/{Id}", gateway.Pool.Keys[1].Id);
        gateway.Upstream.Always(404, Error("not_found"));

        var next = await SendAsync(gateway, Previous);
        using var read = await gateway.Client.GetAsync($"{InteractionsPath}/{Id}");

        Assert.Equal((404, Error("not_found")), next);
        Assert.Equal((HttpStatusCode.NotFound, Error("not_found")), (read.StatusCode, await read.Content.ReadAsStringAsync()));
        Assert.Equal([CallOutcomeKind.RequestRejected, CallOutcomeKind.RequestRejected], gateway.Pool.Kinds);
        Assert.Empty(Store(gateway).Rows);
    }

    [Theory]
    [InlineData(Request, false)]
    [InlineData(Streamed, true)]
    public async Task Interaction_ThatCannotBeWrittenDown_IsNotTold(string body, bool isStream)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Answer = (context, _) =>
        {
            Store(gateway).Failure = new InvalidOperationException("no disk");
            return ScriptedUpstream.WriteAsync(context, 200, isStream ? Events : Done, isStream ? Answers.Sse : Answers.Json);
        };

        var (status, answer) = await SendAsync(gateway, body);

        Assert.Equal(503, status);
        Assert.StartsWith("""{"error":{"code":"unavailable",""", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(Id, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_IsKeptBeforeItsIdIsTold()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var sign = new TaskCompletionSource();
        gateway.Upstream.InTurn(Begun(Begin + Text, sign.Task, context => context.Response.WriteAsync(End)));
        await using var reading = await Streaming.StreamReading.StartAsync(gateway.Client, InteractionsPath, Streamed);

        await reading.UntilAsync(Id);
        Assert.Equal($"interactions/{Id}", Assert.Single(Store(gateway).Rows).Name);
        sign.SetResult();

        Assert.Equal(Events, await reading.ToEndAsync());
    }

    [Fact]
    public async Task Background_IsAnsweredAtOnce_AndPolledWithItsKey()
    {
        const string Body = """{"agent":"deep-research-x","input":"Study","background":true,"stream":true}""";
        await using var gateway = await GatewayUnderTest.StartAsync();
        var sign = new TaskCompletionSource();
        var created = Begin[..(Begin.IndexOf("\n\n", StringComparison.Ordinal) + 2)];
        gateway.Upstream.InTurn(Begun(created, sign.Task, _ => Task.CompletedTask), context => ScriptedUpstream.WriteAsync(context, 200, Running));

        await using var reading = await Streaming.StreamReading.StartAsync(gateway.Client, InteractionsPath, Body);
        Assert.Equal(created, await reading.UntilAsync(Id));
        using var polled = await gateway.Client.GetAsync($"{InteractionsPath}/{Id}");
        sign.SetResult();

        Assert.Equal(created, await reading.ToEndAsync());
        Assert.False(reading.IsAborted);
        Assert.Equal(Running, await polled.Content.ReadAsStringAsync());
        Assert.Single(gateway.Pool.Settled.Select(entry => entry.Lease.Key.Id).Distinct());
    }
}
