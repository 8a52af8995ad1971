namespace GeminiBalance.Gateway.Endpoints;

/// <summary>There are no other gateways.</summary>
internal sealed class NoSharedSignatures : ISharedSignatures
{
    public void Keep(SignedCall call)
    {
    }

    public ValueTask<FoundSignatures> FindAsync(string clientId, IReadOnlyCollection<WantedSignature> calls, CancellationToken cancellationToken) => new(FoundSignatures.None);
}
