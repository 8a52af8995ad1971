namespace GeminiBalance.KeyPool;

/// <summary>What a gateway keeps for one model: its own keys are asked first, those of others when these are dry.</summary>
internal sealed class ClusterQueue(string model) : ModelQueue(model)
{
    /// <summary>The keys that other gateways prefer.</summary>
    public KeyQueue Others { get; } = new();

    public long NextDue => Math.Min(Keys.NextDue, Others.NextDue);

    public KeyQueue Of(ClusterKey key) => key.IsOwn ? Keys : Others;

    public int Count(KeyStanding standing) => Keys.Count(standing) + Others.Count(standing);

    public KeyStanding StandingOf(ClusterKey key) => Of(key).StandingOf(key.Slot);

    /// <summary>The key is asked again when there is demand, unless it is being asked.</summary>
    public void Reconsider(ClusterKey key)
    {
        if (StandingOf(key) != KeyStanding.Asked)
        {
            Of(key).MakeReady(key.Slot);
        }
    }
}
