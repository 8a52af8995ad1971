using GeminiBalance.Protocol;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Remembers thought signatures in this process. Bounded by count and memory: the oldest are forgotten first.</summary>
/// <param name="countMax">Entries.</param>
/// <param name="charsMax">Characters of all ids and signatures together.</param>
internal sealed class ThoughtSignatures(int countMax, int charsMax) : IThoughtSignatures
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> signatures = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();
    private long chars;

    public ThoughtSignatures()
        : this(Limits.ThoughtSignatureCountMax, Limits.ThoughtSignatureCharsMax)
    {
    }

    public string? Find(string toolCallId)
    {
        lock (gate)
        {
            return signatures.GetValueOrDefault(toolCallId);
        }
    }

    public void Keep(string toolCallId, string signature)
    {
        lock (gate)
        {
            if (signatures.TryGetValue(toolCallId, out var known))
            {
                chars += signature.Length - known.Length;
            }
            else
            {
                order.Enqueue(toolCallId);
                chars += toolCallId.Length + signature.Length;
            }

            signatures[toolCallId] = signature;
            while ((signatures.Count > countMax || chars > charsMax) && order.TryDequeue(out var oldest))
            {
                signatures.Remove(oldest, out var forgotten);
                chars -= oldest.Length + (forgotten?.Length ?? 0);
            }
        }
    }
}
