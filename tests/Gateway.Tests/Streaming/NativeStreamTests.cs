using System.Net;
using System.Text;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Streaming;

public sealed class NativeStreamTests
{
    private const string SseCall = "/v1beta/models/gemini-x:streamGenerateContent?alt=sse";
    private const string ArrayCall = "/v1beta/models/gemini-x:streamGenerateContent";

    private static readonly string OddSse = ": hello\r\n\r\ndata: {\"candidates\" :[{\"content\":{\"parts\":[{\"text\":\"\"}]}}],\"x\":1e99}\r\n\r\n"
        + "event: tomorrow\ndata:" + Answers.FirstPart + "\nid: 7\n\n" + Answers.Event(Answers.LastPart.Replace("lo", "é€\\u00e9", StringComparison.Ordinal))
        + Answers.Event("{\"usageMetadata\": {\"promptTokenCount\": 8,\"candidatesTokenCount\": 5}, \"z\":[ ]}");

    private static readonly string OddArray = "[" + Answers.FirstPart + "\n,\r\n" + Answers.LastPart.Replace("lo", "a}]\\\"{[\\\\", StringComparison.Ordinal) + "\n]\n";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Stream_EventsInPiecesOfAnySize_PassByteForByte(int pieceBytes)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        foreach (var (path, body, type) in new[] { (SseCall, OddSse, Answers.Sse), (ArrayCall, OddArray, Answers.Json) })
        {
            gateway.Upstream.Answer = (context, _) => WritePiecesAsync(context, type, body, pieceBytes);
            using var response = await gateway.Client.PostAsync(path, new StringContent("{}"));

            Assert.Equal(Encoding.UTF8.GetBytes(body), await response.Content.ReadAsByteArrayAsync());
            Assert.Equal(type, response.Content.Headers.NonValidated["Content-Type"].ToString());
            Assert.Equal("no-cache", response.Headers.CacheControl!.ToString());
            Assert.Equal("no", response.Headers.GetValues("X-Accel-Buffering").Single());
            Assert.Equal("1", response.Headers.GetValues("x-gateway-attempts").Single());
        }

