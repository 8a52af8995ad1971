namespace GeminiBalance.Conformance.Tests.KnownBugs;

/// <summary>Pictures by OpenAI's own endpoints.</summary>
public sealed class ImageBugTests : KnownBugTest
{
    [Theory]
    [InlineData("gemini-2.5-flash-image")]
    [InlineData("gemini-3.1-flash-image")]
    [InlineData("imagen-4.0-generate-001")]
    public async Task Bug59_ImageModelsOfGemini_AreServedOnImages(string model)
    {
        var answer = await PostForJsonAsync("/v1/images/generations", $$"""{"model":"{{model}}","prompt":"a cat","response_format":"b64_json"}""");

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Convert.FromBase64String((string)Assert.Single(answer["data"]!.AsArray())!["b64_json"]!)[..4]);
    }
}
