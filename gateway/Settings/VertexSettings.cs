namespace GeminiBalance.Gateway.Settings;

/// <summary>Vertex AI in express mode: Gemini's API at another address, for keys of its own.</summary>
public sealed record VertexSettings
{
    /// <summary>The address up to the publisher, below which <c>models/…</c> stands; without a slash at the end.</summary>
    public Uri BaseUrl { get; init; } = new("https://aiplatform.googleapis.com/v1beta1/publishers/google");
}
