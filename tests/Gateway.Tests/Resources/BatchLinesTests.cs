using System.Buffers;
using System.Text;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Resources;

/// <summary>Lines of batches in pieces of every size.</summary>
public sealed class BatchLinesTests
{
    private static readonly string Input = string.Join("\r\n", Enumerable.Range(1, 3).Select(i =>
        $$"""{"custom_id":"{{i}}","method":"POST","url":"/v1/chat/completions","body":{"model":"gemini-x","messages":[{"role":"user","content":"jaźń {{i}}"}]} }""")) + "\n\n";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Input_IsTheSameInPiecesOfEverySize(int bytes)
    {
        var (text, stream) = await ReadAsync(Input, bytes, isBatch: null);

        var lines = text.TrimEnd('\n').Split('\n');
        Assert.Equal(["\"key\":\"1\"", "\"key\":\"2\"", "\"key\":\"3\""], lines.Select(line => line.Split(',')[0].TrimStart('{')));
        Assert.All(lines, line => Assert.Contains("\"contents\"", line, StringComparison.Ordinal));
        Assert.Equal((true, Encoding.UTF8.GetByteCount(Input)), (stream.IsBatch, stream.BytesRead));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", null)]
    [InlineData("no end and no JSON", null)]
    public async Task OtherFiles_PassAsTheyAre(string text, bool? isBatch)
    {
        var (read, stream) = await ReadAsync(text, bytes: 5, isBatch);

        Assert.Equal((text, text.Length), (read, stream.BytesRead));
    }

    [Fact]
    public async Task OtherFiles_WithoutLines_AreNotCollected()
    {
        var text = new string('x', 3 * Limits.TransferChunkBytes);

        var (read, stream) = await ReadAsync(text, bytes: 10_000, isBatch: null);

        Assert.Equal((text.Length, false), (read.Length, stream.IsBatch));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void Output_IsTheSameInPiecesOfEverySize(int bytes)
    {
        var input = Encoding.UTF8.GetBytes("""
            {"key":"ä","response":{"candidates":[{"content":{"parts":[{"text":"jaźń"}]},"finishReason":"STOP"}]}}

            {"key":"b","error":{"code":3,"message":"no"}}
            {"key":"c"}
            """);
        using var lines = LinesOf(BatchPart.All);
        var output = new ArrayBufferWriter<byte>();
        for (var i = 0; i < input.Length; i += bytes)
        {
            lines.Take(input.AsSpan(i, Math.Min(bytes, input.Length - i)), output);
        }

        lines.End(output);

        var statuses = Encoding.UTF8.GetString(output.WrittenSpan).TrimEnd('\n').Split('\n').Select(line => System.Text.Json.Nodes.JsonNode.Parse(line)!)
            .Select(line => ((string)line["custom_id"]!, (int)line["response"]!["status_code"]!));
        Assert.Equal([("ä", 200), ("b", 400), ("c", 500)], statuses);
    }

    [Theory]
    [InlineData(0, "a b")]
    [InlineData(1, "a")]
    [InlineData(2, "b")]
    public void Output_IsParted_WhereFailuresHaveAFileOfTheirOwn(int part, string expected)
    {
        using var lines = LinesOf((BatchPart)part);
        var output = new ArrayBufferWriter<byte>();
        lines.Take("""
            {"key":"a","response":{"candidates":[{"content":{"parts":[{"text":"yes"}]},"finishReason":"STOP"}]}}
            {"key":"b","error":{"code":3,"message":"no"}}
            """u8, output);
        lines.End(output);

        var ids = Encoding.UTF8.GetString(output.WrittenSpan).TrimEnd('\n').Split('\n').Select(line => (string)System.Text.Json.Nodes.JsonNode.Parse(line)!["custom_id"]!);
        Assert.Equal(expected, string.Join(' ', ids));
    }

    private static BatchAnswerLines LinesOf(BatchPart part)
    {
        var ids = new AnswerIds(() => "id");
        return new(new ChatBatchAnswers(new BatchAnswerContext("gemini-x", "gemini-x", Created: 7, ids, new ThoughtSignatures(new NoSharedSignatures()).Of("c"))), part, ids);
    }

    private static async Task<(string Text, BatchInputStream Stream)> ReadAsync(string text, int bytes, bool? isBatch)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var translator = gateway.Services.GetRequiredService<BatchDialects>().NewTranslator(gateway.Services.GetRequiredService<ISettingsSource>().Current, "c");
        await using var stream = new BatchInputStream(new PieceStream(Encoding.UTF8.GetBytes(text), bytes), translator, isBatch);
        using var output = new MemoryStream();
        await stream.CopyToAsync(output);
        return (Encoding.UTF8.GetString(output.ToArray()), stream);
    }
}
