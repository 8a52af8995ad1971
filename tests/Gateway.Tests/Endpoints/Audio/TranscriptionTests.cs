using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Endpoints;

public sealed class TranscriptionTests
{
    private const string Wav = "RIFF....WAVEfmt and so on";

    [Theory]
    [InlineData("/v1/audio/transcriptions", "Write down")]
    [InlineData("/hf/v1/audio/translations", "Translate")]
    public async Task Transcription_File_IsHeardByTheConfiguredModel(string path, string task)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Ok);

        using var response = await PostAsync(gateway, path, ("file", Wav), ("model", "whisper-1"));

        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("Hello", answer.RootElement.GetProperty("text").GetString());
        Assert.Equal(6, answer.RootElement.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        var call = Assert.Single(gateway.Upstream.Calls);
        Assert.Equal("/v1beta/models/gemini-2.5-flash:generateContent", call.Target);
        using var sent = JsonDocument.Parse(call.Body);
        var blob = sent.RootElement.GetProperty("contents")[0].GetProperty("parts")[0].GetProperty("inlineData");
        Assert.Equal(("audio/wav", Wav), (blob.GetProperty("mimeType").GetString(), Encoding.ASCII.GetString(blob.GetProperty("data").GetBytesFromBase64())));
        Assert.StartsWith(task, sent.RootElement.GetProperty("systemInstruction").GetProperty("parts")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        var (lease, outcome) = Assert.Single(gateway.Pool.Settled);
        Assert.Equal(("gemini-2.5-flash", 4L), (lease.Model, outcome.PromptTokens!.Value));
    }

    [Fact]
    public async Task Transcription_ModelAfterTheFile_AndText()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Ok);

        using var response = await PostAsync(gateway, "/v1/audio/transcriptions", ("file", Wav), ("response_format", "text"), ("model", "models/gemini-x"));

        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("Hello\n", await response.Content.ReadAsStringAsync());
        Assert.Equal("/v1beta/models/gemini-x:generateContent", gateway.Upstream.Calls[0].Target);
    }

    [Fact]
    public async Task Transcription_Megabytes_ArriveWhole()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Ok);
        var recording = new byte[5_000_001];
        new Random(1).NextBytes(recording);
        "fLaC"u8.CopyTo(recording);
        using var form = new MultipartFormDataContent { { new StringContent("gemini-x"), "model" }, { new ByteArrayContent(recording), "file", "talk.flac" } };

        using var response = await gateway.Client.PostAsync("/v1/audio/transcriptions", form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var sent = JsonDocument.Parse(gateway.Upstream.Calls[0].Body);
        Assert.True(recording.AsSpan().SequenceEqual(sent.RootElement.GetProperty("contents")[0].GetProperty("parts")[0].GetProperty("inlineData").GetProperty("data").GetBytesFromBase64()));
    }

    [Fact]
    public async Task Transcription_EmptyThenOk_TriesAnotherKeyWithTheSameRecording()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(context => ScriptedUpstream.WriteAsync(context, 200, Answers.Empty), context => ScriptedUpstream.WriteAsync(context, 200, Answers.Ok));

        using var response = await PostAsync(gateway, "/v1/audio/transcriptions", ("file", Wav), ("model", "gemini-x"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
        Assert.Equal(gateway.Upstream.Calls[0].Body, gateway.Upstream.Calls[1].Body);
    }

    [Fact]
    public async Task Stream_Text_ComesInEvents()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Event(Answers.FirstPart) + Answers.Event(Answers.LastPart), Answers.Sse);

        using var response = await PostAsync(gateway, "/v1/audio/transcriptions", ("stream", "true"), ("file", Wav), ("model", "gemini-x"));

        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("{\"type\":\"transcript.text.delta\",\"delta\":\"Hel\"}", text, StringComparison.Ordinal);
        Assert.Contains("{\"type\":\"transcript.text.done\",\"text\":\"Hello\"", text, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
        Assert.Equal("/v1beta/models/gemini-x:streamGenerateContent?alt=sse", gateway.Upstream.Calls[0].Target);
    }

    [Theory]
    [InlineData("")]
    [InlineData("true")]
    public async Task Transcription_Refused_IsTheClientsError(string stream)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, stream.Length == 0 ? Answers.Blocked : Answers.Event(Answers.Blocked), stream.Length == 0 ? Answers.Json : Answers.Sse);

        using var response = await PostAsync(gateway, "/v1/audio/transcriptions", ("file", Wav), ("model", "gemini-x"), ("stream", stream));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("content_policy_violation", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal([CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData("file", "model:whisper-1")]
    [InlineData("file", "file:", "model:whisper-1")]
    [InlineData("file", "file:just some text here", "model:whisper-1")]
    [InlineData("file", "file:" + Wav, "file:" + Wav, "model:whisper-1")]
    [InlineData("model", "file:" + Wav)]
    [InlineData("response_format", "file:" + Wav, "model:whisper-1", "response_format:diarized_json")]
    public async Task Form_WithoutWhatItNeeds_Is400AndNamesIt(string param, params string[] parts)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        using var response = await PostAsync(gateway, "/v1/audio/transcriptions", [.. parts.Select(part => (part[..part.IndexOf(':', StringComparison.Ordinal)], part[(part.IndexOf(':', StringComparison.Ordinal) + 1)..]))]);

        Assert.Equal((HttpStatusCode.BadRequest, param), (response.StatusCode, await ParamAsync(response)));
        Assert.Empty(gateway.Pool.Requests);
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nwhisper\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789x", "--b--")]
    public async Task Form_ThatIsNone_Is400(string type, string body)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var response = await gateway.Client.PostAsync("/v1/audio/transcriptions", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(gateway.Pool.Requests);
    }

    [Fact]
    public async Task Form_FieldBeyondTheBound_Is400()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        using var response = await PostAsync(gateway, "/v1/audio/transcriptions", ("prompt", new string('x', Limits.FormFieldBytesMax + 1)), ("file", Wav), ("model", "whisper-1"));

        Assert.Equal((HttpStatusCode.BadRequest, "prompt"), (response.StatusCode, await ParamAsync(response)));
    }

    [Fact]
    public async Task Form_LargerThanTheBound_Is413()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/audio/transcriptions") { Content = new LongContent(Limits.RequestBodyBytesMax + 1L) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        request.Headers.ExpectContinue = true;

        using var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(GatewayUnderTest gateway, string path, params (string Name, string Value)[] parts)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in parts)
        {
            if (name == "file")
            {
                form.Add(new ByteArrayContent(Encoding.ASCII.GetBytes(value)), name, "talk.bin");
            }
            else
            {
                form.Add(new StringContent(value), name);
            }
        }

        return await gateway.Client.PostAsync(path, form);
    }

    private static async Task<string?> ParamAsync(HttpResponseMessage response)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return body.RootElement.GetProperty("error").GetProperty("param").GetString();
    }
}
