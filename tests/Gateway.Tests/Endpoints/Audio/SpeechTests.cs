using System.Net;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Endpoints;

public sealed class SpeechTests
{
    private const string Hello = """{"model":"tts-1","input":"Hello.","voice":"nova"}""";
    private const string Text = """{"candidates":[{"content":{"parts":[{"text":"Hello to you."}]},"finishReason":"STOP"}]}""";
    private const string Spoken =
        """{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=24000","data":"AQIDBA=="}}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":25,"totalTokenCount":29}}""";

    private const string FirstSpoken =
        """{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=24000","data":"AQI="}}]}}]}""";

    [Theory]
    [InlineData("/v1/audio/speech")]
    [InlineData("/hf/v1/audio/speech")]
    public async Task Speech_OpenAIsModel_IsSpokenByTheConfiguredOneAsAFile(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Spoken);

        using var response = await PostAsync(gateway, Hello, path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("audio/wav", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(48, response.Content.Headers.ContentLength);
        Assert.Equal([1, 2, 3, 4], (await response.Content.ReadAsByteArrayAsync())[44..]);
        var call = Assert.Single(gateway.Upstream.Calls);
        Assert.Equal("/v1beta/models/gemini-2.5-flash-preview-tts:generateContent", call.Target);
        Assert.Contains("\"voiceName\":\"Leda\"", Encoding.UTF8.GetString(call.Body), StringComparison.Ordinal);
        var (lease, outcome) = Assert.Single(gateway.Pool.Settled);
        Assert.Equal("gemini-2.5-flash-preview-tts", lease.Model);
        Assert.Equal((CallOutcomeKind.Succeeded, 4L, 25L), (outcome.Kind, outcome.PromptTokens!.Value, outcome.OutputTokens!.Value));
    }

    [Fact]
    public async Task Speech_Settings_HoldFromTheNextCall()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Spoken);
        gateway.Settings.Change(s => s with { Speech = s.Speech with { Model = "gemini-3.8-flash-tts", Voice = "Kore", Pace = Protocol.OpenAIToGemini.SpeechPace.Slow } });

        using var response = await PostAsync(gateway, """{"input":"Hello."}""");

        var call = Assert.Single(gateway.Upstream.Calls);
        var body = Encoding.UTF8.GetString(call.Body);
        Assert.Equal("/v1beta/models/gemini-3.8-flash-tts:generateContent", call.Target);
        Assert.Contains("\"voiceName\":\"Kore\"", body, StringComparison.Ordinal);
        Assert.Contains("\"speechMetadata\":{\"style\":\"Speak slowly.\"}", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("foo", "Orus")]
    [InlineData("", "Orus")]
    [InlineData("puck", "Puck")]
    [InlineData("nova", "Leda")]
    public async Task Speech_VoiceThatIsNobodys_IsTheConfiguredOne(string voice, string expected)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Spoken);
        gateway.Settings.Change(s => s with { Speech = s.Speech with { Voice = "Orus" } });

        using var response = await PostAsync(gateway, $$"""{"input":"Hello.","voice":"{{voice}}"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains($"\"voiceName\":\"{expected}\"", Encoding.UTF8.GetString(Assert.Single(gateway.Upstream.Calls).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speech_GeminisModel_IsAsked()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Spoken);

        using var response = await PostAsync(gateway, """{"model":"models/gemini-2.5-pro-preview-tts","input":"x","response_format":"pcm"}""");

        Assert.Equal("audio/pcm", response.Content.Headers.ContentType!.ToString());
        Assert.Equal([1, 2, 3, 4], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("/v1beta/models/gemini-2.5-pro-preview-tts:generateContent", gateway.Upstream.Calls[0].Target);
    }

    [Fact]
    public async Task Speech_AnswerInText_TriesAnotherKey()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(context => ScriptedUpstream.WriteAsync(context, 200, Text), context => ScriptedUpstream.WriteAsync(context, 200, Spoken));

        using var response = await PostAsync(gateway, Hello);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"stream_format\":\"audio\"")]
    [InlineData(",\"stream_format\":\"sse\"")]
    public async Task Speech_Refused_IsTheClientsErrorAndNotTriedAgain(string streaming)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, streaming.Length == 0 ? Answers.Blocked : Answers.Event(Answers.Blocked), streaming.Length == 0 ? Answers.Json : Answers.Sse);

        using var response = await PostAsync(gateway, $$"""{"model":"tts-1","input":"Something bad"{{streaming}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("content_policy_violation", await CodeAsync(response));
        Assert.Equal([CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Stream_Audio_IsPassedOnBeforeTheRestIsSpoken()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var mayEnd = new TaskCompletionSource();
        gateway.Upstream.Answer = async (context, _) =>
        {
            context.Response.ContentType = Answers.Sse;
            await context.Response.WriteAsync(Answers.Event(FirstSpoken));
            await context.Response.Body.FlushAsync();
            await mayEnd.Task;
            await context.Response.WriteAsync(Answers.Event(Spoken));
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/audio/speech")
        {
            Content = new StringContent("""{"input":"x","response_format":"pcm","stream_format":"audio"}"""),
        };

        using var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var first = new byte[2];
        await stream.ReadExactlyAsync(first);
        Assert.Empty(gateway.Pool.Settled);
        mayEnd.SetResult();
        using var rest = new MemoryStream();
        await stream.CopyToAsync(rest);

        Assert.Equal("audio/pcm", response.Content.Headers.ContentType!.ToString());
        Assert.Equal([1, 2], first);
        Assert.Equal([1, 2, 3, 4], rest.ToArray());
        Assert.Equal("/v1beta/models/gemini-2.5-flash-preview-tts:streamGenerateContent?alt=sse", gateway.Upstream.Calls[0].Target);
        Assert.Equal(25, Assert.Single(gateway.Pool.Settled).Outcome.OutputTokens);
    }

    [Theory]
    [InlineData("audio", false)]
    [InlineData("sse", true)]
    public async Task Stream_CutAfterTheFirstByte_EndsWithoutAnEndMark(string streaming, bool hasError)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Event(FirstSpoken), Answers.Sse);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/audio/speech")
        {
            Content = new StringContent($$"""{"input":"x","response_format":"pcm","stream_format":"{{streaming}}"}"""),
        };

        using var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var all = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(() => stream.CopyToAsync(all));

        var text = Encoding.UTF8.GetString(all.ToArray());
        Assert.Equal(hasError, text.Contains("\"error\"", StringComparison.Ordinal));
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("speech.audio.done", text, StringComparison.Ordinal);
        Assert.Equal([CallOutcomeKind.UpstreamBroken], gateway.Pool.Kinds);
    }

    private static Task<HttpResponseMessage> PostAsync(GatewayUnderTest gateway, string body, string path = "/v1/audio/speech") =>
        gateway.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    private static async Task<string?> CodeAsync(HttpResponseMessage response)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return body.RootElement.GetProperty("error").GetProperty("code").GetString();
    }
}
