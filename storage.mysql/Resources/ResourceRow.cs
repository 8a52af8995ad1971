namespace GeminiBalance.Storage.MySql;

/// <summary>A resource of the upstream and the key it belongs to.</summary>
public sealed class ResourceRow
{
    /// <summary>ASCII, at most 512 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>ASCII, at most 100 characters.</summary>
    public string ClientId { get; init; } = "";

    public string Collection { get; init; } = "";

    public string KeyId { get; init; } = "";

    /// <summary>Milliseconds since 1970.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Milliseconds since 1970; null: never.</summary>
    public long? ExpiresAt { get; init; }

    public byte[]? Json { get; init; }

    public bool IsSettled { get; init; }
}
