using System.Text.Json;
using GeminiBalance.Replay.Tests.Recordings;

namespace GeminiBalance.Replay.Tests.Hosts;

/// <summary>An answer that Gemini could have given, for requests whose own answer was another API's.</summary>
internal static class ValidAnswers
{
    public const string Text = "As it was asked.";

    // The smallest PNG there is.
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private const string Usage = """
        "usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":4,"totalTokenCount":11},"modelVersion":"gemini-x"
        """;

    public static byte[] Media => Convert.FromBase64String(Picture);

    public static RecordedBody To(UpstreamRequest request)
    {
        var method = request.Target.Split('?')[0].Split(':')[^1];
        return method switch
        {
            "streamGenerateContent" => new([.. "data: "u8, .. Bytes(Chat(request)), .. "\r\n\r\n"u8], RecordedBody.EventStream),
            "batchEmbedContents" => new(Bytes(Embeddings(request)), RecordedBody.Json),
            "countTokens" => new(Bytes("""{"totalTokens":7}"""), RecordedBody.Json),
            "predict" => new(Bytes($$"""{"predictions":[{"mimeType":"image/png","bytesBase64Encoded":"{{Picture}}"}]}"""), RecordedBody.Json),
            _ => new(Bytes(Chat(request)), RecordedBody.Json),
        };
    }

    private static string Chat(UpstreamRequest request)
    {
        var body = JsonSerializer.Deserialize<JsonElement>(request.Body);
        var modalities = body.TryGetProperty("generationConfig", out var config) && config.TryGetProperty("responseModalities", out var named) ? named.GetRawText() : "";
        var part = modalities.Contains("AUDIO", StringComparison.Ordinal) ? """{"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=24000","data":"AAAAAA=="}}"""
            : modalities.Contains("IMAGE", StringComparison.Ordinal) ? $$$"""{"inlineData":{"mimeType":"image/png","data":"{{{Picture}}}"}}"""
            : $$"""{"text":"{{Text}}"}""";
        return $$$"""{"candidates":[{"content":{"parts":[{{{part}}}],"role":"model"},"finishReason":"STOP"}],{{{Usage}}}}""";
    }

    private static string Embeddings(UpstreamRequest request)
    {
        var count = JsonSerializer.Deserialize<JsonElement>(request.Body).GetProperty("requests").GetArrayLength();
        return $$"""{"embeddings":[{{string.Join(',', Enumerable.Repeat("""{"values":[0.6,0.8]}""", count))}}]}""";
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