        Assert.All(gateway.Pool.Kinds, kind => Assert.Equal(CallOutcomeKind.Succeeded, kind));
        Assert.Equal([(8L, 5L), (4L, 5L)], gateway.Pool.Settled.Select(entry => (entry.Outcome.PromptTokens!.Value, entry.Outcome.OutputTokens!.Value)));
        Assert.Equal(SseCall, gateway.Upstream.Calls[0].Target);
    }

    [Fact]
    public async Task Stream_Event_IsPassedOnBeforeTheNextOneComes()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var mayEnd = new TaskCompletionSource();
        gateway.Upstream.Answer = async (context, _) =>
        {
            await WritePiecesAsync(context, Answers.Sse, Answers.Event(Answers.FirstPart), int.MaxValue);
            await mayEnd.Task;
            await WritePiecesAsync(context, Answers.Sse, Answers.Event(Answers.LastPart), int.MaxValue);
        };

        using var response = await StartStreamAsync(gateway, SseCall);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var first = new byte[Encoding.UTF8.GetByteCount(Answers.Event(Answers.FirstPart))];
        await stream.ReadExactlyAsync(first);
        Assert.Empty(gateway.Pool.Settled);
        mayEnd.SetResult();

        Assert.Equal(Answers.Event(Answers.FirstPart), Encoding.UTF8.GetString(first));
        Assert.Equal(Answers.Event(Answers.LastPart), await new StreamReader(stream).ReadToEndAsync());
    }

    [Fact]
    public async Task Stream_EmptyOrCutBeforeTheFirstUsefulEvent_TriesOtherKeys()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Event(Answers.Empty), Answers.Sse),
            context => CutAsync(context, Answers.Sse, Answers.Event("{\"usageMetadata\": {\"promptTokenCount\": 4}}")),
            context => ScriptedUpstream.WriteAsync(context, 200, OddSse, Answers.Sse));

        using var response = await gateway.Client.PostAsync(SseCall, new StringContent("{}"));

        Assert.Equal(OddSse, await response.Content.ReadAsStringAsync());
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
        Assert.Equal("3", response.Headers.GetValues("x-gateway-attempts").Single());
    }

    [Fact]
    public async Task Stream_EmptyOnEveryKey_PassesTheTruth()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Event(Answers.Empty), Answers.Sse);

        using var response = await gateway.Client.PostAsync(SseCall, new StringContent("{}"));

        Assert.Equal(Answers.Event(Answers.Empty), await response.Content.ReadAsStringAsync());
        Assert.Equal(Enumerable.Repeat(CallOutcomeKind.UpstreamBroken, 3), gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Stream_FirstEventIsAnError_IsClassifiedAndAnotherKeyServes()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var quota = Answers.Error(429, "RESOURCE_EXHAUSTED", Answers.Quota("GenerateRequestsPerMinutePerProjectPerModel", 5, "36s"));
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 200, quota, Answers.Sse),
            context => ScriptedUpstream.WriteAsync(context, 200, "[" + quota + "]", Answers.Sse),
            context => ScriptedUpstream.WriteAsync(context, 200, OddSse, Answers.Sse));

        using var response = await gateway.Client.PostAsync(SseCall, new StringContent("{}"));

        Assert.Equal(OddSse, await response.Content.ReadAsStringAsync());
        Assert.Equal([CallOutcomeKind.KeyRateLimited, CallOutcomeKind.KeyRateLimited, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    public static TheoryData<string, string> Interruptions => new()
    {
        { "connection cut", "" },
        { "connection cut within an event", "data: {\"candidates\": [{\"content\"" },
        { "end without finish", "" },
        { "end without finish within an event", "data: {\"candidates\": [{\"content\"" },
        { "bare error", Answers.Error(499, "CANCELLED", message: "The operation was cancelled for AIzaTestKeyNumberOne-000000000000000001.") },
        { "error event", Answers.Event("{\"error\": {\"code\": 503,\"message\": \"Overloaded.\",\"status\": \"UNAVAILABLE\"}}") },
    };

    [Theory]
    [MemberData(nameof(Interruptions))]
    public async Task Stream_InterruptedAfterTheCommit_EndsInAnErrorEventAndAnAbort(string how, string rest)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var begun = Answers.Event(Answers.FirstPart);
        var hasBegun = new TaskCompletionSource();
        gateway.Upstream.Answer = async (context, _) =>
        {
            await WritePiecesAsync(context, Answers.Sse, begun, int.MaxValue);
            await hasBegun.Task;
            await WritePiecesAsync(context, Answers.Sse, rest, int.MaxValue);
            if (how.StartsWith("connection", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("cut");
            }
        };

        using var response = await StartStreamAsync(gateway, SseCall);
        hasBegun.SetResult();
        var (text, isAborted) = await ReadToCutAsync(response);

        Assert.StartsWith(begun, text, StringComparison.Ordinal);
        var last = text[begun.Length..];
        Assert.Matches("^data: \\{\"error\":\\{\"code\":\\d{3},\"message\":\"[^\"]+\",\"status\":\"[A-Z_]+\"\\}\\}\n\n$", last);
        Assert.DoesNotContain("AIzaTest", text, StringComparison.Ordinal);
        Assert.True(isAborted, how);
        await gateway.Pool.WhenSettledAsync(1);
        Assert.NotEqual(CallOutcomeKind.Succeeded, Assert.Single(gateway.Pool.Kinds));
        Assert.Single(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Stream_ArrayCutAfterTheCommit_EndsInAnErrorElementAndAnAbort()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Answer = (context, _) => CutAsync(context, Answers.Json, "[" + Answers.FirstPart + "\n,\r\n{\"candidates\"");

        using var response = await StartStreamAsync(gateway, ArrayCall);
        var (text, isAborted) = await ReadToCutAsync(response);

        Assert.StartsWith("[" + Answers.FirstPart + ",\r\n{\"error\":{\"code\":502,", text, StringComparison.Ordinal);
        Assert.EndsWith("}}\n]", text, StringComparison.Ordinal);
        Assert.True(isAborted);
    }

    [Fact]
    public async Task Stream_ErrorTogetherWithAnEvent_TheEventIsPassedOnFirst()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var hasBegun = new TaskCompletionSource();
        var second = Answers.Event(Answers.FirstPart.Replace("Hel", "lo", StringComparison.Ordinal));
        gateway.Upstream.Answer = async (context, _) =>
        {
            await WritePiecesAsync(context, Answers.Sse, Answers.Event(Answers.FirstPart), int.MaxValue);
            await hasBegun.Task;
            await WritePiecesAsync(context, Answers.Sse, second + Answers.Event("{\"error\":{\"code\":503,\"message\":\"m\",\"status\":\"UNAVAILABLE\"}}"), int.MaxValue);
        };

        using var response = await StartStreamAsync(gateway, SseCall);
        hasBegun.SetResult();
        var (text, isAborted) = await ReadToCutAsync(response);

        Assert.StartsWith(Answers.Event(Answers.FirstPart) + second + "data: {\"error\":{\"code\":503,", text, StringComparison.Ordinal);
        Assert.True(isAborted);
    }

    [Fact]
    public async Task Stream_ErrorBeforeTheCommit_IsATrueStatusInTheStreamsForm()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(keys: []);

        using var sse = await gateway.Client.PostAsync(SseCall, new StringContent("{}"));
        using var array = await gateway.Client.PostAsync(ArrayCall, new StringContent("{}"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (sse.StatusCode, array.StatusCode));
        Assert.StartsWith("{\"error\":{\"code\":503,", await sse.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.StartsWith("[{\"error\":{\"code\":503,", await array.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    internal static async Task WritePiecesAsync(HttpContext context, string contentType, string body, int pieceBytes)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = contentType;
        }

        foreach (var piece in Encoding.UTF8.GetBytes(body).Chunk(Math.Clamp(pieceBytes, 1, 1_000_000)))
        {
            await context.Response.Body.WriteAsync(piece);
            await context.Response.Body.FlushAsync();
        }
    }

    // The connection ends in the middle of the body, after all bytes written have been taken by the socket.
    private static async Task CutAsync(HttpContext context, string contentType, string body)
    {
        await WritePiecesAsync(context, contentType, body, int.MaxValue);
        throw new InvalidOperationException("cut");
    }

    internal static async Task<HttpResponseMessage> StartStreamAsync(GatewayUnderTest gateway, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("{}") };
        return await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    internal static async Task<(string Text, bool IsAborted)> ReadToCutAsync(HttpResponseMessage response)
    {
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var text = new MemoryStream();
        try
        {
            await stream.CopyToAsync(text);
            return (Encoding.UTF8.GetString(text.ToArray()), false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return (Encoding.UTF8.GetString(text.ToArray()), true);
        }
    }
}
