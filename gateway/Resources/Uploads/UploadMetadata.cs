namespace GeminiBalance.Gateway.Resources;

/// <summary>Marks an endpoint that takes a request without a token when its address holds the ticket of an upload, as the upstream does.</summary>
internal sealed record UploadMetadata
{
    public static UploadMetadata Instance { get; } = new();

    /// <summary>Whether the ticket stands in for a token.</summary>
    public static bool Covers(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<UploadMetadata>() is not null && context.Request.Query.ContainsKey(UploadAddress.TicketParameter);
}
