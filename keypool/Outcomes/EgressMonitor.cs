namespace GeminiBalance.KeyPool;

/// <summary>
/// Tells a limit on the calling address from limits on keys: when many keys that were hardly used are refused together, the keys are not to blame.
/// Pure, in constant time and memory; not thread-safe, its owner holds its own lock.
/// </summary>
/// <remarks>Only the last thing heard of a key counts, and only while it is younger than <see cref="Window"/>.</remarks>
public sealed class EgressMonitor
{
    /// <summary>Fewer refused keys than this may still be a coincidence.</summary>
    public const int RefusedKeysMin = 5;

    /// <summary>Keys remembered at once; beyond it the one heard of longest ago is forgotten early.</summary>
    public const int KeysMax = 4_096;

    private readonly Dictionary<KeyId, LinkedListNode<Sighting>> sightings = [];
    private readonly LinkedList<Sighting> byAge = [];
    private DateTimeOffset latest = DateTimeOffset.MinValue;
    private int refused;

    /// <summary>How long what a key answered stays meaningful.</summary>
    public static TimeSpan Window => TimeSpan.FromSeconds(10);

    /// <summary>Takes in how a call ended. A 429 without a named quota is not held against the key when many little-used keys get one together.</summary>
    /// <param name="key">The call's key.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="isLittleUsed">Whether the key's own use is far below its limits; matters only after a 429.</param>
    /// <param name="now">The time.</param>
    /// <returns>The outcome to settle.</returns>
    public CallOutcome Judge(KeyId key, in CallOutcome outcome, bool isLittleUsed, DateTimeOffset now)
    {
        switch (outcome.Kind)
        {
            case CallOutcomeKind.KeyRateLimited when outcome.LearnedLimits is null or { Count: 0 }:
                return Observe(key, isLittleUsed, now) ? outcome with { Kind = CallOutcomeKind.EgressRefused } : outcome;
            case CallOutcomeKind.EgressRefused:
                Observe(key, littleUsed: true, now);
                return outcome;
            case CallOutcomeKind.NotSent or CallOutcomeKind.ClientLeft or CallOutcomeKind.UpstreamTimedOut:
                return outcome; // Says nothing about whether the upstream takes calls from here.
            default:
                ObserveOther(key, now);
                return outcome;
        }
    }

    /// <summary>A key was refused with a 429 that names the minute or nothing.</summary>
    /// <param name="key">The refused key.</param>
    /// <param name="littleUsed">Whether the key's own use is far below its limits, so that the refusal is a surprise.</param>
    /// <param name="now">The time of the refusal.</param>
    /// <returns>Whether the egress is limited by now, so that this refusal is not to be held against the key.</returns>
    public bool Observe(KeyId key, bool littleUsed, DateTimeOffset now)
    {
        Remember(key, littleUsed, now);
        return littleUsed && IsLimited(now);
    }

    /// <summary>A key answered with anything but such a 429.</summary>
    public void ObserveOther(KeyId key, DateTimeOffset now) => Remember(key, refusedWhileFresh: false, now);

    /// <summary>Whether enough little-used keys, and at least half of all keys heard of, were refused within the window.</summary>
    public bool IsLimited(DateTimeOffset now)
    {
        Forget(now);
        return refused >= RefusedKeysMin && refused * 2 >= byAge.Count;
    }

    private void Remember(KeyId key, bool refusedWhileFresh, DateTimeOffset now)
    {
        Forget(now);
        LinkedListNode<Sighting>? node = null;
        if (sightings.TryGetValue(key, out var known))
        {
            Remove(node = known);
        }
        else if (byAge.Count == KeysMax)
        {
            Remove(node = byAge.First!);
        }

        // Nodes are used again: this runs at the end of every call.
        node ??= new LinkedListNode<Sighting>(default);
        node.Value = new Sighting(key, refusedWhileFresh, latest);
        byAge.AddLast(node);
        sightings[key] = node;
        refused += refusedWhileFresh ? 1 : 0;
    }

    private void Forget(DateTimeOffset now)
    {
        // A clock that is set back must not make the list unsorted.
        latest = now > latest ? now : latest;
        while (byAge.First is { } oldest && oldest.Value.At <= latest - Window)
        {
            Remove(oldest);
        }
    }

    private void Remove(LinkedListNode<Sighting> node)
    {
        byAge.Remove(node);
        sightings.Remove(node.Value.Key);
        refused -= node.Value.Refused ? 1 : 0;
    }

    private readonly record struct Sighting(KeyId Key, bool Refused, DateTimeOffset At);
}
