using OpenAI.Embeddings;

namespace GeminiBalance.Conformance.Tests.KnownBugs;

/// <summary>What OpenAI's .NET SDK and players do with answers that are not what they asked for.</summary>
public sealed class SdkBugTests : KnownBugTest
{
    [Fact]
    public async Task Bug56_DotnetSdk_ReadsTheEmbeddingsItAskedFor()
    {
        OpenAIEmbedding embedding = await Gateway.NewSdk().GetEmbeddingClient("gemini-embedding-001").GenerateEmbeddingAsync("text");

        Assert.Equal(1, Math.Sqrt(embedding.ToFloats().ToArray().Sum(value => (double)value * value)), 3);

        // Newer versions of it bear floats too; older ones throw.
        var answer = await PostForJsonAsync("/v1/embeddings", """{"model":"gemini-embedding-001","input":"text","encoding_format":"base64"}""");
        Assert.Equal(embedding.ToFloats().Length * sizeof(float), Convert.FromBase64String((string)answer["data"]![0]!["embedding"]!).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","response_format":"wav" """)]
    public async Task Bug57_SpeechWithoutAnEncoder_IsAWavFileAndSaysSo(string format)
    {
        using var response = await PostAsync("/v1/audio/speech", $$"""{"model":"gemini-2.5-flash-preview-tts","voice":"alloy","input":"Hello."{{format}}}""");

        Assert.Equal("audio/wav", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("RIFF"u8.ToArray(), (await response.Content.ReadAsByteArrayAsync())[..4]);
    }
}
