using GeminiBalance.Gateway.Resources;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Storage;

/// <summary>A row of the ledger of resources, as SQLite holds it.</summary>
internal sealed class StoredResource
{
    public string Name { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string Collection { get; init; } = "";

    public string KeyId { get; init; } = "";

    /// <summary>Milliseconds since 1970.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Milliseconds since 1970; null: never.</summary>
    public long? ExpiresAt { get; init; }

    public byte[]? Json { get; init; }

    public long IsSettled { get; init; }

    public static StoredResource Of(OwnedResource resource) => new()
    {
        Name = resource.Name,
        ClientId = resource.ClientId,
        Collection = resource.Collection,
        KeyId = resource.KeyId.Value,
        CreatedAt = resource.CreatedAt.ToUnixTimeMilliseconds(),
        ExpiresAt = resource.ExpiresAt?.ToUnixTimeMilliseconds(),
        Json = resource.Json?.ToArray(),
        IsSettled = resource.IsSettled ? 1 : 0,
    };

    public OwnedResource ToResource() => new()
    {
        Name = Name,
        Collection = Collection,
        KeyId = new KeyId(KeyId),
        ClientId = ClientId,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        ExpiresAt = ExpiresAt is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null,
        Json = Json is { } json ? json : default(ReadOnlyMemory<byte>?),
        IsSettled = IsSettled != 0,
    };
}
