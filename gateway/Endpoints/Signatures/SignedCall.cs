namespace GeminiBalance.Gateway.Endpoints;

/// <summary>A call of a function as its client was told of it.</summary>
/// <param name="Id">The id it was given here.</param>
/// <param name="ClientId">Whose call it is.</param>
/// <param name="Fingerprint">What was called.</param>
/// <param name="Signature">The thought signature it came with.</param>
internal sealed record SignedCall(string Id, string ClientId, string Fingerprint, string Signature)
{
    public int Chars => Id.Length + Fingerprint.Length + Signature.Length;
}
