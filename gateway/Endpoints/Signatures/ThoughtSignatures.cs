using System.Runtime.InteropServices;
using GeminiBalance.Protocol;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Remembers thought signatures in this process. Bounded by count and memory: the oldest are forgotten first.</summary>
/// <param name="countMax">Calls.</param>
/// <param name="charsMax">Characters of all ids, fingerprints and signatures together.</param>
/// <param name="shared">Is told what is new here.</param>
internal sealed class ThoughtSignatures(int countMax, int charsMax, ISharedSignatures shared)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SignedCall> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Client, string Call), (int Count, string? Signature)> calls = [];
    private readonly Queue<string> order = new();
    private long chars;

    public ThoughtSignatures(ISharedSignatures shared)
        : this(Limits.ThoughtSignatureCountMax, Limits.ThoughtSignatureCharsMax, shared)
    {
    }

    public ISharedSignatures Shared => shared;

    /// <summary>The memory as one client may use it: what it called is looked for among its own calls only.</summary>
    public ClientSignatures Of(string clientId) => new ClientSignatures(this, clientId);

    public string? Find(string toolCallId)
    {
        lock (gate)
        {
            return ids.GetValueOrDefault(toolCallId)?.Signature;
        }
    }

    public string? Find(string clientId, CallFingerprint call)
    {
        lock (gate)
        {
            return calls.GetValueOrDefault((clientId, call.Text)).Signature;
        }
    }

    /// <summary>Whether the client was told of calls like this one with different signatures.</summary>
    public bool IsAmbiguous(string clientId, CallFingerprint call)
    {
        lock (gate)
        {
            return calls.TryGetValue((clientId, call.Text), out var same) && same.Signature is null;
        }
    }

    public void Keep(SignedCall call)
    {
        if (KeepHere(call))
        {
            shared.Keep(call);
        }
    }

    /// <returns>False when the same is known.</returns>
    private bool KeepHere(SignedCall call)
    {
        lock (gate)
        {
            // An answer that is translated again, or asked for again, names its calls again.
            if (ids.TryGetValue(call.Id, out var known))
            {
                if (known == call)
                {
                    return false;
                }

                Forget(known);
            }
            else
            {
                order.Enqueue(call.Id);
            }

            ids[call.Id] = call;
            chars += call.Chars;
            ref var same = ref CollectionsMarshal.GetValueRefOrAddDefault(calls, (call.ClientId, call.Fingerprint), out var isKnown);
            same = (same.Count + 1, !isKnown || same.Signature == call.Signature ? call.Signature : null);
            while ((ids.Count > countMax || chars > charsMax) && order.TryDequeue(out var oldest))
            {
                Forget(ids[oldest]);
                ids.Remove(oldest);
            }

            return true;
        }
    }

    private void Forget(SignedCall call)
    {
        chars -= call.Chars;
        ref var same = ref CollectionsMarshal.GetValueRefOrNullRef(calls, (call.ClientId, call.Fingerprint));
        if (--same.Count == 0)
        {
            calls.Remove((call.ClientId, call.Fingerprint));
        }
    }
}
