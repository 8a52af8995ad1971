using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Streaming;

namespace GeminiBalance.Gateway.Tests.Streaming;

public sealed class ContinuationBodyTests
{
    [Fact]
    public void Body_IsTheRequestWithTheAnswerSoFarAndAWish()
    {
        var body = Of("""{"contents": [{"role": "user","parts": [{"text": "Tell."}]}],"tomorrow": 1e400,"generation_config": {"max_output_tokens": 100,"temperature": 0.50}}""", spent: 30)!;

        var contents = body["contents"]!.AsArray();
        Assert.Equal(["user", "model", "user"], contents.Select(turn => (string?)turn!["role"]));
        Assert.Equal("""{"role":"user","parts":[{"text":"Tell."}]}""", contents[0]!.ToJsonString());
        Assert.Equal("It was <b>", (string?)contents[1]!["parts"]![0]!["text"]);
        Assert.Contains("Continue it exactly where it stopped", (string?)contents[2]!["parts"]![0]!["text"], StringComparison.Ordinal);
        Assert.Equal("""{"max_output_tokens":70,"temperature":0.50}""", body["generation_config"]!.ToJsonString());
        Assert.Equal("1e400", body["tomorrow"]!.ToJsonString());
    }

    [Theory]
    [InlineData("\"tools\": [{\"functionDeclarations\": []}]")]
    [InlineData("\"tools\": {\"googleSearch\": {}}")]
    [InlineData("\"generationConfig\": {\"responseMimeType\": \"application/json\"}")]
    [InlineData("\"generation_config\": {\"response_mime_type\": \"application/json\"}")]
    [InlineData("\"generationConfig\": {\"responseSchema\": {}}")]
    [InlineData("\"generationConfig\": {\"_responseJsonSchema\": {}}")]
    [InlineData("\"generationConfig\": {\"responseModalities\": [\"TEXT\", \"IMAGE\"]}")]
    [InlineData("\"generationConfig\": {\"candidateCount\": 2}")]
    [InlineData("\"generationConfig\": {\"speechConfig\": {}}")]
    [InlineData("\"generationConfig\": {\"maxOutputTokens\": 30}")]
    [InlineData("\"generationConfig\": {},\"generationConfig\": {}")]
    [InlineData("\"generationConfig\": {\"responseMimeType\": \"\\ud800\"}")]
    [InlineData("\"generationConfig\": {\"\\udc00\": 1}")]
    public void Body_OfAnythingButOneText_IsNone(string member) => Assert.Null(Of($$"""{"contents": [],{{member}}}""", spent: 30));

    [Theory]
    [InlineData("\"tools\": []")]
    [InlineData("\"generationConfig\": {\"responseMimeType\": \"text/plain\",\"candidateCount\": 1,\"responseModalities\": [\"TEXT\"],\"responseSchema\": null}")]
    [InlineData("\"generationConfig\": null")]
    public void Body_OfOneText_IsThere(string member) => Assert.NotNull(Of($$"""{"contents": [],{{member}}}""", spent: 30));

    [Theory]
    [InlineData("{\"contents\": {\"parts\": []}}")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public void Body_WithoutTurns_IsNone(string body) => Assert.Null(Of(body, spent: 0));

    private static JsonObject? Of(string body, long spent) =>
        ContinuationBody.Of(Encoding.UTF8.GetBytes(body), "It was <b>", spent) is { } written ? JsonNode.Parse(written)!.AsObject() : null;
}
