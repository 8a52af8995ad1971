using System.Text;
using GeminiBalance.Protocol.Streaming;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class GeminiStreamParserTests
{
    private const string BareError = "{\n  \"error\": {\n    \"code\": 429,\n    \"message\": \"a } \\\" [ b\"\n  }\n}\n";

    public static TheoryData<string, string[]> Streams => new()
    {
        { "data: {\"a\": 1}\r\n\r\ndata: {\"a\": 2}\r\n\r\n", ["{\"a\": 1}", "{\"a\": 2}"] },
        { "data: {\"a\": 1}\n\ndata:{\"a\": 2}\n\n", ["{\"a\": 1}", "{\"a\": 2}"] },
        { "data: {\"a\": 1}\r\rdata: {\"a\": 2}\r\r", ["{\"a\": 1}", "{\"a\": 2}"] },
        { "\uFEFFdata: {\"世界\": \"😀\"}\r\n\r\n: comment\r\n\r\nevent: x\r\nid: 1\r\nretry: 5\r\ndata: {}\r\n\r\n", ["{\"世界\": \"😀\"}", "{}"] },
        { "data: {\ndata: \"a\": 1\ndata: }\n\n", ["{\n\"a\": 1\n}"] },
        { "\r\n\r\n\n\n\r\rdata: {}\n\n\n\n", ["{}"] },
        { "data: {\"a\": 1}\n\n" + BareError, ["{\"a\": 1}", "!" + BareError] },
        { "data: {\"a\": 1}\r\n\r\n[" + BareError.ReplaceLineEndings("\r\n") + "]", ["{\"a\": 1}", "![" + BareError + "]\n"] },
        { BareError, ["!" + BareError] },
        { "data: {\"error\": {\"code\": 503}}\n\n", ["!{\"error\": {\"code\": 503}}"] },
        { "data: {\"usageMetadata\": {\"error\": 1}}\n\n", ["{\"usageMetadata\": {\"error\": 1}}"] },
        { "data: {\"last\": \"without a blank line\"}", ["{\"last\": \"without a blank line\"}"] },
        { "data: {\"last\": \"without a blank line\"}\n", ["{\"last\": \"without a blank line\"}"] },
        { "data: {\"a\": 1}\n\ndata: {\"cut\": \"in the mid", ["{\"a\": 1}"] },
        { "data: {\"a\": 1}\n\n{\n  \"error\": {", ["{\"a\": 1}"] },
        { "", [] },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void Events_AreTheSameForEverySplitOfTheBytes(string text, string[] expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(expected, Parse(bytes, [bytes.Length]));
        for (var size = 1; size <= bytes.Length; size++)
        {
            Assert.Equal(expected, Parse(bytes, [.. Enumerable.Repeat(size, (bytes.Length / size) + 1)]));
            Assert.Equal(expected, Parse(bytes, [size, bytes.Length]));
        }

        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var sizes = Enumerable.Range(0, bytes.Length + 1).Select(_ => random.Next(1, 9)).ToArray();
            Assert.True(expected.SequenceEqual(Parse(bytes, sizes)), $"Seed {seed}.");
        }
    }

    [Fact]
    public void Event_AsLargeAsAllowed_IsRead_OneByteMoreThrows()
    {
        const int Max = 100_000;
        var fits = "data: \"" + new string('x', Max - 2) + "\"\n\n";
        var tooLarge = "data: \"" + new string('x', Max - 1) + "\"\n\n";

        Assert.Equal(Max, Parse(Encoding.UTF8.GetBytes(fits), [7, 50_000, 60_000], Max).Single().Length);
        Assert.Throws<StreamTooLargeException>(() => Parse(Encoding.UTF8.GetBytes(tooLarge), [7, 50_000, 60_000], Max));
        Assert.Throws<StreamTooLargeException>(() => Parse(Encoding.UTF8.GetBytes(new string('x', Max * 2)), [Max * 2], Max));
        Assert.Throws<StreamTooLargeException>(
            () => Parse(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("data: xxxxxxxxx\n", Max / 9))), [Max * 2], Max));
    }

    [Fact]
    public async Task ReadAsync_StreamOfSmallReads_GivesEveryEvent()
    {
        var text = string.Concat(Enumerable.Range(0, 1000).Select(index => $"data: {{\"text\": \"{new string('é', index % 97)}\"}}\r\n\r\n"));
        using var stream = new DribblingStream(Encoding.UTF8.GetBytes(text), seed: 7);
        var lengths = new List<int>();

        await foreach (var item in GeminiEventStream.ReadAsync(stream, 10_000))
        {
            lengths.Add(item.Data.Length);
        }

        Assert.Equal(Enumerable.Range(0, 1000).Select(index => 12 + (2 * (index % 97))), lengths);
    }

    private static List<string> Parse(byte[] bytes, int[] sizes, int eventBytesMax = 1 << 20)
    {
        var parser = new GeminiStreamParser(eventBytesMax);
        var events = new List<string>();
        var offset = 0;
        foreach (var size in sizes)
        {
            var length = Math.Min(size, bytes.Length - offset);
            parser.Append(bytes.AsSpan(offset, length));
            offset += length;
            Drain();
        }

        parser.Complete();
        Drain();
        return events;

        void Drain()
        {
            while (parser.TryRead(out var item))
            {
                events.Add((item.IsError ? "!" : "") + Encoding.UTF8.GetString(item.Data.Span));
            }
        }
    }

    private sealed class DribblingStream(byte[] bytes, int seed) : MemoryStream(bytes)
    {
        private readonly Random random = new(seed);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 40))], cancellationToken);
    }
}
