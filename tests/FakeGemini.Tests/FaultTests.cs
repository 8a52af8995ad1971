using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini.Tests;

public sealed class FaultTests : FakeTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task FirstByteDelay_OnTheFakesClock_HoldsTheStatusLine()
    {
        Server.Knobs.Add(new Knob { FirstByteDelayMs = 500 });
        var answer = AskAsync(Prompt("x"));
        await TimerAsync();
        Time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(answer.IsCompleted);
        Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(200, (await answer).Status);
    }

    [Fact]
    public async Task CutAfterByte_Unary_DeliversExactlyThoseBytes()
    {
        Server.Knobs.Add(new Knob { CutAfterByte = 37 });

        Assert.Equal(37, await BytesBeforeTheCutAsync("generateContent", Prompt("x")));
        Assert.Equal((0L, 0L), (Server.Stats.Served, Server.Stats.AbortedByClient));
    }

    [Fact]
    public async Task CutAfterByteZero_ClosesWithoutAStatusLine()
    {
        Server.Knobs.Add(new Knob { CutAfterByte = 0 });

        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync($"models/{Flash}:generateContent", Prompt("x")));
    }

    [Fact]
    public async Task CutAfterEvent_Stream_DeliversWholeEventsAndNoEnd()
    {
        var whole = await StreamAsync("[[long 5]]");
        Server.Knobs.Add(new Knob { CutAfterEvent = 2 });

        var expected = string.Join("\r\n\r\n", whole.Split("\r\n\r\n").Take(2)) + "\r\n\r\n";
        Assert.Equal(Encoding.UTF8.GetByteCount(expected), await BytesBeforeTheCutAsync("streamGenerateContent?alt=sse", Prompt("[[long 5]]")));
    }

    [Fact]
    public async Task StallAfterEvent_ClientLeaves_IsCountedAsItsAbort()
    {
        Server.Knobs.Add(new Knob { StallAfterEvent = 1 });
        using var cancellation = new CancellationTokenSource();
        using var answer = await PostAsync($"models/{Flash}:streamGenerateContent?alt=sse", Prompt("[[long 5]]"), cancellationToken: cancellation.Token);
        var stream = await answer.Content.ReadAsStreamAsync(cancellation.Token);
        Assert.True(await stream.ReadAsync(new byte[10_000], cancellation.Token) > 0);
        Time.Advance(TimeSpan.FromSeconds(3));

        answer.Dispose();
        await Server.Stats.WaitUntilAsync(stats => stats.AbortedByClient == 1 && stats.InFlight == 0).WaitAsync(Patience);

        Assert.Equal((Time.GetUtcNow(), 0L), (Server.Stats.LastAbortAt, Server.Stats.Served));
    }

    [Fact]
    public async Task ErrorAfterEvent_BareObjectOrData_AsAsked()
    {
        Server.Knobs.Add(new Knob { ErrorAfterEvent = 1, Times = 1 });
        var bare = await StreamAsync("[[long 3]]");
        Server.Knobs.Add(new Knob { ErrorAfterEvent = 1, StreamError = FakeErrorKind.RequestsPerMinute, StreamErrorAsData = true });
        var data = await StreamAsync("[[long 3]]");

        var object1 = bare[(bare.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.StartsWith("{\n  \"error\": {\n", object1, StringComparison.Ordinal);
        Assert.Equal(499, JsonNode.Parse(object1)!["error"]!["code"]!.GetValue<int>());
        Assert.Equal(429, Events(data)[1]["error"]!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task ErrorAfterEvent_ArrayStream_IsStillAnArray()
    {
        Server.Knobs.Add(new Knob { ErrorAfterEvent = 2 });
        using var answer = await PostAsync($"models/{Flash}:streamGenerateContent", Prompt("[[long 5]]"));

        var array = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray();
        Assert.Equal(3, array.Count);
        Assert.Equal(499, array[2]!["error"]!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task LineFeedOnly_AndSmallPieces_CarryTheSameEvents()
    {
        Server.Knobs.Add(new Knob { LineFeedOnly = true, PieceBytes = 3 });

        var body = await StreamAsync("[[long 2]]");

        Assert.DoesNotContain('\r', body);
        Assert.Equal(3, body.Split("\n\n").Length);
        Assert.Contains("東京 🙂", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_IsUsedUp_ThenTheKnobIsGone()
    {
        Server.Knobs.Fail(FakeErrorKind.Internal, times: 2);

        Assert.Equal(500, (await AskAsync(Prompt("x"))).Status);
        Assert.Equal(1, Assert.Single(Server.Knobs.Current).Times);
        Assert.Equal(500, (await AskAsync(Prompt("x"))).Status);
        Assert.Equal(200, (await AskAsync(Prompt("x"))).Status);
        Assert.Empty(Server.Knobs.Current);
    }

    [Fact]
    public async Task Scopes_NarrowerKnob_Wins()
    {
        Server.Knobs.Fail(FakeErrorKind.KeyLeaked, key: Options.Keys[1]);
        Server.Knobs.Fail(FakeErrorKind.Overloaded);
        Server.Knobs.Fail(FakeErrorKind.Internal, model: "gemini-2.5-pro");

        Assert.Equal(503, (await AskAsync(Prompt("x"))).Status);
        Assert.Equal(403, (await AskAsync(Prompt("x"), key: Options.Keys[1])).Status);
        Assert.Equal(403, (await AskAsync(Prompt("x"), "gemini-2.5-pro", key: Options.Keys[1])).Status);
        Assert.Equal(500, (await AskAsync(Prompt("x"), "gemini-2.5-pro")).Status);
    }

    [Fact]
    public async Task Body_OfAKnob_IsSentAsItIs()
    {
        const string Body = "{ \"tomorrow\" : [ 1.0, \"\\u00fc\" ] }";
        Server.Knobs.Add(new Knob { Body = Body, ContentType = "application/x-new" });

        using var answer = await PostAsync($"models/{Flash}:generateContent", Prompt("x"));

        Assert.Equal((Body, "application/x-new"), (await answer.Content.ReadAsStringAsync(), answer.Content.Headers.ContentType!.ToString()));
    }

    [Fact]
    public async Task Knobs_OverHttp_AreTheSameAndMisspeltOnesAreRefused()
    {
        Assert.Equal(204, (int)(await PostRawAsync("/__knobs", """[{"error":"QuotaZero","model":"gemini-3.6-flash","times":1},{"empty":true}]""")).StatusCode);
        Assert.Equal(400, (int)(await PostRawAsync("/__knobs", """{"stauts":500}""")).StatusCode);

        var (status, body) = await AskAsync(Prompt("x"));
        Assert.Equal((429, "0"), (status, (string?)body["error"]!["details"]![1]!["violations"]![0]!["quotaValue"]));
        Assert.Equal("", (string?)Part((await AskAsync(Prompt("x"))).Body)["text"]);
    }

    [Fact]
    public async Task Latency_SameSeed_SameWaits()
    {
        Server.Knobs.Add(new Knob { LatencyMedianMs = 100, LatencySigma = 0.5 });
        var answer = AskAsync(Prompt("x"));
        var due = await TimerAsync();
        Assert.InRange((due - Time.GetUtcNow()).TotalMilliseconds, 10, 1000);
        Time.AdvanceTo(due);

        Assert.Equal(200, (await answer).Status);
    }

    // The wait is armed on the server's thread: statistics tell when the request is there, the clock when it sleeps.
    private async Task<DateTimeOffset> TimerAsync()
    {
        await Server.Stats.WaitUntilAsync(stats => stats.InFlight == 1).WaitAsync(Patience);
        while (Time.NextDue is null)
        {
            await Task.Yield();
        }

        return Time.NextDue.Value;
    }

    private async Task<long> BytesBeforeTheCutAsync(string method, string body)
    {
        using var answer = await PostAsync($"models/{Flash}:{method}", body);
        var stream = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[4096];
        long total = 0;
        try
        {
            while (await stream.ReadAsync(buffer) is var read and > 0)
            {
                total += read;
            }
        }
        catch (IOException)
        {
            return total;
        }

        Assert.Fail("The answer ended as if it were whole.");
        return 0;
    }
}
