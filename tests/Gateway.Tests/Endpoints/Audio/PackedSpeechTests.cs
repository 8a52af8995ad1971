using System.Net;
using System.Text;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Endpoints;

/// <summary>Formats with loss, which ffmpeg makes where it is installed.</summary>
public sealed class PackedSpeechTests
{
    private const string Spoken =
        """{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=24000","data":"AQIDBA=="}}]},"finishReason":"STOP"}]}""";

    public static TheoryData<string, string, string> Formats => new()
    {
        { "mp3", "audio/mpeg", "-f mp3 pipe:1" }, { "opus", "audio/ogg", "-c:a libopus -f ogg pipe:1" }, { "aac", "audio/aac", "-c:a aac -f adts pipe:1" },
    };

    [UnixTheory]
    [MemberData(nameof(Formats))]
    public async Task Speech_Packed_IsWhatTheProgramMakesOfTheWholeFile(string format, string contentType, string arguments)
    {
        using var folder = new TemporaryFolder();
        await using var gateway = await StartAsync(folder, "echo \"$*\"; cat");

        using var response = await PostAsync(gateway, $$"""{"input":"x","response_format":"{{format}}","stream_format":"audio"}""");

        var lines = (await response.Content.ReadAsByteArrayAsync()).AsMemory();
        var said = lines.Span.IndexOf((byte)'\n');
        Assert.Equal((HttpStatusCode.OK, contentType), (response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        Assert.EndsWith($"-f wav -i pipe:0 {arguments}", Encoding.ASCII.GetString(lines[..said].Span), StringComparison.Ordinal);
        Assert.Equal("RIFF", Encoding.ASCII.GetString(lines.Slice(said + 1, 4).Span));
        Assert.Equal([1, 2, 3, 4], lines[(said + 1 + 44)..].ToArray());
    }

    [UnixFact]
    public async Task Speech_ProgramFails_IsAServerErrorAndNoKeysFault()
    {
        using var folder = new TemporaryFolder();
        await using var gateway = await StartAsync(folder, "echo 'no such codec' >&2; exit 3");

        using var response = await PostAsync(gateway, """{"input":"x","response_format":"mp3"}""");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("codec", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(gateway.Logs.Lines, line => line.Contains("no such codec", StringComparison.Ordinal));
        Assert.Equal([CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData("mp3")]
    [InlineData("opus")]
    public async Task Speech_NothingToPackItWith_IsWavAndSaysSo(string format)
    {
        using var folder = new TemporaryFolder();
        await using var gateway = await StartAsync(folder, null);

        using var response = await PostAsync(gateway, $$"""{"input":"x","response_format":"{{format}}"}""");

        Assert.Equal((HttpStatusCode.OK, "audio/wav"), (response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        Assert.Equal("RIFF", Encoding.ASCII.GetString(await response.Content.ReadAsByteArrayAsync(), 0, 4));
    }

    [UnixFact]
    public async Task Speech_WhatDoesNotComeInEvents_Is400WithoutACall()
    {
        using var folder = new TemporaryFolder();
        await using var gateway = await StartAsync(folder, "cat");

        using var response = await PostAsync(gateway, """{"input":"x","response_format":"aac","stream_format":"sse"}""");

        var error = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("wav, pcm or flac", error, StringComparison.Ordinal);
        Assert.Contains("stream_format", error, StringComparison.Ordinal);
        Assert.Empty(gateway.Pool.Requests);
    }

    [FfmpegTheory]
    [InlineData(SpeechFormat.Mp3, "ID3")]
    [InlineData(SpeechFormat.Opus, "OggS")]
    [InlineData(SpeechFormat.Aac, "\u00ff\u00f1")]
    public async Task Encode_ByFfmpegItself_IsAFileOfItsKind(SpeechFormat format, string begins)
    {
        using var ffmpeg = Ffmpeg.Find(TimeProvider.System);
        var samples = new byte[48_000];
        byte[] wav = [.. "RIFF"u8, .. BitConverter.GetBytes(36 + samples.Length), .. "WAVEfmt "u8, .. BitConverter.GetBytes(16), 1, 0, 1, 0, .. BitConverter.GetBytes(24_000), .. BitConverter.GetBytes(48_000), 2, 0, 16, 0, .. "data"u8, .. BitConverter.GetBytes(samples.Length), .. samples];
        using var file = new PooledBuffer(1024, 1024 * 1024);

        await ffmpeg.EncodeAsync(wav, format, file, CancellationToken.None);

        Assert.StartsWith(begins, Encoding.Latin1.GetString(file.Written.Span), StringComparison.Ordinal);
        Assert.InRange(file.Count, 100, samples.Length / 2);
    }

    [UnixFact]
    public async Task Encode_MoreThanTheOutputHolds_EndsThoughTheProgramReadsNothing()
    {
        using var folder = new TemporaryFolder();
        using var ffmpeg = new Ffmpeg(await WriteAsync(folder, "yes"), new ManualTimeProvider());
        using var file = new PooledBuffer(1024, 64 * 1024);

        await Assert.ThrowsAsync<BufferOverflowException>(() => ffmpeg.EncodeAsync(new byte[1024 * 1024], SpeechFormat.Mp3, file, CancellationToken.None));
    }

    [UnixFact]
    public async Task Encode_LongerThanItMayTake_SaysSoAlsoToWhoWaitsForAPlace()
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTimeProvider();
        using var ffmpeg = new Ffmpeg(await WriteAsync(folder, "exec sleep 1000"), time);
        var files = Enumerable.Range(0, Environment.ProcessorCount + 1).Select(_ => new PooledBuffer(1024, 1024)).ToList();
        var encodings = files.ConvertAll(file => ffmpeg.EncodeAsync(new byte[16], SpeechFormat.Mp3, file, CancellationToken.None));

        time.Advance(Limits.SpeechEncodingTimeOut);

        foreach (var encoding in encodings)
        {
            Assert.Contains("took longer", (await Assert.ThrowsAsync<InvalidOperationException>(() => encoding)).Message, StringComparison.Ordinal);
        }

        files.ForEach(file => file.Dispose());
    }

    private static async Task<string?> WriteAsync(TemporaryFolder folder, string script)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var program = Path.Combine(folder.Path, "ffmpeg");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return program;
    }

    private static async Task<GatewayUnderTest> StartAsync(TemporaryFolder folder, string? script)
    {
        var program = script is null ? null : await WriteAsync(folder, script);
        var gateway = await GatewayUnderTest.StartAsync(services: services => services.AddSingleton(new Ffmpeg(program, TimeProvider.System)));
        gateway.Upstream.Always(200, Spoken);
        return gateway;
    }

    private static Task<HttpResponseMessage> PostAsync(GatewayUnderTest gateway, string body) =>
        gateway.Client.PostAsync("/v1/audio/speech", new StringContent(body, Encoding.UTF8, "application/json"));
}
