namespace GeminiBalance.KeyPool;

/// <summary>What a gateway keeps for one model: its own keys are asked first, those of others when these are dry.</summary>
internal sealed class ClusterQueue(string model, KeyRequirement needs, RecentDemand demand) : ModelQueue(model, needs)
{
    /// <summary>The keys that other gateways prefer.</summary>
    public KeyQueue Others { get; } = new();

    /// <summary>Asks that are out and not overdue.</summary>
    public int AskCount { get; set; }

    /// <summary>The calls that came for it.</summary>
    public RecentDemand Demand { get; } = demand;

    /// <summary>Tokens for calls to come, the oldest first; some may be taken.</summary>
    public Queue<Spare> Spares { get; } = new();

    /// <summary>Spares that are being asked for.</summary>
    public int SparesAsked { get; set; }

    public override bool IsIdle => base.IsIdle && AskCount == 0;

    public KeyQueue Of(ClusterKey key) => key.IsOwn ? Keys : Others;

    public int Count(KeyStanding standing) => Keys.Count(standing) + Others.Count(standing);

    public KeyStanding StandingOf(ClusterKey key) => Of(key).StandingOf(key.Slot);

    public bool IsBeingAsked(ClusterKey key) => StandingOf(key) is KeyStanding.Asked or KeyStanding.Overdue;

    /// <summary>The key is asked again when there is demand.</summary>
    public void Reconsider(ClusterKey key)
    {
        if (Takes(key) && !IsBeingAsked(key))
        {
            Of(key).MakeReady(key.Slot);
        }
    }
}
