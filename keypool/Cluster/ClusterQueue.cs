namespace GeminiBalance.KeyPool;

/// <summary>What a gateway keeps for one model: its own keys are asked first, those of others when these are dry.</summary>
internal sealed class ClusterQueue(string model, KeyRequirement needs) : ModelQueue(model, needs)
{
    /// <summary>The keys that other gateways prefer.</summary>
    public KeyQueue Others { get; } = new();

    /// <summary>Asks that are out and not overdue.</summary>
    public int AskCount { get; set; }

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
