namespace GeminiBalance.Gateway.Endpoints;

/// <summary>What the gateways of a cluster tell each other of thought signatures.</summary>
internal interface ISharedSignatures
{
    /// <summary>Tells the others. Never waits and never fails: what is not told is known to this process only.</summary>
    void Keep(SignedCall call);

    /// <summary>Asks for all calls of a request at once, for a short time.</summary>
    /// <param name="clientId">Who comes back with them.</param>
    /// <param name="calls">At most <see cref="SharedLimits.SignaturesAskedMax"/>.</param>
    /// <param name="cancellationToken">The client has gone.</param>
    /// <returns>Nothing when nobody can be asked in time.</returns>
    ValueTask<FoundSignatures> FindAsync(string clientId, IReadOnlyCollection<WantedSignature> calls, CancellationToken cancellationToken);
}
