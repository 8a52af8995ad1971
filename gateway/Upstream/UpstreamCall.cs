using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>One call as every attempt sends it: all but the key.</summary>
internal sealed record UpstreamCall
{
    public required GatewaySettings Settings { get; init; }

    public required HttpMethod Method { get; init; }

    /// <summary>The full address. It never holds a credential.</summary>
    public required Uri Address { get; init; }

    public CredentialForm Credential { get; init; } = CredentialForm.GoogleHeader;

    /// <summary>What goes as <c>access_token</c> in the key's place, so that a refusal says nothing of the key; null otherwise.</summary>
    public Secret? Token { get; init; }

    /// <summary>Null for calls without a body. The memory stays valid until the last attempt has ended.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The <c>Content-Type</c> of the body, as the client wrote it.</summary>
    public string? ContentType { get; init; }

    /// <summary>The client's headers, of which <see cref="ForwardedHeaders"/> go upstream; null when the body is the gateway's own.</summary>
    public IHeaderDictionary? ClientHeaders { get; init; }

    /// <summary>A body that is passed on as it comes, and can be sent once; null for calls with <see cref="Body"/> or none.</summary>
    public StreamedBody? Stream { get; init; }

    /// <summary>Client headers that go upstream besides <see cref="ForwardedHeaders"/>; a name that ends in a hyphen stands for all that begin with it.</summary>
    public IReadOnlyList<string> MoreHeaders { get; init; } = [];

    /// <summary>Whether an answer that points elsewhere, or says how much of an upload has arrived, is the receiver's to read.</summary>
    public bool TakesRedirects { get; init; }

    /// <summary>
    /// Whether the call is known to name a resource: then 403 and 404 are the true answer, and no other key is tried. That no key is blamed wrongly
    /// does not rest on it, see <see cref="Forwarding.RetryPolicy.IsInDoubt"/>.
    /// </summary>
    public bool IsAboutResource { get; init; }

    /// <summary>Whether the upstream refuses API keys as such for this call (401), so that a refusal says nothing of the key.</summary>
    public bool MayNeedUser { get; init; }

    /// <summary>The model whose quota the call spends.</summary>
    public required string Model { get; init; }

    /// <summary>Input tokens the call is thought to cost.</summary>
    public long EstimatedTokens { get; init; }

    /// <summary>What a key must have to serve it.</summary>
    public KeyRequirement Needs { get; init; } = KeyRequirement.None;

    /// <summary>Whether its answer is a picture or a film: keys with the tag <c>paid</c> serve it where the pool has one.</summary>
    public bool Draws { get; init; }

    public required string ClientId { get; init; }

    public required CallFace Face { get; init; }

    /// <summary>Whether the client asked for a stream.</summary>
    public bool IsStream { get; init; }

    /// <summary>Keys that are not to serve the call.</summary>
    public IReadOnlyCollection<KeyId> Excluded { get; init; } = [];

    /// <summary>Whether the call asks for a connection in both directions (WebSocket) instead of an answer.</summary>
    public bool IsUpgrade { get; init; }

    /// <summary>The only key that can serve the call, because it owns what the call names.</summary>
    public KeyId? Pinned { get; init; }

    /// <summary>What it names, where that stands in no other member of the call.</summary>
    public string? PinnedBy { get; init; }

    /// <summary>How many calls of this sort a key may have at a time; null: any number.</summary>
    public IKeyAdmission? Admission { get; init; }

    /// <summary>A hash of the conversation, see <see cref="LeaseRequest.Affinity"/>.</summary>
    public ulong? Affinity { get; init; }

    /// <summary>See <see cref="LeaseRequest.PrefersKnownKey"/>.</summary>
    public bool PrefersKnownKey { get; init; } = true;
}
