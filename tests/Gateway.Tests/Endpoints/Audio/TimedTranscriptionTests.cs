using System.Net;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Endpoints;

/// <summary>Transcripts with times: right ones, or a clear error.</summary>
public sealed class TimedTranscriptionTests
{
    private const string Right = """{"language":"german","segments":[{"start":"00:00.000","end":"00:01.000","text":"Guten Tag."}]}""";
    private const string Backwards = """{"language":"german","segments":[{"start":"01:00","end":"01:02","text":"a"},{"start":"00:10","end":"00:12","text":"b"}]}""";

    [Theory]
    [InlineData("srt", "text/plain; charset=utf-8", "1\n00:00:00,000 --> 00:00:01,000\nGuten Tag.\n\n")]
    [InlineData("vtt", "text/plain; charset=utf-8", "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nGuten Tag.\n\n")]
    public async Task Subtitles_AreText(string format, string type, string expected)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answer(Right));

        using var response = await PostAsync(gateway, format);

        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Times_ThatCannotBeRight_AreAskedForAgain_OfAnotherKey()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(context => ScriptedUpstream.WriteAsync(context, 200, Answer(Backwards)), context => ScriptedUpstream.WriteAsync(context, 200, Answer(Right)));

        using var response = await PostAsync(gateway, "verbose_json");

        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(("german", 1.0), (body.RootElement.GetProperty("language").GetString(), body.RootElement.GetProperty("segments")[0].GetProperty("end").GetDouble()));
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Times_ThatAreNeverRight_AreAClearError_AndNoSubtitles()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answer(Backwards));

        using var response = await PostAsync(gateway, "srt");

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains("\"code\":\"no_times\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_AfterTheEndOfTheRecording_AreNotBelieved()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answer(Right.Replace("00:00.000", "10:00", StringComparison.Ordinal)));

        using var response = await PostAsync(gateway, "srt", Wave(seconds: 1));

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
    }

    [Fact]
    public async Task Duration_IsTheRecordings()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answer(Right));

        using var response = await PostAsync(gateway, "verbose_json", Wave(seconds: 7));

        Assert.Contains("\"duration\":7,", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAX_TOKENS", "{\"segments\":[{\"sta", "recording_too_long")]
    [InlineData("SAFETY", "", "content_policy_violation")]
    public async Task Answers_ThatCouldNotBeGiven_AreTheClientsError_AndAreNotAskedForAgain(string finish, string text, string code)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answer(text, finish));

        using var response = await PostAsync(gateway, "srt");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(code, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(gateway.Upstream.Calls);
    }

    private static string Answer(string text, string finish = "STOP") =>
        $$"""{"candidates":[{"content":{"role":"model","parts":[{"text":{{JsonSerializer.Serialize(text)}} }]},"finishReason":"{{finish}}"}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":2,"totalTokenCount":6} }""";

    private static byte[] Wave(int seconds)
    {
        var wave = new byte[44 + (seconds * 100)];
        "RIFF....WAVEfmt "u8.CopyTo(wave);
        wave[28] = 100;
        return wave;
    }

    private static async Task<HttpResponseMessage> PostAsync(GatewayUnderTest gateway, string format, byte[]? recording = null)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("gemini-x"), "model" }, { new StringContent(format), "response_format" },
            { new ByteArrayContent(recording ?? Encoding.ASCII.GetBytes("OggS and more than sixteen bytes")), "file", "talk.bin" },
        };
        return await gateway.Client.PostAsync("/v1/audio/transcriptions", form);
    }
}
