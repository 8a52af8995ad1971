using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class EmbeddingsResponseTranslatorTests
{
    private static readonly EmbeddingsAnswerContext Context = new() { RequestedModel = "text-embedding-3-small", UpstreamModel = "gemini-embedding-2", EstimatedTokens = 11 };

    [Fact]
    public void Write_SeveralBatches_AreOneListInOrder()
    {
        var answer = Write(Context, """{"embeddings":[{"values":[0.5,-1]},{"values":[0.1]}]}""", """{"embedding":{"values":[2]}}""");

        Assert.Equal(
            """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,-1]},{"object":"embedding","index":1,"embedding":[0.1]},{"object":"embedding","index":2,"embedding":[2]}],"model":"text-embedding-3-small","usage":{"prompt_tokens":11,"total_tokens":11}}""",
            answer.ToJsonString());
    }

    [Fact]
    public void Usage_ReportedByAllBatches_IsAddedUp()
    {
        const string Batch = """{"embeddings":[],"usageMetadata":{"promptTokenCount":4,"promptTokenDetails":[{"modality":"TEXT","tokenCount":4}]}}""";

        Assert.Equal(8, (int)Write(Context, Batch, Batch)["usage"]!["prompt_tokens"]!);
        Assert.Equal(11, (int)Write(Context, Batch, """{"embeddings":[]}""")["usage"]!["total_tokens"]!);
    }

    [Theory]
    [InlineData("gemini-embedding-001", 768, true)]
    [InlineData("gemini-embedding-001", 3071, true)]
    [InlineData("gemini-embedding-001", 3072, false)]
    [InlineData("gemini-embedding-2", 768, false)]
    public void ShortVectorsOfTheFirstModel_GetUnitLength(string model, int dimensions, bool scaled)
    {
        var values = string.Join(',', Enumerable.Range(0, dimensions).Select(index => index % 7 == 0 ? "-0.25" : "0.125"));

        var data = Write(Context with { UpstreamModel = model }, "{\"embeddings\":[{\"values\":[" + values + "]}]}")["data"]![0]!["embedding"]!.AsArray();

        var length = Math.Sqrt(data.Sum(value => Math.Pow((double)value!, 2)));
        Assert.Equal(scaled, Math.Abs(length - 1) < 1e-5);
        Assert.Equal(dimensions, data.Count);
        Assert.True((double)data[0]! < 0);
    }

    [Fact]
    public void ZeroVector_StaysZero() =>
        Assert.Equal("[0,0]", Write(Context with { UpstreamModel = "gemini-embedding-001" }, """{"embeddings":[{"values":[0,0]}]}""")["data"]![0]!["embedding"]!.ToJsonString());

    [Theory]
    [InlineData("""{"embeddings":[null]}""")]
    [InlineData("""{"embeddings":[{}]}""")]
    [InlineData("""{"embeddings":[{"values":[1e99]}]}""")]
    [InlineData("""{"embeddings":[{"values":["x"]}]}""")]
    [InlineData("[]")]
    public void BrokenAnswers_AreMalformed(string answer) => Assert.Throws<MalformedAnswerException>(() => Write(Context, answer));

    private static JsonNode Write(EmbeddingsAnswerContext context, params string[] answers)
    {
        var output = new ArrayBufferWriter<byte>();
        EmbeddingsResponseTranslator.Write([.. answers.Select(answer => GeminiAnswerReader.ReadEmbeddings(Encoding.UTF8.GetBytes(answer)))], context, output);
        return JsonNode.Parse(output.WrittenSpan)!;
    }
}
