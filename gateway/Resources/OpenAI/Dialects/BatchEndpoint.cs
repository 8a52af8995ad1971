namespace GeminiBalance.Gateway.Resources;

/// <summary>What the requests of a batch ask for.</summary>
/// <param name="Path">As OpenAI's clients name it.</param>
/// <param name="Method">The upstream's method that makes such a batch.</param>
internal sealed record BatchEndpoint(string Path, string Method)
{
    private const string Generate = "batchGenerateContent";

    public static BatchEndpoint Chat { get; } = new("/v1/chat/completions", Generate);

    public static BatchEndpoint Responses { get; } = new("/v1/responses", Generate);

    public static BatchEndpoint Completions { get; } = new("/v1/completions", Generate);

    public static BatchEndpoint Embeddings { get; } = new("/v1/embeddings", "asyncBatchEmbedContent");

    /// <summary>All, as an error names them.</summary>
    public static string Known { get; } = string.Join(", ", All().Select(endpoint => endpoint.Path));

    public static BatchEndpoint? Find(string? path) => Array.Find(All(), endpoint => endpoint.Path == path);

    private static BatchEndpoint[] All() => [Chat, Responses, Completions, Embeddings];
}
