namespace GeminiBalance.KeyPool;

/// <content>The gateways that share the keys.</content>
public sealed partial class ClusterKeyPool
{
    private ulong self;
    private ulong[] others = [];
    private int ownCount;

    /// <summary>Says which gateways live, this one included; each prefers its own share of the keys.</summary>
    public void SetGateways(string own, IReadOnlyCollection<string> gateways)
    {
        var hash = KeyShares.HashOf(own);
        var rest = gateways.Where(gateway => gateway != own).Select(KeyShares.HashOf).Order().ToArray();
        using (var section = new Section(this))
        {
            if (hash == self && rest.AsSpan().SequenceEqual(others))
            {
                return;
            }

            (self, others) = (hash, rest);
            foreach (var key in roster.All)
            {
                var isOwn = KeyShares.IsOwn(key.Key.Id, self, others);
                if (isOwn != key.IsOwn)
                {
                    HandOver(key, isOwn);
                }
            }

            PumpAll(section.Now);
        }
    }

    private void HandOver(ClusterKey key, bool toThisOne)
    {
        foreach (var queue in queues.All)
        {
            queue.Of(key).MoveTo(toThisOne ? queue.Keys : queue.Others, key.Slot);
        }

        SetOwn(key, toThisOne);
        key.Refusals = 0;
        foreach (var queue in queues.All.Where(queue => toThisOne && queue.StandingOf(key) == KeyStanding.Waiting))
        {
            queue.Reconsider(key); // What it waits for includes the courtesy to its former gateway.
        }
    }

    private void SetOwn(ClusterKey key, bool isOwn)
    {
        ownCount += (isOwn ? 1 : 0) - (key.IsOwn ? 1 : 0);
        key.IsOwn = isOwn;
    }
}
