namespace GeminiBalance.Gateway.Admin;

/// <summary>Marks an endpoint that only the admin token opens.</summary>
internal sealed class AdminMetadata
{
    public static AdminMetadata Instance { get; } = new();
}
