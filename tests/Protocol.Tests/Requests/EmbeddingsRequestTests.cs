using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Requests for embeddings.</summary>
public sealed class EmbeddingsRequestTests
{
    [Fact]
    public void Translate_OneText_IsABatchOfOne() =>
        Canonical.Equal(
            """{"requests":[{"model":"models/gemini-embedding-001","content":{"parts":[{"text":"hi"}]}}]}""",
            Bodies("""{"model":"gemini-embedding-001","input":"hi"}""").Single());

    [Fact]
    public void Translate_DimensionsAndTask_GoIntoEveryEntry() =>
        Canonical.Equal(
            """
            {"requests":[
            {"model":"models/gemini-embedding-001","content":{"parts":[{"text":"a"}]},"taskType":"RETRIEVAL_QUERY","outputDimensionality":768},
            {"model":"models/gemini-embedding-001","content":{"parts":[{"text":"b"}]},"taskType":"RETRIEVAL_QUERY","outputDimensionality":768}]}
            """,
            Bodies("""{"model":"gemini-embedding-001","input":["a","b"],"dimensions":768,"input_type":"query","user":"u"}""").Single());

    [Fact]
    public void Translate_ManyTexts_AreBatchesOfAHundredInOrder()
    {
        var bodies = Bodies($$"""{"model":"m","input":[{{string.Join(',', Enumerable.Range(0, 250).Select(i => $"\"t{i}\""))}}]}""");

        Assert.Equal([100, 100, 50], bodies.Select(body => body["requests"]!.AsArray().Count));
        Assert.Equal("t100", (string?)bodies[1]["requests"]![0]!["content"]!["parts"]![0]!["text"]);
        Assert.Equal("t249", (string?)bodies[2]["requests"]![49]!["content"]!["parts"]![0]!["text"]);
    }

    [Theory]
    [InlineData("text-embedding-3-small", 1536)]
    [InlineData("text-embedding-ada-002", 1536)]
    [InlineData("text-embedding-3-large", 3072)]
    [InlineData("gemini-embedding-2", null)]
    public void Translate_OpenAIModel_KeepsItsLength(string model, int? dimensions) =>
        Assert.Equal(dimensions, (int?)Bodies($$"""{"model":"{{model}}","input":"x"}""").Single()["requests"]![0]!["outputDimensionality"]);

    [Theory]
    [InlineData("\"base64\"", true)]
    [InlineData("\"float\"", false)]
    [InlineData("null", false)]
    public void ReadEmbeddings_EncodingFormat_IsRead(string format, bool base64) =>
        Assert.Equal(base64, Read($$"""{"model":"m","input":"x","encoding_format":{{format}}}""").Base64);

    [Theory]
    [InlineData("""{"model":"m"}""", "input")]
    [InlineData("""{"model":"m","input":[]}""", "input")]
    [InlineData("""{"model":"m","input":""}""", "input")]
    [InlineData("""{"model":"m","input":["a",""]}""", "input[1]")]
    [InlineData("""{"model":"m","input":[1,2]}""", "input[0]")]
    [InlineData("""{"model":"m","input":[[1,2],[3]]}""", "input[0]")]
    [InlineData("""{"model":"m","input":{"a":1}}""", "input")]
    [InlineData("""{"model":"m","input":"x","dimensions":0}""", "dimensions")]
    [InlineData("""{"model":"m","input":"x","dimensions":"768"}""", "dimensions")]
    [InlineData("""{"model":"m","input":"x","encoding_format":"int8"}""", "encoding_format")]
    [InlineData("""{"model":"m","input":"x","task_type":"JUGGLING"}""", "task_type")]
    public void ReadEmbeddings_WrongField_IsNamed(string body, string param) => Assert.Equal(param, Assert.Throws<TranslationException>(() => Read(body)).Param);

    [Fact]
    public void ReadEmbeddings_TokenNumbers_SayWhatToDo() =>
        Assert.Contains("check_embedding_ctx_length", Assert.Throws<TranslationException>(() => Read("""{"model":"m","input":[[1,2]]}""")).Message, StringComparison.Ordinal);

    private static EmbeddingsRequest Read(string body) => OpenAIRequestReader.ReadEmbeddings(Encoding.UTF8.GetBytes(body));

    private static JsonNode[] Bodies(string body)
    {
        var request = Read(body);
        return [.. EmbeddingsRequestTranslator.Translate(request, ModelName.Normalize(request.Model!)).Select(batch =>
        {
            var buffer = new ArrayBufferWriter<byte>();
            batch.WriteTo(buffer);
            return JsonNode.Parse(buffer.WrittenSpan)!;
        })];
    }
}
