using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Forwarding;

/// <summary>
/// Models, and methods of models, that several calls on end found at no key they tried. For a while the first key's 404 is the answer: a name that
/// nobody has must not cost every attempt, each time.
/// </summary>
internal sealed class AbsentModels(TimeProvider time)
{
    private readonly Lock gate = new();
    private volatile bool hasAny;
    private readonly Dictionary<string, (int Calls, long Since)> misses = new(StringComparer.Ordinal);

    /// <summary>Whether another key is not to be tried after this one's 404.</summary>
    public bool Includes(UpstreamCall call)
    {
        lock (gate)
        {
            return misses.TryGetValue(NameOf(call), out var known) && known.Calls >= Limits.AbsentAfterCalls && time.GetElapsedTime(known.Since) < Limits.AbsentFor;
        }
    }

    /// <summary>Takes in how a call ended. Any success proves that it is there.</summary>
    /// <param name="call">The call.</param>
    /// <param name="isMissed">Whether each of its attempts was told that there is no such thing.</param>
    /// <param name="isServed">Whether it was served.</param>
    public void Settle(UpstreamCall call, bool isMissed, bool isServed)
    {
        if (!isMissed && (!isServed || !hasAny))
        {
            return;
        }

        lock (gate)
        {
            var name = NameOf(call);
            if (isServed)
            {
                misses.Remove(name);
                hasAny = misses.Count > 0;
                return;
            }

            if (misses.Count >= Limits.AbsentModelsMax && !misses.ContainsKey(name))
            {
                misses.Clear();
            }

            var known = misses.GetValueOrDefault(name);
            var isOld = known.Calls == 0 || time.GetElapsedTime(known.Since) >= Limits.AbsentFor;
            hasAny = true;
            misses[name] = isOld ? (1, time.GetTimestamp()) : known with { Calls = known.Calls + 1 };
        }
    }

    // The upstream says 404 of a method that a model does not have as well.
    private static string NameOf(UpstreamCall call) => call.Address.AbsolutePath;
}
