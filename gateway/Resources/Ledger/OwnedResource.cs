using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Resources;

/// <summary>A resource of the upstream, the key it belongs to and the client that made it.</summary>
internal sealed record OwnedResource
{
    /// <summary>The upstream's name, such as <c>files/abc</c>. Unique together with <see cref="ClientId"/>.</summary>
    public required string Name { get; init; }

    /// <summary>See <see cref="ResourceCollection"/>.</summary>
    public required string Collection { get; init; }

    public required KeyId KeyId { get; init; }

    /// <summary>See <see cref="Hosting.IClientTokens.FindClientId"/>.</summary>
    public required string ClientId { get; init; }

    /// <summary>When it was first seen.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the upstream has deleted it; null: never by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What the upstream said of it last, at most <see cref="Limits.ResourceJsonBytesMax"/>; null when it must be asked.</summary>
    public ReadOnlyMemory<byte>? Json { get; init; }

    /// <summary>Whether the upstream will say the same later, so that a list need not ask.</summary>
    public bool IsSettled { get; init; }

    public bool IsLiveAt(DateTimeOffset now) => ExpiresAt is not { } end || now < end;
}
