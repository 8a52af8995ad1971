namespace GeminiBalance.Gateway.Live;

/// <summary>Marks an endpoint that asks for a token of the Live API itself, and for no access token.</summary>
internal sealed record LiveTokenMetadata
{
    public static LiveTokenMetadata Instance { get; } = new();

    public static bool Covers(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<LiveTokenMetadata>() is not null;
}
