using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.Tests.KnownBugs;

/// <summary>SDKs that ask for base64 read whatever they get as base64.</summary>
public sealed class EmbeddingBugTests
{
    [Fact]
    public void Bug55_Base64Asked_IsLittleEndianFloats()
    {
        var answer = Embeddings("""{"embeddings":[{"values":[1,-2.5,0.015625]}]}""");

        Assert.Equal("AACAPwAAIMAAAIA8", (string?)answer["data"]![0]!["embedding"]);
    }

    private static JsonNode Embeddings(string answer)
    {
        var output = new ArrayBufferWriter<byte>();
        var context = new EmbeddingsAnswerContext { RequestedModel = "m", UpstreamModel = "gemini-embedding-2", EstimatedTokens = 1, AsBase64 = true };
        EmbeddingsResponseTranslator.Write([GeminiAnswerReader.ReadEmbeddings(Encoding.UTF8.GetBytes(answer))], context, output);
        return JsonNode.Parse(output.WrittenSpan)!;
    }
}
